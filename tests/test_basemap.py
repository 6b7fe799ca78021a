"""The committed base map is what its sources say it is."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from panjmap.geo.basemap import load_basemap
from panjmap.geo.plane import GEOD, area_km2, to_plane

#: Published areas in square km. Several figures are in use for some; those given here are: English Wikipedia's for
#: Khatlon (24,700), GBAO (63,700), Sughd, the Districts of Republican Subordination, Takhar, Kunduz and Balkh, and the
#: smaller of two for Afghan Badakhshan (44,059; the other is 44,836). Dushanbe is left out: its bundled outline (136)
#: is an older, smaller city than today's.
PUBLISHED_KM2 = {
    "TJ-KT": 24_700,
    "TJ-GB": 63_700,
    "TJ-SU": 25_400,
    "TJ-RA": 28_600,
    "AF-BDS": 44_059,
    "AF-TAK": 12_305,
    "AF-KDZ": 7_949,
    "AF-BAL": 16_186,
}


@pytest.fixture(scope="module")
def basemap():
    return load_basemap()


@pytest.fixture(scope="module")
def shapes(basemap):
    return {region.iso: region.geometry for region in basemap.regions}


def test_the_border_is_one_line_from_the_uzbek_to_the_chinese_tripoint(basemap):
    assert basemap.border.geom_type == "LineString"
    assert basemap.border.is_simple
    assert basemap.border.coords[0] == pytest.approx((67.780901, 37.1816))
    assert basemap.border.coords[-1] == pytest.approx((74.889862, 37.23409))


def test_the_border_is_1344_km_long(basemap):
    assert GEOD.geometry_length(basemap.border) / 1000 == pytest.approx(1344, abs=1)


@pytest.mark.parametrize(("iso", "published"), PUBLISHED_KM2.items())
def test_a_region_has_its_published_area(shapes, iso, published):
    assert area_km2(shapes[iso]) == pytest.approx(published, rel=0.025)


def test_the_regions_are_a_coverage_without_gaps_or_overlaps(basemap):
    geometries = [region.geometry for region in basemap.regions]
    assert all(geometry.is_valid for geometry in geometries)
    assert shapely.coverage_is_valid(geometries)
    for country, outline in basemap.outlines.items():
        own = [region.geometry for region in basemap.regions if region.country == country]
        assert shapely.union_all(own).symmetric_difference(outline).area == pytest.approx(0, abs=1e-12)
        assert sum(shape.area for shape in own) == pytest.approx(outline.area, abs=1e-9)


def test_afghanistan_has_no_hole_and_tajikistan_only_its_exclaves_besides(basemap):
    assert basemap.outlines["AF"].geom_type == "Polygon"
    assert not basemap.outlines["AF"].interiors
    assert [len(part.interiors) for part in shapely.get_parts(basemap.outlines["TJ"])] == [0, 0, 0, 0]


def test_the_border_is_the_edge_that_both_countries_share(basemap):
    tajik, afghan = basemap.outlines["TJ"], basemap.outlines["AF"]
    shared = shapely.line_merge(shapely.intersection(tajik.boundary, afghan.boundary))
    assert shared.geom_type == "LineString"
    assert tajik.intersection(afghan).area == 0
    assert GEOD.geometry_length(shared) / 1000 == pytest.approx(1335, abs=2)
    vertices = shapely.points(shapely.get_coordinates(basemap.border))
    assert shapely.distance(to_plane(shared), to_plane(vertices)).max() < 0.06
    ends = {tuple(np.round(end, 4)) for end in (shared.coords[0], shared.coords[-1])}
    assert ends == {(67.7809, 37.1816), (74.8899, 37.2341)}


def test_every_region_is_named_and_the_rest_of_afghanistan_is_not(basemap):
    assert [region.iso for region in basemap.regions] == [
        *("TJ-DU", "TJ-GB", "TJ-KT", "TJ-RA", "TJ-SU"),
        *("AF-BAL", "AF-BDS", "AF-KDZ", "AF-TAK", None),
    ]
    assert basemap.regions[-1].country == "AF"
    assert {region.iso: region.name for region in basemap.regions}["AF-BDS"] == "Badakhshan (Afghanistan)"
