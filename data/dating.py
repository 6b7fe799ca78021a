"""When a record happened: the dates of its row, narrowed or widened by the days that claims state."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from .model import Claim, DatePrecision, Modality, Record
from .testimony import DateSpan, Voice

__all__ = ["derive_date", "parse_date", "split_basis", "stated_spans"]

BASES = ("stated", "derived", "assumed", "not given")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ISO_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")


class Days(NamedTuple):
    """First and last day, both included."""

    start: dt.date
    end: dt.date


def split_basis(text: str) -> tuple[str, str | None]:
    """Split ``assumed: reason`` into basis and reason; a text that starts with no basis counts as not given."""
    basis, _, reason = text.partition(":")
    word = basis.strip().lower()
    return (word, reason.strip() or None) if word in BASES else ("not given", text.strip() or None)


def parse_date(text: str | None) -> Days | None:
    """Read the day or month that a text starts with (``2025-11-26, night`` or ``2024-11``), if any."""
    found = ISO_DATE.match((text or "").strip())
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2]), found[3]
    try:
        first = dt.date(year, month, int(day or 1))
    except ValueError:
        return None
    return Days(first, first if day else first.replace(day=calendar.monthrange(year, month)[1]))


def weekday_in(text: str | None) -> str | None:
    """Find the first weekday that a text names."""
    found = re.search(rf"\b({'|'.join(WEEKDAYS)})\b", text or "", re.IGNORECASE)
    return found[1].capitalize() if found else None


def stated_spans(claims: Sequence[Claim]) -> tuple[Days, ...]:
    """Collect the days that claims state, the most precise only: a month that holds a stated day says no more."""
    spans = {
        days
        for claim in claims
        if claim.attribute == "event_date" and claim.modality not in (Modality.DENIED, Modality.SPECULATED)
        if (days := parse_date(claim.value_text))
    }
    finest = [a for a in spans if not any(b != a and a.start <= b.start and b.end <= a.end for b in spans)]
    return tuple(sorted(finest))


def derive_date(record: Record, voices: Sequence[Voice]) -> DateSpan:
    """Derive when the record happened.

    Days stated by claims narrow the record's own span. Where they lie outside it, they win; where they differ among
    each other, the span runs over all of them, and ``differ`` says so.

    Parameters
    ----------
    record
        The row, whose dates a person chose or assumed.
    voices
        All claims heard on the record.
    """
    claims = [voice.claim for voice in voices]
    basis, reason = split_basis(record.date_basis)
    stated = stated_spans(claims)
    start, end, precision = record.date_start, record.date_end, record.date_precision
    start_open = start is None or basis == "assumed"
    end_open = end is None or basis == "assumed"
    if stated:
        days = Days(stated[0].start, max(span.end for span in stated))
        if len(stated) == 1:
            days, start_open, end_open = _narrow(days, start, end, assumed=basis == "assumed")
        else:
            start_open = end_open = False
        if (days.start, days.end) != (start, end):
            precision = _precision(days)
        if not (start_open or end_open) and basis in ("assumed", "not given"):
            basis, reason = "stated", None
        start, end = days
    return DateSpan(
        start=start,
        end=end,
        precision=precision,
        basis=basis,
        reason=reason,
        start_open=start_open,
        end_open=end_open,
        weekday=next((day for claim in claims if (day := _undated_weekday(claim))), None),
        stated_on=_stated_on(claims),
        undated=_undated(voices),
        differ=len(stated) > 1,
    )


def _narrow(stated: Days, start: dt.date | None, end: dt.date | None, *, assumed: bool) -> tuple[Days, bool, bool]:
    """Intersect stated days with the record's span; ends that still come from an assumption stay open."""
    first, last = max(stated.start, start or stated.start), min(stated.end, end or stated.end)
    if first > last:
        return stated, False, False
    return Days(first, last), assumed and first != stated.start, assumed and last != stated.end


def _precision(days: Days) -> DatePrecision:
    """How precise a span is: a day, a calendar month, or a range."""
    if days.start == days.end:
        return DatePrecision.DAY
    month_end = calendar.monthrange(days.start.year, days.start.month)[1]
    whole = days.start.day == 1 and days.end == days.start.replace(day=month_end)
    return DatePrecision.MONTH if whole else DatePrecision.RANGE


def _undated_weekday(claim: Claim) -> str | None:
    """Find the weekday of a date claim that gives no date."""
    if claim.attribute != "event_date" or parse_date(claim.value_text):
        return None
    return weekday_in(claim.value_text)


def _stated_on(claims: Sequence[Claim]) -> dt.date | None:
    """Find the earliest day on which a speaker is reported to have made the statement."""
    days = [span.start for c in claims if c.attribute == "report_date" and (span := parse_date(c.value_text))]
    return min(days, default=None)


def _undated(voices: Sequence[Voice]) -> int:
    """Count the reports on the record if none of them carries a date; 0 if one does."""
    published = {voice.report.report_id: voice.report.published for voice in voices}
    return 0 if any(published.values()) else len(published)
