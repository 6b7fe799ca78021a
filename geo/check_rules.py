"""The rules of ``check`` in one table: their names, at which levels they speak, what they find, what a person does.

``docs/checking.md`` is written from here, and a test holds the rules in the code to it.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ABOUT_RULES", "AboutRule"]


class AboutRule(NamedTuple):
    """Levels of a rule, what it finds, and what to do about it."""

    levels: tuple[str, ...]
    finds: str
    do: str


_E, _W, _N = ("error",), ("warning",), ("note",)
_WN, _EN = ("warning", "note"), ("error", "note")
#: Rules by name, in the order in which they are applied; the last five tell what relations say.
ABOUT_RULES: dict[str, AboutRule] = {
    "numbers-differ": AboutRule(
        _WN,
        "Numbers for one attribute and group of people of a record, or for one attribute of a topic, that exclude each "
        "other. Three and three to five do not; several has no number and is named beside them. A note where a "
        "decision settles it, or the smaller number is described otherwise and may be a part of the larger.",
        "Nothing, or a decision: the range is shown.",
    ),
    "bodies-differ": AboutRule(
        _W,
        "Bodies found that do not bear out the number said to be killed, and who is unaccounted for.",
        "Read the passages again; a statement of deaths and bodies are different evidence.",
    ),
    "sum": AboutRule(
        _W,
        "A total that the records it covers do not add up to. It covers the records that its row or claims name, or "
        "else the attacks and operations of its days and places; by days only a total that is too small contradicts.",
        "Compare the claims; what was not misread stays.",
    ),
    "total-not-explained": AboutRule(
        _N,
        "A total for a time that is larger than all described events of that time.",
        "Look for events not described.",
    ),
    "total-adds-doubles": AboutRule(
        _W,
        "A total that fits only if records linked as possibly one event are added up.",
        "Find out whether they are one.",
    ),
    "number-without-speaker": AboutRule(
        _N,
        "Killed or injured whom nobody named counts: only reports themselves or unnamed sources.",
        "Name the speaker.",
    ),
    "means-exclude": AboutRule(
        _WN,
        "Accounts of one attack by different speakers or reports of which only one can be true: from the air, by "
        "people on the spot, by shelling, by a bomb or mine. By the words of method and weapon claims, else by "
        "claimed_types. A note for a clash, which may have seen several.",
        "Choose the neutral type in a decision.",
    ),
    "denied": AboutRule(
        _W, "What one speaker states of a record and another denies.", "Leave both; a denial has no number."
    ),
    "labels-differ": AboutRule(
        _WN,
        "Labels of which none is part of the other: who is blamed and nationalities (warning), roles of victims and "
        "what a weapon carried (note).",
        "Leave each with who says it.",
    ),
    "positions-differ": AboutRule(
        _N, "One government or speaker that says different things of responsibility within two months.", "Date them."
    ),
    "statement-on-two-records": AboutRule(
        _W, "The same words of one speaker on two to four attacks or operations.", "Find out which it is about."
    ),
    "dates-differ": AboutRule(
        _WN,
        "Days that claims give one event and that have none in common; a note for the two days of a night.",
        "Decide.",
    ),
    "sequence-differs": AboutRule(
        _W, "Claims that put one act before or after different things, or on different weekdays.", "Keep its days wide."
    ),
    "period": AboutRule(
        _WN,
        "The second within a year, where the events that the report dates lie further apart; a note where some reading "
        "of the dates fits.",
        "Check which events it counts.",
    ),
    "weekday": AboutRule(
        _W,
        "A weekday that does not fit the date beside it (without a year: in the years of the record) or the days of "
        "the record.",
        "Correct one.",
    ),
    "statement-date": AboutRule(_W, "A record dated to the day of a statement about it.", "Leave date_start empty."),
    "after-report": AboutRule(_E, "A claim that dates something to after its report was published.", "Correct one."),
    "date-without-claim": AboutRule(
        _N, "A date called stated that no claim states.", "Add the claim, or change the basis."
    ),
    "date-differs": AboutRule(_W, "A record's row that shares no day with any that claims state.", "Correct the row."),
    "places-apart": AboutRule(
        _W,
        "Claims that place one record in places that do not lie in each other, or one claim whose village lies outside "
        "the district or region that it names.",
        "Look for namesakes; decide.",
    ),
    "place-levels": AboutRule(
        _N, "Claims that name places of several levels that fit each other, as a village and its district.", "Know it."
    ),
    "place-without-claim": AboutRule(_N, "A place that no claim of the record names.", "Give the claim its place_id."),
    "no-decision": AboutRule(_W, "A town, village or site that nobody decided to draw.", "Add the decision."),
    "decision-unused": AboutRule(_W, "A decision on the place that has no effect.", "Choose a place_id of the record."),
    "two-countries": AboutRule(_E, "A record placed in two countries.", "Give the place of departure the role origin."),
    "wrong-country": AboutRule(
        _W,
        "A claim that places a record in another country, by its place or by words as Afghan bank.",
        "Look for a namesake.",
    ),
    "place-country": AboutRule(_E, "A place in another country than its parent or region code.", "Correct places.csv."),
    "pin-without-source": AboutRule(
        _W, "A point that a record is drawn at, without gazetteer id or source of coordinates.", "Add the source."
    ),
    "spelling": AboutRule(
        _N,
        "Names in claims and of speakers that are near each other: one sound, the same consonants, or one letter of a "
        "long word. Not names of different places of the gazetteer.",
        "Write all spellings into place_names or as_written.",
    ),
    "no-claims": AboutRule(_E, "A record without claims.", "Add its claims, or take it out."),
    "one-way-link": AboutRule(_N, "A possible_same_as that one side lacks.", "Write it on both sides."),
    "possible-double": AboutRule(
        _W,
        "Events of one kind that share days and district, or a town, and are not linked; on days that follow each "
        "other, those with the same number of killed or injured.",
        "Link them, if they may be one.",
    ),
    "may-be-one-event": AboutRule(
        _N, "Linked records whose numbers exclude each other.", "Nothing: totals allow for one event and for two."
    ),
    "sensitivity": AboutRule(
        _WN, "A measure marked public (warning); a withheld record (note).", "Mark it; keep withheld ones apart."
    ),
    "address": AboutRule(
        _W, "Words of addresses, or positions, in texts on people at risk.", "Write no finer than district."
    ),
    "claim-twice": AboutRule(_W, "A claim that stands twice.", "Take one out."),
    "report-twice": AboutRule(_W, "A text that stands twice, not marked as a reprint.", "Fill in derived_from."),
    "wrong-bank": AboutRule(
        _EN, "A point across the border from its country: an error if a record is drawn there.", "Correct the point."
    ),
    "outside-region": AboutRule(
        _WN,
        "A point outside the region that the place is said to lie in, by more than its uncertainty: a warning if a "
        "record is drawn there.",
        "Correct the point or the region.",
    ),
    "contradiction": AboutRule(_W, "Claims that relations.csv sets against each other.", "As its note says."),
    "one-statement": AboutRule(_WN, "Claims that relations.csv calls one statement, on two records.", "Decide which."),
    "update": AboutRule(_N, "Claims of which relations.csv says that one replaces the other.", "Date them."),
    "refinement": AboutRule(_N, "Claims of which relations.csv calls one finer, under a name.", "Know it."),
    "variants": AboutRule(_N, "Claims that relations.csv ties together under a name.", "Know it."),
}
