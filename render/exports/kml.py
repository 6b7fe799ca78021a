"""KML 2.2: a folder for each layer of the map, every column of a record as extended data, one for what is not located.

In: a scene. Out: one file. A program such as Google Earth reads a description as HTML, so texts are made plain for HTML
first and for XML then; no icon is fetched from anywhere.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from ...data.model import PRECISION_CODES, Precision
from ...data.text import clean
from ...data.wording import KIND_LABELS
from ..export import Exported
from ..placed import DRAWN_KINDS
from ..scene import Scene
from .columns import SEPARATOR, Column, columns_of
from .frame import Cells, about, plain_rows, records_frame, sources_frame
from .qml import colour_of, fill_of

__all__ = ["export"]

_NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_SCHEMA: Final = "record"
#: Types of KML; it has none for a date and none for a list.
_TYPES: Final[Mapping[str, str]] = {"integer": "int", "number": "double", "boolean": "bool"}
_NOTES: Final = (
    f'KML has no lists and no dates among its data: several values are joined by "{SEPARATOR}", dates are texts.',
    "KML has no tables: claims are there by id only; gpkg, geojson, xlsx and csv hold them.",
)


def export(scene: Scene) -> Exported:
    """Write all records, by layer; those without a place are in folders of their own and have no geometry."""
    frame, told = records_frame(scene), about(scene)
    found = list(zip(plain_rows(frame), frame.geometry, strict=True))
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = ET.SubElement(root, "Document", id="panjmap")
    _text(document, "name", told["title"])
    _text(document, "description", _plain(_about_lines(scene, told)))
    for style in dict.fromkeys(_style(row) for row, geometry in found if geometry is not None):
        _add_style(document, *style)
    columns = columns_of(internal=scene.internal)["records"]
    _add_schema(document, columns)
    for name, note, members in _folders(scene, found):
        if not members:
            continue
        folder = ET.SubElement(document, "Folder")
        _text(folder, "name", name)
        if note:
            _text(folder, "description", _plain([note]))
        for row, geometry in members:
            _add_record(folder, row, geometry, columns)
    ET.indent(root, " ")
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Exported({".kml": data.replace(b"\r\n", b"\n") + b"\n"}, _NOTES)


_Found = Sequence[tuple[Cells, BaseGeometry | None]]


def _folders(scene: Scene, found: _Found) -> Iterable[tuple[str, str, _Found]]:
    """Sort records into the layers of the map; those that are not on it by why they are not."""
    for layer in scene.layers:
        if layer.record_ids is not None:
            mine = [(row, g) for row, g in found if g is not None and row["layer"] == layer.title]
            yield layer.title, layer.legend.note, mine
    missing = [(row, g) for row, g in found if g is None]
    located_kinds = {str(kind) for kind in DRAWN_KINDS}
    yield PRECISION_CODES[Precision.UNKNOWN].label, "", [(row, g) for row, g in missing if row["kind"] in located_kinds]
    for kind, label in KIND_LABELS.items():
        if kind not in DRAWN_KINDS:
            yield label, "", [(row, g) for row, g in missing if row["kind"] == kind]


def _about_lines(scene: Scene, told: Mapping[str, Any]) -> list[str]:
    """Say what the file is about, with the sources, one thing a line."""
    lines = [told["note"], *told["counts"], told["not_added"], told["generalised"] or "", told["districts"]]
    for source in plain_rows(sources_frame(scene)):
        published = source["published"].isoformat() if source["published"] else "undated"
        parts = [source["outlet"], source["title"], published, source["url"] or source["archived_url"]]
        lines.append("Source: " + ", ".join(part for part in parts if part))
    credits_ = [f"Credit: {credit}" for credit in told["credits"]]
    return [line for line in (*lines, *credits_, f"Data version {told['data_version']}") if line]


def _plain(lines: Iterable[str]) -> str:
    """Make text that is the same whether it is read as text or as HTML, and in which nothing is replaced."""
    return "\n".join(html.escape(line, quote=False).replace("$[", "&#36;[") for line in lines)


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    """Add an element with a text that XML can hold."""
    ET.SubElement(parent, tag, attributes).text = clean(text)


def _style(row: Cells) -> tuple[str, str, int]:
    """Name the style of a record: its class, whether it is solid, and how much of its area's colour shows."""
    alpha = 0 if row["drawn_as"] == "point" else fill_of(Precision(row["precision"]))
    return row["symbol"], "solid" if row["solid"] else "hollow", alpha


