"""Fonts of a figure: which files draw its letters, how wide a text is, and what is missing.

Without a choice DejaVu Sans is taken from matplotlib's own files, never from the system: it has Latin, Cyrillic and
Persian letters, and the same figure has the same bytes on every machine.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.textpath import text_to_path

from ...data.errors import FontError

__all__ = ["LETTERS", "OWN", "Fonts"]

#: The family that comes with matplotlib.
OWN: Final = "DejaVu Sans"
#: What a viewer of an SVG takes if it lacks the font: letters of about the same width first.
_INSTEAD: Final = ("Verdana", "Noto Sans", "sans-serif")
_NOT_FOUND: Final = frozenset(f"findfont: Font family {family!r} not found." for family in _INSTEAD)
# They are named for viewers only: that one is not installed here is no news, which matplotlib has for every text.
logging.getLogger("matplotlib.font_manager").addFilter(lambda record: record.getMessage() not in _NOT_FOUND)
_FILES: Final = {
    (False, False): "DejaVuSans.ttf",
    (True, False): "DejaVuSans-Bold.ttf",
    (False, True): "DejaVuSans-Oblique.ttf",
    (True, True): "DejaVuSans-BoldOblique.ttf",
}
#: Widths are worked out at this size, in points, and scaled.
_MEASURED: Final = 100.0
#: Letters of one line that are measured; no sheet is as wide.
LETTERS: Final = 1000


@dataclass(frozen=True)
class Fonts:
    """Families in the order in which they are asked for a letter; empty for matplotlib's own.

    Raises
    ------
    FontError
        A family is not installed.
    """

    families: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is not there, before anything is drawn."""
        known = set(fontManager.get_font_names())
        for family in self.families:
            if family not in known:
                raise FontError.unknown(family, known)

    def properties(self, size: float, *, bold: bool = False, italic: bool = False) -> FontProperties:
        """Give matplotlib's description of a font; ``size`` in points."""
        weight = "bold" if bold else "normal"
        style: Literal["normal", "italic"] = "italic" if italic else "normal"
        if self.families:
            return FontProperties(family=[*self.families, *_INSTEAD], size=size, weight=weight, style=style)
        return FontProperties(
            family=[OWN, *_INSTEAD], size=size, weight=weight, style=style, fname=_own_file(bold=bold, italic=italic)
        )

    def width(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """Width of a text in the unit of ``size``; a letter that cannot be drawn is an error, see :meth:`require`.

        What no sheet holds in one line is measured at its beginning: setting a text costs more than its length.
        """
        line = self.on_paper(text)
        share = max(1.0, len(line) / LETTERS)
        return _width(self, line[:LETTERS], bold, italic) * share * size / _MEASURED

    def require(self, texts: Iterable[str]) -> None:
        """Check that every letter can be drawn.

        Raises
        ------
        FontError
            Some cannot; none of them would be drawn, and a reader would see boxes.
        """
        letters = {letter for text in texts for letter in text if unicodedata.category(letter) not in _UNSEEN}
        missing = sorted(letters - self._drawn())
        if missing:
            raise FontError.missing(self.families or (OWN,), missing, OWN)

    def on_paper(self, text: str) -> str:
        """Write a text as one line of what a font has: line breaks, tabs and rare spaces as a space.

        Controls and format characters leave no mark; matplotlib would draw a box for those that the font lacks.
        """
        if text.isascii() and text.isprintable():
            return text
        known = self._drawn()
        return "".join(
            letter
            if letter in known or (kind := unicodedata.category(letter)) not in _UNSEEN
            else " "
            if letter.isspace() or kind.startswith("Z")
            else ""
            for letter in text
        )

    def _drawn(self) -> frozenset[str]:
        """Letters that regular and bold files have both."""
        return _both(_files(self, bold=False), _files(self, bold=True))


#: Control, format and separator characters leave no mark on paper.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def _own_file(*, bold: bool, italic: bool) -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[bold, italic]


@cache
def _files(fonts: Fonts, *, bold: bool) -> tuple[str, ...]:
    if not fonts.families:
        return (str(_own_file(bold=bold, italic=False)),)
    weight = "bold" if bold else "normal"
    wanted = (FontProperties(family=family, weight=weight) for family in fonts.families)
    return tuple(str(fontManager.findfont(one, fallback_to_default=False)) for one in wanted)


@cache
def _letters(files: Sequence[str]) -> set[str]:
    return {chr(code) for file in files for code in get_font(file).get_charmap()}


@cache
def _both(regular: Sequence[str], bold: Sequence[str]) -> frozenset[str]:
    return frozenset(_letters(regular) & _letters(bold))


@cache
def _width(fonts: Fonts, text: str, bold: bool, italic: bool) -> float:
    fonts.require((text,))  # before matplotlib warns of each letter
    font = fonts.properties(_MEASURED, bold=bold, italic=italic)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)
