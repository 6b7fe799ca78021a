"""Rules about who stands where: what one states and another denies, and positions that change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..data.model import Claim, Modality
from ..data.statements import is_stated
from ..data.testimony import NAMELESS_KINDS
from ..data.wording import attribute_label, listing, lower_first
from .check_view import COMPARED, Rule, View, pairs
from .check_vocabulary import content_words
from .finding import Finding, finding

__all__ = ["POSITIONS", "POSITION_RULES"]

POSITIONS = ("accusation", "responsibility")
#: Records further apart than this, in days, are not one matter.
ONE_MATTER = 62


def denials(view: View) -> Iterator[Finding]:
    """Report what one speaker states and another denies: the same attribute of a record, in words that they share.

    A denial is a voice, not a number: it does not take the statement away. A warning.
    """
    for (about, attribute, group), claims in view.buckets.items():
        denied = [c for c in claims if c.modality is Modality.DENIED][:COMPARED]
        shown: dict[str, Claim] = {}
        for claim in denied:
            against = [c for c in claims if is_stated(c) and c.speaker_id != claim.speaker_id and _same(c, claim)]
            shown |= {c.claim_id: c for c in (*against, *([claim] if against else []))}
        if shown:
            told = view.by_value(
                shown.values(), lambda c: f"{'denied: ' if c.modality is Modality.DENIED else ''}{view.value(c)}"
            )
            yield finding(
                "warning",
                "denied",
                f"{lower_first(attribute_label(attribute))}: stated by one, denied by another: {told}. Both are shown; "
                "the denial counts for no number.",
                records=[c.record_id for c in shown.values()],
                claims=shown,
                attribute=attribute,
                key=(about, attribute, str(group or "all")),
            )


def _same(one: Claim, two: Claim) -> bool:
    """Tell whether a denial is about a statement: both count, or their words meet, or one has none."""
    a, b = content_words(one.value_text), content_words(two.value_text)
    return one.value_low is not None or not a or not b or bool(a & b)


def positions_that_change(view: View) -> Iterator[Finding]:
    """Report what one party says of responsibility, where it says different things within about two months.

    A party is a state with all who speak for its government, or else a named speaker. A note: positions change, and the
    dates of the statements tell how.
    """
    parties: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    states: set[str] = set()
    for claim in view.tables.claims:
        speaker = view.speaker(claim)
        if claim.attribute in POSITIONS and claim.record_id and speaker.kind not in NAMELESS_KINDS:
            state = speaker.state if speaker.kind == "government" else None
            states |= {state} if state else set()
            parties[state or speaker.speaker_id, claim.attribute].append(claim)
    for (party, attribute), claims in parties.items():
        who = f"the government of {party}" if party in states else listing(dict.fromkeys(map(view.who, claims)))
        for matter in _matters(view, claims):
            words = [(content_words(c.value_text), is_stated(c)) for c in matter]
            if not any(_other(a, b) for a, b in pairs(words)):
                continue
            yield finding(
                "note",
                "positions-differ",
                f"{lower_first(attribute_label(attribute))}: {who} takes several positions: "
                f"{view.by_value(matter, lambda c: c.value_text or str(c.modality))}. Date the statements where "
                "reports allow it: a change is no contradiction.",
                records=[c.record_id for c in matter],
                claims=[c.claim_id for c in matter],
                attribute=attribute,
                key=(party, attribute, matter[0].claim_id),
            )


def _other(one: tuple[frozenset[str], bool], two: tuple[frozenset[str], bool]) -> bool:
    """Tell whether two positions differ: neither says all of the other, or one denies."""
    return one[1] != two[1] or bool(one[0] - two[0] and two[0] - one[0])


def _matters(view: View, claims: Sequence[Claim]) -> list[list[Claim]]:
    """Part claims where more than :data:`ONE_MATTER` days lie between their records; undated ones go with the first."""

    def day(claim: Claim) -> int:
        span = view.evidence[claim.record_id or ""].date
        known = span.start or span.end
        return known.toordinal() if known else 0

    dated = sorted((c for c in claims if day(c)), key=day)
    matters: list[list[Claim]] = [[c for c in claims if not day(c)]]
    last = 0
    for claim in dated:
        if last and day(claim) - last > ONE_MATTER:
            matters.append([])
        matters[-1].append(claim)
        last = day(claim)
    order = {claim.claim_id: i for i, claim in enumerate(claims)}
    return [sorted(matter, key=lambda c: order[c.claim_id]) for matter in matters]


POSITION_RULES: tuple[Rule, ...] = (denials, positions_that_change)
