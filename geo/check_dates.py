"""Rules about dates: weekdays that do not fit, statements taken for events, events after their report, loose dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator

from ..data.dating import WEEKDAYS, Days, parse_date, weekday_in
from ..data.wording import MONTHS, day_text
from .check_view import Rule, View
from .finding import Finding, finding

__all__ = ["DATE_RULES", "days_in", "weekday_conflicts"]

_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" for m in MONTHS)
_DAY = rf"(\d{{4}})-(\d{{2}})-(\d{{2}})|(\d{{1,2}})\s+({_MONTH})\s+(\d{{4}})"
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?",
    re.IGNORECASE,
)
#: Two days of one month with a word between: "26 to 27 November 2025", "26-27 November 2025".
_SPAN = re.compile(
    rf"\b(\d{{1,2}})\s*(?:-|\u2013|/|to|and|or|on)\s*(?:the\s+)?(\d{{1,2}})\s+((?:{_MONTH})\s+\d{{4}})", re.IGNORECASE
)
#: The same, where the year may be missing.
_SOME_DAY = _DAY.removesuffix(r"\s+(\d{4})") + r"\b(?:\s+(\d{4}))?"
_ANY_DAY = re.compile(_DAY, re.IGNORECASE)
#: Words before a day that only limits when something happened.
_ONE_END = re.compile(
    r"\b(?:before|by|until|after|since|from|not? later than|not? earlier than)\s+(?:the\s+)?\d", re.IGNORECASE
)
_WEEKDAY = rf"\b({'|'.join(WEEKDAYS)})\b"
#: A weekday and a date with at most a short remark between them, in either order.
_PAIRS = (
    re.compile(rf"{_WEEKDAY}[\s,(]*(?:on\s+|the\s+)?(?:{_SOME_DAY})", re.IGNORECASE),
    re.compile(rf"(?:{_SOME_DAY})[\s,(]*(?:[a-z]+,\s*)?(?:a\s+|on\s+)?{_WEEKDAY}", re.IGNORECASE),
)


def weekday_conflicts(text: str, years: Collection[int] = ()) -> list[tuple[str, dt.date]]:
    """Find weekdays written beside a date that falls on another weekday.

    Parameters
    ----------
    text
        A text of a table.
    years
        In which years a date without one may lie; it is at odds if the weekday fits in none.

    Examples
    --------
    >>> weekday_conflicts("2025-11-26, late, a Tuesday")
    [('Tuesday', datetime.date(2025, 11, 26))]
    """
    conflicts = []
    for turn, pattern in enumerate(_PAIRS):
        for found in pattern.finditer(_day_first(text)):
            groups = list(found.groups())
            weekday = groups.pop(0 if turn == 0 else -1).capitalize()
            dated = groups[0] or groups[5]
            days = [_day(groups)] if dated else [_day([*groups[:5], str(year)]) for year in sorted(years)]
            known = [day for day in days if day]
            if known and all(WEEKDAYS[day.weekday()] != weekday for day in known):
                conflicts.append((weekday, known[0]))
    return conflicts


def _day_first(text: str) -> str:
    """Write ``November 26, 2025`` as ``26 November 2025``."""
    return _MONTH_FIRST.sub(lambda found: f"{found[2]} {found[1]}{f' {found[3]}' if found[3] else ''}", text)


def _day(groups: list[str | None]) -> dt.date | None:
    """Read the day of a match: year, month, day or day, month name, year."""
    year, month, day, day_2, name, year_2 = groups
    try:
        if year and month and day:
            return dt.date(int(year), int(month), int(day))
        number = next(i for i, long in enumerate(MONTHS, 1) if long.lower().startswith((name or "")[:3].lower()))
        return dt.date(int(year_2 or 0), number, int(day_2 or 0))
    except ValueError:
        return None


def all_days(text: str) -> list[dt.date]:
    """Find the days that a text names, as ``2025-11-26``, ``26 Nov 2025`` or ``26 to 27 November 2025``."""
    plain = _SPAN.sub(lambda found: f"{found[1]} {found[3]}, {found[2]} {found[3]}", _day_first(text))
    return [day for found in _ANY_DAY.finditer(plain) if (day := _day(list(found.groups())))]


def days_in(text: str | None) -> Days | None:
    """Read the days that a text names, from the first to the last, or the month that it starts with.

    Nothing where the text names only one end ("before 3 May").

    Examples
    --------
    >>> str(days_in("night of 26 to 27 November 2025").start), str(days_in("2025-11-26, late").end)
    ('2025-11-26', '2025-11-26')
    """
    found = all_days(text or "")
    if not found:
        return parse_date(text)
    return None if _ONE_END.search(text or "") and len(found) == 1 else Days(min(found), max(found))


def weekdays_in_texts(view: View) -> Iterator[Finding]:
    """Report texts whose weekday does not fit the date beside it."""
    texts: list[tuple[str, str | None, tuple[str, ...], str, str | None]] = [
        (claim.claim_id, claim.record_id, (claim.claim_id,), claim.attribute, text)
        for claim in view.tables.claims
        for text in (claim.value_text, claim.note)
    ]
    texts += [
        (r.record_id, r.record_id, (), "event_date", text)
        for r in view.tables.records
        for text in (r.date_basis, r.note)
    ]
    for name, record_id, claims, attribute, text in texts:
        span = view.evidence[record_id].date if record_id else None
        years = {day.year for day in (span.start, span.end) if day} if span else set()
        for weekday, day in weekday_conflicts(text or "", years):
            yield finding(
                "warning",
                "weekday",
                f"{name}: {day_text(day)} was a {WEEKDAYS[day.weekday()]}, not a {weekday}. Compare with the report: "
                "one of the two is wrong.",
                records=(record_id,),
                claims=claims,
                attribute=attribute,
            )


def weekdays_of_records(view: View) -> Iterator[Finding]:
    """Report weekdays that claims give without a date and that lie in none of the record's days."""
    for record_id, shown in view.evidence.items():
        start, end = shown.date.start, shown.date.end
        if not (start and end):
            continue
        days = {WEEKDAYS[(start + dt.timedelta(i)).weekday()] for i in range(min((end - start).days + 1, 7))}
        bare = [c for c in view.about[record_id] if c.attribute == "event_date" and not all_days(c.value_text or "")]
        told = {c.claim_id: day for c in bare if not parse_date(c.value_text) and (day := weekday_in(c.value_text))}
        for claimed in dict.fromkeys(told.values()):
            if claimed not in days:
                yield finding(
                    "warning",
                    "weekday",
                    f"a claim says {claimed}, but no {claimed} lies in {day_text(start)} to {day_text(end)}. Check "
                    "whether the claims are about one event.",
                    records=(record_id,),
                    claims=[claim for claim, day in told.items() if day == claimed],
                    attribute="event_date",
                )


