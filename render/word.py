"""The parts of a Word document that python-docx has no call for: language, fields, links, repeated headers, alt text.

In: python-docx objects. Every text goes in as text: python-docx and lxml escape it.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, Final

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from .archive import repacked
from .symbols import BASE

__all__ = [
    "MARGIN_MM",
    "add_link",
    "number_field",
    "picture",
    "repeat",
    "rule",
    "saved",
    "shade",
    "whole",
    "word_document",
]

#: Margins left and right of an A4 page in millimetres: what is left is the 183 mm of a figure.
MARGIN_MM: Final = 13.5
#: Highest picture, in millimetres: heading and caption still fit on its page.
HIGHEST_MM: Final = 215
#: A font with Latin, Cyrillic and Arabic letters that every office suite has or has a twin of.
FONT: Final = "Arial"
LANGUAGES: Final = {"en": "en-GB"}

#: Sizes of the styles in use, in points.
_SIZES: Final = {
    "Normal": 9.5,
    "Heading 1": 14.0,
    "Heading 2": 12.0,
    "Caption": 8.5,
    "List Bullet": 8.5,
    "Footer": 8.0,
}
#: Space around the text of a cell in twentieths of a point: above and below, left and right.
_PADDING: Final = {"top": 30, "left": 85, "bottom": 40, "right": 85}


def word_document(lang: str) -> Word:
    """Make an empty A4 document in one font and one language."""
    made = Document()
    language = LANGUAGES.get(lang, lang)
    for element in made.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for element in made.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)
    for name, size in _SIZES.items():
        _set_style(made.styles[name], size)
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(MARGIN_MM)
    page.top_margin, page.bottom_margin = Mm(14), Mm(16)
    page.header_distance = page.footer_distance = Mm(8)
    package = made.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # that of python-docx's template: an empty page
            del package.rels[key]
    return made


def _set_style(style: Any, size: float) -> None:  # noqa: ANN401 - a paragraph style, typed as its base
    """Give a style the one font, its size and the colour of ink."""
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - named styles of python-docx's template
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.font.size = Pt(size)
    style.font.bold = style.name.startswith("Heading") if style.name else False
    style.font.color.rgb = RGBColor.from_string(BASE["ink"].light.removeprefix("#"))
    spacing = style.paragraph_format
    spacing.space_before = Pt(14 if style.name == "Heading 2" else 0)
    spacing.space_after = Pt(6 if style.name != "List Bullet" else 2)
    spacing.line_spacing = 1.15


def picture(made: Word, png: bytes, width_mm: float, alt: str, title: str) -> None:
    """Put a picture with its alternative text into its own paragraph; one too high for the page is made smaller."""
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.line_spacing = 1.0
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(width_mm))
    if shape.height > (highest := Mm(HIGHEST_MM)):
        shape.width, shape.height = Length(shape.width * highest // shape.height), highest
    properties = shape._inline.docPr
    properties.set("descr", alt)
    properties.set("title", title)


def number_field(paragraph: Paragraph, name: str) -> None:
    """Add a number that Word counts by itself: of figures (``Figure``), tables (``Table``); or the page (``PAGE``)."""
    # Marks around runs, as Word writes them; of the shorter form Pandoc loses the number.
    code = name if name == "PAGE" else rf"SEQ {name} \* ARABIC"
    for kind in ("begin", "instruction", "separate", "number", "end"):
        run = paragraph.add_run("1" if kind == "number" else None)
        run.bold = paragraph.runs[0].bold
        if kind == "instruction":
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {code} "
            instruction.set(qn("xml:space"), "preserve")
            run._r.append(instruction)
        elif kind != "number":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def add_link(paragraph: Paragraph, url: str) -> None:
    """Add a link that shows its address; the caller has checked that it may be followed."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(url)
    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(BASE["link"].light.removeprefix("#"))
    link.append(run._r)
    paragraph._p.append(link)


def repeat(row: _Row) -> None:
    """Repeat a table row at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def whole(row: _Row) -> None:
    """Keep a table row on one page."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell with a colour, ``#RRGGBB``."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour.removeprefix("#"))):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def rule(table: Table, colour: str, title: str) -> None:
    """Draw thin lines above, below and between the rows of a table; fix its columns and name it for screen readers."""
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour.removeprefix("#"))):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side, twentieths in _PADDING.items():
        margins.append(_width(f"w:{side}", twentieths))
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    properties = table._tbl.tblPr
    indent = _width("w:tblInd", _PADDING["left"])  # else the text, and not the line, stands at the margin
    properties.insert_element_before(indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")
    properties.append(caption)


def _width(name: str, twentieths: int) -> Any:  # noqa: ANN401 - an element of lxml
    element = OxmlElement(name)
    element.set(qn("w:w"), str(twentieths))
    element.set(qn("w:type"), "dxa")
    return element


def saved(made: Word, *, title: str, subject: str, author: str, day: dt.date | None, lang: str) -> bytes:
    """Write a document to bytes that depend on its content only.

    ``day`` stands for the days of making and changing; without one there is none.
    """
    about = made.core_properties
    about.title, about.subject, about.author, about.last_modified_by = title[:255], subject[:255], author, author
    about.comments, about.keywords, about.revision, about.language = "", "", 1, LANGUAGES.get(lang, lang)
    if day:
        about.created = about.modified = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    else:
        for name in ("dcterms:created", "dcterms:modified"):
            for element in about._element.findall(qn(name)):
                about._element.remove(element)
    out = io.BytesIO()
    made.save(out)
    return repacked(out.getvalue())
