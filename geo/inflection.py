"""Russian inflection of place names: from a word as it stands in a sentence to the forms it may come from.

Rules, no dictionary: every form is a guess that the gazetteer's index confirms or not. Words come as
:func:`panjmap.geo.names.letters` gives them: lower case, й as и, ё as е.
"""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

__all__ = ["Uninflected", "adjective_stem", "uninflected"]


class Uninflected(NamedTuple):
    """Words that may lie under inflected ones, and the name of the inflection in plain words."""

    words: tuple[str, ...]
    inflection: str


#: Adjectives made from place names: Дарвазский, Хатлонская, in all cases; and their romanisations.
_ADJECTIVE = re.compile(r"(?P<stem>\w{2,}?)(?:ск|цк)(?P<end>ии|ого|ому|им|ом|ая|ои|ую|ое|ие|их|ими)$")
_LATIN_ADJECTIVE = re.compile(r"(?P<stem>\w{3,}?)sk(?:iy|iyi|ii|ij|yi|yy|y|i|aya|aia|oy|oi|oye|ogo|om)$")
_ADJECTIVE_CASE = {
    "ого": "genitive", "ому": "dative", "им": "instrumental", "ом": "prepositional", "ои": "genitive",
    "ую": "accusative",
}  # fmt: skip
#: Case ending -> nominative endings it may stand for (first declensions; soft and adjectival ones included).
_NOUN_ENDINGS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ого", ("ыи", "ии", "ои"), "genitive"),
    ("его", ("ии",), "genitive"),
    ("ому", ("ыи", "ии", "ои"), "dative"),
    ("ему", ("ии",), "dative"),
    ("ьеи", ("ья",), "instrumental"),
    ("ью", ("ья", "ь"), "accusative"),
    ("ье", ("ья",), "prepositional"),
    ("ьи", ("ья",), "genitive"),
    ("ом", ("", "ыи"), "instrumental"),
    ("ем", ("", "ии", "и", "ь"), "instrumental"),
    ("ым", ("ыи",), "instrumental"),
    ("им", ("ии",), "instrumental"),
    ("ои", ("а", "ая"), "instrumental"),
    ("еи", ("а", "я"), "instrumental"),
    ("а", ("",), "genitive"),
    ("у", ("", "а"), "dative"),
    ("е", ("", "а", "я", "и"), "prepositional"),
    ("ы", ("а",), "genitive"),
    ("и", ("а", "я", "ь", "и"), "genitive"),
    ("ю", ("и", "я", "ь"), "dative"),
    ("я", ("и", "ь"), "genitive"),
)
_MAX_FORMS = 48


def adjective_stem(word: str) -> tuple[str, ...]:
    """Nouns from which an adjective in -ский (or -skiy) may be made; empty for any other word.

    >>> adjective_stem("дарвазского")
    ('дарваз',)
    """
    match = _ADJECTIVE.match(word) or _LATIN_ADJECTIVE.match(word)
    if not match:
        return ()
    stem = match["stem"]
    if stem.endswith("ин"):
        return stem, stem[:-2] + "и", stem[:-2] + "а"
    if stem.endswith("in"):
        return stem, stem[:-2] + "i", stem[:-2] + "a"
    return (stem,)


def _word_forms(word: str) -> list[tuple[str, str]]:
    forms = [(word, "")]
    match = _ADJECTIVE.match(word)
    case = f"Russian {_ADJECTIVE_CASE.get(match['end'], 'adjective')}" if match else "adjective"
    forms += [(stem, case) for stem in adjective_stem(word)]
    if match and case != "adjective":
        forms += [(match["stem"] + ending, case) for ending in ("скии", "ская")]
    if not match and re.search("[а-я]", word):
        for ending, nominatives, name in _NOUN_ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                forms += [(word[: -len(ending)] + nominative, f"Russian {name}") for nominative in nominatives]
    return forms


def uninflected(words: tuple[str, ...]) -> tuple[Uninflected, ...]:
    """All ways to take the inflection off lower-case words; the words themselves are left out.

    >>> uninflected(("хороге",))[0]
    Uninflected(words=('хорог',), inflection='Russian prepositional')
    """
    found: dict[tuple[str, ...], str] = {}
    for combination in product(*(_word_forms(word) for word in words[:4])):
        forms = tuple(form for form, _ in combination) + words[4:]
        inflection = next((name for _, name in reversed(combination) if name), "")
        if inflection and len(found) < _MAX_FORMS:
            found.setdefault(forms, inflection)
    return tuple(Uninflected(forms, inflection) for forms, inflection in found.items())
