"""The words of the page stand in one file a language: every key exists and is used, and no word hides in the code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from page_case import scene_of

from panjmap.render import texts
from panjmap.render.page import render
from panjmap.render.scene import PageOptions

RENDER = Path(texts.__file__).parent
FILES = sorted((RENDER / "languages").glob("*.json"))
SCRIPTS = sorted((RENDER / "assets").glob("*.js"))
TEMPLATES = sorted((RENDER / "assets").glob("*.j2"))
STYLES = sorted((RENDER / "assets").glob("*.css"))
ENGLISH = json.loads((RENDER / "languages" / "en.json").read_text(encoding="utf-8"))
#: What a key of the keyboard, a format or a standard is called is the same in every language.
NAMES = {
    *("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End", "Enter", "Escape", "PageUp", "PageDown", "Tab"),
    *("Point", "Polygon", "MultiPolygon", "LineString", "Feature", "FeatureCollection", "Sept", "Sep", "Panj"),
    *("TAJIKISTAN", "AFGHANISTAN", "Tajik", "Afghan", "CanvasText", "Canvas", "Shift", "Noto Sans"),
}
#: Classes that a script adds to others.
STATES = {"selected", "hovered", "partly", "off", "again"}
LETTERS = r"A-Za-zÀ-ÖØ-öø-ÿ"


def name_of(path):
    return path.name


def stem(key):
    """Key without its plural category."""
    head, _, last = key.rpartition(".")
    return head if last in texts.CATEGORIES else key


def without_classes(code):
    """Code without the expressions that make the value of `class`: up to the comma or brace at their own depth."""
    out, at = [], 0
    for found in re.finditer(r"\bclass(?:Name)?'?: ", code):
        if found.start() < at:
            continue
        depth, quoted, end = 0, False, found.end()
        while depth or quoted or code[end] not in ",}\n;":
            quoted ^= code[end] == "'"
            depth += 0 if quoted else (code[end] in "([{") - (code[end] in ")]}")
            end += 1
        out.append(code[at : found.start()])
        at = end
    return "".join(out) + code[at:]


def strings_of(script):
    """String literals of a script that a reader might see: not those of classes, and no comments."""
    code = re.sub(r"/\*[\s\S]*?\*/", "", script)
    code = without_classes(code)
    code = re.sub(r"\.(?:on|closest|matches)\('[^']*'", "", code)
    return [a or b for a, b in re.findall(r"'((?:\\.|[^'\\\n])*)'|\"((?:\\.|[^\"\\\n])*)\"", code)]


def is_words(text):
    """Say whether a string is words of a language rather than a name in code, a path or a pattern."""
    if (
        text in NAMES
        or text in ("use strict", "px ")
        or text.strip() in STATES
        or re.search(r"[#\[\]<>=*^$|]|\bvar\(|\.[a-z]|[a-z]-(?:[a-z]+(?: |$)|$)", text)
    ):
        return False
    word = re.search(rf"(?:^|[\s(“])[A-Z][a-z{LETTERS[6:]}]+", text)
    several = re.search(r"(?:^|\s)[a-z]{2,}[,.:;]?(?=\s|$)", text) and re.search(r"\s", text)
    return bool(word or several)


# ---------------------------------------------------------------- nothing hard-coded


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_no_script_has_words_of_its_own(path):
    found = [text for text in strings_of(path.read_text(encoding="utf-8")) if is_words(text)]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_has_words_of_its_own(path):
    text = re.sub(r"\{#[\s\S]*?#\}", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}", "\ufffd", text)
    attributes = re.findall(r'\b(?:aria-label|title|alt|placeholder|data-l|data-off)="([^"]*)"', text)
    shown = re.sub(r"<[^>]*>", "\n", text)
    assert [words for words in [*attributes, *shown.splitlines()] if re.search(rf"[{LETTERS}]{{2}}", words)] == []


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_no_style_has_words_of_its_own(path):
    written = re.findall(r"content:\s*[\"']([^\"']*)", path.read_text(encoding="utf-8"))
    assert [words for words in written if re.search(r"[A-Za-z]{2}", words.replace("\\201", ""))] == []


@pytest.mark.parametrize(
    "text", ["Show the whole border", " killed", "No link on file", "Copied", "x: no link on file"]
)
def test_the_search_for_words_finds_words(text):
    assert strings_of(f"f('{text}');") == [text]
    assert is_words(text)


@pytest.mark.parametrize(
    "text", ["M4 9V4h5M20 9V4h-5", "translate(", "ArrowUp", "aria-label", "names.title", "px", "[data-id]"]
)
def test_the_search_for_words_leaves_code_alone(text):
    assert not is_words(text)


# ---------------------------------------------------------------- keys


def used_keys():
    """Every text in the code that could be a key, and the beginnings of keys that are put together."""
    sources = [*SCRIPTS, *TEMPLATES, *RENDER.rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.name != "texts.py")
    whole = set(re.findall(r"[\"']([a-z]+\.[a-z0-9_.]*[a-z0-9_])[\"']", code))
    begun = set(re.findall(r"[\"']([a-z]+\.(?:[a-z0-9_]+\.)*)(?:[\"']|\{)", code))
    return whole, begun


def asked_keys():
    """Keys that the code surely asks for."""
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    python = "\n".join(path.read_text(encoding="utf-8") for path in RENDER.rglob("*.py"))
    asked = re.findall(r"\bpm\.text\('([^']+)'[,)]", scripts)
    asked += re.findall(r"\bt\[\"([^\"]+)\"\]|\bsay\(\"([^\"]+)\"", templates)
    asked += re.findall(r"\bsay\([\w.]+, \"([^\"]+)\"|\btexts\[\"([^\"]+)\"\]", python)
    return {key for one in asked for key in ((one,) if isinstance(one, str) else one) if key}


def test_every_key_that_is_asked_for_exists():
    known = {stem(key) for key in ENGLISH} | set(ENGLISH)
    assert sorted(asked_keys() - known) == []
    assert len(asked_keys()) > 30


def test_no_key_is_unused():
    whole, begun = used_keys()
    beginnings = tuple(begun)
    known = [key for key in ENGLISH if not key.startswith("language.")]
    assert [
        key for key in known if stem(key) not in whole and key not in whole and not key.startswith(beginnings)
    ] == []


def test_scripts_get_the_texts_that_they_ask_for_and_no_others():
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    given = texts.script_texts("en", scripts)
    asked = re.findall(r"\bpm\.text\('([a-z0-9_.]+[a-z0-9_])'[,)]", scripts)
    assert set(asked) <= {stem(key) for key in given} | set(given)
    assert {"language.locale", "language.months", "names.tg", "count.showing.one"} <= set(given)
    assert not any(key.startswith(("glossary.", "page.", "reading.")) for key in given)


# ---------------------------------------------------------------- files


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    assert sorted(keys) == sorted(set(keys))
    return dict(pairs)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_flat_and_says_everything_once(path):
    content = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_twice)
    assert all(re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", key) for key in content)
    assert all(isinstance(text, str) for text in content.values())
    assert content["language.direction"] in ("ltr", "rtl")
    assert content["language.plural"] in texts.PLURALS
    assert len(content["language.months"].split()) in (0, 12)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_languages_agree_in_keys_and_values(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    values = {stem(key): set(re.findall(r"\{(\w+)\}", text)) for key, text in ENGLISH.items()}
    for key, text in content.items():
        assert stem(key) in values, key
        assert set(re.findall(r"\{(\w+)\}", text)) <= values[stem(key)], key
    plurals = {stem(key) for key in ENGLISH if stem(key) != key}
    rule = texts.PLURALS[content["language.plural"]]
    for key in plurals & {stem(key) for key in content}:
        assert {f"{key}.{rule(n)}" for n in range(201)} <= content.keys()


# ---------------------------------------------------------------- another language


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """A language file with a few texts: right to left, more plural forms, month names of its own."""
    content = {
        "language.name": "Made up",
        "language.direction": "rtl",
        "language.locale": "he",
        "language.plural": "slavic",
        "page.title": "כותרת",
        "table.title": "טבלה",
        "count.all.one": "{n} odin",
        "count.all.few": "{n} dva",
        "count.all.many": "{n} mnogo",
    }
    for path in FILES:
        (tmp_path / path.name).write_bytes(path.read_bytes())

    def write(**more):
        (tmp_path / "ru.json").write_text(json.dumps(content | more), encoding="utf-8")
        monkeypatch.setattr(texts, "_FOLDER", tmp_path)
        texts.ui_texts.cache_clear()

    yield write
    texts.ui_texts.cache_clear()


def test_the_page_follows_its_language_and_falls_back_to_english(made_up):
    made_up()
    html = render(scene_of(options=PageOptions(lang="ru")))
    assert '<html lang="ru" dir="rtl">' in html
    assert "<title>כותרת</title>" in html
    assert '<h2 id="table-title">טבלה</h2>' in html
    assert "How to read this map" in html


def test_an_unknown_language_is_english(made_up):
    made_up()
    html = render(scene_of(options=PageOptions(lang="xx")))
    assert '<html lang="en" dir="ltr">' in html


def test_a_number_chooses_its_form(made_up):
    made_up()
    said = [texts.say("ru", "count.all", n=n) for n in (1, 3, 5, 21, 12)]
    assert said == ["1 odin", "3 dva", "5 mnogo", "21 odin", "12 mnogo"]
    assert texts.say("en", "count.all", n=1) == "1 record"
    assert texts.say("en", "count.all", n=0) == "All 0 records"


def test_a_value_that_looks_like_a_placeholder_is_not_filled_in():
    assert texts.say("en", "page.licence", name="{version}", version="1", licence="X") == "Licence of {version} 1 (X)"


@pytest.mark.browser
def test_dates_and_plurals_follow_the_language_in_the_browser(made_up, page_at):
    made_up(**{"language.locale": "ru"})
    page = page_at(render(scene_of(options=PageOptions(lang="ru")))).page
    assert page.evaluate("[1, 3, 5, 21].map(n => panjmap.text('count.all', {n}))") == [
        *("1 odin", "3 dva", "5 mnogo", "21 odin"),
    ]
    day = page.evaluate("panjmap.dates.fromIso('2025-11-26')")
    assert page.evaluate("day => panjmap.dates.format(day, 'long')", day).startswith("26 ноября 2025")


@pytest.mark.browser
def test_a_language_that_browsers_do_not_know_brings_its_months(made_up, page_at):
    made_up(**{"language.months": "янв фев мар апр май июн июл авг сен окт ноя дек"})
    page = page_at(render(scene_of(options=PageOptions(lang="ru")))).page
    day = page.evaluate("panjmap.dates.fromIso('2025-11-26')")
    assert page.evaluate("day => panjmap.dates.format(day, 'day')", day) == "26 ноя 2025"
    assert page.evaluate("day => panjmap.dates.format(day, 'month')", day) == "ноя 2025"


@pytest.mark.browser
def test_dates_are_english_with_the_day_first(page_at):
    page = page_at(render(scene_of()), locale="en-US").page
    day = page.evaluate("panjmap.dates.fromIso('2025-09-06')")
    assert page.evaluate("day => panjmap.dates.format(day, 'day')", day) == "6 Sep 2025"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 360])
def test_a_page_from_right_to_left_keeps_its_map(made_up, page_at, width):
    made_up()
    visit = page_at(render(scene_of(options=PageOptions(lang="ru"))), width, 780)
    page = visit.page
    visit.assert_quiet()
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    texts_of_the_map = page.evaluate(
        "[...document.querySelectorAll('.symbols text')].map(node => getComputedStyle(node).direction)"
    )
    assert set(texts_of_the_map) == {"ltr"}
    inside = page.evaluate(
        """() => { const map = document.getElementById('map').getBoundingClientRect();
          return [...document.querySelectorAll('.symbols text, .leaflet-control')].every(node => {
            const box = node.getBoundingClientRect();
            return box.left >= map.left - 1 && box.right <= map.right + 1; }); }"""
    )
    assert inside
