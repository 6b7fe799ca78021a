"""The ground of the river strip: what is known of each bank, at its river km, and nothing that is not."""

from __future__ import annotations

import json
from functools import cache

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from panjmap.data.publish import public
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.areas import load_areas
from panjmap.geo.locate import locate
from panjmap.geo.river import PANJ_KM, RIVER_KM_OFFSET, load_river
from panjmap.render.strip_data import strip_ground


@cache
def tables():
    return public(read_tables(PACKAGED)).tables


@cache
def areas():
    return load_areas(tables().places, load_river())


@cache
def ground():
    return strip_ground(tables(), areas())


def area(place_id):
    return next(a for a in (*ground()["districts"], *ground()["regions"]) if a["id"] == place_id)


def test_the_strip_is_as_long_as_the_panj():
    assert ground()["length"] == PANJ_KM == 914


def test_everything_stands_between_the_mouth_and_the_confluence_of_pamir_and_wakhan():
    for one in (*ground()["districts"], *ground()["regions"]):
        assert 0 <= one["from"] <= one["to"] <= 914
    for one in (*ground()["towns"], *ground()["crossings"]):
        assert 0 <= one["km"] <= 914


def test_regions_follow_each_other_along_each_bank():
    ids = {
        bank: [region["id"] for region in ground()["regions"] if region["bank"] == bank] for bank in ("Tajik", "Afghan")
    }
    assert ids == {"Tajik": ["tj-kt", "tj-gb"], "Afghan": ["af-kdz", "af-tak", "af-bds"]}
    # Outlines of two sources meet within a few km: the overlap is kept, not split.
    assert area("tj-kt")["to"] - area("tj-gb")["from"] == 3


def test_a_district_spans_its_known_places_and_says_that_its_ends_are_not_surveyed():
    shohin = area("tj-shohin")
    assert (shohin["from"], shohin["to"], shohin["bank"]) == (252, 368, "Tajik")
    assert shohin["approximate"]
    assert not area("tj-kt")["approximate"]


def test_a_district_with_one_known_place_by_the_river_is_a_point_there():
    farkhor = area("tj-farkhor")
    assert farkhor["from"] == farkhor["to"] == 190


def test_what_is_not_known_to_touch_the_river_is_left_out():
    listed = {one["id"] for one in ground()["districts"]}
    # No known place by the river; far from it; not on the Panj but on the Amu Darya below its mouth.
    assert not listed & {"tj-shughnon", "tj-muminobod", "tj-rudaki", "tj-qubodiyon", "af-kaldar", "af-shekay"}


def test_gaps_between_districts_stay_gaps():
    shohin, darvoz = area("tj-shohin"), area("tj-darvoz")
    between = [
        one
        for one in ground()["districts"]
        if one["bank"] == "Tajik" and shohin["to"] < one["from"] and one["to"] < darvoz["from"]
    ]
    assert darvoz["from"] - shohin["to"] > 80
    assert between == []


def test_the_two_ends_of_a_bridge_are_one_crossing():
    at = {crossing["name"]: crossing["km"] for crossing in ground()["crossings"]}
    assert at == {"Panji Poyon": 30, "Ruzvay": 464, "Tem": 690, "Ishkoshim": 797}


def test_a_crossing_without_a_known_position_is_named_and_not_drawn():
    assert ground()["unplaced"] == ["Kokul", "Shohon", "Humrogi"]


def test_places_away_from_the_river_are_not_on_it():
    towns = {town["name"]: town for town in ground()["towns"]}
    assert "Kulob" not in towns  # 34 km off
    assert "Langar" not in towns  # above the confluence, on the Pamir
    assert towns["Khorugh"]["km"] == 695
    assert towns["Nusay"]["bank"] == "Afghan"
    assert towns["Qal'ai Khumb"]["name_tg"] == "Қалъаи Хумб"


def test_names_of_areas_do_without_the_word_for_their_level():
    assert area("tj-hamadoni")["name"] == "Mir Sayyid Alii Hamadoni"
    assert area("tj-hamadoni")["short"] == "Hamadoni"
    assert area("tj-shohin")["name_tg"] == "Шамсиддин Шоҳин"
    assert area("tj-shohin")["name_fa"] == "شمس\u200cالدین شاهین"
    assert "short" not in area("tj-shohin")
    assert area("tj-gb")["name"] == "Gorno-Badakhshan"


def test_a_boundary_of_a_user_gives_the_reach_and_is_not_called_approximate():
    river = load_river()
    band = river.reach(560 + RIVER_KM_OFFSET, 610 + RIVER_KM_OFFSET, "Tajik")
    inland = shapely.box(69.0, 38.0, 69.2, 38.2)
    with_file = load_areas(tables().places, river)
    object.__setattr__(with_file, "polygons", {"tj-farkhor": band, "tj-panj": inland})
    districts = {one["id"]: one for one in strip_ground(tables(), with_file)["districts"]}
    farkhor = districts["tj-farkhor"]
    # What comes within 1.5 km of the boundary counts, the next loop of the river too.
    assert farkhor["from"] == pytest.approx(560, abs=4)
    assert farkhor["to"] == pytest.approx(610, abs=10)
    assert not farkhor["approximate"]
    # The boundary runs nowhere near the river, whatever the tables know of its town.
    assert "tj-panj" not in districts


def test_records_have_the_km_that_their_reports_allow():
    located = locate(tables(), areas(), areas().river)
    span = {
        row.Index: (round(row.river_km_from), round(row.river_km_to))
        for row in located.itertuples()
        if row.river_km_from == row.river_km_from
    }
    assert span == {
        "TJ-AF-2025-11-26-A": (252, 368),  # the reach of Shamsiddin Shohin
        "TJ-AF-2025-11-30-A": (498, 498),  # Shudk, a point
        "TJ-AF-2025-12-KAVO": (252, 252),  # Kavo, a point 9.8 km off
        "TJ-AF-2025-12-SHOHIN5": (252, 368),  # the district's reach
        "TJ-AF-2024-11-A": (0, 376),  # Khatlon's reach, from the mouth up
    }


def test_the_ground_is_the_same_again_and_small():
    again = strip_ground(tables(), load_areas(tables().places, load_river()))
    assert json.dumps(again) == json.dumps(ground())
    assert len(json.dumps(ground(), ensure_ascii=False)) < 8_000


@settings(deadline=None, max_examples=30)
@given(st.floats(0, 1340), st.floats(5, 300))
def test_no_reach_leaves_the_panj(low, width):
    class Anywhere:
        river, polygons = areas().river, {}

        @staticmethod
        def reach(place_id):
            return (low, low + width) if place_id == "tj-kt" else None

    found = [one for one in strip_ground(tables(), Anywhere)["regions"] if one["id"] == "tj-kt"]
    assert all(0 <= one["from"] <= one["to"] <= 914 for one in found)
    assert bool(found) == (low <= 914 + RIVER_KM_OFFSET and low + width >= RIVER_KM_OFFSET)
