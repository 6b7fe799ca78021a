"""A figure of the river strip: title, the Panj as a straight line with records by km and day, legend, list, notes.

In: a scene that holds what is to be shown, and the options. Out: a finished sheet. The words come from where the page
has them; what stands where is in ``render/figures/strip_layout.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..named_places import named_labels
from ..scene import Scene
from ..strip_data import strip_ground
from ..texts import ui_texts
from .canvas import Canvas
from .layout import STYLES, Line, card, flow, footer, header, key_block
from .options import SIZES, FigureOptions
from .paper import on_paper
from .strip_draw import draw_strip
from .strip_frame import FORMS
from .strip_ground import Names
from .strip_layout import Content, Sheet, StripLayout, layout
from .strip_legend import entries_block, entries_of, outside_block
from .strip_words import outside, shown, strip_words

__all__ = ["strip_canvas"]

#: Depths of time that are tried, units; length of the river in one column.
_DEPTHS: Final = (300.0, 380.0, 440.0, 520.0, 640.0, 760.0)
_COLUMN_LENGTH: Final = 590.0
#: Part of a card that is words.
_WORDS: Final = 0.34
#: Captions of the ground, as the interface calls them.
_CAPTIONS: Final = ("tajik_bank", "afghan_bank", "km", "km_short", "mouth", "mouth_short", "source", "flow")
#: The river that the strip is about, as the base map calls it.
_RIVER: Final = "Panj"


def strip_canvas(made: Scene, options: FigureOptions) -> Canvas:
    """Draw the river strip of a scene, see :func:`panjmap.render.figures.paper.on_paper`."""
    return on_paper(made, options, page=_page, card=_card)


def _page(canvas: Canvas, made: Scene, options: FigureOptions) -> None:
    """Draw a figure for paper: one block under the other, as high as they are together."""
    style = STYLES[options.size]
    y = header(canvas, made, options)
    content = _content(made, options)
    left, right = style.margin, canvas.width - style.margin
    if options.size == "column":
        sheet = Sheet(FORMS[options.size], left, right, y, (0.0,), _COLUMN_LENGTH)
    else:
        least = min(520.0, 200.0 + 36.0 * len(content.records))
        sheet = Sheet(FORMS[options.size], left, right, y, tuple(depth for depth in _DEPTHS if depth >= least))
    found = _drawn(canvas, sheet, content)
    y = found.bottom
    y = max(y, _nothing(canvas, made, found, right, options))
    y = _notes(canvas, found.below, (left, y), right, options) + 6
    y = entries_block(canvas, entries_of(made, found), y, style) + 2
    y = key_block(canvas, found.keys, y, style) + 4
    y = outside_block(canvas, made, outside(made), y, style) + 6
    canvas.finish(footer(canvas, made, options, y, found.unlabelled))


def _card(canvas: Canvas, made: Scene, options: FigureOptions) -> None:
    """Draw a card for social media: words on the left, the strip on the right, of a fixed height."""
    size, margin = SIZES["social"], STYLES["social"].margin
    height, left = (size.height_mm or size.width_mm) / size.unit_mm, canvas.width * _WORDS
    content = _content(made, options)
    sheet = Sheet(FORMS[options.size], left, canvas.width - margin * 0.5, margin * 0.5, (0.0,))
    ground = layout(sheet, content._replace(records=()), _measure(canvas))
    depth = height - margin - ground.bottom - 14
    found = _drawn(canvas, sheet._replace(depths=(depth,)), content)
    _nothing(canvas, made, found, sheet.right, options)
    card(canvas, made, options, left, height, found.unlabelled)
    canvas.finish(height)


def _content(made: Scene, options: FigureOptions) -> Content:
    """Collect what the strip holds."""
    words, hidden = strip_words(made), set(options.hide)
    river = next((one for one in made.basemap.web["labels"] if one["text"] == _RIVER), {"text": _RIVER})
    (label,) = named_labels([river], made.published.tables)

    def short(place: Mapping[str, Any]) -> str:
        other = place.get(f"name_{options.names}") or place["name"] in hidden
        return "" if other else str(place.get("short", ""))

    names = Names(
        of=lambda place: "" if place["name"] in hidden else _named(place, options.names),
        short=short,
        captions={key: words[key] for key in _CAPTIONS},
        river=_named(label | {"name": _RIVER}, options.names),
    )
    ground = strip_ground(made.published.tables, made.areas)
    return Content(shown(made, options.hide), made.links, ground, names, words)


def _named(place: Mapping[str, Any], script: str) -> str:
    """Name of a place in the chosen script, the Latin one if that is not known."""
    return str(place.get(f"name_{script}") or place["name"])


def _measure(canvas: Canvas) -> Any:  # noqa: ANN401 - a function of text, size and cut
    return lambda text, size, bold: canvas.text_width(text, size, bold=bold)


def _drawn(canvas: Canvas, sheet: Sheet, content: Content) -> StripLayout:
    found = layout(sheet, content, _measure(canvas))
    with canvas.group("strip"):
        draw_strip(canvas, found)
    return found


def _nothing(canvas: Canvas, made: Scene, found: StripLayout, right: float, options: FigureOptions) -> float:
    """Say that no record has a place in the strip; where the plot would be. Return where that ends."""
    if found.plot.axis.runs:
        return 0.0
    left, top, _, bottom = found.rect
    at = (left + 10, (top + bottom) / 2) if found.plot.frame.turned else (left, top + 6)
    return _notes(canvas, [ui_texts(made.options.lang)["strip.nothing"]], at, right, options)


def _notes(canvas: Canvas, texts: list[str], at: tuple[float, float], right: float, options: FigureOptions) -> float:
    """Write notes on the strip, up to ``right``; return where they end."""
    lines = [Line(text, STYLES[options.size].note, "ink2") for text in texts]
    return flow(canvas, lines, at, right - at[0])
