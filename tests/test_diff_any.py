"""Differences of any two tables: what shows the same is none, and exchanged sides give the exchanged answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely
from any_tables import any_tables, examples
from hypothesis import given
from hypothesis import strategies as st
from page_case import scene_of

from panjmap.data.model import Tables
from panjmap.render.diff_compare import Difference, compare
from panjmap.render.diff_html import as_page
from panjmap.render.diff_text import as_dict, as_text
from panjmap.render.page import render
from panjmap.render.read_page import page_of
from panjmap.render.scene import Scene
from panjmap.render.shown import View, view_of, with_tables

SHAPES = st.dictionaries(
    st.sampled_from(["x0", "x1", "x2", "x3"]),
    st.sampled_from(
        [
            ("settlement", shapely.Point(70.1, 37.9)),
            ("settlement", shapely.Point(70.2, 37.9)),
            ("district", shapely.box(69, 37.8, 70, 38.5)),
            ("region", shapely.box(69, 37.8, 70.5, 38.5)),
        ]
    ),
)


def scene(tables: Tables, shapes: dict[str, Any]) -> Scene:
    return scene_of(lambda _packaged: tables, shapes=shapes)


def view(made: Scene, *, whole: bool) -> View:
    found = view_of(page_of(render(made).encode("utf-8"), Path("map.html")), "map.html", "tables" if whole else "map")
    return with_tables(found, made.published.tables) if whole else found


def as_told(found: Difference) -> dict[str, Any]:
    """The answer in every form, none of which may fail."""
    as_text(found).encode("utf-8")
    as_page(found).encode("utf-8")
    answer = as_dict(found)
    json.dumps(answer, allow_nan=False).encode("utf-8")
    return answer


@examples(20)
@given(tables=any_tables(), shapes=SHAPES, whole=st.booleans())
def test_a_state_does_not_differ_from_itself(tables, shapes, whole):
    made = scene(tables, shapes)
    found = compare(view(made, whole=whole), view(made, whole=whole))
    assert not found
    assert as_told(found)["records"]["changed"] == []
    public = {record.record_id for record in tables.records if record.sensitivity != "withhold"}
    assert found.old.records.keys() == public


def test_the_largest_count_of_a_table_is_read_back():
    def most(tables: Tables) -> Tables:
        counted = {"value_low": 10**17, "value_high": 10**18 - 1}
        claims = [one.model_copy(update=counted) if one.claim_id == "C087" else one for one in tables.claims]
        return tables._replace(claims=tuple(claims), decisions=())

    found = view(scene_of(most), whole=True).records["TJ-AF-2025-12-KAVO"].values["killed.alleged_attacker"]
    assert found.data == {"low": 10**17, "high": 10**18 - 1, "or_more": False}


@examples(30)
@given(tables=any_tables(), others=any_tables(), shapes=SHAPES, moved=SHAPES, whole=st.booleans())
def test_exchanged_sides_give_the_exchanged_answer(tables, others, shapes, moved, whole):
    old, new = view(scene(tables, shapes), whole=whole), view(scene(others, moved), whole=whole)
    there, back = as_told(compare(old, new)), as_told(compare(new, old))
    assert there["differs"] == back["differs"]

    def changed(found: dict[str, Any], *sides: str) -> list[list[Any]]:
        rows = found["records"]["changed"]
        return [[one["record_id"], one["attribute"], *(one[side] for side in sides)] for one in rows]

    assert changed(there, "old", "old_text", "new", "new_text") == changed(back, "new", "new_text", "old", "old_text")
    went = [one["record_id"] for fate in ("withdrawn", "merged", "vanished") for one in there["records"][fate]]
    assert sorted(went) == [one["record_id"] for one in back["records"]["added"]]
    for table in compare(old, new).rows:
        assert there[table]["added"] == back[table]["removed"]
        forth = [(one["id"], one["column"], one["old"], one["new"]) for one in there[table]["changed"]]
        assert sorted(forth) == sorted((o["id"], o["column"], o["new"], o["old"]) for o in back[table]["changed"])
