"""A figure in words: a short alt text, a long description, and a caption with sources.

In: a scene. Out: plain text, from the same evidence and the same phrases as the page. No number is added up across
victim groups or kinds, and none stands here that does not stand in the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..data.counting import counting_sentences, event_groups
from ..data.coverage import coverage
from ..data.internal import MARK
from ..data.model import Kind, Precision
from ..data.wording import (
    capital,
    day_text,
    kind_label,
    lower_first,
    plural,
)
from .alt_text import LISTED, counted, crowded, in_cells, listed, not_complete
from .credits import base_map_credit, boundary_note, districts_note, protected_note
from .escaping import one_line
from .incident_table import incidents
from .phrases import sentence
from .placed import DRAWN_KINDS, Placed, not_located
from .scene import Scene
from .texts import say, ui_texts

__all__ = ["ALT_LENGTH", "Descriptions", "Figure", "describe"]

#: Longest alt text, in characters: what screen readers read out without a break.
ALT_LENGTH: Final = 250

#: Longest words on what is selected that an alt text keeps where not all fits.
SELECTED_LENGTH: Final = 70

#: Which picture is described: the map, or the river strip.
Figure = Literal["map", "strip"]

_PICTURES: Final = {"map": "Map of the Tajik–Afghan border", "strip": "River strip of the Panj, km by date"}
_TITLED: Final = {"map": "Map: ", "strip": "River strip, km by date: "}
#: Kinds of records that the axes of the strip hold.
_ON_AXES: Final = (Kind.ATTACK, Kind.STATE_OPERATION)
#: What is seen, in the long description.
_SEEN: Final = {
    "map": (
        "The map shows the Panj River, most of the border between Tajikistan and Afghanistan. A solid sign stands "
        "where reports name the place; a hollow one stands beside the area that they name."
    ),
    "strip": (
        "The strip shows the Panj as a straight line: river km from its mouth at the Vakhsh across, dates down, the "
        "Tajik bank above the river and the Afghan bank below it. A box spans the stretch of river and the days that "
        "reports allow."
    ),
}


@dataclass(frozen=True, slots=True)
class Descriptions:
    """A figure in words, plain text: ``alt`` in one line, ``long`` in paragraphs, ``caption`` in one paragraph."""

    alt: str
    long: str
    caption: str


def describe(made: Scene, figure: Figure = "map", *, selected: str = "") -> Descriptions:
    """Put a figure into words.

    Parameters
    ----------
    made
        What is drawn; for a selection, the scene of that selection, see :mod:`panjmap.render.selection`.
    figure
        The map, or the river strip.
    selected
        A sentence that says what was selected.

    Returns
    -------
    Descriptions
        ``alt`` has at most :data:`ALT_LENGTH` characters and always says that the record is neither complete nor
        verified.
    """
    return Descriptions(
        _alt(made, figure, sentence(selected)),
        _long(made, figure, sentence(selected)),
        _caption(made, figure, sentence(selected)),
    )


def _alt(made: Scene, figure: Figure, selected: str) -> str:
    """Take the fullest wording that fits; what does not fit is left out whole, so that no number is cut."""
    mark = f"{MARK}. " if made.internal else ""
    room = ALT_LENGTH - len(mark)
    basis, said = _not_complete_briefly(made), counting_sentences(made.counted)
    title, picture = _TITLED[figure] + sentence(one_line(made.heading)), _PICTURES[figure]
    on, full = _how_many(made, figure), " ".join(counted(made))
    what_only = f"{selected.partition('. ')[0].removesuffix('.')}." if selected else ""
    if len(what_only) > SELECTED_LENGTH:
        what_only = "A selection."  # its counts are not those of everything
    brief = [f"Reported killed: {'; '.join(one.brief for one in said[:n])}" for n in range(len(said), 0, -1)]
    all_killed = f"{brief[0]}." if brief else ""
    wordings: list[tuple[str, ...]] = [
        (title, selected, capital(f"{on} drawn."), full, not_complete(made)),
        (title, selected, capital(f"{on} drawn."), full, basis),
        (title, selected, capital(f"{on} drawn."), all_killed, basis),
        *((f"{picture}: {on}.", selected, killed, basis) for killed in (full, all_killed)),
        (title, selected, all_killed, basis),
        *((f"{picture}: {on}.", what_only, killed, basis) for killed in (full, all_killed)),
        (f"{picture}.", what_only, all_killed, basis),
        *(
            (f"{seen}.", what_only, f"{killed}; further counts in the description.", basis)
            for seen in (f"{picture}: {on}", picture)
            for killed in brief[1:]
        ),
        (f"{picture}: {on}.", what_only, basis),
    ]
    texts = (" ".join(filter(None, parts)) for parts in wordings)
    return mark + next((text for text in texts if len(text) <= room), f"{picture}: {on}. {basis}")


def _not_complete_briefly(made: Scene) -> str:
    """Say in short what the line under every title says: not complete, not verified, how many reports, how new."""
    heard = coverage(made.published.tables, made.evidence)
    newest = f", newest dated {day_text(heard.newest)}" if heard.newest else ""
    return f"Not a complete record, not verified; {heard.basis}{newest}."


def _how_many(made: Scene, figure: Figure) -> str:
    """Count what is drawn."""
    drawn = len(_shown(made, figure))
    return f"{drawn or 'no'} {plural(drawn, 'record')}"


def _shown(made: Scene, figure: Figure) -> list[Placed]:
    """List the records that are drawn: on the strip attacks and operations with a stretch of the river and a date."""
    if figure == "map":
        return [row for row in made.rows if row.drawn]
    dates = {record_id: found.date for record_id, found in made.evidence.items()}
    dated = {record_id for record_id, span in dates.items() if span.start or span.end}
    on_axes = (row for row in made.rows if row.kind in _ON_AXES and row.river_km_from is not None)
    return [row for row in on_axes if row.record_id in dated]


def _missing(made: Scene, figure: Figure) -> tuple[str, Sequence[Placed]]:
    """List what has no place in the figure: on the map what no report places, on the strip what is not on its axes."""
    if figure == "map":
        return "Not on the map", not_located(made.rows)
    shown = _shown(made, figure)
    beside = [row for row in made.rows if row.kind in DRAWN_KINDS and row not in shown]
    return ui_texts(made.options.lang)["strip.outside_figure"], beside


def _long(made: Scene, figure: Figure, selected: str) -> str:
    """Describe everything that is drawn, and what is not; one paragraph a subject, one line a record."""
    shown = _shown(made, figure)
    paragraphs = [
        [sentence(one_line(made.options.title))],
        [not_complete(made)],
        [_SEEN[figure], selected],
        counted(made),
        _records(made, figure, shown),
        _pairs(made),
        _partly(made),
        *_not_drawn(made, figure, shown),
        [protected_note(made)],
        [say(made.options.lang, "page.version", version=made.version)],
    ]
    texts = ("\n".join(filter(None, lines)) for lines in paragraphs)
    return "\n\n".join(filter(None, texts)) + "\n"


def _records(made: Scene, figure: Figure, shown: Sequence[Placed]) -> list[str]:
    """One line a record; of many, where most of them are."""
    heading = f"Drawn: {_how_many(made, figure)}."
    return [heading, in_cells(made)] if crowded(made) else [heading, *_lines(made, shown)]


def _lines(made: Scene, rows: Sequence[Placed]) -> list[str]:
    """Give each record its line: what, when, where, how many, who says so, and on what reports differ."""
    lines = []
    for one in incidents(made, rows):
        (date,), what, *others = one.cells
        said = one_line(" ".join([*what, sentence(date), *(text for cell in others for text in cell)]))
        lines.append(f"- {said}")
    return lines


def _pairs(made: Scene) -> list[str]:
    """Name the pairs that may be one event, whether drawn or not."""
    titles = {row.record_id: row.title for row in made.rows}
    pairs = {
        (min(one, other), max(one, other))
        for one in titles
        for other in made.evidence[one].same_as
        if other in titles and other != one
    }
    alone = {tuple(sorted(one.record.record_id for one in group)) for group in event_groups(made.counted)}
    lines = [
        one_line(f"These two records may be the same event: “{titles[pair[0]]}” and “{titles[pair[1]]}”.")
        + (" Counted as one or two events." if pair in alone else "")
        for pair in sorted(pairs)
    ]
    return lines[:LISTED] + ([f"And {len(lines) - LISTED} more such pairs."] if len(lines) > LISTED else [])


def _not_drawn(made: Scene, figure: Figure, shown: Sequence[Placed]) -> list[list[str]]:
    """List what is not drawn: first what has no place in the figure, then kind by kind; of many only the first."""
    groups = [_missing(made, figure)]
    said = {row.record_id for row in (*shown, *groups[0][1])}
    for kind in Kind:
        rows = [row for row in made.rows if row.kind is kind and row.record_id not in said]
        groups.append((f"Listed and not drawn, {lower_first(kind_label(kind)).removesuffix(', not mapped')}", rows))
    return [
        [f"{heading}:", *_lines(made, rows[:LISTED]), f"and {len(rows) - LISTED} more" if len(rows) > LISTED else ""]
        for heading, rows in groups
        if rows
    ]


def _partly(made: Scene) -> list[str]:
    """Name the records that may lie outside what was selected."""
    titles = [f"“{one_line(row.title)}”" for row in made.rows if row.record_id in made.partly]
    return [f"Only partly in what is shown: {listed(titles)}."] if titles else []


def _caption(made: Scene, figure: Figure, selected: str) -> str:
    """Caption with sources: title, what it rests on, counts, outlets, credits, boundary note, data version."""
    heading, missing = _missing(made, figure)
    outlets = list(dict.fromkeys(capital(report.outlet) for report in made.published.tables.reports))
    of_districts = any(row.precision is Precision.DISTRICT and row.drawn for row in made.rows)
    words = ui_texts(made.options.lang)
    texts = (
        sentence(words["strip.title"]) if figure == "strip" else "",
        sentence(made.options.title),
        selected,
        not_complete(made),
        words["strip.note"] if figure == "strip" else "",
        *counted(made),
        f"{heading}: {listed([row.title for row in missing])}." if missing else "",
        *_partly(made),
        f"{plural(len(outlets), 'Source')}: {listed(outlets)}." if outlets else "",
        protected_note(made),
        districts_note(made) if of_districts else "",
        base_map_credit(made),
        boundary_note(made),
        say(made.options.lang, "page.version", version=made.version),
    )
    return " ".join(one_line(text) for text in texts if text)
