"""People at risk are not found by a text of another table, a link, any way to write a position, or an area."""

from __future__ import annotations

import pytest

from panjmap.data.model import Claim, Place, RecordPlace, Speaker, Tables
from panjmap.data.publish import public
from panjmap.data.redaction import ADDRESS, NO_ADDRESS, NO_POSITION, POSITION
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


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("in Navbahor Street 14, near Mahalla School 5", "in {}, near {}"),
        ("house no. 14 on Karl Marx st.", "{} on {}"),
        ("the Navbahor bazaar, Panj Road 7, microdistrict 46", "the {}, {}, {}"),
        ("School No. 5, the mosque of Navbahor", "{}, the {}"),
        ("на улице Навбахор, дом 14; ул. Айни 3, кв. 7", "на {}; {}, {}"),
        ("дар кӯчаи Навбаҳор, хонаи 5, маҳаллаи «Навбаҳор»", "дар {}, {}"),
        ("در خیابان نوبهار ۱۴", "در {}"),
    ],
)
def test_an_address_is_known_by_its_words(written, left):
    assert ADDRESS.sub(NO_ADDRESS, written) == left.format(*[NO_ADDRESS] * 9)


@pytest.mark.parametrize(
    "written",
    [
        "searches from house to house, detentions in public places",
        "House searches and detentions of Afghans in Vahdat District",
        "Attack on road builders at Shudk, Darvoz",
        "5 people at school, the first quarter of 2025, on the street",
        "China Road and Bridge Corporation",
        "из дома в дом, 3 марта, и пр. лица",
        NO_ADDRESS,
    ],
)
def test_ordinary_words_are_no_address(written):
    assert ADDRESS.sub(NO_ADDRESS, written) == written


def test_an_address_is_nowhere_where_people_at_risk_are_told_of(packaged):
    raid = next(record for record in packaged.records if record.record_id == RAIDS)
    base = next(claim for claim in packaged.claims if claim.record_id == RAIDS)
    report = next(report for report in packaged.reports if report.report_id == base.report_id)
    bare = {"place_id": (), "start": None, "end": None, "note": "Navbahor Street 14"}
    places = [
        base.model_copy(update=bare | {"claim_id": f"C{i}", "attribute": name, "value_text": "by the old mill"})
        for i, name in ((900, "place"), (901, "policy_place"), (902, "location"))
    ]
    heard = base.model_copy(update=bare | {"claim_id": "C903", "attribute": "aim", "said_by": "Navbahor mosque"})
    named = base.model_copy(update=bare | {"claim_id": "C904", "attribute": "place", "place_id": ("tj-vahdat",)})
    published = public(
        packaged._replace(
            records=(*(r for r in packaged.records if r != raid), raid.model_copy(update={"note": "Navbahor Street"})),
            reports=tuple(
                r.model_copy(update={"outlet": "The Wall Street Journal"}) if r == report else r
                for r in packaged.reports
            ),
            claims=(*packaged.claims, *places, heard, named),
        )
    ).tables
    assert "Navbahor" not in repr(published)
    assert "old mill" not in repr(published)
    said = {claim.claim_id: (claim.value_text, claim.speaker_id) for claim in published.claims}
    both = "Vahdat District; Rudaki District"
    assert {said[one] for one in ("C900", "C901", "C902")} == {(both, base.speaker_id)}
    assert said["C904"] == ("Vahdat District", base.speaker_id)
    assert "The Wall Street Journal" in {report.outlet for report in published.reports}


def test_what_a_claim_on_a_public_attack_says_of_the_place_is_left_alone(packaged):
    before = {claim.claim_id: claim.value_text for claim in packaged.claims if claim.record_id != RAIDS}
    after = {claim.claim_id: claim.value_text for claim in public(packaged).tables.claims}
    assert {one: text for one, text in before.items() if after[one] != text} == {}


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("men were taken from Zarbed by night", "men were taken from (name left out) by night"),
        ("in Nav Bahor, near the old mill; two of Zarbed's families", "in {}, near the old mill; two of {} families"),
        ("Searches in Zarbed. Zarbed was searched twice.", "Searches in {}. {} was searched twice."),
        ("в Зарбеде искали афганцев", "в {} искали афганцев"),
        ("Nav Bahor was searched", "{} was searched"),
        ("Order for Afghans to leave Vahdat District by Monday, said UNHCR", None),
        ("Neighbours said so. The police of Rudaki came in November", None),
        ("See TJ-AF-2025-11-26-A and C014", None),
        ("as the Khorasan branch does", None),  # a claim on something else names it
    ],
)
def test_a_name_that_no_table_knows_is_left_out_where_people_at_risk_are_told_of(packaged, written, left):
    raid = next(record for record in packaged.records if record.record_id == RAIDS)
    base = next(claim for claim in packaged.claims if claim.record_id == RAIDS and claim.attribute == "policy_action")
    told = packaged._replace(
        records=(*(r for r in packaged.records if r != raid), raid.model_copy(update={"note": written})),
        claims=tuple(c.model_copy(update={"value_text": written}) if c == base else c for c in packaged.claims),
        decisions=tuple(
            d.model_copy(update={"reason": written}) if d.record_id == RAIDS else d for d in packaged.decisions
        ),
    )
    published = public(told).tables
    wanted = written if left is None else left.replace("{}", "(name left out)")
    assert next(r for r in published.records if r.record_id == RAIDS).note == wanted
    assert next(c for c in published.claims if c.claim_id == base.claim_id).value_text == wanted
    assert {d.reason for d in published.decisions if d.record_id == RAIDS} == {wanted}
    attack = packaged.records[0].model_copy(update={"note": written})
    other = public(packaged._replace(records=(attack, *packaged.records[1:]))).tables
    assert other.records[0].note == written


@pytest.mark.parametrize(
    ("url", "left"),
    [
        ("https://paper.example/raid-in-zarbed-street-14.html", None),
        ("https://paper.example/%D0%B7%D0%B0%D1%80%D0%B1%D0%B5%D0%B4", None),
        ("https://paper.example/?q=zarbed", None),
        ("https://paper.example/2025/11/30/4711", "https://paper.example/2025/11/30/4711"),
    ],
)
def test_a_link_made_of_words_goes_where_a_report_tells_of_people_at_risk_only(packaged, url, left):
    base = next(claim for claim in packaged.claims if claim.record_id == RAIDS and claim.attribute == "policy_action")
    report = next(r for r in packaged.reports if r.report_id == base.report_id)
    own = report.model_copy(update={"report_id": "r6", "url": url, "derived_from": ()})
    told = packaged._replace(
        reports=(*packaged.reports, own),
        claims=(*packaged.claims, base.model_copy(update={"claim_id": "C900", "report_id": "r6"})),
    )
    assert next(r for r in public(told).tables.reports if r.report_id == "r6").url == left
    both = base.model_copy(update={"claim_id": "C901", "report_id": "r6", "record_id": packaged.records[0].record_id})
    more = told._replace(claims=(*told.claims, both))
    assert next(r for r in public(more).tables.reports if r.report_id == "r6").url == url
