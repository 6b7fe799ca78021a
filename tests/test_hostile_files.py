"""Files made to hurt, with what a good tool answers (``hostile/manifest.json``): the readers' part of the answer.

What depends on the meaning of cells (swapped coordinates, dates, double ids) is the part of the import.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from panjmap.data.intake.source import read_source
from panjmap.data.text import clean

FOLDER = Path(__file__).parent / "hostile"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
#: File -> what its one error says; nothing of such a file may be kept.
REFUSED = {
    "encoding/cp1251.csv": "row 2: expected text in UTF-8 (byte 53, 0xc4, is none; the file looks like Windows-1251",
    "encoding/koi8r.csv": "row 2: expected text in UTF-8 (byte 53, 0xe4, is none; the file looks like KOI8-R)",
    "shape/bom_only.csv": "there is nothing but blanks in this one",
    "shape/dup_header.csv": "row 1, column lat: expected each column once; this one is there twice",
    "shape/empty.csv": "this one is empty",
    "shape/not_a_zip.xlsx": "expected an XLSX file, as the ending .xlsx says; the content is none",
    "xml/billion_laughs.kml": "without a DTD or entities",
    "xml/quadratic.kml": "without a DTD or entities",
    "xml/xxe_param.kml": "without a DTD or entities",
    "zip/bomb.csv.gz": "unpacks to at most 100 times its size (this one of 194,463 bytes became more than 19 MB)",
    "zip/bomb.xlsx": "unpacks to at most 100 times its size (this one of 195,854 bytes became more than 200 MB)",
    "zip/traversal.kmz": 'found "../../../../tmp/evil.kml"; expected names that stay inside the archive',
    "zip/truncated.kmz": "a whole zip file (this one has no end)",
    "zip/xxe.docx": "not a Word document",
    "zip/xxe.xlsx": "without a DTD or entities",
}
#: File -> (rows given, rows refused, what the problems say in their order).
READ = {
    "encoding/mixed_utf8_cp1251.csv": (1, 1, ["row 3: expected text in UTF-8 (byte 118, 0xc4, is none"]),
    "encoding/mojibake.csv": (1, 0, ['row 2, column place: found "Ð”ÑƒÑˆÐ°Ð½Ð±Ðµ"']),
    "encoding/semicolon.csv": (1, 0, ["row 1: expected commas between the columns; the file has semicolons"]),
    "encoding/utf16le_bom.csv": (1, 0, ["the file is in UTF-16, as its mark says"]),
    "escape/bidi_isolate.csv": (2, 0, [f"row 2, column {name}: " for name in ("place", "title", "text")]),
    "escape/lone_surrogate.geojson": (1, 0, ['feature 0, column title: found "x\ufffdy"']),
    "shape/dup_keys.json": (1, 0, ["feature 0, column id: expected each key once; this one is there twice"]),
    "shape/header_only.csv": (0, 0, ["expected rows under the header; there are none"]),
    "shape/unclosed_quote.csv": (1, 1, ['row 2: found "1,2025-11-26,38,70,"Kavo,t,x,u"; expected closed quotes']),
    "zip/far_cell.xlsx": (0, 0, ["there are none"]),
    "zip/formula_cell.xlsx": (0, 0, ["row 1: expected a name in cell A1, not a formula", "there are none"]),
    "zip/million_rows_claim.xlsx": (0, 0, ["there are none"]),
}
#: How many rows the others have, all given without a word.
ROWS = {
    **{"coords/": 1, "dates/ambiguous.csv": 17, "encoding/": 1, "escape/": 2, "escape/proto_keys.json": 1},
    **{"escape/javascript_source_url.csv": 4, "formula/cells.csv": 12, "shape/case_ids.csv": 4},
    **{"shape/dup_ids.csv": 2, "shape/missing_lon.csv": 1, "xml/": 1},
}
NAMES = [entry["file"] for entry in MANIFEST if not entry["file"].startswith("names/")]


def read(path: Path):
    source = read_source(path)
    return source, list(source.rows), [str(problem).removeprefix(f"{path}") for problem in source.problems]


def test_all_files_of_the_manifest_are_here():
    there = {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.*")} - {"manifest.json"}
    assert there == set(NAMES)
    assert len(NAMES) == 76


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_read_or_refused_as_the_manifest_asks(name):
    begun = time.process_time()
    source, rows, said = read(FOLDER / name)
    assert time.process_time() - begun < 5
    levels = {problem.level for problem in source.problems}
    if name in REFUSED:
        assert (rows, levels, len(said)) == ([], {"error"}, 1)
        assert not source.complete
        assert REFUSED[name] in said[0]
        return
    assert source.complete
    if name in READ:
        given, refused, expected = READ[name]
        assert (len(rows), source.refused) == (given, refused)
        assert levels == {"error" if refused else "warning"}
        assert len(said) == len(expected)
        for text, wanted in zip(said, expected, strict=True):
            assert wanted in text
    elif name == "escape/all.geojson":
        assert len(rows) == 41
        assert levels == {"warning"}
        assert [problem.row for problem in source.problems] == [21, 22, 23, 24]
    else:
        assert said == []
        assert len(rows) == next(ROWS[key] for key in (name, f"{name.split('/')[0]}/") if key in ROWS)


@pytest.mark.parametrize("entry", [e for e in MANIFEST if "payload" in e], ids=lambda entry: entry["file"])
def test_payloads_are_read_as_they_stand(entry):
    _, rows, _ = read(FOLDER / entry["file"])
    for column in entry["where"]["columns"]:
        text = rows[0].cells[column]
        if "bidi" in entry["file"]:
            assert text == "\ufffdabc\ufffd"
        else:
            assert text.startswith(clean(entry["payload"].removesuffix("..."))[:20])
    assert rows[1].cells["title"] == "t"


def test_names_of_outputs_in_a_file_are_nothing_but_text(tmp_path):
    names = ["../evil.html", "a/../../evil", "CON.html", "nul", "a\0.html", "x" * 300, "a\nb", " ", "."]
    path = tmp_path / "output_names.json"
    path.write_text(json.dumps({"output_names": names}), encoding="utf-8")
    source, rows, _ = read(path)
    assert source.columns == ("output_names",)
    assert rows[0].cells["output_names"].startswith('["../evil.html","a/../../evil"')
    assert [file.name for file in tmp_path.iterdir()] == ["output_names.json"]
