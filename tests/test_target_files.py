"""Every payload through the command line and into files for paper: no terminal obeys it, no line is forged."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from payloads import HOSTILE, PAYLOADS
from target_case import DRAWABLE, as_words, long_scene, packaged_rows, rows_of, shown, target_scene, written
from white_png import png

from panjmap.cli import main
from panjmap.data.text import clean
from panjmap.render.figure import figure_bytes
from panjmap.render.figures.options import FigureOptions
from panjmap.render.kit import kit_files
from panjmap.render.scene import PageOptions

#: What a terminal obeys, and what makes one text read as another.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TITLE = '<b>{{7*7}}</b> $x^2$ =1+1 "q" \\input{x}'


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return written(rows_of(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Path:
    """The same tables, each title changed and one record gone."""
    rows = rows_of()
    for row in rows["records"]:
        row["title"] = f"Other {row['title']}"
    return written(rows, tmp_path_factory.mktemp("changed"))


def run(*words: str | Path, code: int | None = 0) -> str:
    """Everything that a command prints; it ends as a command ends, never in a traceback."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert code is None or done.exit_code == code, done.output
    text = done.stdout + done.stderr
    assert not OBEYED.search(text)
    assert "Traceback" not in text
    forged = [line for line in re.split("[\n\x85]", text) if re.match(r"\W*(error: FORGED|0 records)", line)]
    assert forged == []
    return text


def test_no_command_lets_a_text_talk_to_the_terminal(folder, changed, tmp_path):
    out = tmp_path / "map.html"
    run("build", "--data", folder, "--out", out)
    run("check", "--data", folder, code=None)
    run("trace", "--data", folder, "x0")
    run("trace", "--data", folder, "--total")
    run("verify", "--data", folder, "--reports", tmp_path, code=None)
    run("verify", "--data", folder, "--manifest", tmp_path / "manifest.json", code=None)
    page = tmp_path / "diff.html"
    told = run("diff", folder, changed, "--html", page)
    assert "Other" in told
    assert "<script>window.__p" not in page.read_text(encoding="utf-8")
    run("export", "--data", folder, "--out", tmp_path / "x.csv")
    run("export", "--data", folder, "--out", tmp_path / "x.kml")
    run("init", "--data", folder, tmp_path / "copy")


def test_names_that_are_asked_for_are_answered_on_lines_of_their_own(folder):
    asked = [re.sub("[\x00\ud800-\udfff]", "", text) for text in PAYLOADS.values()]
    run("places", "--data", folder, "--", *asked)
    answers = run("places", "--data", folder, "--json", "--", *asked).split("\n")[:-1]
    assert [clean(json.loads(line)["query"]) for line in answers] == [clean(text) for text in asked]


def test_every_refusal_is_one_line_a_problem(tmp_path):
    """Each payload where an id, a day, a number and a word of a list should stand."""
    rows = packaged_rows()
    bad = {"record_id": "records", "date_start": "records", "kind": "records", "value_low": "claims", "lat": "places"}
    count = 0
    for i, text in enumerate(PAYLOADS.values()):
        for column, table in bad.items():
            cell = text.replace("\x00", "\x01")
            rows[table].append(rows[table][i % len(rows[table])] | {column: cell})
            count += 1
    printed = run("build", "--data", written(rows, tmp_path), "--out", tmp_path / "x.html", code=1)
    lines = printed.splitlines()
    assert len(lines) > count / 2
    assert all(re.search(r"expected .*Fix: ", line) for line in lines if ".csv" in line)
    assert all(".csv" in line for line in lines)
    assert not (tmp_path / "x.html").exists()


# ---------------------------------------------------------------- paper


def chunks(data: bytes) -> dict[str, str]:
    """Texts of a PNG by keyword."""
    found, at = {}, 8
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            keyword, _, rest = body.partition(b"\0")
            if kind == b"iTXt":
                packed, text = rest[0], rest[2:].split(b"\0", 2)[2]
                found[keyword.decode()] = (zlib.decompress(text) if packed else text).decode("utf-8")
            else:
                found[keyword.decode()] = rest.decode("latin-1")
        at += 12 + length
    return found


