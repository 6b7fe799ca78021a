"""Short texts about one record that list, table, map and detail share: when, where, how many, said by whom.

In: evidence and a placed row. Out: plain text; nothing here is markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..data.coverage import short_speaker
from ..data.evidence import DateSpan, Evidence, NumberRange, Voice
from ..data.model import Kind, Precision, RecordType, VictimGroup
from ..data.statements import details
from ..data.vocabulary import IMPORTED
from ..data.wording import (
    capital,
    day_text,
    group_label,
    listing,
    lower_first,
    month_name,
    number_words,
    plural,
    range_text,
    span_text,
    type_label,
    whole_months,
)
from .placed import Placed

__all__ = [
    "casualties",
    "differ_text",
    "in_text",
    "killed_text",
    "map_label",
    "origin_text",
    "place_name",
    "place_text",
    "reports_text",
    "safe_link",
    "sentence",
    "short_date",
    "short_label",
    "victims_text",
    "what_text",
]

#: What a record is called on the map, where its type's full label is too long.
_SHORT_TYPES = {RecordType.ARMED_INCURSION: "Clash", RecordType.ARMED_CLASH: "Clash"}
#: Means that claimed types stand for, where they exclude each other.
_MEANS = {
    RecordType.ARMED_ATTACK: "gunmen",
    RecordType.ARMED_INCURSION: "gunmen",
    RecordType.ARMED_CLASH: "gunmen",
    RecordType.DRONE_STRIKE: "drone",
    RecordType.SHELLING: "shelling",
}
_LINK = re.compile(r"https?://[^\s<>\"'`\\^{|}\x00-\x20\x7f-\x9f\ufffd]+", re.IGNORECASE)

#: Longest line of a label on the map, in characters; the list has the whole text.
LABEL_LENGTH = 90


def safe_link(url: str | None) -> str | None:
    """Return the address if it is a plain http or https link, else nothing."""
    return url if url and _LINK.fullmatch(url) else None


def short_date(span: DateSpan) -> str:
    """When, in a few characters: ``26 Nov 2025``, ``Dec 2025``, ``stated on 22 Nov 2025``, ``date not given``."""
    if span.start is None and span.stated_on is not None:
        return f"stated on {day_text(span.stated_on)}"
    if span.start is None or span.end is None:
        return f"by {day_text(span.end)}" if span.end else "date not given"
    one_month = (span.start.year, span.start.month) == (span.end.year, span.end.month)
    if one_month and whole_months(span.start, span.end):
        return f"{month_name(span.start.month, long=False)} {span.start.year}"
    return span_text(span.start, span.end)


def place_name(row: Placed) -> str:
    """Name of the place in running text: ``Rudaki district``."""
    return in_text(row.place_name or "place not reported")


def in_text(name: str) -> str:
    """Put names of districts and regions into running text: ``Vahdat and Rudaki districts``."""
    lower = re.sub(r" (District|Region|Province)\b", lambda found: found[0].lower(), name)
    # No name is longer, and a search without an end takes minutes in a long text.
    return re.sub(r"\b(?:(\S[^,]{,99}?) district and )(\S[^,]{,99}?) district\b", r"\1 and \2 districts", lower)


def place_text(row: Placed) -> str:
    """Where, as the list writes it."""
    if row.place_name is None:
        return "Place not reported"
    if row.precision is Precision.UNKNOWN:
        return f"{place_name(row)}, not located"
    if row.precision is Precision.REACH and row.bank:
        return f"{row.bank} bank of the Panj, {place_name(row)}"
    return f"{place_name(row)}, {in_text(row.district)}" if row.district else place_name(row)


def casualties(counts: Mapping[VictimGroup, NumberRange]) -> str:
    """List the counts of each victim group, never added up: ``1 to 2``, ``3 (civilians), 2 (state forces)``."""
    texts = {group: range_text(c.low, c.high, c.open_ended) or listing(c.words, "or") for group, c in counts.items()}
    texts = {group: text for group, text in texts.items() if text}
    if len(texts) < 2:
        return "".join(texts.values())
    return ", ".join(f"{text} ({group_label(group).lower()})" for group, text in texts.items())


def killed_text(found: Evidence) -> str:
    """How many were killed, as one phrase; empty if no report says so.

    Bodies found are named beside a larger number that is only claimed.
    """
    count = casualties(found.killed)
    highest = max((c.high or c.low or 0 for c in found.killed.values()), default=0)
    if count and found.bodies_found is not None and highest > found.bodies_found:
        noun = plural(found.bodies_found, "body", "bodies")
        return f"{highest} claimed killed, {found.bodies_found} {noun} found"
    return f"{count} killed" if count else ""


def victims_text(found: Evidence) -> str:
    """Who was killed, and who describes them so: ``Alleged attackers, per Tajik officials``.

    A nationality is named where all claims that give one give the same.
    """
    texts = []
    for group in found.killed:
        voices = [v for v in _voices(found, "killed") if v.claim.victim_group is group]
        speakers = _speakers(voices)
        if group is VictimGroup.NOT_DESCRIBED:
            texts.append("Victims not described")
        elif group in (VictimGroup.ALLEGED_ATTACKER, VictimGroup.ALLEGED_SMUGGLER) and speakers:
            texts.append(f"{group_label(group)}, per {listing(speakers)}")
        else:
            nations = {details(v.claim.value_text).get("nationality") for v in voices} - {None}
            texts.append(group_label(group) + (f" ({nations.pop()} nationals)" if len(nations) == 1 else ""))
    return "; ".join(texts)


def _voices(found: Evidence, attribute: str) -> list[Voice]:
    return [v for a in found.attributes if a.attribute == attribute for s in a.statements for v in s.voices]


def _speakers(voices: Sequence[Voice]) -> list[str]:
    """Named speakers as the reports write them, each once."""
    return list({v.speaker.speaker_id: short_speaker(v.claim.said_by) for v in voices if v.named}.values())


def what_text(found: Evidence, place: str | None = None) -> str:
    """Say what it was, in a word or two; ``Attack`` where the means are disputed."""
    record = found.record
    if len(set(record.claimed_types)) > 1 and record.kind is Kind.ATTACK:
        return "Attack"
    what = _SHORT_TYPES.get(record.type, type_label(record.type)) if record.type else type_label(None)
    return f"{what} at {place}" if place and what == "Clash" else what


def map_label(row: Placed, found: Evidence) -> tuple[str, str]:
    """Two lines beside the symbol: what and how many killed, then where, when and who; long ones are cut."""
    first, second = (s if len(s) <= LABEL_LENGTH else f"{s[:LABEL_LENGTH]}…" for s in _label_lines(row, found))
    return first, second


def _label_lines(row: Placed, found: Evidence) -> tuple[str, str]:
    named = row.precision in (Precision.SITE, Precision.SETTLEMENT)
    killed = killed_text(found)
    first = ", ".join(filter(None, (what_text(found, row.place_name if named else None), killed)))
    if means := _disputed_means(found):
        first += f" · {means}"
    date = short_date(found.date)
    unusual = [g for g in found.killed if g not in (VictimGroup.CIVILIAN, VictimGroup.STATE_FORCE)]
    if unusual and row.kind is Kind.ATTACK:
        return first, f"{lower_first(victims_text(found))}; {date}"
    if row.kind is Kind.MEASURE:
        return first, f"{place_name(row)}{' (approx.)' if row.approximate else ''}"
    where = {
        Precision.REACH: "somewhere on this bank",
        Precision.DISTRICT: f"in {place_name(row)}",
        Precision.REGION: f"in {place_name(row)}",
        Precision.NEAR: f"near {place_name(row)}",
    }.get(row.precision)
    return first, f"{date}, {where}" if where else f"{place_name(row)}, {date}"


def short_label(row: Placed, found: Evidence) -> tuple[str, str]:
    """Two shorter lines for a small map: what and how many killed, then when and how precisely placed."""
    first, _ = map_label(row, found)
    first, _, means = first.partition(" \N{MIDDLE DOT} ")
    date = short_date(found.date)
    alleged = [g for g in found.killed if g in (VictimGroup.ALLEGED_ATTACKER, VictimGroup.ALLEGED_SMUGGLER)]
    if row.kind is Kind.MEASURE:
        return first, f"{_bare(row)}{' (approx.)' if row.approximate else ''}"
    if means or (alleged and row.kind is Kind.ATTACK):
        return first, f"{means or lower_first(group_label(alleged[0]))}, {date}"
    where = {
        Precision.REACH: "on this bank",
        Precision.DISTRICT: "in the district",
        Precision.REGION: f"in {_bare(row)}",
        Precision.NEAR: f"near {_bare(row)}",
    }.get(row.precision, _bare(row))
    return first, f"{date}, {where}"


def _bare(row: Placed) -> str:
    """Name of the place without the word for its level."""
    return re.sub(r"(?i) (district|region|province)s?\b", "", row.place_name or "place not reported")


def _disputed_means(found: Evidence) -> str:
    """Means that exclude each other: ``gunmen or drone``; empty where no report says otherwise than the rest."""
    means = list(dict.fromkeys(_MEANS[t] for t in found.record.claimed_types if t in _MEANS))
    return listing(means, "or") if len(means) > 1 else ""


def differ_text(found: Evidence) -> str:
    """Say on what reports differ, with the values where they are short: ``Injured: 1, 2 or several. Also weapon.``."""
    told, named = [], []
    for block in found.attributes:
        if block.differ and block.range is not None:
            # A number, or words for one; what a statement adds in brackets stands in the record itself.
            short = {statement.text.split(" (")[0] for statement in block.statements}
            values = sorted(short, key=lambda text: (not text.isdigit(), len(text), text))
            told.append(f"{block.label}: {listing(values, 'or')}.")
        elif block.differ and block.attribute == "method" and (means := _disputed_means(found)):
            told.append(f"{block.label}: {means}.")
        elif block.differ:
            named.append(lower_first(block.label))
    if named and told:
        told.append(sentence(f"also {listing(named)}"))
    elif named:
        accounts = [len(block.statements) for block in found.attributes if block.differ]
        many = f": {number_words(accounts[0])} accounts" if len(accounts) == 1 and accounts[0] > 1 else ""
        told.append(sentence(f"{listing(named)}{many}"))
    return " ".join(told)


def reports_text(found: Evidence) -> str:
    """Say how many reports tell of it, ``5 reports``, or that it is an imported row."""
    number = sum(report.kind != IMPORTED for report in found.reports)
    if found.reports and not number:
        return "imported row"
    return f"{number} {plural(number, 'report')}" if number else "no report"


def origin_text(found: Evidence, countries: Sequence[str], denials: Sequence[str]) -> str | None:
    """Where attackers are said to come from, by whom, and who denies it; nothing if no report says so.

    Parameters
    ----------
    countries
        Names of the countries of origin.
    denials
        Names of speakers who deny a link in a report that also tells of this record.
    """
    voices = _voices(found, "origin")
    if not voices or not countries:
        return None
    speakers = _speakers(voices)
    reports = len({v.report.report_id for v in voices})
    said = listing(speakers) if speakers else f"{number_words(reports)} {plural(reports, 'report')}"
    text = f"From {listing(countries)}, per {said}"
    if denials:
        text += f"; {listing([_denial(name) for name in denials])}"
    return text


def _denial(name: str) -> str:
    """Put a denial into words: ``the Taliban deny any link``."""
    if name.startswith("Taliban"):
        return "the Taliban deny any link"
    return f"{lower_first(name) if name.startswith(('The ', 'An ')) else name} denies any link"


def sentence(text: str) -> str:
    """Capital first letter, full stop last."""
    text = capital(text.strip())
    return text if not text or text.endswith((".", "!", "?", "…", "؟")) else f"{text}."
