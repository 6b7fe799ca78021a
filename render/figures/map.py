"""A figure of the map: title, map with locator, legend, numbers, notes, on one sheet of paper."""

from __future__ import annotations

from typing import Final

import shapely

from ...data.model import Kind
from ..crowd import CIRCLES, PLAIN
from ..frame import LambertFrame, decoded, widened
from ..map_drawing import draw_map
from ..map_grounds import RADIUS
from ..map_records import Records
from ..map_rules import MapRules
from ..scene import Scene
from ..texts import ui_texts
from .canvas import Canvas
from .corners import furnished
from .layout import STYLES, card, footer, header, key_block, legend_block
from .legend import crowd_entries, entries_of
from .locator import draw_locator
from .notes import partly_of
from .options import SIZES, FigureOptions
from .paper import on_paper
from .sheet import FigureSheet

__all__ = ["map_canvas"]

#: Least and largest height of the map in parts of its width.
_HEIGHTS: Final = {"full": (0.62, 0.95), "column": (0.8, 1.2)}
#: Width of a label before it is broken, in parts of the map's.
_LABEL: Final = {"full": 0.36, "column": 0.42, "social": 0.5}


def map_canvas(made: Scene, options: FigureOptions) -> Canvas:
    """Draw the map of a scene, see :func:`panjmap.render.figures.paper.on_paper`."""
    return on_paper(made, options, page=_page, card=_card)


def _page(canvas: Canvas, made: Scene, options: FigureOptions) -> None:
    """Draw a figure for paper: one block under the other, as high as they are together."""
    style = STYLES[options.size]
    y = header(canvas, made, options)
    frame = _frame(made, options, canvas.width, *_HEIGHTS[options.size])
    sheet = FigureSheet(canvas, frame, (0.0, y), made.basemap.relief)
    records = _draw(made, options, sheet)
    y += sheet.frame.height + 8
    partly = ui_texts(made.options.lang)["figure.partly_sign"] if records and partly_of(made, options)[0] else ""
    if records:
        told = entries_of(made.legend, _on_map(made, sheet), rings=_ringed(made, sheet), partly=partly)
    else:
        told = crowd_entries(made.legend, _on_map(made, sheet), made.options.lang, cells=len(made.drawn) > CIRCLES)
    y = legend_block(canvas, told, y, style) + 6
    y = key_block(canvas, records.keys if records else (), y, style) + 4
    canvas.finish(footer(canvas, made, options, y, records.unlabelled if records else 0))


def _card(canvas: Canvas, made: Scene, options: FigureOptions) -> None:
    """Draw a card for social media: words on the left, map on the right, all of one height."""
    size = SIZES["social"]
    height = (size.height_mm or size.width_mm) / size.unit_mm
    left = canvas.width * 0.41
    width = canvas.width - left
    frame = _frame(made, options, width, height / width, height / width)
    sheet = FigureSheet(canvas, frame, (left, 0.0), made.basemap.relief)
    records = _draw(made, options, sheet)
    card(canvas, made, options, left, height, records.unlabelled + len(records.keys) if records else 0)
    canvas.finish(height)


def _frame(made: Scene, options: FigureOptions, width: float, flat: float, tall: float) -> LambertFrame:
    """Choose what the map shows: a box that was asked for, or the Panj and all areas of records."""
    home = made.home.wide if options.size == "full" else made.home.narrow
    areas = [drawing.geometry for drawing in made.drawn if drawing.area]
    return LambertFrame(options.bbox or widened(home, areas), width, flat, tall)


def _draw(made: Scene, options: FigureOptions, sheet: FigureSheet) -> Records | None:
    """Draw the map itself."""
    busy = [shapely.transform(drawing.geometry, sheet.frame.pixels) for drawing in made.drawn]
    busy += [shapely.LineString(line) for line in decoded(sheet.frame, made.basemap.web["panj"], _units(made))]
    bar, inset = furnished(sheet.frame.width, sheet.frame.height, busy, inset=options.size == "full")
    rules = MapRules(
        strict=True,
        script=options.names,
        hide=frozenset(options.hide),
        reserved=(bar, inset) if inset else (bar,),
        numbers=options.size != "social",
        label_width=sheet.frame.width * _LABEL[options.size],
    )
    with sheet.drawing():
        records = draw_map(made, sheet, rules)
        if inset:
            draw_locator(sheet, made.basemap.locator, inset)
        sheet.scale_bar(bar)
    return records


def _on_map(made: Scene, sheet: FigureSheet) -> set[str]:
    """Layers of which something is on the map, for the legend; names and shading explain themselves."""
    drawn = {drawing.row.record_id for drawing in made.drawn}
    records = {layer.id for layer in made.layers if drawn & set(layer.record_ids or ())}
    return records | {layer for layer, line in _GROUND.items() if line in sheet.drawn}


#: Lines of the ground, as the sheet calls them, by layer.
_GROUND: Final = {"border": "border", "regions": "admin", "roads": "roads"}


def _units(made: Scene) -> float:
    return float(made.basemap.web["scale"])


def _ringed(made: Scene, sheet: FigureSheet) -> bool:
    """Whether some record's uncertainty is large enough to be seen as a ring."""
    far = [d.row.uncertainty_km or 0 for d in made.drawn if d.area is None and d.row.kind is not Kind.MEASURE]
    return len(made.drawn) <= PLAIN and any(km * sheet.frame.per_km > RADIUS + 2 for km in far)
