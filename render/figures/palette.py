"""Colours of a figure: the palette of the page in its light theme, or greys of the same lightness for a grey print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from .. import symbols

__all__ = ["Palette"]

#: Parts of red, green and blue in the lightness of a colour (ITU-R BT.709, linear light).
_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
#: Colour of what is no class of records.
_OTHER: Final = {"total": "ink2"}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#RRGGBB`` by name; ``grey`` keeps the lightness and drops the hue."""

    grey: bool = False

    def base(self, name: str) -> str:
        """Colour of paper, land, text or water."""
        return self._shown(symbols.BASE[name].light)

    def glyph(self, name: str) -> str:
        """Colour of a class of records."""
        return self.base(_OTHER[name]) if name in _OTHER else self._shown(symbols.COLOURS[name].light)

    def _shown(self, colour: str) -> str:
        return _grey(colour) if self.grey else colour


@cache
def _grey(colour: str) -> str:
    """Grey of the same luminance (sRGB, IEC 61966-2-1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = sum(weight * part for weight, part in zip(_LUMINANCE, linear, strict=True))
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return f"#{round(value * 255):02X}" + f"{round(value * 255):02X}" * 2
