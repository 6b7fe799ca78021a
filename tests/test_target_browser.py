"""Every text field of every table with each payload, in a browser: nothing runs, nothing is lost, nobody is asked."""

from __future__ import annotations

import csv
import io
import json
import re
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from payloads import HOSTILE, PAYLOADS
from target_case import (
    IMPORTED,
    as_words,
    entered,
    imported_rows,
    long_scene,
    missing,
    rows_of,
    shown,
    target_scene,
    written,
)

from panjmap.cli import main
from panjmap.data.csv_text import unguarded
from panjmap.render.embed import embed_page, snippet
from panjmap.render.figure import figure_bytes
from panjmap.render.figures.options import FigureOptions
from panjmap.render.incident_map import IncidentMap

pytestmark = pytest.mark.browser

COUNT = len(PAYLOADS)
KINDS_OF = [row["kind"] for row in rows_of()["records"]]
#: What has run or was made of a text: a mark, a member of all objects, elements and attributes that no template makes.
HARM = r"""() => {
    const bad = 'iframe,object,embed,base,frame,form,foreignObject,animate,set,audio,video,math,link,applet,portal';
    const address = /^(xlink:)?href$|^src$|^action$|^formaction$/;
    const ours = /^(#|https?:\/\/|data:image\/|blob:|(drawing|embed|figure)\.\w+\b|file:[^?#]*\/embed\.html\?embed=0$)/;
    const found = [...document.querySelectorAll(bad)].map(node => node.outerHTML.slice(0, 200));
    document.querySelectorAll('*').forEach(node => [...node.attributes].forEach(({name, value}) => {
        if (/^on/.test(name) || address.test(name) && !ours.test(value)) found.push(name + '=' + value);
    }));
    const within = ['svg', 'main', 'header'].flatMap(one => [one + ' script', one + ' style']).join();
    document.querySelectorAll(within).forEach(node => {
        /* The snippet's own, and the one rule that matplotlib writes into each drawing. */
        const drawn = /^\*\{stroke-linejoin: round; stroke-linecap: butt\}$/;
        if (!node.closest('figure.panjmap') && !drawn.test(node.textContent)) found.push(node.outerHTML.slice(0, 99));
    });
    if (window.__p !== undefined) found.push('ran: ' + window.__p);
    if (({}).polluted !== undefined) found.push('polluted');
    const own = Object.getOwnPropertyNames(Object.prototype).length;
    if (own !== 12) found.push(own + ' members of Object.prototype');
    return found;
}"""
#: Each record in the panel, everything in it unfolded: its words by id.
DETAILS = """async () => {
    const words = {};
    for (const {id} of panjmap.store.records) {
        await panjmap.panel.select(id, 'list');
        const box = document.getElementById('detail');
        let text = '';
        for (const node of box.querySelectorAll('button.badge')) { node.click(); text += ' ' + box.textContent; }
        words[id] = text || box.textContent;
    }
    return words;
}"""
#: The ids of records that a search for each text finds.
SEARCHES = """async texts => {
    const found = [];
    for (const text of texts) {
        panjmap.store.set('query', text);
        await new Promise(done => setTimeout(done));
        found.push(panjmap.store.records.filter(record => panjmap.store.isShown(record.id)).map(record => record.id));
    }
    panjmap.store.clear();
    await new Promise(done => setTimeout(done));
    return found;
}"""
#: How many records each value of each filter leaves.
FILTERS = """async () => {
    const left = [];
    for (const facet of panjmap.store.facets) for (const value of facet.values) {
        panjmap.store.setFilter(facet.id, [value.id]);
        await new Promise(done => setTimeout(done));
        left.push(panjmap.store.shown.count);
        panjmap.store.setFilter(facet.id, []);
    }
    await new Promise(done => setTimeout(done));
    return left;
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    """The page, the compact page, and a host with the snippet, side by side."""
    folder, scene = tmp_path_factory.mktemp("target"), target_scene()
    (folder / "map.html").write_text(IncidentMap(scene).get_root().render(), encoding="utf-8", newline="\n")
    (folder / "embed.html").write_bytes(embed_page(scene))
    notebook = IncidentMap(scene).get_root()._repr_html_()
    asked = escape("embed=1&" + "&".join(f"{key}={PAYLOADS['attribute']}" for key in ("sel", "q", "type", "__proto__")))
    assert 'name="embed=1"' in notebook
    for name, markup in (
        ("host.html", snippet(scene, src="embed.html", title=HOSTILE)),
        ("notebook.html", notebook.replace('name="embed=1"', f'name="{asked}"')),
    ):
        head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title>'
        (folder / name).write_text(f"{head}<main>{markup}</main>", encoding="utf-8", newline="\n")
    return folder


def watched(visit):
    """Count a dialog among the errors of a visit."""
    visit.page.on("dialog", lambda dialog: (visit.page_errors.append("a dialog opened"), dialog.dismiss()))
    return visit


def assert_harmless(visit, frame=None) -> None:
    assert (frame or visit.page).evaluate(HARM) == []
    visit.assert_quiet()


def of_details(number: int) -> list[tuple[str, str, int | str]]:
    """What the panel shows of one record: cells by table, column and number."""
    kind = KINDS_OF[number]
    # A measure counts nobody, and says no place in words of its own.
    letters = [f"{letter}{number}" for letter in {"measure": "acd", "response": "acdf"}.get(kind, "abcdef")]
    return [
        *(("records", column, number) for column in ("title", "note", "date_basis")),
        *(("reports", column, number) for column in ("outlet", "title", "kind", "upstream")),
        ("claims", "attribute", f"a{number}"),
        *(("claims", column, letter) for column in ("value_text", "said_by", "via") for letter in letters),
        *(("decisions", column, number) for column in ("attribute", "chosen", "reason", "source")),
        *(("changes", column, number) for column in ("attribute", "old", "new", "reason")),
    ]


def test_every_state_of_the_page_shows_the_texts_and_runs_none(page_at, pages):
    visit = watched(page_at(pages / "map.html", 1400, 900))
    page = visit.page
    assert page.locator("html[data-ready]").count() == 1
    assert as_words(page.title()) == as_words(target_scene().options.title)
    assert_harmless(visit)
    words = page.evaluate(DETAILS)
    assert len(words) == COUNT
    lost = [one for number in range(COUNT) for one in missing(words[f"x{number}"], of_details(number))]
    assert lost == []
    assert_harmless(visit)
    found = page.evaluate(SEARCHES, [shown(text)[:150] for text in PAYLOADS.values()])
    assert [name for number, name in enumerate(PAYLOADS) if f"x{number}" not in found[number]] == []
    assert min(page.evaluate(FILTERS)) > 0
    for names in ("tg", "fa", "latin"):
        page.evaluate("names => panjmap.store.set('names', names)", names)
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
    page.wait_for_timeout(300)
    everything = page.evaluate("document.body.textContent")
    columns = {"records": ("title",), "changes": ("old", "reason"), "reports": ("outlet", "title")}
    wanted = [(table, column, n) for table, names in columns.items() for column in names for n in range(COUNT)]
    assert missing(everything, wanted) == []
    page.emulate_media(media="print")
    page.wait_for_timeout(100)
    assert_harmless(visit)


def test_what_is_saved_from_the_page_holds_the_texts_and_is_harmless(page_at, pages):
    visit = watched(page_at(pages / "map.html", 1400, 900))
    saved = {}
    for action in ("csv", "geojson", "svg", "png"):
        if visit.page.locator("#share-box").is_hidden():
            visit.page.locator(".share-button").click()
        with visit.page.expect_download() as waiting:
            visit.page.locator(f"[data-share={action}]").click()
        assert re.fullmatch(r"[A-Za-z0-9._-]+", waiting.value.suggested_filename)
        saved[action] = waiting.value.path().read_bytes()
    titles = [("records", "title", number) for number in range(COUNT)]
    rows = csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert not [
        cell for cell in cells if re.match(r"[\s'\"]*[=+@\uff1d]|[\s\"]*-\D", cell) and not cell.startswith("'")
    ]
    assert missing("\n".join(map(unguarded, cells)), titles) == []
    features = json.loads(saved["geojson"])["features"]
    assert missing("\n".join(one["properties"]["title"] for one in features), titles) == []
    assert saved["png"].startswith(b"\x89PNG")
    ET.fromstring(saved["svg"])  # noqa: S314 - our own
    assert_harmless(visit)
    opened_as_picture(page_at, saved["svg"].decode("utf-8"), pages)


def opened_as_picture(page_at, svg: str, folder: Path) -> None:
    """Open a drawing by itself, within a page, and as an image: it shows and does nothing in any of the three."""
    path, page = folder / "drawing.svg", folder / "drawing.html"
    path.write_text(svg, encoding="utf-8", newline="\n")
    inside = re.sub(r"^<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", svg)
    page.write_text(f'<!doctype html><meta charset="utf-8"><img src="drawing.svg" alt="">{inside}', encoding="utf-8")
    for one in (path, page):
        visit = watched(page_at(one, frames=[path]))
        assert visit.page.evaluate("document.querySelectorAll('svg text, svg path').length") > 0
        assert_harmless(visit)


@pytest.mark.parametrize("strip", [False, True])
def test_a_figure_shows_the_texts_and_runs_none(page_at, tmp_path, strip):
    drawn = figure_bytes(target_scene(drawable=True), FigureOptions(strip=strip), ["svg"])["svg"].decode()
    opened_as_picture(page_at, drawn, tmp_path)


def test_on_a_phone_and_without_scripts(page_at, pages):
    visit = watched(page_at(pages / "map.html", 360, 780))
    visit.page.evaluate("panjmap.panel.select('x0', 'map')")
    visit.page.wait_for_selector("#detail-title")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_harmless(visit)
    long = watched(page_at(IncidentMap(long_scene()).get_root().render(), 360, 780))
    assert long.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_harmless(long)
    static = watched(page_at(pages / "map.html", 360, 780, js=False))
    text = static.page.locator("body").text_content()
    wanted = [("records", "title", n) for n in range(COUNT)] + [("reports", "title", n) for n in range(COUNT)]
    assert missing(text, wanted) == []
    assert static.page.evaluate(HARM) == []
    static.assert_quiet()


@pytest.mark.parametrize("name", ["host.html", "notebook.html"])
def test_in_the_page_of_a_host(page_at, pages, name):
    visit = watched(page_at(pages / name, 1000, 900, frames=[pages / "embed.html", pages / "figure.png"]))
    frame = visit.page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached", timeout=15_000)
    frame.evaluate("panjmap.panel.select('x3', 'map')")
    frame.wait_for_selector("#detail-title")
    assert as_words(shown(list(PAYLOADS.values())[3])) in as_words(frame.locator("#detail").text_content())
    assert frame.evaluate(HARM) == []
    # The one frame and what stands in it are all that the snippet adds.
    assert [one for one in visit.page.evaluate(HARM) if not one.startswith('<iframe class="panjmap-frame"')] == []
    assert visit.page_errors == visit.csp_violations == []


def command(*words: str | Path) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def test_imported_rows_show_their_texts_and_run_none(page_at, tmp_path):
    file, rows, out = imported_rows(tmp_path / "in.csv"), tmp_path / "rows.parquet", tmp_path / "map.html"
    told = command("import", file, "--to", rows, "--licence", "CC0-1.0", "--yes")
    assert f"{COUNT} rows read = {COUNT} imported" in told
    kept = as_words("\n".join(str(value) for row in pq.read_table(rows).to_pylist() for value in row.values()))
    for column in IMPORTED:
        marks = [f"zq{column.replace('_', '')}{number}qz" for number in range(COUNT)]
        assert [one for one in marks if one not in kept] == [], column
    command("build", "--rows", rows, "--out", out)
    visit = watched(page_at(out, 1400, 900))
    words = visit.page.evaluate(DETAILS)
    details = {id_: as_words(text) for id_, text in words.items()}
    for number, (name, text) in enumerate(PAYLOADS.items()):
        for column in ("title", "place", "text", "source"):
            wanted = as_words(shown(entered(text) + f"zq{column}{number}qz"))
            assert sum(wanted in found for found in details.values()) == 1, (name, column)
    assert min(visit.page.evaluate(FILTERS)) > 0
    assert_harmless(visit)


def test_the_page_of_a_difference_shows_the_texts_and_runs_none(page_at, tmp_path):
    rows = rows_of()
    old = written(rows, tmp_path / "old")
    for row in rows["records"]:
        row["title"], row["note"] = f"{row['title']} once more", f"{row['note']} once more"
    page = tmp_path / "diff.html"
    command("diff", old, written(rows, tmp_path / "new"), "--html", page)
    for width in (1400, 360):
        visit = watched(page_at(page, width))
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        text = visit.page.locator("body").text_content()
        assert missing(text, [("records", column, n) for column in ("title", "note") for n in range(COUNT)]) == []
        assert_harmless(visit)
