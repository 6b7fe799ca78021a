"""The page for Word: a figure with its alternative text, a real table, sources; nothing in it runs, and no clock."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from docx import Document
from page_case import crowd, scene_of
from payloads import HOSTILE, hostile
from white_png import png

from panjmap.render.descriptions import describe
from panjmap.render.document import PAGE_MM, as_docx, table_docx
from panjmap.render.escaping import one_line
from panjmap.render.incident_table import HEADINGS
from panjmap.render.prepare import read_scene
from panjmap.render.scene import PageOptions, Scene

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EMU_PER_MM = 36_000


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read_scene()


@pytest.fixture(scope="module")
def made(scene) -> bytes:
    return as_docx(scene, png(), describe(scene))


@pytest.fixture(scope="module")
def read(made):
    return Document(io.BytesIO(made))


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def test_the_figure_stands_at_its_true_width_with_its_alternative_text(read, scene):
    (shape,) = read.inline_shapes
    assert shape.width == round(PAGE_MM * EMU_PER_MM)
    assert shape.height == pytest.approx(PAGE_MM * EMU_PER_MM * 2055 / 2161, rel=1e-3)
    properties = shape._inline.docPr
    assert properties.get("descr") == describe(scene).alt
    assert properties.get("title") == scene.options.title
    page = read.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    assert shape.width <= page.page_width - page.left_margin - page.right_margin


def test_a_high_figure_keeps_its_shape_and_fits_the_page(scene):
    (shape,) = Document(io.BytesIO(as_docx(scene, png(100, 200), describe(scene)))).inline_shapes
    assert shape.height <= 215 * EMU_PER_MM
    assert shape.height == pytest.approx(2 * shape.width, rel=1e-3)


def test_what_the_map_is_not_stands_under_the_title_and_at_the_foot_of_every_page(read):
    first, second = read.paragraphs[:2]
    assert first.style.name == "Heading 1"
    assert "Not a complete record. Nothing here is independently verified." in second.text
    assert "Not a complete record, not verified." in read.sections[0].footer.paragraphs[0].text


def test_the_captions_are_captions_with_numbers_that_word_counts(read, scene):
    captions = [paragraph for paragraph in read.paragraphs if paragraph.style.name == "Caption"]
    assert [re.match(r"\w+", caption.text)[0] for caption in captions] == ["Figure", "Table"]
    fields = [field.text for caption in captions for field in caption._p.iter(f"{W}instrText")]
    assert fields == [r" SEQ Figure \* ARABIC ", r" SEQ Table \* ARABIC "]
    assert captions[0].text.startswith("Figure 1. Reported attacks")
    assert captions[0].text.endswith(describe(scene).caption)


def test_the_table_is_a_real_one_whose_header_repeats(read, scene):
    (table,) = read.tables
    rows = list(table.rows)
    assert len(rows) == 1 + 5 + len(scene.rows)
    assert tuple(cell.text for cell in rows[0].cells) == HEADINGS
    assert rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert rows[1].cells[0].text == "Attacks and clashes"
    assert rows[1]._tr.tc_lst[0].grid_span == 5
    kavo = rows[2].cells
    assert kavo[1].paragraphs[0].text == "Clash with three people at Kavo"
    assert kavo[3].text == "Killed: 3.\nAlleged attackers, per Tajik officials."
    assert rows[2]._tr.trPr.find(f"{W}cantSplit") is not None
    assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val") == "Incident table"


def test_elements_stand_in_the_order_that_the_schema_asks_for(read):
    order = [
        "tblStyle",
        "tblW",
        "jc",
        "tblInd",
        "tblBorders",
        "shd",
        "tblLayout",
        "tblCellMar",
        "tblLook",
        "tblCaption",
    ]
    found = [child.tag.removeprefix(W) for child in read.tables[0]._tbl.tblPr]
    assert found == [name for name in order if name in found]
    for row in read.tables[0].rows:
        cell = [child.tag.removeprefix(W) for child in row.cells[0]._tc.get_or_add_tcPr()]
        assert cell == [name for name in ("tcW", "gridSpan", "vMerge", "shd") if name in cell]


def test_sources_and_citation_close_the_page(read, scene):
    headings = [paragraph.text for paragraph in read.paragraphs if paragraph.style.name == "Heading 2"]
    assert headings == ["Incident table", "Sources", "How to cite"]
    bullets = [paragraph.text for paragraph in read.paragraphs if paragraph.style.name == "List Bullet"]
    assert len(bullets) == len(scene.published.tables.reports)
    assert read.paragraphs[-1].text.startswith(f"“{scene.options.title}”, map, data version {scene.version}")


def test_it_is_british_english_by_no_person_and_dated_by_the_newest_report(read, made):
    about = read.core_properties
    day = dt.datetime(2025, 12, 2, tzinfo=dt.UTC)
    assert (about.title, about.author) == (read.paragraphs[0].text, "panjmap")
    assert (about.created, about.modified, about.language) == (day, day, "en-GB")
    languages = {element.get(f"{W}val") for element in read.styles.element.iter(f"{W}lang")}
    assert languages == {"en-GB"}
    assert "python-docx" not in member(made, "docProps/core.xml")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_without_a_dated_report_it_has_no_day():
    undated = scene_of(
        lambda tables: tables._replace(reports=tuple(r.model_copy(update={"published": None}) for r in tables.reports))
    )
    core = member(table_docx(undated), "docProps/core.xml")
    assert "dcterms:created>" not in core
    assert "dcterms:modified>" not in core


def test_the_same_scene_gives_the_same_bytes(scene, made):
    assert as_docx(scene, png(), describe(scene)) == made
    assert table_docx(scene) == table_docx(read_scene())


def test_hostile_text_is_text():
    odd = scene_of(hostile, options=PageOptions(title=HOSTILE))
    data = as_docx(odd, png(8, 8), describe(odd))
    document = Document(io.BytesIO(data))
    assert document.paragraphs[0].text == one_line(HOSTILE)
    cell = document.tables[0].rows[2].cells[1]
    assert cell.paragraphs[0].text.startswith(one_line(HOSTILE))
    xml = member(data, "word/document.xml")
    codes = re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)
    assert codes == [r" SEQ Figure \* ARABIC ", r" SEQ Table \* ARABIC "]
    assert "w:fldSimple" not in xml
    assert 'TargetMode="External"' not in member(data, "word/_rels/document.xml.rels")  # no link that may be followed


def test_a_link_on_file_is_a_link():
    def linked(tables):
        first, *rest = tables.reports
        url = "https://example.org/a?b=c&d=e"
        return tables._replace(reports=(first.model_copy(update={"url": url}), *rest))

    data = table_docx(scene_of(linked))
    assert 'Target="https://example.org/a?b=c&amp;d=e" TargetMode="External"' in member(
        data, "word/_rels/document.xml.rels"
    )
    assert "https://example.org/a?b=c&amp;d=e</w:t>" in member(data, "word/document.xml")


def test_many_records_and_none_give_a_document():
    change, shapes = crowd(300)
    many = scene_of(change, shapes=shapes)
    assert len(Document(io.BytesIO(table_docx(many))).tables[0].rows) == 1 + 5 + len(many.rows)
    empty = scene_of(lambda tables: tables._replace(records=(), claims=(), record_places=(), reports=()))
    none = Document(io.BytesIO(as_docx(empty, png(8, 8), describe(empty))))
    assert len(none.tables[0].rows) == 1