def _style_id(symbol: str, outline: str, alpha: int) -> str:
    return f"{symbol}-{outline}-{alpha}"


def _add_style(document: ET.Element, symbol: str, outline: str, alpha: int) -> None:
    """Add a style; KML writes colours as alpha, blue, green, red. Only the description is shown in a balloon."""
    colour = colour_of(symbol)
    bgr = (colour[5:7] + colour[3:5] + colour[1:3]).lower()
    style = ET.SubElement(document, "Style", id=_style_id(symbol, outline, alpha))
    icon = ET.SubElement(style, "IconStyle")
    _text(icon, "color", f"{'ff' if outline == 'solid' else '99'}{bgr}")
    line = ET.SubElement(style, "LineStyle")
    _text(line, "color", f"ff{bgr}")
    _text(line, "width", "2")
    _text(ET.SubElement(style, "PolyStyle"), "color", f"{alpha:02x}{bgr}")
    _text(ET.SubElement(style, "BalloonStyle"), "text", "$[description]")


def _add_schema(document: ET.Element, columns: Sequence[Column]) -> None:
    """Add the columns with their types."""
    schema = ET.SubElement(document, "Schema", name=_SCHEMA, id=_SCHEMA)
    for column in columns:
        ET.SubElement(schema, "SimpleField", type=_TYPES.get(column.type, "string"), name=column.name)


def _add_record(folder: ET.Element, row: Cells, geometry: BaseGeometry | None, columns: Sequence[Column]) -> None:
    """Add one record as a placemark."""
    mark = ET.SubElement(folder, "Placemark", id=f"record-{row['record_id']}")
    _text(mark, "name", row["title"])
    lines = (
        row["title"],
        f"{row['date_text']}. {row['place_text']} ({row['precision_label'].lower()}).",
        *(f"{row[name]}." for name in ("killed_text", "victims_text", "said_line") if row[name]),
        f"Reports differ. {row['differ_text']}" if row["differ_text"] else "",
    )
    _text(mark, "description", _plain(line for line in lines if line))
    if row["date_start"] or row["date_end"]:
        span = ET.SubElement(mark, "TimeSpan")
        for tag, day in (("begin", row["date_start"]), ("end", row["date_end"])):
            if day:
                _text(span, tag, day.isoformat())
    if geometry is not None:
        _text(mark, "styleUrl", f"#{_style_id(*_style(row))}")
    data = ET.SubElement(ET.SubElement(mark, "ExtendedData"), "SchemaData", schemaUrl=f"#{_SCHEMA}")
    for column in columns:
        text = _cell(row[column.name])
        if text:
            _text(data, "SimpleData", text, name=column.name)
    if geometry is not None:
        _add_geometry(mark, geometry)


def _cell(value: object) -> str:
    """Write a value as text; empty for a missing one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return SEPARATOR.join(value) if isinstance(value, list) else str(value)


def _add_geometry(parent: ET.Element, geometry: BaseGeometry) -> None:
    """Add a point, a polygon, or several polygons; areas lie on the ground."""
    if geometry.geom_type == "Point":
        _text(ET.SubElement(parent, "Point"), "coordinates", _coordinates(geometry))
        return
    parts = shapely.get_parts(geometry)
    holder = ET.SubElement(parent, "MultiGeometry") if len(parts) > 1 else parent
    for part in parts:
        polygon = ET.SubElement(holder, "Polygon")
        _text(polygon, "tessellate", "1")
        for i, ring in enumerate((part.exterior, *part.interiors)):
            boundary = ET.SubElement(polygon, "innerBoundaryIs" if i else "outerBoundaryIs")
            _text(ET.SubElement(boundary, "LinearRing"), "coordinates", _coordinates(ring))


def _coordinates(geometry: BaseGeometry) -> str:
    """Write longitude and latitude; they are rounded already."""
    return " ".join(f"{x},{y}" for x, y in shapely.get_coordinates(geometry).tolist())
