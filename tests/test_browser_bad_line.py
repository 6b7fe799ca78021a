"""A bad line and a small phone: what is there when, and what is left of a page that was cut short.

The page comes from a server of the test, gzipped as web servers send it, over 400 kbit/s with 400 ms to the first byte,
to a window of 360 x 640 pixels on a processor slowed down four times.
"""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.browser

KBIT_S, LATENCY_MS, SLOWER = 400, 400, 4
READABLE_S, WHOLE_S = 3.0, 12.0
#: Notes the time of the first frame in which each part has a box, and of the end.
WATCH = """() => {
    const parts = {title: 'h1', note: '.deck', numbers: '.counts li:last-child', list: '#list .item:nth-child(1)',
                   map: 'html.js #map svg.symbols [data-token]', relief: '#map img.relief', ready: 'html[data-ready]'};
    window.seen = {};
    const look = () => {
        for (const [name, selector] of Object.entries(parts)) {
            if (name in seen) continue;
            const node = document.querySelector(selector);
            if (node && node.getBoundingClientRect().height > 0) seen[name] = performance.now() / 1000;
        }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


@contextmanager
def served(body: bytes, *, gzipped: bool = True) -> Iterator[str]:
    """Serve one page on this machine; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if gzipped:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/map.html"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def slow_visit(browser, address, whole=True):
    """Open the page as above; gives the seconds after the click at which each part was there, and FCP."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        speed = KBIT_S * 1000 / 8
        conditions = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", conditions)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(f"({WATCH})()")
        page.goto(address, wait_until="commit")
        if whole:
            page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
        page.wait_for_timeout(500)
        seen = page.evaluate("seen")
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint').map(e => e.startTime / 1000)")
        return seen | {"painted": painted[0]}
    finally:
        context.close()


def test_title_numbers_and_list_within_three_seconds_the_map_within_twelve(browser, built_map):
    with served(gzip.compress(built_map.read_bytes(), 6, mtime=0)) as address:
        slow_visit(browser, address)
        seen = slow_visit(browser, address)
    print({name: round(at, 2) for name, at in seen.items()})
    for part in ("painted", "title", "note", "numbers", "list"):
        assert seen[part] <= READABLE_S, seen
    assert seen["ready"] <= WHOLE_S, seen


def test_the_symbols_do_not_wait_for_the_relief(built_map):
    page = built_map.read_text(encoding="utf-8")
    assert page.rindex("<script>") < page.index('id="panjmap-relief"')


def test_someone_who_reads_the_list_keeps_it_under_the_eyes_when_the_map_comes(browser, built_map):
    context = browser.new_context(viewport={"width": 360, "height": 640})
    try:
        page = context.new_page()
        page.add_init_script(
            """new MutationObserver((_, watch) => {
                if (!document.getElementById('table')) return;
                watch.disconnect();
                scrollTo(0, 900);
                const items = [...document.querySelectorAll('#list .item')];
                window.read = items.find(item => item.getBoundingClientRect().bottom > 0);
                window.top0 = read.getBoundingClientRect().top;
            }).observe(document, {childList: true, subtree: true});"""
        )
        page.goto(built_map.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.evaluate("Math.abs(read.getBoundingClientRect().top - top0)") < 300
        assert page.evaluate("scrollY") > 900
    finally:
        context.close()


def cut(built_map, share, way):
    """The first part of the page, in bytes of the file or of its gzip stream, as a browser gets it."""
    data = built_map.read_bytes()
    if way == "file":
        return data[: int(len(data) * share)]
    packed = gzip.compress(data, 6, mtime=0)
    return zlib.decompressobj(wbits=31).decompress(packed[: int(len(packed) * share)])


@pytest.mark.parametrize("way", ["file", "gzip"])
@pytest.mark.parametrize("share", [0.1, 0.3])
def test_of_a_page_cut_short_title_numbers_and_list_are_readable(browser, built_map, share, way):
    context = browser.new_context(viewport={"width": 360, "height": 640})
    try:
        page = context.new_page()
        with served(cut(built_map, share, way), gzipped=False) as address:
            page.goto(address)
            assert "Not a complete record" in page.inner_text(".deck")
            assert page.locator(".counts li").count() == 3
            items = page.locator("#list .item")
            assert items.count() == 18
            assert all(item.is_visible() for item in items.all())
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            if share > 0.2:
                assert page.locator("#static-map svg").is_visible()
                assert page.locator("#table tbody tr").count() == 18
                assert page.locator("#source-list li").count() == 5
    finally:
        context.close()


def test_a_gzip_stream_that_breaks_off_still_shows_the_list(browser, built_map):
    packed = gzip.compress(built_map.read_bytes(), 6, mtime=0)
    context = browser.new_context(viewport={"width": 360, "height": 640})
    try:
        page = context.new_page()
        with served(packed[: int(len(packed) * 0.3)]) as address:
            page.goto(address, wait_until="commit")
            page.wait_for_selector("#source-list li:last-child")
            assert page.locator("#list .item").count() == 18
    finally:
        context.close()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1400, 700, 360])
def test_without_scripts_every_part_is_one_link_away_and_nothing_is_too_wide(page_at, built_map, width, dark):
    visit = page_at(built_map, width, 640, js=False, dark=dark)
    page = visit.page
    assert page.locator("noscript p").inner_text().startswith("Without JavaScript the map is a still picture")
    links = page.locator(".jump a")
    assert links.all_inner_texts() == ["Map", "Incident table", "How to read this map", "Sources"]
    for link in links.all():
        assert page.locator(link.get_attribute("href")).is_visible()
        assert link.bounding_box()["height"] >= 24
    for part in ("#static-map svg", "#list .item", "#table tbody tr", "#source-list li", "#legend li"):
        assert page.locator(part).first.is_visible(), part
    for empty in ("#timeline", "#strip", "#embed-foot", "#map"):
        assert not page.locator(empty).is_visible(), empty
    links.first.click()
    assert -2 <= page.locator("#static-map").bounding_box()["y"] < 200
    visit.assert_quiet()


def test_with_scripts_the_links_for_those_without_go(page_at, built_map):
    assert not page_at(built_map, 360, 640).page.locator(".jump").is_visible()
