"""The whole page for those who use no mouse, large text, forced colours or no motion: every view, every state."""

from __future__ import annotations

import itertools

import pytest

pytestmark = pytest.mark.browser

CAMP, KAVO = "TJ-AF-2025-11-26-A", "TJ-AF-2025-12-KAVO"
STATES = {
    "list": "0",
    "detail": f"panjmap.panel.select('{CAMP}', 'map')",
    "filters": "panjmap.panel.openTab('filters'); panjmap.store.setFilter('type', ['drone_strike'])",
    "nothing left": "panjmap.store.set('query', 'xyzq')",
    "sources": "panjmap.panel.openTab('sources')",
    "menu": "document.querySelector('.share-button').click()",
    "strip": "document.querySelector('#strip-fold').open = true",
    "old link": "panjmap.panel.select('X-1', 'list')",
}
FOLDS = "document.querySelectorAll('#panel-filters details').forEach(fold => { fold.open = true; });"
#: What the keyboard is on: whether it can be seen, whether a line or a ring says so, whether something lies over it.
FOCUS = """() => {
    const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
    if (node === document.body) return null;
    const drawn = [...node.querySelectorAll('.token-ring, .strip-ring, .strip-box, .strip-hit, .hit, .grip')];
    const rings = drawn.filter(ring => {
        const look = getComputedStyle(ring);
        return look.visibility === 'visible' && look.stroke !== 'none' && parseFloat(look.strokeWidth) >= 3;
    });
    const middle = (low, high, end) => Math.max(1, Math.min(end - 1, (Math.max(low, 0) + Math.min(high, end)) / 2));
    const top = document.elementFromPoint(
        middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    const part = node.closest('#map, #mapbox, #legend, #timeline, #side, #strip, #table, footer');
    return {
        what: node.tagName + ' ' + (node.id || node.dataset.id || node.getAttribute('class')) + ' '
            + (node.getAttribute('aria-label') || node.textContent).trim().slice(0, 40),
        part: part ? part.id || part.tagName : '',
        inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
            && box.top < innerHeight && box.left < innerWidth,
        marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || rings.length > 0,
        covered: node.namespaceURI.endsWith('xhtml') && !(node.contains(top) || top && top.contains(node)),
    };
}"""
#: Lines of text that leave the window, are cut by a box that does not scroll, or lie on each other; words cut in two.
TEXTS = r"""() => {
    const width = document.documentElement.clientWidth, cut = [], over = [], broken = [], lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    const apart = '.share-box, #map-none, .chip, .leaflet-control, .sheet, .bar, .tabs, .status';
    const judge = (at, box) => {
        for (let up = at; up && up !== document.documentElement; up = up.parentElement) {
            const look = getComputedStyle(up), frame = up.getBoundingClientRect();
            const side = box.right > frame.right + 1.5 || box.left < frame.left - 1.5;
            const end = box.bottom > frame.bottom + 1.5 || box.top < frame.top - 1.5;
            if (look.overflowX === 'hidden' && side || look.overflowY === 'hidden' && end) return 'cut';
            const middle = (box.top + box.bottom) / 2;
            const scrolled = box.right < frame.left + 1 || box.left > frame.right - 1;
            const away = scrolled || middle < frame.top || middle > frame.bottom;
            if (/auto|scroll/.test(look.overflowX)) return away ? 'scrolled' : '';
        }
        return box.right > width + 1 || box.left < -1 ? 'cut' : '';
    };
    for (let node; (node = walker.nextNode());) {
        const at = node.parentElement, text = node.data.trim().slice(0, 40);
        if (!text || !at.checkVisibility({ visibilityProperty: true })) continue;
        if (at.closest('svg, script, style, .sr, .skip, .list-title')) continue;
        range.selectNodeContents(node);
        const layer = at.closest(apart);
        for (const box of range.getClientRects()) {
            if (box.width < 2) continue;
            const found = judge(at, box);
            if (found === 'cut') cut.push(text);
            if (!found) lines.push([box, layer, text]);
        }
        for (const word of node.data.matchAll(/[A-Za-z]{2,11}/g)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
        }
    }
    lines.forEach(([a, one, text], i) => lines.slice(i + 1).forEach(([b, other, more]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (one === other && wide > 2 && high > 0.4 * Math.min(a.height, b.height)) over.push(text + ' / ' + more);
    }));
    const wider = document.documentElement.scrollWidth - width;
    return { count: lines.length, wider, cut, over, broken: [...new Set(broken)] };
}"""
#: What a browser's “text only” zoom does: every size of text twice as large, every other length as it was.
DOUBLE = """() => [...document.querySelectorAll('body, body *')]
    .filter(node => !node.closest('svg') && !node.dataset.doubled)
    .map(node => [node, getComputedStyle(node)])
    .map(([node, look]) => [node, parseFloat(look.fontSize), look.lineHeight])
    .forEach(([node, size, line]) => {
        node.dataset.doubled = 'yes';
        node.style.setProperty('font-size', 2 * size + 'px', 'important');
        if (line.endsWith('px')) node.style.setProperty('line-height', 2 * parseFloat(line) + 'px', 'important');
    })"""
