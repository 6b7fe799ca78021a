"""The map in words, for those who cannot see it: the same sentences and labels as in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..data.counting import counting_sentences
from ..data.coverage import coverage
from ..data.internal import MARK
from .crowd import PLAIN, cell_text, cells
from .phrases import map_label
from .placed import not_located
from .scene import Scene

__all__ = ["LISTED", "alt_text", "counted", "crowded", "in_cells", "listed", "missing_line", "not_complete"]

#: So many cells or titles are named; a listener would not hear out more.
LISTED: Final = 20


def alt_text(made: Scene) -> str:
    """Describe the map in words: what it rests on, the counts, and every drawn record, or where most of many are."""
    parts = [f"{MARK}." if made.internal else "", not_complete(made), *counted(made)]
    if crowded(made):
        parts.append(in_cells(made))
    else:
        labels = (map_label(drawing.row, made.evidence[drawing.row.record_id]) for drawing in made.drawn)
        parts += [f"{first} ({second})." for first, second in labels]
    return " ".join(filter(None, [*parts, missing_line(made)]))


def not_complete(made: Scene) -> str:
    """Say what the map rests on, that it is not complete and not verified: the line under every title."""
    return coverage(made.published.tables, made.evidence).not_complete_line


def counted(made: Scene) -> list[str]:
    """List the counting sentences, each with its full stop."""
    return [f"{sentence.text}." for sentence in counting_sentences(made.counted)]


def crowded(made: Scene) -> bool:
    """Whether too many records are drawn to name each."""
    return len(made.drawn) > PLAIN


def in_cells(made: Scene) -> str:
    """Say where most of many records are."""
    return f"{listed([cell_text(cell) for cell in cells(made.drawn)])}. The table lists every record."


def missing_line(made: Scene) -> str:
    """Name the attacks and state operations that no report places; empty where there are none."""
    missing = not_located(made.rows)
    return f"Not on the map: {listed([row.title for row in missing])}." if missing else ""


def listed(texts: Sequence[str]) -> str:
    """Join texts; of many only the first."""
    more = len(texts) - LISTED
    return "; ".join(texts[:LISTED]) + (f"; and {more} more" if more > 0 else "")
