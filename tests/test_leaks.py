"""People at risk are not found by a text of another table, a link, any way to write a position, or an area."""

from __future__ import annotations

import pytest

from panjmap.data.model import Claim, Place, RecordPlace, Speaker, Tables
from panjmap.data.publish import public
from panjmap.data.redaction import NO_POSITION, POSITION
from panjmap.data.tables import PACKAGED, read_tables

RAIDS = "TJ-AF-2025-M-RAIDS"
HAMLET = "Zarbed"


@pytest.fixture(scope="module")
def packaged() -> Tables:
    return read_tables(PACKAGED)


@pytest.fixture(scope="module")
def told(packaged) -> Tables:
    """House searches in a hamlet that speakers, links and claims on other things name too."""
    town = next(place for place in packaged.places if place.place_id == "tj-vahdat")
    hamlet = town.model_copy(update={"place_id": "zarbed", "name": HAMLET, "lat": 38.4123, "lon": 68.5234})
    hamlet = hamlet.model_copy(update={"parent_id": "tj-rudaki", "geonames_id": None})
    report = packaged.reports[0].model_copy(
        update={"report_id": "r6", "url": "https://news.example/searches-in-zarbed.html", "derived_from": ()}
    )
    elder = Speaker(speaker_id="elder", name=f"Elder of {HAMLET}", kind="witness", state=None, as_written=())
    said = packaged.claims[0].model_copy(
        update={"claim_id": "C900", "report_id": "r6", "record_id": RAIDS, "attribute": "aim", "value_text": "x"}
        | {"speaker_id": "elder", "place_id": ("zarbed",), "victim_group": None, "value_low": None, "value_high": None}
    )
    elsewhere = said.model_copy(
        update={"claim_id": "C901", "record_id": packaged.records[0].record_id, "value_text": f"as in {HAMLET}"}
        | {"speaker_id": "report", "place_id": (), "note": "see zarbed"}
    )
    return packaged._replace(
        places=(*packaged.places, hamlet),
        reports=(*packaged.reports, report),
        speakers=(*packaged.speakers, elder),
        claims=(*packaged.claims, said, elsewhere),
        record_places=(*packaged.record_places, RecordPlace(record_id=RAIDS, place_id="zarbed", role="event")),
    )


def test_no_row_of_any_table_names_the_place_of_people_at_risk(told):
    published = public(told)
    assert HAMLET.casefold() not in repr(published.tables).casefold()
    (claim,) = (claim for claim in published.tables.claims if claim.claim_id == "C901")
    assert isinstance(claim, Claim)
    assert claim.value_text == "as in Rudaki District"
    assert next(r for r in published.tables.reports if r.report_id == "r6").url is None


def test_the_area_of_a_district_does_not_depend_on_where_people_at_risk_are(told, packaged):
    def spanning(tables: Tables) -> list[tuple[str, tuple[float, float] | None]]:
        known: tuple[Place, ...] = public(tables, common=packaged.places).known_places
        return [(place.place_id, place.lonlat) for place in known]

    assert spanning(told) == spanning(packaged)
    assert "tj-vahdat" in dict(spanning(packaged))  # a town of the gazetteer is common knowledge


@pytest.mark.parametrize(
    "written",
    [
        "38.4123, 68.5234",
        "lat 38.4123 lon 68.5234",
        "68.5234E 38.4123N",
        "N 38.4123",
        "38,4123",
        "38.41 N",
        "38°24'44\" N",
        "38 deg 24.7",
        "۳۸٫۴۱۲۳",
        "42S WH 45123 51234",
        "8H2F9GQC+2X",
    ],
)
def test_a_position_is_known_however_it_is_written(written):
    left = POSITION.sub("", f"at {written} by night")
    assert not any(character.isdigit() for character in left), left


@pytest.mark.parametrize(
    "written", ["37,500 people", "3.5 km", "26.11.2025", "2025-11-26", "109 km of road", "15 days"]
)
def test_counts_dates_and_distances_are_no_positions(written):
    assert POSITION.sub(NO_POSITION, written) == written
