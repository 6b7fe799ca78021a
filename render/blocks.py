"""The JSON blocks of the page: what scripts read. Made by one function that no data can break out of."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from ..data.internal import MARK
from ..data.model import Kind, Precision, RecordType
from ..data.wording import kind_label, type_label
from ..geo.river import RIVER_KM_OFFSET
from . import assets, columns, symbols
from .corrections import corrections_block
from .details import FIELDS, Details
from .discs import protected_killed
from .drawing import anchor
from .facets import Facet, facets, place_sets, words
from .layers import Layer
from .named_places import AreaNames, local_names, named_labels, official_names
from .outlines import areas_block, polygons
from .scene import District, Scene
from .strip_data import strip_ground
from .texts import language_of, script_texts, ui_texts
from .timeline_data import timeline_block

__all__ = ["blocks", "details_of", "json_block"]


def json_block(value: object) -> Markup:
    """Write JSON for a ``<script type="application/json">``: strict, and unable to close its element or open a comment.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped just above


def blocks(made: Scene) -> list[dict[str, Any]]:
    """List the data blocks; the last, the relief, comes after the scripts, which draw the map without it."""
    relief, found = made.basemap.relief, facets(made.rows, made.evidence)
    names = AreaNames(made.published.tables)
    content: dict[str, object] = {
        "panjmap-page": _page_block(made, found),
        "panjmap-data": _data_block(made, found),
        "panjmap-areas": areas_block(made.drawn),
        "panjmap-basemap": made.basemap.web
        | {
            "districts": [_district(one, names) for one in made.districts],
            "labels": named_labels(made.basemap.web["labels"], made.published.tables),
            "places": [place._asdict() for place in made.places],
            "relief": relief.bounds,
        },
        "panjmap-relief": {
            "href": f"data:{relief.media_type};base64,{base64.b64encode(relief.image).decode('ascii')}",
        },
    }
    return [{"id": name, "json": json_block(_smaller(value))} for name, value in content.items()]


