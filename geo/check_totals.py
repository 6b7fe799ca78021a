"""Rule about totals: whether the records that a total covers add up to it, and which of them may be one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..data.counting import event_groups
from ..data.evidence import Evidence
from ..data.model import Claim, Kind, Record, VictimGroup
from ..data.statements import CASUALTIES
from ..data.wording import group_label, range_text
from .check_numbers import may_be, numbered
from .check_view import ND, Rule, Span, View, fitting
from .finding import Finding, finding

__all__ = ["TOTAL_RULES"]

EVENTS = frozenset({Kind.ATTACK, Kind.STATE_OPERATION})


def totals(view: View) -> Iterator[Finding]:
    """Report totals against the records that they cover.

    A total covers the records that its row or claims name by id; where none is named, the attacks and operations that
    lie wholly in its days and its places. Named: it must fit their sum (``sum``, a warning). By days: fewer than the
    records give is a contradiction (``sum``), more is a gap in the tables (``total-not-explained``, a note). Records
    that may be one event count once at least, and all of them at most; a total that fits only if all of them are added
    is told too (``total-adds-doubles``, a warning).
    """
    for record in view.tables.records:
        if record.kind is not Kind.AGGREGATE:
            continue
        texts = (record.title, record.note, *(t for c in view.about[record.record_id] for t in (c.value_text, c.note)))
        named = [name for name in view.named(*texts) if name != record.record_id]
        parts = [view.evidence[name] for name in named] or _of_its_days(view, record)
        shown = view.evidence[record.record_id]
        for casualty in CASUALTIES:
            for group, total in getattr(shown, casualty).items():
                span = Span(total.low or 0, None if total.open_ended else total.high)
                if total.low is not None or total.high is not None:
                    yield from _against(view, record, casualty, group, span, parts, by_name=bool(named))


def _of_its_days(view: View, total: Record) -> list[Evidence]:
    """Find the events that lie wholly in the days and in the places of a total."""
    span = view.evidence[total.record_id].date
    if span.start is None or span.end is None:
        return []
    drawn = view.drawn
    found = []
    for one in view.evidence.values():
        days = one.date
        inside = days.start and days.end and span.start <= days.start and days.end <= span.end
        if one.record.kind not in EVENTS or not inside:
            continue
        held = {up for place in drawn.get(one.record.record_id, ()) for up in view.up(place)}
        if not drawn.get(total.record_id) or held & set(drawn[total.record_id]):
            found.append(one)
    return found


def _against(
    view: View,
    record: Record,
    casualty: str,
    group: VictimGroup,
    total: Span,
    parts: Sequence[Evidence],
    *,
    by_name: bool,
) -> Iterator[Finding]:
    """Compare one total with its parts."""
    spans = {
        part.record.record_id: span for part in parts if (span := _part(view, part.record.record_id, casualty, group))
    }
    if not spans:
        return
    units = [
        [spans[e.record.record_id] for e in unit if e.record.record_id in spans]
        for unit in event_groups({part.record.record_id: part for part in parts})
    ]
    units = [unit for unit in units if unit]
    unknown = by_name and len(spans) < len(parts)
    low = sum(min(s.low for s in unit) for unit in units)
    high = None if unknown else _add(s.high for unit in units for s in unit)
    once = None if unknown else _add(_most(unit) for unit in units)
    claims = _claims_on(view, (record.record_id, *spans), casualty, group)
    whose = group_label(group).lower() if group is not ND else "all groups"
    said = range_text(total.low, total.high, total.high is None)
    gives = range_text(low, high, high is None)
    each = ", ".join(f"{name} {range_text(*span, span.high is None)}" for name, span in spans.items())
    opening = (
        f"{said} {casualty} in all ({whose}; {view.voices([c for c in claims if c.record_id == record.record_id])})"
    )

    def told(level: str, rule: str, text: str) -> Finding:
        return finding(
            level, rule, f"{opening}, {text}", records=(record.record_id, *spans), claims=[c.claim_id for c in claims],
            attribute=casualty, key=(record.record_id, casualty, str(group)),
        )  # fmt: skip

    fewer, more = total.high is not None and total.high < low, high is not None and total.low > high
    if fewer or (more and by_name):
        yield told("warning", "sum", f"but the records that it counts give {gives} ({each}). Compare the claims; if "
                   "none was misread, the difference is the reports' own and stays.")  # fmt: skip
    elif more:
        yield told("note", "total-not-explained", f"but the events described for that time give {gives} ({each}). Look "
                   "for events that no record describes yet.")  # fmt: skip
    elif once is not None and total.low > once:
        yield told("warning", "total-adds-doubles", "which fits only if records that may be one event are added up "
                   f"({each}). Find out whether they are one; until then people may be counted twice.")  # fmt: skip


def _part(view: View, record_id: str, casualty: str, group: VictimGroup) -> Span | None:
    """How many people of a group one record may hold; those not described may belong to any group."""
    counts: dict[VictimGroup, list[Span]] = defaultdict(list)
    for claim in numbered(view.about[record_id]):
        if claim.record_id == record_id and _counts(claim, casualty):
            counts[claim.victim_group or ND].append(view.span(claim))
    spans = {g: fitting(found) for g, found in counts.items()}
    loose, described = spans.pop(ND, None), [s for g, s in spans.items() if group in (g, ND)]
    if not loose and not described:
        return None
    low = sum(span.low for span in described)
    every = [*described, *([loose] if loose else [])]
    return Span(max(low, loose.low) if loose and group is ND else low, _add(span.high for span in every))


def _counts(claim: Claim, casualty: str) -> bool:
    """Tell whether a claim counts these casualties, of its record or in all."""
    return claim.attribute == casualty or claim.attribute.startswith(f"{casualty}_total")


def _add(highs: Iterable[int | None]) -> int | None:
    """Add up upper ends; one that is open leaves the sum open."""
    found = list(highs)
    return None if None in found else sum(high for high in found if high is not None)


def _most(unit: Sequence[Span]) -> int | None:
    """Take the largest of records that may be one event."""
    return None if any(s.high is None for s in unit) else max(s.high for s in unit if s.high is not None)


def _claims_on(view: View, records: Iterable[str], casualty: str, group: VictimGroup) -> list[Claim]:
    """Claims of these records on the casualties of a group, with or without a number, in the order of the records."""
    return [
        claim for record in records for claim in view.about[record] if _counts(claim, casualty) and may_be(claim, group)
    ]


TOTAL_RULES: tuple[Rule, ...] = (totals,)
