"""The page inside other people's pages: compact, told height, quiet wheel and finger, whatever the frame forbids."""

from __future__ import annotations

import html

import pytest

pytestmark = pytest.mark.browser

CAMP = "TJ-AF-2025-11-26-A"
#: Width of the frame, and the greatest height of the compact page there.
WIDTHS = ((360, 700), (700, 900), (1400, 860))
SCRIPTS_ONLY = 'sandbox="allow-scripts"'
#: A host that sets the height of the frame with each message.
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Host</title><body style="margin:0"><script>
window.told = [];
addEventListener('message', event => {
    told.push(event.data);
    document.getElementById('frame').style.height = event.data.height + MORE + 'px';
});
</script><main><h1>Host</h1>
<iframe id="frame" title="Map" FRAME style="border:0;width:100%;height:HEIGHTpx"></iframe>
<p style="height:1500px">The page goes on.</p></main>"""


class Host:
    """A page with the map in a frame."""

    def __init__(self, visit, frame):
        self.visit, self.page, self.frame = visit, visit.page, frame

    def heights(self):
        return [message["height"] for message in self.page.evaluate("told")]

    def select(self, record_id):
        self.frame.evaluate("id => panjmap.panel.select(id, 'map')", record_id)
        self.frame.wait_for_selector("#detail-title")

    def wait_until(self, holds):
        """Give a busy machine time; a thing that never holds fails the test."""
        for _ in range(50):
            if holds():
                return
            self.page.wait_for_timeout(100)
        assert holds()

    def box(self, selector):
        return self.frame.evaluate(
            """selector => {
                const box = document.querySelector(selector).getBoundingClientRect();
                return [box.left, box.top, box.right, box.bottom];
            }""",
            selector,
        )


@pytest.fixture
def host(page_at, built_map):
    """Open a host page with the map in a frame: ``host(width, attributes, address="?embed=1", more=0)``."""

    def opened(
        width=700, attributes="", *, address="?embed=1", inline=False, height=300, more=0, window=1000, **context
    ):
        source = f'src="{built_map.name}{address}"'
        if inline:
            source = f'srcdoc="{html.escape(built_map.read_text(encoding="utf-8"))}"'
        page = built_map.with_name(f"host{len(list(built_map.parent.glob('host*')))}.html")
        markup = HOST
        for name, value in {"MORE": more, "HEIGHT": height, "FRAME": f"{source} {attributes}"}.items():
            markup = markup.replace(name, str(value))
        page.write_text(markup, encoding="utf-8")
        visit = page_at(page, width, window, frames=[built_map], **context)
        frame = visit.page.frames[1]
        frame.wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
        visit.page.wait_for_timeout(150)
        return Host(visit, frame)

    yield opened
    for page in built_map.parent.glob("host*"):
        page.unlink()


def test_it_holds_title_note_numbers_map_key_and_the_way_to_the_whole_page(host):
    frame = host().frame
    assert frame.inner_text("h1").startswith("Reported attacks")
    assert "Not a complete record" in frame.inner_text(".deck")
    assert frame.locator(".counts li").count() == 3
    assert frame.locator("[data-token]").count() == 6
    assert "Hollow" in frame.inner_text(".embed-key")
    for hidden in ("#list", "#table", "#sources", ".foot", "#legend ul"):
        assert not frame.locator(hidden).first.is_visible(), hidden
    link = frame.get_by_role("link", name="Open the full map, sources and data")
    assert link.get_attribute("href").endswith("map.html")


def test_the_timeline_stands_beside_the_map_or_below_it_in_short_or_is_left_out(host):
    assert not host(360).frame.locator("#timeline").is_visible()
    below = host(700)
    assert below.box("#timeline")[1] >= below.box("#mapbox")[3] - 1
    assert below.frame.locator("#time-chart text.band").count() == 1
    beside = host(1400)
    assert beside.box("#timeline")[0] >= beside.box("#mapbox")[2] - 1
    assert beside.frame.locator("#time-chart text.band").count() == 2
    beside.page.set_viewport_size({"width": 700, "height": 1000})
    beside.page.wait_for_timeout(300)
    assert beside.frame.locator("#time-chart text.band").count() == 1


def test_a_filtered_frame_says_what_it_shows(host):
    filtered = host(360, address="#embed=1&type=drone_strike")
    assert "of 18 records" in filtered.frame.inner_text(".embed-shown")
    filtered.frame.evaluate("panjmap.store.clear()")
    assert not filtered.frame.locator(".embed-shown").is_visible()


def test_the_address_of_the_whole_page_keeps_what_is_seen(host):
    frame = host(address="?a=b&embed=1#type=drone_strike").frame
    link = frame.locator(".embed-full")
    link.focus()
    assert link.get_attribute("href").endswith("map.html?a=b#type=drone_strike")
    cases = {
        "https://example.org/m.html?embed=1": "https://example.org/m.html",
        "https://example.org/m.html#embed=1&sel=X": "https://example.org/m.html#sel=X",
        "https://example.org/m.html?x=1&embed=1#embed=1": "https://example.org/m.html?x=1",
        "about:srcdoc": None,
        "data:text/html,x#embed=1": None,
        "blob:https://example.org/0": None,
    }
    assert {url: frame.evaluate("url => panjmap.embed.fullAddress(url)", url) for url in cases} == cases


@pytest.mark.parametrize("address", ["?embed=1", "#embed=1"])
@pytest.mark.parametrize(("width", "tallest"), WIDTHS)
def test_the_host_learns_a_height_that_fits_and_comes_to_rest(host, width, tallest, address):
    opened = host(width, address=address)
    assert 1 <= len(opened.heights()) <= 3
    assert 400 < opened.heights()[-1] <= tallest
    assert opened.frame.evaluate("document.documentElement.scrollHeight") <= opened.heights()[-1]
    before = opened.heights()
    opened.page.wait_for_timeout(500)
    assert opened.heights() == before
    assert opened.frame.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("more", [120, -40])
def test_a_host_that_adds_or_takes_some_height_does_not_start_a_loop(host, more):
    opened = host(more=more)
    opened.page.wait_for_timeout(500)
    assert len(opened.heights()) <= 3


def test_a_fold_that_opens_and_another_width_change_the_height(host):
    opened = host()
    before = opened.heights()[-1]
    opened.frame.get_by_text("Base map and boundaries").click()
    opened.wait_until(lambda: opened.heights()[-1] > before)
    opened.page.set_viewport_size({"width": 360, "height": 1000})
    opened.page.wait_for_timeout(400)
    measured = "Math.ceil(document.querySelector('.wrap').getBoundingClientRect().height)"
    opened.wait_until(lambda: opened.heights()[-1] == opened.frame.evaluate(measured))
    assert len(opened.heights()) <= 6


def test_without_a_host_nothing_is_posted_and_a_whole_page_in_a_frame_posts_nothing(page_at, host, built_map):
    assert host(address="").page.evaluate("told") == []
    said = "addEventListener('message', event => { window.told = (window.told || []).concat([event.data]); })"
    visit = page_at(built_map)
    visit.page.add_init_script(said)
    visit.page.goto(built_map.as_uri() + "#embed=1")
    visit.page.reload()
    visit.page.wait_for_selector("html[data-ready].embed", state="attached")
    assert visit.page.evaluate("window.told") is None


@pytest.mark.parametrize(("width", "_tallest"), WIDTHS)
def test_the_detail_is_a_sheet_within_the_frame_and_the_record_stays_in_sight(host, width, _tallest):
    opened = host(width)
    opened.select(CAMP)
    left, top, right, bottom = opened.box("#side")
    height = opened.frame.evaluate("innerHeight")
    assert top >= opened.box(".deck")[3] - 1  # the not-complete line is not covered
    assert bottom <= height + 1
    assert right <= width + 1
    assert right - left == pytest.approx(width if width < 600 else 420, abs=1)
    token = opened.box(f"[data-token='{CAMP}'] .token-ring")
    assert token[2] <= left + 1 if width >= 600 else token[3] <= top + 1
    assert opened.frame.evaluate("document.activeElement.id") == "detail-title"
    before = opened.heights()
    opened.page.keyboard.press("Escape")
    assert not opened.frame.locator("#side").is_visible()
    assert opened.frame.evaluate("document.activeElement.dataset.token") == CAMP
    assert opened.heights() == before


@pytest.mark.parametrize("height", [260, 420])
def test_in_a_frame_that_is_too_short_the_sheet_is_no_taller_than_it(host, height):
    opened = host(360, height=height, more=-10_000)
    opened.page.evaluate("h => { document.getElementById('frame').style.height = h + 'px' }", height)
    opened.page.wait_for_timeout(200)
    opened.select(CAMP)
    _, top, _, bottom = opened.box("#side")
    assert top >= -1
    assert bottom <= height + 1


def test_the_wheel_scrolls_the_host_until_the_map_is_clicked_and_again_after(host):
    opened = host()
    page, frame = opened.page, opened.frame
    zoom = "panjmap.map.map.getZoom()"
    at_home = frame.evaluate(zoom)
    x, y = 60, page.locator("#frame").bounding_box()["y"] + opened.box("#map")[1] + 180

    def turn():
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(300)

    page.mouse.move(x, y)
    page.mouse.wheel(0, 100)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0
    assert "Click the map" in frame.inner_text(".embed-hint")
    assert frame.evaluate(zoom) == at_home
    page.evaluate("scrollTo(0, 0)")
    page.mouse.click(x, y)
    assert frame.evaluate("panjmap.store.state.selected") is None
    turn()
    awake = frame.evaluate(zoom)
    assert awake > at_home
    page.keyboard.press("Escape")
    turn()
    assert frame.evaluate(zoom) == awake
    page.mouse.click(x, y)
    page.mouse.move(x, page.locator("#frame").bounding_box()["y"] + 5)
    page.mouse.move(x, y)
    turn()
    assert frame.evaluate(zoom) == awake


def test_one_finger_scrolls_the_host_until_the_map_is_tapped(host):
    opened = host(360, has_touch=True, is_mobile=True, window=640)
    page, frame = opened.page, opened.frame
    centre = "panjmap.map.map.getCenter().lat"
    at_home = frame.evaluate(centre)
    session = page.context.new_cdp_session(page)

    def spot():
        return page.locator("#frame").bounding_box()["y"] + opened.box("#map")[1] + 250

    def swipe():
        y = spot()
        for step in range(13):
            kind = "touchStart" if step == 0 else "touchEnd" if step == 12 else "touchMove"
            points = [{"x": 60, "y": y - 12 * step}] if step < 12 else []
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(16)
        page.wait_for_timeout(300)

    swipe()
    scrolled = page.evaluate("scrollY")
    assert scrolled > 50
    assert frame.evaluate(centre) == at_home
    assert "Two fingers" in frame.inner_text(".embed-hint")
    page.touchscreen.tap(60, spot())
    page.wait_for_timeout(400)
    swipe()
    assert page.evaluate("scrollY") == scrolled
    assert frame.evaluate(centre) != at_home


@pytest.mark.parametrize("inline", [False, True])
def test_it_works_where_a_sandbox_allows_scripts_only(host, inline):
    opened = host(attributes=f'{SCRIPTS_ONLY} name="embed=1"', inline=inline)
    assert opened.frame.locator("html.embed").count() == 1
    assert opened.heights()
    opened.select(CAMP)
    opened.page.wait_for_timeout(400)
    assert opened.frame.locator(".embed-full").count() == (0 if inline else 1)
    assert opened.visit.console_errors == []
    assert opened.visit.page_errors == []
    assert opened.visit.csp_violations == []


def test_a_srcdoc_frame_takes_the_state_from_its_name_and_jumps_within_itself(host):
    opened = host(inline=True, attributes=f'name="sel={CAMP}"')
    assert opened.frame.evaluate("panjmap.store.state.selected") == CAMP
    opened.frame.evaluate("document.querySelector('.skip').click()")
    opened.page.wait_for_timeout(200)
    assert opened.frame.evaluate("document.activeElement.id") == "table"


def test_where_no_other_page_may_open_its_address_can_be_copied(host):
    opened = host(attributes=SCRIPTS_ONLY)
    opened.frame.click(".embed-full")
    shown = opened.frame.locator(".address")
    assert shown.is_visible()
    assert shown.inner_text().endswith("map.html")
    assert opened.frame.evaluate("getSelection().toString()") == shown.inner_text()
    assert "copy it" in opened.frame.inner_text("#live")


def test_what_is_cited_from_a_frame_leads_to_the_whole_page(host):
    frame = host(address="?embed=1#where=bank-tajik").frame
    assert frame.evaluate("panjmap.share.citation()").endswith("map.html#where=bank-tajik")
    assert frame.evaluate("id => panjmap.permalink.addressOf(id)", CAMP).endswith(f"map.html#sel={CAMP}")


@pytest.mark.parametrize("attributes", ["", SCRIPTS_ONLY])
def test_a_sandbox_hides_downloads(host, attributes):
    assert host(attributes=attributes).frame.evaluate("panjmap.files.allowed()") is (attributes == "")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "_tallest"), WIDTHS)
def test_axe_finds_nothing_with_and_without_a_selection(page_at, axe, built_map, width, _tallest, dark):
    visit = page_at(built_map, width, 700, dark=dark, address="?embed=1")
    assert axe(visit) == []
    visit.page.evaluate("id => panjmap.panel.select(id, 'map')", CAMP)
    visit.page.wait_for_selector("#detail-title")
    assert axe(visit) == []


MEET = """() => {
    const boxes = [...document.querySelectorAll('[data-token]')].map(node => {
        const b = (node.querySelector('.token-ring') || node).getBoundingClientRect();
        return [b.left + 2, b.top + 2, b.right - 2, b.bottom - 2];
    }).concat([...document.querySelectorAll('.leaflet-control, .chip')].map(node => {
        const b = node.getBoundingClientRect();
        return [b.left, b.top, b.right, b.bottom];
    }));
    const meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
    return boxes.filter((a, i) => boxes.some((b, j) => i < j && meet(a, b)));
}"""


@pytest.mark.parametrize(("width", "_tallest"), WIDTHS)
def test_no_token_lies_under_another_or_under_the_maps_buttons(host, width, _tallest):
    assert host(width).frame.evaluate(MEET) == []
