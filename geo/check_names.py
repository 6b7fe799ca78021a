"""Rule about spellings: names in claims that are near each other but not the same.

A spelling that varies between reports is worth knowing even where the gazetteer knows both: a reader who looks for one
does not find the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from rapidfuzz.distance import OSA

from ..data.dating import WEEKDAYS
from ..data.model import Claim
from ..data.wording import MONTHS
from .check_view import COMPARED, Rule, View, pairs
from .finding import Finding, finding
from .name_index import Name, core_of, key_of
from .names import fold, letters, skeleton, sound

__all__ = ["NAME_RULES", "names_in", "near"]

#: Words that begin with a capital, joined by spaces; hyphens part words as they do in names of places.
_NAME = re.compile(r"[^\W\d_a-zа-яёғӣқӯҳҷ][\w\u2019'\u02bb]+(?:[ -][^\W\d_a-zа-яёғӣқӯҳҷ][\w\u2019'\u02bb]*)*")
#: Fewest letters of a word that may vary, in all and where only one letter is another and the consonants are not alike.
LETTERS, SLIP_LETTERS = 4, 6
#: Most words of a name.
WORDS = 6
#: Least likeness of two words with the same consonants.
LIKENESS = 0.6
_NO_NAMES = frozenset(fold(word) for word in (*WEEKDAYS, *MONTHS))


def names_in(text: str | None) -> Iterator[Name]:
    """Read the names in a text, each as its words: those written with a capital, without generic terms at the ends.

    Examples
    --------
    >>> list(names_in("camp of LLC Shohin SM"))
    [('Shohin', 'SM')]
    """
    for found in _NAME.findall(text or ""):
        written, plain = re.split(r"[ -]", found), letters(found)
        if len(plain) == len(written):
            core = core_of(plain)
            first = next((i for i in range(len(plain)) if plain[i : i + len(core)] == core), 0)
            written = written[first : first + len(core)]
        if 0 < len(written) <= WORDS and not any(fold(word) in _NO_NAMES for word in written):
            yield tuple(written)


def near(one: str, two: str) -> bool:
    """Tell whether two different words may be one name in other letters.

    Of one sound, or with the same consonants and not too different vowels (transliteration); or a slip of one letter in
    a long word. A word that continues the other (Iran, Iranian) is another word, and so is one with digits (M14, M16).

    Examples
    --------
    >>> near("Shohin", "Shokhin"), near("Panj", "Vanj"), near("Tajik", "Tajikistan")
    (True, False, False)
    """
    a, b = _hard(fold(one)), _hard(fold(two))
    if min(len(a), len(b)) < LETTERS or fold(one) == fold(two) or re.search(r"\d", a + b):
        return False
    if a == b:
        return True
    if a.startswith(b) or b.startswith(a):
        return False
    if sound(a) == sound(b):
        return True
    if skeleton(a) == skeleton(b):
        return len(skeleton(a)) > 1 and OSA.normalized_similarity(a, b) >= LIKENESS
    return a[0] == b[0] and min(len(a), len(b)) >= SLIP_LETTERS and OSA.distance(a, b, score_cutoff=1) == 1


def _hard(key: str) -> str:
    """Write a c that is spoken as k, or as s, by these letters; Latin names of other languages differ in that."""
    return re.sub("c(?=[ei])", "s", re.sub("c(?![hei])|ck", "k", key))


def spellings(view: View) -> Iterator[Finding]:
    """Report names that reports spell in several ways, in what is claimed and in who says it.

    Names are compared word by word, with names of as many words, and on one record with the first or last words of
    longer ones. Not reported: names that the gazetteer knows as different places. One finding for all spellings of a
    name; a note.
    """
    used: dict[Name, list[Claim]] = defaultdict(list)
    for claim in view.tables.claims:
        names = {name for text in (claim.value_text, claim.said_by) for name in names_in(text)}
        for name in sorted(names):
            used[name].append(claim)
    places = _places_by_name(view)
    order = {claim_id: i for i, claim_id in enumerate(view.claims)}
    for group in _groups(used, places):
        held = {claim.claim_id: claim for name in group for claim in used[name]}
        claims = sorted(held.values(), key=lambda claim: order[claim.claim_id])
        written = "; ".join(f"{' '.join(name)} ({view.voices(used[name])})" for name in group)
        yield finding(
            "note",
            "spelling",
            f"one name in {len(group)} spellings, as it seems: {written}. If it is one, write all spellings into "
            "place_names.csv or as_written; if not, keep them apart.",
            records=[claim.record_id for claim in claims],
            claims=[claim.claim_id for claim in claims],
            key=sorted(" ".join(name).replace(" ", "-") for name in group),
        )


def _places_by_name(view: View) -> dict[str, set[str]]:
    """Places by each of their names, folded, with and without generic terms."""
    found: dict[str, set[str]] = defaultdict(set)
    named = [(p.place_id, p.name) for p in view.tables.places]
    named += [(n.place_id, n.name) for n in view.tables.place_names]
    for place_id, name in named:
        for key in (fold(name), key_of(core_of(letters(name)))):
            found[key].add(place_id)
    return found


def _groups(used: Mapping[Name, Sequence[Claim]], places: Mapping[str, set[str]]) -> list[list[Name]]:
    """Group names that are near each other. Words are compared first: there are far fewer of them than names."""
    first = _near_words({word for name in used for word in name})
    alike: dict[Name, list[Name]] = defaultdict(list)
    for name in used:
        alike[tuple(first[word] for word in name)].append(name)
    groups = []
    for members in alike.values():
        left = members[:COMPARED]
        while left:
            group, rest = [left[0]], list[Name]()
            known = _places_of(left[0], places)
            for name in left[1:]:
                own = _places_of(name, places)
                fits = not _other_places(known, own) and any(_one_name(one, name) for one in group)
                (group if fits else rest).append(name)
                known |= own if fits else set()
            groups += [group] if len(group) > 1 else []
            left = rest
    return groups + _shortened(used, first, places, {name for group in groups for name in group})


def _shortened(
    used: Mapping[Name, Sequence[Claim]],
    first: Mapping[str, str],
    places: Mapping[str, set[str]],
    told: Set[Name],
) -> list[list[Name]]:
    """Group a name with longer ones whose first or last words it is, spelled otherwise, in claims on one record."""
    ends: dict[Name, list[Name]] = defaultdict(list)
    for name in used:
        roots = tuple(first[word] for word in name)
        for i in range(1, len(roots)):
            ends[roots[i:]].append(name)
            ends[roots[:i]].append(name)
    records = {name: {claim.record_id for claim in claims} - {None} for name, claims in used.items()}
    groups = []
    for name in used.keys() - told if ends else ():
        own = _places_of(name, places)
        fit = [
            longer
            for longer in dict.fromkeys(ends.get(tuple(first[word] for word in name), ())[:COMPARED])
            if longer not in told and records[name] & records[longer]
            for part in [next((p for p in (longer[: len(name)], longer[-len(name) :]) if _one_name(name, p)), None)]
            if part and not _other_places(_places_of(part, places), own)
        ]
        groups += [[*fit, name]] if fit else []
    return sorted(groups)


def _near_words(words: Iterable[str]) -> dict[str, str]:
    """Map each word to the first of those that it is near to, or that differ only in case and marks."""
    ordered = sorted(words)
    first = {word: word for word in ordered}

    def root(word: str) -> str:
        while first[word] != word:
            word = first[word]
        return word

    buckets: dict[str, list[str]] = defaultdict(list)
    for word in ordered:
        for key in _keys(word):
            buckets[key].append(word)
    for members in buckets.values():
        for one, two in pairs(members):
            if root(one) != root(two) and (fold(one) == fold(two) or near(one, two)):
                first[max(root(one), root(two))] = min(root(one), root(two))
    return {word: root(word) for word in ordered}


def _keys(word: str) -> set[str]:
    """Keys under which a word meets those that it may be: its consonants, and itself with any one letter left out."""
    key = _hard(fold(word))
    if len(key) < SLIP_LETTERS:
        return {f"consonants {skeleton(key)}"}
    return {f"consonants {skeleton(key)}", key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}


def _one_name(one: Name, two: Name) -> bool:
    """Tell whether two names may be one: every word the same or near, and one near at least."""
    words = list(zip(one, two, strict=True))
    return all(fold(a) == fold(b) or near(a, b) for a, b in words) and any(near(a, b) for a, b in words)


def _places_of(name: Name, places: Mapping[str, set[str]]) -> set[str]:
    """Find the places that bear a name."""
    return set(places.get("".join(map(fold, name)), ()))


def _other_places(one: Set[str], two: Set[str]) -> bool:
    """Tell whether the gazetteer knows two names, and as different places."""
    return bool(one and two and not one & two)


NAME_RULES: tuple[Rule, ...] = (spellings,)
