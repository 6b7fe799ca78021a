"""Claims in, what a record shows out: ranges, speakers, disagreements, dates. Derived only; claims stay as they are.

How a number is read:

- low is the smallest stated low, high the largest stated high; "or more" keeps the range open; words such as "several"
  have no number;
- asserted, reported and alleged numbers count; a denied or speculated one is shown as a voice and counts for nothing;
- bodies found are a stated number of killed;
- a decision whose source names claims says how these claims are read, no others.

Counting over records is in ``counting.py``, the account of the reports in ``coverage.py``; both are offered here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .counting import CountingSentence, counting_sentences
from .coverage import Coverage, coverage, said_line
from .dating import derive_date
from .model import Claim, Record, RelationKind, Report, Speaker, Tables, VictimGroup
from .statements import Count, Reading, as_claimed, blocks, number_range, parse_count
from .testimony import AttributeEvidence, DateSpan, Evidence, NumberRange, Statement, Voice
from .witnesses import Joined

__all__ = [
    "AttributeEvidence",
    "CountingSentence",
    "Coverage",
    "DateSpan",
    "Evidence",
    "NumberRange",
    "Statement",
    "Voice",
    "counting_sentences",
    "coverage",
    "decided_counts",
    "evidence_of",
    "summarise",
]

#: Attributes under which a decision speaks of the same thing as claims do.
DECIDED_AS = {"date": "event_date", "date_start": "event_date", "date_end": "event_date", "location": "place"}


def evidence_of(tables: Tables) -> dict[str, Evidence]:
    """Derive the evidence of every record: by id, in table order."""
    heard = _Heard(tables)
    return {record.record_id: heard.summarise(record) for record in tables.records}


def summarise(record: Record, tables: Tables) -> Evidence:
    """Derive what one record shows from the claims in `tables`."""
    return _Heard(tables).summarise(record)


class _Heard:
    """The tables, looked up by record: who is heard on it, how claims are read and tied."""

    def __init__(self, tables: Tables) -> None:
        self.speakers = {speaker.speaker_id: speaker for speaker in tables.speakers}
        self.reports = {report.report_id: report for report in tables.reports}
        self.place_names = {place.place_id: place.name for place in tables.places}
        self.joined = _joined(tables)
        self.same = _same_as(tables.records)
        self.claims = _claims_by_record(tables)
        self.counts = decided_counts(tables)
        self.reasons: dict[str, dict[str, str]] = {}
        for decision in tables.decisions:
            attribute = DECIDED_AS.get(decision.attribute, decision.attribute)
            reasons = self.reasons.setdefault(decision.record_id, {})
            reasons[attribute] = " ".join(filter(None, (reasons.get(attribute), decision.reason)))

    def summarise(self, record: Record) -> Evidence:
        """Derive what one record shows."""
        voices = [
            Voice(self.speakers[claim.speaker_id], self.reports[claim.report_id], claim)
            for claim in self.claims.get(record.record_id, ())
        ]

        def read(claim: Claim) -> Count:
            return self.counts.get((record.record_id, claim.claim_id)) or as_claimed(claim)

        date = derive_date(record, voices)
        found = blocks(voices, self.joined, read, self.reasons.get(record.record_id, {}), self.place_names)
        if date.differ:
            found = tuple(replace(b, differ=True) if b.attribute == "event_date" else b for b in found)
        own = [voice.claim for voice in voices if voice.claim.record_id == record.record_id]
        bodies = number_range((c for c in own if c.attribute == "bodies_recovered"), read)
        return Evidence(
            record=record,
            date=date,
            attributes=found,
            killed=_by_group([c for c in own if counts_as(c, "killed")], read),
            injured=_by_group([c for c in own if counts_as(c, "injured")], read),
            bodies_found=bodies.low if bodies else None,
            reports=_unique_reports(voices),
            speakers=_unique_speakers(voices),
            differ_on=tuple(
                dict.fromkeys(block.label[:1].lower() + block.label[1:] for block in found if block.differ)
            ),
            same_as=self.same.get(record.record_id, ()),
            said_line=said_line([v for v in voices if v.claim.attribute == "killed"] or voices),
        )


def decided_counts(tables: Tables) -> dict[tuple[str, str], Count]:
    """How decisions say that the counts of claims are read, by record and claim."""
    claim_ids = {claim.claim_id for claim in tables.claims}
    counts: dict[tuple[str, str], Count] = {}
    for decision in tables.decisions:
        sources = [part for part in re.split(r"[;,\s]+", decision.source) if part]
        count = parse_count(decision.chosen)
        if count and sources and set(sources) <= claim_ids:
            counts.update({(decision.record_id, source): count for source in sources})
    return counts


def _joined(tables: Tables) -> Joined:
    """Take the relations that matter for disagreement and for witnesses, in both directions."""

    def pairs(kind: RelationKind) -> frozenset[tuple[str, str]]:
        tied = [(r.claim_a, r.claim_b) for r in tables.relations if r.relation is kind]
        return frozenset(tied) | frozenset((b, a) for a, b in tied)

    return Joined(pairs(RelationKind.CONTRADICTS), pairs(RelationKind.SAME_STATEMENT))


def _same_as(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """Link records that may be the same event, whichever side carries them, in table order."""
    links: dict[str, set[str]] = {record.record_id: set() for record in records}
    for record in records:
        for other in record.possible_same_as:
            if other in links and other != record.record_id:
                links[record.record_id].add(other)
                links[other].add(record.record_id)
    return {own: tuple(other for other in links if other in others) for own, others in links.items()}


def _claims_by_record(tables: Tables) -> dict[str, list[Claim]]:
    """Sort claims by record, in table order, with claims of no record that a relation ties to one of the record's."""
    record_of = {claim.claim_id: claim.record_id for claim in tables.claims}
    hears: dict[str, set[str]] = {claim: {record} for claim, record in record_of.items() if record}
    for relation in tables.relations:
        for one, other in ((relation.claim_a, relation.claim_b), (relation.claim_b, relation.claim_a)):
            record = record_of.get(other)
            if record and not record_of.get(one):
                hears.setdefault(one, set()).add(record)
    by_record: dict[str, list[Claim]] = {}
    for claim in tables.claims:
        for record in sorted(hears.get(claim.claim_id, ())):
            by_record.setdefault(record, []).append(claim)
    return by_record


def counts_as(claim: Claim, casualty: str) -> bool:
    """Whether the claim counts killed (or injured) people of its record; bodies found count as killed."""
    if claim.attribute == "bodies_recovered":
        return casualty == "killed"
    return claim.attribute == casualty or claim.attribute.startswith(f"{casualty}_total")


def _by_group(claims: Sequence[Claim], read: Reading) -> dict[VictimGroup, NumberRange]:
    """Derive ranges by victim group, in the order of the vocabulary; a claim without a group is not described."""
    found = {}
    for group in VictimGroup:
        mine = [claim for claim in claims if (claim.victim_group or VictimGroup.NOT_DESCRIBED) is group]
        span = number_range(mine, read)
        if span is not None:
            found[group] = span
    return found


def _unique_reports(voices: Sequence[Voice]) -> tuple[Report, ...]:
    """List the reports that speak of the record, in order of appearance."""
    return tuple({voice.report.report_id: voice.report for voice in voices}.values())


def _unique_speakers(voices: Sequence[Voice]) -> tuple[Speaker, ...]:
    """List the named speakers, in order of appearance."""
    return tuple({v.speaker.speaker_id: v.speaker for v in voices if v.named}.values())