def _smaller(value: object) -> object:
    """Deflate a block where that makes the file smaller; images and packed columns are as small as they get.

    What travels deflated is ``{"deflated": "<base64 of raw deflate of JSON>"}``.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    packed = {"deflated": columns.pack(text.encode("utf-8"))}
    return packed if len(packed["deflated"]) < 0.9 * len(text) else value


def _district(district: District, names: AreaNames) -> dict[str, Any]:
    """Write a district; its outline is simplified to about 100 m."""
    return {
        "id": district.place_id,
        "name": district.name,
        **names.local(district.place_id),
        "approximate": district.area.approximate,
        "polygons": polygons(district.area.geometry.simplify(0.001)),
    }


def _layer(layer: Layer) -> dict[str, Any]:
    return {
        "id": layer.id,
        "title": layer.title,
        "group": layer.group,
        "on": layer.on,
        "count": layer.count,
        "records": layer.record_ids,
    }


def _tile_layers(made: Scene) -> list[dict[str, Any]]:
    """Online layers, off at first."""
    online = ui_texts(made.options.lang)["layers.online"]
    return [
        {"id": f"tiles-{i}", "title": tile.name, "group": online, "on": False, "count": None, "records": None}
        | {"url": tile.url, "attribution": tile.attribution}
        for i, tile in enumerate(made.options.tiles)
    ]


def _page_block(made: Scene, found: Sequence[Facet]) -> dict[str, Any]:
    return {
        "format": columns.FORMAT,
        "home": made.home._asdict(),
        "where_names": _where_names(made),
        "title": made.options.title,
        "version": made.version,
        "layers": [*map(_layer, made.layers), *_tile_layers(made)],
        "symbols": {
            "colours": {name: colour._asdict() for name, colour in symbols.COLOURS.items()},
            "types": {
                str(type_): {
                    "colour": glyph,
                    "glyph": glyph,
                    "shape": symbols.GLYPHS[glyph].shape,
                    "label": type_label(type_),
                }
                for type_, glyph in symbols.GLYPH_OF_TYPE.items()
            },
        },
        "kinds": {str(kind): kind_label(kind) for kind in Kind},
        "lang": language_of(made.options.lang),
        "texts": script_texts(made.options.lang, "\n".join(map(assets.own, assets.SCRIPTS))),
        "facets": [_facet(facet) for facet in found],
        "words": words(made.published.tables, place_sets(made.rows, made.published.tables)[0]),
        "timeline": timeline_block(made),
        "order": [row.record_id for row in made.rows],
        "links": made.links,
        "corrections": corrections_block(made.published.tables, made.options.lang),
        "discs": sorted(made.discs),
        "generalised": list(made.published.generalised),
        "river": strip_ground(made.published.tables, made.areas),
    } | ({"internal": MARK, "quotes": dict(made.published.quotes)} if made.internal else {})


def _where_names(made: Scene) -> dict[str, list[dict[str, str]]]:
    """Names in other scripts of the places of each record, where they are known."""
    official = official_names(made.published.tables)
    found = {row.record_id: local_names(row.place_ids, official) for row in made.rows if row.place_name}
    return {record_id: names for record_id, names in found.items() if names}


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "id": facet.id,
        "values": [{"id": value.id, "label": value.label, "group": value.group} for value in facet.values],
    }


def details_of(made: Scene) -> Details:
    """Make what turns rows of a scene into the objects that the panel shows."""
    return Details(
        made.published.tables,
        made.evidence,
        made.rows,
        map_title=made.options.title,
        data_version=made.version,
        border_offset=RIVER_KM_OFFSET,
    )


def _data_block(made: Scene, found: Sequence[Facet]) -> dict[str, Any]:
    """Make the columnar block, in list order."""
    texts = columns.text_blocks(FIELDS, map(details_of(made).of, made.rows))
    return columns.column_block(len(made.rows), [*_codes(made), *_numbers(made), *_sets(made, found)], texts)


def _sets(made: Scene, found: Sequence[Facet]) -> list[columns.Packed]:
    """Pack the facets, and the places of each record."""
    places, sets = place_sets(made.rows, made.published.tables)
    packed = [columns.set_column(f.id, f.sets, [value.id for value in f.values]) for f in found]
    return [*packed, columns.set_column("place", sets, places)]


def _codes(made: Scene) -> list[columns.Packed]:
    """Ids and vocabularies."""
    rows = made.rows
    kinds, types, precisions, glyphs = list(Kind), ["", *RecordType], list(Precision), list(symbols.GLYPHS)
    banks = ["", "Tajik", "Afghan"]
    return [
        columns.text_column("id", [row.record_id for row in rows]),
        columns.text_column("title", [row.title for row in rows]),
        columns.code_column("bank", [banks.index(row.bank or "") for row in rows], banks),
        columns.code_column("kind", [kinds.index(row.kind) for row in rows], kinds),
        columns.code_column("main_type", [types.index(row.type or "") for row in rows], types),
        columns.code_column("main_precision", [precisions.index(row.precision) for row in rows], precisions),
        columns.code_column("colour", [glyphs.index(row.glyph) for row in rows], glyphs),
    ]


def _numbers(made: Scene) -> list[columns.Packed]:
    """Anchors, dates, counts, chainage, uncertainty, and whether reports differ."""
    rows, found = made.rows, [made.evidence[row.record_id] for row in made.rows]
    anchors = {drawing.row.record_id: anchor(drawing) for drawing in made.drawn}
    at = np.array([anchors.get(row.record_id, (np.nan, np.nan)) for row in rows], dtype=np.float64).reshape(-1, 2)
    killed = [protected_killed(one) for one in found]
    return [
        columns.delta_column("lon", columns.degrees(at[:, 0])),
        columns.delta_column("lat", columns.degrees(at[:, 1])),
        columns.delta_column("date_start", columns.days([one.date.start for one in found])),
        columns.delta_column("date_end", columns.days([one.date.end for one in found])),
        columns.delta_column("killed_low", _array([low for low, _ in killed])),
        columns.delta_column("killed_high", _array([high for _, high in killed])),
        columns.delta_column("river_km_from", np.rint(_array([row.river_km_from for row in rows]))),
        columns.delta_column("river_km_to", np.rint(_array([row.river_km_to for row in rows]))),
        columns.delta_column("uncertainty_m", np.rint(1000 * _array([row.uncertainty_km for row in rows]))),
        columns.u8_column("open", [one.date.start_open + 2 * one.date.end_open for one in found]),
    ]


def _array(values: Sequence[float | None]) -> npt.NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
