"""Records as tables: CSV and workbook give every value back, and no text in them can be run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest
import shapely
from page_case import crowd, scene_of
from target_case import target_scene

from panjmap.data.csv_text import plain_cell, unguarded
from panjmap.data.errors import OptionError
from panjmap.data.model import Tables
from panjmap.render.export import export_bytes
from panjmap.render.exports import xlsx
from panjmap.render.exports.columns import TABLES
from panjmap.render.exports.frame import claims_frame, plain_rows, records_frame, sources_frame
from panjmap.render.prepare import read_scene
from panjmap.render.scene import PageOptions, Scene

FRAMES = {"records": records_frame, "claims": claims_frame, "sources": sources_frame}
ENDINGS = {"records": ".csv", "claims": "-claims.csv", "sources": "-sources.csv"}
SHEETS = {"records": "Incidents", "claims": "Claims", "sources": "Sources"}


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read_scene()


@pytest.fixture(scope="module")
def bad_scene() -> Scene:
    return replace(target_scene(), options=PageOptions(title="=1+1 & &[Date] </t>"))


def rows_of(scene: Scene, table: str) -> list[dict[str, Any]]:
    return list(plain_rows(FRAMES[table](scene)))


def book_of(scene: Scene) -> Any:
    return openpyxl.load_workbook(io.BytesIO(export_bytes(scene, "xlsx").files[".xlsx"]))


def in_csv(value: Any) -> str:
    plain = plain_cell(value)
    return "" if plain is None else str(plain).lower() if isinstance(plain, bool) else str(plain)


@pytest.mark.parametrize("table", TABLES)
def test_csv_gives_every_value_back(scene, bad_scene, table):
    for one in (scene, bad_scene):
        text = export_bytes(one, "csv").files[ENDINGS[table]].decode("utf-8")
        assert text.startswith("\ufeff")
        assert text.count("\r\n") == text.count("\r")
        read = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        wanted = rows_of(one, table)
        assert [column for column in read[0] if column != "geometry_wkt"] == [c.name for c in TABLES[table]]
        assert len(read) == len(wanted)
        for cells, values in zip(read, wanted, strict=True):
            assert {name: unguarded(cells[name]) for name in values} == {k: in_csv(v) for k, v in values.items()}


def test_pandas_reads_numbers_dates_and_geometry_of_csv(scene):
    frame = records_frame(scene)
    read = pd.read_csv(io.BytesIO(export_bytes(scene, "csv").files[".csv"]), parse_dates=["date_start"])
    for name in ("uncertainty_km", "longitude", "latitude", "river_km_from", "killed_civilian_low", "report_count"):
        assert read[name].astype("float64").equals(frame[name].astype("float64")), name
    assert [None if pd.isna(d) else d.date() for d in read["date_start"]] == frame["date_start"].tolist()
    shapes = [None if isinstance(text, float) else shapely.from_wkt(text) for text in read["geometry_wkt"]]
    assert [shape is None for shape in shapes] == frame.geometry.isna().tolist()
    for shape, geometry in zip(shapes, frame.geometry, strict=True):
        assert shape is None or shapely.equals_exact(shape, geometry, 1e-9)


def test_no_cell_of_csv_starts_a_formula_and_negative_numbers_are_numbers(bad_scene):
    for ending in ENDINGS.values():
        text = export_bytes(bad_scene, "csv").files[ending].decode("utf-8").removeprefix("\ufeff")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                assert not re.match(r"[\s\"]*[=+@\uff1d-]", cell), cell


def test_an_outline_too_long_for_a_spreadsheet_is_said():
    assert export_bytes(scene_of(), "csv").notes == ()
    long = shapely.Point(69, 38).buffer(0.5, quad_segs=900)
    (note,) = export_bytes(scene_of(shapes={"TJ-AF-2024-11-A": ("region", long)}), "csv").notes
    assert note.startswith("1 cell in geometry_wkt is longer than a spreadsheet takes (32,767 characters)")


@pytest.mark.parametrize("format_", ["csv", "xlsx", "acled", "ged"])
def test_what_the_file_is_about_travels_with_it(scene, format_):
    files = export_bytes(scene, format_).files
    if format_ == "xlsx":
        sheet = book_of(scene)["About"]
        text = "\n".join(f"{row[0].value}: {row[1].value}" for row in sheet.iter_rows(min_row=2))
    else:
        text = files["-about.txt"].decode("utf-8")
    assert (
        "Not complete: From five news reports. Not a complete record. Nothing here is independently verified." in text
    )
    assert "6 workers reported killed in 3 attacks, all Chinese nationals." in text
    assert f"Data version: {scene.version}" in text
    assert "OpenStreetMap" in text
    if format_ in ("csv", "xlsx"):
        assert all(column.meaning in text for columns in TABLES.values() for column in columns)
    else:
        notes = export_bytes(scene, format_).notes
        assert all(note.partition(" [")[0] in text for note in notes)
        assert any("and 1 more]" in note for note in notes)
        assert "more]" not in text
        assert all(record.record_id in text for record in scene.published.tables.records)


@pytest.mark.parametrize("table", TABLES)
def test_a_workbook_gives_every_value_back(scene, bad_scene, table):
    for one in (scene, bad_scene):
        data = io.BytesIO(export_bytes(one, "xlsx").files[".xlsx"])
        read = pd.read_excel(data, sheet_name=SHEETS[table], keep_default_na=False, dtype=object)
        wanted = rows_of(one, table)
        assert list(read.columns) == [column.name for column in TABLES[table]]
        for cells, values in zip(read.to_dict("records"), wanted, strict=True):
            for name, value in values.items():
                plain = value if isinstance(value, dt.date) else plain_cell(value)
                plain = str(plain).lower() if isinstance(plain, bool) else plain
                found = cells[name].date() if isinstance(cells[name], dt.datetime) else cells[name]
                assert found == ("" if plain is None else plain), name


def test_every_text_of_a_workbook_is_a_text_and_every_number_a_number(bad_scene):
    with zipfile.ZipFile(io.BytesIO(export_bytes(bad_scene, "xlsx").files[".xlsx"])) as archive:
        sheets = [archive.read(name).decode("utf-8") for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 4
    for sheet in sheets:
        assert "<f>" not in sheet
        assert set(re.findall(r'<c [^>]*t="(\w+)"', sheet)) <= {"inlineStr", "n"}
    book = book_of(bad_scene)
    types = {c.name: c.type for c in TABLES["records"]}
    names = [cell.value for cell in book["Incidents"][1]]
    for row in book["Incidents"].iter_rows(min_row=2):
        for name, cell in zip(names, row, strict=True):
            if cell.value is not None:
                kind = {"text": "s", "texts": "s", "date": "d", "boolean": "s"}.get(types[name], "n")
                assert cell.data_type == kind, name
                assert cell.hyperlink is None
    guarded = [cell for row in book["Claims"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert guarded
    assert all(cell.quotePrefix for cell in guarded)


def test_sheets_can_be_read_by_eye_and_by_ear(scene):
    book = book_of(scene)
    assert book.sheetnames == ["Incidents", "Claims", "Sources", "About"]
    for sheet in book.worksheets[:3]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter.left.text.startswith("From five news reports. Not a complete record.")
        assert all(8 <= dimension.width <= 44 for dimension in sheet.column_dimensions.values())
    assert book.properties.title == scene.options.title
    assert book.properties.subject.startswith("From five news reports.")
    hidden = {letter for letter, dimension in book["Incidents"].column_dimensions.items() if dimension.hidden}
    for column in book["Incidents"].iter_cols(min_row=2):
        assert (column[0].column_letter in hidden) == all(cell.value is None for cell in column)


def test_a_workbook_has_the_same_bytes_every_day_and_none_of_the_clock(scene, monkeypatch):
    first = export_bytes(scene, "xlsx").files[".xlsx"]

    class Later(dt.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return cls(2031, 5, 6, 7, 8, 9, tzinfo=tz)

    monkeypatch.setattr("openpyxl.packaging.core.datetime.datetime", Later)
    assert export_bytes(read_scene(), "xlsx").files[".xlsx"] == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode("utf-8")
        assert re.findall(r"\d{4}-\d\d-\d\dT", core) == ["1980-01-01T", "1980-01-01T"]
        assert {member.date_time[0] for member in archive.infolist()} == {1980}


def test_texts_are_cut_at_what_a_cell_takes_and_that_is_said():
    def long(tables: Tables) -> Tables:
        first = tables.records[0].model_copy(update={"title": "\U0001f5fa" * 20_000, "note": "x" * 32_767})
        return tables._replace(records=(first, *tables.records[1:]))

    scene = scene_of(long)
    exported = export_bytes(scene, "xlsx")
    assert "Lost: 1 text cut at 32,767 characters, the longest that a cell takes." in exported.notes
    sheet = openpyxl.load_workbook(io.BytesIO(exported.files[".xlsx"]))["Incidents"]
    names = [cell.value for cell in sheet[1]]
    row = next(r for r in sheet.iter_rows(min_row=2) if r[0].value == "TJ-AF-2025-11-26-A")
    title, note = (row[names.index(name)].value for name in ("title", "note"))
    assert title == "\U0001f5fa" * 16_383 + "…"
    assert note == "x" * 32_767


def test_days_before_the_first_one_of_excel_are_text():
    def old(tables: Tables) -> Tables:
        days = {"date_start": dt.date(1895, 3, 11), "date_end": dt.date(1900, 3, 1)}
        return tables._replace(records=tuple(r.model_copy(update=days) for r in tables.records), claims=())

    sheet = book_of(scene_of(old))["Incidents"]
    names = [cell.value for cell in sheet[1]]
    cells = {name: sheet.cell(2, names.index(name) + 1).value for name in ("date_start", "date_end")}
    assert cells == {"date_start": "1895-03-11", "date_end": dt.datetime(1900, 3, 1)}


def test_only_plain_links_of_the_web_can_be_clicked():
    def linked(tables: Tables) -> Tables:
        urls = [
            'https://example.org/a?b=1&c="',
            "https://example.org/a?b=1&c=2",
            "javascript:alert(1)",
            "file:///etc/passwd",
            None,
        ]
        return tables._replace(
            reports=tuple(r.model_copy(update={"url": url}) for r, url in zip(tables.reports, urls, strict=True))
        )

    sheet = book_of(scene_of(linked))["Sources"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["https://example.org/a?b=1&c=2"]


def test_more_rows_than_a_sheet_has_are_refused(scene, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 124)
    export_bytes(scene, "xlsx")
    monkeypatch.setattr(xlsx, "MOST_ROWS", 123)
    with pytest.raises(OptionError, match=r"room for 122 rows, and there are 123 claims\. Fix: take csv"):
        export_bytes(scene, "xlsx")


@pytest.mark.parametrize("format_", ["csv", "xlsx", "acled", "ged"])
def test_tables_without_records_and_with_many_are_written(format_):
    nothing = scene_of(lambda t: Tables(*(() for _ in t)))
    assert all(export_bytes(nothing, format_).files.values())
    change, shapes = crowd(40, [(1, 3)] * 40)
    many = export_bytes(scene_of(change, shapes=shapes), format_)
    assert all(many.files.values())
    if format_ in ("acled", "ged"):
        assert len(list(csv.reader(io.StringIO(many.files[".csv"].decode("utf-8"), newline="")))) == 41
        assert any(note.startswith("Lost: 40 rows: deaths are a range") for note in many.notes)
