"""One table of classes, glyphs, colours and precision styles for the page, the figure and the legend.

In: a record's kind, type, claimed types and precision. Out: the id of its symbol, its colour, and one hidden SVG that
holds every symbol in use. Shape tells the class, glyph the type, outline the precision; colour is never alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..data.model import PRECISION_CODES, Kind, Precision, RecordType

__all__ = [
    "BASE",
    "COLOURS",
    "GLYPHS",
    "GLYPH_OF_KIND",
    "GLYPH_OF_TYPE",
    "TOKEN_RADIUS",
    "Colour",
    "Glyph",
    "glyph_of",
    "palette_css",
    "sprite",
    "symbol_id",
    "token",
]

#: Radius of a token on the map, CSS pixels.
TOKEN_RADIUS = 13


class Colour(NamedTuple):
    """One colour token in both themes, ``#RRGGBB``."""

    light: str
    dark: str


class Glyph(NamedTuple):
    """One kind of symbol: its outline, and the strokes inside it on a 24-unit grid centred at 0, 0.

    The glyph's name is also the name of its colour.
    """

    shape: str
    strokes: str
    label: str


#: Colours of the symbol classes. Contrast to both lands is at least 3:1, and any two stay apart under colour blindness
#: (ΔE2000 of 10 or more, Machado 2009); ``tests/test_contrast.py`` measures both.
COLOURS: dict[str, Colour] = {
    "drone": Colour("#DC2350", "#FF9A97"),
    "attack": Colour("#6E3200", "#EE5A0C"),
    "clash": Colour("#5E17A8", "#B85CFF"),
    "operation": Colour("#5F7007", "#F6EC62"),
    "measure": Colour("#0E86C8", "#9CCFF7"),
    "response": Colour("#2C333D", "#7D8794"),
}

#: Everything that is not a symbol: paper, land of the subject country (land) and of the others (land2), text, water.
BASE: dict[str, Colour] = {
    "paper": Colour("#FFFFFF", "#14181D"),
    "land": Colour("#FAF9F5", "#2B323A"),
    "land2": Colour("#E2E1DC", "#1A1F25"),
    "ink": Colour("#1A1F26", "#F1F3F5"),
    "ink2": Colour("#48515C", "#C3CAD2"),
    "ink3": Colour("#5A636E", "#98A2AD"),
    "link": Colour("#0B57A4", "#8CC2FF"),
    "water": Colour("#2A6594", "#8FBEE3"),
    "waterline": Colour("#4784B2", "#6AA9D8"),
    "ribbon": Colour("#4C443B", "#D8CFC2"),
    "rule": Colour("#D6D9DD", "#3A424B"),
    "rule2": Colour("#878F99", "#76818D"),
    "differ": Colour("#FFF1C9", "#3A3013"),
    "differ-ink": Colour("#5C4300", "#FFE08A"),
}

#: Outlines for a token of radius 12: what a class of records looks like without colour.
_SHAPES: dict[str, str] = {
    "circle": '<circle r="12"',
    "shield": '<path d="M0-12.6 10.6-9V.4C10.6 6.4 5.6 10.6 0 12.8-5.6 10.6-10.6 6.4-10.6.4V-9Z"',
    "square": '<rect x="-11" y="-11" width="22" height="22" rx="4.5"',
    "hexagon": '<path d="M0-12.8 11.1-6.4V6.4L0 12.8-11.1 6.4V-6.4Z"',
    "none": "",
}

#: Strokes on a 24-unit grid around the origin, drawn for this project.
GLYPHS: dict[str, Glyph] = {
    "drone": Glyph(
        "circle",
        '<path d="M-2.6-2.6 2.6 2.6M2.6-2.6-2.6 2.6"/>'
        '<circle cx="-4.7" cy="-4.7" r="2.6"/><circle cx="4.7" cy="-4.7" r="2.6"/>'
        '<circle cx="-4.7" cy="4.7" r="2.6"/><circle cx="4.7" cy="4.7" r="2.6"/>',
        "Drone strike",
    ),
    "attack": Glyph(
        "circle",
        '<path d="M0-7V-3M0 3V7M-7 0H-3M3 0H7M-5-5-2.2-2.2M2.2 2.2 5 5M5-5 2.2-2.2M-2.2 2.2-5 5"/>',
        "Armed attack",
    ),
    "clash": Glyph(
        "circle",
        '<path d="M-7.6 0H-2.4M-4.9-2.6-2.3 0-4.9 2.6M7.6 0H2.4M4.9-2.6 2.3 0 4.9 2.6M0-6.6V-3.8M0 3.8V6.6"/>',
        "Clash after a border crossing",
    ),
    "operation": Glyph(
        "shield",
        '<circle cy="-.4" r="3.4"/><path d="M0-7V-3.8M0 3V6.2M-6.6-.4H-3.4M3.4-.4H6.6"/>',
        "State operation",
    ),
    "measure": Glyph(
        "square",
        '<path d="M-6.4.6 0-5.6 6.4.6M-4.4-1V6H4.4V-1M-1.3 6V2.2H1.3V6"/>',
        "Measure against people",
    ),
    "response": Glyph("hexagon", '<path d="M-3.6 7V-6.2H4.6L2.6-2.9 4.6.4H-3.6"/>', "Response"),
    "total": Glyph("none", '<path d="M6-8H-6L1 0-6 8H6"/>', "Reported total"),
}

