"""A name as written, taken apart: the name asked for, and what is said around it about where it lies.

"Vishkharv, Darvaz district" asks for Vishkharv; "Darvaz district" is context. Nothing is looked up here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..data.model import PlaceLevel
from .generics import COUNTRY_NAMES, COUNTRY_WORDS, GENERICS, NEARBY, PREPOSITIONS, SMALL_WORDS, Generic
from .name_index import Name
from .names import fold, letters

__all__ = ["Context", "Part", "Query", "parse"]

_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]?")
_COMMAS = re.compile(r"[,;،؛]")
_FORMERLY = re.compile(
    r"^\W*(formerly|former|previously|until|ex|aka|or|бывший|бывшая|ранее|прежде|собиқ|سابق)\b\W*", re.I
)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
#: Russian abbreviations of generic terms: "р-н" anywhere, one letter only before a name.
_SHORT_TERMS = (
    (re.compile(r"\bр-н(?:[аеу]|ом)?\b", re.I), " район "),
    (re.compile(r"(?:^|(?<=[,;(])|(?<=\bв))\s*г\.?\s+(?=\w{2})", re.I), " город "),
    (re.compile(r"(?:^|(?<=[,;(])|(?<=\bв))\s*[сд]\.\s+(?=\w{2})", re.I), " село "),
    (re.compile(r"(?:^|(?<=[,;(]))\s*р\.\s+(?=\w{2})", re.I), " река "),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one name: without countries, with what its generic terms say. ``definite``: it had an article."""

    words: Name
    generics: tuple[Generic, ...] = ()
    country: str | None = None
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A place that the one asked for lies in; ``strict`` unless only near it; ``aside`` if it stood in brackets."""

    part: Part
    strict: bool = True
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for: parts in the order written (usually one), other names of it, and context."""

    whole: Name
    heads: tuple[Part, ...]
    others: tuple[Part, ...]
    contexts: tuple[Context, ...]


def part_of(words: Name) -> Part:
    """Read one stretch of words: countries and prepositions before the name come off, generic terms stay as hints."""
    definite = bool(words) and fold(words[0]) == "the"
    while len(words) > 1 and fold(words[0]) in SMALL_WORDS:
        words = words[1:]
        definite = definite or fold(words[0]) == "the"
    country = next((COUNTRY_WORDS[fold(word)] for word in words if fold(word) in COUNTRY_WORDS), None)
    rest = tuple(word for word in words if fold(word) not in COUNTRY_WORDS)
    if not any(fold(word) not in GENERICS and fold(word) not in SMALL_WORDS for word in rest):
        levels = {GENERICS[fold(word)].level for word in rest if fold(word) in GENERICS}
        placed = bool(levels - {None, PlaceLevel.COUNTRY})
        rest, country = letters(COUNTRY_NAMES[country]) if country and not placed else words, None
    generics = tuple(GENERICS[fold(word)] for word in rest if fold(word) in GENERICS)
    return Part(rest, generics, country, definite)


def _stretches(words: Name) -> list[tuple[Name, bool]]:
    """Split at prepositions; a stretch without a name of its own ("district of", "town of the") joins the next one."""
    stretches: list[tuple[list[str], bool]] = [([], True)]
    for word in words:
        current = stretches[-1][0]
        named = any(fold(w) not in GENERICS and fold(w) not in SMALL_WORDS for w in current)
        if named and (fold(word) in PREPOSITIONS or fold(word) in NEARBY):
            stretches.append(([], fold(word) in PREPOSITIONS))
        else:
            current.append(word)
    return [(tuple(stretch), strict) for stretch, strict in stretches if stretch]


def parse(text: str) -> Query:
    """Take a text apart. Nothing is refused: an empty text asks for nothing."""
    text = unicodedata.normalize("NFC", text)
    whole = letters(text)
    text = _POSSESSIVE.sub("", text)
    for pattern, term in _SHORT_TERMS:
        text = pattern.sub(term, text)
    asides = [aside.strip() for aside in _BRACKETS.findall(text)]
    others = tuple(part_of(letters(_FORMERLY.sub("", aside))) for aside in asides if _FORMERLY.match(aside))
    contexts = [Context(part_of(letters(a)), aside=True) for a in asides if letters(a) and not _FORMERLY.match(a)]
    heads: list[Part] = []
    for piece in _COMMAS.split(_BRACKETS.sub(" ", text)):
        for i, (words, strict) in enumerate(_stretches(letters(piece))):
            if i == 0:
                heads.append(part_of(words))
            else:
                contexts.append(Context(part_of(words), strict))
    if not heads and contexts:
        heads, contexts = [contexts[0].part], contexts[1:]
    return Query(whole, tuple(heads), others, tuple(contexts))
