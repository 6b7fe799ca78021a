"""The shapes of evidence: who says what on a record, and what that adds up to. Only shapes; nothing is decided here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from .model import Claim, DatePrecision, Record, Report, Speaker, VictimGroup

__all__ = ["AttributeEvidence", "DateSpan", "Evidence", "NumberRange", "Statement", "Voice"]

#: The speaker id that stands for a report's own voice.
REPORT_VOICE = "report"
#: Speaker kinds that name nobody.
NAMELESS_KINDS = frozenset({"publication", "unnamed"})


class NumberRange(NamedTuple):
    """What the reports' counts span.

    Attributes
    ----------
    low, high
        Smallest and largest stated number; ``low`` is missing where reports only say "up to".
    open_ended
        Whether some claim says "or more".
    words
        Claims without a number, such as "several".
    """

    low: int | None
    high: int | None
    open_ended: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One claim heard: who says it, and in which report."""

    speaker: Speaker
    report: Report
    claim: Claim

    @property
    def named(self) -> bool:
        """Whether the report gives a speaker by name or office."""
        return self.speaker.speaker_id != REPORT_VOICE and self.speaker.kind not in NAMELESS_KINDS


@dataclass(frozen=True, slots=True)
class Statement:
    """One distinct value of an attribute, with everyone who says it.

    ``low`` and ``high`` are the number as read (a decision on the claims applied), missing for texts and for what is
    denied or speculated. ``witnesses`` counts speakers, not pages.
    """

    text: str
    low: int | None
    high: int | None
    open_ended: bool
    voices: tuple[Voice, ...]
    witnesses: int


@dataclass(frozen=True, slots=True)
class AttributeEvidence:
    """All that is said on one attribute of a record. ``why`` is a recorded decision's reason, never invented.

    ``heard`` groups the voices by witness, ``witnesses`` counts the groups.
    """

    attribute: str
    label: str
    statements: tuple[Statement, ...]
    range: NumberRange | None
    differ: bool
    why: str | None
    witnesses: int
    heard: tuple[tuple[Voice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days on which something may have happened, both ends included.

    ``basis`` is ``stated``, ``derived``, ``assumed`` or ``not given``. An end that is unknown or only assumed is open.
    ``weekday`` is a weekday that a report gives without a date, ``stated_on`` the day of a statement about the event,
    ``undated`` counts the reports on the record if none of them is dated, ``differ`` says that days differ.
    """

    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    basis: str
    reason: str | None
    start_open: bool
    end_open: bool
    weekday: str | None = None
    stated_on: dt.date | None = None
    undated: int = 0
    differ: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a record shows, derived from its claims and the recorded decisions.

    ``speakers`` are the named ones; ``differ_on`` holds lower-case labels; ``same_as`` the records that a person linked
    as possibly the same event, whichever side carries the link.
    """

    record: Record
    date: DateSpan
    attributes: tuple[AttributeEvidence, ...]
    killed: dict[VictimGroup, NumberRange]
    injured: dict[VictimGroup, NumberRange]
    bodies_found: int | None
    reports: tuple[Report, ...]
    speakers: tuple[Speaker, ...]
    differ_on: tuple[str, ...]
    same_as: tuple[str, ...]
    said_line: str
