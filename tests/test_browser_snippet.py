"""The printed snippet in a host page: it takes the map's height, heeds nobody else, and has a picture for paper."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from page_case import scene_of

from panjmap.render.embed import embed_page, inline_parts, snippet

pytestmark = pytest.mark.browser

DOCS = Path(__file__).resolve().parents[1] / "docs" / "embedding.md"
#: A red square of 10 x 10.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC"
)
HEIGHTS = "[...document.querySelectorAll('iframe.panjmap-frame')].map(frame => frame.offsetHeight)"


@pytest.fixture(scope="module")
def pages(built_map, tmp_path_factory):
    """Return a folder as an author has it: map.html, embed.html, figure.png."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "map.html").write_bytes(built_map.read_bytes())
    (folder / "embed.html").write_bytes(embed_page(scene_of()))
    (folder / "figure.png").write_bytes(PICTURE)
    return folder


@pytest.fixture
def host(page_at, pages):
    """Open a host page: ``host(body, width, head="", ready=True)``."""

    def opened(body, width=1400, head="", ready=True, height=900, **options):
        page = pages / "host.html"
        viewport = '<meta name="viewport" content="width=device-width">'
        page.write_text(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">{viewport}<title>Host</title>{head}</head>'
            f'<body style="margin:0"><main><h1>Host</h1>\n{body}\n</main></body></html>',
            encoding="utf-8",
        )
        own = [pages / name for name in ("map.html", "embed.html", "figure.png")]
        visit = page_at(page, width, height, frames=own, **options)
        if ready:
            for frame in visit.page.frames[1:]:
                frame.wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
            visit.page.wait_for_timeout(300)
        return visit

    return opened


@pytest.fixture(scope="module")
def printed():
    return snippet(scene_of())


@pytest.mark.parametrize(("width", "tallest"), [(1400, 860), (700, 900), (360, 700)])
@pytest.mark.parametrize("src", ["map.html", "embed.html"])
def test_the_frame_takes_the_height_of_the_map_at_every_width(host, src, width, tallest):
    visit = host(snippet(scene_of(), src=src), width)
    (height,) = visit.page.evaluate(HEIGHTS)
    assert 400 < height <= tallest
    frame = visit.page.frames[1]
    assert frame.evaluate("document.documentElement.classList.contains('embed')")
    assert frame.evaluate("[document.documentElement.scrollHeight, innerHeight]") == [height, height]
    assert frame.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.locator("iframe").bounding_box()["width"] == width
    assert not visit.page.locator(".panjmap-picture").is_visible()
    visit.assert_quiet()


def test_it_follows_when_the_window_changes(host, printed):
    visit = host(printed, 1400)
    before = visit.page.evaluate(HEIGHTS)
    visit.page.set_viewport_size({"width": 700, "height": 900})
    visit.page.wait_for_timeout(500)
    after = visit.page.evaluate(HEIGHTS)
    assert after != before
    assert visit.page.frames[1].evaluate("document.documentElement.scrollHeight") == after[0]


def test_several_snippets_follow_each_their_own_frame(host, printed):
    narrow = f'<div style="width:400px">{printed}</div>'
    visit = host(f"{printed}{narrow}{printed}", 1000)
    heights = visit.page.evaluate(HEIGHTS)
    inside = [frame.evaluate("document.documentElement.scrollHeight") for frame in visit.page.frames[1:]]
    assert heights == inside
    assert heights[0] == heights[2] != heights[1]
    visit.assert_quiet()


FALSE_MESSAGES = [
    "{type: 'panjmap:height', height: 4000}",  # right, but from the host itself
    "{type: 'panjmap:height', height: Infinity}",
    "{type: 'panjmap:height', height: NaN}",
    "{type: 'panjmap:height', height: -1}",
    "{type: 'panjmap:height', height: 1e9}",
    "{type: 'panjmap:height', height: '500px;color:red'}",
    "{type: 'panjmap:height'}",
    "{type: 'other', height: 400}",
    "'panjmap:height'",
    "null",
    "undefined",
    "42",
]


@pytest.mark.parametrize("sender", ["host", "frame", "stranger"])
def test_messages_of_others_and_heights_that_are_none_are_ignored(host, printed, sender):
    stranger = '<iframe id="stranger" title="Other" srcdoc="&lt;p>other"></iframe>'
    visit = host(printed + stranger, ready=False)
    visit.page.frames[1].wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
    visit.page.wait_for_timeout(300)
    before = visit.page.evaluate(HEIGHTS)
    for message in FALSE_MESSAGES[0 if sender != "frame" else 1 :]:
        if sender == "host":
            visit.page.evaluate(f"postMessage({message}, '*')")
        else:
            frame = visit.page.frames[1 if sender == "frame" else 2]
            frame.evaluate(f"parent.postMessage({message}, '*')")
    visit.page.wait_for_timeout(200)
    assert visit.page.evaluate(HEIGHTS) == before
    assert visit.page.evaluate("document.querySelector('.panjmap-frame').style.cssText") == f"height: {before[0]}px;"
    visit.page.frames[1].evaluate("parent.postMessage({type: 'panjmap:height', height: 432.1}, '*')")
    visit.page.wait_for_timeout(200)
    assert visit.page.evaluate(HEIGHTS) == [433]
    assert visit.page_errors == []


