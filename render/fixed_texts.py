"""Texts of the page that do not depend on the data: how to read the map, the words used. In the page's language."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..data.model import PRECISION_CODES, Precision
from .texts import say, ui_texts

__all__ = ["Answer", "Term", "glossary", "how_to_read"]

_QUESTIONS: Final = ("enters", "one_or_two", "ranges", "precise", "speaking", "missing")
_TERMS: Final = (
    "report",
    "claim",
    "record",
    "differ",
    "measure",
    "operation",
    "total",
    "river_km",
    "border_km",
    "approximate",
)


class Answer(NamedTuple):
    """One question a reader may have, with its answer."""

    question: str
    answer: str


class Term(NamedTuple):
    """One word of the glossary."""

    term: str
    meaning: str


def how_to_read(lang: str) -> tuple[Answer, ...]:
    """Six short answers: what enters, one or two events, ranges, precision, who speaks, what is missing."""
    texts = ui_texts(lang)
    return tuple(Answer(texts[f"reading.{name}"], texts[f"reading.{name}.answer"]) for name in _QUESTIONS)


def glossary(lang: str) -> tuple[Term, ...]:
    """Words used on the page, with the precisions from the one table of precisions."""
    texts = ui_texts(lang)
    drawn = [p for p in Precision if p not in (Precision.COUNTRY, Precision.UNKNOWN)]
    codes = "; ".join(f"{PRECISION_CODES[p].label.lower()}: {PRECISION_CODES[p].meaning}" for p in drawn)
    meaning = say(lang, "glossary.precision.meaning", codes=codes[:1].upper() + codes[1:])
    terms = [Term(texts[f"glossary.{name}"], texts[f"glossary.{name}.meaning"]) for name in _TERMS]
    return (*terms, Term(texts["glossary.precision"], meaning))
