"""Whatever stands in a table comes out as visible text: nothing runs at build time, nothing can in a browser."""

from __future__ import annotations

import re

import folium
import payloads
import pytest
from page_case import scene_of
from page_reader import everything, read_page, visible_text

from panjmap.data.model import Tables
from panjmap.data.text import clean
from panjmap.render.incident_map import IncidentMap
from panjmap.render.scene import PageOptions

#: Of the one corpus those that differ most; ``test_target_browser.py`` has all of them in every field.
PAYLOADS = {
    name: f"Q{payloads.PAYLOADS[name]}Q"
    for name in (
        *("jinja sum", "jinja statement", "jinja comment", "jinja open", "jinja open statement", "jinja graph"),
        *("template literal", "end of script", "end of title", "image", "comment", "handlers", "entities"),
        *("unicode escape", "line separators", "bidi override", "bidi isolate", "terminal", "lone surrogate"),
        *("prototype", "astral", "format"),
    )
}


def poisoned(tables: Tables, text: str) -> Tables:
    """Put a text into every field that a reader sees; texts enter through ``clean`` as in ``read_tables``."""
    text = clean(text)
    link = f"javascript:alert('{text}')"
    return tables._replace(
        reports=tuple(
            r.model_copy(
                update={
                    "title": text,
                    "outlet": text,
                    "kind": text,
                    "url": link,
                    "archived_url": link,
                    "upstream": (text,),
                }
            )
            for r in tables.reports
        ),
        speakers=tuple(s.model_copy(update={"name": text}) for s in tables.speakers),
        records=tuple(r.model_copy(update={"title": text, "note": text}) for r in tables.records),
        claims=tuple(c.model_copy(update={"said_by": text, "value_text": text, "via": text}) for c in tables.claims),
        decisions=tuple(d.model_copy(update={"reason": text}) for d in tables.decisions),
        places=tuple(p.model_copy(update={"name": text}) for p in tables.places),
    )


def html_of(text: str) -> str:
    options = PageOptions(title=clean(text))
    return IncidentMap(scene_of(lambda tables: poisoned(tables, text), options)).get_root().render()


@pytest.fixture(scope="module")
def clean_page() -> str:
    return html_of("Quiet")


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_hostile_text_comes_out_as_visible_text_and_runs_nowhere(name, clean_page):
    text = PAYLOADS[name]
    page = html_of(text)
    shown = clean(text)
    assert " ".join(shown.split()) in visible_text(page)
    assert shown in everything(page)
    page.encode("utf-8")
    for scripts in (r"<script>(.*?)</script>", r"<style>(.*?)</style>"):
        assert re.findall(scripts, page, re.DOTALL) == re.findall(scripts, clean_page, re.DOTALL)
    assert structure(page) == structure(clean_page)


def structure(page: str) -> list[str]:
    """Names of all elements in order: a text that became markup would change it.

    The static map names fewer towns where labels are long, so of it only the kinds of element count.
    """
    page = re.sub(r"<(script|style)([^>]*)>.*?</\1>", r"<\1\2>", page, flags=re.DOTALL)
    static_map = re.search(r'<svg [^>]*aria-labelledby="sm-title.*?</svg>', page, re.DOTALL)[0]
    names = r"<(/?[a-zA-Z][\w-]*)"
    return [*re.findall(names, page.replace(static_map, "")), *sorted(set(re.findall(names, static_map)))]


def test_nothing_is_evaluated_while_building():
    page = html_of("Q{{7*191}}Q{% if 1 %}YES{% endif %}Q${7*191}Q")
    assert "1337" not in everything(page).replace("C1337", "")
    assert "QYESQ" not in page


def test_no_link_other_than_http_is_left():
    page = html_of("x")
    assert not re.search(r'href="(?!#|https?://)', page)
    for block in read_page(page).blocks.values():
        assert "javascript:" not in str(block)
    assert "javascript:" not in everything(page)


def test_control_and_bidi_characters_and_lone_surrogates_are_seen_as_replaced():
    for name in ("bidi override", "terminal", "lone surrogate"):
        shown = visible_text(html_of(PAYLOADS[name]))
        assert "\N{REPLACEMENT CHARACTER}" in shown
        assert not re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]", shown)


# ---------------------------------------------------------------- in the browser


@pytest.mark.browser
def test_hostile_texts_run_nowhere_in_the_browser(page_at):
    names = ("end of script", "image", "template literal", "handlers", "jinja sum", "comment", "end of title")
    text = " ".join(PAYLOADS[name] for name in names)
    visit = page_at(html_of(text))
    visit.page.on("dialog", lambda dialog: (visit.page_errors.append("a dialog opened"), dialog.dismiss()))
    for record in visit.page.locator("#list a[data-id]").all()[:6]:
        record.click()
        visit.page.wait_for_timeout(30)
        assert " ".join(text.split()) in " ".join(visit.page.locator("#detail").inner_text().split())
        visit.page.keyboard.press("Escape")
    visit.assert_quiet()
    assert visit.page.locator("img[src=x]").count() == 0
    assert visit.page.locator("a[href^='javascript']").count() == 0


@pytest.mark.browser
def test_a_users_own_folium_layer_is_drawn_on_the_map(page_at):
    made = IncidentMap(scene_of())
    folium.CircleMarker([38, 70], radius=9, color="#123456").add_to(folium.FeatureGroup(name="mine").add_to(made))
    visit = page_at(made.get_root().render())
    visit.page.wait_for_selector("path[stroke='#123456']", state="attached", timeout=5000)
    visit.assert_quiet()
