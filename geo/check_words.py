"""Rules about what claims say in words: means that rule each other out, labels, positions, one statement twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from ..data.model import Claim, Kind, Modality, RecordType
from ..data.statements import CASUALTIES, details, is_stated
from ..data.testimony import NAMELESS_KINDS
from ..data.wording import attribute_label, listing, lower_first
from .check_positions import POSITIONS
from .check_view import COMPARED, Rule, Span, View, excluded, pairs
from .check_vocabulary import EXCLUSIVE, MEANS_OF_TYPE, Means, arms_in, content_words, means_in, other_words
from .finding import Finding, finding

__all__ = ["WORD_RULES"]

MEANS_ATTRIBUTES = frozenset({"method", "means", "weapon"})
#: Statements that many events share: where from, by whom, when. The same words twice are no sign of one statement.
SHARED_BY_MANY = frozenset(
    {"origin", "place", "location", "perpetrator", "event_date", "report_date", "confirmed_on", "motive", *POSITIONS}
)
#: Fewest words of meaning that make a wording, and how many of the shorter one's must be in the longer one.
WORDING, ALIKE = 3, 0.8
#: A wording on more records than this is a phrase of the speaker's, not one statement.
PHRASE = 4
_FIRST_PHRASE = re.compile(r"\s(?:in|from|across|inside|based|operating|near)\s|[;,(]")
_NUMBERS = re.compile(r"^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)$")


def means_that_exclude(view: View) -> Iterator[Finding]:
    """Report accounts of one attack of which only one can be true: from the air, by people on the spot, by shelling.

    Accounts of one speaker in one report may be stages of one attack and are not set against each other. Where the
    texts of claims say nothing that the vocabulary knows, the types that reports claim decide. A warning; a note for a
    clash, which may have seen several.
    """
    for record in view.tables.records:
        claims = [c for c in view.about[record.record_id] if c.attribute in MEANS_ATTRIBUTES and is_stated(c)]
        known = [(claim, means) for claim in claims if (means := means_in(claim.value_text))]
        voices: dict[frozenset[Means], set[tuple[str, str]]] = defaultdict(set)
        for claim, means in known:
            voices[means].add((claim.report_id, claim.speaker_id))
        against = {
            claim.claim_id
            for claim, means in known
            if any(
                not means & other and heard - {(claim.report_id, claim.speaker_id)} for other, heard in voices.items()
            )
        }
        types = {MEANS_OF_TYPE[t] for t in record.claimed_types if t in MEANS_OF_TYPE}
        if not against and not _exclusive(types):
            continue
        shown = [c for c in claims if not against or c.claim_id in against]
        accounts = view.by_value(shown, lambda c: c.value_text or "not described")
        ways = (
            listing(sorted(types)) if not against else listing(sorted({m for c, ms in known if c in shown for m in ms}))
        )
        clash = RecordType.ARMED_CLASH in record.claimed_types
        yield finding(
            "note" if clash else "warning",
            "means-exclude",
            f"accounts of the means exclude each other ({ways}): {accounts or 'see claimed_types'}. "
            + (
                "A clash may have seen all of them."
                if clash
                else "Choose the neutral type in a decision, and keep all."
            ),
            records=(record.record_id,),
            claims=[c.claim_id for c in shown],
            attribute="method",
            key=(record.record_id,),
        )


def _exclusive(types: Iterable[Means]) -> bool:
    return any(frozenset(pair) in EXCLUSIVE for pair in combinations(types, 2))


def labels_that_differ(view: View) -> Iterator[Finding]:
    """Report labels of one thing that are not the same and none of which is part of the other.

    Who is blamed and the nationality of victims: a warning, for a reader draws conclusions from them. What the victims
    were and what a weapon carried: a note, reports choose words. One finding for all labels of one thing.
    """
    for (about, attribute, group), claims in view.buckets.items():
        if about.startswith("#"):
            continue
        if attribute == "perpetrator":
            named = [c for c in view.about[about] if c.attribute == attribute and c.modality is not Modality.DENIED]
            said = {c.claim_id: content_words(_FIRST_PHRASE.split(c.value_text or "")[0]) for c in named}
            yield from _labelled(view, (about, attribute), named, said, "warning", attribute)
        elif attribute == "weapon":
            armed = {c.claim_id: arms_in(c.value_text) for c in claims}
            yield from _labelled(view, (about, attribute), claims, armed, "note", attribute)
        elif attribute in CASUALTIES:
            for key, level in (("nationality", "warning"), ("role", "note")):
                told = {c.claim_id: _detail(c, key) for c in claims}
                yield from _labelled(view, (about, attribute, str(group), key), claims, told, level, attribute)


def _detail(claim: Claim, key: str) -> frozenset[str]:
    """Read the words of one detail of a count, without numbers."""
    return frozenset(w for w in content_words(details(claim.value_text).get(key)) if not _NUMBERS.match(w))


def _labelled(
    view: View,
    key: Sequence[str],
    claims: Sequence[Claim],
    labels: Mapping[str, frozenset[str]],
    level: str,
    attribute: str,
) -> Iterator[Finding]:
    """Compare the labels that claims give one thing."""
    what = key[3] if len(key) > 3 else None
    shown = [c for c in claims if labels[c.claim_id] or (what is None and attribute == "weapon")]
    # Other numbers may be of other people: only labels of one count are at odds.
    given = [(labels[c.claim_id], view.span(c) if what else Span(0, None)) for c in shown]
    if not any(other_words(a, b) and other_words(b, a) and not excluded(m, n) for (a, m), (b, n) in pairs(given)):
        return
    name = f"{what} of the {attribute}" if what else lower_first(attribute_label(attribute))
    values = view.by_value(shown, lambda c: (details(c.value_text).get(what) if what else c.value_text) or "not given")
    yield finding(
        level,
        "labels-differ",
        f"{name}: reports use different words: {values}. Each stays with who says it; none is the map's own.",
        records=(key[0],),
        claims=[c.claim_id for c in shown],
        attribute=attribute,
        key=key,
    )


def statements_on_two_records(view: View) -> Iterator[Finding]:
    """Report the same words of one speaker on two events: one statement that reports tie to different events.

    Only wordings of some length count, only on attacks and operations, and not where a speaker says the same of many:
    that is a phrase. A warning.
    """
    kinds = {record.record_id: record.kind for record in view.tables.records}
    said: dict[tuple[str, str], list[tuple[Claim, frozenset[str]]]] = defaultdict(list)
    for claim in view.tables.claims:
        words = content_words(claim.value_text)
        event = kinds.get(claim.record_id or "") in (Kind.ATTACK, Kind.STATE_OPERATION)
        counts = claim.value_low is not None or claim.attribute in CASUALTIES
        if event and not counts and len(words) >= WORDING and claim.attribute not in SHARED_BY_MANY:
            if view.speaker(claim).kind not in NAMELESS_KINDS:
                said[claim.speaker_id, claim.attribute].append((claim, words))
            else:
                said[f"wording {' '.join(sorted(words))}", claim.attribute].append((claim, words))
    for members in said.values():
        for alike in _alike(members):
            records = list(dict.fromkeys(str(claim.record_id) for claim in alike))
            if not 1 < len(records) <= PHRASE:
                continue
            yield finding(
                "warning",
                "statement-on-two-records",
                f"{listing(dict.fromkeys(map(view.who, alike)))}: the same words are tied to {listing(records)}: "
                f"{view.by_value(alike, lambda c: f'{c.value_text}, of {c.record_id}')}. Find out which of them it is "
                "about, or leave it with both.",
                records=records,
                claims=[c.claim_id for c in alike],
                attribute=alike[0].attribute,
                key=(*records, alike[0].claim_id),
            )


def _alike(members: Sequence[tuple[Claim, frozenset[str]]]) -> list[list[Claim]]:
    """Group claims of one wording, in the order of the table.

    Equal wordings are one at once; the others are looked up by words, so that only those that share some are compared.
    """
    wordings = list(dict.fromkeys(words for _, words in members))
    by_word: dict[str, list[int]] = defaultdict(list)
    first = list(range(len(wordings)))
    for i, words in enumerate(wordings[: COMPARED * 5]):
        shared = Counter(j for word in words for j in by_word[word])
        for j, count in shared.items():
            if count >= ALIKE * min(len(words), len(wordings[j])):
                first[_root(first, i)] = _root(first, j)
        for word in words:
            by_word[word].append(i)
    numbers = {words: i for i, words in enumerate(wordings)}
    groups: dict[int, list[Claim]] = defaultdict(list)
    for claim, words in members:
        groups[_root(first, numbers[words])].append(claim)
    return list(groups.values())


def _root(first: list[int], i: int) -> int:
    """Follow a wording to the first of its group."""
    while first[i] != i:
        i = first[i]
    return i


WORD_RULES: tuple[Rule, ...] = (
    means_that_exclude,
    labels_that_differ,
    statements_on_two_records,
)
