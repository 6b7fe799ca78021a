"""Every hostile file through `panjmap import`: answered as its manifest says, and nothing half-written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from panjmap.cli import main
from panjmap.data.intake.parquet import read_rows

HOSTILE = Path(__file__).parent / "hostile"
MANIFEST = json.loads((HOSTILE / "manifest.json").read_text(encoding="utf-8"))
FILES = [one for one in MANIFEST["files"] if (HOSTILE / one["file"]).is_file()]
#: How we answer where the manifest leaves a choice.
REFUSED = {
    "coords/antimeridian_line.geojson": "expected a point",
    "coords/bowtie.geojson": "expected a point",
    "coords/crs3857_declared.geojson": "EPSG::3857",
    "coords/lon_250.geojson": "-180 to 180",
    "coords/utm_declared.geojson": "EPSG::32642",
}
#: Words that the message has to hold, beside file, row or feature, and column.
WORDS = {
    "coords/null_geom.geojson": "listed as not located",
    "coords/null_island.csv": "0,0",
    "coords/strings.geojson": "numbers, not as text",
    "coords/swapped.geojson": "swap them: longitude 70, latitude 37.75",
    "coords/webmercator.csv": "EPSG:3857",
    "coords/webmercator.geojson": "EPSG:3857",
    "dates/ambiguous.csv": "2025-12-11 (day first) or 2025-11-12 (month first)",
    "encoding/cp1251.csv": "cp1251",
    "encoding/koi8r.csv": "KOI8-R",
    "encoding/mojibake.csv": "Душанбе",
    "encoding/semicolon.csv": "semicolons",
    "escape/lone_surrogate.geojson": "\ufffd",
    "shape/dup_header.csv": "each column once",
    "shape/dup_keys.json": "each key once",
    "shape/empty.csv": "empty",
    "shape/header_only.csv": "rows",
    "shape/missing_lon.csv": "lon, lng, long, longitude, x",
    "shape/not_a_zip.xlsx": "XLSX",
    "xml/billion_laughs.kml": "DTD",
    "xml/quadratic.kml": "DTD",
    "xml/xxe_param.kml": "DTD",
    "xml/swapped.kml": "swapped",
    "zip/bomb.csv.gz": "--limit inflated_ratio",
    "zip/bomb.xlsx": "--limit inflated_ratio",
    "zip/formula_cell.xlsx": "formula",
    "zip/traversal.kmz": "stay inside",
    "zip/truncated.kmz": "zip",
    "zip/xxe.docx": "Word",
    "zip/xxe.xlsx": "DTD",
}


def answer(file: dict, folder: Path):
    to = folder / "rows.parquet"
    to.write_bytes(b"as it was")
    return CliRunner().invoke(main, ["import", str(HOSTILE / file["file"]), "--to", str(to)]), to


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["file"])
def test_it_is_answered_as_the_manifest_says(file, tmp_path):
    result, to = answer(file, tmp_path)
    name, level = file["file"], file["level"]
    refused = name in REFUSED or level == "error"
    assert result.exit_code == int(refused), result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit | None)
    assert (to.read_bytes() == b"as it was") is refused
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]
    told = result.stderr
    if refused or (level == "warn" and name not in REFUSED):
        assert Path(name).name in told
        assert "Fix: " in told
        assert REFUSED.get(name, WORDS.get(name, "")) in told
        for unit, numbers in (file.get("where") or {}).items():
            check_place(told, unit, numbers)
    if not refused and read_rows(to).about.rows:
        about = read_rows(to).about
        assert about.read == about.rows
        assert about.rejected == 0


def check_place(told: str, unit: str, numbers: object) -> None:
    """The message names the rows, the feature, the column that the manifest names."""
    for one in numbers if isinstance(numbers, list) else [numbers]:
        if unit in ("row", "feature", "byte"):
            assert re.search(rf"\b{unit} {one}\b", told), (unit, one)
        elif unit in ("column", "columns"):
            assert f"column {one}" in told
        elif unit == "cell":
            assert one in told


def test_every_word_is_about_a_file_that_is_there():
    assert {*WORDS, *REFUSED} <= {one["file"] for one in FILES}


def test_dates_are_read_refused_or_kept_as_intervals(tmp_path):
    to, rejects = tmp_path / "rows.parquet", tmp_path / "bad.csv"
    arguments = ["import", str(HOSTILE / "dates/ambiguous.csv"), "--to", str(to), "--rejects", str(rejects)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    found = {row.row_id: (str(row.date_start), str(row.date_end)) for row in read_rows(to).rows}
    day, month = ("2025-11-26",) * 2, ("2025-11-01", "2025-11-30")
    assert found == {
        **{"1": day, "7": day, "8": day, "13": day, "14": ("None", "None")},
        **{"15": ("2025-11-26", "2025-11-27"), "16": month, "17": month},
    }


@pytest.mark.parametrize("file", [one for one in FILES if "payload" in one], ids=lambda file: file["file"])
def test_texts_come_out_as_they_went_in(file, tmp_path):
    _, to = answer(file, tmp_path)
    first, *others = read_rows(to).rows
    payload = file["payload"].replace("\r\n", "\n")
    if file["level"] == "accept" and not payload.endswith("..."):
        assert (first.place, first.title, first.text) == (payload,) * 3
    assert [(row.row_id, row.place, row.title, row.text) for row in others] == [("2", "Shamsiddin Shohin", "t", "x")]


def test_rejects_of_formulas_are_no_formulas(tmp_path):
    source = tmp_path / "cases.csv"
    source.write_text("id,lat,lon,title\n1,=1+1,70,a\n", encoding="utf-8")
    to, rejects = tmp_path / "rows.parquet", tmp_path / "bad.csv"
    assert CliRunner().invoke(main, ["import", str(source), "--to", str(to), "--rejects", str(rejects)]).exit_code == 0
    assert ",'=1+1," in rejects.read_text(encoding="utf-8-sig")


UNFIT = (
    "../evil",
    "/../evil",
    "a/../../evil",
    "CON",
    "nul",
    "x" * 300,
    "-rf",
    "~/.x",
    "a\nb",
    "C:\\x",
    "file:///x",
)


@pytest.mark.parametrize("name", [*UNFIT, "", "name \u202etelmth"], ids=repr)
def test_names_of_outputs_stay_in_the_folder(name, tmp_path, monkeypatch):
    folder = tmp_path / "inside"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "cases.csv").write_text("id,lat,lon\n1,37.5,70\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["import", "cases.csv", "--to", f"{name}.parquet"])
    assert result.exit_code in (1, 2), result.output
    assert isinstance(result.exception, SystemExit)
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]
    assert [path.name for path in folder.iterdir()] == ["cases.csv"]