SMALL = """() => [...document.querySelectorAll('a[role=button], button, summary, label.switch,'
    + ' input:not([type=checkbox], [type=radio]),'
    + ' .item, td a, .chip a, [role=menuitem], [data-token] .hit, .mark .hit')]
    .filter(node => node.checkVisibility({ visibilityProperty: true }))
    .map(node => [node, node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 23.9 || box.height < 23.9))
    .map(([node, box]) => [node.textContent.slice(0, 30) || node.getAttribute('class'),
        box.width, box.height].join(' '))"""
NAMELESS = """() => [...document.querySelectorAll('button, a[href], summary, input, textarea,'
    + ' [role=button], [role=slider], [role=tab]')]
    .filter(node => node.checkVisibility({ visibilityProperty: true })).filter(node => {
        const label = node.labels && node.labels[0], named = node.getAttribute('aria-labelledby');
        const name = node.getAttribute('aria-label') || named && document.getElementById(named).textContent
            || label && label.textContent || node.textContent;
        return !/[\\p{L}]{2}/u.test(name);
    }).map(node => node.outerHTML.slice(0, 120))"""


def bring(page, state, *, large=False):
    """Bring the page from whatever state to this one."""
    page.evaluate(
        "() => { panjmap.panel.select(null); panjmap.store.clear(); panjmap.panel.openTab('list');"
        " document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true})); }"
    )
    page.evaluate("async () => {" + STATES[state] + ";" + FOLDS + "}")
    page.wait_for_timeout(350)
    if large:
        page.evaluate(DOUBLE)
        page.wait_for_timeout(200)


# ---------------------------------------------------------------- by keyboard alone


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 640)])
def test_tab_walks_the_whole_page_in_order_and_the_focus_is_always_seen(page_at, built_map, width, height):
    page = page_at(built_map, width, height).page
    page.evaluate("document.querySelector('#strip-fold').open = true")
    page.wait_for_selector("#strip-box .strip-mark")
    seen = []
    while len(seen) < 200:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        seen.append(at)
    assert 60 < len(seen) < 200, "a trap, or stops that are not reached"
    assert [at["what"] for at in seen if not (at["inside"] and at["marked"]) or at["covered"]] == []
    parts = list(dict.fromkeys(at["part"] for at in seen))
    assert parts == ["", "map", *(["mapbox"] if "mapbox" in parts else []), "legend", "timeline", "side", *parts[-3:]]
    assert parts[-3:] == ["strip", "table", "FOOTER"]
    changes = sum(one["part"] != other["part"] for one, other in itertools.pairwise(seen))
    assert changes <= len(parts)  # no part is left and entered again (but for the map's own controls)


#: Where a reader stands and what the selection must give back: what to press first, the stop itself.
ORIGINS = {
    "map": f"[data-token='{CAMP}']",
    "list": f"#list [data-id='{KAVO}']",
    "table": f"#table [data-id='{KAVO}']",
    "timeline": "#timeline .mark",
    "undated": "#timeline .undated",
    "strip": "#strip-box .strip-mark",
    "strip, without place": "#strip-box .strip-out",
    "chip": "#not-located a",
}


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 640)])
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_every_mark_opens_its_record_and_escape_returns_to_it(page_at, built_map, width, height, key):
    page = page_at(built_map, width, height).page
    page.evaluate("['strip', 'table'].forEach(name => { document.querySelector('#' + name + '-fold').open = true; })")
    page.wait_for_selector("#strip-box .strip-mark")
    lost = []
    for origin, stop in ORIGINS.items():
        mark = page.locator(stop).first
        mark.focus()
        mark.scroll_into_view_if_needed()
        link = mark.evaluate("node => node.tagName === 'A'")
        page.keyboard.press("Enter" if link else key)
        page.wait_for_selector("#detail-title")
        page.wait_for_function("() => document.activeElement.id === 'detail-title'")
        page.keyboard.press("Escape")
        page.wait_for_selector("#detail-title", state="hidden")
        if not mark.evaluate("node => node === document.activeElement"):
            lost.append((origin, page.evaluate("document.activeElement.outerHTML.slice(0, 90)")))
        elif not page.evaluate(FOCUS)["inside"]:
            lost.append((origin, "out of sight"))
    assert lost == []


# ---------------------------------------------------------------- large text, a small window


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (700, 900), (360, 640)])
def test_text_twice_as_large_is_whole_and_apart(page_at, built_map, width, height):
    page = page_at(built_map, width, height).page
    for state in STATES:
        bring(page, state, large=True)
        found = page.evaluate(TEXTS)
        assert found["count"] > 50
        assert (state, found["wider"], found["cut"], found["over"], found["broken"]) == (state, 0, [], [], [])


