"""The incident table for a report: the rows of the page's table, as CSV, Markdown and LaTeX.

In: a scene. Out: text with the page's own words. Each kind of record has its own heading, so that nothing is read as a
sum of attacks, measures and totals; empty cells stay empty, for no report says "none".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..data.csv_text import csv_text
from ..data.internal import MARK
from ..data.model import Precision
from ..data.wording import kind_label, listing, lower_first, plural, precision_label
from ..geo.river import RIVER_KM_OFFSET
from .alt_text import not_complete
from .chainage import river_place
from .credits import protected_note
from .escaping import latex, markdown
from .lists import sources, table_rows
from .phrases import sentence
from .placed import Placed
from .scene import Scene
from .texts import say, ui_texts

__all__ = ["HEADINGS", "Incident", "as_csv", "as_latex", "as_markdown", "incidents", "kinds", "source_lines"]

#: Headings of the five columns of :attr:`Incident.cells`.
HEADINGS = ("Date", "What", "Where, and how precisely", "Killed and injured", "Who says so")
#: Their widths, in parts of the page's.
WIDTHS = (0.13, 0.25, 0.22, 0.17, 0.23)
#: Headings of the columns of the CSV, by the attribute of :class:`Incident` that each holds.
_COLUMNS = {
    "record_id": "Record",
    "kind": "Kind",
    "date": "Date",
    "title": "What",
    "what": "Type",
    "same_as": "Same event?",
    "where": "Where, and how precisely",
    "river": "River km",
    "killed": "Killed",
    "who": "Who was killed",
    "injured": "Injured",
    "said": "Who says so",
    "outlets": "Reports",
    "differ": "Where reports differ",
}


@dataclass(frozen=True, slots=True)
class Incident:
    """One record in words, as the page's table has it; an empty text is something that no report gives."""

    record_id: str
    kind: str
    title: str
    what: str
    date: str
    where: str
    river: str
    killed: str
    who: str
    injured: str
    said: str
    outlets: str
    differ: str
    same_as: str

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Five cells, each a few sentences; their headings are :data:`HEADINGS`."""
        cells = (
            (self.title, self.what, self.same_as),
            (self.where, self.river),
            (
                f"Killed: {self.killed}" if self.killed else "",
                self.who,
                f"Injured: {self.injured}" if self.injured else "",
            ),
            (self.said, self.outlets, f"Reports differ. {self.differ}" if self.differ else ""),
        )
        return (self.date,), *(tuple(sentence(text) for text in cell if text) for cell in cells)


def incidents(made: Scene, rows: Sequence[Placed] | None = None) -> tuple[Incident, ...]:
    """Put records into words, by default all, in the order of the page's list."""
    titles = {row.record_id: row.title for row in made.rows}
    chosen = made.rows if rows is None else rows
    return tuple(
        Incident(
            record_id=row.record_id,
            kind=kind_label(row.kind),
            title=row.title,
            what=cell["what"],
            date=cell["date"],
            where=_where(row, cell["where"]),
            river=(river_place(row, RIVER_KM_OFFSET) or {}).get("text", ""),
            killed=cell["killed"],
            who=cell["who"],
            injured=cell["injured"],
            said=made.evidence[row.record_id].said_line,
            outlets=_outlets(made, row.record_id, cell["said_by"]),
            differ=cell["differ"],
            same_as=_same_as([titles[o] for o in made.evidence[row.record_id].same_as if o in titles]),
        )
        for row, cell in zip(chosen, table_rows(chosen, made.evidence), strict=True)
    )


def _where(row: Placed, place: str) -> str:
    """Say where, how precisely, and how uncertain that is; nothing for a response, which has no place."""
    label = lower_first(precision_label(row.precision))
    if not place or row.precision is Precision.UNKNOWN:
        return place
    if row.as_area:
        area = ", drawn as an approximate area, not a boundary" if row.approximate else ""
        return f"{place}, no finer than {label}{area}"
    uncertain = f", uncertain by about {row.uncertainty_km:g} km" if row.uncertainty_km and row.drawn else ""
    return f"{place} ({label}{uncertain})"


def _same_as(titles: Sequence[str]) -> str:
    return f"May be the same event as {listing([f'“{title}”' for title in titles])}" if titles else ""


