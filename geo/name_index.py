"""Every spelling on record under the keys by which it can be found.

In go rows of ``place_names`` and names of places elsewhere; out come the spellings that share a key with a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..data.model import NameKind, PlaceLevel
from .generics import COUNTRY_WORDS, GENERICS, MODIFIERS, SMALL_WORDS, Generic
from .inflection import adjective_stem
from .names import Script, fold, letters, plain_consonants, script_of, skeleton, sound

__all__ = [
    "Name",
    "NameIndex",
    "NameRow",
    "Spelling",
    "core_of",
    "half_keys",
    "in_cyrillic",
    "key_of",
    "looser_keys",
    "spans",
    "split_modifier",
]

#: Words of a name in lower case and in their own script, as :func:`panjmap.geo.names.letters` gives them.
Name = tuple[str, ...]
Keys = dict[str, list["Spelling"]]

_KIND_WORDS = {
    NameKind.OFFICIAL: "name",
    NameKind.VARIANT: "variant",
    NameKind.FORMER: "former name",
    NameKind.ABBREVIATION: "abbreviation",
}
_IZAFE = frozenset({"i", "e", "ye", "yi", "yei"})
_PLACED = (PlaceLevel.SITE, PlaceLevel.LINE, PlaceLevel.AREA)


class NameRow(NamedTuple):
    """A name to index; ``place_id`` is None for a place outside the gazetteer, ``own`` marks the place's main name."""

    place_id: str | None
    name: str
    kind: NameKind
    own: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name on record; ``core`` is the name without its generic terms, ``generics`` are what these say."""

    place_id: str | None
    name: str
    kind: NameKind
    own: bool
    script: Script
    whole: Name
    core: Name
    generics: tuple[Generic, ...]

    def __str__(self) -> str:
        """Kind and name for a reason: ``variant 'Shohin'``."""
        return f"{_KIND_WORDS[self.kind]} '{self.name}'"


class Half(NamedTuple):
    """A name on record that a modifier sets apart from its namesake, and the keys of the rest."""

    spelling: Spelling
    modifier: str
    keys: tuple[str, ...]


def key_of(name: Iterable[str]) -> str:
    """Folded words of a name, joined."""
    return "".join(map(fold, name))


def _about(word: str) -> bool:
    """Whether a word is about the place, not its name."""
    word = fold(word)
    return word in GENERICS or word in SMALL_WORDS or word in COUNTRY_WORDS or word == "no" or word[:1].isdigit()


def core_of(name: Name) -> Name:
    """Words between the generic terms, countries and small words at both ends; all words if none would be left."""
    inside = [i for i, word in enumerate(name) if not _about(word)]
    return name[inside[0] : inside[-1] + 1] if inside else name


def spans(name: Name) -> Iterator[Name]:
    """Name with ever more of the words about the place taken off its ends, longest first."""
    core = core_of(name)
    first = next((i for i in range(len(name)) if name[i : i + len(core)] == core), 0)
    last = first + len(core)
    ends = [(i, j) for i in range(first + 1) for j in range(last, len(name) + 1)]
    for i, j in sorted(ends, key=lambda end: (end[0] - end[1], end)):
        yield name[i:j]


def split_modifier(name: Name) -> tuple[Name, str | None]:
    """Name without words such as upper, lower, mountainous, and the first of these in one language."""
    found = [MODIFIERS[fold(word)] for word in name if fold(word) in MODIFIERS]
    if not found or len(found) == len(name):
        return name, None
    return tuple(word for word in name if fold(word) not in MODIFIERS), found[0]


def looser_keys(name: Name) -> tuple[str, ...]:
    """Folded key of a name as it is, and without the izafe between its words (Qala-i Khumb, Shamsiddini Shohin)."""
    folded = [fold(word) for word in name]
    bare = [word for word in folded if word not in _IZAFE] or folded
    bare = [re.sub("(?<=[aeo])h$", "", word) for word in bare]
    bare = [w[:-1] if w.endswith("i") and len(w) > 4 else w for w in bare[:-1]] + bare[-1:]
    return tuple(dict.fromkeys(("".join(folded), "".join(bare))))


def half_keys(rest: Name) -> tuple[str, ...]:
    """Folded keys of what is left of a name without its modifier, where an izafe may be left at the end."""
    bare = tuple(word for word in rest if fold(word) not in _IZAFE) or rest
    return looser_keys((*bare, ""))


def in_cyrillic(key: str) -> str:
    """Reduce a folded key to what Russian letters keep of it: one letter a consonant, й and и alike."""
    return re.sub("i+", "i", plain_consonants(key).replace("y", "i"))


class NameIndex:
    """Spellings by key. Only the strict keys are made at once; those of the lenient comparisons when first needed."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        rows = tuple(rows)
        own_cores: dict[str | None, set[str]] = defaultdict(set)
        for row in rows:
            if row.own:
                own_cores[row.place_id] |= _sounds(core_of(letters(row.name)))
        self.spellings = tuple(
            spelling for row in rows if (spelling := _spelling(row, own_cores[row.place_id])) is not None
        )

    @cached_property
    def by_key(self) -> Keys:
        """Whole names and names without their generic terms, folded."""
        return _keyed(self.spellings, lambda s: (key_of(s.whole), key_of(s.core)))

    @cached_property
    def by_stem(self) -> Keys:
        """Nouns under the adjectives on record: "Дарвазский район" under дарваз."""
        return _keyed(self.spellings, lambda s: [key_of((*s.core[:-1], w)) for w in adjective_stem(s.core[-1])])

    @cached_property
    def by_cyrillic(self) -> Keys:
        """Names with one letter a consonant: what is left of a Latin spelling in Russian."""
        return _keyed(self.spellings, lambda s: [in_cyrillic(key_of(s.core))])

    @cached_property
    def by_sound(self) -> Keys:
        """Names with vowels of one class merged as well, with and without izafe."""
        return _keyed(self.spellings, lambda s: [sound(key) for key in looser_keys(s.core)])

    @cached_property
    def by_skeleton(self) -> Keys:
        """Consonants of names in any script."""
        return _keyed(self.spellings, lambda s: [skeleton(key) for key in looser_keys(s.core)])

    @cached_property
    def by_half(self) -> dict[str, list[Half]]:
        """Names split by a modifier (upper, lower, mountainous), by the sound of the rest."""
        index: dict[str, list[Half]] = defaultdict(list)
        for spelling in self.spellings:
            rest, modifier = split_modifier(spelling.core)
            if modifier:
                keys = half_keys(rest)
                for key in dict.fromkeys(map(sound, keys)):
                    index[key].append(Half(spelling, modifier, keys))
        return index

    @cached_property
    def with_cyrillic(self) -> frozenset[str]:
        """Ids of places with a Cyrillic name on record."""
        return frozenset(s.place_id for s in self.spellings if s.place_id and s.script is Script.CYRILLIC)

    @cached_property
    def by_first_word(self) -> Keys:
        """Names of several words by the sound of the first."""
        return _keyed(self.spellings, lambda s: [sound(key_of(s.core[:1]))] if len(s.core) > 1 else [])

    @cached_property
    def by_last_word(self) -> Keys:
        """Names of several words by the last."""
        return _keyed(self.spellings, lambda s: [key_of(s.core[-1:])] if len(s.core) > 1 else [])

    @cached_property
    def by_initials(self) -> Keys:
        """Regions by the first letters of the words of their full name: ВМКБ."""
        return _keyed(self.spellings, lambda s: ["".join(fold(word[0]) for word in s.whole)] if _is_region(s) else [])

    @cached_property
    def fuzzy_keys(self) -> dict[Script, tuple[str, ...]]:
        """Keys of core names to compare letter by letter: Latin ones (with Cyrillic romanised) and Arabic ones."""
        keys: dict[Script, dict[str, None]] = {Script.LATIN: {}, Script.ARABIC: {}}
        for spelling in self.spellings:
            script = Script.ARABIC if spelling.script is Script.ARABIC else Script.LATIN
            keys[script][key_of(spelling.core)] = None
        return {script: tuple(found) for script, found in keys.items()}


