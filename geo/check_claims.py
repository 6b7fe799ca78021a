"""Rules about claims: what contradicts what, which numbers differ, which sums do not add up, what stands twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from ..data.counting import event_groups
from ..data.evidence import Evidence, NumberRange, Voice
from ..data.model import Claim, Kind, Record, Relation, RelationKind, Tables, VictimGroup
from ..data.redaction import token_pattern
from ..data.statements import details
from ..data.wording import group_label, listing, lower_first, range_text
from .finding import Finding, finding

__all__ = ["CLAIM_RULES", "Rule"]

Rule = Callable[[Tables, Mapping[str, Evidence]], Iterator[Finding]]

CASUALTIES = ("killed", "injured")


def contradictions(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report claims that relations set against each other; those whose notes begin with one id are one finding."""
    order = {claim.claim_id: i for i, claim in enumerate(tables.claims)}
    outlets = {report.report_id: report.outlet for report in tables.reports}
    parted: dict[str, list[Relation]] = {}
    for relation in tables.relations:
        if relation.relation is RelationKind.CONTRADICTS:
            named = re.match(r"([A-Z]\w*\d):", relation.note or "")
            parted.setdefault(named[1] if named else f"{relation.claim_a}:{relation.claim_b}", []).append(relation)
    for name, relations in parted.items():
        ids = sorted({c for r in relations for c in (r.claim_a, r.claim_b)}, key=lambda claim: order[claim])
        claims = [tables.claims[order[claim]] for claim in ids]
        attributes = {claim.attribute for claim in claims}
        notes = dict.fromkeys(_sentence(relation.note) for relation in relations)
        found = finding(
            "warning",
            "contradiction",
            f"{'; '.join(_said(claim, outlets) for claim in claims)}. {''.join(notes)}"
            "All of it is shown; record a decision only if a source settles it.",
            records=[claim.record_id for claim in claims],
            claims=ids,
            attribute=attributes.pop() if len(attributes) == 1 else None,
        )
        yield replace(found, id=f"contradiction:{name}")


