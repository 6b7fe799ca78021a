"""Names of places in Latin, Tajik and Persian letters: which are shown, where they stand, how they are drawn."""

from __future__ import annotations

import itertools

import pytest

pytestmark = pytest.mark.browser

SIZES = ((1400, 900), (360, 780))
CAPITAL = {"latin": "Dushanbe", "tg": "Душанбе", "fa": "دوشنبه"}
COUNTRY = {"latin": "AFGHANISTAN", "tg": "АФҒОНИСТОН", "fa": "افغانستان"}
NEIGHBOUR = {"latin": "UZBEKISTAN", "tg": "ӮЗБЕКИСТОН", "fa": "ازبکستان"}
REGION = {"latin": "KHATLON", "tg": "ХАТЛОН", "fa": "ختلان"}
RIVER = {"latin": "Panj", "tg": "Панҷ", "fa": "پنج"}

NAMES = """() => [...document.querySelectorAll('.symbols text.name')].map(node => {
  const box = node.getBoundingClientRect(), frame = document.getElementById('map').getBoundingClientRect();
  const style = getComputedStyle(node);
  return {text: node.textContent, lang: node.getAttribute('lang'),
    spacing: style.letterSpacing, italic: style.fontStyle,
    direction: style.direction, kind: node.getAttribute('class'), anchor: node.getAttribute('text-anchor'),
    given: Number(node.getAttribute('x')), local: node.getBBox().x, width: node.getBBox().width,
    box: [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top],
    frame: [frame.width, frame.height]};
})"""


@pytest.fixture
def open_map(page_at, built_map):
    """Open the built map, with names in a script."""

    def visit(script="latin", width=1400, height=900, **options):
        seen = page_at(built_map, width, height, **options)
        choose(seen, script)
        return seen

    return visit


def choose(visit, script):
    visit.page.evaluate("script => panjmap.store.set('names', script)", script)


def names_on(visit):
    return visit.page.evaluate(NAMES)


def script_of(text):
    if any("\u0600" <= letter <= "\u06ff" for letter in text):
        return "fa"
    return "tg" if any("\u0400" <= letter <= "\u04ff" for letter in text) else None


def test_places_countries_regions_and_the_river_are_named_in_the_chosen_script(open_map):
    visit = open_map()
    for script in ("fa", "tg", "latin"):
        choose(visit, script)
        shown = {name["text"] for name in names_on(visit)}
        assert {names[script] for names in (CAPITAL, COUNTRY, NEIGHBOUR, REGION, RIVER)} <= shown


def test_the_switch_speaks_each_language_and_redraws_at_once(open_map):
    visit = open_map()
    page = visit.page
    page.evaluate("panjmap.panel.openTab('filters')")
    group = page.get_by_role("group", name="Names of places")
    labels = group.locator("label").evaluate_all("all => all.map(n => [n.innerText.trim(), n.lastChild.lang])")
    assert labels == [["Latin", ""], ["Тоҷикӣ", "tg"], ["فارسی", "fa"]]
    group.get_by_label("Тоҷикӣ").check()
    assert CAPITAL["tg"] in {name["text"] for name in names_on(visit)}
    group.get_by_label("فارسی").check()
    assert CAPITAL["fa"] in {name["text"] for name in names_on(visit)}
    assert page.locator("#live").inner_text() == "Names of places: فارسی"
    group.get_by_label("Latin").check()
    assert CAPITAL["latin"] in {name["text"] for name in names_on(visit)}
    visit.assert_quiet()


def test_the_address_keeps_the_script_and_gives_it_back(page_at, built_map):
    first = page_at(built_map)
    first.page.evaluate("panjmap.store.set('names', 'fa')")
    first.page.wait_for_function("location.hash.includes('names=fa')")
    first.page.reload()
    first.page.wait_for_selector("html[data-ready]", state="attached")
    assert CAPITAL["fa"] in {name["text"] for name in names_on(first)}
    first.page.evaluate("panjmap.panel.openTab('filters')")
    assert first.page.get_by_label("فارسی").is_checked()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("script", ["tg", "fa"])
