"""Coordinates as KML writes them -> position and shape, as the file says, not checked in any way."""

from __future__ import annotations

import re

from .notes import Refused

__all__ = ["SHAPES", "place_of"]

#: Elements that make a shape; those with others inside stand first.
SHAPES = ("MultiGeometry", "MultiTrack", "Polygon", "Track", "LineString", "LinearRing", "Point", "Model")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_ONE = "write longitude,latitude"


def place_of(shapes: list[tuple[str, list[str]]]) -> tuple[tuple[object, object] | None, str | None, object]:
    """Return (first two coordinates of a point, kind, coordinates of anything else).

    Parameters
    ----------
    shapes
        The elements of a placemark that make its shape, in the order in which they begin, each with the texts of its
        coordinates.

    Raises
    ------
    Refused
        A point has no two coordinates.
    """
    if not shapes:
        return None, None, None
    kind, texts = shapes[0]
    if kind == "Point":
        return _point(texts[0] if texts else ""), kind, None
    if kind == "Polygon":
        return None, kind, [_line(text) for name, own in shapes if name == "LinearRing" for text in own]
    if kind in {"LineString", "LinearRing", "Track"}:
        return None, "LineString", [position for text in texts for position in _line(text)]
    return None, kind, [[name, [_line(text) for text in own]] for name, own in shapes[1:]]


def _point(text: str) -> tuple[object, object]:
    # The blanks that some programs put around the commas are no separators here.
    parts = [part.strip() for part in text.strip().split(",")]
    if len(parts) < 2 or any(re.search(r"\s", part) for part in parts):
        raise Refused("one position as longitude,latitude or longitude,latitude,altitude", _ONE, value=text.strip())
    return _number(parts[0]), _number(parts[1])


def _line(text: str) -> list[list[object]]:
    """Return the positions of a line or ring."""
    return [[_number(part) for part in position.split(",")[:2]] for position in text.split()]


def _number(text: str) -> object:
    """Return a number, or the text where it is none."""
    return float(text) if len(text) < 40 and _NUMBER.fullmatch(text) else text
