"""From a finished canvas to a file: PNG, SVG or PDF with title and description in it, the same bytes every time."""

from __future__ import annotations

import io
import re
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl

from .canvas import HALO, HALO_WIDTH, Canvas
from .fonts import OWN

__all__ = ["FORMATS", "saved"]

FORMATS: Final = ("png", "svg", "pdf")

#: Nothing of a user's own settings, no clock, no chance: the same figure has the same bytes.
_SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "panjmap",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "text.parse_math": False,
    "text.hinting": "none",
    "font.sans-serif": [OWN],
    "hatch.linewidth": 0.35,
    "path.simplify": False,
    "savefig.facecolor": "auto",
    "savefig.transparent": False,
}


def saved(canvas: Canvas, form: str, *, dpi: float, title: str, alt: str, long: str) -> bytes:
    """Write the figure.

    Parameters
    ----------
    canvas
        A finished one, see :meth:`panjmap.render.figures.canvas.Canvas.finish`.
    form
        ``png`` (at ``dpi``), ``svg`` (texts as texts) or ``pdf`` (fonts embedded).
    title, alt, long
        Title, short and long description, kept in the file.

    Raises
    ------
    FontError
        A letter cannot be drawn.
    """
    canvas.fonts.require(canvas.texts)
    canvas.outline_halos(as_paths=form != "svg")
    out = io.BytesIO()
    about: dict[str, dict[str, str | None]] = {
        "png": {"Title": title, "Description": alt, "Comment": long, "Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {
            "Title": title,
            "Subject": f"{alt} {long}",
            "CreationDate": None,
            "Creator": None,
            "Producer": None,
        },
    }
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        canvas.figure.savefig(out, format=form, dpi=dpi, metadata=about[form])
    return _svg(out.getvalue().decode(), title, f"{alt} {long}") if form == "svg" else out.getvalue()


_NUMBER: Final = re.compile(r"(-?\d+\.\d\d)\d+")
#: Within the element only: a text may hold the same letters.
_PATH: Final = re.compile(r'(<path\b[^<>]*? d=)("[^"]*")')
#: Groups that matplotlib makes of single things: only ours have a name.
_NAMELESS: Final = re.compile(r'<g id="(?:patch|text|axes|AxesImage|figure)_?\d+">')
#: A text that is a margin: its group, style and size.
_MARGIN: Final = re.compile(
    rf'<g id="{HALO}">\s*<text style="(?P<style>font-[^"]*?font-size: (?P<size>[\d.]+)px[^"]*?);? ?'
    r'fill: (?P<fill>#\w+)"'
    r"(?P<rest>[^>]*>[^<]*</text>)\s*</g>"
)


def _svg(text: str, title: str, words: str) -> bytes:
    """Give an SVG its names, make margins of texts from strokes, and drop digits that nobody can see."""
    text = _PATH.sub(lambda found: found[1] + _NUMBER.sub(r"\1", found[2]), text)
    text = _NAMELESS.sub("<g>", _MARGIN.sub(_margin, text))
    start = text.index(">", text.index("<svg "))
    names = f'<title id="figure-title">{escape(title)}</title>\n <desc id="figure-desc">{escape(words)}</desc>'
    opened = f'{text[:start]} role="img" aria-labelledby="figure-title figure-desc">\n {names}'
    return (opened + text[start + 1 :]).encode()


def _margin(found: re.Match[str]) -> str:
    """Write a text as a stroke under itself; no second text for those who listen."""
    width = float(found["size"]) * HALO_WIDTH
    stroke = f"fill: none; stroke: {found['fill']}; stroke-width: {width:.2f}; stroke-linejoin: round"
    return f'<text aria-hidden="true" style="{found["style"]}; {stroke}"{found["rest"]}'
