"""What is exported, as frames: records with their geometry, claims, sources, and what the files are about.

In: a scene, which holds only what may be published. Out: frames with the columns of ``columns.py``, in the order of the
page. Every export starts here, so that all formats hold the same values.

Cells are what their column's type says: ``None``/NA/NaN where there is no value, lists of texts for several, dates.
:func:`plain_rows` turns a frame into dictionaries with ``None`` for every missing value.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

from ...data.counting import counting_sentences
from ...data.coverage import coverage
from ...data.date_codes import date_codes
from ...data.evidence import Evidence
from ...data.internal import MARK
from ...data.model import PRECISION_CODES, VictimGroup
from ...data.wording import date_phrase, type_label
from ...geo.river import RIVER_KM_OFFSET
from ..corrections import corrections
from ..credits import protected_note
from ..phrases import casualties, differ_text, killed_text, place_text, safe_link, victims_text
from ..placed import Placed
from ..scene import Scene
from ..texts import say
from .columns import CASUALTIES, CLAIM_COLUMNS, COLUMNS, columns_of

__all__ = ["COLUMNS", "DIGITS", "about", "claims_frame", "plain_rows", "records_frame", "sources_frame"]

#: Decimals of a degree in every export: about 1 m, finer than anything that reports give.
DIGITS: Final = 5
#: Decimals of kilometres along the river.
_KM_DIGITS: Final = 1
#: Decimals of an uncertainty in kilometres.
_UNCERTAINTY_DIGITS: Final = 2

#: Dtype of a column in a frame. Lists and dates are Python objects, and so is text: one kind of missing value.
_DTYPES: Final[Mapping[str, str]] = {
    "text": "object",
    "texts": "object",
    "date": "object",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
}

Cells = dict[str, Any]


def records_frame(scene: Scene) -> GeoDataFrame:
    """Every published record, located or not, in the order of the page's list.

    Returns
    -------
    GeoDataFrame
        The columns of :data:`COLUMNS` and ``geometry`` (EPSG:4326): Point, Polygon or MultiPolygon, outer rings
        counter-clockwise, rounded to :data:`DIGITS` decimals; None for what the map does not show.
    """
    layers = {record: layer.title for layer in scene.layers for record in layer.record_ids or ()}
    changes: dict[str, list[str]] = {}
    for entry in corrections(scene.published.tables, scene.options.lang):
        changes.setdefault(entry["record_id"], []).append(f"{entry['date']}: {entry['says']} {entry['reason']}")
    newest: dict[str, dt.date] = {}
    for change in scene.published.tables.changes:
        newest[change.record_id] = max(change.date, newest.get(change.record_id, change.date))
    generalised = set(scene.published.generalised)
    regions = {str(row.Index): row.iso_3166_2 for row in scene.located.itertuples()}
    geometries = [_rounded(row.geometry) if row.drawn else None for row in scene.rows]
    cells = [
        _what(row, scene.evidence[row.record_id])
        | _when(scene.evidence[row.record_id])
        | _how_many(scene.evidence[row.record_id])
        | _where(row, geometry)
        | _said(scene.evidence[row.record_id])
        | {"iso_3166_2": _plain(regions[row.record_id]), "layer": layers.get(row.record_id)}
        | {"generalised": row.record_id in generalised}
        | {"changed_on": newest.get(row.record_id), "corrections": changes.get(row.record_id, [])}
        for row, geometry in zip(scene.rows, geometries, strict=True)
    ]
    column = np.empty(len(cells), dtype=object)
    column[:] = geometries
    return GeoDataFrame(_frame(cells, "records", scene), geometry=column, crs="EPSG:4326")


def claims_frame(scene: Scene) -> pd.DataFrame:
    """Every published claim, in table order, with the columns of :data:`CLAIM_COLUMNS`."""
    tables = scene.published.tables
    speakers = {speaker.speaker_id: speaker.name for speaker in tables.speakers}
    outlets = {report.report_id: report.outlet for report in tables.reports}
    cells = [
        claim.model_dump(include={column.name for column in CLAIM_COLUMNS})
        | {
            "victim_group": str(claim.victim_group) if claim.victim_group else None,
            "place_ids": list(claim.place_id),
            "speaker": speakers[claim.speaker_id],
            "modality": str(claim.modality),
            "outlet": outlets[claim.report_id],
            "quote": scene.published.quotes.get(claim.claim_id),
        }
        for claim in tables.claims
    ]
    return _frame(cells, "claims", scene)


def sources_frame(scene: Scene) -> pd.DataFrame:
    """Every report, in table order: what the page says of it and no more. Columns: :data:`SOURCE_COLUMNS`."""
    cells = [
        report.model_dump(include={"report_id", "outlet", "title", "kind", "published"})
        | {
            "url": safe_link(report.url),
            "archived_url": safe_link(report.archived_url),
            "upstream": list(report.upstream),
        }
        for report in scene.published.tables.reports
    ]
    return _frame(cells, "sources", scene)


def about(scene: Scene) -> dict[str, Any]:
    """Say what a file is about: title, what it is not, counts, version, credits, and what its columns mean.

    Plain values for JSON: the same sentences as under the title of the page.
    """
    published, lang = scene.published, scene.options.lang
    heard = coverage(published.tables, scene.evidence)
    areas, meanings = scene.areas, columns_of(internal=scene.internal)
    districts = "page.districts_licensed" if areas.licence else "page.districts"
    return {
        "title": scene.options.title,
        "note": heard.not_complete_line,
        "counts": [f"{sentence.text}." for sentence in counting_sentences(scene.evidence)],
        "not_added": "Numbers of victim groups are never added up. Records that may be the same event count once.",
        "generalised": protected_note(scene) or None,
        "records": len(scene.rows),
        "on_the_map": sum(row.drawn for row in scene.rows),
        "newest_report": heard.newest.isoformat() if heard.newest else None,
        "data_version": scene.version,
        "coordinates": f"Longitude and latitude, WGS 84 (EPSG:4326), rounded to {DIGITS} decimals of a degree.",
        "districts": say(lang, districts, set=areas.set_name, licence=areas.licence or ""),
        "credits": list(scene.basemap.web["attribution"]),
        "columns": {table: {column.name: column.meaning for column in columns} for table, columns in meanings.items()},
    }


def plain_rows(frame: pd.DataFrame) -> Iterator[Cells]:
    """Go through the rows of a frame as plain values, ``None`` for every missing one; the geometry is left out."""
    columns = [name for name in frame.columns if name != "geometry"]
    for values in zip(*(frame[name].tolist() for name in columns), strict=True):
        yield {name: _plain(value) for name, value in zip(columns, values, strict=True)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Turn pandas' several missing values into ``None``."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value


def _frame(cells: Sequence[Cells], table: str, scene: Scene) -> pd.DataFrame:
    """Put cells under their columns, in order and with one dtype each, also where there is no row."""
    for cell in cells:
        cell["internal"] = MARK
    return pd.DataFrame(
        {
            column.name: pd.Series([cell[column.name] for cell in cells], dtype=_DTYPES[column.type])
            for column in columns_of(internal=scene.internal)[table]
        }
    )


def _rounded(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """Round to :data:`DIGITS` decimals, valid, outer rings counter-clockwise (RFC 7946)."""
    if geometry is None:
        return None
    snapped = shapely.set_precision(geometry, 10.0**-DIGITS)
    kept = geometry if snapped.is_empty else snapped
    rounded: BaseGeometry = shapely.transform(shapely.set_precision(kept, 0), lambda at: np.round(at, DIGITS) + 0.0)
    return shapely.orient_polygons(rounded)


def _what(row: Placed, found: Evidence) -> Cells:
    """Say what it is, and how it is drawn."""
    return {
        "record_id": row.record_id,
        "kind": str(row.kind),
        "type": str(row.type) if row.type else None,
        "type_label": type_label(row.type),
        "claimed_types": [str(type_) for type_ in found.record.claimed_types],
        "title": row.title,
        "note": found.record.note,
        "same_as": list(found.same_as),
        "symbol": row.glyph,
        "solid": PRECISION_CODES[row.precision].solid,
    }


def _when(found: Evidence) -> Cells:
    """Say when it happened, how precisely that is known, and from what."""
    span = found.date
    return date_codes(span)._asdict() | {
        "date_start": span.start,
        "date_end": span.end,
        "date_start_open": span.start_open,
        "date_end_open": span.end_open,
        "date_precision": str(span.precision),
        "date_basis": span.basis,
        "date_reason": span.reason,
        "date_text": date_phrase(span, long=True),
        "stated_on": span.stated_on,
    }


def _how_many(found: Evidence) -> Cells:
    """Killed and injured by victim group; a group that no report counts has empty cells."""
    cells: Cells = {}
    for attribute, counts in zip(CASUALTIES, (found.killed, found.injured), strict=True):
        for group in VictimGroup:
            count, name = counts.get(group), f"{attribute}_{group}"
            cells[f"{name}_low"] = count.low if count else None
            cells[f"{name}_high"] = count.high if count else None
            cells[f"{name}_or_more"] = count.open_ended if count else None
            cells[f"{name}_words"] = list(count.words) if count else []
    return cells | {
        "bodies_found": found.bodies_found,
        "killed_text": killed_text(found) or None,
        "victims_text": victims_text(found) or None,
        "injured_text": casualties(found.injured) or None,
    }


def _where(row: Placed, geometry: BaseGeometry | None) -> Cells:
    """Say where it was, how precisely that is known, and how the position was made."""
    code = PRECISION_CODES[row.precision]
    point = geometry if geometry is not None and geometry.geom_type == "Point" else None
    river = (row.river_km_from, row.river_km_to)
    return {
        "place_text": place_text(row),
        "place_name": row.place_name,
        "place_ids": list(row.place_ids),
        "district": row.district,
        "country": row.country,
        "precision": str(row.precision),
        "precision_label": code.label,
        "where_prec": code.where_prec,
        "geo_precision": code.geo_precision,
        "uncertainty_km": _round(row.uncertainty_km, _UNCERTAINTY_DIGITS),
        "how": row.how,
        "approximate": row.approximate,
        "area_source": row.area_source,
        "drawn_as": "none" if geometry is None else "point" if point is not None else "area",
        "longitude": float(shapely.get_x(point)) if point is not None else None,
        "latitude": float(shapely.get_y(point)) if point is not None else None,
        "bank": row.bank,
    } | {
        f"{scale}_km_{end}": _round(None if km is None else km + offset, _KM_DIGITS)
        for scale, offset in (("river", 0.0), ("border", RIVER_KM_OFFSET))
        for end, km in zip(("from", "to"), river, strict=True)
    }


def _round(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)


def _said(found: Evidence) -> Cells:
    """Say who says it, in which reports, and on what they differ."""
    voices = (v for block in found.attributes for statement in block.statements for v in statement.voices)
    links = (safe_link(report.url) or safe_link(report.archived_url) for report in found.reports)
    return {
        "differ_on": list(found.differ_on),
        "differ_text": differ_text(found) or None,
        "reports": [report.report_id for report in found.reports],
        "report_count": len(found.reports),
        "outlets": list(dict.fromkeys(report.outlet for report in found.reports)),
        "links": [link for link in links if link],
        "speakers": [speaker.name for speaker in found.speakers],
        "said_line": found.said_line,
        "claims": sorted({voice.claim.claim_id for voice in voices}),
    }
