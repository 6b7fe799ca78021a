"""Longitude and latitude as a table or a geometry gives them: two cells -> degrees, or why not.

What is read: plain decimals, with a point or with one comma (said as a warning), any kind of minus sign, digits of any
script. What is refused, with the way out: degrees with minutes, hemispheres, exponents, words, NaN and infinity, metres
of a projection, 0,0, swapped coordinates, more than a full turn. What lies outside of the region is kept and warned of.
"""

from __future__ import annotations

import math
import re

from ..columns import CellError
from .values import Noted, Said, plain_digits, remembered

__all__ = ["REGION", "axis_value", "check_pair", "in_region"]

#: West, south, east, north, degrees: what lies outside is no error, and a pair that lies in it only the other way
#: round is taken for swapped.
REGION = (60.0, 30.0, 80.0, 45.0)
#: Half the side of the square of Web Mercator (EPSG:3857), metres.
MERCATOR_M = 20_037_508.342789244

_PLAIN = re.compile(r"[+-]?\d{1,12}(?:\.\d{0,20})?|[+-]?\.\d{1,20}")
_COMMA = re.compile(r"([+-]?\d{1,3}),(\d{1,20})")
_MINUTES = re.compile(
    r"([+-]?)(\d{1,3})\s*(?:°|º|˚|d(?:eg)?|:)\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:['′’:m]|min)?\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|s(?:ec)?)?)?\s*([NSEW]?)",
    re.IGNORECASE,
)
_HEMISPHERE = re.compile(r"([NSEW]?)\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW]?)", re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d{1,3}")
_MISSING = frozenset({"na", "n/a", "nan", "null", "none", "-", "--", "?", "unknown", "inf", "-inf", "+inf", "infinity"})
_UNKNOWN = "leave both cells empty where the position is not known"
EXPECTED = "degrees as a plain number with a decimal point, as 37.75"


def axis_value(value: object) -> Noted[float]:
    """Read one coordinate cell; an empty one is nothing.

    Raises
    ------
    CellError
        It is no number of degrees; the fix names the number to write where there is one.
    """
    if type(value) is float or type(value) is int:
        if not abs(value) < 1e15:  # NaN and infinity as well
            raise CellError(EXPECTED, _UNKNOWN)
        return float(value), None
    if value is None or value == "":
        return None, None
    if not isinstance(value, str):
        raise CellError(EXPECTED, "write the number")
    return _text_value(value)


@remembered
def _text_value(text: str) -> Noted[float]:
    """Read a coordinate that is written as text."""
    text = plain_digits(text.strip())
    if _PLAIN.fullmatch(text):
        return float(text), None
    if not text:
        return None, None
    if comma := _COMMA.fullmatch(text):
        read = f"{comma[1]}.{comma[2]}"
        return float(read), Said("a decimal point, not a comma", f"it was read as {read}; write it so")
    if text.casefold() in _MISSING:
        raise CellError(EXPECTED, _UNKNOWN)
    raise CellError(EXPECTED, _advice(text))


def _advice(text: str) -> str:
    """Say which number to write, where the text has one meaning."""
    if minutes := _MINUTES.fullmatch(text):
        sign, degrees, minute, second, side = minutes.groups()
        value = int(degrees) + float(minute.replace(",", ".")) / 60 + float((second or "0").replace(",", ".")) / 3600
        south = sign == "-" or side.upper() in ("S", "W")
        return f"degrees, minutes and seconds are not read: write {-value if south else value:.5f}"
    side = _HEMISPHERE.fullmatch(text)
    if side and (side[1] or side[3] or "°" in text):
        south = (side[1] or side[3]).upper() in ("S", "W")
        return f"write {'-' if south else ''}{side[2].lstrip('+-')}; south and west are negative"
    if _EXPONENT.fullmatch(text) and abs(float(text)) < 1e9:
        return f"write the number without an exponent: {float(text):.10f}".rstrip("0").rstrip(".")
    if re.search(r"\d[,;/ ]\s*[+-]?\d", text):
        return "give latitude and longitude in two columns, each with a decimal point"
    return f"write the degrees in digits, or {_UNKNOWN}"


def in_region(lon: float, lat: float) -> bool:
    """Tell whether a point lies in the region that the map is about."""
    return REGION[0] <= lon <= REGION[2] and REGION[1] <= lat <= REGION[3]


def check_pair(lon: float, lat: float) -> Said | None:
    """Check two coordinates together: nothing where they are right, a warning where they lie far away.

    Raises
    ------
    CellError
        They are no position: metres, swapped, 0,0, beyond the poles or a full turn.
    """
    if in_region(lon, lat):
        return None
    if lon == 0 and lat == 0:
        raise CellError("a position that is known; 0,0 lies in the sea off Africa", _UNKNOWN)
    if in_region(lat, lon):
        raise CellError(
            f"longitude {REGION[0]:g} to {REGION[2]:g} and latitude {REGION[1]:g} to {REGION[3]:g}: these are swapped",
            f"swap them: longitude {lat:g}, latitude {lon:g}",
        )
    if abs(lon) > 720 or abs(lat) > 720:
        raise CellError(*_metres(lon, lat))
    if abs(lat) > 90:
        swapped = "; perhaps it is the longitude" if abs(lon) <= 90 and abs(lat) <= 180 else ""
        raise CellError(f"a latitude from -90 to 90{swapped}", "correct the latitude")
    if abs(lon) > 180:
        turned = (lon + 180) % 360 - 180
        raise CellError("a longitude from -180 to 180", f"correct it; a full turn away it would be {turned:g}")
    return Said(
        f"a position in the region of the map (longitude {REGION[0]:g} to {REGION[2]:g}, "
        f"latitude {REGION[1]:g} to {REGION[3]:g})",
        "look at the coordinates; the row is kept as it is",
    )


def _metres(x: float, y: float) -> tuple[str, str]:
    """Recognise coordinates in metres; for Web Mercator tell the degrees."""
    for east, north, order in ((x, y, ""), (y, x, ", swapped")):
        if max(abs(east), abs(north)) > MERCATOR_M * 1.01:
            break
        lon = east / MERCATOR_M * 180
        lat = math.degrees(math.atan(math.sinh(north / MERCATOR_M * math.pi)))
        if in_region(lon, lat):
            return (
                f"degrees (EPSG:4326); these look like metres of Web Mercator (EPSG:3857){order}",
                f"convert the file to EPSG:4326; here longitude {lon:.5f}, latitude {lat:.5f}",
            )
    if 100_000 <= x <= 900_000 and 0 < y < 10_000_000:
        return (
            "degrees (EPSG:4326); these look like metres of a UTM zone",
            "convert the file to EPSG:4326 (the region lies in zones 41 to 43 N)",
        )
    return "degrees (EPSG:4326), not metres or other units", "convert the file to EPSG:4326"
