"""Colours, measured: contrast of everything that is read or told apart, and distance between classes for any sight.

Contrast is WCAG 2's ratio: 4.5 for text, 3 for symbols, lines and the edges of controls. Colour distance is CIEDE2000
(Sharma, Wu and Dalal 2005) of the colours as readers with protanopia, deuteranopia and tritanopia see them (Machado,
Oliveira and Fernandes 2009, severity 1.0, in linear RGB). Measured least distance of any two classes:

======  ======  ======  ======  ======
theme   normal  protan  deutan  tritan
======  ======  ======  ======  ======
light     19.9    17.2    10.7    19.6
dark      18.9    19.5    17.8    16.9
======  ======  ======  ======  ======

The least, 10.7, is drone strike against state operation for deuteranopes; one is a circle, the other a shield, and the
glyphs differ: colour is never alone.
"""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import numpy as np
import pytest

from panjmap.render import symbols
from panjmap.render.symbols import BASE, COLOURS

THEMES = ("light", "dark")
GROUNDS = ("land", "land2", "paper")
STYLES = sorted((Path(symbols.__file__).parent / "assets").glob("*.css"))
MACHADO = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def srgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def linear(rgb: np.ndarray) -> np.ndarray:
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(a: np.ndarray, b: np.ndarray) -> float:
    """WCAG 2 contrast ratio of two sRGB colours."""
    high, low = sorted((float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (a, b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) of a linear RGB colour."""
    matrix = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.119192, 0.9503041]]
    )
    xyz = matrix @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, two: np.ndarray) -> float:
    """Colour difference of Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    dl, dc, dh = l2 - l1, c2 - c1, 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    lm, cm, hm = (l1 + l2) / 2, (c1 + c2) / 2, (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * math.cos(math.radians(hm - 30))
        + 0.24 * math.cos(math.radians(2 * hm))
        + 0.32 * math.cos(math.radians(3 * hm + 6))
        - 0.20 * math.cos(math.radians(4 * hm - 63))
    )
    sl = 1 + 0.015 * (lm - 50) ** 2 / math.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * math.sqrt(cm**7 / (cm**7 + 25**7)) * math.sin(math.radians(60 * math.exp(-(((hm - 275) / 25) ** 2))))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * dc / sc * dh / sh)


def base(name: str, theme: str) -> np.ndarray:
    return srgb(getattr(BASE[name], theme))


def over(top: np.ndarray, share: float, ground: np.ndarray) -> np.ndarray:
    """Paint ``share`` of a colour over a ground, as ``color-mix`` and ``fill-opacity`` do."""
    return share * top + (1 - share) * ground


def too_low(pairs: dict[str, tuple[np.ndarray, np.ndarray]], least: float) -> dict[str, float]:
    found = {name: round(contrast(*pair), 2) for name, pair in pairs.items()}
    return {name: ratio for name, ratio in found.items() if ratio < least}


def test_the_colour_difference_agrees_with_published_pairs():
    """Pairs 1, 7, 17 and 25 of the test data of Sharma, Wu and Dalal."""
    for one, two, expected in (
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ):
        assert ciede2000(np.array(one), np.array(two)) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("theme", THEMES)
def test_every_class_stands_out_from_both_lands_and_the_paper(theme):
    """Token on the ground, line of a hollow token on paper, glyph (paper) on a solid token."""
    pairs = {
        f"{name} on {ground}": (srgb(getattr(colour, theme)), base(ground, theme))
        for name, colour in COLOURS.items()
        for ground in GROUNDS
    }
    assert too_low(pairs, 3) == {}


@pytest.mark.parametrize(
    ("theme", "sight", "stated"),
    [
        *(("light", *pair) for pair in (("normal", 19.9), ("protan", 17.2), ("deutan", 10.7), ("tritan", 19.6))),
        *(("dark", *pair) for pair in (("normal", 18.9), ("protan", 19.5), ("deutan", 17.8), ("tritan", 16.9))),
    ],
)
def test_any_two_classes_are_as_far_apart_as_stated_for_every_sight(theme, sight, stated):
    seen = {n: lab(MACHADO[sight] @ linear(srgb(getattr(c, theme)))) for n, c in COLOURS.items()}
    distances = {(a, b): ciede2000(seen[a], seen[b]) for a, b in itertools.combinations(seen, 2)}
    closest = sorted(distances.items(), key=lambda item: item[1])[:3]
    assert min(distances.values()) >= stated - 0.1, closest
    assert min(distances.values()) <= stated + 0.1, "better than this test says: write down the new figure"


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_every_plain_ground(theme):
    text = {
        f"{ink} on {ground}": (base(ink, theme), base(ground, theme))
        for ink in ("ink", "ink2", "ink3", "water")
        for ground in GROUNDS
    }
    text["differ-ink on differ"] = base("differ-ink", theme), base("differ", theme)
    text |= {f"{ink} on differ": (base(ink, theme), base("differ", theme)) for ink in ("ink", "ink2", "link")}
    text |= {f"link on {ground}": (base("link", theme), base(ground, theme)) for ground in GROUNDS}
    assert too_low(text, 4.5) == {}


def mixed_grounds(theme: str) -> dict[str, np.ndarray]:
    """Every background that a style sheet mixes from two colours of the palette (hover, selection, group heads)."""
    palette = {**BASE, **{f"c-{name}": colour for name, colour in COLOURS.items()}}
    mix = re.compile(
        r"background(?:-color)?:color-mix\(in srgb,var\(--([\w-]+)\) (\d+)%,(?:var\(--([\w-]+)\)|transparent)\)"
    )
    found = {}
    for path in STYLES:
        for top, share, ground in mix.findall(path.read_text(encoding="utf-8").replace(", ", ",")):
            if top in palette and (ground or "paper") in palette:
                back = srgb(getattr(palette[ground or "paper"], theme))
                found[f"{path.name}: {top} {share}%"] = over(srgb(getattr(palette[top], theme)), int(share) / 100, back)
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_every_mixed_ground(theme):
    grounds = mixed_grounds(theme)
    assert grounds
    pairs = {f"{ink} on {name}": (base(ink, theme), back) for name, back in grounds.items() for ink in ("ink", "ink2")}
    assert too_low(pairs, 4.5) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_text_of_the_map_can_be_read_on_the_tint_of_any_area(theme):
    """Labels have a halo of the land's tint; they would also be read without it."""
    tint = {"district": 0.11, "measure": 0.11, "region": 0.035, "ring": 0.14, "disc": 0.17}
    pairs = {
        f"{ink} on {name} of {kind}, {land}": (
            base(ink, theme),
            over(srgb(getattr(colour, theme)), share, base(land, theme)),
        )
        for ink in ("ink", "ink2")
        for name, colour in COLOURS.items()
        for kind, share in tint.items()
        for land in ("land", "land2")
    }
    assert too_low(pairs, 4.5) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_no_text_but_needed_stands_out(theme):
    """River and border on the land, edges of controls, focus, the mark of what is selected."""
    pairs = {
        f"{mark} on {ground}": (base(mark, theme), base(ground, theme))
        for mark, ground in (
            ("waterline", "land"),
            ("waterline", "land2"),
            ("ribbon", "land"),
            ("ribbon", "land2"),
            ("rule2", "paper"),
            ("link", "paper"),
            ("link", "land"),
            ("link", "land2"),
            ("ink", "land"),
            ("ink", "land2"),
        )
    }
    assert too_low(pairs, 3) == {}


def test_the_two_lands_can_be_told_apart_in_the_dark():
    assert contrast(base("land", "dark"), base("land2", "dark")) > 1.2