def test_the_page_at_four_times_its_size_is_whole_and_apart(page_at, built_map):
    page = page_at(built_map, 320, 256, device_scale_factor=4).page
    for state in STATES:
        bring(page, state)
        found = page.evaluate(TEXTS)
        assert (state, found["wider"], found["cut"], found["over"], found["broken"]) == (state, 0, [], [], [])
        assert page.evaluate(
            "() => ['#side .panel:not([hidden])', '#detail'].map(name => document.querySelector(name))"
            ".every(node => node.hidden || node.getBoundingClientRect().height >= 100)"
        )


# ---------------------------------------------------------------- forced colours, no motion


@pytest.mark.parametrize("dark", [False, True])
def test_forced_colours_keep_what_is_chosen_and_every_text(page_at, built_map, dark):
    visit = page_at(built_map, dark=dark, forced_colors="active")
    page = visit.page
    look = "([name, key]) => getComputedStyle(document.querySelector(name))[key]"
    differs = [
        ("#tab-list", "#tab-sources", "borderBottomColor"),
        ("#time-periods [aria-pressed=true]", "#time-periods [aria-pressed=false]", "backgroundColor"),
        ("#timeline .undated.selected", "#timeline .undated:not(.selected)", "outlineStyle"),
        ("#table tr.selected", "#table tr:not(.selected)", "outlineStyle"),
    ]
    page.evaluate("panjmap.panel.select('TJ-AF-2025-M-RAIDS', 'list')")
    page.wait_for_selector("#detail-title")
    page.locator("#time-periods button").nth(1).click()
    page.evaluate("document.querySelector('#strip-fold').open = true")
    page.wait_for_selector("#strip-box .strip-mark")
    for one, other, key in differs:
        assert page.evaluate(look, [one, key]) != page.evaluate(look, [other, key]), one
    # Light text on a light halo, or a halo drawn over its letters, was what made the strip unreadable.
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('.strip-svg text')]
            .map(node => [node, getComputedStyle(node)]).filter(([, look]) =>
            look.fill === look.stroke || look.stroke !== 'none' && !look.paintOrder.startsWith('stroke'))
            .map(([node]) => node.textContent)"""
        )
        == []
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for mark in (".time-svg .mark .bar", ".strip-svg .strip-line", ".handle .grip"):
        assert page.evaluate(
            "([name, paper]) => { const look = getComputedStyle(document.querySelector(name));"
            " return ![look.stroke, look.fill].every(colour => colour === paper || colour === 'none'); }",
            [mark, paper],
        )
    visit.assert_quiet()


def test_a_chosen_theme_does_not_work_against_forced_colours(page_at, built_map):
    page = page_at(built_map, dark=True, forced_colors="active", address="#theme=light").page
    assert page.evaluate("document.documentElement.hasAttribute('data-theme')") is False
    page = page_at(built_map, dark=True, address="#theme=light").page
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize("address", ["", "?embed=1"])
def test_where_the_reader_wants_no_motion_nothing_moves(page_at, built_map, address):
    page = page_at(built_map, address=address).page
    page.evaluate(
        "() => { window.moving = 0; ['animationstart', 'transitionrun'].forEach(name =>"
        " document.addEventListener(name, () => { window.moving += 1; }, true)); }"
    )
    page.evaluate(f"panjmap.panel.select('{CAMP}', 'list')")
    page.wait_for_selector("#detail-title")
    page.keyboard.press("Escape")
    page.locator(".leaflet-control-zoom-in").click()
    page.evaluate("panjmap.store.set('query', 'drone')")
    page.mouse.move(400, 400)
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    assert page.evaluate("[window.moving, document.getAnimations().length]") == [0, 0]
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


# ---------------------------------------------------------------- names and sizes of what can be pressed


@pytest.mark.parametrize(("width", "height", "address"), [(1400, 900, ""), (360, 640, ""), (360, 690, "?embed=1")])
def test_everything_that_can_be_pressed_is_named_and_large_enough(page_at, built_map, width, height, address):
    page = page_at(built_map, width, height, address=address).page
    for state in ("list", "detail") if address else STATES:
        bring(page, state)
        assert (state, page.evaluate(SMALL)) == (state, [])
        assert (state, page.evaluate(NAMELESS)) == (state, [])


# ---------------------------------------------------------------- axe in the states that no other test enters


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (360, 640)])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_sources_and_answers_to_old_links(page_at, built_map, axe, width, height, dark):
    visit = page_at(built_map, width, height, dark=dark)
    for state in ("sources", "old link"):
        bring(visit.page, state)
        assert (state, axe(visit)) == (state, [])


def test_axe_finds_nothing_at_four_times_the_size_or_in_forced_colours(page_at, built_map, axe):
    visit = page_at(built_map, 320, 256, address=f"#sel={CAMP}")
    assert axe(visit) == []
    visit = page_at(built_map, forced_colors="active", address=f"#sel={CAMP}")
    assert axe(visit) == []
