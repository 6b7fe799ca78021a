"""What goes where on a map that cannot be moved: ground, areas, river, records, names, back to front.

In: the scene and a sheet with its frame. The static SVG of the page and the figures are drawn by the same steps; the
sheets differ in how, and figures are stricter about labels.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from .crowd import PLAIN
from .drawing import Drawing
from .frame import Box, decoded
from .map_crowd import draw_crowd
from .map_names import place_at, write_names
from .map_records import Records
from .map_rules import USUAL, MapRules
from .map_sheet import MapSheet
from .named_places import named_labels
from .placement import Array
from .scene import Scene

__all__ = ["draw_map"]

#: Up to so many areas are drawn in full detail.
DETAILED: Final = 12


def draw_map(made: Scene, sheet: MapSheet, rules: MapRules = USUAL) -> Records | None:
    """Draw the map on a sheet.

    Returns
    -------
    Records or None
        How the records were labelled; nothing where they are too many for labels.
    """
    drawing = _Map(made, sheet)
    drawing.ground()
    drawing.areas()
    drawing.river()
    drawing.reserve(rules)
    records = None
    if len(made.drawn) > PLAIN:
        draw_crowd(sheet, made.drawn)
    else:
        records = Records(made, sheet, drawing.geometry, drawing.land, rules)
        records.draw()
    labels = made.basemap.web["labels"]
    if rules.script != "latin":
        labels = named_labels(labels, made.published.tables)
    write_names(sheet, made.places, labels, rules)
    return records


class _Map:
    """The ground and the areas of a map; what they are in pixels."""

    def __init__(self, made: Scene, sheet: MapSheet) -> None:
        self.frame, self.space = sheet.frame, sheet.space
        self.made, self.web, self.sheet = made, made.basemap.web, sheet
        self.drawn: set[bytes] = set()  # areas that stand on the sheet already: drawn once for all their records
        self.geometry: dict[str, BaseGeometry] = {
            d.row.record_id: shapely.transform(d.geometry, self.frame.pixels) for d in made.drawn
        }
        self.glyphs: defaultdict[bytes, set[str]] = defaultdict(set)
        for one in made.drawn:
            if one.area:
                self.glyphs[self.geometry[one.row.record_id].wkb].add(one.row.glyph)
        self.land = {
            code: shapely.simplify(shapely.transform(_clipped(land, self.frame.box), self.frame.pixels), 0.5)
            for code, land in made.basemap.outlines.items()
            if code in {"TJ", *(drawing.row.country for drawing in made.drawn)}
        }

    def ground(self) -> None:
        """Draw the land of the subject country on that of the others, waters, lines of regions, roads."""
        self.sheet.background(self.land.get("TJ"))
        self._lines("rivers")
        lakes = [shapely.Polygon(ring) for ring in self._decoded("lakes") if len(ring) > 3]
        if lakes:
            self.sheet.lakes(shapely.MultiPolygon(lakes))
        for name in ("neighbours", "admin", "roads"):
            self._lines(name)

    def _decoded(self, name: str) -> list[Array]:
        return decoded(self.frame, self.web.get(name, ()), float(self.web["scale"]))

    def _lines(self, name: str) -> None:
        self.sheet.lines(name, self._decoded(name))

    def areas(self) -> None:
        """Draw the areas of records, the larger the paler; reaches come with the river."""
        drawn = [d for d in self.made.drawn if d.area and d.area != "reach"]
        for drawing in sorted(drawn, key=lambda d: -self.geometry[d.row.record_id].area):
            self._area(drawing)
            if drawing.area != "region":
                self.space.keep_in_sight(self.geometry[drawing.row.record_id].boundary, 5, 1.5)

    def _area(self, drawing: Drawing) -> None:
        geometry = self.geometry[drawing.row.record_id]
        if geometry.wkb in self.drawn:
            return
        self.drawn.add(geometry.wkb)
        glyphs = self.glyphs[geometry.wkb]
        glyph = "total" if len(glyphs) > 1 else drawing.row.glyph
        self.sheet.area(geometry, glyph, str(drawing.area), coarse=len(self.glyphs) > DETAILED)

    def river(self) -> None:
        """Draw the border as a broad ribbon, the reaches along it, the Panj on top."""
        self._lines("border")
        for drawing in self.made.drawn:
            if drawing.area == "reach":
                self._area(drawing)
                self.space.keep_in_sight(self.geometry[drawing.row.record_id].boundary, 7, 8)
        self._lines("panj")

    def reserve(self, rules: MapRules) -> None:
        """Keep room for scale, north arrow, inset and larger towns; keep the river in sight."""
        width, height = self.frame.width, self.frame.height
        self.space.take(*(rules.reserved or ((width - 190, height - 56, width, height),)))
        for place in self.made.places:
            if place.rank <= (1 if rules.strict else 2):
                (x, y), r = place_at(self.frame, place.lon, place.lat), 4
                self.space.take((x - r, y - r, x + r, y + r))
        for line in self._decoded("panj"):
            self.space.keep_in_sight(shapely.LineString(line), 5, 2)


def _clipped(land: BaseGeometry, box: Box) -> BaseGeometry:
    """Cut land to the frame and a margin around it, so that no edge of the cut shows."""
    west, south, east, north = box
    return shapely.clip_by_rect(land, west - 0.1, south - 0.1, east + 0.1, north + 0.1)
