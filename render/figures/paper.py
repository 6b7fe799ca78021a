"""A new sheet of paper of the size that was asked for, and what is drawn on it: a page of a report, or a card."""

from __future__ import annotations

from collections.abc import Callable

from ..scene import Scene
from .canvas import Canvas
from .fonts import Fonts
from .options import SIZES, FigureOptions
from .palette import Palette

__all__ = ["Drawn", "on_paper"]

#: Draws a scene on an empty sheet and finishes it.
Drawn = Callable[[Canvas, Scene, FigureOptions], None]


def on_paper(made: Scene, options: FigureOptions, *, page: Drawn, card: Drawn) -> Canvas:
    """Draw a scene on a new sheet.

    Parameters
    ----------
    made
        The scene, restricted to what is to be shown.
    options
        Size, words, fonts, labels.
    page, card
        What draws a figure for paper, as high as it has to be, and one for social media, of a fixed height.

    Raises
    ------
    FontError
        A font is not there, or lacks letters.
    """
    size = SIZES[options.size]
    canvas = Canvas(size.width_mm, size.unit_mm, Fonts(options.font), Palette(options.grey))
    (card if options.size == "social" else page)(canvas, made, options)
    return canvas
