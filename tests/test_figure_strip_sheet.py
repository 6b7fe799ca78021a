"""The strip on paper: every size of any data, words and numbers in the file, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import shapely
from figure_case import at_places, packaged, scene_with, texts_in

from panjmap.data.coverage import coverage
from panjmap.data.model import Kind, RecordType
from panjmap.render.figure import figure_bytes
from panjmap.render.figures.options import SIZES, FigureOptions
from panjmap.render.figures.strip import strip_canvas
from panjmap.render.prepare import read_scene, scene_from
from panjmap.render.selection import selected

SVG = "{http://www.w3.org/2000/svg}"


@cache
def scene():
    return read_scene()


@cache
def drawn(size):
    return strip_canvas(scene(), FigureOptions(size=size, strip=True))


def plain(text):
    return " ".join(text.replace("\xa0", " ").split())


def words(canvas):
    return plain(" ".join(canvas.texts))


@pytest.mark.parametrize("size", SIZES)
def test_no_type_is_smaller_than_six_points(size):
    assert drawn(size).smallest >= 6.0


@pytest.mark.parametrize("size", SIZES)
def test_title_and_what_the_figure_is_not_are_part_of_it(size):
    heard = coverage(scene().published.tables, scene().evidence)
    assert plain(scene().options.title) in words(drawn(size))
    assert heard.not_complete_line in words(drawn(size))


@pytest.mark.parametrize("size", SIZES)
def test_every_record_of_the_axes_is_labelled_with_what_reports_say(size):
    text = words(drawn(size))
    for label in ("Drone strike, 3 killed", "Clash at Kavo, 3 killed", "Clash, 5 killed", "Armed attack, 1 killed"):
        assert label in text
    assert "Attack, 2 killed" in text
    assert "gunmen or drone" in text


@pytest.mark.parametrize("size", ["full", "column"])
def test_what_has_no_place_in_the_strip_is_named_with_its_numbers(size):
    text = words(drawn(size))
    assert "Operation against alleged smugglers, 7 claimed killed, 2 bodies found" in text
    assert "Place not reported; stated on 22 Nov 2025" in text
    for said in ("Order to leave", "House searches", "Kokul, Shohon, Humrogi", "OpenStreetMap", "Boundaries and names"):
        assert said in text


def test_a_card_is_1200_by_630_pixels_and_counts_what_it_leaves_out():
    canvas = drawn("social")
    assert canvas.height * canvas.unit_mm == pytest.approx(SIZES["social"].height_mm)
    assert "Not on this strip: 3 records" in words(canvas)


def test_the_legend_holds_what_is_drawn_and_nothing_else():
    text = words(drawn("full"))
    for entry in ("Named place", "Stretch of the river", "District", "Region", "Day assumed", "May be the same event"):
        assert entry in text
    alone = strip_canvas(selected(scene(), types=["drone_strike"], window=window("2025-11-26", "2025-11-26")), strip())
    assert "Stretch of the river" in words(alone)
    for entry in ("Named place", "Day assumed", "May be the same event", "Armed clash", "number in"):
        assert entry not in words(alone)


def strip(**options):
    return FigureOptions(strip=True, **options)


def window(first, last):
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def test_records_that_may_lie_outside_the_window_are_marked():
    canvas = strip_canvas(selected(scene(), window("2025-11-01", "2025-12-10")), strip())
    text = words(canvas)
    assert "Dec 2025 \N{DAGGER}" in text
    assert "26 Nov 2025, somewhere on the Tajik bank, km 252\N{EN DASH}368 \N{DAGGER}" not in text
    assert "May lie outside what is shown" in text


def test_names_in_other_scripts_stand_where_they_are_known_and_latin_ones_elsewhere():
    tajik, persian = (strip_canvas(scene(), strip(names=names)).texts for names in ("tg", "fa"))
    assert {"Хоруғ", "Панҷ", "Хатлон", "Imam Sahib"} <= set(tajik)
    assert {"خاروغ", "پنج", "ختلان", "Chubek"} <= set(persian)


def test_a_hidden_name_and_a_hidden_label_are_not_written():
    text = words(strip_canvas(scene(), strip(hide=("Khorugh", "TJ-AF-2025-12-KAVO"))))
    assert "Khorugh" not in text
    assert "Clash at Kavo" not in text
    assert "Ishkoshim" in text


#: Towns and villages by the Panj, on both banks.
TOWNS = tuple(
    p.place_id for p in packaged().places if p.level == "settlement" and p.lonlat and p.country in ("TJ", "AF")
)
AFGHAN = tuple(p.place_id for p in packaged().places if p.country == "AF" and p.level == "settlement" and p.lonlat)


@cache
def spread(count):
    """A scene of many made-up attacks at towns, over three years."""
    tables = packaged()
    model = next(r for r in tables.records if r.record_id == "TJ-AF-2025-11-30-A")
    link = next(one for one in tables.record_places if one.record_id == model.record_id and one.role == "event")
    decision = next(d for d in tables.decisions if d.attribute == "place")
    records, links, decisions = [], [], []
    for number in range(count):
        record_id, day = f"X-{number}", dt.date(2023, 1, 1) + dt.timedelta(days=number * 379 % 1060)
        operation = {"kind": Kind.STATE_OPERATION, "type": RecordType.COUNTER_OPERATION, "claimed_types": ()}
        kind = operation if number % 7 == 3 else {}
        dated = {"date_start": day, "date_end": day + dt.timedelta(days=(0, 0, 6, 30)[number % 4])}
        place = TOWNS[number % len(TOWNS)]
        records.append(model.model_copy(update={"record_id": record_id, "title": f"Event {number}", **dated, **kind}))
        links.append(link.model_copy(update={"record_id": record_id, "place_id": place}))
        decisions.append(decision.model_copy(update={"record_id": record_id, "chosen": place, "source": "a gazetteer"}))
    made = {"records": records, "record_places": links, "decisions": decisions}
    empty = {"claims": (), "relations": (), "changes": ()}
    return scene_from(tables._replace(**{name: tuple(rows) for name, rows in made.items()}, **empty), tables.places)


SCENES = {
    "the five reports": scene_with,
    "one record": lambda: scene_with("TJ-AF-2025-11-26-A"),
    "one record without a place": lambda: scene_with("TJ-AF-2025-11-22-A"),
    "only Afghan records": lambda: at_places(*AFGHAN[:9]),
    "twenty of one day": lambda: at_places(*TOWNS[:20]),
    "twenty at one village": lambda: at_places(*TOWNS[:1] * 20),
    "forty": lambda: spread(40),
    "a hundred": lambda: spread(100),
    "three hundred": lambda: spread(300),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", SCENES)
def test_nothing_written_covers_anything_written_and_nothing_leaves_the_sheet(case, size):
    canvas = strip_canvas(SCENES[case](), FigureOptions(size=size, strip=True))
    sheet = shapely.box(0, 0, canvas.width, canvas.height).buffer(0.5)
    everywhere = texts_in(canvas, "figure")
    for words_, box in everywhere:
        assert sheet.contains(box), words_
    boxes = [box for _, box in everywhere]
    for i, j in shapely.STRtree(boxes).query(boxes, predicate="intersects").T.tolist():
        assert i == j or boxes[i].intersection(boxes[j]).area < 2.0, f"{everywhere[i][0]} / {everywhere[j][0]}"
    assert canvas.smallest >= 6.0


@pytest.mark.parametrize("size", ["full", "column"])
def test_many_records_are_counted_in_cells_and_what_is_beside_is_counted_too(size):
    text = words(strip_canvas(spread(300), FigureOptions(size=size, strip=True)))
    assert "Attacks and clashes, number in" in text
    assert "State operations, number in" in text
    assert re.search(r"and \d+ more", text)
    assert "Each box counts the records" in text


def test_without_any_record_the_strip_says_so():
    empty = selected(scene(), types=["house_searches"])
    for size in SIZES:
        text = words(strip_canvas(empty, FigureOptions(size=size, strip=True)))
        assert "No record has both a day and a place along the river" in text
        assert "This does not mean that nothing happened" in text


def test_the_svg_keeps_its_words_as_words_and_its_parts_in_named_groups():
    data = figure_bytes(scene(), strip(title="<script>$x^2$ & {{7*7}}"), ["svg"])["svg"]
    tree = ET.fromstring(data)  # noqa: S314 - our own
    texts = plain(" ".join(node.text or "" for node in tree.iter(f"{SVG}text")))
    assert "<script>$x^2$ & {{7*7}}" in texts
    assert "26 Nov 2025, Tajik bank" in texts
    groups = {node.get("id") for node in tree.iter(f"{SVG}g")}
    parts = {"strip-ground", "strip-time", "strip-boxes", "strip-symbols", "strip-labels", "legend", "not-on-the-strip"}
    assert parts <= groups


def test_no_text_leaves_the_sheet():
    data = figure_bytes(scene(), strip(), ["svg"])["svg"]
    tree = ET.fromstring(data)  # noqa: S314 - our own
    _, _, width, height = map(float, tree.get("viewBox").split())
    for node in tree.iter(f"{SVG}text"):
        found = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", node.get("transform") or "")
        x, y = map(float, found.groups()) if found else (float(node.get("x")), float(node.get("y")))
        assert 0 <= x <= width
        assert 0 <= y <= height


CODE = """
import hashlib
from panjmap.render.figure import figure_bytes
from panjmap.render.figures.options import FigureOptions
from panjmap.render.prepare import read_scene, scene_from
files = figure_bytes(read_scene(), FigureOptions(strip=True), ["png", "svg", "pdf"])
print(*(hashlib.sha256(files[form]).hexdigest() for form in sorted(files)))
"""


def test_the_same_strip_has_the_same_bytes_whatever_the_hash_seed():
    root = Path(__file__).resolve().parents[2]
    sums = set()
    for seed in ("0", "1234"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        sums.add(done.stdout)
    assert len(sums) == 1
