"""The snippet and a notebook's frame as Pandoc takes them: nothing lost in HTML, words or a picture elsewhere."""

from __future__ import annotations

import html
import re
import shutil
import subprocess

import pytest
from page_case import scene_of

from panjmap.render.embed import inline_parts, snippet
from panjmap.render.incident_map import IncidentMap

FENCED = """Before.

```{{=html}}
{snippet}```

::: {{.not-html}}
![Map: the alt text](figure.png)\\

*The caption.*
:::

After.
"""
FILTER = "function Div(div) if div.classes:includes('not-html') and FORMAT:match('html') then return {} end end"


@pytest.fixture
def pandoc(tmp_path):
    """Run Pandoc over a Markdown text: ``pandoc(text, to)``."""
    if not shutil.which("pandoc"):
        pytest.skip("Pandoc is not installed: what it makes of the snippet is not tried")
    (tmp_path / "not-html.lua").write_text(FILTER)

    def run(text, to):
        command = ["pandoc", "--from=markdown", f"--to={to}", f"--lua-filter={tmp_path / 'not-html.lua'}"]
        done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=True)
        return done.stdout

    return run


@pytest.mark.parametrize("text", ["Before.\n\n{snippet}\nAfter.\n", FENCED])
def test_in_html_every_part_comes_through(pandoc, text):
    made = pandoc(text.format(snippet=snippet(scene_of())), "html")
    style, script = inline_parts()
    assert f"<style>{style}</style>" in made
    assert f"<script>{script}</script>" in made
    assert re.findall(r"<(\w+)", re.sub(r"<(style|script)>.*?</\1>", "", made, flags=re.DOTALL)) == (
        ["p", "figure", "iframe", "img", "figcaption", "a", "p"]
    )


@pytest.mark.parametrize("to", ["latex", "native", "plain"])
def test_elsewhere_picture_and_caption_stand_for_it(pandoc, to):
    made = pandoc(FENCED.format(snippet=snippet(scene_of())), to)
    made = re.sub(r"RawBlock.*?\n\s*,", "", made, flags=re.DOTALL)
    assert "iframe" not in made
    assert "sandbox" not in made
    assert "caption" in made
    assert to == "plain" or "figure.png" in made


def test_a_notebooks_frame_outlives_markdown(pandoc):
    shown = IncidentMap(scene_of())
    made = pandoc(f"Before.\n\n{shown._repr_html_()}\nAfter.\n", "html")
    inside = html.unescape(re.search(r'srcdoc="([^"]*)"', made)[1])
    assert inside == shown.get_root().render()
    assert "\t" in inside
