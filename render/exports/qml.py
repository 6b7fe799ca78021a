"""The style of an exported layer as QGIS reads it (QML): the page's colours, shapes and precision, by rules.

In: class and precision of each record of one layer. Out: XML with one rule for each pair among them. A named place is
solid with a ring of its uncertainty, in metres on the ground; an area is the paler the larger, its line the more broken
the less precise; its label stands outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from ...data.model import PRECISION_CODES, Precision
from ..symbols import BASE, COLOURS, GLYPHS

__all__ = ["colour_of", "fill_of", "qml"]

#: The first version that reads everything used here.
_VERSION: Final = "3.22.0"
#: Shapes of tokens by the names that QGIS has for its simple markers.
_MARKERS: Final[Mapping[str, str]] = {"circle": "circle", "shield": "shield", "square": "square", "hexagon": "hexagon"}
#: How much of an area's colour shows, of 255, and its line: the larger the area, the paler and the more broken.
_AREAS: Final[Mapping[Precision, tuple[int, str, float]]] = {
    Precision.REGION: (20, "dot", 0.5),
    Precision.DISTRICT: (44, "dash", 0.5),
    Precision.REACH: (110, "solid", 0.6),
}
_WHITE: Final = "255,255,255,255"
#: Diameter of a ring in metres. QGIS takes a metre of Web Mercator for one on the ground, which it is not.
_DIAMETER: Final = '2000 * coalesce("uncertainty_km", 0) / if(@map_crs = \'EPSG:3857\', cos(radians("latitude")), 1)'
_LABEL: Final = "\"type_label\" || coalesce(', ' || \"killed_text\", '') || '\\n' || \"date_text\""


def colour_of(symbol: str) -> str:
    """Colour of a class as ``#RRGGBB``, on light ground; totals have none of their own."""
    return COLOURS.get(symbol, BASE["ink2"]).light


def fill_of(precision: Precision) -> int:
    """How much of its colour an area shows, 0 to 255."""
    return _AREAS[precision][0] if precision in _AREAS else 0


def qml(pairs: Iterable[tuple[str, str]], *, area: bool) -> str:
    """Write the style of a layer.

    Parameters
    ----------
    pairs
        Class of symbol and precision of each record, columns ``symbol`` and ``precision``, in any order.
    area
        Whether the layer holds areas, or points.

    Returns
    -------
    str
        A QML document, the same for the same pairs.
    """
    wanted = set(pairs)
    # Large areas first: what is more precise is drawn over them.
    order = [*_AREAS, *(one for one in Precision if one not in _AREAS)]
    used = [(glyph, one) for one in order for glyph in GLYPHS if (glyph, str(one)) in wanted]
    root = ET.Element("qgis", version=_VERSION, styleCategories="Symbology|Labeling", labelsEnabled="1")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="1", enableorderby="0")
    rules = ET.SubElement(renderer, "rules", key="panjmap")
    symbols = ET.SubElement(renderer, "symbols")
    for i, (glyph, precision) in enumerate(used):
        where = f"\"symbol\" = '{glyph}' AND \"precision\" = '{precision}'"
        label = f"{GLYPHS[glyph].label}: {PRECISION_CODES[precision].label.lower()}"
        ET.SubElement(rules, "rule", key=f"{glyph}-{precision}", filter=where, label=label, symbol=str(i))
        symbol = ET.SubElement(symbols, "symbol", type="fill" if area else "marker", name=str(i), alpha="1")
        if area:
            _area(symbol, glyph, precision, i)
        else:
            _ring(symbol, glyph)
            _marker(symbol, glyph, precision)
    _labels(root, area=area)
    ET.indent(root, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode") + "\n"


def _rgba(colour: str, alpha: int = 255) -> str:
    """Write ``#RRGGBB`` as QGIS does: red, green, blue, alpha, 0 to 255."""
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + f",{alpha}"


def _layer(symbol: ET.Element, kind: str, options: Mapping[str, str], level: int = 0) -> ET.Element:
    """Add a symbol layer; its options in the form of QGIS 3.26 and in the one before."""
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": str(level), "locked": "0"})
    table = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(table, "Option", type="QString", name=name, value=value)
    for name, value in options.items():
        ET.SubElement(layer, "prop", k=name, v=value)
    return layer


def _area(symbol: ET.Element, glyph: str, precision: Precision, level: int) -> None:
    """Fill an area, the paler the larger."""
    colour, (alpha, line, width) = colour_of(glyph), _AREAS.get(precision, _AREAS[Precision.DISTRICT])
    outline = {"outline_style": line, "outline_width": str(width), "outline_width_unit": "MM"}
    style = {"color": _rgba(colour, alpha), "outline_color": _rgba(colour), "style": "solid", "joinstyle": "round"}
    _layer(symbol, "SimpleFill", style | outline, level)


def _marker(symbol: ET.Element, glyph: str, precision: Precision) -> None:
    """Draw the token: filled for a named place, hollow for one that is only near."""
    colour, solid = _rgba(colour_of(glyph)), PRECISION_CODES[precision].solid
    style = {
        "name": _MARKERS.get(GLYPHS[glyph].shape, "circle"),
        "color": colour if solid else _WHITE,
        "outline_color": _WHITE if solid else colour,
        "outline_style": "solid",
        "outline_width": "0.4" if solid else "0.6",
        "outline_width_unit": "MM",
        "size": "4.2",
        "size_unit": "MM",
    }
    _layer(symbol, "SimpleMarker", style, 1)


def _ring(symbol: ET.Element, glyph: str) -> None:
    """Draw how uncertain the place is, true to scale."""
    colour = colour_of(glyph)
    style = {
        "name": "circle",
        "color": _rgba(colour, 24),
        "outline_color": _rgba(colour, 160),
        "outline_style": "solid",
        "outline_width": "0.3",
        "outline_width_unit": "MM",
        "size": "1",
        "size_unit": "RenderMetersInMapUnits",
    }
    layer = _layer(symbol, "SimpleMarker", style)
    table = ET.SubElement(ET.SubElement(layer, "data_defined_properties"), "Option", type="Map")
    ET.SubElement(table, "Option", type="QString", name="name", value="")
    properties = ET.SubElement(table, "Option", type="Map", name="properties")
    size = ET.SubElement(properties, "Option", type="Map", name="size")
    ET.SubElement(size, "Option", type="bool", name="active", value="true")
    ET.SubElement(size, "Option", type="QString", name="expression", value=_DIAMETER)
    ET.SubElement(size, "Option", type="int", name="type", value="3")
    ET.SubElement(table, "Option", type="QString", name="type", value="collection")


def _labels(root: ET.Element, *, area: bool) -> None:
    """Label what happened, how many were killed, and when: beside a point, outside an area."""
    settings = ET.SubElement(ET.SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=_LABEL,
        isExpression="1",
        fontSize="8",
        fontSizeUnit="Point",
        fontWeight="50",
        textColor=_rgba(BASE["ink"].light),
        textOpacity="1",
    )
    buffer = {
        "bufferDraw": "1",
        "bufferSize": "0.8",
        "bufferSizeUnits": "MM",
        "bufferColor": _WHITE,
        "bufferOpacity": "1",
    }
    ET.SubElement(style, "text-buffer", buffer)
    # Placements of QGIS: 6 around a point, 8 outside a polygon.
    ET.SubElement(settings, "placement", placement="8" if area else "6", dist="3", distUnits="MM")
    # A label may lie over an area, but not over a point.
    ET.SubElement(settings, "rendering", displayAll="0", obstacle="0" if area else "1")
