"""The incident table in other people's formats: the page's words, ranges and precision, and nothing that runs."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from page_case import scene_of
from payloads import HOSTILE, hostile

from panjmap.render.escaping import one_line
from panjmap.render.incident_table import HEADINGS, as_latex, as_markdown, incidents, kinds
from panjmap.render.lists import table_rows
from panjmap.render.prepare import read_scene
from panjmap.render.scene import Scene

PLAIN_PIPE = re.compile(r"(?<!\\)\|")


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read_scene()


@pytest.fixture(scope="module")
def odd() -> Scene:
    return scene_of(hostile)


def pipe_table(text: str) -> list[list[str]]:
    """The cells of the one table of a Markdown text, without its line of dashes."""
    rows = [PLAIN_PIPE.split(line)[1:-1] for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows if not re.fullmatch(r"-+", row[0])]


def test_the_rows_are_those_of_the_page_in_its_order(scene):
    rows, page = incidents(scene), table_rows(scene.rows, scene.evidence)
    assert [row.record_id for row in rows] == [cell["id"] for cell in page]
    for row, cell in zip(rows, page, strict=True):
        assert (row.date, row.killed, row.injured, row.who) == (
            cell["date"],
            cell["killed"],
            cell["injured"],
            cell["who"],
        )
    assert [kind for kind, _ in kinds(rows)] == [
        "Attacks and clashes",
        "State operations",
        "Measures against people",
        "Responses",
        "Reported totals, not mapped",
    ]


def test_places_come_with_their_precision_and_numbers_with_ranges_and_groups(scene):
    rows = {row.record_id: row for row in incidents(scene)}
    kavo, strike = rows["TJ-AF-2025-12-KAVO"], rows["TJ-AF-2025-11-26-A"]
    assert kavo.where == "Kavo, Shamsiddin Shohin district (town or village, uncertain by about 3 km)"
    assert kavo.cells[3] == ("Killed: 3.", "Alleged attackers, per Tajik officials.")
    assert "May be the same event as “Incursion in Shamsiddin Shohin with five killed”." in kavo.cells[1]
    assert "no finer than stretch of river, drawn as an approximate area, not a boundary" in strike.where
    assert strike.cells[3][-1] == "Injured: 1 to 2."
    assert strike.cells[4][0].startswith("5 reports; named speakers: Chinese embassy, Tajik authorities;")
    response = rows["TJ-AF-2025-R-UNHCR"]
    assert response.cells[2] == ()
    assert rows["TJ-AF-2025-M-RAIDS"].cells[3] == ()  # no report counts: the cell is empty, not 0


def test_markdown_is_one_pipe_table_under_what_it_is_not(scene):
    text = as_markdown(scene)
    assert text.startswith("# Reported attacks, clashes and state operations")
    assert text.index("Not a complete record.") < text.index("| Date |")
    assert "numbers of several victim groups are never added up" in text
    table = pipe_table(text)
    assert tuple(table[0]) == HEADINGS
    assert {len(row) for row in table} == {5}
    assert len(table) == 1 + 5 + len(scene.rows)
    assert "## Sources" in text
    assert "No link on file" in text or "<http" in text


def test_latex_is_one_long_table(scene):
    text = as_latex(scene)
    rows = [line for line in text.splitlines() if line.endswith(r"\\\addlinespace")]
    assert len(rows) == len(scene.rows)
    assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {4}
    assert text.count(r"\multicolumn{5}{l}{\textbf{") == 5
    assert "Not a complete record." in text.split(r"\caption{")[1].split(r"\label")[0]
    assert text.count("{") == text.count("}")


def test_hostile_text_stays_text_in_markdown(odd):
    text = as_markdown(odd)
    table = pipe_table(text)
    assert {len(row) for row in table} == {5}
    assert len(table) == 1 + 5 + len(odd.rows)
    bare = re.sub(r"\\.", "", text)
    assert "<" not in bare
    assert "](" not in bare
    assert "{{" not in bare
    assert "$" not in bare
    read = re.sub(r"\\(.)", r"\1", next(row for row in table if "TJ\\-" in row[1] or "TJ-AF-2025-12-KAVO" in row[1])[1])
    assert read.startswith(one_line(HOSTILE))


def test_hostile_text_stays_text_in_latex(odd):
    text = as_latex(odd)
    rows = [line for line in text.splitlines() if line.endswith(r"\\\addlinespace")]
    assert len(rows) == len(odd.rows)
    assert r"\input{/" not in text
    assert text.count("{") == text.count("}")
    assert not re.search(r"(?<!\\)\$", text)


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("form", ["markdown", "gfm"])
def test_pandoc_reads_the_table_and_finds_nothing_in_it_that_does_something(odd, form):
    done = subprocess.run(
        ["pandoc", "--from", form, "--to", "html"], input=as_markdown(odd).encode(), capture_output=True, check=True
    )
    html = done.stdout.decode()
    assert html.count("<table") == 1
    assert html.count("<tr") == 1 + 5 + len(odd.rows)
    for tag in ("<script", "<a ", "<img", "<em", "<del", "<sub", "<code", 'class="math', "<span"):
        assert tag not in html.replace('<a href="#', ""), tag
    assert one_line("{{7*7}} ${8}") in re.sub(r"\s+", " ", html)


@pytest.mark.skipif(not shutil.which("xelatex"), reason="xelatex is not installed")
def test_xelatex_sets_the_table(odd, tmp_path):
    (tmp_path / "incidents.tex").write_text(as_latex(odd), encoding="utf-8", newline="\n")
    (tmp_path / "document.tex").write_text(
        "\\documentclass{article}\\usepackage{array,booktabs,longtable}\\begin{document}\\input{incidents}\\end{document}",
        encoding="utf-8",
    )
    command = ["xelatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "document.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    assert b"(/etc/passwd" not in done.stdout  # TeX names the files that it opens so


def test_a_table_without_records_is_a_heading_row():
    empty = scene_of(lambda tables: tables._replace(records=(), claims=(), record_places=(), reports=()))
    assert len(pipe_table(as_markdown(empty))) == 1
    assert "## Sources" not in as_markdown(empty)
    assert r"\end{longtable}" in as_latex(empty)


def test_it_is_the_same_every_time(scene):
    again = read_scene()
    assert as_markdown(scene) == as_markdown(again)
    assert as_latex(scene) == as_latex(again)