@pytest.mark.parametrize("host_style", ["*{box-sizing:border-box}", "iframe{border:9px solid;height:90px;padding:4px}"])
def test_a_hosts_own_style_for_frames_makes_no_scroll_bar(host, printed, host_style):
    visit = host(printed, 700, head=f"<style>{host_style}</style>")
    scroll, inner = visit.page.frames[1].evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert scroll == inner


def test_on_paper_the_picture_stands_for_the_frame(host, printed):
    visit = host(printed, 700)
    visit.page.emulate_media(media="print")
    assert not visit.page.locator("iframe").is_visible()
    picture = visit.page.locator(".panjmap-picture")
    assert picture.is_visible()
    assert picture.evaluate("image => image.naturalWidth") == 10
    assert visit.page.get_by_role("link").is_visible()


@pytest.mark.parametrize("stripped", ["iframe", "style", "script", "iframe|style|script"])
def test_what_a_host_takes_out_leaves_something_to_see(host, printed, stripped):
    left = re.sub(rf"<({stripped})\b.*?</\1>", "", printed, flags=re.DOTALL)
    visit = host(left, 700)
    picture = visit.page.locator(".panjmap-picture")
    assert picture.is_visible() is (stripped != "script")
    assert visit.page.locator("iframe").count() == ("iframe" not in stripped)
    if stripped == "script":
        assert visit.page.evaluate(HEIGHTS) == [700]
        assert visit.page.frames[1].evaluate("document.documentElement.scrollHeight") > 500


def test_without_scripts_the_frame_shows_the_static_page(host, printed):
    visit = host(printed, 700, ready=False, js=False)
    assert "Not a complete record" in visit.page.frames[1].locator(".deck").inner_text()


def test_a_host_with_a_strict_policy_names_three_things(host, printed):
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in inline_parts()
    ]
    text = DOCS.read_text(encoding="utf-8")
    assert [one for one in hashes if one not in text] == []
    policy = f"default-src 'none'; frame-src file:; img-src file:; style-src {hashes[0]}; script-src {hashes[1]}"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    visit = host(printed, 700, head=meta)
    frame = visit.page.frames[1]
    assert visit.page.evaluate(HEIGHTS) == [frame.evaluate("document.documentElement.scrollHeight")]
    assert not visit.page.locator(".panjmap-picture").is_visible()


def test_links_leave_the_sandbox_and_the_whole_page_can_save_files(browser, pages, printed):
    # Over http, for a sandboxed frame may open no file.
    (pages / "host.html").write_text(f"<!doctype html><title>Host</title>{printed}", encoding="utf-8")
    context = browser.new_context()
    context.route("**/*", lambda route: route.fulfill(path=pages / route.request.url.split("?")[0].rpartition("/")[2]))
    page = context.new_page()
    page.goto("http://host.test/host.html")
    page.frames[1].wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
    with context.expect_page() as opened:
        page.frames[1].click(".embed-full")
    whole = opened.value
    whole.wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
    assert whole.url == "http://host.test/map.html"
    assert whole.evaluate("[panjmap.store.state.embed, panjmap.files.allowed(), window.opener]") == [False, True, None]
    context.close()


def test_from_a_disk_the_frame_shows_the_address_and_the_link_below_opens_it(host, printed):
    visit = host(printed, 1000, height=1400)
    visit.page.frames[1].click(".embed-full")
    assert visit.page.frames[1].locator(".address").inner_text().endswith("map.html")
    visit.page.click("figcaption a")
    visit.page.wait_for_selector("html[data-ready]:not(.embed)", state="attached", timeout=15_000)


def test_the_compact_page_opens_whole_when_asked(page_at, pages):
    visit = page_at(pages / "embed.html")
    assert visit.page.locator("html.embed").count() == 1
    whole = visit.page.evaluate("panjmap.embed.fullAddress(location.href)")
    assert whole.endswith("embed.html?embed=0")
    assert visit.page.evaluate("panjmap.permalink.addressOf('X')").endswith("embed.html?embed=0#sel=X")
    visit.page.evaluate("panjmap.store.set('names', 'tg')")
    assert visit.page.evaluate("panjmap.permalink.address()").endswith("embed.html#names=tg")
    for address in ("?embed=0", "#embed=0"):
        visit = page_at(pages / "embed.html", address=address)
        assert visit.page.locator("html.embed").count() == 0
        assert visit.page.locator("#list").is_visible()
        assert visit.page.evaluate("panjmap.permalink.address()").endswith(f"{address.replace('#', '')}#embed=0"[-8:])
        visit.assert_quiet()


def test_axe_finds_nothing_in_the_host(host, axe, printed):
    assert [line for line in axe(host(printed, 700)) if "panjmap" in line] == []