def _spelling(row: NameRow, own_cores: set[str]) -> Spelling | None:
    whole = letters(row.name)
    if not key_of(whole):
        return None
    core = core_of(whole) if row.place_id else whole
    generics = tuple(GENERICS[word] for word in map(fold, whole) if word in GENERICS) if core != whole else ()
    # "Darvaz bridge" is a name of the crossing, "Darvaz" is not: only its own name may lose such words.
    if any(generic.level in _PLACED for generic in generics) and not _sounds(core) & own_cores:
        core = whole
    return Spelling(row.place_id, row.name, row.kind, row.own, script_of(row.name), whole, core, generics)


def _sounds(core: Name) -> set[str]:
    """Keys of a core name that its spellings share: its sound, and its consonants for Arabic script."""
    return {sound(key_of(core)), "consonants " + skeleton(key_of(core))}


def _is_region(spelling: Spelling) -> bool:
    levels = {generic.level for generic in spelling.generics}
    return len(spelling.whole) > 2 and bool(levels & {PlaceLevel.REGION, PlaceLevel.DISTRICT})


def _keyed(spellings: Iterable[Spelling], keys: Callable[[Spelling], Iterable[str]]) -> Keys:
    index: Keys = defaultdict(list)
    for spelling in spellings:
        for key in dict.fromkeys(keys(spelling)):
            if key:
                index[key].append(spelling)
    return dict(index)
