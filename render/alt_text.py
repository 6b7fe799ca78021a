"""The map in words, for those who cannot see it: the same sentences and labels as in the picture."""

from __future__ import annotations

from ..data.counting import counting_sentences
from ..data.coverage import coverage
from .phrases import map_label
from .placed import not_located
from .scene import Scene

__all__ = ["alt_text"]


def alt_text(made: Scene) -> str:
    """Describe the map in words: what it rests on, the counts, and every drawn record."""
    heard = coverage(made.published.tables, made.evidence)
    parts = [heard.not_complete_line, *(f"{sentence.text}." for sentence in counting_sentences(made.evidence))]
    for drawing in made.drawn:
        first, second = map_label(drawing.row, made.evidence[drawing.row.record_id])
        parts.append(f"{first} ({second}).")
    missing = not_located(made.rows)
    if missing:
        parts.append(f"Not on the map: {'; '.join(row.title for row in missing)}.")
    return " ".join(parts)