def test_what_a_picture_says_of_itself_is_text():
    made = target_scene(drawable=True)
    few = (dt.date(2025, 2, 1), dt.date(2025, 2, 20))
    drawn = figure_bytes(made, FigureOptions(title=HOSTILE, window=few), ["png", "svg", "pdf"])
    said = chunks(drawn["png"])
    assert as_words(said["Title"]) == as_words(clean(HOSTILE))
    assert not any(OBEYED.search(text) for text in said.values())
    root = ET.fromstring(drawn["svg"])  # noqa: S314 - our own
    assert as_words(root.find("{http://www.w3.org/2000/svg}title").text) == as_words(clean(HOSTILE))
    # No action, script or link of a document, and the title as a string of it: letters in UTF-16.
    for action in (b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/URI", b"/Launch", b"/EmbeddedFile"):
        assert action not in re.sub(rb"stream.*?endstream", b"", drawn["pdf"], flags=re.DOTALL)
    assert b"/Title" in drawn["pdf"]


@pytest.mark.parametrize("strip", [False, True])
def test_the_longest_texts_can_be_set(strip):
    """A text is measured as far as a sheet is wide, and names in the small print are cut."""
    drawn = figure_bytes(long_scene(), FigureOptions(strip=strip), ["png", "svg", "pdf"])
    root = ET.fromstring(drawn["svg"])  # noqa: S314 - our own
    assert float(root.get("height").removesuffix("pt")) < 3000
    assert chunks(drawn["png"])["Title"]


@pytest.fixture(scope="module")
def kit() -> dict[str, bytes]:
    """A kit with blank pictures: what is drawn in them is tried above."""
    made = replace(target_scene(drawable=True), options=PageOptions(title=TITLE))
    return kit_files(
        made, draw=lambda _made, _options, formats: dict.fromkeys((*formats, "alt", "long", "caption"), png(8, 8))
    )


def test_word_files_hold_the_texts_as_texts(kit):
    for name in ("report.docx", "incidents.docx"):
        with zipfile.ZipFile(io.BytesIO(kit[name])) as archive:
            parts = {one: archive.read(one) for one in archive.namelist() if one.endswith((".xml", ".rels"))}
        for data in parts.values():
            ET.fromstring(data)  # noqa: S314 - our own
        body = "".join(ET.fromstring(parts["word/document.xml"]).itertext())  # noqa: S314 - our own
        lost = [one for one, text in DRAWABLE.items() if as_words(shown(text)) not in as_words(body)]
        # In the list of sources each title stands; the table cuts nothing either.
        assert lost == [], name
        fields = re.findall(rb"<w:instrText[^>]*>([^<]*)<", parts["word/document.xml"])
        assert all(re.fullmatch(rb" (PAGE|SEQ (Figure|Table) \\\* ARABIC) ", field) for field in fields)
        links = re.findall(rb'Target="([^"]+)" TargetMode="External"', b"".join(parts.values()))
        assert all(re.match(rb"https?://", link) for link in links)


def test_texts_for_latex_markdown_and_citations_run_nothing(kit):
    tex = re.sub("^%.*$", "", kit["incidents.tex"].decode(), flags=re.MULTILINE)
    assert not re.search(r"\\(input|write|include|openout|immediate|csname|def)\b", tex)
    assert "<script" not in re.sub(r"\\.", "", kit["incidents.md"].decode())
    for name in (
        "README.md",
        "incidents.md",
        "incidents.tex",
        "citation.bib",
        "CITATION.cff",
        "incidents.csv",
        "snippet.html",
    ):
        assert not OBEYED.search(kit[name].decode("utf-8-sig").replace("\r\n", "\n")), name
