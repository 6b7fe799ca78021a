"""From a name as written to the spellings on record that it may be, each with a score and the reason in plain words.

Scores by comparison, strict to lenient: on record 1.00 (a former name 0.96), inflected 0.99, in another script 0.98,
half of a name split by upper, lower or the like 0.97, abbreviated 0.95, last word of a longer name 0.90; then by
likeness: same sound 0.54 to 0.94, same consonants 0.50 to 0.85, a slip or two 0.55 to 0.85, first word of a longer
name 0.75.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..data.model import NameKind, PlaceLevel
from .generics import GENERICS, MODIFIERS
from .inflection import uninflected
from .name_index import (
    Name,
    NameIndex,
    Spelling,
    core_of,
    half_keys,
    in_cyrillic,
    key_of,
    looser_keys,
    spans,
    split_modifier,
)
from .names import Script, fold, plain_consonants, script_of, skeleton, sound

__all__ = ["CERTAIN", "Match", "matches"]

#: Comparisons from here on need no guess: the name is on record in some form.
CERTAIN = 0.9
#: A spelling on record without some of the words asked for, where another has them all ("Badakhshan Province").
_LESS_THAN_WHOLE = 0.95
_FORMER = 0.96
_INFLECTED, _OTHER_SCRIPT, _HALF, _ABBREVIATED, _LAST_WORD, _FIRST_WORD = 0.99, 0.98, 0.97, 0.95, 0.90, 0.75
#: A Cyrillic name that a place has only in Latin letters, where it has other Cyrillic names on record.
_NOT_ITS_CYRILLIC = 0.94
#: Fewest letters of a first or last word that may stand for a longer name; fewest consonants that identify one.
_FIRST_LETTERS, _LAST_LETTERS, _CONSONANTS = 8, 6, 3
#: Fewest letters where fewer consonants are enough, if all but one vowel is right (Nosay for Nusay).
_FEW_CONSONANTS_LETTERS = 5
#: Slips allowed by least number of letters.
_SLIPS = ((15, 3), (10, 2), (6, 1))
_SLIPS_ARABIC = ((8, 2), (5, 1))


@dataclass(frozen=True, slots=True)
class Match:
    """A spelling that a name may be: how well it fits (0 to 1), why, and whether it is only half of that name."""

    spelling: Spelling
    score: float
    reason: str
    half: bool = False


def matches(name: Name, index: NameIndex) -> dict[str | None, Match]:
    """Best match of each place (None: a place elsewhere) for the words of a name, best first."""
    core = core_of(name)
    found = [*_on_record(name, index)]
    if not found:
        found += _inflected(core, index)
    entire = any(key_of(match.spelling.whole) == key_of(name) != key_of(core) for match in found)
    found += [*_other_script(core, index), *([] if entire else _halves(core, index))]
    if not found:
        found += _abbreviated(core, index)
    found += _same_sound(core, index)
    if len(name) > len(core):
        found += _same_sound(name, index)
    for form in uninflected(core):
        found += _same_sound(form.words, index)
    if not found or max(match.score for match in found) < CERTAIN:
        found += [*_same_consonants(core, index), *_part(core, index), *_slips(core, index)]
    best: dict[str | None, Match] = {}
    whole, script = key_of(name), script_of("".join(name))

    def order(match: Match) -> tuple[float, bool, bool]:
        return -match.score, key_of(match.spelling.whole) != whole, match.spelling.script is not script

    for match in sorted(found, key=order):
        best.setdefault(match.spelling.place_id, match)
    return best


def _match(spelling: Spelling, score: float, reason: str, half: bool = False) -> Match:
    return Match(spelling, score * (_FORMER if spelling.kind is NameKind.FORMER else 1.0), reason, half)


def _on_record(name: Name, index: NameIndex) -> Iterator[Match]:
    factor = 1.0
    cyrillic = script_of(name[0]) is Script.CYRILLIC
    for span in spans(name):
        hits = index.by_key.get(key_of(span), ())
        for spelling in hits:
            other = cyrillic and spelling.script is not Script.CYRILLIC and spelling.place_id in index.with_cyrillic
            yield _match(spelling, factor * (_NOT_ITS_CYRILLIC if other else 1.0), f"spelling of the {spelling}")
        # In both countries a district is a district, but only one has the Province of Badakhshan.
        terms = {GENERICS[fold(word)].level for word in span if fold(word) in GENERICS}
        if hits and terms - {PlaceLevel.DISTRICT}:
            factor = _LESS_THAN_WHOLE
    for spelling in index.by_stem.get(key_of(core_of(name)), ()):
        yield _match(spelling, factor * _INFLECTED, f"noun of the {spelling}")


def _inflected(core: Name, index: NameIndex) -> Iterator[Match]:
    for form in uninflected(core):
        key = key_of(form.words)
        for spelling in (*index.by_key.get(key, ()), *index.by_stem.get(key, ())):
            yield _match(spelling, _INFLECTED, f"{form.inflection} of the {spelling}")


def _other_script(core: Name, index: NameIndex) -> Iterator[Match]:
    """Cyrillic has one letter where Latin spellings differ (v and w, g and gh): all of them are meant."""
    if core and script_of(core[0]) is Script.CYRILLIC:
        forms = [core, *(form.words for form in uninflected(core))]
        for key in dict.fromkeys(in_cyrillic(key_of(form)) for form in forms):
            for spelling in index.by_cyrillic.get(key, ()):
                if spelling.place_id:
                    score = _OTHER_SCRIPT if spelling.place_id not in index.with_cyrillic else _NOT_ITS_CYRILLIC
                    yield _match(spelling, score, f"Cyrillic form of the {spelling}")


def _halves(core: Name, index: NameIndex) -> Iterator[Match]:
    for form in (core, *(form.words for form in uninflected(core))):
        rest, asked = split_modifier(form)
        keys = half_keys(rest) if asked else looser_keys(rest)
        for sounds in dict.fromkeys(map(sound, keys)):
            for half in index.by_half.get(sounds, ()):
                if asked not in (None, half.modifier):
                    continue
                likeness = _likeness(keys, half.keys)
                score = _HALF if likeness == 1 else 0.5 + 0.4 * likeness
                part = f" without '{half.modifier}'" if asked is None else ""
                yield _match(half.spelling, score, f"spelling of the {half.spelling}{part}", half=asked is None)


def _abbreviated(core: Name, index: NameIndex) -> Iterator[Match]:
    if len(core) == 1:
        for spelling in index.by_initials.get(key_of(core), ()):
            yield _match(spelling, _ABBREVIATED, f"initials of the {spelling}")
    elif all(len(fold(word)) <= 2 for word in core[:-1]):
        for form in (core[-1:], *(form.words for form in uninflected(core[-1:]))):
            for spelling in index.by_last_word.get(key_of(form), ()):
                first = spelling.core[-len(core) : -1]
                if len(first) == len(core) - 1 and _initials(core[:-1], first):
                    yield _match(spelling, _ABBREVIATED, f"abbreviation of the {spelling}")


def _initials(short: Name, full: Name) -> bool:
    return all(fold(word).startswith(fold(initial)) for initial, word in zip(short, full, strict=True))


def _likeness(keys: Iterable[str], others: Iterable[str]) -> float:
    """Likeness of the closest keys, letter by letter and with one letter a consonant, in equal parts."""
    return max(_alike(one, other) for one in keys for other in others)


def _alike(one: str, other: str) -> float:
    plain = OSA.normalized_similarity(plain_consonants(one), plain_consonants(other))
    return (OSA.normalized_similarity(one, other) + plain) / 2


def _same_sound(core: Name, index: NameIndex) -> Iterator[Match]:
    keys = looser_keys(core)
    for key in dict.fromkeys(map(sound, keys)):
        for spelling in index.by_sound.get(key, ()):
            likeness = _likeness(keys, looser_keys(spelling.core))
            yield _match(spelling, 0.54 + 0.4 * likeness, f"sounds like the {spelling}")


def _same_consonants(core: Name, index: NameIndex) -> Iterator[Match]:
    keys = looser_keys(core)
    arabic = script_of(keys[0]) is Script.ARABIC
    for consonants in dict.fromkeys(map(skeleton, keys)):
        few = len(consonants) < _CONSONANTS
        if few and (arabic or len(keys[0]) < _FEW_CONSONANTS_LETTERS):
            continue
        least = 0.8 if few else 0.6
        for spelling in index.by_skeleton.get(consonants, ()):
            if arabic and spelling.script is not Script.ARABIC:
                yield _match(spelling, 0.85, f"same consonants as the {spelling}")
            elif arabic is (spelling.script is Script.ARABIC):
                likeness = _likeness(keys, looser_keys(spelling.core))
                if likeness >= least:
                    yield _match(spelling, 0.5 + 0.35 * likeness, f"same consonants as the {spelling}")


def _part(core: Name, index: NameIndex) -> Iterator[Match]:
    if len(core) != 1 or fold(core[0]) in MODIFIERS:
        return
    for form in (core, *(form.words for form in uninflected(core))):
        key = key_of(form)
        for spelling in index.by_last_word.get(key, ()) if len(key) >= _LAST_LETTERS else ():
            yield _match(spelling, _LAST_WORD, f"last word of the {spelling}")
        for spelling in index.by_first_word.get(sound(key), ()) if len(key) >= _FIRST_LETTERS else ():
            yield _match(spelling, _FIRST_WORD, f"first word of the {spelling}")


def _slips(core: Name, index: NameIndex) -> Iterator[Match]:
    key = key_of(core)
    script = Script.ARABIC if script_of(key) is Script.ARABIC else Script.LATIN
    allowed = _SLIPS_ARABIC if script is Script.ARABIC else _SLIPS
    most = _allowed(len(key), allowed)
    if not most:
        return
    bones = skeleton(key)
    for other, slips, _ in process.extract(
        key, index.fuzzy_keys[script], scorer=OSA.distance, score_cutoff=most, limit=None
    ):
        if slips > _allowed(min(len(key), len(other)), allowed):
            continue
        if OSA.distance(bones, skeleton(other)) > max(1, most - 1):
            continue
        likeness = 1 - slips / max(len(key), len(other))
        for spelling in index.by_key.get(other, ()):
            yield _match(spelling, 0.55 + 0.3 * likeness, f"{likeness:.0%} like the {spelling}".replace("%", " %"))


def _allowed(length: int, slips: tuple[tuple[int, int], ...]) -> int:
    return next((most for least, most in slips if length >= least), 0)
