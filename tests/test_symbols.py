"""Symbols: one table and honest precision styles. Colours are measured in ``test_contrast.py``."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from panjmap.data.model import PRECISION_CODES, TYPES_OF_KIND, Kind, Precision, RecordType
from panjmap.render import symbols


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
