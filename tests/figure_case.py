"""Scenes of other data on the real ground, and what stands where on a finished figure."""

from __future__ import annotations

import math
from functools import cache

import shapely
from matplotlib.text import Text

from panjmap.data.model import Tables
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.render.figures.artists import Group
from panjmap.render.figures.canvas import HALO, Canvas
from panjmap.render.prepare import scene_from
from panjmap.render.scene import Scene

#: Parts of the type size above and below the baseline that letters take.
ASCENT, DESCENT = 0.76, 0.22


@cache
def packaged() -> Tables:
    return read_tables(PACKAGED)


@cache
def scene_with(*record_ids: str) -> Scene:
    """The packaged scene with these records only, or with all if none is named."""
    tables = packaged()
    if record_ids:
        kept = tuple(
            record.model_copy(update={"possible_same_as": tuple(i for i in record.possible_same_as if i in record_ids)})
            for record in tables.records
            if record.record_id in record_ids
        )
        tables = tables._replace(
            records=kept,
            **{
                name: tuple(row for row in getattr(tables, name) if row.record_id in (None, *record_ids))
                for name in ("claims", "record_places", "decisions")
            },
        )
        claims = {claim.claim_id for claim in tables.claims}
        relations = tuple(one for one in tables.relations if {one.claim_a, one.claim_b} <= claims)
        tables = tables._replace(relations=relations)
    return scene_from(tables, tables.places)


@cache
def at_places(*place_ids: str) -> Scene:
    """A scene of one made-up attack at each place, as its record of 30 November tells it."""
    tables = packaged()
    model = next(r for r in tables.records if r.record_id == "TJ-AF-2025-11-30-A")
    link = next(one for one in tables.record_places if one.record_id == model.record_id and one.role == "event")
    claims = [c for c in tables.claims if c.record_id == model.record_id and c.attribute == "killed"]
    records, links, decisions, told = [], [], [], []
    for number, place in enumerate(place_ids):
        record_id = f"X-{number}"
        records.append(model.model_copy(update={"record_id": record_id, "title": f"Attack {number} at {place}"}))
        links.append(link.model_copy(update={"record_id": record_id, "place_id": place}))
        decision = next(d for d in tables.decisions if d.attribute == "place")
        decisions.append(decision.model_copy(update={"record_id": record_id, "chosen": place, "source": "a gazetteer"}))
        told += [c.model_copy(update={"claim_id": f"{record_id}-{c.claim_id}", "record_id": record_id}) for c in claims]
    made = tables._replace(
        records=tuple(records),
        record_places=tuple(links),
        decisions=tuple(decisions),
        claims=tuple(told),
        relations=(),
        changes=(),
    )
    return scene_from(made, tables.places)


def texts_in(canvas: Canvas, group: str = "map") -> list[tuple[str, shapely.Polygon]]:
    """Every text of a group with the box of its letters, in units of the canvas."""
    return [(text.get_text(), _box(canvas, text)) for text in _texts(_named(canvas.root, group))]


def _named(group: Group, name: str) -> Group:
    found = [one for one in _groups(group) if one.name == name]
    assert len(found) == 1, name
    return found[0]


def _groups(group: Group) -> list[Group]:
    inner = [one for member in group.members if isinstance(member, Group) for one in _groups(member)]
    return [group, *inner]


def _texts(group: Group) -> list[Text]:
    return [
        member
        for one in _groups(group)
        for member in one.members
        if isinstance(member, Text) and member.get_gid() != HALO
    ]


def _box(canvas: Canvas, text: Text) -> shapely.Polygon:
    to_units = canvas.transform.inverted()
    x, y = to_units.transform(text.get_transform().transform(text.get_position()))
    size = float(text.get_fontsize()) / canvas.points(1.0)
    bold, italic = text.get_weight() == "bold", text.get_style() == "italic"
    width = canvas.text_width(text.get_text(), size, bold=bold, italic=italic)
    left = {"left": 0.0, "center": -width / 2, "right": -width}[text.get_horizontalalignment()]
    corners = [
        (left, -ASCENT * size),
        (left + width, -ASCENT * size),
        (left + width, DESCENT * size),
        (left, DESCENT * size),
    ]
    turn = math.radians(-text.get_rotation())
    sin, cos = math.sin(turn), math.cos(turn)
    return shapely.Polygon([(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in corners])
