"""Scale bar and inset: in which corners they stand."""

from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st

from panjmap.render.figures.corners import furnished

WIDTH, HEIGHT = 1016.0, 640.0
POINTS = st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT)), max_size=12)


def test_without_records_the_bar_is_lower_right_and_the_inset_upper_left():
    bar, inset = furnished(WIDTH, HEIGHT, [], inset=True)
    assert (bar[2], bar[3]) == (WIDTH, HEIGHT)
    assert inset is not None
    assert (inset[0], inset[1]) == (11.0, 11.0)


def test_an_area_moves_the_inset_and_not_the_bar():
    busy = [shapely.box(0, 0, 300, 300), shapely.box(800, 500, WIDTH, HEIGHT)]
    bar, inset = furnished(WIDTH, HEIGHT, busy, inset=True)
    assert (bar[2], bar[3]) == (WIDTH, HEIGHT)
    assert inset is not None
    assert not shapely.box(*inset).intersects(busy[0])


def test_with_a_place_in_every_corner_there_is_no_inset():
    busy = [shapely.Point(x, y) for x in (60, WIDTH - 60) for y in (60, HEIGHT - 60)]
    assert furnished(WIDTH, HEIGHT, busy, inset=True)[1] is None


@given(POINTS)
def test_no_place_is_hidden_where_a_corner_is_free(places):
    busy = [shapely.Point(at) for at in places]
    bar, inset = furnished(WIDTH, HEIGHT, busy, inset=True)
    for at in busy:
        assert inset is None or not shapely.box(*inset).intersects(at)
    if len(places) < 4 and inset is None:
        assert not any(shapely.box(*bar).intersects(at) for at in busy)
    if inset is not None:
        assert not shapely.box(*inset).intersects(shapely.box(*bar))
