"""The tables as the rules of ``check`` look at them: looked up by record, and put into words.

Relations are left out of the evidence: what a rule finds, it finds without them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, islice
from typing import NamedTuple, TypeVar

from ..data.evidence import Evidence, decided_counts, evidence_of
from ..data.model import Claim, Kind, Place, PlaceRole, Row, Speaker, Tables, VictimGroup
from ..data.statements import CASUALTIES, as_claimed, details
from ..data.testimony import REPORT_VOICE
from ..data.wording import listing, range_text
from .finding import Finding
from .place_relations import PlaceRelations

__all__ = ["ND", "Bucket", "Rule", "Span", "View", "excluded", "fitting", "joined_buckets", "pairs"]

#: What is compared: a record (or ``#topic``), an attribute, and whose number it is.
Bucket = tuple[str, str, VictimGroup | None]
ND = VictimGroup.NOT_DESCRIBED
_T = TypeVar("_T")
AnyRow = TypeVar("AnyRow", bound=Row)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
#: How many distinct values of one attribute of one record are compared with each other.
COMPARED = 400
#: How many characters of a text rules read.
READ = 1000
#: How many values, claims or speakers a message lists; a finding's claims are always complete.
SHOWN = 12


class Span(NamedTuple):
    """Smallest and largest number that fits; no high: open."""

    low: int
    high: int | None


def excluded(one: Span, two: Span) -> bool:
    """Tell whether no number fits both."""
    return (one.high is not None and one.high < two.low) or (two.high is not None and two.high < one.low)


def fitting(spans: Sequence[Span]) -> Span:
    """Find the numbers that fit all of some spans, or, where none does, from the smallest to the largest of any."""
    highs = [span.high for span in spans if span.high is not None]
    low = max(span.low for span in spans)
    if not highs or low <= min(highs):
        return Span(low, min(highs, default=None))
    return Span(min(span.low for span in spans), max(highs) if len(highs) == len(spans) else None)


def pairs(values: Iterable[_T]) -> Iterator[tuple[_T, _T]]:
    """Pair distinct values, the first :data:`COMPARED` of them: a table made to stall a check does not."""
    return combinations(islice(dict.fromkeys(values), COMPARED), 2)


def _clipped(tables: Tables) -> Tables:
    """Cut texts that no person wrote as a value to the length that rules read."""

    def clipped(row: AnyRow) -> AnyRow:
        long = {name: text[:READ] for name, text in row if isinstance(text, str) and len(text) > READ}
        return row.model_copy(update=long) if long else row

    return Tables(**{name: tuple(clipped(row) for row in rows) for name, rows in tables._asdict().items()})


class View:
    """The tables, looked up in the ways that rules need.

    ``tables`` have their texts cut to :data:`READ` characters; ``whole`` are as given.
    """

    def __init__(self, tables: Tables) -> None:
        self.whole = tables
        self.tables = tables = _clipped(tables)
        self.evidence: Mapping[str, Evidence] = evidence_of(tables._replace(relations=()))
        self.claims: dict[str, Claim] = {claim.claim_id: claim for claim in tables.claims}
        self.places: dict[str, Place] = {place.place_id: place for place in tables.places}
        self.relations = PlaceRelations(self.places)
        self._speakers: dict[str, Speaker] = {speaker.speaker_id: speaker for speaker in tables.speakers}
        self._decided = decided_counts(tables)
        self._outlets = {report.report_id: report.outlet for report in tables.reports}

    @cached_property
    def about(self) -> dict[str, list[Claim]]:
        """Claims by record, in table order; with them those of no record whose text or note names the record's id."""
        found: dict[str, list[Claim]] = {record.record_id: [] for record in self.tables.records}
        for claim in self.tables.claims:
            named = () if claim.record_id else self.named(claim.value_text, claim.note)
            for record in (claim.record_id,) if claim.record_id else named:
                found[record].append(claim)
        return found

    @cached_property
    def drawn(self) -> dict[str, list[str]]:
        """Places by record that it may be drawn at."""
        found: dict[str, list[str]] = defaultdict(list)
        for link in self.tables.record_places:
            if link.role in (PlaceRole.EVENT, PlaceRole.GENERALISED):
                found[link.record_id].append(link.place_id)
        return dict(found)

    @cached_property
    def buckets(self) -> dict[Bucket, list[Claim]]:
        """Claims that speak of one thing, and so may be compared; on a total, killed in all are the killed."""
        found: dict[Bucket, list[Claim]] = defaultdict(list)
        totals = {record.record_id for record in self.tables.records if record.kind is Kind.AGGREGATE}
        for claim in self.tables.claims:
            attribute = claim.attribute
            if claim.record_id in totals:
                attribute = next((c for c in CASUALTIES if attribute.startswith(f"{c}_total")), attribute)
            group = (claim.victim_group or ND) if attribute in CASUALTIES else claim.victim_group
            found[claim.record_id or f"#{claim.topic or ''}", attribute, group].append(claim)
        return joined_buckets(found)

    def named(self, *texts: str | None) -> list[str]:
        """List the records whose ids stand in texts; a full stop or a hyphen after an id is none of it."""
        words = (word for text in texts for word in _ID.findall(text or ""))
        ids = (name for word in words for name in (word, word.rstrip("._-")) if name in self.evidence)
        return list(dict.fromkeys(ids))

    def span(self, claim: Claim) -> Span:
        """Read which numbers fit a claim, as decided or as claimed: five fits "at least three"."""
        count = self._decided.get((claim.record_id or "", claim.claim_id)) or as_claimed(claim)
        return Span(count.low or 0, count.high)

    def number(self, claim: Claim) -> str:
        """Write a claim's number, or its words; and how a decision reads it."""
        text = range_text(*as_claimed(claim)) or details(claim.value_text).get("words") or claim.value_text
        decided = self._decided.get((claim.record_id or "", claim.claim_id))
        return f"{text or 'no number'}{f', read as {range_text(*decided)}' if decided else ''}"

    def counted(self, claim: Claim) -> str:
        """Write a claim's number and how it describes the people."""
        found = details(claim.value_text)
        who = " ".join(found[key] for key in ("nationality", "role") if key in found)
        return f"{self.number(claim)} {who}".rstrip()

    def value(self, claim: Claim) -> str:
        """Write what a claim says: its number or its words, or the places that it names."""
        counted = claim.value_low is not None or claim.value_high is not None
        text = self.number(claim) if counted else claim.value_text
        return text or listing(self.places[p].name for p in claim.place_id) or "not given"

    def speaker(self, claim: Claim) -> Speaker:
        """Find who says it."""
        return self._speakers[claim.speaker_id]

    def who(self, claim: Claim) -> str:
        """Name who says it: the speaker as the report names them, or the outlet itself."""
        return self._outlets[claim.report_id] if claim.speaker_id == REPORT_VOICE else claim.said_by

    def by_value(self, claims: Iterable[Claim], text: Callable[[Claim], str] | Mapping[str, str]) -> str:
        """List the values, each with its claims and who makes them: ``1 (C027, embassy); 2 (C094, 1 Nojor)``.

        Values come from a function, or by claim.
        """
        parted: dict[str, list[Claim]] = {}
        for claim in claims:
            value = text[claim.claim_id] if isinstance(text, Mapping) else text(claim)
            parted.setdefault(value, []).append(claim)
        listed = [f"{value} ({self.voices(members)})" for value, members in list(parted.items())[:SHOWN]]
        return "; ".join([*listed, *([f"and {len(parted) - SHOWN} more"] if len(parted) > SHOWN else [])])

    def voices(self, claims: Sequence[Claim]) -> str:
        """Name claims and who makes them."""
        ids = [claim.claim_id for claim in claims]
        who = list(dict.fromkeys(map(self.who, claims)))
        return f"{', '.join(_shortened(ids))}: {listing(_shortened(who))}"

    def naming(self, place_ids: Iterable[str], *records: str) -> list[str]:
        """List the claims on records that name one of these places."""
        wanted = set(place_ids)
        return [c.claim_id for record in records for c in self.about[record] if wanted & set(c.place_id)]

    def up(self, place_id: str) -> tuple[str, ...]:
        """List a place and all that holds it, from fine to coarse."""
        return (place_id, *self.relations.around(self.places[place_id]))


def _shortened(texts: list[str]) -> list[str]:
    """Cut a list that nobody would read to the end."""
    return texts if len(texts) <= SHOWN else [*texts[: SHOWN - 1], f"{len(texts) - SHOWN + 1} more"]


Rule = Callable[[View], Iterator[Finding]]


def joined_buckets(found: Mapping[Bucket, list[Claim]]) -> dict[Bucket, list[Claim]]:
    """Put people who are not described with those of the only described group: they may be the same people."""
    groups: dict[tuple[str, str], list[VictimGroup | None]] = defaultdict(list)
    for record, attribute, group in found:
        groups[record, attribute].append(group)
    result: dict[Bucket, list[Claim]] = {}
    for (record, attribute, group), claims in found.items():
        others = [g for g in groups[record, attribute] if g not in (None, ND)]
        alone = group in (None, ND) and len(others) == 1
        result.setdefault((record, attribute, others[0] if alone else group), []).extend(claims)
    return result
