"""A page for Word with everything that an author needs: figure, alt text, caption, incident table, sources, citation.

In: a scene, the figure as PNG, and its descriptions. Out: a DOCX as bytes, the same for the same input.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document as Word
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from ..data.coverage import coverage
from ..data.internal import MARK
from . import word
from .alt_text import not_complete
from .citation import AUTHOR, citation
from .descriptions import Descriptions
from .escaping import one_line
from .incident_table import HEADINGS, WIDTHS, Incident, incidents, kinds, notes, source_lines
from .scene import Scene
from .symbols import BASE
from .texts import ui_texts

__all__ = ["PAGE_MM", "as_docx", "table_docx"]

#: Width between the margins of the page, and of a figure at its true size, in millimetres.
PAGE_MM: Final = 183.0
#: Size of the table's letters, in points.
_TABLE_PT: Final = 8.0


def as_docx(made: Scene, png: bytes, described: Descriptions, width_mm: float = PAGE_MM) -> bytes:
    """Make a document with figure, caption, table, sources and citation.

    Parameters
    ----------
    made
        The scene that the figure shows.
    png
        The figure.
    described
        Its alternative text, which goes with the picture, and its caption.
    width_mm
        Width of the figure on the page, in millimetres, at most :data:`PAGE_MM`.
    """
    document = _started(made)
    word.picture(document, png, min(width_mm, PAGE_MM), described.alt, one_line(made.options.title))
    _caption(document, "Figure", described.caption)
    document.add_heading(ui_texts(made.options.lang)["table.title"], 2)
    _add_table(document, made)
    _add_sources(document, made)
    document.add_heading("How to cite", 2)
    document.add_paragraph(citation(made))
    return _saved(document, made)


def table_docx(made: Scene) -> bytes:
    """Make a document with the incident table and the sources only."""
    document = _started(made)
    _add_table(document, made)
    _add_sources(document, made)
    return _saved(document, made)


def _started(made: Scene) -> Word:
    """Start with the title, what the map is not, and a foot that says so on every page."""
    document = word.word_document(made.options.lang)
    document.add_heading(one_line(made.options.title), 1)
    document.add_paragraph(not_complete(made)).runs[0].bold = True
    foot = document.sections[0].footer.paragraphs[0]
    mark = f"{MARK}. " if made.internal else ""
    foot.add_run(f"{mark}Not a complete record, not verified. Data version {made.version}. Page ")
    word.number_field(foot, "PAGE")
    return document


def _saved(document: Word, made: Scene) -> bytes:
    newest = coverage(made.published.tables, made.evidence).newest
    title, subject = one_line(made.options.title), not_complete(made)
    return word.saved(document, title=title, subject=subject, author=AUTHOR, day=newest, lang=made.options.lang)


def _caption(document: Word, name: str, text: str) -> None:
    """Add a caption with a number that Word counts."""
    caption = document.add_paragraph(style="Caption")
    caption.add_run(f"{name} ").bold = True
    word.number_field(caption, name)
    caption.add_run(f". {one_line(text)}")
    if name == "Table":
        caption.paragraph_format.keep_with_next = True


def _add_table(document: Word, made: Scene) -> None:
    """Add the incident table under its caption: a header on every page, a heading for each kind of record."""
    title = ui_texts(made.options.lang)["table.title"]
    _caption(document, "Table", " ".join([f"{title}.", *notes(made)]))
    parts = list(kinds(incidents(made)))
    table = document.add_table(1 + len(parts) + len(made.rows), len(HEADINGS))
    word.rule(table, BASE["rule2"].light, title)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(PAGE_MM * width)
    free = iter(table.rows)
    _fill_head(next(free))
    for kind, rows in parts:
        _fill_kind(next(free), kind)
        for row in rows:
            _fill_row(next(free), row)


def _fill_head(head: _Row) -> None:
    word.repeat(head)
    for cell, heading in zip(head.cells, HEADINGS, strict=True):
        _fill(cell, [heading], bold=True)
        word.shade(cell, BASE["land2"].light)


def _fill_kind(row: _Row, kind: str) -> None:
    merged = row.cells[0].merge(row.cells[-1])
    _fill(merged, [kind], bold=True)
    merged.paragraphs[0].paragraph_format.keep_with_next = True
    word.shade(merged, BASE["land"].light)


def _fill_row(free: _Row, row: Incident) -> None:
    word.whole(free)
    date, what, *others = row.cells
    for cell, texts in zip(free.cells, (date, (row.title, *what[1:]), *others), strict=True):
        _fill(cell, texts)
    for run in free.cells[1].paragraphs[0].runs:
        run.bold = True


def _fill(cell: _Cell, texts: Sequence[str], *, bold: bool = False) -> None:
    """Write one paragraph a sentence into a cell."""
    for number, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1.05
        run = paragraph.add_run(one_line(text))
        run.font.size, run.bold = Pt(_TABLE_PT), bold or None


def _add_sources(document: Word, made: Scene) -> None:
    """List the reports, each with its link if one is on file."""
    lines = source_lines(made)
    if not lines:
        return
    document.add_heading("Sources", 2)
    for line, link in lines:
        paragraph = document.add_paragraph(f"{one_line(line)} " if link else one_line(line), style="List Bullet")
        if link:
            word.add_link(paragraph, link)
