"""GeoPackage: a layer for each kind of geometry, tables of what is not located, claims and sources, and a style.

In: a scene. Out: one file. Layers: ``incidents_points``, ``incidents_areas``, ``incidents_not_located`` (no geometry),
``claims``, ``sources``, ``about``. QGIS takes the style from the table ``layer_styles``.
"""

from __future__ import annotations

import datetime as dt
import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import geopandas
import pandas as pd
import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from ...data.errors import OutputError
from ...data.files import scratch
from ..export import Exported
from ..scene import Scene
from .columns import SEPARATOR, Column, columns_of
from .frame import about, claims_frame, records_frame, sources_frame
from .qml import qml

__all__ = ["export"]

#: Layers of records: by what is drawn, with the type of geometry (none for an attribute table).
LAYERS: Final[Mapping[str, tuple[str, str | None]]] = {
    "incidents_points": ("point", "Point"),
    "incidents_areas": ("area", "MultiPolygon"),
    "incidents_not_located": ("none", None),
}
_TITLES: Final[Mapping[str, str]] = {
    "incidents_points": "Records at a named place",
    "incidents_areas": "Records in an area",
    "incidents_not_located": "Records that are not on the map",
    "claims": "Claims: who says what",
    "sources": "Sources: the reports",
    "about": "What this file is about",
}
_TYPES: Final[Mapping[str, Any]] = {
    "text": pa.string(),
    "texts": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
_JOINED: Final = f'GeoPackage has no lists: several values in a cell are joined by "{SEPARATOR}".'
#: Day of a file whose tables hold no day at all.
_NO_DAY: Final = dt.date(1980, 1, 1)


def export(scene: Scene) -> Exported:
    """Write all records, claims and sources; several values in a cell are joined, for the format has no lists.

    Raises
    ------
    OutputError
        There is no room for temporary files: GDAL and SQLite write files only.
    """
    try:
        with scratch() as folder:
            path = folder / "records.gpkg"
            _write_file(path, scene)
            return Exported({".gpkg": path.read_bytes()}, (_JOINED,))
    except (OSError, sqlite3.Error, DataSourceError, DataLayerError) as error:
        reason = OSError(errno.EIO, f"no temporary file, TMPDIR may name a folder for it: {error}")
        raise OutputError(Path("records.gpkg"), reason) from error


def _write_file(path: Path, scene: Scene) -> None:
    """Write the layers, then what they mean and how they look."""
    records, told = records_frame(scene), about(scene)
    columns = columns_of(internal=scene.internal)
    moment = f"{_day(scene).isoformat()}T00:00:00.000Z"
    with _at(moment):
        for layer, (drawn_as, geometry_type) in LAYERS.items():
            mine = records[records["drawn_as"] == drawn_as]
            frame = _flat(mine, columns["records"])
            if geometry_type:
                frame = geopandas.GeoDataFrame(frame, geometry=mine.geometry, crs=mine.crs)
            _write(path, layer, frame, geometry_type, told["note"])
        for layer, table in (("claims", claims_frame(scene)), ("sources", sources_frame(scene))):
            _write(path, layer, _flat(table, columns[layer]), None, told["note"])
        _write(path, "about", _about(told), None, told["note"])
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        _explain(database, {layer: columns.get(layer, columns["records"]) for layer in (*LAYERS, "claims", "sources")})
        _style(database, records, moment)
        database.execute("VACUUM")


def _day(scene: Scene) -> dt.date:
    """Newest day that the tables hold: the day of the file's contents, for it may not be that of the clock."""
    tables = scene.published.tables
    days = [*(r.published for r in tables.reports), *(c.date for c in tables.changes)]
    days += [decision.decided_on for decision in tables.decisions]
    return max((day for day in days if day), default=_NO_DAY)


@contextmanager
def _at(moment: str) -> Iterator[None]:
    """Let GDAL date what it writes by the data and not by the clock, and leave its settings as they were.

    Nor need it wait for the disk: the file is a temporary one.
    """
    wanted = {"OGR_CURRENT_DATE": moment, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    before = {name: pyogrio.get_gdal_config_option(name) for name in wanted}
    pyogrio.set_gdal_config_options(wanted)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _flat(frame: pd.DataFrame, table: Iterable[Column]) -> pd.DataFrame:
    """Give every column a type that the format has; several values become one text, none becomes no value."""
    columns = {}
    for column in table:
        values: Any = frame[column.name]
        if column.type == "texts":
            values = [SEPARATOR.join(texts) or None for texts in values]
        columns[column.name] = pd.Series(values, dtype=pd.ArrowDtype(_TYPES[column.type]), index=frame.index)
    return pd.DataFrame(columns)


def _about(told: Mapping[str, Any]) -> pd.DataFrame:
    """Make the table of what the file is about: a name and a text a row; lists have a row for each."""
    rows = [
        (name, str(one))
        for name, value in told.items()
        if name != "columns" and value is not None
        for one in (value if isinstance(value, list) else [value])
    ]
    return pd.DataFrame(rows, columns=["name", "text"], dtype=pd.ArrowDtype(pa.string()))


def _write(path: Path, layer: str, frame: pd.DataFrame, geometry_type: str | None, note: str) -> None:
    """Add a layer to the file."""
    pyogrio.write_dataframe(
        frame,
        path,
        layer=layer,
        driver="GPKG",
        geometry_type=geometry_type,
        promote_to_multi=geometry_type == "MultiPolygon",
        use_arrow=True,
        dataset_options={} if path.exists() else {"VERSION": "1.3"},
        layer_options={"IDENTIFIER": _TITLES[layer], "DESCRIPTION": note},
    )


#: The schema extension of GeoPackage 1.3, which holds what columns mean.
_SCHEMA: Final = """
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
 description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
 CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
 min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
 CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
 definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
_SCHEMA_DEFINITION: Final = "http://www.geopackage.org/spec131/#extension_schema"


def _explain(database: sqlite3.Connection, tables: Mapping[str, Iterable[Column]]) -> None:
    """Write into the file what its columns mean."""
    database.executescript(_SCHEMA)
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        row = (table, None, "gpkg_schema", _SCHEMA_DEFINITION, "read-write")
        database.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", row)
    for layer, columns in tables.items():
        rows = [(layer, column.name, column.meaning) for column in columns]
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?, ?, ?)", rows
        )


#: The table in which QGIS looks for styles.
_STYLES: Final = """
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
 f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
 description TEXT, owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
"""


def _style(database: sqlite3.Connection, records: pd.DataFrame, moment: str) -> None:
    """Write the style of the layers with geometry, and name its table as one of the file's."""
    database.executescript(_STYLES)
    for layer, (drawn_as, geometry_type) in LAYERS.items():
        if geometry_type:
            mine = records[records["drawn_as"] == drawn_as]
            text = qml(zip(mine["symbol"], mine["precision"], strict=True), area=drawn_as == "area")
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
                " styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)"
                " VALUES ('', '', ?, 'geom', 'panjmap', ?, '', 1, 'As on the page of panjmap', '', NULL, ?)",
                (layer, text, moment),
            )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
        (moment,),
    )