def test_names_stand_inside_the_map_unmirrored_and_in_their_language(open_map, script, width, height):
    names = names_on(open_map(script, width, height))
    assert any(name["lang"] == script for name in names)
    for name in names:
        assert name["lang"] == script_of(name["text"]), name
        assert name["direction"] == "ltr", name
        left, top, right, bottom = name["box"]
        assert left >= -1, name
        assert top >= -1, name
        assert right <= name["frame"][0] + 1, name
        assert bottom <= name["frame"][1] + 1, name
        if name["given"]:
            # The text grows from its anchor as it would in Latin letters.
            ends = {"start": 0.0, "middle": 0.5, "end": 1.0}
            room = 0.16 * name["width"]
            assert abs(name["local"] + ends[name["anchor"]] * name["width"] - name["given"]) <= room, name


def test_joined_letters_are_not_spaced_and_not_slanted(open_map):
    names = [name for name in names_on(open_map("fa")) if name["lang"] == "fa"]
    assert len(names) > 10
    for name in names:
        assert name["spacing"] in ("normal", "0px"), name
        assert name["italic"] == "normal", name


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_name_meets_a_label_a_token_or_another_name(open_map, width, height):
    visit = open_map("latin", width, height)
    for script in ("latin", "tg", "fa"):
        choose(visit, script)
        assert_apart(visit.page)


def assert_apart(page):
    """Fail where texts or symbols of the map lie on each other; turned texts have no box of their own."""
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.symbols .token-button use, .symbols .note-text, .symbols text.name')]
          .filter(node => !(node.getAttribute('transform') || '').includes('rotate'))
          .map(node => { const b = node.getBoundingClientRect(), text = node.textContent;
            const slim = text ? 0.16 * b.height : 0.14 * b.height;
            return [text || 'token', b.left + 1, b.top + slim, b.right - 1, b.bottom - slim]; })"""
    )
    assert len(boxes) > 12
    for (a, *one), (b, *other) in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart or "token" == a == b, (a, b)


def test_a_name_that_is_not_known_in_a_script_stays_latin(open_map):
    page = open_map("fa").page
    assert page.evaluate("panjmap.script.nameOf({name: 'Kokcha', name_tg: '', name_fa: 'کوکچه'})") == "کوکچه"
    assert page.evaluate("panjmap.script.nameOf({name: 'Nowhere', name_tg: 'Ҳеҷ', name_fa: ''})") == "Nowhere"
    assert page.evaluate("panjmap.script.nameOf({text: 'Label'})") == "Label"
    short = {"name": "A long name", "short": "ALN", "name_fa": "نام دراز"}
    assert page.evaluate("label => panjmap.script.shortOf(label)", short) == ""


def test_a_persian_name_in_a_sentence_is_isolated(open_map):
    page = open_map("fa").page
    assert page.evaluate("panjmap.script.inText('پنج') + ', 252 km'") == "\u2068پنج\u2069, 252 km"
    assert page.evaluate("panjmap.script.inText('Panj') + ', 252 km'") == "Panj, 252 km"


def test_without_scripts_names_are_latin(page_at, built_map):
    text = page_at(built_map, js=False).page.locator("#static-map").inner_text()
    assert CAPITAL["latin"] in text
    assert script_of(text) is None


def test_the_river_strip_speaks_the_chosen_script(open_map):
    visit = open_map("fa")
    page = visit.page
    page.evaluate("document.querySelectorAll('#strip details').forEach(fold => { fold.open = true; })")
    page.wait_for_selector(".strip-svg text")
    shown = page.evaluate(
        """[...document.querySelectorAll('.strip-svg text')]
          .map(node => [node.textContent, getComputedStyle(node).direction])"""
    )
    texts = {text for text, _ in shown}
    assert {"ختلان", "اشکاشم", "فرخار", RIVER["fa"]} <= texts
    assert {direction for _, direction in shown} == {"ltr"}
    choose(visit, "tg")
    page.wait_for_function("[...document.querySelectorAll('.strip-svg text')].some(n => n.textContent === 'Фархор')")
    visit.assert_quiet()


def test_a_record_s_place_stands_in_the_other_scripts_too(open_map):
    page = open_map().page
    page.evaluate("panjmap.panel.select('TJ-AF-2025-11-30-A', 'map')")
    page.wait_for_selector("#detail-title")
    assert "Shudk, Darvoz district (Шодак · شادک)" in page.locator("#detail .facts").inner_text()
    names = page.locator("#detail .facts bdi").evaluate_all("all => all.map(n => [n.lang, n.textContent])")
    assert names == [["tg", "Шодак"], ["fa", "شادک"]]
