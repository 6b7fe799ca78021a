"""The page with nothing, with one, with many records, and with titles that nobody planned for."""

from __future__ import annotations

import pytest
from page_case import SHAPES, crowd, scene_of

from panjmap.render.page import render

pytestmark = pytest.mark.browser

SIZES = ((1400, 900), (360, 780))
CAMP = "TJ-AF-2025-11-26-A"
INSIDE = """() => {
    const size = panjmap.map.map.getSize();
    return Object.values(panjmap.symbols.last.plan.tokens)
        .filter(({at: [x, y]}) => x < 0 || y < 0 || x > size.x || y > size.y).length;
}"""

DRAWING_MS = "(() => { const t = performance.now(); panjmap.symbols.draw(); return performance.now() - t; })()"


def crowded(count, **options):
    change, shapes = crowd(count, **options)
    return render(scene_of(change, shapes=SHAPES | shapes))


def without_records(tables):
    empty = dict.fromkeys(("records", "record_places", "claims", "relations", "decisions", "changes"), ())
    return tables._replace(**empty)


def one_record(tables):
    record = next(r for r in tables.records if r.record_id == CAMP)
    claims = tuple(c for c in tables.claims if c.record_id == CAMP)
    return without_records(tables)._replace(records=(record,), claims=claims)


@pytest.mark.parametrize(("change", "tokens"), [(without_records, 0), (one_record, 1)])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_record_or_one(page_at, axe, change, tokens, width, height):
    visit = page_at(render(scene_of(change)), width, height)
    assert visit.page.locator("html[data-ready]").count() == 1
    assert visit.page.locator("[data-token]").count() == tokens
    if not tokens:
        assert "No records" in visit.page.inner_text("#panel-list")
    visit.assert_quiet()
    assert axe(visit) == []


@pytest.mark.parametrize("title", ["A word " * 300, "حمله به کارگران معدن در ناحیه شمس‌الدین شاهین", "x" * 2000])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_long_and_right_to_left_titles_stay_in_the_window(page_at, title, width, height):
    visit = page_at(crowded(2, title=lambda _: title), width, height)
    visit.page.evaluate("panjmap.panel.select('X-0', 'map')")
    visit.page.wait_for_selector("#detail-title")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.assert_quiet()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_fifty_records_at_one_point_stand_in_a_rack_inside_the_map(page_at, width, height):
    visit = page_at(crowded(50, at=lambda _: (69.5, 38.2)), width, height)
    assert visit.page.locator("[data-token]").count() >= 50
    assert visit.page.evaluate(INSIDE) == 0
    assert visit.page.locator(".leader .dot").count() <= 2
    visit.assert_quiet()


def test_a_hundred_and_forty_records_are_drawn_plain_and_fast(page_at):
    visit = page_at(crowded(140, at=lambda i: (68.2 + i % 25 / 9, 37.3 + i // 25 / 9)))
    assert visit.page.locator("[data-token]").count() >= 140
    assert visit.page.locator("[data-token][tabindex='0']").count() == 1
    took = visit.page.evaluate(DRAWING_MS)
    assert took < 3000  # a tenth of this on an idle machine
    visit.assert_quiet()
