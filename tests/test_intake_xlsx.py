"""XLSX from elsewhere: cells as they were saved, whatever the sheet claims, and nothing unpacked beyond its bounds."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from fuzz_targets import SHEET, workbook, zipped

STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
CELL = '<c r="{}" t="{}" s="{}">{}</c>'


def sheet(*rows, before="", after=""):
    """Make a sheet; each row is (number, cells as XML)."""
    inner = "".join(f'<row r="{number}">{cells}</row>' for number, cells in rows)
    return f"<worksheet>{before}<sheetData>{inner}</sheetData>{after}</worksheet>"


def named(*names):
    return (
        1,
        "".join(f'<c r="{letter}1" t="str"><v>{name}</v></c>' for letter, name in zip("ABCDEF", names, strict=False)),
    )


@pytest.fixture
def cells(read):
    """Return the cells of the one row under the header, and what was said."""

    def run(xml, header=("a", "b", "c"), **parts):
        _, rows, said = read(workbook({SHEET: sheet(named(*header), (2, xml)), **parts}), "a.xlsx")
        return rows[0].cells if rows else None, said

    return run


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>1</v></c>", 1),
        ("<c><v>1.50</v></c>", 1.5),
        ("<c t='n'><v>1E3</v></c>", 1000.0),
        ("<c t='b'><v>1</v></c>", True),
        ("<c t='b'><v>0</v></c>", False),
        ("<c t='s'><v>0</v></c>", "lat"),
        ("<c t='d'><v>2025-11-26</v></c>", "2025-11-26"),
        ("<c t='str'><v>_x0041_</v></c>", "A"),
        ("<c t='inlineStr'><is><r><t>a</t></r><r><t> b</t></r></is></c>", "a b"),
        ("<c s='1'><v>45987</v></c>", "2025-11-26"),
        ("<c s='1'><v>45987.75</v></c>", "2025-11-26T18:00:00"),
        ("<c s='1'><v>59</v></c>", "1900-02-28"),
        ("<c s='1'><v>61</v></c>", "1900-03-01"),
        ("<c s='1'><v>0.5</v></c>", 0.5),
        ("<c s='99999999999'><v>5</v></c>", 5),
        ("<c/>", None),
    ],
)
def test_cells_of_all_kinds(cells, cell, value):
    found, said = cells(f"{cell}<c><v>7</v></c>")
    assert found == {"a": value, "b": 7, "c": None}
    assert type(found["a"]) is type(value)
    assert said == []


def test_days_may_count_from_1904(cells):
    book = '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'
    assert cells("<c s='1'><v>44525</v></c>", **{BOOK: book})[0]["a"] == "2025-11-26"


def test_own_formats_of_days_are_known_and_others_are_no_days(cells):
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in ((200, "dd.mm.yyyy"), (201, "0.0 &quot;days&quot;"), (202, "[Red]0"), (203, "General"))
    )
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in (200, 201, 202, 203))
    styles = (
        f"<s><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>{xfs}</cellXfs></s>"
    )
    row = "".join(f"<c s='{style}'><v>45987</v></c>" for style in range(4))
    found, _ = cells(row, header="abcd", **{STYLES: styles})
    assert list(found.values()) == ["2025-11-26", 45987, 45987, 45987]


def test_formulas_give_what_they_came_to_with_a_warning_that_names_the_cell(cells):
    found, said = cells("<c><f>1+1</f><v>2</v></c><c t='e'><f>1/0</f><v>#DIV/0!</v></c>")
    assert found == {"a": 2, "b": "#DIV/0!", "c": None}
    assert [text.split(";")[0] for text in said] == [
        ', row 2, column b: found "#DIV/0!"',
        ", row 2, column a: expected a value in cell A2, not a formula",
        ", row 2, column b: expected a value in cell B2, not a formula",
    ]


def test_a_formula_that_was_never_computed_is_no_empty_cell(read):
    made = workbook({SHEET: sheet(named("a"), (2, "<c><f>1+1</f></c>"), (3, "<c><v>5</v></c>"))})
    source, rows, said = read(made, "a.xlsx")
    assert ([row.number for row in rows], source.refused) == ([3], 1)
    assert said[0].startswith(
        ", row 2, column a: expected a value in cell A2; it holds a formula and not what it comes to"
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("<c><v>x</v></c>", 'row 2, column a: found "x"; expected a number in cell A2'),
        ("<c t='s'><v>9</v></c>", 'row 2, column a: found "9"; expected a text that the workbook holds in cell A2'),
        ("<c><v>1e999</v></c>", 'row 2, column a: found "1e999"; expected a number'),
        ("<c r='F2'><v>1</v></c>", 'row 2: found "1"; expected cells under a header; cell F2 is under none'),
    ],
)
def test_a_bad_cell_is_named_and_the_next_row_is_read(read, row, says):
    source, rows, said = read(workbook({SHEET: sheet(named("a"), (2, row), (3, "<c><v>5</v></c>"))}), "a.xlsx")
    assert ([(r.number, r.cells) for r in rows], source.refused, source.complete) == ([(3, {"a": 5})], 1, True)
    assert says in said[0]


def test_what_is_merged_or_hidden_is_said(read):
    before = '<cols><col min="1" max="1" hidden="1"/></cols>'
    after = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    text = sheet(named("a"), (2, "<c><v>1</v></c>"), before=before, after=after).replace('r="2"', 'r="2" hidden="1"')
    _, rows, said = read(workbook({SHEET: text}), "a.xlsx")
    assert len(rows) == 1
    assert len(said) == 3
    for wanted in (
        "cells that are not merged (A2:A3)",
        "1 hidden ones are read as well",
        "hidden ones are read as well",
    ):
        assert any(wanted in text for text in said)


def test_the_first_sheet_that_can_be_seen_is_read_and_the_others_are_named(read):
    sheets = "".join(
        f'<sheet name="{name}" state="{state}" r:id="r{number}"/>'
        for name, state, number in (("S&#10;x&#x202e;", "hidden", 1), ("B", "visible", 2), ("C", "veryHidden", 1))
    )
    rels = "".join(
        f'<Relationship Id="r{number}" Type="a/worksheet" Target="/xl/worksheets/sheet{number}.xml"/>'
        for number in (1, 2)
    )
    parts = {
        BOOK: f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<R>{rels}</R>",
        "xl/worksheets/sheet2.xml": sheet(named("b"), (2, "<c><v>2</v></c>")),
    }
    _, rows, said = read(workbook(parts), "a.xlsx")
    assert [row.cells for row in rows] == [{"b": 2}]
    assert said == [
        ': expected one sheet; "B" is read, and not "S x\ufffd" (hidden), "C" (hidden).'
        " Fix: save the other sheets as files of their own if they hold rows too."
    ]


def test_names_may_have_prefixes_and_another_namespace(read):
    text = sheet(named("a"), (2, "<c><v>5</v></c>")).replace("</", "</x:")
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        text = text.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
    text = text.replace("<x:worksheet>", '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main">')
    assert read(workbook({SHEET: text}), "a.xlsx")[1][0].cells == {"a": 5}


@pytest.mark.parametrize("part", [SHEET, TEXTS, STYLES, BOOK, "_rels/.rels", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_document_type_in_any_part_is_refused(read, part, codec):
    text = f'<?xml version="1.0" encoding="{codec}"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    source, rows, said = read(workbook({part: text.encode(codec)}), "a.xlsx")
    assert (source.complete, rows) == (False, [])
    assert "DTD" in said[0]


def test_one_text_in_many_cells_is_counted_in_each(read):
    rows = [(number, "<c t='s'><v>0</v></c>" * 3) for number in range(2, 60)]
    parts = {SHEET: sheet(named("a", "b", "c"), *rows), TEXTS: f"<sst><si><t>{'x' * 1000}</t></si></sst>"}
    source, given, said = read(workbook(parts), "a.xlsx", inflated_bytes=20_000)
    assert (source.complete, len(given)) == (False, 7)
    assert "texts of at most 20,000 characters, counted in each cell that holds one" in said[-1]
    source, given, said = read(workbook(parts), "a.xlsx", record_chars=2_500)
    assert (len(given), source.refused) == (0, 58)


def test_what_a_sheet_claims_costs_nothing(read):
    begun = time.process_time()
    text = sheet(named("a"), (1_048_576, '<c r="A1048576"><v>1</v></c>'), before='<dimension ref="A1:XFD1048576"/>')
    _, rows, _ = read(workbook({SHEET: text}), "a.xlsx")
    assert [row.number for row in rows] == [1_048_576]
    assert time.process_time() - begun < 1
    source, _, said = read(workbook({SHEET: sheet(named("a"), (1_048_577, "<c><v>1</v></c>"))}), "a.xlsx")
    assert not source.complete
    assert "rows in rising order, up to 1,048,576" in said[0]


def test_lists_of_a_workbook_that_never_end_are_refused(read, monkeypatch):
    monkeypatch.setattr("panjmap.data.intake.xlsx_parts._MOST", 50)
    many = {
        BOOK: '<w xmlns:r="r"><sheets>' + '<sheet name="a" r:id="r1"/>' * 60 + "</sheets></w>",
        STYLES: "<s><cellXfs>" + "<xf numFmtId='14'/>" * 60 + "</cellXfs></s>",
        "_rels/.rels": "<R>" + "".join(f"<Relationship Id='i{n}' Type='a' Target='b'/>" for n in range(60)) + "</R>",
    }
    for part, text in many.items():
        source, _, said = read(workbook({part: text}), "a.xlsx")
        assert not source.complete, part
        assert "at most 50 sheets, styles or formats" in said[0]


# ------------------------------------------------------------------------------------------------ the archive


def packed(*members, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name) if isinstance(name, str) else name, content, how)
    return out.getvalue()


def patched(raw, name, at, *values):
    """Write numbers into the entry of a member in the list at the end."""
    found, out = raw.rindex(b"PK\x01\x02", 0, raw.rindex(name)), bytearray(raw)
    for place, form, value in zip(at[::2], at[1::2], values, strict=True):
        struct.pack_into(form, out, found + place, value)
    return bytes(out)


GOOD = workbook({})


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (GOOD[:-30], "a whole zip file (this one has no end)"),
        (GOOD[: len(GOOD) // 2], "a whole zip file (this one has no end)"),
        (GOOD[400:], "this is none, and no text"),
        (patched(GOOD, b"xl/styles.xml", (8, "<H"), 1), "an archive that is not encrypted"),
        (patched(GOOD, b"xl/styles.xml", (10, "<H"), 12), "an archive packed with deflate"),
        (patched(GOOD, b"xl/styles.xml", (10, "<H"), 8), "a sound zip file"),
        (patched(GOOD, b"xl/styles.xml", (16, "<L"), 5), "a sound zip file (Bad CRC-32"),
        (patched(GOOD, b"xl/styles.xml", (42, "<L"), 0), "files that lie one after the other in an archive"),
        (patched(GOOD, b"xl/styles.xml", (24, "<L"), 0xFFFFFFF0), "bytes unpacked (this is more)"),
        (GOOD.replace(b"xl/styles.xml", b"../a/evil.xml"), "names that stay inside the archive"),
        (GOOD.replace(b"xl/styles.xml", b"C:\\styles.xml"), "names that stay inside the archive"),
        (GOOD.replace(b"xl/styles.xml", b"/l/styles.xml"), "names that stay inside the archive"),
        (GOOD.replace(b"xl/styles.xml", b"xl/styles\0xml"), "names that stay inside the archive"),
        (GOOD.replace(b"xl/styles.xml", b"_rels/.rels\0\0"), "names that stay inside the archive"),
        (packed(("[Content_Types].xml", "a"), ("word/document.xml", "<a/>")), "not a Word document"),
        (packed(("mimetype", "a"), ("content.xml", "<a/>")), "not an OpenDocument file (.ods, .odt)"),
        (packed(("a.csv", "a"), ("b.csv", "<a/>")), "not a zip archive (it holds a.csv, b.csv)"),
        (packed(("a.shp", "a")), "not a zipped shapefile"),
        (packed(), "not a zip archive (it holds nothing)"),
        (packed(("xl/workbook.xml", "<a/>"), ("xl/workbook.bin", "")), "not a binary workbook (.xlsb)"),
        (packed(*((f"xl/{n}", "") for n in range(40))), "at most 30 files in an archive"),
        (zipped({"xl/workbook.xml": "<a/>"}), "a workbook with a sheet"),
    ],
)
def test_an_archive_that_is_not_sound_is_refused_before_it_is_unpacked(read, tmp_path, raw, says):
    source, rows, said = read(raw, "a.xlsx", members=30)
    assert (source.complete, rows, len(said)) == (False, [], 1)
    assert says in said[0]
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_member_that_is_there_twice_and_a_link_are_refused(read):
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = packed(("xl/workbook.xml", "a"), ("xl/workbook.xml", "b"))
    assert "each file once in an archive" in read(raw, "a.xlsx")[2][0]
    link = zipfile.ZipInfo("xl/workbook.xml")
    link.external_attr = 0o120777 << 16
    assert "an archive without links" in read(packed((link, "/etc/passwd")), "a.xlsx")[2][0]


def test_what_is_unpacked_is_counted_whatever_the_archive_says(read):
    bomb = patched(packed(("doc.kml", b"<kml>" + b" " * 30_000_000)), b"doc.kml", (24, "<L"), 10)
    source, _, said = read(bomb, "a.kmz")
    assert not source.complete
    assert "found" in said[0] or "unpack" in said[0]
