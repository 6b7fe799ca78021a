"""Lines of text on a map: what they say, how large, how wide, and where they may be broken. Free of any drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

__all__ = ["LINE", "Text", "text_width", "wrapped"]

#: Height of a line in parts of its type size.
LINE: Final = 1.22


class Text(NamedTuple):
    """One line of a label: what it says, its size in pixels, whether it is bold."""

    text: str
    size: float
    bold: bool = False


_WIDE: Final = frozenset("mwMW@%шщюжмфыШЩЮЖМФЫ")
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]\N{MIDDLE DOT} -")


def text_width(line: Text) -> float:
    """Estimate the width of a line in pixels; on the large side, because fonts differ."""
    units = sum(0.86 if c in _WIDE else 0.36 if c in _NARROW else 0.64 if c.isupper() else 0.57 for c in line.text)
    return units * line.size * (1.07 if line.bold else 1.0)


def wrapped(lines: Sequence[Text], width: float, measure: Callable[[Text], float]) -> list[Text]:
    """Break lines at spaces so that none is wider than ``width``, as far as words allow."""
    found: list[Text] = []
    for line in lines:
        part = ""
        for word in line.text.split(" "):
            longer = f"{part} {word}" if part else word
            if part and measure(line._replace(text=longer)) > width:
                found.append(line._replace(text=part))
                longer = word
            part = longer
        found.append(line._replace(text=part))
    return found
