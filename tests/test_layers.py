"""Layers, legend and drawing instructions: only what is drawn, in the country of the event, nothing at a centroid."""

from __future__ import annotations

import pytest
import shapely
from page_case import NORTH, RIVER, SHAPES, crowd, scene_of

from panjmap.data.model import Kind, Precision
from panjmap.render.drawing import anchor
from panjmap.render.layers import ground_layers, layers, legend
from panjmap.render.outlines import areas_block, flat
from panjmap.render.placed import not_located


@pytest.fixture(scope="module")
def scene():
    return scene_of()


def test_attacks_are_layers_by_type_and_other_kinds_are_layers_of_their_own(scene):
    found = {layer.id: layer for layer in layers(scene.rows)}
    assert list(found) == [
        "type-drone_strike",
        "type-armed_attack",
        "type-armed_incursion",
        "state_operation",
        "measure",
    ]
    assert {layer_id: layer.count for layer_id, layer in found.items()} == {
        "type-drone_strike": 1,
        "type-armed_attack": 2,
        "type-armed_incursion": 2,
        "state_operation": 1,
        "measure": 2,
    }
    assert not found["state_operation"].switchable
    assert "not located" in found["state_operation"].legend.note
    listed = [record for layer in found.values() for record in layer.record_ids]
    assert len(listed) == len(set(listed))
    kinds = {row.record_id: row.kind for row in scene.rows}
    assert {kinds[record] for record in listed} == {Kind.ATTACK, Kind.STATE_OPERATION, Kind.MEASURE}


def test_the_legend_names_what_is_drawn_and_nothing_else(scene):
    parts = {part.heading: part.entries for part in scene.legend}
    precisions = [entry.symbol_id for entry in parts["How precisely reports place it"]]
    assert precisions == [
        "sym-attack-settlement",
        "sym-attack-reach",
        "sym-attack-district",
        "sym-attack-region",
        "sw-leader",
        "sw-same",
    ]
    assert [entry.layer_id for entry in parts["Base map"]] == ["places", "border", "regions", "districts", "relief"]
    assert len(parts["What happened"]) == 5
    assert legend((), (), ()) == ()


def test_a_base_map_part_that_is_missing_is_no_layer():
    assert [layer.id for layer in ground_layers({"border": 1, "roads": 0}, "x", approximate=True)] == ["border"]


def test_what_is_not_located_is_counted_and_responses_are_not_missed(scene):
    assert [row.record_id for row in not_located(scene.rows)] == ["TJ-AF-2025-11-22-A"]


def test_two_records_that_may_be_one_event_are_joined_once(scene):
    assert scene.links == (("TJ-AF-2025-12-KAVO", "TJ-AF-2025-12-SHOHIN5"),)


def test_disputed_means_are_drawn_with_the_neutral_glyph(scene):
    row = next(row for row in scene.rows if row.record_id == "TJ-AF-2025-11-30-A")
    assert row.symbol_id == "sym-attack-settlement"


def test_anchors_lie_on_the_outline_and_leave_into_the_country_of_the_event(scene):
    areas = {drawing.row.record_id: drawing for drawing in scene.drawn if drawing.area}
    assert set(areas) == {record for record, (_, shape) in SHAPES.items() if shape.geom_type != "Point"}
    for drawing in areas.values():
        for (x, y), (east, north) in zip(drawing.edges, drawing.directions, strict=True):
            assert shapely.distance(drawing.geometry.boundary, shapely.Point(x, y)) < 0.001
            token = shapely.Point(x + east * 0.1, y + north * 0.1)
            assert NORTH.contains(token)
            assert not shapely.LineString([(x + east * 0.03, y + north * 0.03), token]).crosses(RIVER)
    assert len(areas["TJ-AF-2025-M-RAIDS"].edges) == 2
    assert areas["TJ-AF-2025-M-RAIDS"].area == "measure"


def test_an_area_is_never_anchored_at_its_centre(scene):
    for drawing in scene.drawn:
        if drawing.area:
            assert not drawing.geometry.centroid.buffer(0.02).contains(shapely.Point(anchor(drawing)))


def test_areas_travel_as_whole_numbers_and_come_back(scene):
    block = areas_block(scene.drawn)
    assert block["records"]["TJ-AF-2025-11-26-A"]["class"] == "reach"
    assert "TJ-AF-2025-12-KAVO" not in block["records"]
    shape = block["shapes"][block["records"]["TJ-AF-2024-11-A"]["shape"]]
    assert shape["name"] == "Shohin District"
    (ring,) = shape["polygons"][0]
    points, x, y = [], 0, 0
    for dx, dy in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 10_000, y / 10_000))
    assert shapely.Polygon(points).equals(SHAPES["TJ-AF-2024-11-A"][1])


def test_records_of_one_area_share_its_outline():
    shape = SHAPES["TJ-AF-2025-12-SHOHIN5"]
    change, _ = crowd(30)
    block = areas_block(scene_of(change, shapes=SHAPES | {f"X-{i}": shape for i in range(30)}).drawn)
    numbers = {block["records"][f"X-{i}"]["shape"] for i in range(30)}
    assert numbers == {block["records"]["TJ-AF-2025-12-SHOHIN5"]["shape"]}
    assert len(block["shapes"]) == 4


def test_repeated_points_are_left_out():
    assert flat([(70, 37), (70, 37), (70.0001, 37)]) == [700000, 370000, 1, 0]


def test_no_record_at_all_is_drawn_and_listed_without_error():
    empty = scene_of(shapes={})
    assert empty.drawn == ()
    assert len(empty.rows) == 18
    assert {row.precision for row in empty.rows} == {Precision.UNKNOWN}
