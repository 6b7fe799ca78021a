"""Rules about dates: weekdays that do not fit, statements taken for events, events after their report, loose dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from ..data.dating import WEEKDAYS, parse_date, weekday_in
from ..data.evidence import Evidence
from ..data.model import Tables
from ..data.wording import MONTHS, day_text
from .check_claims import Rule
from .finding import Finding, finding

__all__ = ["DATE_RULES", "weekday_conflicts"]

_DAY = rf"(\d{{4}})-(\d{{2}})-(\d{{2}})|(\d{{1,2}})\s+({'|'.join(f'{m[:3]}(?:{m[3:]})?' for m in MONTHS)})\s+(\d{{4}})"
_WEEKDAY = rf"\b({'|'.join(WEEKDAYS)})\b"
#: A weekday and a date with at most a short remark between them, in either order.
_PAIRS = (
    re.compile(rf"{_WEEKDAY}[\s,(]*(?:on\s+|the\s+)?(?:{_DAY})", re.IGNORECASE),
    re.compile(rf"(?:{_DAY})[\s,(]*(?:[a-z]+,\s*)?(?:a\s+|on\s+)?{_WEEKDAY}", re.IGNORECASE),
)


def weekday_conflicts(text: str) -> list[tuple[str, dt.date]]:
    """Find weekdays written beside a date that falls on another weekday.

    Examples
    --------
    >>> weekday_conflicts("2025-11-26, late, a Tuesday")
    [('Tuesday', datetime.date(2025, 11, 26))]
    """
    conflicts = []
    for turn, pattern in enumerate(_PAIRS):
        for found in pattern.finditer(text):
            groups = list(found.groups())
            weekday = groups.pop(0 if turn == 0 else -1).capitalize()
            day = _day(groups)
            if day and WEEKDAYS[day.weekday()] != weekday:
                conflicts.append((weekday, day))
    return conflicts


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


def weekdays_in_texts(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report texts whose weekday does not fit the date beside it."""
    texts: list[tuple[str, str | None, tuple[str, ...], str, str | None]] = [
        (claim.claim_id, claim.record_id, (claim.claim_id,), claim.attribute, text)
        for claim in tables.claims
        for text in (claim.value_text, claim.note)
    ]
    texts += [
        (r.record_id, r.record_id, (), "event_date", text) for r in tables.records for text in (r.date_basis, r.note)
    ]
    for name, record_id, claims, attribute, text in texts:
        for weekday, day in weekday_conflicts(text or ""):
            yield finding(
                "warning",
                "weekday",
                f"{name}: {day_text(day)} was a {WEEKDAYS[day.weekday()]}, not a {weekday}. Compare with the report: "
                "one of the two is wrong.",
                records=(record_id,),
                claims=claims,
                attribute=attribute,
            )


def weekdays_of_records(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report records whose days hold no such weekday as a claim gives."""
    for record_id, shown in evidence.items():
        start, end, claimed = shown.date.start, shown.date.end, shown.date.weekday
        if not (start and end and claimed):
            continue
        days = {WEEKDAYS[(start + dt.timedelta(i)).weekday()] for i in range(min((end - start).days + 1, 7))}
        if claimed not in days:
            claims = [v.claim for b in shown.attributes for s in b.statements for v in s.voices]
            dated = [c.claim_id for c in claims if c.attribute == "event_date" and weekday_in(c.value_text) == claimed]
            yield finding(
                "warning",
                "weekday",
                f"{record_id}: a claim says {claimed}, but no {claimed} lies in {day_text(start)} to {day_text(end)}. "
                "Check whether the claims are about one event.",
                records=(record_id,),
                claims=dated,
                attribute="event_date",
            )


def statement_taken_for_event(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report records dated to the day of a statement, though no claim dates the event itself."""
    for record in tables.records:
        claims = [claim for claim in tables.claims if claim.record_id == record.record_id]
        events = [c for c in claims if c.attribute == "event_date" and parse_date(c.value_text)]
        for claim in claims:
            said = parse_date(claim.value_text) if claim.attribute in ("report_date", "confirmed_on") else None
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


def events_after_their_report(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report claims that date something after the day on which their report was published."""
    published = {report.report_id: report.published for report in tables.reports}
    for claim in tables.claims:
        if claim.attribute not in ("event_date", "report_date", "confirmed_on"):
            continue
        days, day = parse_date(claim.value_text), published[claim.report_id]
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


def dates_against_claims(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report stated dates that no claim states, or that claims contradict."""
    for record in tables.records:
        claims = [c for c in tables.claims if c.record_id == record.record_id and c.attribute == "event_date"]
        stated = [(c, days) for c in claims if (days := parse_date(c.value_text))]
        if record.date_basis.startswith("stated") and not stated:
            yield finding(
                "note",
                "date-without-claim",
                f"{record.record_id}: its date counts as stated, but no event_date claim states it. Add the claim, or "
                "write derived or assumed with the reason.",
                records=(record.record_id,),
                attribute="event_date",
            )
        outside = [
            c.claim_id for c, days in stated if _outside(days.start, days.end, record.date_start, record.date_end)
        ]
        if outside:
            yield finding(
                "warning",
                "date-differs",
                f"{record.record_id}: its row and the days that claims state have no day in common. The claims win on "
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
