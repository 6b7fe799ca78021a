"""What a figure may be asked for: size, title, selection, fonts, labels; as arguments or in one small text file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...data.errors import OptionError
from ...data.inputs import read_bounded
from ...data.limits import limits
from ...data.text import clean
from ...data.vocabulary import RecordType

if TYPE_CHECKING:
    from ..frame import Box

__all__ = ["SCRIPTS", "SIZES", "FigureOptions", "Size", "parsed_options", "read_options"]


@dataclass(frozen=True, slots=True)
class Size:
    """A size to offer: width and the least unit in millimetres, dots per inch of the PNG, fixed height if any."""

    width_mm: float
    unit_mm: float
    dpi: float
    height_mm: float | None = None


#: Two columns, one column, and a card for social media of 1200 x 630 pixels. The smallest type is 12 units: 6 pt.
SIZES: Final = {
    "full": Size(183.0, 0.18, 300.0),
    "column": Size(89.0, 0.18, 300.0),
    "social": Size(152.4, 0.205, 200.0, 80.01),
}
#: What the base map has ground for, degrees: beyond it land, lakes and lines would be missing without a word.
GROUND: Final[Box] = (64.0, 34.0, 78.0, 42.0)
#: Longest title and deck, characters.
LONGEST: Final = 1000
#: Letters in which place names can be written.
SCRIPTS: Final = ("latin", "tg", "fa")


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """Options of one figure; every one has a default.

    ``window`` holds the first and the last day, ``bbox`` is west, south, east, north in degrees, ``hide`` names labels
    to leave out (a place as it is written on the map, or a record's id).

    Raises
    ------
    OptionError
        A value is not one of those that are known, or a window or box is the wrong way round.
    """

    size: str = "full"
    strip: bool = False
    grey: bool = False
    names: str = "latin"
    title: str = ""
    deck: str = ""
    window: tuple[dt.date | None, dt.date | None] = (None, None)
    types: tuple[str, ...] = ()
    bbox: Box | None = None
    font: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Clean the texts, which enter here and by no table, and check the rest."""
        for name in ("title", "deck"):
            text = " ".join(clean(getattr(self, name)).split())
            if len(text) > LONGEST:
                raise OptionError(name, text, f"longer than {LONGEST} characters", "shorten it")
            object.__setattr__(self, name, text)
        _one_of("size", self.size, SIZES)
        _one_of("names", self.names, SCRIPTS)
        for type_ in self.types:
            _one_of("types", type_, tuple(RecordType))
        start, end = self.window
        if start and end and start > end:
            raise OptionError("window", f"{start} to {end}", "it ends before it starts", "name the earlier day first")
        if self.bbox:
            _check_box(self.bbox)


def _one_of(option: str, value: str, known: Mapping[str, Any] | tuple[str, ...]) -> None:
    if value not in tuple(known):
        raise OptionError(option, value, "not known", f"choose {', '.join(map(str, known))}")


def _check_box(box: Box) -> None:
    west, south, east, north = box
    shown = ",".join(f"{side:g}" for side in box)
    fix = "give west,south,east,north in degrees, as 67.5,36.8,72,39.2"
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise OptionError("bbox", shown, "no box on the earth", fix)
    low_x, low_y, high_x, high_y = GROUND
    if west < low_x or south < low_y or east > high_x or north > high_y:
        ground = ",".join(f"{side:g}" for side in GROUND)
        raise OptionError("bbox", shown, "reaches beyond the base map", f"stay within {ground} (west,south,east,north)")
    if east - west < 0.05 or north - south < 0.05:
        raise OptionError("bbox", shown, "smaller than 0.05 degrees, which no report is precise enough for", fix)


def parsed_options(file: Path | None, given: Mapping[str, Any]) -> FigureOptions:
    """Put options of the command line together; what is given there wins over the file.

    Parameters
    ----------
    file
        A TOML file, if there is one.
    given
        Options by name as they were written; what is empty was not given. ``window`` is ``FROM..TO``, ``bbox`` four
        numbers with commas, ``font`` families with commas.

    Raises
    ------
    OptionError
        The file cannot be read, or an option is unknown or of the wrong kind.
    """
    values = {name: value for name, value in given.items() if value}
    if window := values.get("window"):
        ends = str(window).split("..")
        if len(ends) != 2:
            raise OptionError("window", str(window), "no window", "write FROM..TO, as 2025-11-01..2025-12-31")
        values["window"] = tuple(_day("window", end.strip()) for end in ends)
    if box := values.get("bbox"):
        values["bbox"] = _numbers(str(box))
    if font := values.get("font"):
        values["font"] = tuple(family.strip() for family in str(font).split(",") if family.strip())
    return read_options(file, **values) if file else FigureOptions(**values)


def _numbers(text: str) -> tuple[float, ...]:
    """Read the four sides of a box."""
    try:
        sides = tuple(float(side) for side in text.split(","))
    except ValueError:
        sides = ()
    if len(sides) != 4 or not all(math.isfinite(side) for side in sides):
        raise OptionError("bbox", text, "not four numbers", "give west,south,east,north, as 67.5,36.8,72,39.2")
    return sides


def read_options(file: Path, **given: Any) -> FigureOptions:  # noqa: ANN401 - values by name, checked below
    """Read options from a TOML file; what is ``given`` wins over the file.

    Raises
    ------
    OptionError
        The file cannot be read, or an option in it is unknown or of the wrong kind.
    """
    fix = 'write lines such as size = "full"'
    try:
        raw = read_bounded(file, limits().text_bytes)
        if raw is None:
            raise OptionError("options", str(file), f"has more than {limits().text_bytes:,} bytes", fix)
        content = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionError("options", str(file), f"cannot be read ({error})", fix) from error
    except RecursionError as error:
        raise OptionError("options", str(file), "its lists lie too deep in one another", fix) from error
    known = {field.name: field for field in dataclasses.fields(FigureOptions)}
    values = {}
    for name, value in content.items():
        _one_of(f"{file.name}", name, tuple(known))
        values[name] = _value(f"{file.name}: {name}", name, value)
    return FigureOptions(**(values | given))


_KINDS: Final[Mapping[str, tuple[type, str]]] = {
    "strip": (bool, "true or false"),
    "grey": (bool, "true or false"),
    "window": (list, 'two days, as ["2025-11-01", "2025-12-31"], "" for an open end'),
    "types": (list, 'a list, as ["drone_strike"]'),
    "bbox": (list, "four numbers, as [67.5, 36.8, 72, 39.2]"),
    "font": (list, 'a list, as ["Noto Sans", "DejaVu Sans"]'),
    "hide": (list, 'a list, as ["Vanj"]'),
}


def _value(where: str, name: str, value: Any) -> Any:  # noqa: ANN401 - a value of any type
    """Check one value of the file, and turn it into what the option holds."""
    kind, wanted = _KINDS.get(name, (str, 'a text in quotes, as "full"'))
    error = OptionError(where, str(value), "of the wrong kind", f"write {wanted}")
    if type(value) is not kind:
        raise error
    found: Any = value
    if name == "window":
        if len(found) != 2:
            raise error
        return tuple(_day(where, one) for one in found)
    if name == "bbox":
        if len(found) != 4 or not all(isinstance(side, int | float) and not isinstance(side, bool) for side in found):
            raise error
        return tuple(float(side) for side in found)
    if kind is list:
        if not all(isinstance(one, str) for one in found):
            raise error
        return tuple(found)
    return found


def _day(where: str, value: Any) -> dt.date | None:  # noqa: ANN401 - a value of any type
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value) if value else None
    except (TypeError, ValueError) as error:
        raise OptionError(where, str(value), "no day", "write it as 2025-11-26") from error
