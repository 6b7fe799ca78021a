"""The page on paper: A4, in colour or grey, with everything on it and nothing cut."""

from __future__ import annotations

import re
import zlib

import pytest

pytestmark = pytest.mark.browser

CAMP = "TJ-AF-2025-11-26-A"
#: Width of the text on A4 with the page's margins, in CSS pixels.
PAPER = 710
VISIBLE = """selector => [...document.querySelectorAll(selector)].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(node).visibility === 'visible';
}).length"""


@pytest.fixture
def on_paper(page_at, built_map):
    """Open the page, prepared for printing at the width of the paper."""

    def opened(address="", *, js=True, **options):
        visit = page_at(built_map, PAPER if not js else 1400, 1000, js=js, address=address, **options)
        if js:
            visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
            visit.page.set_viewport_size({"width": PAPER, "height": 1000})
        visit.page.emulate_media(media="print")
        return visit

    return opened


def texts_on_pages(data):
    """Count the texts on each page of a PDF as Chromium writes it."""
    objects = dict(re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", data, re.DOTALL))
    found = []
    for body in objects.values():
        if re.search(rb"/Type\s*/Page\b", body):
            number = re.search(rb"/Contents (\d+) 0 R", body)[1]
            drawing = zlib.decompress(re.search(rb"stream\r?\n(.*?)\r?\nendstream", objects[number], re.DOTALL)[1])
            found.append(len(re.findall(rb"\bT[jJ]\b", drawing)))
    return found


@pytest.mark.parametrize("js", [True, False])
def test_map_legend_table_sources_and_notes_are_printed_and_nothing_is_cut(on_paper, js):
    page = on_paper(js=js).page
    for part in ("#static-map svg", "#legend", "#table table", "#source-list", "#glossary", ".foot p", ".deck", "#how"):
        assert page.locator(part).first.is_visible(), part
    assert page.locator("#table tbody tr").count() == 18
    assert all(row.is_visible() for row in page.locator("#table tbody tr").all())
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    for hidden in ("#side", ".skip", "#map", ".notice"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert "1 state operation" in page.inner_text("#not-located")


def test_with_scripts_timeline_and_strip_are_on_paper_too_and_go_again(on_paper):
    visit = on_paper()
    page = visit.page
    assert page.locator("#timeline svg").last.is_visible()
    assert page.locator("#strip svg").first.is_visible()
    assert page.locator("#timeline .print-only text").count() > 10
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".print-only").count() == 0
    assert not page.evaluate("document.getElementById('strip-fold').open")
    order = "[...document.getElementById('frame').children].map(node => node.id).filter(Boolean)"
    assert page.evaluate(order) == ["mapcol", "legend", "timeline", "side"]
    visit.assert_quiet()


def test_the_words_on_paper_stay_within_their_boxes(on_paper):
    page = on_paper().page
    wide = page.evaluate(
        """width => [...document.querySelectorAll('main *, header *, footer *')].filter(node => {
            const box = node.getBoundingClientRect();
            return box.width > 0 && !node.closest('svg') && (box.right > width + 1 || box.left < -1);
        }).map(node => node.outerHTML.slice(0, 80))""",
        PAPER,
    )
    assert wide == []


def test_a_filtered_view_says_so_and_prints_its_records_only(on_paper):
    page = on_paper("#type=drone_strike").page
    line = page.inner_text(".print-shown")
    assert "of 18" in line
    assert page.evaluate(VISIBLE, "#table tbody tr") < 18
    assert page.inner_text(".print-place").endswith("map.html#type=drone_strike")
    assert "Data version" in page.inner_text(".foot")
    assert page.locator("#mapbox .print-only svg").is_visible()
    assert not page.locator("#static-map").is_visible()


def test_an_unfiltered_view_carries_no_line_about_filters(on_paper):
    assert on_paper().page.locator(".print-shown").count() == 0


def test_paper_is_light_and_a_dark_choice_survives_it(on_paper):
    page = on_paper("#theme=dark", dark=True).page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.getAttribute('data-theme')") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


@pytest.mark.parametrize("address", ["", "?embed=1", f"#sel={CAMP}", "#type=drone_strike"])
def test_the_printed_file_has_a_few_full_a4_pages(page_at, built_map, address):
    visit = page_at(built_map, address=address)
    data = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    texts = texts_on_pages(data)
    assert 1 <= len(texts) <= 6
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", data)
    assert min(texts) > 5  # no empty page
    visit.page.wait_for_timeout(100)
    assert visit.page.locator(".print-only").count() == 0
    visit.assert_quiet()


def test_no_heading_is_alone_at_the_foot_of_a_page(on_paper):
    page = on_paper().page
    breaks = "node => getComputedStyle(node).breakAfter"
    for selector in ("#table-title", "#how-title", ".answers dt", "thead"):
        node = page.locator(selector).first
        summary = page.evaluate(
            "s => getComputedStyle(document.querySelector(s).closest('summary') || document.body).breakAfter", selector
        )
        assert "avoid" in (node.evaluate(breaks), summary)
    assert page.locator("#table tbody tr").first.evaluate("node => getComputedStyle(node).breakInside") == "avoid"


def test_in_grey_the_classes_still_differ_by_shape_and_pattern(on_paper):
    """With every colour taken away, no two symbols of the legend are drawn alike."""
    drawings = on_paper().page.evaluate(
        """() => [...new Set([...document.querySelectorAll("#legend svg use")]
            .map(use => use.getAttribute("href")))].map(id => {
            const symbol = document.querySelector(id).cloneNode(true);
            [symbol, ...symbol.querySelectorAll('*')].forEach(node => {
                ['id', 'class', 'fill', 'stroke'].filter(name => !/none|url/.test(node.getAttribute(name)))
                    .forEach(name => node.removeAttribute(name));
            });
            return symbol.innerHTML;
        })"""
    )
    assert len(drawings) > 8
    alike = {drawing for drawing in drawings if drawings.count(drawing) > 1}
    assert alike == set()
