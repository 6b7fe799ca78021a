"""A small SVG of the whole map, for readers without scripts: land, river, areas, symbols with their labels.

In: the scene. Out: markup of at most 60 kB with presentation attributes and classes only (a strict policy blocks
``style=``), every id with a prefix, and a title and description for those who cannot see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from markupsafe import Markup, escape
from shapely.geometry.base import BaseGeometry

from ..data.model import Kind
from . import symbols
from .alt_text import alt_text
from .crowd import PLAIN
from .discs import disc_svg
from .drawing import Drawing, outline
from .frame import Box, frame_around
from .phrases import map_label
from .placement import Array, Point, Text
from .scene import Scene
from .static_crowd import draw_crowd
from .static_names import place_at, write_names
from .static_sheet import RADIUS, Sheet, base, link, path

__all__ = ["static_css", "static_map"]

#: Width of the map in pixels; the height follows from its frame.
WIDTH: Final = 960
#: Points of an outline where a leader may leave.
_EDGES: Final = 26
#: Up to so many areas are drawn in full detail.
DETAILED: Final = 12


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
    drawing = _Map(made)
    drawing.ground()
    drawing.areas()
    drawing.river()
    if len(made.drawn) > PLAIN:
        drawing.reserve()
        draw_crowd(drawing.sheet, made.drawn)
    else:
        drawing.records()
    write_names(drawing.sheet, made.places, drawing.web["labels"])
    drawing.sheet.scale_bar()
    title, words = escape(made.options.title), escape(alt_text(made))
    return Markup(  # noqa: S704 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {drawing.frame.height}" role="img"'
        f' aria-labelledby="sm-title sm-desc" font-family="Noto Sans, system-ui, sans-serif" font-size="13">'
        f'<title id="sm-title">{title}</title><desc id="sm-desc">{words}</desc>{"".join(drawing.sheet.out)}</svg>'
    )


class _Map:
    """Puts the parts of the map on a sheet, back to front."""

    def __init__(self, made: Scene) -> None:
        areas = [drawing.geometry for drawing in made.drawn if drawing.area]
        self.frame = frame_around(made.home.wide, areas, WIDTH)
        self.made, self.web, self.sheet = made, made.basemap.web, Sheet(self.frame)
        self.space = self.sheet.space
        self.scale = float(self.web["scale"])
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
        self.border = {code: land.boundary for code, land in self.land.items()}
        for shape in (*self.land.values(), *self.border.values(), *self.geometry.values()):
            shapely.prepare(shape)

    def ground(self) -> None:
        """Draw the land of the subject country on that of the others, waters, lines of regions, roads."""
        self.sheet.add(
            f'<rect class="sm-land2" width="{self.frame.width}" height="{self.frame.height}" fill="{base("land2")}"/>'
        )
        if "TJ" in self.land:
            self.sheet.add(f'<path class="sm-land" fill="{base("land")}" d="{path(self.land["TJ"], self.frame)}"/>')
        self._lines("rivers", f'class="sm-river" stroke="{base("waterline")}" stroke-width=".8" opacity=".7"')
        lakes = [
            shapely.Polygon(ring) for ring in self.frame.lines(self.web.get("lakes", ()), self.scale) if len(ring) > 3
        ]
        if lakes and (data := path(shapely.MultiPolygon(lakes), self.frame)):
            self.sheet.add(f'<path class="sm-water" fill="{base("waterline")}" opacity=".5" d="{data}"/>')
        grey = f'class="sm-line" stroke="{base("rule2")}" stroke-linecap="round"'
        self._lines("neighbours", f'{grey} stroke-width=".9"')
        self._lines("admin", f'{grey} stroke-width=".9" stroke-dasharray="5 2.5 1 2.5"')
        self._lines("roads", f'{grey} stroke-width="1"')

    def _lines(self, name: str, attributes: str) -> None:
        found = self.frame.lines(self.web.get(name, ()), self.scale)
        if found and (data := path(shapely.MultiLineString(found), self.frame)):
            self.sheet.add(f'<path fill="none" {attributes} d="{data}"/>')

    def areas(self) -> None:
        """Draw the areas of records, the larger the paler; reaches come with the river."""
        drawn = [d for d in self.made.drawn if d.area and d.area != "reach"]
        for drawing in sorted(drawn, key=lambda d: -self.geometry[d.row.record_id].area):
            opacity, dash, width = _AREA_LOOK[str(drawing.area)]
            self._area(drawing, f'fill-opacity="{opacity}" stroke-width="{width}" stroke-dasharray="{dash}"')
            if drawing.area != "region":
                self.space.keep_in_sight(self.geometry[drawing.row.record_id].boundary, 5, 1.5)

    def _area(self, drawing: Drawing, attributes: str) -> None:
        geometry = self.geometry[drawing.row.record_id]
        if geometry.wkb in self.drawn:
            return
        self.drawn.add(geometry.wkb)
        glyphs = self.glyphs[geometry.wkb]
        glyph, colour = (
            ("total", base("ink2"))
            if len(glyphs) > 1
            else (drawing.row.glyph, symbols.COLOURS[drawing.row.glyph].light)
        )
        data = path(geometry, self.frame, 0.5 if len(self.glyphs) <= DETAILED else 1.2)
        self.sheet.add(
            f'<path class="c-{glyph}" color="{colour}" fill="currentColor" stroke="currentColor"'
            f' stroke-linecap="round" stroke-linejoin="round" {attributes} d="{data}"/>'
        )

    def river(self) -> None:
        """Draw the border as a broad ribbon, the reaches along it, the Panj on top."""
        joined = 'stroke-linejoin="round" stroke-linecap="round"'
        self._lines("border", f'class="sm-ribbon" stroke="{base("ribbon")}" stroke-width="9" opacity=".17" {joined}')
        for drawing in self.made.drawn:
            if drawing.area == "reach":
                self._area(drawing, 'fill-opacity=".42" stroke-width="2.2"')
                self.space.keep_in_sight(self.geometry[drawing.row.record_id].boundary, 7, 8)
        self._lines("panj", f'class="sm-river" stroke="{base("waterline")}" stroke-width="2.6" {joined}')

    def records(self) -> None:
        """Draw tokens with their labels: places first, then what stands off its area, then links between records."""
        self.reserve()
        at: dict[str, Point] = {}
        points = [drawing for drawing in self.made.drawn if drawing.area is None]
        for drawing in points:
            x, y = shapely.get_coordinates(self.geometry[drawing.row.record_id])[0].tolist()
            at[drawing.row.record_id] = (x, y)
            self.space.take((x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS))
            if drawing.row.record_id in self.made.discs:
                self.sheet.add(disc_svg(drawing.row.glyph, (x, y), self.made.discs[drawing.row.record_id]))
        below = len(self.sheet.out)
        for drawing in points:
            self._at_place(drawing, at[drawing.row.record_id])
        order = ("district", "reach", "region", "measure")
        for drawing in sorted((d for d in self.made.drawn if d.area), key=lambda d: order.index(str(d.area))):
            if drawing.row.kind is Kind.MEASURE:
                self._measure(drawing)
            else:
                self._off_area(drawing, at)
        self.sheet.out[below:below] = [link(at[a], at[b]) for a, b in self.made.links if a in at and b in at]

    def reserve(self) -> None:
        """Keep room for scale, north arrow and larger towns; keep the river in sight."""
        width, height = self.frame.width, self.frame.height
        self.space.take((width - 190, height - 56, width, height))
        for place in self.made.places:
            if place.rank <= 2:
                (x, y), r = place_at(self.frame, place.lon, place.lat), 4
                self.space.take((x - r, y - r, x + r, y + r))
        for line in self.frame.lines(self.web.get("panj", ()), self.scale):
            self.space.keep_in_sight(shapely.LineString(line), 5, 2)

    def _label_lines(self, drawing: Drawing) -> list[Text]:
        first, second = map_label(drawing.row, self.made.evidence[drawing.row.record_id])
        return [Text(first, 14, bold=True), Text(second, 13)]

    def _at_place(self, drawing: Drawing, at: Point) -> None:
        """Draw a token at its place, with its label."""
        lines = self._label_lines(drawing)
        label = self.space.label(at, lines, RADIUS + 4)
        self.space.take(label.rect)
        self.sheet.token(drawing.row.glyph, drawing.row.precision, at)
        self.sheet.text(label, lines)

    def _off_area(self, drawing: Drawing, at: dict[str, Point]) -> None:
        """Draw a token off its area on a leader, with its label; keep its leader and links in sight."""
        lines = self._label_lines(drawing)
        part = max(shapely.get_parts(self.geometry[drawing.row.record_id]), key=lambda one: one.area)
        edges, ways = outline(part, _EDGES)
        inside = ((edges > 8) & (edges < (self.frame.width - 8, self.frame.height - 8))).all(axis=1)
        if inside.any():
            edges, ways = edges[inside], ways[inside]
        centre, edge, label = self.space.stand(edges, ways, RADIUS, lines, self._allowed(drawing), self._pale(drawing))
        box = (centre[0] - RADIUS, centre[1] - RADIUS, centre[0] + RADIUS, centre[1] + RADIUS)
        self.space.take(box, label.rect)
        self.sheet.leader(drawing.row.glyph, edge, centre, RADIUS)
        self.sheet.token(drawing.row.glyph, drawing.row.precision, centre)
        self.sheet.text(label, lines)
        at[drawing.row.record_id] = centre
        joined = [at[a] for pair in self.made.links if drawing.row.record_id in pair for a in pair if a in at]
        for end in (edge, *joined):
            if end != centre:
                self.space.keep_in_sight(shapely.LineString([centre, end]), 6, 4)

    def _measure(self, drawing: Drawing) -> None:
        """Draw the label of a measure, which has no token, off its areas with a leader to each."""
        lines = self._label_lines(drawing)
        land, border = self._country(drawing)

        def judged(leaders: Array) -> Array:
            """Leaders over the border are costly, a label away from its country a little."""
            if land is None:
                return np.zeros(len(leaders))
            crossing: Array = np.asarray(shapely.intersects(border, shapely.linestrings(leaders)), dtype=np.float64)
            abroad: Array = np.asarray(~shapely.contains_xy(land, leaders[:, 1]), dtype=np.float64)
            return 900 * crossing + 200 * abroad

        parts = list(shapely.get_parts(self.geometry[drawing.row.record_id]))
        label, leaders = self.space.free_label(lines, parts, judged)
        self.space.take(label.rect)
        for start, end in leaders:
            self.sheet.leader(drawing.row.glyph, start, end, 1.0)
            self.space.keep_in_sight(shapely.LineString([start, end]), 6, 4)
        self.sheet.text(label, lines)

    def _allowed(self, drawing: Drawing) -> Callable[[Array, Array], npt.NDArray[np.bool_]]:
        """Tell where a token may stand: in the country of the event, off its area, its leader not over the border."""
        (land, border), own = self._country(drawing), self.geometry[drawing.row.record_id]

        def allowed(edges: Array, centres: Array) -> npt.NDArray[np.bool_]:
            good: npt.NDArray[np.bool_] = np.logical_not(shapely.contains_xy(own, centres))
            if land is not None:
                good &= shapely.contains_xy(land, centres)
            left = np.flatnonzero(good)
            edges, centres = edges[left], centres[left]
            centre = shapely.points(centres)
            keep = ~shapely.dwithin(own, centre, RADIUS + 2)
            if border is not None:
                # A leader starts a little off the outline, which may itself be the border.
                leaders = shapely.linestrings(np.stack([edges + (centres - edges) * 0.12, centres], axis=1))
                keep &= ~shapely.intersects(border, leaders) & ~shapely.dwithin(border, centre, RADIUS)
            good[left] = keep
            return good

        return allowed

    def _country(self, drawing: Drawing) -> tuple[BaseGeometry | None, BaseGeometry | None]:
        """Land and outline of the country of an event, in pixels."""
        code = drawing.row.country or ""
        return self.land.get(code), self.border.get(code)

    def _pale(self, drawing: Drawing) -> list[BaseGeometry]:
        """Areas of other records, which a token had better not stand on."""
        others = [d for d in self.made.drawn if d.area in ("district", "measure") and d is not drawing]
        return [self.geometry[d.row.record_id] for d in others]


#: Fill opacity, dashes and line width of each class of area.
_AREA_LOOK: Final = {
    "district": (".13", "6 4", "1.5"),
    "region": (".05", "0 3.4", "1.6"),
    "measure": (".1", "6 4", "1.4"),
}


def _clipped(land: BaseGeometry, box: Box) -> BaseGeometry:
    """Cut land to the frame and a margin around it, so that no edge of the cut shows."""
    west, south, east, north = box
    return shapely.clip_by_rect(land, west - 0.1, south - 0.1, east + 0.1, north + 0.1)
