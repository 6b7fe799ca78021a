"""Ids that every JavaScript object knows (`toString`) are ids like others: in the tables and in an address."""

from __future__ import annotations

import pytest
import shapely
from page_case import scene_of

from panjmap.data.model import Tables
from panjmap.render.page import render

pytestmark = pytest.mark.browser

ODD = ("toString", "valueOf", "constructor", "hasOwnProperty", "isPrototypeOf")


def named(tables: Tables) -> Tables:
    """The packaged tables with one attack more for every odd id."""
    record = next(r for r in tables.records if r.record_id == "TJ-AF-2025-11-30-A")
    more = [
        record.model_copy(update={"record_id": one, "title": f"Attack {one}", "possible_same_as": ()}) for one in ODD
    ]
    return tables._replace(records=(*tables.records, *more))


def test_records_named_like_members_of_an_object_are_drawn_listed_and_saved(page_at):
    """The first one lies nowhere, so that nothing of its own stands where its area or its place is looked up."""
    shapes = {one: ("settlement", shapely.Point(68.5 + i / 5, 37.9)) for i, one in enumerate(ODD) if i}
    visit = page_at(render(scene_of(named, shapes=shapes)))
    assert visit.page.locator("html[data-ready]").count() == 1
    for one in ODD:
        visit.page.evaluate("id => panjmap.panel.select(id, 'list')", one)
        assert f"Attack {one}" in visit.page.locator("#detail").inner_text()
    assert visit.page.locator("[data-token]").count() >= len(ODD) - 1
    assert visit.page.evaluate("panjmap.store.areas.toString === undefined && !('toString' in panjmap.store.areas)")
    visit.page.evaluate("panjmap.store.set('query', 'toString')")
    visit.page.wait_for_function("panjmap.store.shown.count === 1")
    visit.assert_quiet()


@pytest.mark.parametrize("wanted", [*ODD, "__proto__", "no-such-record"])
def test_an_address_that_names_what_no_record_is_called_leaves_the_page_whole(page_at, built_map, wanted):
    visit = page_at(built_map, address=f"#sel={wanted}&src={wanted}&type={wanted}&layers={wanted}&names={wanted}")
    page = visit.page
    assert page.locator("html[data-ready]").count() == 1
    assert page.locator("#map").is_visible()
    assert page.evaluate("[panjmap.store.state.selected, panjmap.store.isFiltered()]") == [None, False]
    # An underscore begins no id: such an address is nonsense, not an old link.
    assert page.locator("#detail").is_visible() is not wanted.startswith("_")
    visit.assert_quiet()
