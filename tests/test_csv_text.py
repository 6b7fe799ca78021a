"""Tables as CSV: what a spreadsheet would run is kept as text, and comes back exactly."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjmap.data.csv_text import csv_text, guarded, unguarded

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\tx", "\rx", " =1", "\u200b=1", "'=1", '"=1', "\u00a0@x"]
FORMULAS += ["\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
ROWS_JS = Path(__file__).parents[1] / "render" / "assets" / "rows.js"


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("before", ["", "harmless;", "harmless\t", "harmless\n"])
def test_a_spreadsheet_finds_no_formula_whatever_it_parts_cells_by(before, text):
    written = guarded(before + text)
    for part in re.split(r"[;\t\r\n]", written):
        assert not re.match(r"[\s\u200b\"]*[=+@\uff1d\uff0b\uff0d\uff20-]", part)
    assert written[0] not in "\t\r"
    assert unguarded(written) == before + text


@given(st.text(alphabet="=+-@'\" \t\r\n;ax\u200b\uff1d", max_size=12))
def test_the_guard_comes_off_exactly(text):
    assert unguarded(guarded(text)) == text
    assert parsed(csv_text(["one"], [[text]]))[1:] == ([[guarded(text)]] if text else [[]])


def test_cells_of_every_type():
    rows = [
        ["plain", 'say "so"', "a, b"],
        [None, -4, 0.5],
        [True, dt.date(2025, 11, 26), ["x", "y"]],
        [float("nan"), "", []],
    ]
    text = csv_text(["one", "two", "three"], rows)
    assert text.startswith("\ufeffone,two,three\r\n")
    assert parsed(text)[1:] == [
        ["plain", 'say "so"', "a, b"],
        ["", "-4", "0.5"],
        ["true", "2025-11-26", "x; y"],
        ["", "", ""],
    ]


def test_numbers_come_back_as_numbers():
    numbers = [-4, 10**15, -0.1, 1e-9, 70.00639]
    read = pd.read_csv(io.StringIO(csv_text(["n", "t"], [[n, "-4"] for n in numbers])))
    assert read.iloc[:, 0].tolist() == numbers
    assert set(read["t"]) == {"'-4"}
    assert csv_text(["n"], [[np.float64(0.5)]], bom=False) == "n\r\n0.5\r\n"


@pytest.mark.skipif(shutil.which("node") is None, reason="no JavaScript runtime found (node)")
def test_the_page_writes_the_same_cells():
    texts = [before + text for before in ("", "a;", "a\n", "a\t") for text in [*FORMULAS, "plain", " blank ", 'a "b"']]
    script = (
        "globalThis.panjmap = {};"
        + ROWS_JS.read_text(encoding="utf-8")
        + f"\nconsole.log(JSON.stringify({json.dumps(texts)}.map(panjmap.rows.cell)))"
    )
    made = subprocess.run(["node", "-e", script], capture_output=True, check=True, encoding="utf-8", timeout=60)
    ours = [csv_text([], [[text]], bom=False).removeprefix("\r\n").removesuffix("\r\n") for text in texts]
    assert json.loads(made.stdout) == ours


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no spreadsheet program found (LibreOffice)")
def test_a_spreadsheet_program_finds_no_formula(tmp_path):
    texts = [before + text for before in ("", "a;", "a\n", "a\t") for text in [*FORMULAS, "\u2060=1", "\u00ad=1"]]
    (tmp_path / "ours.csv").write_text(csv_text(["n", "t"], enumerate(texts)), encoding="utf-8", newline="")
    (tmp_path / "raw.csv").write_text("n,t\r\n1,=1+1\r\n", encoding="utf-8", newline="")
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "fods",
    ]
    for separators in ("44", "44/59/9"):
        options = [
            "--infilter=CSV:" + f"{separators},34,76,1",
            "--outdir",
            str(tmp_path / separators.replace("/", "-")),
        ]
        files = [str(tmp_path / name) for name in ("ours.csv", "raw.csv")]
        subprocess.run([*command, *options, *files], check=True, capture_output=True, timeout=120)
    made = {path: path.read_text(encoding="utf-8").count("table:formula") for path in tmp_path.glob("[0-9]*/*.fods")}
    assert len(made) == 4
    assert [path for path, formulas in made.items() if formulas and path.name == "ours.fods"] == []
    assert [formulas for path, formulas in sorted(made.items()) if path.name == "raw.fods"].count(1) == 2