def statement_taken_for_event(view: View) -> Iterator[Finding]:
    """Report records dated to the day of a statement, though no claim dates the event itself."""
    for record in view.tables.records:
        claims = view.about[record.record_id]
        events = [c for c in claims if c.attribute == "event_date" and days_in(c.value_text)]
        for claim in claims:
            said = days_in(claim.value_text) if claim.attribute in ("report_date", "confirmed_on") else None
            if said and not events and record.date_start == record.date_end == said.start:
                yield finding(
                    "warning",
                    "statement-date",
                    f"{record.record_id} is dated {day_text(said.start)}, the day of a statement ({claim.claim_id}). "
                    "If no report dates the event, leave date_start empty and keep the day as date_end.",
                    records=(record.record_id,),
                    claims=(claim.claim_id,),
                    attribute="event_date",
                )


def events_after_their_report(view: View) -> Iterator[Finding]:
    """Report claims that date something after the day on which their report was published."""
    published = {report.report_id: report.published for report in view.tables.reports}
    for claim in view.tables.claims:
        if claim.attribute not in ("event_date", "report_date", "confirmed_on"):
            continue
        days, day = days_in(claim.value_text), published[claim.report_id]
        if days and day and days.start > day:
            yield finding(
                "error",
                "after-report",
                f"{claim.claim_id} dates something to {day_text(days.start)}, after its report {claim.report_id} was "
                f"published ({day_text(day)}). Correct the claim or the report's date.",
                records=(claim.record_id,),
                claims=(claim.claim_id,),
                attribute=claim.attribute,
            )


def dates_against_claims(view: View) -> Iterator[Finding]:
    """Report stated dates that no claim states, or that claims contradict."""
    for record in view.tables.records:
        claims = [c for c in view.about[record.record_id] if c.attribute == "event_date"]
        stated = [(c, days) for c in claims if (days := days_in(c.value_text))]
        if record.date_basis.startswith("stated") and not stated:
            yield finding(
                "note",
                "date-without-claim",
                "its date counts as stated, but no event_date claim states it. Add the claim, or "
                "write derived or assumed with the reason.",
                records=(record.record_id,),
                attribute="event_date",
            )
        outside = [
            c.claim_id for c, days in stated if _outside(days.start, days.end, record.date_start, record.date_end)
        ]
        if outside and len(outside) == len(stated):
            yield finding(
                "warning",
                "date-differs",
                "its row and the days that claims state have no day in common. The claims win on "
                "the map; correct date_start and date_end, or the claims.",
                records=(record.record_id,),
                claims=outside,
                attribute="event_date",
            )


def _outside(first: dt.date, last: dt.date, start: dt.date | None, end: dt.date | None) -> bool:
    """Tell whether two spans have no day in common; a missing end of the second is open."""
    return bool((start and last < start) or (end and first > end))


DATE_RULES: tuple[Rule, ...] = (
    weekdays_in_texts,
    weekdays_of_records,
    statement_taken_for_event,
    events_after_their_report,
    dates_against_claims,
)
