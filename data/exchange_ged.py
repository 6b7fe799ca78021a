"""Records as rows in the column layout of UCDP GED: 49 columns, in order, with the codes of its codebook.

Columns, precision codes and types of violence are checked against public copies; ``event_clarity``, the grid formula
and the country numbers are from memory (see ``docs/exports.md``). Ids of UCDP's own (event, conflict, dyad, side) stay
empty: they are not ours to give. The rows are ours, in that layout: they are no data of UCDP.
"""

from __future__ import annotations

import math

from .date_codes import date_codes
from .exchange import (
    ALLEGED,
    Cell,
    Event,
    Sides,
    Spot,
    country_of,
    days_of,
    deaths_of,
    in_one_cell,
    refusal,
    sides_of,
)
from .exchange_losses import Exchanged, exchange
from .model import PRECISION_CODES, VictimGroup
from .testimony import Evidence

__all__ = ["GED_COLUMNS", "ged", "ged_row"]

GED_COLUMNS = (
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
)
STATE_BASED, ONE_SIDED = 1, 3


def ged(events: tuple[Event, ...]) -> Exchanged:
    """Turn records into rows, given in the order of the list; what the format cannot hold is refused, with a reason."""
    return exchange("ged", GED_COLUMNS, events, _refusal, ged_row)


def _refusal(event: Event) -> str | None:
    """Why a record is no row; an event of GED has at least one death, and a date no less precise than a year."""
    if reason := refusal(event):
        return reason
    if not event.evidence.killed or deaths_of(event.evidence).high == 0:
        return "no report says that people died, and the format holds deadly events only"
    return "the date spans more than a year" if date_codes(event.evidence.date).date_prec is None else None


def ged_row(event: Event, spot: Spot) -> dict[str, Cell]:
    """Map one located record with a date and deaths to a row, by column."""
    found, days = event.evidence, days_of(event)
    if days is None:
        raise ValueError(f"{event.record.record_id} has no date")
    sides, country = sides_of(found, spot), country_of(spot)
    values: dict[str, Cell] = {
        "relid": event.record.record_id,
        "year": days[0].year,
        "type_of_violence": ONE_SIDED if sides.civilians else STATE_BASED if sides.state else None,
        "side_a": f"Government of {country.name}" if sides.state else sides.a,
        "side_b": sides.b,
        **_sources(found),
        "where_prec": PRECISION_CODES[spot.precision].where_prec,
        "where_coordinates": spot.name,
        "where_description": spot.description,
        "adm_1": spot.admin1,
        "adm_2": spot.admin2,
        "latitude": spot.lat,
        "longitude": spot.lon,
        "geom_wkt": f"POINT ({spot.lon} {spot.lat})",
        "priogrid_gid": priogrid(spot.lon, spot.lat),
        "country": country.name,
        "country_id": country.gw,
        "region": "Asia" if country.gw else None,
        "event_clarity": 2 if found.same_as else 1,
        "date_prec": date_codes(found.date).date_prec,
        "date_start": days[0].isoformat(),
        "date_end": days[1].isoformat(),
        **_deaths(found, sides),
        "gwnoa": country.gw if sides.state else None,
    }
    return {column: values.get(column) for column in GED_COLUMNS}


def _sources(found: Evidence) -> dict[str, Cell]:
    """List the reports in the columns of sources, in one order, and whom they quote; -1 says that none is known."""
    reports = found.reports

    dates = [report.published.isoformat() if report.published else "undated" for report in reports]
    return {
        "number_of_sources": len(reports) or -1,
        "source_article": in_one_cell(f"{r.outlet}, {day}, {r.title}" for r, day in zip(reports, dates, strict=True)),
        "source_office": in_one_cell(report.outlet for report in reports),
        "source_date": in_one_cell(dates),
        "source_headline": in_one_cell(report.title for report in reports),
        "source_original": in_one_cell(speaker.name for speaker in found.speakers),
    }


def _deaths(found: Evidence, sides: Sides) -> dict[str, Cell]:
    """Deaths by side; ``best`` is the lowest number, as no report is preferred to another, and the sides add up to it.

    People whom only a speaker calls attackers or smugglers count for the side that they are said to be of.
    """
    deaths = deaths_of(found)
    alleged = sum(deaths.by_group.get(group, 0) for group in ALLEGED)
    state = deaths.by_group.get(VictimGroup.STATE_FORCE, 0)
    a, b = (state, alleged) if sides.state else (alleged, 0)
    numbers = {
        "deaths_a": a,
        "deaths_b": b,
        "deaths_civilians": deaths.by_group.get(VictimGroup.CIVILIAN, 0),
        "deaths_unknown": deaths.unknown,
        "best": deaths.low,
        "high": deaths.high,
        "low": deaths.low,
    }
    by_side = {name: number for name, number in numbers.items() if name.startswith("deaths_")}
    return {**numbers, **(dict.fromkeys(by_side) if deaths.low is None else {})}


def priogrid(lon: float, lat: float) -> int:
    """Give the number of the half-degree cell of PRIO-GRID: rows of 720 from the south pole and the date line.

    Examples
    --------
    >>> priogrid(69.17, 34.53)
    179779
    """
    return math.floor((lat + 90) * 2) * 720 + math.floor((lon + 180) * 2) + 1