def _outlets(made: Scene, record_id: str, outlets: str) -> str:
    reports = made.evidence[record_id].reports
    return f"{plural(len(reports), 'Report')}: {outlets}" if reports else ""


def kinds(rows: Sequence[Incident]) -> Iterator[tuple[str, list[Incident]]]:
    """Part rows by kind, each with its heading, in their order."""
    return ((kind, list(found)) for kind, found in groupby(rows, key=lambda row: row.kind))


def source_lines(made: Scene) -> list[tuple[str, str | None]]:
    """List the reports: one line each, and its link if there is one that may be followed."""
    lines = []
    for entry in sources(made.published.tables):
        link = entry["url"] or entry["archived_url"]
        upstream = f"Rests on {entry['upstream']}" if entry["upstream"] else ""
        texts = (f"{entry['outlet']}: {entry['title']} ({entry['kind']})", entry["published"], upstream)
        unlinked = "" if link else "No link on file."
        lines.append((" ".join([*(sentence(text) for text in texts if text), unlinked]).strip(), link))
    return lines


def notes(made: Scene) -> list[str]:
    """Say what every table is not, that its numbers are as reported, and what was generalised."""
    texts = (not_complete(made), ui_texts(made.options.lang)["share.numbers_note"], protected_note(made))
    return [text for text in texts if text]


def as_csv(made: Scene) -> str:
    """Write what is said of each record into cells of its own, safe for a spreadsheet, which sees that it is UTF-8."""
    rows = ([getattr(row, name) or None for name in _COLUMNS] for row in incidents(made))
    mark = [MARK] if made.internal else []
    return csv_text([*_COLUMNS.values(), *(["Internal"] if mark else [])], ([*row, *mark] for row in rows))


def as_markdown(made: Scene) -> str:
    """Write a document of Markdown: heading, notes, a pipe table that Pandoc and GitHub read, sources."""
    table = [_pipes(HEADINGS), "|" + "|".join("-" * round(width * 100) for width in WIDTHS) + "|"]
    for kind, rows in kinds(incidents(made)):
        table.append(_pipes((f"**{markdown(kind)}**", "", "", "", "")))
        table += [_pipes([" ".join(map(markdown, cell)) for cell in row.cells]) for row in rows]
    found = [f"- {markdown(line)}" + (f" <{link}>" if link else "") for line, link in source_lines(made)]
    parts = [
        f"# {markdown(made.options.title)}",
        *(markdown(note) for note in notes(made)),
        "\n".join(table),
        "## Sources\n\n" + "\n".join(found) if found else "",
        markdown(say(made.options.lang, "page.version", version=made.version)),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _pipes(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def as_latex(made: Scene) -> str:
    """Write a table over pages for LaTeX (longtable, booktabs, array), to be included in a document in UTF-8."""
    column = r">{\raggedright\arraybackslash}p{\dimexpr %g\linewidth-2\tabcolsep\relax}"
    head = _ampersands([rf"\textbf{{{heading}}}" for heading in HEADINGS])
    lines = [
        r"% The incident table. In the preamble: \usepackage{array,booktabs,longtable}; in the text: \input{incidents}",
        "% Letters are UTF-8: compile with xelatex or lualatex where names are in Cyrillic or Arabic letters.",
        r"{\small\setlength{\LTcapwidth}{\linewidth}",
        rf"\begin{{longtable}}{{{''.join(column % width for width in WIDTHS)}}}",
        rf"\caption{{{latex(' '.join([sentence(made.options.title), *notes(made)]))}}}\label{{tab:incidents}}\\",
        rf"\toprule {head} \midrule\endfirsthead",
        rf"\toprule {head} \midrule\endhead",
        r"\bottomrule\endlastfoot",
    ]
    for kind, rows in kinds(incidents(made)):
        lines.append(rf"\multicolumn{{5}}{{l}}{{\textbf{{{latex(kind)}}}}}\\*")
        lines += [_ampersands([" ".join(map(latex, cell)) for cell in row.cells]) + r"\addlinespace" for row in rows]
    return "\n".join([*lines, r"\end{longtable}", "}"]) + "\n"


def _ampersands(cells: Sequence[str]) -> str:
    return rf"{' & '.join(cells)} \\"
