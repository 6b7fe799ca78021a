"""A small SVG of the whole map, for readers without scripts: land, river, areas, symbols with their labels.

In: the scene. Out: markup of at most 60 kB with presentation attributes and classes only (a strict policy blocks
``style=``), every id with a prefix, and a title and description for those who cannot see it.
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from .alt_text import alt_text
from .frame import frame_around
from .map_drawing import draw_map
from .scene import Scene
from .static_sheet import Sheet

__all__ = ["static_css", "static_map"]

#: Width of the map in pixels; the height follows from its frame.
WIDTH: Final = 960


def static_css() -> str:
    """Theme of the static map: the classes take the colours of the palette, so that it follows the dark theme."""
    fills = {"land": "land", "land2": "land2", "ink": "ink", "ink2": "ink2", "ink3": "ink3", "water": "water"}
    rules = [f".sm-{name}{{fill:var(--{token})}}" for name, token in fills.items()]
    rules += [
        ".sm-line{stroke:var(--rule2)}",
        ".sm-river{stroke:var(--waterline)}",
        ".sm-ribbon{stroke:var(--ribbon)}",
        ".sm-scale{stroke:var(--ink2)}",
        ".sm-halo{stroke:var(--land)}",
        ".sm-paper,.sm-town{fill:var(--paper)}",
        ".sm-town{stroke:var(--ink)}",
        # Narrower than this its texts could not be read: a phone pans the map sideways.
        "#static-map{overflow-x:auto}",
        "#static-map svg{display:block;width:100%;min-width:620px;height:auto}",
    ]
    return "\n".join(rules) + "\n"


def static_map(made: Scene) -> Markup:
    """Draw the map."""
    areas = [drawing.geometry for drawing in made.drawn if drawing.area]
    sheet = Sheet(frame_around(made.home.wide, areas, WIDTH))
    draw_map(made, sheet)
    sheet.scale_bar()
    title, words = escape(made.options.title), escape(alt_text(made))
    return Markup(  # noqa: S704 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {sheet.frame.height}" role="img"'
        f' aria-labelledby="sm-title sm-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">'
        f'<title id="sm-title">{title}</title><desc id="sm-desc">{words}</desc>{"".join(sheet.out)}</svg>'
    )
