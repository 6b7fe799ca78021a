"""Where a token and its label may stand: in the country of the event, off its area, not across the border."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from . import symbols
from .drawing import Drawing
from .placement import Array, Point, Rect

__all__ = ["RADIUS", "Grounds", "meet", "token_box"]

#: Radius of a token in pixels.
RADIUS: Final = float(symbols.TOKEN_RADIUS)


class Grounds:
    """Answers for each record.

    Parameters
    ----------
    geometry
        Geometry of each record by its id, pixels.
    land
        Land of each country by ISO 3166-1 code, pixels.
    drawn
        All records on the map.
    strict
        Whether labels, too, have to keep to a country.
    """

    def __init__(
        self,
        geometry: Mapping[str, BaseGeometry],
        land: Mapping[str, BaseGeometry],
        drawn: Sequence[Drawing],
        *,
        strict: bool,
    ) -> None:
        self.geometry, self.land, self.drawn, self.strict = geometry, land, drawn, strict
        self.border = {code: one.boundary for code, one in land.items()}
        for shape in (*land.values(), *self.border.values(), *geometry.values()):
            shapely.prepare(shape)

    def allowed(self, drawing: Drawing) -> Callable[[Array, Array], npt.NDArray[np.bool_]]:
        """Tell where a token may stand: in the country of the event, off its area, its leader not over the border."""
        (land, border), own = self.country(drawing), self.geometry[drawing.row.record_id]

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

    def country(self, drawing: Drawing) -> tuple[BaseGeometry | None, BaseGeometry | None]:
        """Land and outline of the country of an event, in pixels."""
        code = drawing.row.country or ""
        return self.land.get(code), self.border.get(code)

    def home(self, drawing: Drawing) -> BaseGeometry | None:
        """Land on which a label had better stand, under strict rules."""
        return self.country(drawing)[0] if self.strict else None

    def pale(self, drawing: Drawing) -> list[BaseGeometry]:
        """Areas of other records, which a token had better not stand on."""
        others = [d for d in self.drawn if d.area in ("district", "measure") and d is not drawing]
        return [self.geometry[d.row.record_id] for d in others]


def meet(one: Rect, two: Rect) -> bool:
    """Whether two boxes cover each other by more than their margins."""
    across = min(one[2], two[2]) - max(one[0], two[0])
    return across > 1 and min(one[3], two[3]) - max(one[1], two[1]) > 1


def token_box(at: Point) -> Rect:
    """Box of a token."""
    return at[0] - RADIUS, at[1] - RADIUS, at[0] + RADIUS, at[1] + RADIUS
