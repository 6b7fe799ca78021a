"""What a map shows: the Panj, and every record that would else not be seen."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from panjmap.render.frame import PANJ, Frame, decoded, frame_around, home_views

KAVO, PAMIR, HERAT = shapely.Point(70.0, 37.7), shapely.Point(74.5, 37.3), shapely.Point(62.2, 34.35)


def test_records_in_view_leave_the_home_view_as_it_is():
    reaching_out = shapely.box(70, 38, 75, 40)
    assert home_views([KAVO, reaching_out]) == PANJ
    assert home_views([]) == PANJ


@pytest.mark.parametrize("away", [PAMIR, HERAT, shapely.box(73, 39.5, 74, 41)])
def test_a_record_out_of_view_is_brought_into_it_with_a_margin(away):
    for box, least in zip(home_views([KAVO, away]), PANJ, strict=True):
        assert shapely.box(*box).contains(away.buffer(0.2))
        assert shapely.box(*box).contains(shapely.box(*least))


def test_a_record_may_be_out_of_the_narrow_view_alone():
    home = home_views([shapely.Point(67.8, 37.5)])
    assert home.wide == PANJ.wide
    assert home.narrow[0] < 67.8


def test_a_home_view_ends_where_the_projection_does():
    assert home_views([shapely.Point(-180, -90)]).wide[:2] == (-180.0, -85.0)


def test_pixels_run_right_and_down_from_the_north_west_corner():
    frame = Frame((67.0, 36.0, 72.0, 39.0), 1000)
    corners = frame.pixels(np.array([[67.0, 39.0], [72.0, 36.0]]))
    assert corners[0] == pytest.approx([0, 0], abs=1e-6)
    assert corners[1] == pytest.approx([1000, frame.height], abs=0.5)


def test_coded_lines_come_out_in_pixels():
    frame = Frame((67.0, 36.0, 72.0, 39.0), 1000)
    (line,) = decoded(frame, [[680000, 370000, 10000, 0], [1, 2]], 10_000)
    assert line == pytest.approx(frame.pixels(np.array([[68.0, 37.0], [69.0, 37.0]])))


def test_a_frame_grows_for_an_area_that_it_would_cut_at_its_edge_only():
    box = PANJ.wide
    little, much = shapely.box(69, 38.5, 69.5, 39.15), shapely.box(69, 38.5, 69.5, 40)
    assert frame_around(box, [little], 960).box == (*box[:3], pytest.approx(39.18))
    assert frame_around(box, [much], 960).box == box


@pytest.mark.parametrize("box", [(67.0, 20.0, 72.0, 60.0), (20.0, 37.0, 120.0, 38.0)])
def test_a_sheet_is_neither_a_tower_nor_a_ribbon(box):
    frame = frame_around(box, [], 960)
    assert 0.49 * 960 <= frame.height <= 1.01 * 960
    assert shapely.box(*frame.box).covers(shapely.box(*box).buffer(-1e-6))
