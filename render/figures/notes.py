"""The small print of a figure: how its symbols are read, what is not shown, whose reports and data it rests on.

In: the scene and the options. Out: paragraphs of plain text; ``render/figures/layout.py`` sets them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...data.model import Kind, Tables
from ...data.wording import plural
from ..credits import base_map_credit, districts_note, protected_note
from ..crowd import PLAIN
from ..phrases import killed_text, short_date
from ..placed import Placed, not_located
from ..scene import Scene
from ..strip_data import strip_ground
from ..texts import say, ui_texts
from .options import FigureOptions
from .strip_frame import FORMS
from .strip_words import outside, shown

__all__ = ["card_notes", "notes_of", "partly_of", "reading_line"]

#: So many records without a place are named; of the others the number.
_NAMED: Final = 6
#: So many letters of a title or an outlet stand in the small print.
_LETTERS: Final = 200


def reading_line(made: Scene, options: FigureOptions) -> str:
    """Say how boxes are read on the strip; how solid and hollow symbols are, where both kinds stand on the map."""
    texts = ui_texts(made.options.lang)
    if options.strip:
        many = len(shown(made)) > FORMS[options.size].drawn
        return texts["figure.reading_cells" if many else "figure.reading_strip"]
    if len(made.drawn) > PLAIN:
        return ""
    areas = any(drawing.row.as_area and drawing.row.kind is not Kind.MEASURE for drawing in made.drawn)
    return texts["figure.reading"] if areas else ""


def partly_of(made: Scene, options: FigureOptions) -> tuple[int, bool]:
    """Count the records of the figure that may lie outside what was asked for, and say whether each has its sign."""
    if options.strip:
        drawn = [one.record_id for one in shown(made)]
        named = [*drawn, *(one.record_id for one in outside(made))]
        return len(made.partly.intersection(named)), len(drawn) <= FORMS[options.size].drawn
    missing = () if options.size == "social" else not_located(made.rows)
    named = [row.record_id for row in (*(row for row in made.rows if row.drawn), *missing)]
    return len(made.partly.intersection(named)), len(made.drawn) <= PLAIN


def notes_of(made: Scene, options: FigureOptions, unlabelled: int = 0) -> list[str]:
    """List the paragraphs under the picture, the note on boundaries left out."""
    tables = made.published.tables
    found = [_about_strip(made)] if options.strip else _not_on_map(made)
    if unlabelled:
        found.append(say(made.options.lang, "figure.unlabelled", n=unlabelled))
    found += _reports(tables, len(tables.reports))
    projection = "" if options.strip else "Lambert conformal conic."
    districts = districts_note(made) if any(d.area and d.area != "region" for d in made.drawn) else ""
    made_of = [protected_note(made), districts, base_map_credit(made), projection]
    return [*found, " ".join(filter(None, [*made_of, f"Data version {made.version}."]))]


def card_notes(made: Scene, options: FigureOptions, unlabelled: int) -> list[str]:
    """Say in short what is not on a card, and whose work it rests on."""
    lang = made.options.lang
    missing = len(outside(made) if options.strip else not_located(made.rows))
    found = [say(lang, f"figure.not_on_{'strip' if options.strip else 'map'}", n=missing)] if missing else []
    found += [say(lang, "figure.unlabelled", n=unlabelled)] if unlabelled else []
    return [*found, *_reports(made.published.tables, _NAMED), ui_texts(lang)["figure.card_credit"]]


def _reports(tables: Tables, most: int) -> list[str]:
    """Name the outlets of the reports, ``most`` at the most, and say that numbers are theirs."""
    outlets = list(dict.fromkeys(report.outlet for report in tables.reports))
    more = f"; and {len(outlets) - most} more" if len(outlets) > most else ""
    named = "; ".join(map(_cut, outlets[:most]))
    return [f"{plural(len(tables.reports), 'Report')}: {named}{more}. Numbers are as reported."] if outlets else []


def _cut(text: str) -> str:
    """Cut what would fill the sheet; caption and description have all of it."""
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"


def _about_strip(made: Scene) -> str:
    """Say what the axis of the strip measures, how its areas are drawn, and which crossings are missing."""
    lang, missing = made.options.lang, strip_ground(made.published.tables, made.areas)["unplaced"]
    words = ui_texts(lang)["strip.note_figure"]
    return f"{words} {say(lang, 'strip.unplaced_figure', names=', '.join(missing))}" if missing else words


def _not_on_map(made: Scene) -> list[str]:
    missing = not_located(made.rows)
    named = "; ".join(_missing(row, made) for row in missing[:_NAMED])
    return [f"Not on the map: {named}{_more(missing)}."] if missing else []


def _more(missing: Sequence[Placed]) -> str:
    return f"; and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""


def _missing(row: Placed, made: Scene) -> str:
    """Say what a record without a place is: title, date, deaths."""
    found = made.evidence[row.record_id]
    sign = "\N{NO-BREAK SPACE}\N{DAGGER}" if row.record_id in made.partly else ""
    return ", ".join(filter(None, (_cut(row.title), short_date(found.date), killed_text(found)))) + sign
