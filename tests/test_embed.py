"""The snippet for other people's pages: what it holds, what it refuses, and what cannot break out of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from page_case import scene_of
from page_reader import read_page

from panjmap.data.errors import OptionError
from panjmap.render.embed import HEIGHT, SANDBOX, embed_page, inline_parts, snippet
from panjmap.render.page import render
from panjmap.render.scene import PageOptions

HOSTILE = "A \"b\" 'c' </iframe><script>alert(1)</script> {{7*7}} {% x %} $x^2$ `d` \u202egpj\nnext"


class Elements(HTMLParser):
    """Every element of a piece of markup with its attributes; what stands open at the end."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), "an attribute stands twice"
        self.found.append((tag, dict(attrs)))
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def one(self, tag):
        (attributes,) = [attributes for name, attributes in self.found if name == tag]
        return attributes


@pytest.fixture(scope="module")
def scene():
    return scene_of()


def test_it_is_one_figure_with_frame_picture_and_link(scene):
    elements = Elements(snippet(scene, src="https://example.org/map.html", image="a/figure.png"))
    assert [tag for tag, _ in elements.found] == ["figure", "style", "script", "iframe", "img", "figcaption", "a"]
    assert elements.open == []
    frame = elements.one("iframe")
    assert frame == {
        "class": "panjmap-frame",
        "src": "https://example.org/map.html?embed=1",
        "title": scene.options.title,
        "width": "100%",
        "height": str(HEIGHT),
        "sandbox": SANDBOX,
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
    }
    assert set(SANDBOX.split()) == {"allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox"}
    picture = elements.one("img")
    assert picture["src"] == "a/figure.png"
    assert picture["referrerpolicy"] == "no-referrer"
    assert "Not a complete record" in picture["alt"]
    assert elements.one("a") == {"href": "https://example.org/map.html"}
    assert elements.one("figure")["lang"] == "en"


def test_markdown_takes_it_as_one_block(scene):
    text = snippet(scene)
    assert text.endswith("</figure>\n")
    assert "\n\n" not in text
    assert "\t" not in text
    assert not re.search("^ {3,}<", text, re.MULTILINE)


def test_style_and_script_are_those_whose_hashes_a_host_may_name(scene):
    style, script = inline_parts()
    assert f"<style>{style}</style>" in snippet(scene)
    assert f"<script>{script}</script>" in snippet(scene)


def test_the_script_has_a_dozen_lines_and_nothing_inline_is_a_handler(scene):
    text = snippet(scene)
    assert re.search(r"<script>\n(.*?)</script>", text, re.DOTALL)[1].count("\n") <= 12
    assert not re.search(r'\s(?:on\w+|style)="', text)


@pytest.mark.parametrize("mark", ["{{", "{%", "{#", "<%", "${", "[["])
def test_no_template_engine_of_a_host_finds_work_in_it(scene, mark):
    assert mark not in snippet(scene, title=HOSTILE)


@pytest.mark.parametrize(
    ("src", "frame", "whole"),
    [
        ("map.html", "map.html?embed=1", "map.html"),
        ("map.html?embed=1", "map.html?embed=1", "map.html"),
        ("map.html#embed=1&sel=X", "map.html?embed=1#sel=X", "map.html#sel=X"),
        ("../a/map.html?v=2#where=TJ", "../a/map.html?embed=1&v=2#where=TJ", "../a/map.html?v=2#where=TJ"),
        ("https://example.org/", "https://example.org/?embed=1", "https://example.org/"),
        ("https://example.org:8080/карта.html", "https://example.org:8080/карта.html?embed=1", None),
        ("embed.html", "embed.html", "embed.html?embed=0"),
        ("kit/embed.html?embed=1#type=x", "kit/embed.html#type=x", "kit/embed.html?embed=0#type=x"),
        ("notembed.html", "notembed.html?embed=1", "notembed.html"),
    ],
)
def test_the_frame_shows_the_compact_page_and_the_link_the_whole_one(scene, src, frame, whole):
    elements = Elements(snippet(scene, src=src))
    assert elements.one("iframe")["src"] == frame
    assert elements.one("a")["href"] == (src if whole is None else whole)


