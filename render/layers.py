"""Layers and their legend: what is drawn and can be switched, in which order, with which sign.

In: placed records. Out: frozen objects that the page, the static map and the figure read alike. No
HTML and no drawing library here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..data.model import PRECISION_CODES, TYPES_OF_KIND, Kind, Precision
from ..data.wording import kind_label, type_label
from .placed import Placed
from .symbols import symbol_id

__all__ = [
    "GROUND",
    "RECORDS",
    "Layer",
    "LegendEntry",
    "LegendPart",
    "ground_layers",
    "layers",
    "legend",
]

#: Titles of the two groups of layers.
RECORDS = "What happened"
GROUND = "Base map"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend. ``layer_id`` is empty for what cannot be switched by itself."""

    layer_id: str
    symbol_id: str
    label: str
    note: str = ""
    count: int | None = None
    on: bool = True
    switchable: bool = False


@dataclass(frozen=True, slots=True)
class LegendPart:
    """A heading of the legend with its lines."""

    heading: str
    entries: tuple[LegendEntry, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Something that can be shown or hidden as one.

    ``record_ids`` is ``None`` for the base map; ``count`` is the number of records or of things in the layer.
    """

    id: str
    title: str
    group: str
    record_ids: tuple[str, ...] | None
    count: int | None
    on: bool
    switchable: bool
    legend: LegendEntry


def layers(rows: Sequence[Placed]) -> tuple[Layer, ...]:
    """Layers of records: attacks and clashes by type, state operations, measures; only those that hold a record."""
    found = [
        _record_layer(
            f"type-{type_}", type_label(type_), [r for r in rows if r.kind is Kind.ATTACK and r.type is type_]
        )
        for type_ in TYPES_OF_KIND[Kind.ATTACK]
    ]
    found.append(
        _record_layer("type-other", "Attack, type not given", [r for r in rows if r.kind is Kind.ATTACK and not r.type])
    )
    found += [
        _record_layer(str(kind), kind_label(kind), [r for r in rows if r.kind is kind])
        for kind in (Kind.STATE_OPERATION, Kind.MEASURE)
    ]
    return tuple(layer for layer in found if layer.count)


_NOTES = {Kind.STATE_OPERATION: "the security side's account", Kind.MEASURE: "not attacks; no point is shown"}


def _record_layer(layer_id: str, title: str, rows: Sequence[Placed]) -> Layer:
    """One layer of records, with the most precise symbol among them as its sign."""
    ids = tuple(row.record_id for row in rows)
    on_map = [row for row in rows if row.drawn]
    note = _NOTES.get(rows[0].kind, "") if rows else ""
    if rows and not on_map:
        note = "not located, list only"
    entry = LegendEntry(layer_id, _sign(rows), title, note, len(rows), switchable=bool(on_map))
    return Layer(layer_id, title, RECORDS, ids, len(rows), on=True, switchable=bool(on_map), legend=entry)


def _sign(rows: Sequence[Placed]) -> str:
    """Legend symbol of a layer: its commonest glyph, solid; for measures, which have no point, the pale area."""
    if not rows:
        return ""
    if rows[0].kind is Kind.MEASURE:
        return "sw-measure"
    glyphs = Counter(row.glyph for row in rows)
    return symbol_id(glyphs.most_common(1)[0][0], Precision.SETTLEMENT)


def ground_layers(counts: Mapping[str, int], districts_title: str, *, approximate: bool) -> tuple[Layer, ...]:
    """Layers of the base map.

    Parameters
    ----------
    counts
        Number of things by layer id: ``places``, ``border`` (km), ``regions``, ``roads``, ``districts``, ``relief``.
        A layer without any is left out.
    districts_title
        Name of the district set in use.
    approximate
        Whether districts are approximate areas, or a boundary file's.
    """
    titles = {
        "places": ("Named places", "sw-place", "", True),
        "border": ("Panj and the border", "sw-river", "the river is most of the Tajik\N{EN DASH}Afghan border", True),
        "regions": ("Regions and provinces", "sw-admin", "", True),
        "roads": ("Qalai Khumb\N{EN DASH}Vanj\N{EN DASH}Rushan road", "sw-road", "course approximate", True),
        "districts": (
            "Districts, approximate" if approximate else f"Districts ({districts_title})",
            "sw-district",
            "not boundaries" if approximate else "",
            True,
        ),
        "relief": ("Relief", "sw-relief", "shading", True),
    }
    uncounted = ("border", "relief", "roads")
    found = []
    for layer_id, (title, sign, note, on) in titles.items():
        if number := counts.get(layer_id):
            count = None if layer_id in uncounted else number
            entry = LegendEntry(layer_id, sign, title, note, count, on, switchable=True)
            found.append(Layer(layer_id, title, GROUND, None, count, on, switchable=True, legend=entry))
    return tuple(found)


def legend(found: Iterable[Layer], rows: Sequence[Placed], pairs: Sequence[tuple[str, str]]) -> tuple[LegendPart, ...]:
    """Legend of what is drawn, and of nothing else: classes, precisions, base map."""
    all_layers = tuple(found)
    parts = (
        LegendPart(RECORDS, tuple(layer.legend for layer in all_layers if layer.group == RECORDS)),
        LegendPart("How precisely reports place it", _precision_key(rows, pairs)),
        LegendPart(GROUND, tuple(layer.legend for layer in all_layers if layer.group != RECORDS)),
    )
    return tuple(part for part in parts if part.entries)


_PRECISION_NOTES = {
    Precision.SITE: "solid, with a pointer",
    Precision.SETTLEMENT: "solid; a ring shows the uncertainty when one zooms in",
    Precision.NEAR: "hollow, with a ring of the uncertainty",
    Precision.REACH: "hollow; a band on the stated bank",
    Precision.DISTRICT: "hollow, dashed; the area is drawn",
    Precision.REGION: "hollow, dotted; the outline is drawn",
}


def _precision_key(rows: Sequence[Placed], pairs: Sequence[tuple[str, str]]) -> tuple[LegendEntry, ...]:
    """Precision styles in use, the leader, and the line between two records that may be one event."""
    used = {row.precision for row in rows if row.drawn and row.kind is not Kind.MEASURE}
    entries = [
        LegendEntry("", symbol_id("attack", precision), PRECISION_CODES[precision].label, _PRECISION_NOTES[precision])
        for precision in Precision
        if precision in used and precision in _PRECISION_NOTES
    ]
    if any(row.as_area for row in rows):
        entries.append(LegendEntry("", "sw-leader", "Leader", "the symbol stands off its area"))
    if pairs:
        entries.append(LegendEntry("", "sw-same", "May be the same event"))
    return tuple(entries)
