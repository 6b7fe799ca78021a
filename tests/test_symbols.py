"""Symbols: one table, honest precision styles, and colours measured for contrast and colour blindness."""

from __future__ import annotations

import itertools
import math
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from panjmap.data.model import PRECISION_CODES, TYPES_OF_KIND, Kind, Precision, RecordType
from panjmap.render import symbols

#: Machado, Oliveira and Fernandes 2009, severity 1.0, applied to linear RGB.
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


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast ratio."""
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


def test_the_colour_difference_agrees_with_published_pairs():
    """Pairs 1, 7 and 17 of the test data of Sharma, Wu and Dalal."""
    for one, two, expected in (
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ):
        assert ciede2000(np.array(one), np.array(two)) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["land", "land2", "paper"])
def test_every_symbol_colour_stands_out_from_both_lands_and_the_paper(theme, ground):
    back = getattr(symbols.BASE[ground], theme)
    low = {name: round(contrast(getattr(c, theme), back), 2) for name, c in symbols.COLOURS.items()}
    assert min(low.values()) >= 3, low


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", MACHADO)
def test_any_two_symbol_colours_stay_apart_for_colour_blind_readers(theme, sight):
    seen = {n: lab(MACHADO[sight] @ linear(getattr(c, theme))) for n, c in symbols.COLOURS.items()}
    distances = {(a, b): round(ciede2000(seen[a], seen[b]), 1) for a, b in itertools.combinations(seen, 2)}
    assert min(distances.values()) >= 10, sorted(distances.items(), key=lambda item: item[1])[:3]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_what_it_stands_on(theme):
    needed = [
        *((ink, ground, 4.5) for ink in ("ink", "ink2", "ink3", "water") for ground in ("paper", "land", "land2")),
        ("link", "paper", 4.5),
        ("differ-ink", "differ", 4.5),
        ("waterline", "land", 3),
        ("rule2", "paper", 3),
    ]
    low = {
        (a, b): round(contrast(getattr(symbols.BASE[a], theme), getattr(symbols.BASE[b], theme)), 2)
        for a, b, least in needed
        if contrast(getattr(symbols.BASE[a], theme), getattr(symbols.BASE[b], theme)) < least
    }
    assert not low


def test_the_two_lands_can_be_told_apart_in_the_dark():
    assert contrast(symbols.BASE["land"].dark, symbols.BASE["land2"].dark) > 1.2


def test_every_type_has_a_glyph_of_its_kind():
    for kind, types in TYPES_OF_KIND.items():
        for type_ in types:
            glyph = symbols.glyph_of(kind, type_)
            shape = symbols.GLYPHS[glyph].shape
            assert shape == symbols.GLYPHS[symbols.GLYPH_OF_KIND[kind]].shape
    assert set(symbols.GLYPH_OF_TYPE) == set(RecordType)
    assert {symbols.GLYPHS[g].shape for g in symbols.GLYPH_OF_KIND.values()} == {
        "circle",
        "shield",
        "square",
        "hexagon",
        "none",
    }


def test_disputed_means_get_the_neutral_attack_glyph():
    disputed = (RecordType.ARMED_ATTACK, RecordType.DRONE_STRIKE)
    assert symbols.glyph_of(Kind.ATTACK, RecordType.DRONE_STRIKE, disputed) == "attack"
    assert symbols.glyph_of(Kind.ATTACK, None, disputed) == "attack"
    assert symbols.glyph_of(Kind.ATTACK, None, (RecordType.DRONE_STRIKE,)) == "drone"
    assert symbols.glyph_of(Kind.AGGREGATE, None) == "total"


def test_solid_only_where_a_report_names_the_place():
    for precision in Precision:
        drawn = symbols.token("drone", precision)
        hollow = "sym-paper" in drawn
        assert hollow is not PRECISION_CODES[precision].solid, precision
    outlines = {p: re.search(r'stroke-dasharray="([^"]+)"', symbols.token("clash", p)) for p in Precision}
    assert outlines[Precision.REACH] is None
    assert outlines[Precision.DISTRICT][1] != outlines[Precision.REGION][1]


def test_sprite_is_well_formed_and_needs_no_style_attribute():
    text = str(symbols.sprite())
    root = ET.fromstring(text)  # noqa: S314 - our own text
    ids = [s.get("id") for s in root]
    assert len(ids) == len(set(ids)) == len(symbols.GLYPHS) * len(Precision)
    assert "style=" not in text
    assert "on" not in {name[:2] for e in root.iter() for name in e.attrib}


def test_sprite_holds_only_what_is_asked_for_in_a_fixed_order():
    pairs = [("clash", Precision.REGION), ("drone", Precision.REACH), ("clash", Precision.REGION)]
    assert symbols.sprite(pairs) == symbols.sprite(reversed(pairs))
    assert symbols.sprite(pairs).count("<symbol") == 2


def test_palette_css_holds_every_colour_in_both_themes():
    css = symbols.palette_css()
    for name, colour in {**symbols.BASE, **{f"c-{n}": c for n, c in symbols.COLOURS.items()}}.items():
        assert css.count(f"--{name}:{colour.light};") == 1
        assert css.count(f"--{name}:{colour.dark};") == 2
    assert "\r" not in css
