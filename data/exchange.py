"""What the exports for ACLED and UCDP GED share: which records are events there, their dates, deaths and sides.

Evidence and a spot (what the ground says of the place) go in; plain values come out. Nothing is invented: what the
reports do not say stays empty, and what a format cannot hold is counted in ``exchange_losses.py``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .coverage import short_speaker
from .model import Kind, Precision, Record, RecordType, VictimGroup
from .statements import details, is_stated
from .testimony import Evidence, NumberRange, Voice
from .wording import group_label, listing

__all__ = [
    "ALLEGED",
    "COUNTRIES",
    "UNIDENTIFIED",
    "Cell",
    "Country",
    "Deaths",
    "Event",
    "Refused",
    "Sides",
    "Spot",
    "country_of",
    "days_of",
    "deaths_of",
    "in_one_cell",
    "refusal",
    "sides_of",
    "voices_on",
]

Cell = str | int | float | None
ND = VictimGroup.NOT_DESCRIBED
ALLEGED = (VictimGroup.ALLEGED_ATTACKER, VictimGroup.ALLEGED_SMUGGLER)
#: How both data sets call a group that nobody names, or that reports name differently.
UNIDENTIFIED = "Unidentified Armed Group"
#: Words for which ACLED codes a number ("tens" 10, "dozens" 12, "hundreds" 100); others have none.
WORD_NUMBERS = {"tens": 10, "dozens": 12, "hundreds": 100}


class Country(NamedTuple):
    """Name, ISO 3166-1 number, and Gleditsch-Ward number (UCDP's ``country_id``); no number where it is not known."""

    name: str
    iso: int | None
    gw: int | None


#: By ISO 3166-1 code; Gleditsch-Ward numbers from memory.
COUNTRIES: dict[str, Country] = {"TJ": Country("Tajikistan", 762, 702), "AF": Country("Afghanistan", 4, 700)}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record is, as both formats take it: one point that stands for what is known.

    Attributes
    ----------
    precision
        How precisely reports place it.
    name, description
        Name of the place; what it is and how it was derived, in words.
    country
        ISO 3166-1 alpha-2 code, or nothing where areas of two countries are meant.
    country_name
        Name of the country as the gazetteer has it.
    admin1, admin2
        Names of region and district, where there is one.
    lon, lat
        Degrees, EPSG:4326; of an area a point inside of it.
    uncertainty_km
        How far the event may be from the place, where that is known.
    is_area, approximate
        Whether the point stands for an area, and whether that is an approximate one.
    on_river
        Whether a stretch or km of the river is known.
    """

    precision: Precision
    name: str
    description: str
    country: str | None
    country_name: str | None
    admin1: str | None
    admin2: str | None
    lon: float
    lat: float
    uncertainty_km: float | None
    is_area: bool
    approximate: bool
    on_river: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One published record, with its spot if it has one, and all that is known of it in our own words."""

    evidence: Evidence
    spot: Spot | None
    notes: str

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.evidence.record


class Refused(NamedTuple):
    """A record that is no row of a format, and why (a phrase that a count can stand before)."""

    record_id: str
    reason: str


class Deaths(NamedTuple):
    """Deaths of one event over all victim groups, as formats with one number want them.

    ``low`` is the smallest number that the reports allow, ``high`` the largest; both are missing where no report gives
    a number. ``by_group`` are the lowest numbers of described groups, ``unknown`` is what of ``low`` is of none.
    """

    low: int | None
    high: int | None
    by_group: Mapping[VictimGroup, int]
    unknown: int


class Sides(NamedTuple):
    """Who is said to fight whom, or one side alone.

    ``state`` tells whether side A is the state, ``civilians`` whether side B are civilians. Without a side B, reports
    do not say who was attacked.
    """

    a: str
    b: str | None
    state: bool
    civilians: bool


#: Why records of these kinds are no events.
_NO_EVENTS = {
    Kind.MEASURE: "measures against people are no events of this format",
    Kind.RESPONSE: "responses (meetings, statements, talks) are no events of this format",
    Kind.AGGREGATE: "reported totals over several events are no events of this format",
}


def refusal(event: Event) -> str | None:
    """Say why a record cannot be a row of either format; nothing if it can."""
    if event.record.kind in _NO_EVENTS:
        return _NO_EVENTS[event.record.kind]
    if event.spot is None:
        return "no report gives a place that has coordinates, and none are made up"
    if event.spot.country is None:
        return "the area lies in more than one country, and the format takes one"
    if days_of(event) is None:
        return "the date is open or not given, and the format wants a day"
    return None


def days_of(event: Event) -> tuple[dt.date, dt.date] | None:
    """First and last day, both included; nothing where one of them is not known."""
    span = event.evidence.date
    return (span.start, span.end) if span.start and span.end else None


def country_of(spot: Spot) -> Country:
    """Name and numbers of the country; without numbers where they are not known here."""
    code = spot.country or ""
    return COUNTRIES.get(code, Country(spot.country_name or code, None, None))


def _lowest(count: NumberRange) -> int | None:
    """Find the most conservative number: the lowest stated one, or ACLED's for "tens", "dozens" and "hundreds"."""
    if count.low is not None or count.high is not None:
        return count.low
    words = " ".join(count.words).casefold()
    return min((n for word, n in WORD_NUMBERS.items() if re.search(rf"\b{word}\b", words)), default=None)


def deaths_of(found: Evidence) -> Deaths:
    """Bring the deaths of all victim groups of one event into one range.

    The panjmap page never adds groups up; both formats hold one number an event, so that it is done here and said in
    the loss report. People who are not described may be those of another group: they do not raise the lowest number
    above the larger of the two.
    """
    lows = {group: low for group, count in found.killed.items() if (low := _lowest(count)) is not None}
    highs = [high for count in found.killed.values() if (high := count.high or _lowest(count)) is not None]
    described = {group: low for group, low in lows.items() if group is not ND}
    total = max(sum(described.values()), lows.get(ND, 0))
    low = total if lows else None
    high = max(sum(highs), total) if highs else low
    return Deaths(low, high, described, total - sum(described.values()))


def in_one_cell(texts: Iterable[str]) -> str | None:
    """Join texts with semicolons; one that has a semicolon of its own stands in quotes."""
    return "; ".join(f'"{text}"' if ";" in text else text for text in texts) or None


def voices_on(found: Evidence, attribute: str) -> list[Voice]:
    """Voices on an attribute, in order of appearance."""
    return [v for a in found.attributes if a.attribute == attribute for s in a.statements for v in s.voices]


def _per(voices: list[Voice]) -> str:
    """Who says so, in brackets."""
    speakers = dict.fromkeys(short_speaker(voice.claim.said_by) for voice in voices if voice.named)
    return f"(per {listing(speakers) or 'a report'})"


def _group(found: Evidence) -> str:
    """Name the armed group as reported, with who says so; one that nobody names, or that is disputed, has no name."""
    blamed = [
        [v for v in statement.voices if is_stated(v.claim)]
        for block in found.attributes
        if block.attribute == "perpetrator"
        for statement in block.statements
    ]
    blamed = [voices for voices in blamed if voices]
    if len(blamed) == 1:
        return f"{blamed[0][0].claim.value_text} {_per(blamed[0])}"
    labels = [group for group in ALLEGED if group in found.killed]
    if not blamed and len(labels) == 1:
        voices = [v for v in voices_on(found, "killed") if v.claim.victim_group is labels[0]]
        return f"{group_label(labels[0])} {_per(voices)}"
    return UNIDENTIFIED


def _civilians(found: Evidence) -> str:
    """Civilians, with their nationality where all claims that give one give the same."""
    claims = [v.claim for v in (*voices_on(found, "killed"), *voices_on(found, "injured")) if is_stated(v.claim)]
    mine = [claim for claim in claims if claim.victim_group is VictimGroup.CIVILIAN]
    nations = {nation for claim in mine if (nation := details(claim.value_text).get("nationality"))}
    return f"Civilians ({nations.pop()})" if len(nations) == 1 else "Civilians"


def sides_of(found: Evidence, spot: Spot) -> Sides:
    """Tell who is said to fight whom.

    The state is a side in state operations, in clashes after a border crossing, and where its forces are among the
    victims. Civilians are one where they are the only described victims. Otherwise the other side is not known.
    """
    groups = {*found.killed, *found.injured}
    only_civilians = VictimGroup.CIVILIAN in groups and groups <= {VictimGroup.CIVILIAN, ND}
    operation = found.record.kind is Kind.STATE_OPERATION
    state = f"State forces of {country_of(spot).name}"
    if operation and only_civilians:
        return Sides(state, _civilians(found), state=True, civilians=True)
    if operation or found.record.type is RecordType.ARMED_INCURSION or VictimGroup.STATE_FORCE in groups:
        return Sides(state, _group(found), state=True, civilians=False)
    if only_civilians:
        return Sides(_group(found), _civilians(found), state=False, civilians=True)
    return Sides(_group(found), None, state=False, civilians=False)
