"""Which column of a file is which of ours: by accepted names, by the layout of ACLED or UCDP GED, or as a user says.

Names of columns go in, one :class:`Mapping` comes out, or the reasons why not. No row is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..columns import nearest
from ..errors import OptionError, Problem
from ..exchange_acled import ACLED_COLUMNS
from ..exchange_ged import GED_COLUMNS

__all__ = ["FIELDS", "Columns", "columns_of", "doubled_columns", "missing_columns"]

#: Our fields, each with the names of columns that are taken for it, the first one found; case, blanks and hyphens do
#: not matter.
FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "row_id", "record_id", "event_id", "incident_id", "event_id_cnty", "uid"),
    "date": ("date", "event_date", "date_start", "start_date", "date_from", "day", "when", "datetime", "дата"),
    "date_end": ("date_end", "end_date", "date_to"),
    "time_precision": ("time_precision",),
    "lat": ("lat", "latitude", "y", "широта"),
    "lon": ("lon", "lng", "long", "longitude", "x", "долгота"),
    "precision": ("precision",),
    "geo_precision": ("geo_precision",),
    "where_prec": ("where_prec",),
    "uncertainty_km": ("uncertainty_km",),
    "place": ("place", "location", "place_name", "settlement", "locality", "where_coordinates", "место"),
    "admin1": ("admin1", "adm_1", "adm1", "region", "province", "oblast"),
    "admin2": ("admin2", "adm_2", "adm2", "district"),
    "country": ("country",),
    "title": ("title", "headline", "name", "название"),
    "text": ("text", "notes", "note", "description", "summary", "details", "описание"),
    "type": ("type", "event_type", "kind", "тип"),
    "sub_type": ("sub_event_type", "sub_type"),
    "violence": ("type_of_violence",),
    "killed": ("killed", "fatalities", "deaths", "dead", "best", "погибло"),
    "killed_low": ("killed_low", "fatalities_low", "deaths_low", "killed_min", "low"),
    "killed_high": ("killed_high", "fatalities_high", "deaths_high", "killed_max", "high"),
    "source": ("source", "outlet", "sources", "source_article", "источник"),
    "url": ("source_url", "url", "link", "href", "ссылка"),
}
#: Columns that tell the layout of ACLED or UCDP GED, also where others were left out.
ACLED_SIGNS = frozenset({"event_id_cnty", "event_date", "time_precision", "geo_precision", "sub_event_type"})
GED_SIGNS = frozenset({"where_prec", "date_prec", "type_of_violence", "date_start", "date_end"})
#: Where their columns are not the first of our accepted names.
_ACLED = {"id": "event_id_cnty", "date": "event_date", "place": "location", "text": "notes", "killed": "fatalities"}
_GED = {
    "id": "id",
    "title": "dyad_name",
    "text": "source_headline",
    "place": "where_coordinates",
    "killed": "best",
    "source": "source_article",
    "admin1": "adm_1",
    "admin2": "adm_2",
}
#: Formats whose rows bring their position in a geometry.
GEOMETRIC = ("geojson", "kml", "kmz")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is which.

    ``named`` holds columns by our field, ``others`` are kept as they are; ``layout`` is a data set's; ``said`` are the
    columns that a user named.
    """

    named: dict[str, str]
    others: tuple[str, ...]
    layout: str | None
    said: tuple[str, ...] = ()


def columns_of(columns: Sequence[str], maps: Iterable[str] = ()) -> Columns:
    """Find our fields among the columns of a file.

    Parameters
    ----------
    columns
        Names of the columns, as written.
    maps
        What a user says, each as ``ours=theirs``; it goes before what the names say.

    Raises
    ------
    OptionError
        One of ``maps`` names no field of ours or no column of the file, or says something twice.
    """
    said = _said(maps, columns)
    layout = _layout(columns)
    known = {"acled": _ACLED, "ged": _GED}.get(layout or "", {})
    by_name = {_plain(column): column for column in reversed(columns)}
    named = dict(said)
    for field, names in FIELDS.items():
        wanted = (known[field], *names) if field in known else names
        found = next((by_name[name] for name in wanted if name in by_name), None)
        if field not in named and found is not None and found not in named.values():
            named[field] = found
    taken = set(named.values())
    others = tuple(column for column in columns if column not in taken)
    return Columns(named, others, layout, tuple(said.values()))


def _plain(column: str) -> str:
    """Write the name of a column in lower case, with underscores for blanks and hyphens."""
    return re.sub(r"[\s-]+", "_", column.strip()).casefold()


def _layout(columns: Iterable[str]) -> str | None:
    """Tell the data set whose columns these are."""
    have = {_plain(column) for column in columns}
    if have >= ACLED_SIGNS and len(have & set(ACLED_COLUMNS)) > len(ACLED_COLUMNS) // 2:
        return "acled"
    if have >= GED_SIGNS and len(have & set(GED_COLUMNS)) > len(GED_COLUMNS) // 2:
        return "ged"
    return None


def _said(maps: Iterable[str], columns: Sequence[str]) -> dict[str, str]:
    """Read what a user says of the columns."""
    found: dict[str, str] = {}
    for one in maps:
        ours, sign, theirs = (part.strip() for part in one.partition("="))
        if not sign or not ours or not theirs:
            raise OptionError("--map", one, "it does not read OURS=THEIRS", "write for example --map date=day_of_event")
        if ours not in FIELDS:
            near = nearest(ours, FIELDS) or f"ours are {', '.join(FIELDS)}"
            raise OptionError("--map", one, f"there is no field {ours}", near)
        if theirs not in columns:
            near = nearest(theirs, columns) or f"the file has {', '.join(columns[:40])}"
            raise OptionError("--map", one, f"the file has no column {theirs}", near)
        if ours in found or theirs in found.values():
            raise OptionError("--map", one, "it says something twice", "name each field and each column once")
        found[ours] = theirs
    return found


def missing_columns(found: Columns, file: str, columns: Sequence[str], format: str) -> list[Problem]:
    """Say which columns are missing that every table needs: a position, unless rows bring a geometry."""
    if format.removesuffix(".gz") in GEOMETRIC:
        return []
    shown, row = ", ".join(columns[:40]) or None, 1 if format.startswith(("csv", "xlsx")) else None
    return [
        Problem(
            file,
            row,
            field,
            shown,
            f"a column with the {word}, called {', '.join(FIELDS[field])}",
            f"name the column so, or say which it is: --map {field}=COLUMN",
        )
        for field, word in (("lat", "latitude"), ("lon", "longitude"))
        if field not in found.named
    ]


def doubled_columns(found: Columns, file: str, columns: Sequence[str]) -> list[Problem]:
    """Refuse columns that differ in case, blanks or hyphens only, where one of them is taken: which cannot be told."""
    twins: dict[str, list[str]] = {}
    for column in columns:
        twins.setdefault(_plain(column), []).append(column)
    taken = set(found.named.values()) - set(found.said)
    return [
        Problem(
            file,
            None,
            names[0],
            " and ".join(names),
            "one column of this name",
            f"rename one of them, or say which is meant: --map OURS={names[0]}",
        )
        for names in twins.values()
        if len(names) > 1 and taken & set(names)
    ]
