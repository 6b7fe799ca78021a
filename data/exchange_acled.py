"""Records as rows in the column layout of ACLED: 31 columns, in order, with the codes of its codebook.

Columns, precision codes, event types and the policy on fatalities are checked against public copies; what is from
memory (``disorder_type`` and ``civilian_targeting``, actor types of unnamed groups) is named in ``docs/exports.md``.
The rows are ours, in that layout: they are no data of ACLED.
"""

from __future__ import annotations

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
from .model import PRECISION_CODES, RecordType
from .testimony import Evidence

__all__ = ["ACLED_COLUMNS", "EVENT_TYPES", "acled", "acled_row"]

ACLED_COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)
#: The event types that our records can have, with their sub-event types.
EVENT_TYPES = {
    "Battles": ("Armed clash",),
    "Explosions/Remote violence": ("Air/drone strike", "Shelling/artillery/missile attack"),
    "Violence against civilians": ("Attack",),
}
_REMOTE = {
    RecordType.DRONE_STRIKE: "Air/drone strike",
    RecordType.SHELLING: "Shelling/artillery/missile attack",
}
_CLASHES = (RecordType.ARMED_CLASH, RecordType.ARMED_INCURSION)
REGION = "Caucasus and Central Asia"
#: Actor types: state forces, political militias (which unnamed armed groups are coded as), civilians.
STATE, MILITIA, CIVILIANS = 1, 3, 7


def acled(events: tuple[Event, ...], tags: str) -> Exchanged:
    """Turn records into rows; those that the format cannot hold are refused, with a reason.

    Parameters
    ----------
    events
        All published records, in the order of the list.
    tags
        What stands in the column ``tags`` of each row: what the table is, and its version.
    """
    return exchange("acled", ACLED_COLUMNS, events, _refusal, lambda event, spot: acled_row(event, spot, tags))


def _refusal(event: Event) -> str | None:
    """Why a record is no row; ACLED has no code for a date that is less precise than a month."""
    if reason := refusal(event):
        return reason
    return "the date spans more than a month" if date_codes(event.evidence.date).time_precision is None else None


def acled_row(event: Event, spot: Spot, tags: str) -> dict[str, Cell]:
    """Map one located record with a date to a row, by column; a span becomes its middle day, the earlier of two."""
    found, days = event.evidence, days_of(event)
    if days is None:
        raise ValueError(f"{event.record.record_id} has no date")
    day = days[0] + (days[1] - days[0]) // 2
    sides = sides_of(found, spot)
    event_type, sub_event_type = _types(found, sides)
    first = STATE if sides.state else MILITIA
    second = None if sides.b is None else CIVILIANS if sides.civilians else MILITIA
    deaths, country = deaths_of(found), country_of(spot)
    values: dict[str, Cell] = {
        "event_id_cnty": event.record.record_id,
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": date_codes(found.date).time_precision,
        "disorder_type": "Political violence",
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "actor1": sides.a,
        "inter1": first,
        "actor2": sides.b,
        "inter2": second,
        "interaction": _interaction(first, second),
        "civilian_targeting": "Civilian targeting" if sides.civilians else None,
        "iso": country.iso,
        "region": REGION if country.iso else None,
        "country": country.name,
        "admin1": spot.admin1,
        "admin2": spot.admin2,
        "location": spot.name,
        "latitude": spot.lat,
        "longitude": spot.lon,
        "geo_precision": PRECISION_CODES[spot.precision].geo_precision,
        "source": in_one_cell(dict.fromkeys(report.outlet for report in found.reports)),
        "notes": event.notes,
        "fatalities": deaths.low if found.killed else 0,
        "tags": tags,
    }
    return {column: values.get(column) for column in ACLED_COLUMNS}


def _types(found: Evidence, sides: Sides) -> tuple[str, str]:
    """Event type and sub-event type: by the means from afar, else by whether both sides are armed.

    Where alleged attackers are among the victims, somebody fought back. An attack of which nobody says who was attacked
    is coded as one on civilians: no code says less.
    """
    type_ = found.record.type
    if type_ in _REMOTE:
        return "Explosions/Remote violence", _REMOTE[type_]
    fought = any(group in found.killed or group in found.injured for group in ALLEGED)
    clash = type_ in _CLASHES or fought or (sides.b and not sides.civilians)
    return ("Battles", "Armed clash") if clash else ("Violence against civilians", "Attack")


def _interaction(first: int, second: int | None) -> int:
    """Both actor types as one number, the lower digit first; one side alone has a zero."""
    if second is None:
        return first * 10
    return min(first, second) * 10 + max(first, second)
