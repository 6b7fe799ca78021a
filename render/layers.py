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
from .texts import FALLBACK, say, ui_texts

__all__ = ["Layer", "LegendEntry", "LegendPart", "ground_layers", "layers", "legend"]


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

    ``group`` is the title of its group; ``record_ids`` is ``None`` for the base map; ``count`` is the number of records
    or of things in the layer.
    """

    id: str
    title: str
    group: str
    record_ids: tuple[str, ...] | None
    count: int | None
    on: bool
    switchable: bool
    legend: LegendEntry


def layers(rows: Sequence[Placed], lang: str = FALLBACK) -> tuple[Layer, ...]:
    """Layers of records: attacks and clashes by type, state operations, measures; only those that hold a record."""
    found = [
        _record_layer(
            f"type-{type_}", type_label(type_), [r for r in rows if r.kind is Kind.ATTACK and r.type is type_], lang
        )
        for type_ in TYPES_OF_KIND[Kind.ATTACK]
    ]
    untyped = [r for r in rows if r.kind is Kind.ATTACK and not r.type]
    found.append(_record_layer("type-other", ui_texts(lang)["layers.untyped"], untyped, lang))
    found += [
        _record_layer(str(kind), kind_label(kind), [r for r in rows if r.kind is kind], lang)
        for kind in (Kind.STATE_OPERATION, Kind.MEASURE)
    ]
    return tuple(layer for layer in found if layer.count)


_NOTES = {Kind.STATE_OPERATION: "layers.operation_note", Kind.MEASURE: "layers.measure_note"}


def _record_layer(layer_id: str, title: str, rows: Sequence[Placed], lang: str) -> Layer:
    """One layer of records, with the most precise symbol among them as its sign."""
    ids, texts = tuple(row.record_id for row in rows), ui_texts(lang)
    on_map = [row for row in rows if row.drawn]
    note = texts[_NOTES[rows[0].kind]] if rows and rows[0].kind in _NOTES else ""
    if rows and not on_map:
        note = texts["layers.list_only"]
    entry = LegendEntry(layer_id, _sign(rows), title, note, len(rows), switchable=bool(on_map))
    group = texts["layers.records"]
    return Layer(layer_id, title, group, ids, len(rows), on=True, switchable=bool(on_map), legend=entry)


def _sign(rows: Sequence[Placed]) -> str:
    """Legend symbol of a layer: its commonest glyph, solid; for measures, which have no point, the pale area."""
    if not rows:
        return ""
    if rows[0].kind is Kind.MEASURE:
        return "sw-measure"
    glyphs = Counter(row.glyph for row in rows)
    return symbol_id(glyphs.most_common(1)[0][0], Precision.SETTLEMENT)


#: Signs of the layers of the base map, in order.
_GROUND_SIGNS = {
    "places": "sw-place",
    "border": "sw-river",
    "regions": "sw-admin",
    "roads": "sw-road",
    "districts": "sw-district",
    "relief": "sw-relief",
}
_UNCOUNTED = ("border", "relief", "roads")


def ground_layers(
    counts: Mapping[str, int], districts_title: str, *, approximate: bool, lang: str = FALLBACK
) -> tuple[Layer, ...]:
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
    texts, found = ui_texts(lang), []
    for layer_id, sign in _GROUND_SIGNS.items():
        if number := counts.get(layer_id):
            count = None if layer_id in _UNCOUNTED else number
            title, note = texts[f"layers.{layer_id}"], texts.get(f"layers.{layer_id}.note", "")
            if layer_id == "districts" and not approximate:
                title, note = say(lang, "layers.districts_of", set=districts_title), ""
            entry = LegendEntry(layer_id, sign, title, note, count, switchable=True)
            group = texts["layers.ground"]
            found.append(Layer(layer_id, title, group, None, count, on=True, switchable=True, legend=entry))
    return tuple(found)


def legend(
    found: Iterable[Layer], rows: Sequence[Placed], pairs: Sequence[tuple[str, str]], lang: str = FALLBACK
) -> tuple[LegendPart, ...]:
    """Legend of what is drawn, and of nothing else: classes, precisions, base map."""
    all_layers, texts = tuple(found), ui_texts(lang)
    parts = (
        LegendPart(texts["layers.records"], tuple(x.legend for x in all_layers if x.record_ids is not None)),
        LegendPart(texts["legend.precision"], _precision_key(rows, pairs, texts)),
        LegendPart(texts["layers.ground"], tuple(x.legend for x in all_layers if x.record_ids is None)),
    )
    return tuple(part for part in parts if part.entries)


_EXPLAINED = (
    Precision.SITE,
    Precision.SETTLEMENT,
    Precision.NEAR,
    Precision.REACH,
    Precision.DISTRICT,
    Precision.REGION,
)


def _precision_key(
    rows: Sequence[Placed], pairs: Sequence[tuple[str, str]], texts: Mapping[str, str]
) -> tuple[LegendEntry, ...]:
    """Precision styles in use, the leader, and the line between two records that may be one event."""
    used = {row.precision for row in rows if row.drawn and row.kind is not Kind.MEASURE}
    entries = [
        LegendEntry("", symbol_id("attack", one), PRECISION_CODES[one].label, texts[f"legend.{one}"])
        for one in Precision
        if one in used and one in _EXPLAINED
    ]
    if any(row.as_area for row in rows):
        entries.append(LegendEntry("", "sw-leader", texts["legend.leader"], texts["legend.leader.note"]))
    if pairs:
        entries.append(LegendEntry("", "sw-same", texts["legend.same"]))
    return tuple(entries)
