"""What is said about a file while it is read: problems and warnings, each with its place, none without an end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import PanjmapError, Problem
from ..limits import limits, raising
from ..text import REPLACEMENT, clean

__all__ = ["Notes", "Refused"]

#: So much of a value is kept for its message, characters.
_VALUE = 400
_LOOK_AGAIN = "look at the file, and replace what cannot be seen"


class Refused(PanjmapError):
    """Why a file, or the rest of it, is not read; the reader that meets it stops."""

    def __init__(
        self, expected: str, fix: str, *, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        self.expected, self.fix, self.row, self.column, self.value = expected, fix, row, column, value
        super().__init__(f"expected {expected}. Fix: {fix}.")


@dataclass(slots=True)
class Notes:
    """The problems of one file, at most ``problems`` (a limit) of each level; what is beyond is counted.

    Attributes
    ----------
    file
        The file as it was named.
    unit
        What rows are called: row, feature, placemark, item.
    problems
        What was found so far, in the order of reading.
    refused
        Rows that were seen and cannot be given.
    complete
        False as soon as something of the file could not be read.
    """

    file: str
    unit: str = "row"
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    complete: bool = True
    _told: dict[str, int] = field(default_factory=dict)

    def error(
        self, expected: str, fix: str, *, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        """Add an error."""
        self._add("error", expected, fix, row, column, value)

    def refuse_row(
        self, row: int, expected: str, fix: str, *, column: str | None = None, value: str | None = None
    ) -> None:
        """Add an error for which a row is not given, and count the row."""
        self.refused += 1
        self.error(expected, fix, row=row, column=column, value=value)

    def warn(
        self, expected: str, fix: str, *, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        """Add a warning."""
        self._add("warning", expected, fix, row, column, value)

    def stop(self, reason: Refused) -> None:
        """Say why reading ended early."""
        self.complete = False
        self.error(reason.expected, reason.fix, row=reason.row, column=reason.column, value=reason.value)

    def close(self) -> None:
        """Say how many problems were left out."""
        most = limits().problems
        for level, count in self._told.items():
            if count > most:
                self.problems.append(
                    Problem(
                        *(self.file, None, None, None),
                        f"fewer than {count:,} {level}s; {count - most:,} are not listed",
                        f"mend those above first, {raising('problems', count)}",
                        level,
                    )
                )
        self._told.clear()

    def _add(self, level: str, expected: str, fix: str, row: int | None, column: str | None, value: str | None) -> None:
        """Keep a problem, or count it; names of sheets, columns and members may stand in its words."""
        count = self._told[level] = self._told.get(level, 0) + 1
        if count <= limits().problems:
            words = (_one_line(expected), _one_line(fix), level, self.unit)
            self.problems.append(Problem(self.file, row, column, value and value[:_VALUE], *words))

    def text(self, raw: str, row: int | None, column: str | None) -> str:
        """Return a text of the file as it can be shown, and warn where something had to be made visible.

        Parameters
        ----------
        raw
            As it stands in the file.
        row, column
            Where that is.
        """
        if raw.isascii() and raw.isprintable():
            return raw
        text = clean(raw)
        if REPLACEMENT in text:
            self.warn(
                "no control, direction or broken characters (shown as \ufffd)",
                _LOOK_AGAIN,
                row=row,
                column=column,
                value=text,
            )
        elif (meant := _twice_encoded(raw)) is not None:
            self.warn(
                f'letters as they were written, perhaps "{meant[:30]}" (it looks like UTF-8 read as Windows-1252)',
                "export the file again as UTF-8",
                row=row,
                column=column,
                value=text,
            )
        return text


def _one_line(text: str) -> str:
    return text if text.isascii() and text.isprintable() else " ".join(clean(text).split())


#: First bytes of Latin, Cyrillic and Arabic letters, dashes and quotes in UTF-8, as Windows-1252 shows them.
_SUSPECT = re.compile("[ÂÃÄÅÐÑÒÓØÙÚÛâï][^\x00-\x7f]")


def _twice_encoded(text: str) -> str | None:
    """Return what a text was before UTF-8 was taken for Windows-1252, or ``None`` if it does not look so."""
    if not _SUSPECT.search(text):
        return None
    try:
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeEncodeError:  # five bytes are no character of Windows-1252, and are shown as in Latin-1
            return b"".join(_one_byte(character) for character in text).decode("utf-8")
    except UnicodeError:
        return None


def _one_byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