GLYPH_OF_TYPE: dict[RecordType, str] = {
    RecordType.DRONE_STRIKE: "drone",
    RecordType.ARMED_ATTACK: "attack",
    RecordType.SHELLING: "attack",
    RecordType.ARMED_INCURSION: "clash",
    RecordType.ARMED_CLASH: "clash",
    RecordType.SMUGGLING_CLASH: "operation",
    RecordType.COUNTER_OPERATION: "operation",
    RecordType.DEPORTATION: "measure",
    RecordType.HOUSE_SEARCHES: "measure",
    RecordType.EMERGENCY_MEETING: "response",
    RecordType.ADVICE_TO_LEAVE: "response",
    RecordType.TALKS: "response",
    RecordType.STATEMENT: "response",
    RecordType.APPEAL: "response",
    RecordType.CONDEMNATION: "response",
}

#: What stands for a record whose type is missing or disputed.
GLYPH_OF_KIND: dict[Kind, str] = {
    Kind.ATTACK: "attack",
    Kind.STATE_OPERATION: "operation",
    Kind.MEASURE: "measure",
    Kind.RESPONSE: "response",
    Kind.AGGREGATE: "total",
}

#: Dashes of a hollow outline, token units: the less precise, the more broken.
_DASHES: dict[Precision, str] = {
    Precision.DISTRICT: "4.4 2.5",
    Precision.REGION: "0 3.15",
    Precision.COUNTRY: "0 3.15",
    Precision.UNKNOWN: "0 3.15",
}


def glyph_of(kind: Kind, type_: RecordType | None, claimed: Sequence[RecordType] = ()) -> str:
    """Name of a record's glyph, which is also the name of its colour.

    Claimed types that lead to different glyphs make the means disputed; then the neutral glyph of the kind stands.
    """
    glyphs = {GLYPH_OF_TYPE[t] for t in (*claimed, *((type_,) if type_ else ()))}
    return glyphs.pop() if len(glyphs) == 1 else GLYPH_OF_KIND[kind]


def symbol_id(glyph: str, precision: Precision) -> str:
    """Id of the ``<symbol>`` of a glyph at a precision."""
    return f"sym-{glyph}-{precision}"


def token(glyph: str, precision: Precision) -> Markup:
    """Draw one token around 0, 0 in ``currentColor`` (radius 13): shape, glyph, and precision as outline.

    Solid where reports name the place, hollow where they name an area; a pointer below marks an exact site, a small
    question mark a place that no report gives. Attributes and classes only: a strict style policy blocks ``style=``.
    """
    entry = GLYPHS[glyph]
    solid = PRECISION_CODES[precision].solid and entry.shape != "none"
    parts = []
    if precision is Precision.SITE:
        parts.append('<path class="sym-knock" d="M-4.6 9.6 0 17.2 4.6 9.6Z" fill="currentColor" stroke="#FFFFFF"/>')
    if entry.shape != "none":
        parts.append(_body(entry.shape, precision, solid))
    ink = 'class="sym-knock" stroke="#FFFFFF"' if solid else 'stroke="currentColor"'
    parts.append(
        f'<g fill="none" {ink} stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{entry.strokes}</g>'
    )
    if precision is Precision.UNKNOWN and entry.shape != "none":
        parts.append(_QUESTION)
    return Markup("".join(parts))  # noqa: S704 - constants of this module only


_QUESTION = (
    '<circle class="sym-knock" cx="9.6" cy="-9.6" r="6" fill="currentColor" stroke="#FFFFFF" stroke-width="1.2"/>'
    '<path class="sym-knock" d="M7.7-11.2A2 2 0 1 1 9.7-9.2V-8.4M9.7-6.5V-6.4" fill="none" stroke="#FFFFFF"'
    ' stroke-width="1.5" stroke-linecap="round"/>'
)


def _body(shape: str, precision: Precision, solid: bool) -> str:
    """Outline of a token: filled for a named place, else paper with a line as broken as the place is vague."""
    if solid:
        return f'{_SHAPES[shape]} class="sym-knock" fill="currentColor" stroke="#FFFFFF" stroke-width="1.3"/>'
    dash = _DASHES.get(precision)
    broken = f' stroke-dasharray="{dash}" stroke-linecap="round"' if dash else ""
    return f'{_SHAPES[shape]} class="sym-paper" fill="#FFFFFF" stroke="currentColor" stroke-width="2"{broken}/>'


def sprite(symbols: Iterable[tuple[str, Precision]] | None = None) -> Markup:
    """One hidden SVG with a ``<symbol>`` for each (glyph, precision) pair; all pairs if none are given.

    The same pairs in any order give the same bytes.
    """
    wanted = set(symbols) if symbols is not None else {(g, p) for g in GLYPHS for p in Precision}
    ordered = [(g, p) for g in GLYPHS for p in Precision if (g, p) in wanted]
    body = "".join(f'<symbol id="{symbol_id(g, p)}" viewBox="-18 -18 36 36">{token(g, p)}</symbol>' for g, p in ordered)
    return Markup(  # noqa: S704 - built from constants of this module only
        f'<svg width="0" height="0" class="sprite" aria-hidden="true" focusable="false">{body}</svg>'
    )


def palette_css() -> str:
    """CSS custom properties of all colours, light and dark, by device or by choice (``data-theme`` on the root).

    Paper is always light.
    """
    tokens = {**BASE, **{f"c-{name}": colour for name, colour in COLOURS.items()}, "c-total": BASE["ink2"]}
    light = "".join(f"--{name}:{colour.light};" for name, colour in tokens.items())
    dark = "".join(f"--{name}:{colour.dark};" for name, colour in tokens.items())
    classes = "".join(f".c-{name}{{color:var(--c-{name})}}" for name in (*COLOURS, "total"))
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
        f"{classes}\n.sym-paper{{fill:var(--paper)}}.sym-knock{{stroke:var(--paper)}}.sprite{{position:absolute}}\n"
    )
