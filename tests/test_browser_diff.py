"""The page of a difference in a browser: quiet, readable at every width, light and dark, and accessible."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_diff import FIVE_KILLED, KAVO, NOVEMBER, SHUDK, add, drop, set_cells, sixth_report

from panjmap.data.tables import PACKAGED
from panjmap.render.diff import read_difference
from panjmap.render.diff_html import as_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A difference with something of every kind."""
    new = tmp_path_factory.mktemp("state") / "new"
    shutil.copytree(PACKAGED, new)
    sixth_report(new)
    for record_id in (FIVE_KILLED, NOVEMBER, SHUDK):
        drop(new, record_id)
    row = {"date": "2026-02-04", "attribute": "record"}
    add(new, "changes", **row, record_id=FIVE_KILLED, new=f"merged: {KAVO}", reason="Both rows told of one clash.")
    add(new, "changes", **row, record_id=NOVEMBER, new="withdrawn", reason="The outlet took it back.")
    set_cells(new, "places", {"place_id": "kavok"}, lat="37.70", lon="70.03")
    return as_page(read_difference(Path(PACKAGED), new))


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (700, True), (360, False), (360, True)])
def test_the_page_fits_is_quiet_and_accessible(html, page_at, axe, width, dark):
    visit = page_at(html, width, 900, dark=dark)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    assert visit.page.locator("article").count() >= 4
    assert visit.page.get_by_role("heading", level=1).inner_text() == "What changed between two maps"
    assert axe(visit) == []
    visit.assert_quiet()


def test_before_and_after_are_named_at_every_width(html, page_at):
    wide, narrow = page_at(html, 1400, 900).page, page_at(html, 360, 900).page
    assert wide.get_by_role("columnheader", name="After").first.is_visible()
    named = narrow.locator("td.new").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert named in ("attr(data-l)", '"After"')
