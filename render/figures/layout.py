"""What stands above and below the picture of a figure: title, deck, legend, what is not shown, sources and credits.

In: the scene, the options and a canvas. Out: blocks of text and symbols, wrapped by the widths of real letters, each
told where it starts and telling where it ends. Map and river strip share them.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ...data.counting import counting_sentences
from ...data.coverage import coverage
from ...data.errors import OptionError
from ...data.internal import MARK, unmarked
from ..credits import boundary_note
from ..lettering import Text, wrapped
from ..scene import Scene
from ..selection import box_text, window_text
from ..texts import say, ui_texts
from .canvas import Canvas
from .fonts import LETTERS
from .legend import ROOM, Entry, draw_entry
from .notes import card_notes, notes_of, partly_of, reading_line
from .options import FigureOptions

__all__ = ["STYLES", "Line", "Style", "asked_text", "card", "flow", "footer", "header", "key_block", "legend_block"]


@dataclass(frozen=True, slots=True)
class Style:
    """Type sizes and margins of one size of figure, in units; the smallest type is 12 units."""

    margin: float
    title: float
    line: float
    deck: float
    note: float
    label: float
    columns: int


STYLES: Final = {
    "full": Style(margin=11, title=24.5, line=15.2, deck=15.2, note=12, label=13, columns=3),
    "column": Style(margin=8, title=18.0, line=12.6, deck=12.6, note=12, label=12.4, columns=1),
    "social": Style(margin=14, title=25.0, line=13.4, deck=14.4, note=12, label=13, columns=3),
}
#: Smallest type, units: 6 pt on paper.
SMALLEST: Final = 12.0
#: Space from one line to the next in parts of the type size.
_LEADING: Final = 1.32


class Line(NamedTuple):
    """A paragraph: what it says, size in units, colour of the palette, cut, space after it in parts of the size."""

    text: str
    size: float
    colour: str = "ink"
    bold: bool = False
    after: float = 0.0


def fitted(canvas: Canvas, line: Line, width: float) -> Line:
    """Make type a little smaller where that saves a line."""
    for size in (line.size * part for part in (0.97, 0.94, 0.91, 0.88, 0.86)):
        smaller = line._replace(size=size)
        if size >= SMALLEST and len(broken(canvas, smaller, width)) < len(broken(canvas, line, width)):
            return smaller
    return line


def flow(canvas: Canvas, lines: Iterable[Line], at: tuple[float, float], width: float) -> float:
    """Write paragraphs one under the other, each broken at ``width``; return where they end."""
    x, y = at
    for line in lines:
        for part in broken(canvas, line, width):
            y += line.size * _LEADING
            canvas.text((x, y - line.size * 0.3), part, line.size, bold=line.bold, colour=line.colour)
        y += line.size * line.after
    return y


def broken(canvas: Canvas, line: Line, width: float) -> list[str]:
    """Break a paragraph into lines; a word that is wider than a line is broken too."""

    def measure(text: Text) -> float:
        return canvas.text_width(text.text, text.size, bold=text.bold)

    def longest(word: str) -> int:
        """Count the letters that fit into a line."""
        most = range(1, min(len(word), LETTERS))
        return bisect(most, width, key=lambda n: measure(Text(word[:n], line.size, line.bold)))

    found: list[str] = []
    for part in wrapped([Text(canvas.fonts.on_paper(line.text), line.size, line.bold)], width, measure):
        rest = part.text
        while measure(part._replace(text=rest)) > width and len(rest) > 1:
            fits = max(longest(rest), 1)
            cut = max(rest.rfind(dash, 1, fits) for dash in "-\N{EN DASH}") + 1 or fits
            found.append(rest[:cut])
            rest = rest[cut:]
        found.append(rest)
    return found


def header(canvas: Canvas, made: Scene, options: FigureOptions) -> float:
    """Write title, not-complete line and deck; return where they end."""
    style = STYLES[options.size]
    with canvas.group("title"):
        inner = canvas.width - 2 * style.margin
        words = [*_words(made, options, style), Line(reading_line(made, options), style.note + 1, "ink2")]
        words = [fitted(canvas, line, inner) for line in words if line.text]
        return flow(canvas, words, (style.margin, style.margin * 0.7), inner) + style.margin * 0.6


def _words(made: Scene, options: FigureOptions, style: Style) -> list[Line]:
    """List the paragraphs over the picture."""
    heard = coverage(made.published.tables, made.evidence)
    mark = [Line(MARK, style.title, bold=True, after=0.12)] if made.internal else []
    return [
        *mark,
        Line(" ".join(unmarked(options.title or made.options.title).split()), style.title, bold=True, after=0.12),
        Line(heard.not_complete_line, style.line, "ink2", bold=True, after=0.15),
        *(Line(text, style.deck, after=0.1) for text in _deck(made, options)),
    ]


def card(canvas: Canvas, made: Scene, options: FigureOptions, width: float, height: float, unlabelled: int) -> None:
    """Write the words of a card into a column at its left: title and deck from the top, notes at the foot.

    Type gets smaller until all fits, the title last; then the counts give way to the caption, which has them.

    Raises
    ------
    OptionError
        Title and deck are too long for a card.
    """
    style = STYLES["social"]
    inner = width - 2 * style.margin
    notes = [Line(text, style.note, "ink2") for text in card_notes(made, options, unlabelled)]
    foot = height - style.margin * 0.6 - _height(canvas, notes, inner)
    lines = _fitting(canvas, _words(made, options, style), inner, foot - style.margin, _kept(made, options))
    with canvas.group("title"):
        flow(canvas, lines, (style.margin, style.margin * 0.6), inner)
    with canvas.group("notes"):
        flow(canvas, notes, (style.margin, foot), inner)


def _kept(made: Scene, options: FigureOptions) -> int:
    """Count the paragraphs that no card does without: mark, title, not-complete line, an editor's own, the choice."""
    return 2 + made.internal + bool(options.deck) + bool(asked_text(made, options))


