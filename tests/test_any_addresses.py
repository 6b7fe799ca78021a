"""Addresses, words and file names of the page, with thousands of texts at once: what is written is read."""

from __future__ import annotations

import random
import re
from urllib.parse import quote

import pytest
from hypothesis import settings
from payloads import NO_LINKS, PAYLOADS

from panjmap.data.text import clean
from panjmap.render.phrases import safe_link

pytestmark = pytest.mark.browser

#: How many texts: in the suite 2,000, with a profile that looks further as many more.
COUNT = 20 * settings.default.max_examples
KEYS = ("type", "prec", "src", "spk", "act", "where", "diff", "t", "q", "names", "theme", "layers", "sel", "v", "embed")
PIECES = (
    *(
        "=",
        "&",
        "#",
        "%",
        "%zz",
        "%25",
        "%00",
        "%ff",
        "%F0%9F%98%80",
        "+",
        ",",
        "..",
        "/",
        "?",
        ";",
        ":",
        " ",
        "\t",
        "\n",
        "\0",
    ),
    *(
        "__proto__",
        "constructor",
        "toString",
        "prototype",
        "hasOwnProperty",
        "[object Object]",
        "null",
        "undefined",
        "NaN",
    ),
    *(
        "1e999",
        "-0",
        "0x10",
        "Infinity",
        "99999999999999999999",
        "7.5/38/70",
        "20/85/180",
        "-1/0/0",
        "2025-11-26",
        "9999-12-31",
    ),
    *(
        "2025-11-01..2025-12-31",
        "0000-00-00..",
        "drone_strike",
        "armed_attack",
        "relief",
        "-relief",
        "TJ-AF-2025-12-KAVO",
    ),
    *(
        "fa",
        "tg",
        "dark",
        "light",
        "\u202e",
        "\ud800",
        "\udfff",
        "\U0001f600",
        "\u2028",
        "<img src=x onerror=window.__p=1>",
    ),
)

#: Properties of many texts at once; what does not hold comes back.
READ = r"""([texts, states]) => {
    const wrong = [], { permalink, embed, matching, dates, rows } = panjmap;
    const members = () => Object.getOwnPropertyNames(Object.prototype).length, before = members();
    const facets = { type: ['drone_strike', 'armed_attack', 'constructor'], where: ['TJ', '__proto__'] };
    const known = { facets, layers: ['relief', 'border', 'tiles-0'] };
    const defaults = { layers: { relief: true, border: true, 'tiles-0': false }, embed: false };
    const full = wish => ({ selected: wish.selected || null, filters: wish.filters || {}, query: wish.query || '',
        window: wish.window || null, view: wish.view || null, embed: Boolean(wish.embed), theme: wish.theme || 'device',
        names: wish.names || 'latin', layers: Object.assign({}, defaults.layers, wish.layers) });
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    const again = state => full(permalink.read('#' + permalink.write(state, defaults), known));
    const check = (name, text, holds) => {
        try { if (!holds()) wrong.push([name, text]); } catch (error) { wrong.push([name, text, String(error)]); }
    };
    texts.forEach(text => {
        check('reading an address', text, () => {
            const first = full(permalink.read(text, known));
            return same(first, again(first)) && first.query.length <= 200;
        });
        check('only known values', text, () => {
            const { filters, layers } = permalink.read(text, known);
            return Object.entries(filters).every(([facet, values]) => values.every(one => facets[facet].includes(one)))
                && Object.keys(layers).every(id => known.layers.includes(id));
        });
        check('folding', text, () => matching.fold(matching.fold(text)) === matching.fold(text));
        check('a day', text, () => dates.fromIso(text) === null || dates.iso(dates.fromIso(text)) === text);
        const whole = embed.fullAddress('https://example.org/map.html' + text);
        check('the whole page', text, () => !/[?&#]embed=1(&|$)/.test(whole.split('#', 2).join('#')));
        check('a file name', text, () => /^[A-Za-z0-9._-]+$/.test(rows.fileName(text, 'csv')));
        check('a text', text, () => panjmap.text('share.query', { query: text }).includes(text));
    });
    states.forEach(state => check('writing a state', JSON.stringify(state), () =>
        same(again(full(state)), full(state)) && !/[<>"\s]/.test(permalink.write(full(state), defaults))));
    if (members() !== before || ({}).polluted !== undefined) wrong.push(['Object.prototype']);
    return wrong.slice(0, 60);
}"""


