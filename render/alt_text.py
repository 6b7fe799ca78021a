"""The map in words, for those who cannot see it: the same sentences and labels as in the picture."""

from __future__ import annotations

from typing import Final

from ..data.counting import counting_sentences
from ..data.coverage import coverage
from .crowd import PLAIN, cell_text, cells
from .phrases import map_label
from .placed import not_located
from .scene import Scene

__all__ = ["alt_text"]

#: So many cells or titles are named; a listener would not hear out more.
LISTED: Final = 20


def alt_text(made: Scene) -> str:
    """Describe the map in words: what it rests on, the counts, and every drawn record, or where most of many are."""
    heard = coverage(made.published.tables, made.evidence)
    parts = [heard.not_complete_line, *(f"{sentence.text}." for sentence in counting_sentences(made.evidence))]
    if len(made.drawn) > PLAIN:
        parts.append(f"{_listed([cell_text(cell) for cell in cells(made.drawn)])}. The table lists every record.")
    else:
        labels = (map_label(drawing.row, made.evidence[drawing.row.record_id]) for drawing in made.drawn)
        parts += [f"{first} ({second})." for first, second in labels]
    missing = not_located(made.rows)
    if missing:
        parts.append(f"Not on the map: {_listed([row.title for row in missing])}.")
    return " ".join(parts)


def _listed(texts: list[str]) -> str:
    """Join texts; of many only the first."""
    more = len(texts) - LISTED
    return "; ".join(texts[:LISTED]) + (f"; and {more} more" if more > 0 else "")
