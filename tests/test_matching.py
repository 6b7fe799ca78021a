"""Filters, search, time window and permalink: the pure functions of the page, called in a browser."""

from __future__ import annotations

import pytest

from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.names import fold, letters


@pytest.fixture
def page(page_at, built_map):
    return page_at(built_map).page


WINDOW = """w => [...panjmap.matching.inWindow(
    {start: row => w.spans[row][0], end: row => w.spans[row][1]}, w.window, w.spans.length)]"""


def test_a_window_keeps_what_may_lie_in_it_and_marks_it(page):
    spans = [[5, 6], [0, 5], [6, 30], [0, 4], [11, 12], [None, None], [None, 5], [None, 4], [8, None], [11, None]]
    # inside; overlaps its start, its end; before; after; not given; open ends on either side
    wanted = [1, 2, 2, 0, 0, 2, 2, 0, 2, 0]
    assert page.evaluate(WINDOW, {"spans": spans, "window": [5, 10]}) == wanted


FOLDED = "text => panjmap.matching.fold(text)"


SPELLINGS = [
    ("Khorógh", "KHOROGH"),
    ("Вахдат", "ВАХДАТ"),
    ("كولاب", "کولاب"),
    ("Shahr\u200ce Naw", "shahre-naw"),
    ("Qal’ai", "Qalai"),
    ("Қалъаи Хумб", "Qal'ai-Khumb"),
    ("Хоруғ", "Xorugh"),
    ("Дарвоз", "Darwoz"),
    ("Рушон", "Rushon"),
    ("Таджик", "Tajik"),
    ("Ҷомӣ", "Jomi"),
    ("Кӯлоб", "Kulob"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_that_mean_the_same_fold_alike(page, one, other):
    assert page.evaluate(FOLDED, one).replace(" ", "") == page.evaluate(FOLDED, other).replace(" ", "")


def test_folding_agrees_with_the_gazetteer_on_cyrillic_and_persian_letters(page):
    """One romanisation on the page and in the gazetteer, letter by letter of the place names."""
    found = {letter for name in read_tables(PACKAGED).place_names for letter in "".join(letters(name.name))}
    found = sorted(letter for letter in found if letter > "\x7f")
    folded = page.evaluate("texts => texts.map(text => panjmap.matching.fold(text))", found)
    ours = page.evaluate("texts => texts.map(text => panjmap.matching.fold(text))", [fold(one) for one in found])
    assert folded == ours
    assert len(found) > 50


def test_folding_twice_changes_nothing(page):
    names = [name.name for name in read_tables(PACKAGED).place_names]
    once = page.evaluate("texts => texts.map(text => panjmap.matching.fold(text))", names)
    assert page.evaluate("texts => texts.map(text => panjmap.matching.fold(text))", once) == once


def test_counts_of_a_facet_leave_out_its_own_filter_only(page):
    before = page.evaluate("panjmap.store.counts('type')")
    page.evaluate("panjmap.store.setFilter('type', ['drone_strike'])")
    assert page.evaluate("panjmap.store.counts('type')") == before
    assert sum(page.evaluate("panjmap.store.counts('precision')").values()) == page.evaluate(
        "panjmap.store.shown.count"
    )
    assert page.evaluate("panjmap.store.shown.count") == before["drone_strike"]


def test_a_filter_by_type_matches_every_claimed_type(page):
    page.evaluate("panjmap.store.setFilter('type', ['drone_strike'])")
    shown = page.evaluate("panjmap.store.records.filter(r => panjmap.store.isShown(r.id)).map(r => r.id)")
    assert set(shown) == {"TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A"}


def test_a_search_finds_titles_speakers_outlets_and_places_in_every_script(page):
    for query, wanted in (
        ("kavo clash", "TJ-AF-2025-12-KAVO"),
        ("unhcr", "TJ-AF-2025-R-UNHCR"),
        ("eurasianet", "TJ-AF-2025-11-26-A"),
        ("Хатлон", "TJ-AF-2024-11-A"),
        ("ختلان", "TJ-AF-2024-11-A"),
        ("кавок", "TJ-AF-2025-12-KAVO"),
        ("kawok", "TJ-AF-2025-12-KAVO"),
        ("Дроне стрике", "TJ-AF-2025-11-26-A"),
    ):
        page.evaluate("query => panjmap.store.set('query', query)", query)
        shown = page.evaluate("panjmap.store.records.filter(r => panjmap.store.isShown(r.id)).map(r => r.id)")
        assert wanted in shown, query
        assert len(shown) < 18, query


STATE = {
    "filters": {"type": ["drone_strike", "armed_attack"], "differ": ["yes"]},
    "layers": {"relief": False, "places": True},
    "window": [20000, 20100],
    "query": "Қалъаи & Хумб=1",
    "view": [8.25, 37.6, 70.01],
    "names": "fa",
    "theme": "dark",
    "embed": False,
    "selected": "TJ-AF-2025-11-26-A",
}
KNOWN = {"facets": {"type": ["drone_strike", "armed_attack"], "differ": ["yes"]}, "layers": ["relief", "places"]}


def test_a_permalink_gives_the_state_back(page):
    text = page.evaluate("s => panjmap.permalink.write(s, {layers: {relief: true, places: true}})", STATE)
    found = page.evaluate("([text, known]) => panjmap.permalink.read('#' + text, known)", [text, KNOWN])
    assert found == {key: value for key, value in STATE.items() if key != "embed"} | {"layers": {"relief": False}}


NONSENSE = [
    *("#", "#sel", "#=&=&", "#v=1/2", "#v=a/b/c", "#v=99/0/0", "#v=1e9/0/0", "#t=2025-13-01..2025-12-01", "#t=.."),
    *("#t=2025-12-02..2025-12-01", "#type=nonsense,__proto__", "#names=xx&theme=pink", "#layers=-nothing,__proto__"),
    *("#sel=%E0%A4%A", "#sel=<script>", "#q=%", "#embed=yes", "#constructor=1&__proto__=2"),
]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_in_an_address_is_ignored(page, text):
    found = page.evaluate("([text, known]) => panjmap.permalink.read(text, known)", [text, KNOWN])
    assert {key: value for key, value in found.items() if value not in (None, "", {})} == {}