def texts(count: int, seed: int) -> list[str]:
    """Texts of pieces that mean something to an address, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    pieces = [*PIECES, *(f"{key}=" for key in KEYS), *PAYLOADS.values()]

    def one() -> str:
        parts = [chance.choice(pieces) if chance.random() < 0.8 else chr(chance.randrange(0x110000)) for _ in range(9)]
        return chance.choice(("", "#", "?", "&")) + "".join(parts[: chance.randrange(1, 10)])

    return [
        *PAYLOADS.values(),
        *(f"#{key}={text}" for key in KEYS for text in PAYLOADS.values()),
        *(one() for _ in range(count)),
    ]


def states(count: int, seed: int) -> list[dict[str, object]]:
    """States of the page as a reader can bring them about."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = [text for text in texts(200, seed) if text == text.strip() and not re.search("[\ud800-\udfff]", text)]

    def some(values: list[str]) -> list[str]:
        return [value for value in values if chance.random() < 0.5] or values[:1]

    found = []
    for _ in range(count):
        days = sorted(chance.randrange(-30_000, 60_000) for _ in range(2))
        state: dict[str, object] = {
            "selected": chance.choice(["TJ-AF-2025-12-KAVO", "constructor", "x" * 80]),
            "filters": {
                "type": some(["drone_strike", "armed_attack", "constructor"]),
                "where": some(["TJ", "__proto__"]),
            },
            "query": chance.choice(words)[:100].strip(),
            "window": days,
            "view": [
                chance.randrange(2001) / 100,
                chance.randrange(-850_000, 850_000) / 1e4,
                chance.randrange(-180, 180),
            ],
            "layers": {"relief": chance.random() < 0.5, "tiles-0": chance.random() < 0.5},
            "names": chance.choice(["latin", "tg", "fa"]),
            "theme": chance.choice(["device", "light", "dark"]),
            "embed": chance.random() < 0.5,
        }
        found.append({name: value for name, value in state.items() if chance.random() < 0.7})
    return found


def test_what_an_address_says_is_read_and_written_and_nothing_else(page_at, built_map):
    visit = page_at(built_map)
    wrong = visit.page.evaluate(READ, [texts(COUNT, 1), states(COUNT, 2)])
    assert wrong == []
    visit.assert_quiet()


FOLLOW = """async texts => {
    for (const text of texts) {
        location.hash = text;
        await new Promise(done => setTimeout(done, 4));
        window.postMessage({ type: text, height: text }, '*');
    }
    location.hash = '';
    await new Promise(done => setTimeout(done, 50));
    return [window.__p === undefined, ({}).polluted === undefined, panjmap.store.state.selected];
}"""


def test_any_address_and_any_message_leave_the_page_whole(page_at, built_map):
    """Followed one after the other, and one with all keys from the start."""
    hostile = [f"{key}={text}" for text in PAYLOADS.values() for key in ("sel", "layers")]
    visit = page_at(built_map, address="#" + "&".join(f"{key}={quote(PAYLOADS['handlers'])}" for key in KEYS[:-1]))
    assert visit.page.evaluate(FOLLOW, [*hostile, *PAYLOADS.values()]) == [True, True, None]
    assert visit.page.locator("#map").is_visible()
    visit.assert_quiet()


def test_what_passes_for_a_link_is_one_for_a_browser_too(page_at, built_map):
    asked = [
        *NO_LINKS,
        *(f"https://example.org/{text}" for text in texts(COUNT, 3)),
        *(f"https:{t}" for t in texts(99, 4)),
    ]
    passed = [text for text in map(clean, asked) if safe_link(text)]
    assert not set(passed) & set(NO_LINKS)
    assert passed
    protocols = """urls => urls.filter(url => {
        const made = document.createElement('a');
        made.setAttribute('href', url);
        return !/^https?:$/.test(made.protocol);
    })"""
    visit = page_at(built_map)
    assert visit.page.evaluate(protocols, passed) == []