def numbers_that_differ(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report numbers of one record that differ where no relation between the claims says so."""
    tied = {frozenset((r.claim_a, r.claim_b)) for r in tables.relations}
    for record_id, shown in evidence.items():
        for block in shown.attributes:
            numbered = [s for s in block.statements if s.low is not None or s.high is not None]
            for one, two in combinations(numbered, 2):
                pairs = [(a.claim.claim_id, b.claim.claim_id) for a in one.voices for b in two.voices]
                if block.differ and (one.low, one.high) != (two.low, two.high) and not _any_tied(pairs, tied):
                    yield finding(
                        "warning",
                        "numbers-differ",
                        f"{record_id}: {lower_first(block.label)} is {one.text} in {_voices(one.voices)} and "
                        f"{two.text} in {_voices(two.voices)}, and no relation says so. Add a row to relations.csv "
                        "(contradicts, refines or updates), or record a decision.",
                        records=(record_id,),
                        claims=pairs[0],
                        attribute=block.attribute,
                    )


def statements_on_two_records(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report one statement that reports tie to two different records."""
    claims = {claim.claim_id: claim for claim in tables.claims}
    for relation in tables.relations:
        a, b = claims[relation.claim_a], claims[relation.claim_b]
        if relation.relation is RelationKind.SAME_STATEMENT and a.record_id and b.record_id:
            if a.record_id == b.record_id:
                continue
            yield finding(
                "warning",
                "statement-on-two-records",
                f"One statement is tied to {a.record_id} ({a.claim_id}) and to {b.record_id} ({b.claim_id}). Decide "
                "which of them it is about, or leave it with both.",
                records=(a.record_id, b.record_id),
                claims=(a.claim_id, b.claim_id),
                attribute=a.attribute if a.attribute == b.attribute else None,
            )


def sums(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report totals that the records which they count do not add up to."""
    ids = token_pattern(evidence)
    for record in tables.records:
        if record.kind is not Kind.AGGREGATE or ids is None:
            continue
        shown = evidence[record.record_id]
        named = [name for name in dict.fromkeys(ids.findall(record.note or "")) if name != record.record_id]
        for casualty in CASUALTIES:
            for group, total in getattr(shown, casualty).items():
                if named:
                    yield from _against_named(record, casualty, group, total, [evidence[name] for name in named])
                elif casualty == "killed":
                    yield from _against_period(shown, total, evidence)


def _against_named(
    record: Record, casualty: str, group: VictimGroup, total: NumberRange, parts: list[Evidence]
) -> Iterator[Finding]:
    """Compare a total with the sum of the records that its note names."""
    counts = [getattr(part, casualty).get(group) for part in parts]
    if any(count is None or count.low is None for count in counts):
        return
    low = sum(count.low for count in counts)
    high = sum(count.high for count in counts)
    open_sum = any(count.open_ended for count in counts)
    said = range_text(*total[:3])
    too_many = not open_sum and high < (total.low or 0)
    too_few = not total.open_ended and total.high is not None and total.high < low
    if too_many or too_few or ((total.low, total.high) != (low, high) and not (total.open_ended or open_sum)):
        each = " + ".join(range_text(*count[:3]) for count in counts)
        yield finding(
            "warning",
            "sum",
            f"{record.record_id}: {said} {casualty} ({group_label(group).lower()}) in all, but the records that it "
            f"counts give {range_text(low, high, open_sum)} ({each}). Compare the claims; if none was misread, the "
            "difference is the reports' own and stays.",
            records=(record.record_id, *(part.record.record_id for part in parts)),
            attribute=casualty,
        )


def _against_period(shown: Evidence, total: NumberRange, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Compare a total with the attacks described for its time."""
    start, end = shown.date.start, shown.date.end
    if start is None or end is None or total.low is None:
        return
    described, low, high = [], 0, 0
    for group in event_groups(evidence):
        inside = [e for e in group if e.record.kind is Kind.ATTACK and e.killed and _within(e, shown)]
        lows = [min(r.low or 0 for r in e.killed.values()) for e in inside]
        if inside:
            described += [e.record.record_id for e in inside]
            low += min(lows)
            high += sum(r.high or 0 for e in inside for r in e.killed.values())
    if described and high < total.low:
        yield finding(
            "note",
            "total-not-explained",
            f"{shown.record.record_id}: {range_text(*total[:3])} killed in all, but the attacks described for that "
            f"time give {range_text(low, high)} ({listing(described)}). Look for events that no record describes yet.",
            records=(shown.record.record_id, *described),
            attribute="killed",
        )


def _within(inner: Evidence, outer: Evidence) -> bool:
    """Tell whether one record lies wholly in the time of another."""
    a, b = inner.date, outer.date
    return bool(a.start and a.end and b.start and b.end and b.start <= a.start and a.end <= b.end)


def claims_twice(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report claims that stand twice in the table."""
    seen: dict[tuple[object, ...], str] = {}
    for claim in tables.claims:
        key = tuple(value for name, value in claim if name not in ("claim_id", "note"))
        first = seen.setdefault(key, claim.claim_id)
        if first != claim.claim_id:
            yield finding(
                "warning",
                "claim-twice",
                f"{claim.claim_id} says the same as {first}: same report, record, attribute, value, speaker and span. "
                "Take one of them out.",
                records=(claim.record_id,),
                claims=(first, claim.claim_id),
                attribute=claim.attribute,
            )


def reports_twice(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report texts that stand twice without one being marked as derived from the other."""
    seen: dict[str, str] = {}
    parents = {report.report_id: set(report.derived_from) for report in tables.reports}
    for report in tables.reports:
        first = seen.setdefault(report.sha256, report.report_id) if report.sha256 else report.report_id
        derived = report.report_id in parents[first] or first in parents[report.report_id]
        if first != report.report_id and not derived:
            yield finding(
                "warning",
                "report-twice",
                f"{report.report_id} has the same text as {first}, and would count as another witness. Write one of "
                "them into derived_from of the other.",
                others=(first, report.report_id),
            )


def _said(claim: Claim, outlets: Mapping[str, str]) -> str:
    """Put into words who says what, and where."""
    number = range_text(claim.value_low, claim.value_high, claim.value_low is not None and claim.value_high is None)
    text = ", ".join(details(claim.value_text).values()) if claim.victim_group else claim.value_text or ""
    value = f"{number} ({text})" if number and text else number or text
    return f"{claim.claim_id} ({claim.said_by}, {outlets[claim.report_id]}): {value}"


def _sentence(note: str | None) -> str:
    """Put a relation's note into a sentence of its own."""
    text = re.sub(r"^[A-Z]\w*\d:\s*|[.\s]+$", "", note or "")
    return f"{text[:1].upper()}{text[1:]}. " if text else ""


def _voices(voices: Iterable[Voice]) -> str:
    """List the claims behind a statement."""
    return listing(voice.claim.claim_id for voice in voices)


def _any_tied(pairs: list[tuple[str, str]], tied: set[frozenset[str]]) -> bool:
    return any(frozenset(pair) in tied for pair in pairs)


CLAIM_RULES: tuple[Rule, ...] = (
    contradictions,
    numbers_that_differ,
    statements_on_two_records,
    sums,
    claims_twice,
    reports_twice,
)
