"""Facets: which answers a filter offers, and the words a search looks in."""

from __future__ import annotations

import pytest
from page_case import scene_of

from panjmap.data.model import Kind
from panjmap.data.wording import kind_label
from panjmap.render.facets import facets, place_sets, words


@pytest.fixture(scope="module")
def scene():
    return scene_of()


@pytest.fixture(scope="module")
def found(scene):
    return {facet.id: facet for facet in facets(scene.rows, scene.evidence)}


def values_of(facet, scene, record_id):
    row = next(i for i, one in enumerate(scene.rows) if one.record_id == record_id)
    return [facet.values[i].id for i in facet.sets[row]]


def test_the_facets_come_in_the_order_of_the_panel(found):
    assert list(found) == ["type", "precision", "source", "speaker", "actor", "where", "differ"]


def test_every_record_has_a_type_a_precision_and_a_place_or_none(found):
    for name in ("type", "precision", "where"):
        assert all(found[name].sets), name


def test_a_type_goes_with_the_kind_it_belongs_to(found):
    kinds = {str(kind) for kind in Kind}
    assert {value.group for value in found["type"].values} <= kinds
    groups = [value.group for value in found["type"].values]
    assert groups == sorted(groups, key=[str(kind) for kind in Kind].index)


def test_a_record_has_every_type_that_a_report_claims(scene, found):
    assert values_of(found["type"], scene, "TJ-AF-2025-11-30-A") == ["drone_strike", "armed_attack"]


def test_a_record_without_a_type_goes_by_its_kind(found):
    last = found["type"].values[-1]
    assert (last.id, last.label) == ("aggregate", kind_label(Kind.AGGREGATE))


@pytest.mark.parametrize("name", ["source", "speaker", "actor"])
def test_long_lists_start_with_what_most_records_have(found, name):
    facet = found[name]
    counts = [sum(i in one for one in facet.sets) for i in range(len(facet.values))]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 0


def test_ids_are_safe_in_an_address_and_unique(found):
    for facet in found.values():
        ids = [value.id for value in facet.values]
        assert len(set(ids)) == len(ids)
        assert not any(set(id_) & set(",&=#% ") for id_ in ids)


def test_a_place_brings_every_place_that_holds_it_and_all_their_spellings(scene):
    places, sets = place_sets(scene.rows, scene.published.tables)
    row = next(i for i, one in enumerate(scene.rows) if one.record_id == "TJ-AF-2025-12-KAVO")
    assert {"kavok", "tj-shohin", "tj-kt", "tj"} <= {places[i] for i in sets[row]}
    spellings = words(scene.published.tables, places)["place"]
    assert {"Kavo", "Кавок", "Kavoki"} <= set(spellings["kavok"].split())
    assert "ختلان" in spellings["tj-kt"]


def test_a_report_is_found_by_its_outlet_and_whom_it_quotes_but_not_by_its_title(scene):
    told = words(scene.published.tables, ())["source"]
    assert "Reuters" in told["eurasianet-2025-12-02"]
    assert "Kavo" not in " ".join(told.values())
