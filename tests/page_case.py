"""A small page without the real ground: packaged tables, a hand-made base map and areas, the usual way to the HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace

import shapely
from geopandas import GeoDataFrame

from panjmap.data.evidence import evidence_of
from panjmap.data.model import PRECISION_CODES, Precision, Tables, VictimGroup
from panjmap.data.publish import public
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.river import River
from panjmap.render.outlines import flat
from panjmap.render.scene import PageOptions, Scene, make_scene

#: A river from west to east: north of it one country, south of it the other.
RIVER = shapely.LineString(
    [(67, 37.2), (68.5, 37.1), (69.5, 37.5), (70.2, 37.6), (71.0, 38.45), (71.5, 37.9), (72.5, 37)]
)
NORTH = shapely.Polygon([*RIVER.coords, (72.5, 40), (67, 40)])
SOUTH = shapely.Polygon([*RIVER.coords, (72.5, 36), (67, 36)])
#: Stretches of the border, ``border_km``, along areas of this made-up land.
REACHES = {"tj-kt": (0.0, 460.0), "tj-shohin": (334.0, 450.0), "af-bds": (345.0, 700.0)}
#: Where the records of the packaged tables are drawn in this made-up land.
SHAPES = {
    "TJ-AF-2025-11-26-A": ("reach", shapely.Polygon([(69.6, 37.53), (70.2, 37.6), (70.2, 37.7), (69.6, 37.62)])),
    "TJ-AF-2025-11-30-A": ("settlement", shapely.Point(71.02849, 38.5)),
    "TJ-AF-2025-12-KAVO": ("settlement", shapely.Point(70.00639, 37.67973)),
    "TJ-AF-2025-12-SHOHIN5": ("district", shapely.Point(70.0, 37.95).buffer(0.22)),
    "TJ-AF-2024-11-A": ("region", shapely.box(68.0, 37.7, 70.3, 38.3)),
    "TJ-AF-2025-M-RAIDS": (
        "district",
        shapely.MultiPolygon([shapely.box(69, 38.7, 69.4, 39), shapely.box(68.2, 38.4, 68.6, 38.6)]),
    ),
}


@dataclass(frozen=True)
class Ground:
    """Stands in for the base map."""

    outlines: dict[str, shapely.Polygon]
    regions: tuple[SimpleNamespace, ...]
    web: dict[str, object]
    relief: SimpleNamespace


def ground() -> Ground:
    line = flat(shapely.get_coordinates(RIVER))
    web = {
        "scale": 10_000,
        "land": {"TJ": [flat(shapely.get_coordinates(NORTH))], "AF": [flat(shapely.get_coordinates(SOUTH))]},
        **{"border": [line], "panj": [line], "rivers": [], "lakes": [], "admin": [], "roads": []},
        "places": [
            {"name": "Dushanbe", "lon": 68.77, "lat": 38.56, "rank": 1, "kind": "town"},
            {"name": "Khorugh", "lon": 71.45, "lat": 38.1, "rank": 2, "kind": "town"},
        ],
        "labels": [{"text": "Tajikistan", "kind": "country", "lon": 69.9, "lat": 38.9}],
    }
    web["attribution"] = ["a made-up land"]
    relief = SimpleNamespace(image=b"x", media_type="image/webp", bounds=(67.0, 36.0, 72.5, 40.0))
    return Ground({"TJ": NORTH, "AF": SOUTH}, (SimpleNamespace(iso="TJ-KT"),), web, relief)


def areas() -> SimpleNamespace:
    area = SimpleNamespace(geometry=shapely.Point(70, 38).buffer(0.2), approximate=True)
    return SimpleNamespace(
        outline=lambda _place: area,
        reach=REACHES.get,
        polygons={},
        river=River(RIVER, {"TJ": NORTH, "AF": SOUTH}),
        set_name="approximate areas",
        licence=None,
    )


def located(tables: Tables, shapes: dict | None = None) -> GeoDataFrame:
    """A located frame in the layout of ``geo.locate``, from a table of precision, geometry, and river km."""
    shapes = SHAPES if shapes is None else shapes
    rows = []
    for record in tables.records:
        precision, geometry, *chainage = shapes.get(record.record_id, ("unknown", None))
        start, end = chainage[0] if chainage else (251.8, 260.0) if geometry else (float("nan"), float("nan"))
        code = PRECISION_CODES[Precision(precision)]
        rows.append(
            {
                "kind": record.kind.value,
                "type": record.type.value if record.type else None,
                "title": record.title,
                "precision": precision,
                "uncertainty_km": 3.0 if precision == "settlement" else float("nan"),
                "how": "made up for a test",
                "place_ids": (),
                "place_name": "Kavo" if precision == "settlement" else "Shohin District" if geometry else None,
                "country": "TJ" if geometry else None,
                "iso_3166_2": None,
                "river_km_from": start,
                "river_km_to": end,
                "bank": "Tajik" if geometry else None,
                "where_prec": code.where_prec,
                "geo_precision": code.geo_precision,
                "generalised": record.sensitivity.value == "generalise",
                "approximate": precision == "district",
                "area_source": None,
                "geometry": geometry,
            }
        )
    index = [record.record_id for record in tables.records]
    cells = rows or {"geometry": []}
    return GeoDataFrame(cells, geometry="geometry", crs="EPSG:4326", index=index).rename_axis("record_id")


def scene_of(
    change: Callable[[Tables], Tables] = lambda tables: tables,
    options: PageOptions | None = None,
    shapes: dict | None = None,
) -> Scene:
    """The scene of the packaged tables after a change."""
    published = public(change(read_tables(PACKAGED)))
    frame = located(published.tables, shapes)
    return make_scene(published, frame, evidence_of(published.tables), ground(), areas(), options or PageOptions())


def crowd(
    count: int,
    deaths: Sequence[tuple[int, int]] = (),
    group: VictimGroup = VictimGroup.CIVILIAN,
    title: Callable[[int], str] = "Attack {}".format,
    at: Callable[[int], tuple[float, float]] = lambda i: (68.2 + i % 12 / 9, 37.6 + i // 12 / 9),
) -> tuple[Callable[[Tables], Tables], dict]:
    """Made-up attacks ``X-0``, ``X-1`` ... at points, the first with deaths: a change of the tables, and shapes."""

    def change(tables: Tables) -> Tables:
        record = next(r for r in tables.records if r.record_id == "TJ-AF-2025-11-30-A")
        claim = next(c for c in tables.claims if c.record_id == record.record_id and c.attribute == "killed")
        records = [
            record.model_copy(update={"record_id": f"X-{i}", "title": title(i), "possible_same_as": ()})
            for i in range(count)
        ]
        claims = [
            claim.model_copy(
                update={"claim_id": f"X-{i}-{end}", "record_id": f"X-{i}", "victim_group": group}
                | {"value_low": number, "value_high": number}
            )
            for i, span in enumerate(deaths)
            for end, number in enumerate(dict.fromkeys(span))
        ]
        return tables._replace(records=(*tables.records, *records), claims=(*tables.claims, *claims))

    return change, {f"X-{i}": ("settlement", shapely.Point(*at(i))) for i in range(count)}
