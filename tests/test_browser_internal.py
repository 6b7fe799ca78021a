"""An internal page in a browser: the mark is in sight everywhere and in what is saved; passages are text."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_reports import REPORTS, made_tables, write_folder, write_reports
from package_reader import texts_in

from panjmap.data.internal import MARK
from panjmap.render.write import write_map

pytestmark = pytest.mark.browser

PAYLOAD = "</script><img src=x onerror=alert(1)>{{7*7}}"


@pytest.fixture(scope="module")
def internal_map(tmp_path_factory) -> Path:
    above = tmp_path_factory.mktemp("internal")
    texts = REPORTS | {"made-1": REPORTS["made-1"][:45] + PAYLOAD + REPORTS["made-1"][45:]}
    data, reports = write_folder(above / "data", made_tables(texts)), write_reports(above / "texts", texts)
    return write_map(above / "map.html", folder=data, internal=True, reports=reports).path


@pytest.mark.parametrize("width", [1400, 700, 360])
@pytest.mark.parametrize("address", ["", "?embed=1"])
def test_the_mark_is_in_sight_wherever_one_is_on_the_page(page_at, internal_map, width, address):
    visit = page_at(internal_map, width, 800, address=address)
    page = visit.page
    for where in (0, 700, 100_000):
        page.evaluate("y => scrollTo(0, y)", where)
        seen = page.locator(".internal").evaluate(
            "node => { const b = node.getBoundingClientRect(); return [b.top, b.bottom, innerHeight,"
            " document.elementFromPoint(innerWidth / 2, b.top + 6).closest('.internal') === node] }"
        )
        assert 0 <= seen[0] < seen[1] <= seen[2]
        assert seen[3], "something lies over the mark"
    assert MARK in page.locator(".internal").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert MARK in page.title()
    visit.assert_quiet()


def test_the_mark_is_there_without_scripts_and_on_paper(page_at, internal_map):
    page = page_at(internal_map, js=False).page
    assert page.locator(".internal").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".internal").is_visible()


@pytest.mark.parametrize("kind", ["csv", "geojson", "svg", "png"])
def test_what_is_saved_from_the_page_is_marked(page_at, internal_map, tmp_path, kind):
    page = page_at(internal_map).page
    page.locator(".share-button").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-share={kind}]").click()
    saved = waiting.value
    assert saved.suggested_filename.endswith(f".internal.{kind}")
    saved.save_as(tmp_path / "x")
    data = (tmp_path / "x").read_bytes()
    if kind != "png":  # a picture: its title is drawn, as in the SVG
        assert any(MARK in text for text in texts_in(data))
    if kind == "csv":
        lines = data.decode("utf-8-sig").splitlines()
        assert lines[0].endswith(",internal")
        assert all(line.endswith(f",{MARK}") for line in lines[1:])


def test_a_card_shows_the_passages_as_text_and_saves_them_with_the_mark(page_at, internal_map, tmp_path):
    visit = page_at(internal_map, address="#sel=TJ-AF-2025-M-RAIDS")
    page = visit.page
    quotes = page.locator(".detail blockquote").all_inner_texts()
    assert any(PAYLOAD in quote for quote in quotes)
    assert page.locator("#table .passages q").filter(has_text=PAYLOAD).count() == 1
    with page.expect_download() as waiting:
        page.locator(".detail .actions button", has_text="CSV").click()
    waiting.value.save_as(tmp_path / "x.csv")
    header, *rows = (tmp_path / "x.csv").read_text("utf-8-sig").splitlines()
    assert header.endswith(",quote,internal")
    assert any(PAYLOAD in row for row in rows)
    visit.assert_quiet()
