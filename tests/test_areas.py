"""Regions, approximate districts and their reaches."""

from __future__ import annotations

import pytest
import shapely

from panjmap.data.errors import PlaceError
from panjmap.data.model import PlaceLevel
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.areas import APPROXIMATE_SET, load_areas
from panjmap.geo.plane import area_km2, to_plane
from panjmap.geo.river import load_river

PLACES = read_tables(PACKAGED).places
BY_ID = {place.place_id: place for place in PLACES}
SIZED = [place.place_id for place in PLACES if place.level == "district" and place.area_km2]
#: Drawn in the first map.
DRAWN = ["tj-shohin", "tj-darvoz", "tj-rudaki", "tj-vahdat-district"]
#: Where a bend of the border or the places of neighbours leave less room than the size, they come out smaller.
SMALLER = {"af-darwaz-nusay": 0.12, "af-chah-ab": 0.06}


@pytest.fixture(scope="module")
def areas():
    return load_areas(PLACES, load_river())


def within(place_id):
    """Ids of all places below a place."""
    below = {place_id}
    for _ in range(5):
        below |= {place.place_id for place in PLACES if place.parent_id in below}
    return below


def point(place_id):
    return shapely.Point(BY_ID[place_id].lon, BY_ID[place_id].lat)


@pytest.mark.parametrize("place_id", SIZED)
def test_an_approximate_area_is_one_valid_polygon_of_the_published_size(areas, place_id):
    area = areas.district(place_id)
    assert area.approximate
    assert area.source == "approximate area"
    assert area.geometry.geom_type == "Polygon"
    assert area.geometry.is_valid
    assert area_km2(area.geometry) == pytest.approx(BY_ID[place_id].area_km2, rel=SMALLER.get(place_id, 0.02))


@pytest.mark.parametrize("place_id", SIZED)
def test_an_approximate_area_holds_every_place_known_to_lie_in_it_and_none_of_another(areas, place_id):
    shape = to_plane(areas.district(place_id).geometry)
    own = within(place_id)
    for place in PLACES:
        if place.lat is None or place.level not in ("settlement", "site", "district"):
            continue
        where = to_plane(point(place.place_id))
        if place.place_id in own:
            # a gazetteer point may fall just across the river
            assert shapely.distance(shape, where) < 0.1, place.name
        elif place.country == BY_ID[place_id].country and place.level != "district":
            assert not shape.contains(where), place.name


@pytest.mark.parametrize("place_id", SIZED)
def test_an_approximate_area_lies_in_its_country(areas, place_id):
    shape = areas.district(place_id).geometry
    other = areas.river.outlines["AF" if BY_ID[place_id].country == "TJ" else "TJ"]
    assert shape.intersection(other).area < 1e-7
    assert shape.difference(areas.river.outlines[BY_ID[place_id].country]).area < 1e-6


def test_vahdat_district_holds_the_town_of_vahdat(areas):
    assert areas.district("tj-vahdat-district").geometry.contains(point("tj-vahdat"))


def test_neighbours_that_are_drawn_together_do_not_touch(areas):
    rudaki, vahdat = (to_plane(areas.district(place_id).geometry) for place_id in ("tj-rudaki", "tj-vahdat-district"))
    assert rudaki.distance(vahdat) > 1


@pytest.mark.parametrize("place_id", ["tj-rudaki", "tj-vahdat-district", "tj-hisor"])
def test_dushanbe_is_cut_out_of_its_neighbours(areas, place_id):
    dushanbe = areas.region("TJ-DU").geometry
    assert areas.district(place_id).geometry.intersection(dushanbe).area < 1e-6
    assert not areas.district(place_id).geometry.contains(point("tj-du"))


def test_the_reach_of_shamsiddin_shohin_runs_from_kavok_to_dashtijum(areas):
    start, end = areas.reach("tj-shohin")
    assert (start, end) == pytest.approx((334.2, 450.3), abs=1)


def test_a_district_away_from_the_river_or_with_one_place_by_it_has_no_reach(areas):
    assert areas.reach("tj-rudaki") is None
    assert areas.reach("tj-panj") is None


def test_a_riverside_area_runs_along_its_reach(areas):
    start, end = areas.reach("tj-shohin")
    shape = to_plane(areas.district("tj-shohin").geometry)
    for km in (start + 1, (start + end) / 2, end - 1):
        assert shapely.distance(shape, to_plane(areas.river.point(km))) < 0.1


def test_a_district_of_unknown_size_is_drawn_as_its_region_and_says_so(areas):
    area = areas.district("tj-muminobod")
    assert area.approximate
    assert "outline of the region" in area.source
    assert area.geometry.equals(areas.region("TJ-KT").geometry)


def test_a_region_comes_with_its_code_and_dushanbe_is_marked_as_unreliable(areas):
    assert areas.region("TJ-KT").iso_3166_2 == "TJ-KT"
    assert not areas.region("TJ-KT").approximate
    assert areas.region("TJ-DU").approximate


def test_districts_carry_the_code_of_their_region(areas):
    assert [areas.district(place_id).iso_3166_2 for place_id in DRAWN] == ["TJ-KT", "TJ-GB", "TJ-RA", "TJ-RA"]


def test_without_a_boundary_file_the_set_is_named_as_approximate(areas):
    assert areas.set_name == APPROXIMATE_SET
    assert areas.licence is None


def elsewhere(lat, lon, **what):
    """A district that the base map does not reach."""
    place = {"place_id": "x", "name": "Elsewhere", "country": "AF", "parent_id": None, "iso_3166_2": "AF-KAB"} | what
    return BY_ID["tj-shohin"].model_copy(update=place | {"lat": lat, "lon": lon})


@pytest.mark.parametrize(("lat", "lon"), [(34.5, 69.2), (34.3, 62.2), (10, 10)])
@pytest.mark.parametrize("size", [None, 300.0])
@pytest.mark.parametrize("country", ["AF", "TJ", "IR", None])
def test_a_district_that_the_base_map_does_not_reach_has_no_outline(lat, lon, size, country):
    areas = load_areas((*PLACES, elsewhere(lat, lon, area_km2=size, country=country)), load_river())
    assert areas.outline("x") is None
    with pytest.raises(PlaceError, match="no outline"):
        areas.district("x")


def test_districts_and_regions_have_outlines_and_nothing_else_has(areas):
    assert areas.outline("tj-shohin") is areas.district("tj-shohin")
    assert areas.outline("tj-kt").geometry.equals(areas.region("TJ-KT").geometry)
    assert areas.outline("tj") is None
    assert areas.outline("river-panj") is None
    kabul = load_areas((elsewhere(34.5, 69.2, level=PlaceLevel.REGION),), load_river())
    assert kabul.outline("x") is None


@pytest.mark.parametrize("iso", [None, "", "AF-KAB", "TJ-XX"])
def test_an_unknown_region_is_refused(areas, iso):
    with pytest.raises(PlaceError, match="no region of the base map"):
        areas.region(iso)


def test_an_unknown_place_is_refused(areas):
    with pytest.raises(PlaceError, match="not among the places"):
        areas.district("nowhere")


def test_the_same_areas_come_out_twice(areas):
    again = load_areas(PLACES, load_river())
    for place_id in DRAWN:
        assert again.district(place_id).geometry.wkb == areas.district(place_id).geometry.wkb
