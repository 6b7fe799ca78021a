"""GeoParquet 1.1: one row a record, lists as lists, dates as dates, a bounding box a row.

In: a scene. Out: one file. Its metadata hold, under the key ``panjmap``, what the file is about, all claims and all
sources as JSON, the same as in GeoJSON.
"""

from __future__ import annotations

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..export import Exported
from ..scene import Scene
from .columns import columns_of
from .frame import records_frame
from .geojson import panjmap_member

__all__ = ["export"]

_TYPES: dict[str, Any] = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def export(scene: Scene) -> Exported:
    """Write all records as GeoParquet; those without a place have no geometry and no bounding box."""
    plain = io.BytesIO()
    records_frame(scene).to_parquet(plain, index=False, write_covering_bbox=True, schema_version="1.1.0")
    table = pq.read_table(io.BytesIO(plain.getvalue()))
    told = json.dumps(panjmap_member(scene), ensure_ascii=False, allow_nan=False, sort_keys=True)
    before = table.schema.metadata
    geo = json.loads(before[b"geo"])
    # Said nowhere by the library: outer rings run against the clock, as programs on a sphere want to know.
    geo["columns"][geo["primary_column"]]["orientation"] = "counterclockwise"
    metadata = {**before, b"geo": json.dumps(geo).encode("utf-8"), b"panjmap": told.encode("utf-8")}
    table = _typed(table, internal=scene.internal).replace_schema_metadata(None)
    out = io.BytesIO()
    # Without a copy of the schema, which would hold the metadata a second time.
    with pq.ParquetWriter(out, table.schema, compression="zstd", store_schema=False) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata(metadata)
    return Exported({".parquet": out.getvalue()})


def _typed(table: Any, *, internal: bool) -> Any:  # noqa: ANN401 - pyarrow has no type information
    """Give every column its type: one in which no record has a value came without."""
    types = {column.name: _TYPES[column.type] for column in columns_of(internal=internal)["records"]}
    schema = pa.schema([field.with_type(types.get(field.name, field.type)) for field in table.schema])
    return table.cast(schema)
