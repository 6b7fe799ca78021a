"""Any name gets an answer, any point a place along the river or none."""

from __future__ import annotations

import json
import math
import unicodedata
import warnings

import numpy as np
import shapely
from any_tables import TEXT, examples, taken
from geopandas import GeoSeries
from hypothesis import example, given
from hypothesis import strategies as st

from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.gazetteer import Gazetteer, as_table
from panjmap.geo.names import fold, letters, plain_consonants, script_of, skeleton, sound, words
from panjmap.geo.plane import GEOD
from panjmap.geo.river import PANJ_KM, RIVER_KM_OFFSET, chainage, load_river

TABLES = read_tables(PACKAGED)
GAZETTEER = Gazetteer.from_tables(TABLES)
NAMES = sorted({*(place.name for place in TABLES.places), *(name.name for name in TABLES.place_names)})
RIVER = load_river()
TOTAL_KM = float(RIVER.border_km[-1])

#: Anything that may be written where a name is asked for, and names with anything in them.
WRITTEN = st.one_of(
    st.text(st.characters(), max_size=40),
    TEXT,
    st.tuples(st.sampled_from(NAMES), st.text(st.characters(), max_size=4)).map("".join),
    st.lists(
        st.sampled_from([*NAMES, ",", "(", ")", "-", "in", "district", "в", "ноҳияи", "ولسوالی", "'"]), max_size=6
    ).map(" ".join),
)


@examples(150)
@given(WRITTEN, st.none() | WRITTEN, st.none() | WRITTEN, st.none() | WRITTEN)
@example("a" * 5000, None, None, None)
@example("((((((((,,,,,,,,-----" * 50, None, None, None)
def test_any_name_gets_an_answer_whatever_stands_beside_it(query, country, parent, level):
    answer = GAZETTEER.lookup(query)
    assert answer.query == query
    assert as_table(answer)
    assert json.loads(json.dumps(answer.as_dict()))
    assert all(0 < candidate.score <= 1 for candidate in answer.candidates)
    found = taken(lambda: GAZETTEER.lookup(query, country=country, parent=parent, level=level))
    assert found is None or found.query == query


@examples(200)
@given(WRITTEN)
def test_a_spelling_folds_once_and_to_keys_of_its_own(text: str):
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(text.upper().lower()) == fold(text.lower()) or not text.isascii()
    script_of(text)
    for key in (plain_consonants, skeleton, sound):
        assert isinstance(key(folded), str)
    assert all(word for word in words(text))
    letters(text)


@examples(100)
@given(st.sampled_from(NAMES))
def test_letters_composed_or_not_are_the_same_name(name: str):
    plain, apart = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    assert GAZETTEER.lookup(plain).candidates == GAZETTEER.lookup(apart).candidates
    assert GAZETTEER.lookup(name.upper()).candidates[:1] == GAZETTEER.lookup(name.lower()).candidates[:1]


# ---------------------------------------------------------------- along the river


@examples(60)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_km_grow_along_the_line_and_lead_back_to_the_point(shares):
    km = sorted(share * TOTAL_KM for share in shares)
    found = chainage(GeoSeries([RIVER.point(one) for one in km], crs="EPSG:4326"), RIVER)
    back = found["border_km"].to_numpy()
    assert np.allclose(back, km, atol=0.01)
    assert (np.diff(back) >= -0.01).all()
    assert found["bank"].isna().all()
    on_panj = (back >= RIVER_KM_OFFSET) & (back <= RIVER_KM_OFFSET + PANJ_KM)
    assert (found["river_km"].notna().to_numpy() == on_panj).all()
    assert np.allclose((found["border_km"] - found["river_km"]).dropna(), RIVER_KM_OFFSET)
    assert (found["distance_km"] < 0.01).all()


@examples(60)
@given(st.floats(RIVER_KM_OFFSET + 1, RIVER_KM_OFFSET + PANJ_KM - 1), st.floats(0, 360), st.floats(0.05, 60))
def test_a_point_off_the_line_is_no_farther_than_it_was_moved_and_on_the_bank_where_it_lies(km, azimuth, away):
    at = RIVER.point(km)
    lon, lat, _ = GEOD.fwd(at.x, at.y, azimuth, away * 1000)
    moved = shapely.Point(lon, lat)
    row = chainage(GeoSeries([moved], crs="EPSG:4326"), RIVER).iloc[0]
    # Nearest is sought in a plane that is true within 0.2 %.
    assert row.distance_km <= away * 1.004 + 0.01
    # One bank has the other's country nowhere: the side of the line and the outline agree.
    south = bool(shapely.intersects(RIVER.south, moved))
    assert row.bank in (("Afghan", None) if south else ("Tajik", None))
    again = chainage(GeoSeries([shapely.Point(lon, lat)], crs="EPSG:4326"), RIVER).iloc[0]
    assert again.equals(row)


@examples(80)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=8))
@example([(180.0, 90.0), (-180.0, -90.0), (0.0, 0.0), (5e-324, -5e-324), (-110.0, -37.0)])
def test_any_place_on_earth_has_numbers_or_none(points):
    shapes = [shapely.Point(at) for at in points]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = chainage(GeoSeries([*shapes, None, shapely.Point()], crs="EPSG:4326"), RIVER)
    assert len(found) == len(points) + 2
    for at, row in zip(points, found.itertuples(), strict=False):
        numbers = (row.border_km, row.distance_km)
        if not all(map(math.isfinite, numbers)):
            # The other side of the earth has no place in the plane.
            assert all(map(math.isnan, numbers)), at
            assert GEOD.inv(*at, 70, 37.5)[2] > 10_000_000, at
        else:
            assert 0 <= row.border_km <= TOTAL_KM, at
            assert row.distance_km >= 0, at
        assert math.isnan(row.river_km) or 0 <= row.river_km <= PANJ_KM, at
        assert row.bank in ("Tajik", "Afghan", None), at
    assert found.iloc[-2:][["river_km", "border_km", "distance_km"]].isna().all(axis=None)
