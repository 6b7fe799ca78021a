"""No text of a table can become code: what would let it is not in the product, and each guard is seen to bite."""

from __future__ import annotations

from pathlib import Path

import pytest
from guards import folium_in_python, markup_in_javascript, trusting_python, unescaped_in_template

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sorted(
    [
        ROOT / "__init__.py",
        ROOT / "cli.py",
        *(p for floor in ("data", "geo", "render", "commands") for p in ROOT.glob(f"{floor}/**/*.py")),
    ]
)
SCRIPTS = sorted(ROOT.glob("render/assets/*.js"))
TEMPLATES = sorted(ROOT.glob("render/assets/*.j2"))

#: A user's own folium layers are markup of their own making; data never gets there (see docs/embedding.md). What a
#: notebook shows is a page in a frame, escaped as a whole.
EXEMPT = {
    "own_layers.js": {
        "markup: DOMParser",
        "markup: parseFromString",
        "style: cssText",
        "Leaflet's markup: L.DivIcon",
    },
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def beyond(path: Path, found: list[str]) -> list[str]:
    return [one for one in found if one.partition(": ")[2] not in EXEMPT.get(path.name, ())]


def test_there_is_something_to_guard():
    assert len(PYTHON) > 150
    assert len(SCRIPTS) > 40
    assert len(TEMPLATES) > 6


@pytest.mark.parametrize("guard", [folium_in_python, trusting_python])
def test_python_takes_of_folium_the_shell_alone_and_trusts_no_text(guard):
    found = {name_of(p): hits for p in PYTHON if (hits := guard(p.read_text(encoding="utf-8")))}
    assert found == {}


def test_scripts_read_no_text_as_markup_or_code():
    found = {p.name: hits for p in SCRIPTS if (hits := beyond(p, markup_in_javascript(p.read_text(encoding="utf-8"))))}
    assert found == {}


def test_templates_escape_all_that_they_are_given():
    found = {p.name: hits for p in TEMPLATES if (hits := unescaped_in_template(p.read_text(encoding="utf-8")))}
    assert found == {}


def test_what_is_exempt_is_there():
    for name, allowed in EXEMPT.items():
        text = (ROOT / "render" / "assets" / name).read_text(encoding="utf-8")
        assert {one.partition(": ")[2] for one in markup_in_javascript(text)} == allowed


# ---------------------------------------------------------------- each guard bites

BAD_FOLIUM = (
    "import folium\nfolium.Popup(title)",
    "import folium\nfolium.GeoJson(data)",
    "import folium as f\nf.features.GeoJsonPopup(x)",
    "from folium import GeoJson as X",
    "from folium import Map, Tooltip",
    "from folium.map import Popup",
    "from folium.features import DivIcon",
    "import folium.features",
    "import folium.plugins as extra\nextra.MarkerCluster()",
    "import folium\nmap_ = folium.map\n",
    "import folium\ngetattr(folium, 'Pop' + 'up')",
    "import importlib\nimportlib.import_module('folium.features')",
    "from branca.element import Template",
    "from branca import element",
    "import folium\ndef late():\n    return folium.Marker",
    "def late():\n    from folium import Tooltip",
)
GOOD_FOLIUM = (
    "import folium\nclass M(folium.Map):\n    pass",
    "import folium\nisinstance(x, folium.LayerControl)",
    "from branca.element import CssLink, Figure",
    "from .map import Popup",
    "popup = row.Popup",
    "'folium.Popup is not for data'",
)


@pytest.mark.parametrize("source", BAD_FOLIUM)
def test_the_guard_finds_folium_that_would_take_data(source):
    assert folium_in_python(source)


@pytest.mark.parametrize("source", GOOD_FOLIUM)
def test_the_guard_lets_the_shell_pass(source):
    assert folium_in_python(source) == []


BAD_PYTHON = (
    "Markup(text)",
    "Markup(text)  # noqa: S704",
    "markupsafe.Markup(text)",
    "eval(text)",
    "exec(text)",
    "environment().from_string(text)",
    "env.from_string(text)",
    "jinja2.Template(text)",
    "from jinja2 import Template",
    "jinja2.Environment(autoescape=False)",
    "builtins.compile(text, '', 'exec')",
)


@pytest.mark.parametrize("source", BAD_PYTHON)
def test_the_guard_finds_a_text_that_is_trusted(source):
    assert trusting_python(source)


@pytest.mark.parametrize(
    "source",
    [
        "Markup(parts)  # noqa: S704 - escaped before",
        "re.compile(text)",
        "escape(text)",
        "x.evaluate(1)",
        "WordTable.from_string(x)",
    ],
)
def test_the_guard_lets_escaped_text_pass(source):
    assert trusting_python(source) == []


BAD_SCRIPTS = (
    "node.innerHTML = title",
    "node.outerHTML = title",
    "node.insertAdjacentHTML('beforeend', title)",
    "document.write(title)",
    "document . writeln(title)",
    "new DOMParser().parseFromString(title, 'text/html')",
    "range.createContextualFragment(title)",
    "frame.srcdoc = title",
    "html('iframe', { srcdoc: title })",
    "eval(title)",
    "window['eval'](title)",
    "(0, eval)(title)",
    "new Function(title)",
    "Function(title)()",
    "[].map.constructor(title)()",
    "setTimeout('run(' + title + ')', 5)",
    "setTimeout(title + '()', 5)",
    "import(title)",
    "node.setAttribute('onclick', title)",
    "node.setAttribute('style', title)",
    "html('a', { onclick: title })",
    "html('a', { class: 'x', style: 'color:red' })",
    "link.href = 'javascript:' + title",
    "link.href = 'JavaScript :x'",
    "node.style.cssText = title",
    "sheet.insertRule(title)",
    "marker.bindPopup(title)",
    "marker.bindTooltip(title)",
    "L.divIcon({ html: title })",
    "L.geoJSON(data)",
    "L.popup().setContent(title)",
    "const x = {}.__proto__",
    "node.setHTMLUnsafe(title)",
)


@pytest.mark.parametrize("source", BAD_SCRIPTS)
def test_the_guard_finds_markup_and_code_in_a_script(source):
    assert markup_in_javascript(source)
    assert markup_in_javascript(f"const a = 1;\n/* before */ {source};\n")


@pytest.mark.parametrize(
    "source",
    [
        "/* no innerHTML here */ node.textContent = title",
        "node.append(title) // never innerHTML",
        "const address = 'https://example.org/x'",
        "setTimeout(() => put(), 5)",
        "setTimeout(put, wait)",
        "store.on('shown', tell)",
        "html('a', { class: 'x', href: '#sel=' + other.id })",
        "node.style.zIndex = z",
        "evaluate(title); isFunction(x)",
    ],
)
def test_the_guard_lets_text_pass(source):
    assert markup_in_javascript(source) == []


BAD_TEMPLATES = (
    "<p>{{ title | safe }}</p>",
    "<p>{{ title|safe }}</p>",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    '<a onclick="run()">x</a>',
    '<p style="color:red">x</p>',
    '<a href="javascript:{{ x }}">x</a>',
    "<a href={{ url }}>x</a>",
    "<{{ name }}>",
    '<a {{ name }}="x">',
)


@pytest.mark.parametrize("source", BAD_TEMPLATES)
def test_the_guard_finds_a_template_that_lets_text_out_of_its_place(source):
    assert unescaped_in_template(source)


@pytest.mark.parametrize(
    "source", ['<p title="{{ title }}">{{ text }}</p>', "{# never | safe #}", '<meta content="x">', "{{ t['a'] }} = b"]
)
def test_the_guard_lets_an_escaping_template_pass(source):
    assert unescaped_in_template(source) == []
