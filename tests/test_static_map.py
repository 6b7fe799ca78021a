"""The static map: small, without scripts or styles in attributes, legible, and honest about where things are."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from page_case import NORTH, SHAPES, crowd, scene_of

from panjmap.data.model import Kind, RecordType
from panjmap.data.text import clean
from panjmap.render.crowd import cell_text, cells
from panjmap.render.frame import PANJ, Frame
from panjmap.render.lettering import Text, text_width
from panjmap.render.map_names import write_names
from panjmap.render.placement import Space
from panjmap.render.static_map import WIDTH, static_css, static_map
from panjmap.render.static_sheet import Sheet, path

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame(PANJ.wide, WIDTH)


@pytest.fixture(scope="module")
def scene():
    return scene_of()


@pytest.fixture(scope="module")
def svg(scene) -> ET.Element:
    return ET.fromstring(str(static_map(scene)))  # noqa: S314 - our own text


def test_it_is_small(scene):
    assert len(str(static_map(scene)).encode()) <= 60_000


def test_it_uses_presentation_attributes_only_and_loads_nothing(svg):
    for element in svg.iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        assert not any(name.endswith("href") for name in element.attrib)
        assert element.tag.removeprefix(SVG) not in ("script", "style", "image", "foreignObject", "use")
        assert element.get("id", "sm-").startswith("sm-")


def test_its_description_says_what_the_map_says(svg):
    words = " ".join(svg.find(f"{SVG}desc").text.split())
    assert "Not a complete record. Nothing here is independently verified." in words
    assert "6 workers reported killed in 3 attacks, all Chinese nationals." in words
    assert "Drone strike, 3 killed" in words
    assert "Not on the map: State operation" in words
    assert svg.get("aria-labelledby") == "sm-title sm-desc"


def test_every_drawn_record_is_labelled(svg, scene):
    texts = {"".join(text.itertext()) for text in svg.iter(f"{SVG}text")}
    for first in (
        "Drone strike, 3 killed",
        "Attack, 2 killed · gunmen or drone",
        "Armed attack, 1 killed",
        "House searches",
    ):
        assert any(text.startswith(first) for text in texts), first
    assert "50 km" in texts
    assert "N" in texts


def test_labels_do_not_overlap(svg):
    boxes = []
    for text in svg.iter(f"{SVG}text"):
        spans = text.findall(f"{SVG}tspan")
        if len(spans) != 2:
            continue
        size = [float(span.get("font-size")) for span in spans]
        width = max(
            text_width(Text(span.text, s, bold=i == 0)) for i, (span, s) in enumerate(zip(spans, size, strict=True))
        )
        x, y = float(spans[0].get("x")), float(spans[0].get("y"))
        left = {"start": x, "middle": x - width / 2, "end": x - width}[text.get("text-anchor")]
        boxes.append(shapely.box(left, y - size[0], left + width, float(spans[1].get("y"))))
    assert len(boxes) == 6
    for i, one in enumerate(boxes):
        for two in boxes[i + 1 :]:
            assert one.intersection(two).area < 0.05 * min(one.area, two.area)


def test_tokens_of_areas_stand_in_the_country_of_the_event_and_off_their_area(svg, scene):
    land = shapely.transform(NORTH, FRAME.pixels)
    tokens = [
        shapely.Point(*map(float, re.findall(r"-?[\d.]+", group.get("transform"))[:2]))
        for group in svg.iter(f"{SVG}g")
        if "translate" in group.get("transform", "") and "scale" not in group.get("transform")
    ]
    assert len(tokens) == 5  # the measure has no token
    for token in tokens:
        assert land.contains(token)
    hollow = [
        t
        for t in tokens
        if not any(t.distance(shapely.transform(d.geometry, FRAME.pixels)) < 1 for d in scene.drawn if not d.area)
    ]
    reach = next(shapely.transform(d.geometry, FRAME.pixels) for d in scene.drawn if d.area == "reach")
    assert all(token.distance(reach) > 10 for token in hollow)


def test_it_is_the_same_every_time(scene):
    assert static_map(scene) == static_map(scene_of())


def test_a_map_without_located_records_still_stands():
    text = str(static_map(scene_of(shapes={})))
    assert text[text.index("Not on the map: ") :].split("</desc>", maxsplit=1)[0].count("; ") == 5


def many(count, at=lambda i: (68.2 + i % 25 / 9, 37.3 + i // 25 / 9)):
    """Records at points, and as many in one district."""
    change, shapes = crowd(count, at=at)
    in_district = {f"X-{i}": SHAPES["TJ-AF-2025-12-SHOHIN5"] for i in range(1, count, 2)}
    return scene_of(change, shapes=SHAPES | shapes | in_district)


def test_above_sixty_records_there_are_signs_without_labels():
    text = str(static_map(many(80)))
    assert len(text.encode()) < 60_000
    assert "Armed attack" not in text.split("</desc>")[1]
    assert text.count('r="5.5"') == 85


def test_above_a_hundred_and_fifty_records_there_are_circles_with_their_number():
    scene = many(400)
    text = str(static_map(scene))
    assert len(text.encode()) < 60_000
    drawn = ET.fromstring(text)  # noqa: S314 - our own text
    numbers = [int(node.text) for node in drawn.iter(f"{SVG}text") if (node.text or "").isdigit()]
    assert sum(numbers) == len(scene.drawn) == 406
    assert "201 attacks and clashes in Shohin District" in text
    assert "The table lists every record." in text


def test_no_circle_mixes_attacks_with_measures_or_state_operations():
    def change(tables):
        kinds = [(Kind.ATTACK, RecordType.ARMED_ATTACK), (Kind.MEASURE, RecordType.HOUSE_SEARCHES)]
        kinds.append((Kind.STATE_OPERATION, RecordType.COUNTER_OPERATION))
        base = crowd(180)[0](tables)
        records = [
            r.model_copy(update=dict(zip(("kind", "type"), kinds[i % 3], strict=True)))
            if r.record_id.startswith("X-")
            else r
            for i, r in enumerate(base.records)
        ]
        return base._replace(records=tuple(records))

    spot = ("settlement", shapely.Point(69.5, 38.2))
    found = cells(scene_of(change, shapes={f"X-{i}": spot for i in range(180)}).drawn)
    assert sorted((str(cell.kind), cell.count) for cell in found) == [
        ("attack", 60),
        ("measure", 60),
        ("state_operation", 60),
    ]
    assert {cell_text(cell) for cell in found} == {
        "60 attacks and clashes between river km 250 and 260",
        "60 state operations between river km 250 and 260",
        "60 measures against people between river km 250 and 260",
    }


def test_text_is_escaped():
    scene = scene_of(
        lambda tables: tables._replace(
            records=tuple(r.model_copy(update={"title": clean("<img onerror=x>&")}) for r in tables.records)
        )
    )
    text = str(static_map(scene))
    assert "<img" not in text
    assert "&lt;img onerror=x&gt;&amp;" in text


def test_a_phone_pans_it_rather_than_shrinking_its_texts():
    assert "#static-map{overflow-x:auto}" in static_css()
    assert re.search(r"#static-map svg\{[^}]*min-width:\d+px", static_css())


def test_its_classes_follow_the_palette():
    css = static_css()
    assert "#" not in css.replace("#static-map", "")
    assert ".sm-land{fill:var(--land)}" in css


def test_paths_are_clipped_and_rounded():
    line = shapely.LineString([(-500, 10), (WIDTH + 500, 10.04)])
    data = path(line, FRAME)
    assert max(abs(float(n)) for n in re.findall(r"-?[\d.]+", data)) < WIDTH + 20
    assert path(shapely.box(-50, -50, -40, -40), FRAME) == ""


def named(*names) -> str:
    sheet = Sheet(FRAME)
    write_names(sheet, (), names)
    return "".join(sheet.out)


def test_a_country_whose_name_just_leaves_the_sheet_is_named_at_its_edge():
    south = {"text": "AFGHANISTAN", "kind": "country", "lon": 69.85, "lat": 36.62}
    far = {"text": "PAKISTAN", "kind": "country", "lon": 69.85, "lat": 34.0}
    assert f'y="{FRAME.height - 12}"' in named(south)
    assert named(far) == ""


def test_a_river_is_named_twice_at_most_and_not_side_by_side():
    river = [{"text": "Panj", "kind": "river", "lon": lon, "lat": 38.0, "angle": 20} for lon in (68, 68.4, 69.5, 71)]
    assert named(*river).count("Panj") == 2
    assert named(*river[:2]).count("Panj") == 1


def test_a_label_moves_away_from_what_is_in_use():
    space = Space(400, 300)
    free = space.label((200, 150), [Text("Shudk", 14)], 10)
    assert free.align == "start"
    space.take(free.rect)
    assert space.label((200, 150), [Text("Shudk", 14)], 10).align == "end"


def test_a_token_without_room_stands_on_the_edge_of_its_area():
    space = Space(400, 300)
    edges, ways = np.array([[100.0, 100.0]]), np.array([[1.0, 0.0]])
    stand = space.stand(edges, ways, 13, [Text("x", 13)], lambda e, c: np.zeros(len(c), dtype=bool))
    assert stand.centre == stand.edge == (100.0, 100.0)
