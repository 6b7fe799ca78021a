"""What is shown of one record, attribute by attribute: each value as data, and as a reader reads it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..data.wording import listing, range_text
from .frame import EARTH_KM
from .outlines import SCALE
from .read_columns import BlockFault
from .shown_models import AreasBlock, Detail, Fact, Shape

__all__ = ["Areas", "Value", "described", "measured"]

_EPOCH: Final = dt.date(1970, 1, 1)


class Value(NamedTuple):
    """One value: as data for JSON, and as a reader reads it."""

    data: Any
    text: str


def described(detail: Detail) -> dict[str, Value]:
    """Read what is told of a record in words."""
    where, river = detail.where, detail.where.river
    differ = sorted(block.label for block in detail.attributes if block.differ)
    found = {
        "title": detail.title,
        "kind": detail.kind_label,
        "type": detail.type_label,
        "date": detail.when.text,
        "date_why": detail.when.why,
        "place": where.text,
        "precision": where.precision,
        "how": where.how,
        "place_why": where.why,
        "river": river.text if river else "",
        "origin": where.origin or "",
        "note": " ".join(detail.notes),
    }
    values = {name: Value(text, text) for name, text in found.items() if text}
    values["differ"] = Value(differ, listing(differ) or "no")
    for name, named in (("same_as", detail.same_as), ("totals", detail.totals)):
        ids = sorted(one.id for one in named)
        values[name] = Value(ids, listing([f"“{one.title}”" for one in sorted(named, key=lambda n: n.id)]) or "none")
    return values | _casualties("killed", detail.killed) | _casualties("injured", detail.injured)


def _casualties(name: str, fact: Fact | None) -> dict[str, Value]:
    """Read the ranges by victim group, and how they are read."""
    if fact is None:
        return {}
    values = {name: Value(fact.text, fact.text), f"{name}_why": Value(fact.why, fact.why)}
    for count in fact.counts:
        text = range_text(count.low, count.high, count.or_more) or fact.text
        values[f"{name}.{count.group}"] = Value({"low": count.low, "high": count.high, "or_more": count.or_more}, text)
    return {key: value for key, value in values.items() if value.text}


def measured(row: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]) -> dict[str, Value]:
    """Read what is told of a record in numbers and sets."""
    values = {}
    start, end = _day(row["date_start"]), _day(row["date_end"])
    if start or end:
        open_ends = [word for bit, word in ((1, "start"), (2, "end")) if row["open"] & bit]
        text = " to ".join(dict.fromkeys((start or "…", end or "…")))
        data = {"start": start, "end": end, "open": open_ends}
        values["days"] = Value(data, text + "".join(f", {word} open" for word in open_ends))
    if row["lon"] is not None and row["lat"] is not None:
        lon, lat = row["lon"] / 1e5, row["lat"] / 1e5
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise BlockFault("a record lies at no place on Earth")
        values["position"] = Value([lon, lat], f"{abs(lat):.3f}° {'NS'[lat < 0]}, {abs(lon):.3f}° {'EW'[lon < 0]}")
    if row["uncertainty_m"] is not None:
        values["uncertainty_km"] = Value(row["uncertainty_m"] / 1000, f"about {row['uncertainty_m'] / 1000:g} km")
    if row["river_km_from"] is not None and row["river_km_to"] is not None:
        span = [row["river_km_from"], row["river_km_to"]]
        values["river_km"] = Value(span, "km " + " to ".join(dict.fromkeys(map(str, span))))
    if row["bank"]:
        values["bank"] = Value(row["bank"], row["bank"])
    named = {"claimed_types": "type", "reports": "source", "speakers": "speaker", "actors": "actor"}
    for name, facet in named.items():
        ids = sorted(row[facet])
        words = sorted(labels.get(facet, {}).get(one, one) for one in ids)
        text = f"{len(ids)} ({'; '.join(words)})" if name in ("reports", "speakers") else "; ".join(words)
        values[name] = Value(ids, text if ids else "none")
    values["place_ids"] = Value(sorted(row["place"]), ", ".join(sorted(row["place"])) or "none")
    return values


def _day(days: int | None) -> str | None:
    try:
        return None if days is None else (_EPOCH + dt.timedelta(days=days)).isoformat()
    except OverflowError as error:
        raise BlockFault("a date lies outside the calendar") from error


class Areas:
    """The areas of a page; one may be drawn for many records, and is measured once."""

    def __init__(self, block: AreasBlock) -> None:
        self._block = block
        self._known: dict[int, Value] = {}

    def of(self, record_id: str) -> dict[str, Value]:
        """Read the area of a record, if it has one: its name, its size, and a digest of its outline."""
        drawn = self._block.records.get(record_id)
        if drawn is None:
            return {}
        if not 0 <= drawn.shape < len(self._block.shapes):
            raise BlockFault(f"the area of record {record_id} is missing")
        if drawn.shape not in self._known:
            self._known[drawn.shape] = _area(self._block.shapes[drawn.shape])
        return {"area": self._known[drawn.shape]}


def _area(shape: Shape) -> Value:
    size = sum(_ring_km2(ring, -1 if i else 1) for rings in shape.polygons for i, ring in enumerate(rings))
    digest = hashlib.sha256(json.dumps(shape.polygons).encode("ascii")).hexdigest()[:12]
    data = {"name": shape.name, "km2": round(size), "outline": digest}
    return Value(data, f"{shape.name or 'an area'}, {size:,.0f} km²")


def _ring_km2(ring: Sequence[int], sign: int) -> float:
    """Area of a delta-coded ring in square km on a sphere, by the trapezoids below its edges."""
    lon, lat, points = 0, 0, []
    for x, y in zip(ring[::2], ring[1::2], strict=False):
        lon, lat = lon + x, lat + y
        points.append((math.radians(lon / SCALE), math.sin(math.radians(lat / SCALE))))
    edges = zip(points, [*points[1:], *points[:1]], strict=True)
    return sign * abs(sum((b[0] - a[0]) * (a[1] + b[1]) for a, b in edges)) * EARTH_KM**2 / 2