def test_the_link_can_lead_elsewhere(scene):
    elements = Elements(snippet(scene, src="embed.html", link="map.html"))
    assert elements.one("iframe")["src"] == "embed.html"
    assert elements.one("a")["href"] == "map.html"


def test_hostile_texts_stay_attributes():
    hostile = scene_of(
        lambda tables: tables._replace(
            records=tuple(
                record.model_copy(update={"title": HOSTILE.replace("\u202e", "")}) for record in tables.records
            )
        )
    )
    elements = Elements(snippet(hostile, title=HOSTILE))
    assert elements.one("iframe")["title"] == " ".join(HOSTILE.replace("\u202e", "\ufffd").split())
    assert [tag for tag, _ in elements.found].count("script") == 1
    assert "\n" not in elements.one("img")["alt"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://example.org/x",
        "file:///C:/map.html",
        "C:/maps/map.html",
        "\\\\server\\map.html",
        "//example.org/map.html",
        "https:",
        "https:///map.html",
        "https:map.html",
        "http://[::1",
        "http://a:b/",
        "https://user:word@example.org/map.html",
        "my map.html",
        'map.html" onload="x',
        "map.html\u202e",
        "",
        "  ",
    ],
)
@pytest.mark.parametrize("option", ["src", "image", "link"])
def test_what_is_no_web_address_is_refused(scene, option, url):
    with pytest.raises(OptionError, match=rf'(?s)^--{option} ".*": .*\. Fix: .*\.$'):
        snippet(scene, **{option: url})


@pytest.mark.parametrize("url", ["#where=bank-tajik", "?lang=en", "?#"])
def test_a_frame_or_picture_of_no_file_would_show_the_host_page_and_is_refused(scene, url):
    for option in ("src", "image"):
        with pytest.raises(OptionError, match=rf"^--{option} .*: names no file\. Fix: "):
            snippet(scene, **{option: url})
    assert Elements(snippet(scene, link="#whole-map")).one("a")["href"] == "#whole-map"


@pytest.mark.parametrize("title", ["", " ", "\n"])
def test_a_frame_without_a_name_is_refused(scene, title):
    with pytest.raises(OptionError, match="--title"):
        snippet(scene, title=title)


def test_the_compact_page_is_the_same_page_but_for_one_word(scene):
    page = embed_page(scene).decode("utf-8")
    assert page == render(scene).replace('dir="ltr">', 'dir="ltr" data-embed>', 1)
    assert "data-embed" not in render(scene).partition("<body>")[0]
    assert read_page(page).blocks == read_page(render(scene)).blocks


def test_the_same_scene_gives_the_same_bytes(scene):
    assert snippet(scene) == snippet(scene_of())
    assert embed_page(scene) == embed_page(scene_of())


def test_the_title_of_the_map_names_the_frame():
    made = scene_of(options=PageOptions(title="Along the <Panj>"))
    assert Elements(snippet(made)).one("iframe")["title"] == "Along the <Panj>"


def test_the_command_prints_the_snippet_alone(panjmap):
    done = panjmap("embed", "--src", "https://example.org/map.html", "--title", "A & B")
    assert (done.returncode, done.stderr) == (0, "")
    elements = Elements(done.stdout)
    assert elements.one("iframe")["title"] == "A & B"
    assert done.stdout.startswith("<figure")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--src", "javascript:alert(1)"), '--src "javascript:alert(1)": is neither'),
        (("--image", "my figure.png"), '--image "my figure.png": holds a space'),
        (("--title", ""), '--title "": is empty'),
    ],
)
def test_wrong_options_end_with_two_and_say_what_to_do(panjmap, words, said):
    done = panjmap("embed", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Fix: " in done.stderr
