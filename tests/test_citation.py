"""The map can be cited: a citation file and an entry for BibTeX that hold together whatever the title is."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_case import scene_of
from payloads import HOSTILE

from panjmap.data.text import clean
from panjmap.render.citation import bibtex, cff, citation
from panjmap.render.escaping import latex, markdown, one_line, yaml
from panjmap.render.scene import PageOptions, Scene


@pytest.fixture(scope="module")
def scene() -> Scene:
    return scene_of()


@pytest.fixture(scope="module")
def odd() -> Scene:
    return scene_of(options=PageOptions(title=HOSTILE))


def read_cff(text: str) -> dict[str, object]:
    """Read the few forms of YAML that the file uses, strictly: plain or quoted scalars, and one list of names."""
    found: dict[str, object] = {}
    for line in text.split("\n")[:-1]:
        listed = re.fullmatch(r'  - name: (".*")', line)
        if listed:
            found.setdefault("authors", []).append({"name": json.loads(listed[1])})
            continue
        key, value = re.fullmatch(r"([a-z-]+):(?: (.+))?", line).groups()
        if value is not None:
            found[key] = json.loads(value) if value.startswith('"') else re.fullmatch(r"[a-z0-9.]+", value)[0]
    return found


def fields_of(entry: str) -> dict[str, str]:
    """Read a BibTeX entry as BibTeX does: braces are counted, whatever stands before them."""
    head, body = re.fullmatch(r"@misc\{([^,{}]+),\n(.*)\n\}\n", entry, re.DOTALL).groups()
    found, depth, start = {"key": head}, 0, 0
    for at, letter in enumerate(f"{body},"):
        depth += (letter == "{") - (letter == "}")
        assert depth >= 0
        if letter == "," and depth == 0:
            name, value = re.fullmatch(r"\s*(\w+) = \{(.*)\}", body[start:at], re.DOTALL).groups()
            found[name], start = value, at + 1
    assert depth == 0
    return found


def test_the_citation_file_names_title_version_and_age_and_no_person(scene):
    read = read_cff(cff(scene))
    assert read["cff-version"] == "1.2.0"
    assert read["type"] == "dataset"
    assert read["title"] == scene.options.title
    assert read["authors"] == [{"name": "panjmap"}]
    assert read["version"] == scene.version
    assert "Not a complete record. Nothing here is independently verified." in read["abstract"]
    assert "Newest dated report: 2 Dec 2025" in read["abstract"]
    assert "Eurasianet (republished)" in read["abstract"]
    assert "date-released" not in read


def test_the_entry_for_bibtex_says_the_same(scene):
    fields = fields_of(bibtex(scene))
    assert fields["key"] == f"panjmap-{scene.version}"
    assert fields["author"] == "{panjmap}"
    assert fields["title"] == f"{{{scene.options.title}}}"
    assert f"data version {scene.version}, newest dated report: 2 Dec 2025." in fields["note"]
    assert "year" not in fields


def test_one_line_cites_the_map(scene):
    assert citation(scene) == (
        "“Reported attacks, clashes and state operations on the Tajik–Afghan border”, map, "
        f"data version {scene.version}, newest dated report: 2 Dec 2025."
    )


def test_without_reports_no_day_is_given():
    empty = scene_of(lambda tables: tables._replace(records=(), claims=(), record_places=(), reports=()))
    assert "newest" not in citation(empty) + bibtex(empty)
    assert "Sources" not in cff(empty)


def test_a_hostile_title_stays_a_title(odd):
    assert read_cff(cff(odd))["title"] == one_line(HOSTILE)
    fields = fields_of(bibtex(odd))
    assert set(fields) == {"key", "author", "title", "note"}
    assert "\\input" not in fields["title"]
    assert "$x" not in re.sub(r"\\\$", "", fields["title"])


def test_yaml_readers_agree(odd):
    yaml_reader = pytest.importorskip("yaml")
    assert yaml_reader.safe_load(cff(odd)) == read_cff(cff(odd))


@settings(max_examples=200)
@given(text=st.text())
def test_any_text_is_one_safe_scalar(text):
    assert json.loads(yaml(text)) == one_line(text)
    assert not re.search("[\n\r\u2028\u2029\x85]", yaml(text))


@settings(max_examples=200)
@given(text=st.text(alphabet=st.one_of(st.sampled_from("\\{}$&#%_^~`<>|[]*-'?!,\"@ "), st.characters())))
def test_any_text_leaves_latex_balanced_and_without_commands(text):
    written = latex(text)
    known = (
        r"\\(?:text(?:backslash|braceleft|braceright|asciicircum|asciitilde|asciigrave|less|greater|bar)\{\}|[$&#%_])"
    )
    rest = re.sub(r"\{[\[\]*]\}|\{\}", "", re.sub(known, "", written))
    assert not set(rest) & set("\\{}$&#%_^`<>|[]*")
    assert not re.search(r"--|''|[?!]`|,,", re.sub(known, "x", written))


@settings(max_examples=200)
@given(text=st.text(alphabet=st.one_of(st.sampled_from("\\`*_{}[]<>|$~^@&#-:!+=1.) w"), st.characters())))
def test_any_text_leaves_markdown_without_marks(text):
    written = markdown(text)
    bare = re.sub(r"\\.", "", written)
    assert not set(bare) & set("\\`*_{}[]<>|$~^@&#")
    assert "://" not in bare
    assert not re.match(r"[-+=:!]|\d+[.)]", written)
    assert re.sub(r"\\(.)", r"\1", written) == one_line(text)


def test_what_was_cleaned_stays_visible():
    assert "\N{REPLACEMENT CHARACTER}gnp.exe" in one_line(HOSTILE)
    assert clean(one_line(HOSTILE)) == one_line(HOSTILE)
