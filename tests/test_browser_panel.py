"""The panel in a browser: what a detail holds and does, and what an old link is answered with."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from page_case import scene_of

from panjmap.data.model import Change
from panjmap.render.page import render

pytestmark = pytest.mark.browser

CAMP, KAVO, BRIEF = "TJ-AF-2025-11-26-A", "TJ-AF-2025-12-KAVO", "TJ-AF-2025-12-SHOHIN5"
MONTH, TWO = "TJ-AF-2025-12-AGG", "TJ-AF-2025-AGG-TWO"
SIZES = ((1400, 900), (360, 640))


@pytest.fixture
def opened(page_at, built_map):
    """Open the built map at a record."""

    def visit(record_id, width=1400, height=900, **options):
        seen = page_at(built_map, width, height, **options)
        seen.page.evaluate("id => panjmap.panel.select(id, 'list')", record_id)
        seen.page.wait_for_selector("#detail-title")
        return seen

    return visit


def active(page, what="id"):
    return page.evaluate(f"document.activeElement.{what}")


# ---------------------------------------------------------------- what stands in a detail


SHOWN = """async () => {
    const out = {};
    for (const id of panjmap.store.page.order) {
        await panjmap.panel.select(id, 'list');
        const wanted = await panjmap.store.detail(id), box = document.getElementById('detail');
        box.querySelectorAll('.claims > .button').forEach(node => node.click());
        const own = [...box.querySelectorAll('.claims')].filter(node => !node.closest('.total'));
        out[id] = {
            wanted: wanted.attributes.map(entry => [entry.label, entry.differ, entry.why, entry.heard,
                entry.statements.map(s => [s.text, s.said.flatMap(v => v.outlets.map(o => o.name))])]),
            shown: own.map(node => [node.querySelector('h4 span').textContent, node.classList.contains('differ'),
                (node.querySelector('.why:not(.heard)') || {textContent: ''}).textContent,
                (node.querySelector('.heard') || {textContent: ''}).textContent,
                [...node.querySelectorAll('li')].map(li => [li.querySelector('.value').textContent,
                    [...li.querySelectorAll('.badge')].map(badge => badge.textContent)])]),
            differ: own.every(node => node.classList.contains('differ') === /Reports differ/.test(node.textContent))
        };
    }
    return out;
}"""


def test_every_value_with_its_outlets_and_every_difference_of_the_evidence_is_shown(opened):
    visit = opened(CAMP)
    for record_id, found in visit.page.evaluate(SHOWN).items():
        assert found["shown"] == found["wanted"], record_id
        assert found["differ"], record_id
    visit.assert_quiet()


def test_an_outlet_opens_what_is_on_file_with_its_link_or_that_there_is_none(opened):
    page = opened(CAMP).page
    badge = page.locator("#detail .badge").first
    badge.click()
    assert badge.get_attribute("aria-expanded") == "true"
    told = page.inner_text("#detail .report")
    assert "Pak Asia Youth Forum" in told
    assert "No link on file" in told
    badge.click()
    assert page.locator("#detail .report").count() == 0


def test_a_link_of_a_report_is_two_actions_away(page_at):
    def linked(tables):
        reports = tuple(r.model_copy(update={"url": f"https://example.org/{r.report_id}"}) for r in tables.reports)
        return tables._replace(reports=reports)

    page = page_at(render(scene_of(linked))).page
    page.evaluate("id => panjmap.panel.select(id, 'list')", KAVO)
    page.click("#detail .badge >> nth=0")
    link = page.locator("#detail .report a")
    assert link.get_attribute("href") == "https://example.org/1-nojor-undated"
    assert "noopener" in link.get_attribute("rel")


def test_totals_stand_under_their_own_heading_with_their_own_claims(opened):
    page = opened(KAVO).page
    total = page.locator("#detail .total")
    assert page.locator("#detail h3", has_text="Reported totals, not mapped").count() == 1
    assert total.count() == 1
    assert total.locator(".claims li").count() >= 1
    total.locator("h4 a").click()
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=MONTH)
    links = page.locator("#detail .parts a")
    assert sorted(links.evaluate_all("nodes => nodes.map(node => node.dataset.id)")) == sorted([KAVO, BRIEF])


def test_decisions_are_one_action_away_with_choice_reason_and_source(opened):
    page = opened(KAVO).page
    page.click("#detail .decisions summary")
    told = page.inner_text("#detail .decisions")
    assert "Place: Kavo" in told
    assert "Rests on: GeoNames 1221434. Decided 21 Nov 2026." in told
    assert page.locator("#detail .decisions li").count() == 5


def test_the_same_event_is_linked_and_hovering_the_link_marks_its_symbol(opened):
    page = opened(KAVO).page
    link = page.locator(f"#detail .facts a[data-id='{BRIEF}']")
    link.hover()
    assert page.evaluate("panjmap.store.state.hovered") == BRIEF
    link.click()
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=BRIEF)
    page.keyboard.press("Escape")
    assert active(page, "dataset.id") == BRIEF


# ---------------------------------------------------------------- previous, next, and the way back


def position(page):
    return page.inner_text("#detail .position")


def test_the_ends_of_the_list_do_not_wrap(opened):
    page = opened(CAMP).page
    order = page.evaluate("panjmap.store.page.order")
    page.evaluate("id => panjmap.panel.select(id, 'list')", order[0])
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=order[0])
    previous = page.locator("[aria-label='Previous incident']")
    assert position(page) == f"1 of {len(order)} shown"
    assert previous.get_attribute("aria-disabled") == "true"
    previous.click(force=True)
    assert page.evaluate("panjmap.store.state.selected") == order[0]
    page.evaluate("id => panjmap.panel.select(id, 'list')", order[-1])
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=order[-1])
    assert page.locator("[aria-label='Next incident']").get_attribute("aria-disabled") == "true"


def test_previous_and_next_walk_among_what_is_shown_and_keep_the_focus(opened):
    page = opened(KAVO).page
    page.evaluate("panjmap.store.setFilter('precision', ['settlement', 'reach'])")
    shown = page.evaluate("panjmap.store.page.order.filter(panjmap.store.isShown)")
    page.wait_for_function("() => /of 3 shown/.test(document.querySelector('#detail .position').textContent)")
    assert len(shown) == 3
    page.focus("[aria-label='Next incident']")
    for record_id in shown[shown.index(KAVO) + 1 :]:
        page.keyboard.press("Enter")
        page.wait_for_function("id => panjmap.store.state.selected === id", arg=record_id)
        assert active(page, "getAttribute('aria-label')") == "Next incident"
    page.evaluate("panjmap.store.setFilter('precision', ['region'])")
    page.wait_for_function("() => /^1 other shown/.test(document.querySelector('#detail .position').textContent)")


def test_the_focus_goes_back_to_whoever_selected(opened):
    page = opened(CAMP).page
    page.evaluate("""() => {
        const mark = document.createElement('button');
        mark.id = 'mark';
        document.body.append(mark);
        panjmap.panel.origin('timeline', () => { mark.focus(); return true; });
        return panjmap.panel.select(panjmap.store.page.order[3], 'timeline');
    }""")
    page.keyboard.press("Escape")
    assert active(page) == "mark"


# ---------------------------------------------------------------- cite and keep


def test_the_citation_and_the_link_are_copied(opened):
    visit = opened(KAVO, permissions=["clipboard-read", "clipboard-write"])
    page = visit.page
    page.click("#detail >> text=Copy citation")
    page.wait_for_selector("#detail >> text=Copied")
    citation = page.evaluate("navigator.clipboard.readText()")
    assert citation == page.inner_text("#detail .citation")
    assert "data version" in citation.lower()
    page.click("#detail >> text=Copy link")
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('file')")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"#sel={KAVO}")


def test_a_refused_clipboard_leaves_the_citation_selected(opened):
    page = opened(KAVO).page
    page.evaluate("panjmap.files.copy = async () => false")
    page.click("#detail >> text=Copy citation")
    page.wait_for_selector("#detail >> text=Selected: copy it with the keyboard")
    assert page.evaluate("String(getSelection())").strip() == page.inner_text("#detail .citation").strip()


def saved(page, button):
    with page.expect_download() as waiting:
        page.click(f"#detail >> text={button}")
    return waiting.value.suggested_filename, waiting.value.path().read_text(encoding="utf-8")


def test_the_saved_claims_are_those_of_the_panel(opened):
    page = opened(CAMP).page
    name, text = saved(page, "Claims as CSV")
    assert name == f"{CAMP}.csv"
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    injured = {(row["value"], row["speaker"], row["outlet"]) for row in rows if row["attribute"] == "Injured"}
    assert ("1", "Chinese embassy", "Eurasianet (republished)") in injured
    assert {row["value"] for row in rows if row["attribute"] == "Injured"} == {"several", "1", "2"}
    assert all(row["claim_id"].startswith("C") for row in rows)
    assert {row["record_id"] for row in rows} == {CAMP}


def test_the_saved_record_is_a_feature_with_all_its_claims(opened):
    page = opened(CAMP).page
    name, text = saved(page, "Record as GeoJSON")
    found = json.loads(text)
    assert name == f"{CAMP}.geojson"
    (feature,) = found["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert "independently verified" in found["note"]
    assert len(feature["properties"]["attributes"]) == page.evaluate(
        "async id => (await panjmap.store.detail(id)).attributes.length", CAMP
    )


def test_a_frame_that_forbids_downloads_offers_none(page_at, built_map):
    text = built_map.read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    visit = page_at(f'<!doctype html><title>Host</title><iframe sandbox="allow-scripts" srcdoc="{text}"></iframe>')
    frame = visit.page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    frame.evaluate("id => panjmap.panel.select(id, 'list')", KAVO)
    frame.wait_for_selector("#detail-title", state="attached")
    words = frame.evaluate("document.getElementById('detail').textContent")
    assert "This frame allows no downloads." in words
    assert "Claims as CSV" not in words
    assert "Copy link" not in words
    assert "Copy citation" in words


# ---------------------------------------------------------------- long, odd, many


def many_claims(tables):
    claim = next(c for c in tables.claims if c.record_id == CAMP and c.attribute == "killed")
    more = [claim.model_copy(update={"claim_id": f"Y-{i}", "value_low": i, "value_high": i}) for i in range(200)]
    return tables._replace(claims=(*tables.claims, *more))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_two_hundred_claims_fold_to_six_and_open_at_a_click(page_at, axe, width, height):
    visit = page_at(render(scene_of(many_claims)), width, height)
    page = visit.page
    page.evaluate("id => panjmap.panel.select(id, 'map')", CAMP)
    page.wait_for_selector("#detail-title")
    killed = page.locator("#detail .claims", has_text="Killed").first
    assert killed.locator("li").count() == 6
    killed.locator("text=/Show all 2\\d\\d/").click()
    assert killed.locator("li").count() >= 200
    assert page.evaluate("document.activeElement.tagName") == "LI"
    assert page.evaluate(
        "() => { const n = document.getElementById('panel-list'); return n.scrollHeight > n.clientHeight; }"
    )
    assert axe(visit) == []
    visit.assert_quiet()


@pytest.mark.parametrize("title", ["A word " * 300, "حمله به کارگران معدن در ناحیه شمس‌الدین شاهین", "x" * 2000])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_any_title_is_shown_whole(page_at, title, width, height):
    def titled(tables):
        records = tuple(r.model_copy(update={"title": title}) if r.record_id == KAVO else r for r in tables.records)
        return tables._replace(records=records)

    visit = page_at(render(scene_of(titled)), width, height)
    page = visit.page
    page.evaluate("id => panjmap.panel.select(id, 'map')", KAVO)
    page.wait_for_selector("#detail-title")
    box = page.evaluate("""() => {
        const node = document.querySelector('#detail-title span'), panel = document.getElementById('panel-list');
        return {text: node.textContent, cut: node.scrollWidth - node.clientWidth,
            panel: panel.scrollWidth - panel.clientWidth, rtl: getComputedStyle(node).direction === 'rtl'};
    }""")
    assert box["text"].strip() == title.strip()
    assert max(box["cut"], box["panel"]) <= 0
    assert box["rtl"] == (title[0] == "ح")
    visit.assert_quiet()


# ---------------------------------------------------------------- corrections


DAY = dt.date(2026, 2, 3)


def correction(record_id, new, attribute="record", old=None, reason="Both told of one clash."):
    return Change(date=DAY, record_id=record_id, attribute=attribute, old=old, new=new, reason=reason)


CHANGES = (
    correction("OLDEST", "merged: OLD", old="The oldest title"),
    correction("OLD", f"merged: {KAVO}", old="The older title"),
    correction("GONE", "withdrawn", old="Shots near a village", reason="its outlet retracted the report"),
    correction("SUNK", "merged: GONE", old="More shots"),
    correction(CAMP, "3", "killed", old="4", reason="Read again."),
    correction(CAMP, "2025-11-26", "date", old="2025-11-27", reason="As the embassy says."),
)


@pytest.fixture
def corrected(page_at):
    """Open a page with corrections, by an address."""
    html = render(scene_of(lambda tables: tables._replace(changes=CHANGES)))

    def visit(address, width=1400, height=900, **options):
        seen = page_at(html, width, height, **options)
        seen.page.goto(seen.page.url + address)
        seen.page.reload()
        seen.page.wait_for_selector("html[data-ready]", state="attached")
        return seen

    return visit


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_link_to_a_merged_record_says_so_and_opens_what_it_became_part_of(corrected, width, height):
    visit = corrected("#sel=OLDEST", width, height)
    page = visit.page
    assert page.inner_text("#detail-title") == "This record was merged into another one"
    assert active(page) == "detail-title"
    told = page.inner_text("#detail")
    assert "3 Feb 2026. “The oldest title” was merged into another record. Both told of one clash." in told
    assert "“The older title” was merged" in told
    page.click("#detail .actions a")
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=KAVO)
    page.wait_for_function("id => location.hash.endsWith('sel=' + id)", arg=KAVO)
    assert "“The older title” became part of this record." in page.inner_text("#detail .corrected")
    visit.assert_quiet()


@pytest.mark.parametrize("address", ["#sel=GONE", "#sel=SUNK"])
def test_a_link_to_a_withdrawn_record_says_when_and_why(corrected, address):
    page = corrected(address).page
    assert page.inner_text("#detail-title") == "This record was withdrawn"
    told = page.inner_text("#detail")
    assert "3 Feb 2026. “Shots near a village” was withdrawn. Its outlet retracted the report." in told
    assert page.locator("#detail .actions").count() == 0
    assert "withdrawn" in page.inner_text("#live")


def test_a_corrected_record_opens_with_its_corrections_on_top(corrected):
    page = corrected(f"#sel={CAMP}").page
    lines = page.locator("#detail .corrected li").all_inner_texts()
    assert lines == [
        "3 Feb 2026. Killed: “4” became “3”. Read again.",
        "3 Feb 2026. Date: “27 November 2025” became “26 November 2025”. As the embassy says.",
    ]
    assert page.locator("#detail .corrected ~ h2").count() == 1


@pytest.mark.parametrize("record_id", ["NEVER-HEARD-OF", "constructor", "toString"])
def test_an_id_that_nobody_knows_has_an_honest_answer(corrected, record_id):
    page = corrected(f"#sel={record_id}").page
    assert page.inner_text("#detail-title") == "No record with this id in this data version"
    assert record_id in page.inner_text("#detail")
    assert page.evaluate("panjmap.store.state.selected") is None


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_answers_and_corrections_are_fit_for_all_and_close(corrected, axe, width, height, dark):
    visit = corrected("#sel=OLDEST", width, height, dark=dark)
    page = visit.page
    assert axe(visit) == []
    assert page.locator("#side.sheet").count() == (width < 1100)
    page.keyboard.press("Escape")
    assert not page.locator("#detail").is_visible()
    assert page.locator("#list").is_visible()
    assert active(page) == "tab-list"
    page.evaluate("id => panjmap.panel.select(id, 'list')", CAMP)
    page.wait_for_selector("#detail .corrected")
    assert axe(visit) == []


def test_the_list_of_corrections_links_to_what_is_there(corrected):
    page = corrected("#sel=OLD").page
    page.click("text=All corrections and updates")
    assert active(page) == "corrections"
    told = page.locator("#corrections li").all_inner_texts()
    assert len(told) == len(CHANGES)
    assert any("“The older title” was merged into another record. Now: Clash" in line for line in told)
    page.locator("#corrections a", has_text="Clash").first.click()
    page.wait_for_function("id => panjmap.store.state.selected === id", arg=KAVO)


def test_an_anchor_in_the_page_changes_no_filter(opened):
    page = opened(KAVO).page
    page.evaluate("panjmap.store.setFilter('precision', ['settlement'])")
    page.evaluate("() => { location.hash = 'how' }")
    page.wait_for_timeout(400)
    assert page.evaluate("panjmap.store.state.filters") == {"precision": ["settlement"]}


# ---------------------------------------------------------------- fit for all


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_a_detail_with_everything_open(opened, axe, width, height, dark):
    visit = opened(CAMP, width, height, dark=dark)
    visit.page.evaluate(
        "document.querySelectorAll('#detail details').forEach(node => { node.open = true; });"
        "document.querySelector('#detail .badge').click(); document.querySelector('#detail .differ .badge').click();"
    )
    assert axe(visit) == []


def test_on_a_small_phone_the_sheet_leaves_the_symbol_in_sight(opened):
    page = opened(KAVO, 360, 640).page
    sheet, token = (page.locator(one).bounding_box() for one in ("#side", f"[data-token='{KAVO}']"))
    assert 640 * 0.3 <= sheet["y"] <= 640 * 0.4
    middle = token["x"] + token["width"] / 2, token["y"] + token["height"] / 2
    assert 60 <= middle[0] <= 300
    assert 40 <= middle[1] <= sheet["y"] - 30
