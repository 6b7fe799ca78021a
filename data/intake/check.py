"""One row of a file -> an imported row, or all that is wrong with it. Problems go to the log; no file is touched.

A row with any error is not imported; one with warnings is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import TypeVar

from ..columns import CellError
from ..errors import Problem
from ..model import DatePrecision, Precision
from . import codes
from .days import Days, days_between, read_days
from .log import Log
from .mapping import Columns
from .positions import axis_value, check_pair
from .row import ImportedRow
from .source import SourceRow
from .values import Said, as_text, count, fold_id, kilometres, row_id, url_warning

__all__ = ["RowCheck"]

Value = TypeVar("Value")

#: Fields whose cell is kept as written beside what was made of it.
_KEPT = ("time_precision", "precision", "geo_precision", "where_prec", "uncertainty_km", "sub_type", "violence")
#: A point counts as a site or a town up to this uncertainty, in km.
SITE_KM, SETTLEMENT_KM = 1.0, 5.0
GEOMETRY = "geometry"
#: One encoder for all rows: making one costs more than writing a row.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


#: Columns that say how precise a place is; the first that does is believed.
_PRECISIONS = {
    "precision": codes.our_precision,
    "geo_precision": codes.geo_precision,
    "where_prec": codes.where_prec,
}


class RowCheck:
    """The checks of one file; remembers the ids that it has seen.

    Parameters
    ----------
    file, unit
        Name of the file, and what is counted in it: rows, features.
    columns
        Which column is which.
    strict_numbers
        Whether coordinates of a geometry must be numbers: in GeoJSON they are, in KML all is text.
    log
        Where problems go.
    """

    def __init__(self, file: str, unit: str, columns: Columns, log: Log, *, strict_numbers: bool) -> None:
        self.file, self.unit, self.log, self.strict_numbers = file, unit, log, strict_numbers
        self.named = columns.named
        self.placed = True  # whether there is a place for positions at all
        kept = (*_KEPT, "lat", "lon") if self.unit in ("feature", "placemark") else _KEPT  # a geometry goes first
        self.taken = frozenset(column for field, column in columns.named.items() if field not in kept)
        self._precisions = [(field, read) for field, read in _PRECISIONS.items() if field in self.named]
        self._first: dict[str, int] = {}
        self._folded: dict[str, int] = {}
        self._number = 0
        self._faults = 0

    def row(self, row: SourceRow) -> ImportedRow | None:
        """Check one row; nothing for one that has an error."""
        self._number, self._faults = row.number, 0
        cells = row.cells
        name = self._id(cells)
        days = self._days(cells)
        lon, lat = self._position(row) if self.placed else (None, None)
        precision, uncertainty = self._precision(cells, lon)
        low, high, best = self._killed(cells)
        fine, coarse = self._text(cells, "sub_type"), self._text(cells, "type")
        violence = self._text(cells, "violence")
        type_ = codes.our_type(fine, coarse) or (str(codes.VIOLENCE[violence]) if violence in codes.VIOLENCE else None)
        url = self._text(cells, "url")
        if url and (said := url_warning(url)):
            self._warn("url", url, said)
        if self._faults:
            return None
        return ImportedRow(
            name,
            row.number,
            days.start if days else None,
            days.end if days else None,
            str(days.precision if days else DatePrecision.UNKNOWN),
            lon,
            lat,
            str(precision),
            uncertainty,
            self._text(cells, "place"),
            self._text(cells, "admin1"),
            self._text(cells, "admin2"),
            self._text(cells, "country"),
            self._text(cells, "title"),
            self._text(cells, "text"),
            type_,
            fine or coarse or codes.VIOLENCE_WORDS.get(violence or "", violence),
            low,
            high,
            best,
            self._text(cells, "source"),
            url,
            self._others(cells, days),
        )

    # ------------------------------------------------------------ cells

    def _text(self, cells: Mapping[str, object], field: str) -> str | None:
        value = cells.get(self.named.get(field, ""))
        return value.strip() or None if type(value) is str else as_text(value)

    def _read(self, cells: Mapping[str, object], field: str, read: Callable[[object], Value | None]) -> Value | None:
        """Read one cell; what cannot be read is an error of the row."""
        column = self.named.get(field)
        if column is None or (value := cells.get(column)) is None or value == "":
            return None
        try:
            return read(value)
        except CellError as error:
            self._refuse(column, value, error)
            return None

    def _refuse(self, column: str, value: object, error: CellError) -> None:
        self._faults += 1
        shown = None if value is None else str(value)
        self.log.add(Problem(self.file, self._number, column, shown, error.expected, error.fix, "error", self.unit))

    def _warn(self, field: str, value: object, said: Said) -> None:
        column, shown = self.named.get(field, field), None if value is None else str(value)
        self.log.add(Problem(self.file, self._number, column, shown, said.expected, said.fix, "warning", self.unit))

    # ------------------------------------------------------------ fields

    def _id(self, cells: Mapping[str, object]) -> str:
        """Read or make an id; one that another row has is an error, one much like it a warning."""
        name = self._read(cells, "id", row_id)
        if name is None:
            name = f"{self.unit}-{self._number}"
        first = self._first.setdefault(name, self._number)
        if first != self._number:
            column = self.named.get("id", "id")
            fix = f"it stands in {self.unit} {first} as well: give each {self.unit} an id of its own, or take one out"
            self._refuse(column, name, CellError(f"an id that no other {self.unit} has", fix))
            return name
        folded = fold_id(name)
        near = self._first.get(folded) if folded != name else None
        near = near or (self._folded.get(folded) if folded == name else self._folded.setdefault(folded, self._number))
        if near is not None and near != self._number:
            same = f"it differs from that of {self.unit} {near} in case, width or blanks only"
            self._warn("id", name, Said("an id unlike all others", f"{same}; both are kept"))
        return name

    def _days(self, cells: Mapping[str, object]) -> Days | None:
        """Read first and last day."""
        before = self._faults
        days = self._read(cells, "date", _read_days)
        last = self._read(cells, "date_end", _read_days)
        if days and "time_precision" in self.named:
            found = days
            days = self._read(cells, "time_precision", lambda value: codes.spread(found, value)) or days
        for field, one in (("date", days), ("date_end", last)):
            if one and one.said:
                self._warn(field, cells.get(self.named[field]), one.said)
        if days and last and last is not days:
            if last.end < days.start:
                column = self.named["date_end"]
                error = CellError("a day not before the first one", f"change it, or the first one ({days.start})")
                self._refuse(column, cells.get(column), error)
            elif last.end != days.end or last.start != days.start:
                return days_between(days.start, last.end)
        elif last and not days:
            self._warn("date_end", cells.get(self.named["date_end"]), Said("a first day as well", "it is not used"))
        if days is None and self._faults == before and "date" in self.named:
            self._warn("date", None, Said("a date", "the row is kept and listed without a date"))
        return days

    def _position(self, row: SourceRow) -> tuple[float | None, float | None]:
        """Read longitude and latitude, from the geometry or from columns; nothing for a row without a position."""
        if row.shape is not None and row.shape != "Point":
            fix = "give one point for it and say how precise it is, or leave the geometry out"
            self._refuse(GEOMETRY, row.shape, CellError("a point: rows are points with a precision", fix))
            return None, None
        before, strict = self._faults, self.strict_numbers and row.lonlat is not None
        if row.lonlat is not None:
            columns, (x, y) = (GEOMETRY, GEOMETRY), row.lonlat
        else:
            columns = (self.named.get("lon", GEOMETRY), self.named.get("lat", GEOMETRY))
            x, y = (row.cells.get(self.named.get(field, "")) for field in ("lon", "lat"))
        lon, lat = self._axis(columns[0], x, strict=strict), self._axis(columns[1], y, strict=strict)
        if self._faults > before:
            return None, None
        if lon is None and lat is None:
            self._warn(_both(*columns), None, Said("a position", "the row is kept and listed as not located"))
            return None, None
        if lon is None or lat is None:
            missing = columns[0] if lon is None else columns[1]
            fix = "fill in the cell, or leave both empty where the position is not known"
            self._refuse(missing, None, CellError("both coordinates, or neither", fix))
            return None, None
        try:
            said = check_pair(lon, lat)
        except CellError as error:
            self._refuse(_both(*columns), f"longitude {lon}, latitude {lat}", error)
            return None, None
        if said:
            self._warn(_both(*columns), f"longitude {lon}, latitude {lat}", said)
        return lon, lat

    def _axis(self, column: str, value: object, *, strict: bool = False) -> float | None:
        try:
            read, said = axis_value(_number(value) if strict else value)
        except CellError as error:
            self._refuse(column, value, error)
            return None
        if said:
            self._warn(column, value, said)
        return read

    def _precision(self, cells: Mapping[str, object], lon: float | None) -> tuple[Precision, float | None]:
        """Tell how precise the position is; what does not say so is near its point, and no nearer."""
        said = [found for field, read in self._precisions if (found := self._read(cells, field, read))]
        km = self._read(cells, "uncertainty_km", kilometres)
        if lon is None:
            return (Precision.COUNTRY if said and said[0] is Precision.COUNTRY else Precision.UNKNOWN), km
        if said:
            solid = said[0] in (Precision.SITE, Precision.SETTLEMENT)
            return (Precision.NEAR if solid and km is not None and km > SETTLEMENT_KM else said[0]), km
        if km is None or km > SETTLEMENT_KM:
            return Precision.NEAR, km
        return (Precision.SITE if km <= SITE_KM else Precision.SETTLEMENT), km

    def _killed(self, cells: Mapping[str, object]) -> tuple[int | None, int | None, int | None]:
        """Read lowest, highest and best number of killed people; one number alone is all three."""
        best = self._read(cells, "killed", count)
        low, high = self._read(cells, "killed_low", count), self._read(cells, "killed_high", count)
        if low is None and high is None:
            return best, best, best
        if low is not None and high is not None and high < low:
            column = self.named["killed_high"]
            error = CellError("a number not below the lowest", f"change it, or the lowest ({low})")
            self._refuse(column, cells.get(column), error)
        elif best is not None and ((low is not None and best < low) or (high is not None and best > high)):
            self._warn("killed", best, Said("a number between the lowest and the highest", "the two others are shown"))
        return low, high, best

    def _others(self, cells: Mapping[str, object], days: Days | None) -> str | None:
        """Keep all other columns as JSON text, with a date written in another way than ours, and the coarser type."""
        rest = {k: v for k, v in cells.items() if k not in self.taken and v is not None and v != ""}
        for field in ("date", "date_end"):
            column = self.named.get(field, "")
            if (written := cells.get(column)) and not (days and written in (str(days.start), str(days.end))):
                rest[column] = written
        if (coarse := self._text(cells, "type")) and self._text(cells, "sub_type"):
            rest[self.named["type"]] = coarse  # the finer one is the type as written
        if not rest:
            return None
        try:
            return _as_json(rest)
        except ValueError:
            finite = {k: str(v) if isinstance(v, float) and not math.isfinite(v) else v for k, v in rest.items()}
            return _as_json(finite)


def _both(lon: str, lat: str) -> str:
    return lon if lon == lat else f"{lat} and {lon}"


def _number(value: object) -> object:
    """Refuse text where a format has numbers."""
    if isinstance(value, str):
        raise CellError("coordinates as numbers, not as text", "write them without quotes")
    return value


def _read_days(value: object) -> Days | None:
    text = as_text(value)
    return read_days(text) if text else None