def _fitting(canvas: Canvas, lines: list[Line], width: float, room: float, kept: int) -> list[Line]:
    """Make paragraphs smaller, then fewer, until they are no higher than there is room; the first ones are kept."""
    least = [line._replace(size=min(line.size, SMALLEST)) for line in lines[:kept]]
    if _height(canvas, least, width) > room:
        fix = "shorten title and deck, or choose another size"
        raise OptionError("title", lines[0].text, "too long for a card, together with the deck", fix)
    while _height(canvas, lines, width) > room:
        title, *others = lines
        if any(line.size > SMALLEST for line in others):
            lines = [title, *(line._replace(size=max(line.size * 0.96, SMALLEST)) for line in others)]
        elif title.size > SMALLEST:
            lines = [title._replace(size=max(title.size * 0.96, SMALLEST)), *others]
        else:
            lines = lines[:-1]
    return lines


def _height(canvas: Canvas, lines: Sequence[Line], width: float) -> float:
    """Height of paragraphs."""
    return sum((len(broken(canvas, line, width)) * _LEADING + line.after) * line.size for line in lines)


def _deck(made: Scene, options: FigureOptions) -> list[str]:
    """List what the figure says in words: an editor's own line, what was asked for, the counts."""
    counted = [f"{sentence.text}." for sentence in counting_sentences(made.counted)]
    asked = asked_text(made, options)
    nothing = "" if options.strip or made.drawn else ui_texts(made.options.lang)["figure.nothing"]
    return [text for text in (options.deck, asked, nothing, " ".join(counted)) if text]


def asked_text(made: Scene, options: FigureOptions) -> str:
    """Say which selection is shown, and how many records may lie outside it."""
    asked = [window_text(options.window)] if options.window != (None, None) else []
    asked += [", ".join(type_.replace("_", " ") for type_ in options.types)] if options.types else []
    asked += [box_text(options.bbox)] if options.bbox else []
    if not asked:
        return ""
    words = f"Shown: {'; '.join(asked)}."
    count, signed = partly_of(made, options)
    text = "figure.partly" if signed else "figure.partly_unsigned"
    return f"{words} {say(made.options.lang, text, n=count)}" if count else words


class _Column(NamedTuple):
    heading: str
    entries: tuple[Entry, ...]


def legend_block(canvas: Canvas, parts: Sequence[tuple[str, Sequence[Entry]]], y: float, style: Style) -> float:
    """Draw the legend in columns side by side, or one under the other where the figure is narrow."""
    inner = canvas.width - 2 * style.margin
    columns = [_Column(heading, tuple(entries)) for heading, entries in parts if entries]
    if not columns:
        return y
    with canvas.group("legend"):
        if style.columns == 1:
            for column in columns:
                y = _column(canvas, column, (style.margin, y + 4), inner, style, across=2)
            return y
        widths = [min(2, -(-len(column.entries) // _ROWS)) for column in columns]
        unit = inner / sum(widths)
        x, ends = style.margin, []
        for column, part in zip(columns, widths, strict=True):
            ends.append(_column(canvas, column, (x, y), unit * part - 10, style, across=part))
            x += unit * part
        return max(ends)


#: Entries of a legend that stand under each other before a second column is begun.
_ROWS: Final = 4


def _column(
    canvas: Canvas, column: _Column, at: tuple[float, float], width: float, style: Style, *, across: int
) -> float:
    """Draw one heading with its entries, ``across`` side by side."""
    x, y = at
    y = flow(canvas, [Line(column.heading, style.label, bold=True)], (x, y), width) + 3
    rows = -(-len(column.entries) // across)
    step, end = width / across, y
    for i in range(across):
        down = y
        for entry in column.entries[i * rows : (i + 1) * rows]:
            lines = broken(canvas, Line(entry.label, style.label), step - ROOM - 4)
            down = draw_entry(canvas, entry, (x + i * step, down), style.label, lines)
        end = max(end, down)
    return end


def key_block(canvas: Canvas, keys: Sequence[tuple[int, str, str]], y: float, style: Style) -> float:
    """List the records whose labels found no room: number, what, when and where."""
    if not keys:
        return y
    inner = canvas.width - 2 * style.margin
    across = 1 if style.columns == 1 else 3 if len(keys) > 12 else 2
    rows, step, end = -(-len(keys) // across), inner / across, y
    with canvas.group("numbers"):
        for i in range(across):
            down = y
            for number, first, second in keys[i * rows : (i + 1) * rows]:
                x, size = style.margin + i * step, style.label - 0.6
                canvas.text((x, down + size), str(number), size, bold=True)
                words = [Line(first, size, bold=True), Line(second, size, "ink2")]
                down = flow(canvas, words, (x + 24, down - size * 0.02), step - 34) + 3
            end = max(end, down)
    return end


def footer(canvas: Canvas, made: Scene, options: FigureOptions, y: float, unlabelled: int = 0) -> float:
    """Write what is not on the map, sources, credits and the note on boundaries; return where they end."""
    style = STYLES[options.size]
    inner = canvas.width - 2 * style.margin
    with canvas.group("notes"):
        canvas.line([(style.margin, y), (canvas.width - style.margin, y)], stroke=canvas.palette.base("rule"), width=1)
        notes = [Line(text, style.note, "ink2") for text in notes_of(made, options, unlabelled)]
        notes.append(Line(boundary_note(made), style.note, "ink2", bold=True))
        return flow(canvas, notes, (style.margin, y + 2), inner) + style.margin * 0.8
