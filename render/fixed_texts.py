"""Texts of the page that do not depend on the data: how to read the map, the words used, the notes at the foot."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..data.model import PRECISION_CODES, Precision

__all__ = ["BOUNDARY_NOTE", "HOW_TO_READ", "TITLE", "Answer", "Term", "glossary"]

TITLE: Final = "Reported attacks, clashes and state operations on the Tajik\N{EN DASH}Afghan border"
BOUNDARY_NOTE: Final = (
    "Boundaries and names on this map do not imply any opinion on the legal status of a territory or the course of a "
    "frontier."
)


class Answer(NamedTuple):
    """One question a reader may have, with its answer."""

    question: str
    answer: str


class Term(NamedTuple):
    """One word of the glossary."""

    term: str
    meaning: str


HOW_TO_READ: Final = (
    Answer(
        "What enters this map?",
        "Only what the listed news reports say, in our own words. Attacks and clashes, state operations, measures "
        "against people, responses and reported totals are kept apart and never added to each other.",
    ),
    Answer(
        "One event or two?",
        "Reports that may tell of the same event stay two records, joined by a dotted line. Counts then give a range: "
        "the lower end takes them as one event, the upper end as two.",
    ),
    Answer(
        "Why ranges?",
        "Where reports differ, the lowest and the highest number stand, and the list says on what they differ. "
        "“Several” has no number; “at least” leaves the range open.",
    ),
    Answer(
        "How precise is a symbol?",
        "A solid symbol stands where reports name the place. A hollow one stands beside the area they name, on a "
        "leader: the event may have been anywhere in that area. What no report places is listed, not drawn.",
    ),
    Answer(
        "Who is speaking?",
        "Each number and each statement opens to its speaker and to the report that carries it. Two reports that quote "
        "one speaker are one witness, not two.",
    ),
    Answer(
        "What is missing?",
        "Much. The reports are few, no incident here is independently verified, and an empty stretch of the border "
        "means only that no report in this set tells of it.",
    ),
)

_TERMS: Final = (
    Term("Report", "A news text that the map is made from. Its sentences are not repeated here."),
    Term("Claim", "One thing that one speaker says in one report."),
    Term("Record", "One event, measure, response or total, with all claims on it."),
    Term("Reports differ", "Reports, or speakers within one report, say things that do not go together."),
    Term(
        "Measure against people",
        "Something done by a state to people who live there, such as house searches. Not an attack.",
    ),
    Term("State operation", "An operation told by the security side that carried it out."),
    Term("Reported total", "A count that a report gives for several events. Listed beside them, never added."),
    Term("River km", "Distance along the Panj upstream from its mouth at the Vakhsh."),
    Term("Border km", "Distance along the Tajik\N{EN DASH}Afghan border from the point where Uzbekistan begins."),
    Term(
        "Approximate area",
        "A smoothed shape of about the right size that holds every place known to lie in the district. Not a boundary.",
    ),
)


def glossary() -> tuple[Term, ...]:
    """Words used on the page, with the precisions from the one table of precisions."""
    drawn = [p for p in Precision if p not in (Precision.COUNTRY, Precision.UNKNOWN)]
    codes = "; ".join(f"{PRECISION_CODES[p].label.lower()}: {PRECISION_CODES[p].meaning}" for p in drawn)
    return (*_TERMS, Term("Precision", f"How closely reports place a record. {codes[:1].upper()}{codes[1:]}."))
