"""Tables, features and files that leave the page: the pure functions, called in a browser, read by other programs."""

from __future__ import annotations

import csv
import io
import re

import pytest
import shapely
from shapely.geometry import shape

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page_at, built_map):
    return page_at(built_map).page


def parsed(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_comes_back_as_it_went_in(page):
    rows = [["plain", 'say "so"', "a, b"], ["two\nlines", " blank ", "فارسی"], [None, 3, 0.5], [-4, True, ["x", "y"]]]
    text = page.evaluate("rows => panjmap.rows.csv(['one', 'two', 'three'], rows)", rows)
    assert text.startswith("\ufeffone,two,three\r\n")
    wanted = [
        ["plain", 'say "so"', "a, b"],
        ["two\nlines", " blank ", "فارسی"],
        ["", "3", "0.5"],
        ["-4", "true", "x; y"],
    ]
    assert parsed(text)[1:] == wanted


FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "\uff1d1", "\u00a0@x"]


def test_a_spreadsheet_finds_no_formula_whatever_it_parts_cells_by(page):
    texts = [before + text for before in ("", "harmless;", "harmless\t", "harmless\n") for text in FORMULAS]
    for written in page.evaluate("texts => texts.map(panjmap.rows.cell)", texts):
        parts = re.split(r"[;\t\r\n]", written.strip('"'))
        assert not [part for part in parts if re.match(r"[\s\u200b]*[=+@\uff1d-]", part)], written


NAMES = [
    ("TJ-AF-2025-12-KAVO", "TJ-AF-2025-12-KAVO.csv"),
    ("../../etc/passwd", "etc-passwd.csv"),
    ("Атака / حمله", "panjmap.csv"),
    ("con", "panjmap-con.csv"),
    ("a" * 300, "a" * 80 + ".csv"),
    ('q"<>|:*?', "q.csv"),
]


def test_every_system_takes_the_name_of_a_file(page):
    made = page.evaluate("texts => texts.map(text => panjmap.rows.fileName(text, 'csv'))", [text for text, _ in NAMES])
    assert made == [name for _, name in NAMES]


FEATURES = """() => {
    const {store, rows} = panjmap;
    return rows.collection(store.records.map(r => rows.feature(r, store.areas[r.id], {title: r.title})));
}"""


def test_features_are_valid_wound_right_and_only_where_something_is_drawn(page):
    found = page.evaluate(FEATURES)["features"]
    drawn = {feature["id"]: feature["geometry"] for feature in found if feature["geometry"]}
    assert len(found) == 18
    assert len(drawn) == 6
    # A point only for a settlement: where an area is known, its symbol's place is not given as the event's.
    points = {record_id for record_id, geometry in drawn.items() if geometry["type"] == "Point"}
    assert points == {"TJ-AF-2025-12-KAVO", "TJ-AF-2025-11-30-A"}
    for geometry in drawn.values():
        assert shape(geometry).is_valid
        if geometry["type"] == "MultiPolygon":
            outers = [shapely.LinearRing(rings[0]) for rings in geometry["coordinates"]]
            assert all(ring.is_ccw for ring in outers)


SAVED = "() => panjmap.files.download('a b.csv', 'one,two', 'text/csv')"


def test_a_file_is_saved_with_its_name_and_content(page):
    with page.expect_download() as waiting:
        assert page.evaluate(SAVED) is True
    assert waiting.value.suggested_filename == "a b.csv"
    assert waiting.value.path().read_text(encoding="utf-8") == "one,two"


def test_in_a_sandbox_nothing_is_offered_that_would_fail(page_at, built_map):
    text = built_map.read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    visit = page_at(f'<!doctype html><title>Host</title><iframe sandbox="allow-scripts" srcdoc="{text}"></iframe>')
    frame = visit.page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    assert frame.evaluate("panjmap.files.allowed()") is False
    assert frame.evaluate(SAVED) is False
