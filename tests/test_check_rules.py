"""Every rule of ``check`` speaks where it should and is silent where it should, and its page says what it does."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from check_case import cells, make

from panjmap.data.model import Row, Sensitivity, Tables
from panjmap.geo.basemap import load_basemap
from panjmap.geo.check import RULES, check
from panjmap.geo.check_rules import ABOUT_RULES
from panjmap.geo.check_view import View

ROOT = Path(__file__).resolve().parents[1]

PLACES = """
    tj | Tajikistan | country
    tj-r | Region | region | tj
    tj-d | District | district | tj-r
    tj-e | Other District | district | tj-r
    vil | Village | settlement | tj-d
    tow | Town | settlement | tj-e
    af | Afghanistan | country
    af-p | Province | region | af
"""
SPEAKERS = """
    gov | Government office | government | TJ
    min | Ministry | government | TJ
    org | Watch | organisation |
    anon | unnamed sources | unnamed |
"""
RECORDS = """
    E1 | attack | armed_attack | 2040-05-04 | vil; tj-d
    E2 | attack | armed_attack | 2040-06-04 | tj-e
    M1 | !measure | house_searches | 2040-05-05 | tj-d
    R1 | response | statement | 2040-05-05/2040-06-10 |
"""
BASE = """
    k1 | gazette | E1 | place | the village | | | vil | org
    k2 | gazette | E1 | killed | | 2 | civilian | | org
    k3 | gazette | E2 | place | the other district | | | tj-e | org
    k4 | gazette | M1 | policy_place | the district | | | tj-d | org
    k5 | gazette | R1 | response | met in the capital | | | | gov
"""


def tables(claims: str = "", records: str = "", relations: str = "", published: str = "") -> Tables:
    return make(
        places=PLACES, speakers=SPEAKERS, records=RECORDS + records, claims=BASE + claims, relations=relations,
        published=published,
    )  # fmt: skip


def changed(table: str, row_id: str, base: Tables | None = None, **values: object) -> Tables:
    base = base or tables()
    rows: tuple[Row, ...] = getattr(base, table)
    key = next(iter(type(rows[0]).model_fields))
    new = tuple(r.model_copy(update=values) if getattr(r, key) == row_id else r for r in rows)
    assert new != rows
    return base._replace(**{table: new})


def without(table: str, row_id: str, base: Tables | None = None) -> Tables:
    base = base or tables()
    rows = getattr(base, table)
    key = next(iter(type(rows[0]).model_fields))
    return base._replace(**{table: tuple(r for r in rows if getattr(r, key) != row_id)})


def total(number: str, note: str = "", days: str = "2040-05-01/2040-05-31", more: str = "") -> Tables:
    records = f"T1 | aggregate | | {days} | | {note}\n{more}"
    return tables(f"t1 | gazette | T1 | killed_total | | {number} | civilian | | gov", records)


def linked(second: str, count: str = "") -> Tables:
    records = "E3 | attack | armed_attack | 2040-05-04 | vil; tj-d | | | E1\n"
    records += "T1 | aggregate | | 2040-05-04 | | E1 and E3." if count else ""
    claims = f"""
        d1 | herald | E3 | killed | | {second} | civilian | | org
        d2 | herald | E3 | place | the village | | | vil | org
    """ + (f"d3 | herald | T1 | killed_total | | {count} | civilian | | gov" if count else "")
    base = tables(claims, records)
    return changed("records", "E1", base, possible_same_as=("E3",))


def placed(where: str) -> Tables:
    return tables("a | herald | E4 | place | there | | | tj-d", f"E4 | attack | armed_attack | 2040-07-01 | {where}")


def targets(one: str, two: str) -> Tables:
    return tables(f"a | herald | E1 | target | works of {one}\nb | gazette | E1 | target | works of {two}")


POINT = {"lat": 38.0, "lon": 70.0}
KHATLON = {"iso_3166_2": "TJ-KT", "geonames_id": "1"}
#: For each rule, tables in which it speaks and tables, nearly the same, in which it does not.
CASES: dict[str, tuple[Callable[[], Tables], Callable[[], Tables]]] = {
    "numbers-differ": (
        lambda: tables("a | herald | E1 | killed | | 3 | civilian | | gov"),
        lambda: tables("a | herald | E1 | killed | | 3 | alleged_attacker | | gov"),
    ),
    "bodies-differ": (
        lambda: tables("a | herald | E1 | bodies_recovered | | 1 | civilian | | gov"),
        lambda: tables("a | herald | E1 | bodies_recovered | | 2 | civilian | | gov"),
    ),
    "sum": (lambda: total("3", "Counts E1."), lambda: total("2", "Counts E1.")),
    "total-not-explained": (lambda: total("3"), lambda: total("3", days="2041-05-01/2041-05-31")),
    "total-adds-doubles": (lambda: linked("3", "5"), lambda: linked("3", "3")),
    "number-without-speaker": (
        lambda: tables("a | herald | E2 | killed | | 3 | civilian | | anon"),
        lambda: tables("a | herald | E2 | killed | | 3 | civilian | | org"),
    ),
    "means-exclude": (
        lambda: tables("a | herald | E1 | method | drone | | | | gov\nb | gazette | E1 | method | gunmen | | | | org"),
        lambda: tables("a | herald | E1 | method | drone | | | | gov\nb | herald | E1 | method | gunmen | | | | gov"),
    ),
    "denied": (
        lambda: tables("a | herald | E1 | killed | | 2 | civilian | | gov | denied"),
        lambda: tables("a | herald | E1 | killed | | 2 | civilian | | org | denied"),
    ),
    "labels-differ": (
        lambda: tables("a | herald | E1 | perpetrator | raiders\nb | gazette | E1 | perpetrator | deserters"),
        lambda: tables("a | herald | E1 | perpetrator | raiders\nb | gazette | E1 | perpetrator | unknown raiders"),
    ),
    "positions-differ": (
        lambda: tables(
            "a | herald | R1 | accusation | blames the neighbour | | | | gov\n"
            "b | herald | R1 | accusation | sees nobody behind it | | | | min"
        ),
        lambda: tables(
            "a | herald | R1 | accusation | blames the neighbour | | | | gov\n"
            "b | herald | R1 | accusation | sees nobody behind it | | | | org"
        ),
    ),
    "statement-on-two-records": (
        lambda: tables(
            "a | herald | E1 | method | two cars stopped at the bridge | | | | gov\n"
            "b | gazette | E2 | method | two cars stopped at the bridge | | | | gov"
        ),
        lambda: tables(
            "a | herald | E1 | method | two cars stopped at the bridge | | | | gov\n"
            "b | gazette | E1 | method | two cars stopped at the bridge | | | | gov"
        ),
    ),
    "dates-differ": (
        lambda: tables("a | herald | E1 | event_date | 2040-05-04\nb | gazette | E1 | event_date | 2040-05-07"),
        lambda: tables("a | herald | E1 | event_date | 2040-05-04\nb | gazette | E1 | event_date | 2040-05"),
    ),
    "sequence-differs": (
        lambda: tables("a | herald | R1 | response | met in the capital after the first raid\n"
                       "b | herald | R1 | response | met in the capital after the second raid"),
        lambda: tables("a | herald | R1 | response | met in the capital after the first raid\n"
                       "b | herald | R1 | response | letters sent after the second raid"),
    ),
    "period": (
        lambda: tables("a | herald | E1 | event_date | 2040-05-04\nb | herald | E2 | event_date | 2040-06-04\n"
                       "c | herald | E2 | sequence | second raid within two weeks"),
        lambda: tables("a | herald | E1 | event_date | 2040-05-04\nb | herald | E2 | event_date | 2040-06-04\n"
                       "c | herald | E2 | sequence | second raid within two months"),
    ),
    "weekday": (
        lambda: tables("a | herald | E1 | event_date | 2040-05-04, a Monday"),
        lambda: tables("a | herald | E1 | event_date | 2040-05-04, a Friday"),
    ),
    "statement-date": (
        lambda: tables("a | herald | E1 | report_date | 2040-05-04"),
        lambda: tables("a | herald | E1 | report_date | 2040-05-04\nb | herald | E1 | event_date | 2040-05-04"),
    ),
    "after-report": (
        lambda: tables("a | herald | E1 | event_date | 2040-05-04", published="herald | 2040-05-03"),
        lambda: tables("a | herald | E1 | event_date | 2040-05-04", published="herald | 2040-05-04"),
    ),
    "date-without-claim": (
        lambda: changed("records", "E1", date_basis="stated"),
        lambda: changed("records", "E1", tables("a | herald | E1 | event_date | 2040-05-04"), date_basis="stated"),
    ),
    "date-differs": (
        lambda: tables("a | herald | E1 | event_date | 2040-05-09"),
        lambda: tables("a | herald | E1 | event_date | 2040-05-04"),
    ),
    "places-apart": (
        lambda: tables("a | herald | E1 | place | a town | | | tow"),
        lambda: tables("a | herald | E1 | place | the same village | | | vil"),
    ),
    "place-levels": (
        lambda: tables("a | herald | E1 | place | the district | | | tj-d"),
        lambda: tables("a | herald | E1 | place | a village of the district | | | tj-d vil"),
    ),
    "place-without-claim": (tables, lambda: tables("a | herald | E1 | place | the district | | | tj-d")),
    "no-decision": (lambda: without("decisions", "E1"), tables),
    "decision-unused": (lambda: changed("decisions", "E1", chosen="tow"), tables),
    "two-countries": (
        lambda: placed("tj-d; af-p"),
        lambda: placed("tj-d; ~af-p"),
    ),
    "wrong-country": (
        lambda: tables("a | herald | E1 | place | over there | | | af-p"),
        lambda: tables("a | herald | E1 | origin | over there | | | af-p"),
    ),
    "place-country": (lambda: changed("places", "vil", country="AF"), tables),
    "pin-without-source": (
        lambda: changed("places", "vil", **POINT),
        lambda: changed("places", "vil", **POINT, coord_source="survey"),
    ),
    "spelling": (
        lambda: targets("Karim Steel", "Kareem Steel"),
        lambda: targets("Karim Steel", "Karimov Steel"),
    ),
    "no-claims": (lambda: without("claims", "k3"), tables),
    "one-way-link": (
        lambda: changed("records", "E1", possible_same_as=("E2",)),
        lambda: changed("records", "E2", changed("records", "E1", possible_same_as=("E2",)), possible_same_as=("E1",)),
    ),
    "possible-double": (
        lambda: tables("a | herald | E4 | place | there | | | tj-d", "E4 | attack | shelling | 2040-05-04 | tj-d"),
        lambda: tables("a | herald | E4 | place | there | | | tow", "E4 | attack | shelling | 2040-05-04 | tow; tj-d"),
    ),
    "may-be-one-event": (lambda: linked("3"), lambda: linked("2")),
    "sensitivity": (lambda: changed("records", "M1", sensitivity=Sensitivity.PUBLIC), tables),
    "address": (
        lambda: tables("a | herald | M1 | policy | people in the hostel must leave | | | | gov"),
        lambda: tables("a | herald | M1 | policy | searches from house to house | | | | gov"),
    ),
    "claim-twice": (
        lambda: tables("a | gazette | E1 | killed | | 2 | civilian | | org"),
        lambda: tables("a | herald | E1 | killed | | 2 | civilian | | org"),
    ),
    "report-twice": (
        lambda: same_text(()),
        lambda: same_text(("gazette",)),
    ),
    "wrong-bank": (
        lambda: changed("places", "vil", lat=36.9, lon=70.0, geonames_id="1"),
        lambda: changed("places", "vil", lat=37.9, lon=70.0, geonames_id="1"),
    ),
    "outside-region": (
        lambda: changed("places", "vil", lat=38.3, lon=73.0, **KHATLON),
        lambda: changed("places", "vil", lat=37.9, lon=69.5, **KHATLON),
    ),
    "contradiction": (
        lambda: tables("a | herald | E1 | motive | x", relations="a | k5 | contradicts | they cannot both be so"),
        lambda: tables("a | herald | E1 | motive | x", relations="a | k5 | supports | they fit"),
    ),
    "one-statement": (
        lambda: tables("a | herald | E2 | motive | x", relations="a | k1 | same_statement |"),
        lambda: tables("a | herald | E1 | motive | x", relations="a | k1 | same_statement |"),
    ),
    "update": (
        lambda: tables("a | herald | R1 | response | x", relations="a | k5 | updates |"),
        lambda: tables("a | herald | R1 | response | x", relations="a | k5 | refines |"),
    ),
    "refinement": (
        lambda: tables("a | herald | R1 | response | x", relations="a | k5 | refines | M1: finer"),
        lambda: tables("a | herald | R1 | response | x", relations="a | k5 | refines | finer"),
    ),
    "variants": (
        lambda: tables("a | herald | R1 | response | x", relations="a | k5 | supports | M1: one thing"),
        lambda: tables("a | herald | R1 | response | x", relations="a | k5 | supports | one thing"),
    ),
}  # fmt: skip


def same_text(derived_from: tuple[str, ...]) -> Tables:
    base = tables("a | herald | E1 | killed | | 2 | civilian | | org")
    base = changed("reports", "gazette", base, sha256="0" * 64)
    return changed("reports", "herald", base, sha256="0" * 64, derived_from=derived_from)


@cache
def ground():
    return load_basemap()


def levels(of: Tables, rule: str) -> set[str]:
    return {one.level for one in check(of, ground()) if one.rule == rule}


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_speaks_where_it_should(rule):
    found = levels(CASES[rule][0](), rule)
    assert found
    assert found <= set(ABOUT_RULES[rule].levels)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_silent_where_it_should_be(rule):
    if rule == "place-without-claim":
        assert "place-without-claim:E1:place:tj-d" not in {one.id for one in check(CASES[rule][1]())}
    else:
        assert levels(CASES[rule][1](), rule) == set()


def test_every_rule_is_tried_and_described():
    assert set(CASES) == set(ABOUT_RULES)


def test_the_code_makes_no_finding_of_another_rule():
    named = set()
    for path in ROOT.glob("geo/check*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("finding", "told"):
                rule = node.args[1]
                constants = [n.value for n in ast.walk(rule) if isinstance(n, ast.Constant)]
                named |= {value for value in constants if isinstance(value, str)}
    of_relations = {"contradiction", "one-statement", "update", "refinement", "variants"}
    assert named | of_relations == set(ABOUT_RULES)


def test_every_rule_says_what_it_finds():
    for rule in RULES:
        assert len(rule.__doc__ or "") > 30, rule


def test_a_night_has_two_days_and_a_decision_settles_numbers():
    night = tables("a | herald | E1 | event_date | 2040-05-04, night\nb | gazette | E1 | event_date | 2040-05-05")
    assert levels(night, "dates-differ") == {"note"}
    numbers = tables("a | herald | E1 | killed | | 3 | civilian | | gov")
    settled = numbers.decisions[0].model_copy(
        update={
            "attribute": "killed",
            "chosen": "2 to 3",
            "source": "the hospital's list",
            "decided_on": dt.date(2040, 7, 1),
        }
    )
    assert levels(numbers._replace(decisions=(*numbers.decisions, settled)), "numbers-differ") == {"note"}


@pytest.mark.parametrize(
    ("text", "levels_"),
    [
        ("Monday, 4 May", {"warning"}),
        ("Friday, 4 May", set()),
        ("May 4, 2040, a Monday", {"warning"}),
        ("May 4, a Friday", set()),
    ],
)
def test_a_date_without_a_year_lies_in_the_year_of_its_record(text: str, levels_: set[str]):
    assert levels(tables(f"a | herald | R1 | response | told on {text}"), "weekday") == levels_


def test_one_event_may_be_dated_to_two_days_and_placed_more_or_less_finely():
    def other(killed: int, where: str, day: str) -> Tables:
        return tables(
            f"a | herald | E4 | killed | | {killed} | civilian | | gov",
            f"E4 | attack | shelling | 2040-05-{day} | {where}",
        )

    assert levels(other(2, "tj-d", "05"), "possible-double") == {"warning"}
    assert levels(other(3, "tj-d", "05"), "possible-double") == set()
    assert levels(other(2, "tj-d", "06"), "possible-double") == set()
    assert levels(other(3, "vil", "04"), "possible-double") == {"warning"}
    assert levels(other(3, "tow", "04"), "possible-double") == set()


@pytest.mark.parametrize(("one", "two", "found"), [("2", "2+", set()), ("2-4", "2+", set()), ("0-1", "0+", set()),
                                                   ("2", "3+", {"warning"}), ("0", "1", {"warning"})])  # fmt: skip
def test_open_and_closed_numbers_are_compared(one: str, two: str, found: set[str]):
    said = (
        f"a | herald | E2 | killed | | {one} | civilian | | gov\nb | herald | E2 | killed | | {two} | civilian | | org"
    )
    third = "\nc | post | E2 | killed | | 9+ | civilian | | org"
    assert levels(tables(said), "numbers-differ") == found
    assert levels(tables(said + third), "numbers-differ") == {"warning"}


def test_many_claims_on_one_record_are_checked_in_linear_time():
    names = ["method", "place", "event_date", "response", "perpetrator", "weapon", "killed", "denied"]
    rows = [
        f"x{i} | herald | E2 | {names[i % 8]} | words {i} after the {i} raid by Name{i} | {i if i % 8 == 6 else ''} | "
        f"{'civilian' if i % 8 == 6 else ''} | {'tow' if i % 2 else 'tj-d'} | {('gov', 'org', 'min')[i % 3]}"
        for i in range(3000)
    ]
    assert check(tables("\n".join(rows)))


@pytest.mark.parametrize("text", ["Aa-" * 40_000, "Aa " * 40_000, "after the first " * 8_000, "3 May " * 20_000])
def test_a_text_made_to_stall_a_check_does_not(text: str):
    base = tables("a | herald | M1 | policy | x | | | | gov\nb | herald | E1 | method | x | | | | gov")
    long = tuple(c.model_copy(update={"value_text": text}) if c.claim_id in "ab" else c for c in base.claims)
    assert max(len(one.message) for one in check(base._replace(claims=long))) < 5_000


def test_an_address_far_into_a_text_is_found():
    base = tables("a | herald | M1 | policy | x | | | | gov")
    far = "searches. " * 500 + "Behind the mosque."
    long = tuple(c.model_copy(update={"value_text": far}) if c.claim_id == "a" else c for c in base.claims)
    assert levels(base._replace(claims=long), "address") == {"warning"}


def test_a_part_of_the_killed_is_no_other_number_of_them():
    whole = "a | herald | E2 | killed | | 12 | civilian | | gov\n"
    part = tables(whole + "b | herald | E2 | killed | role: children | 3 | civilian | | gov")
    assert levels(part, "numbers-differ") == {"note"}
    other = tables(whole + "b | herald | E2 | killed | | 3 | civilian | | gov")
    assert levels(other, "numbers-differ") == {"warning"}
    nations = tables("a | herald | E2 | killed | nationality: Kyrgyz | 12 | civilian | | gov\n"
                     "b | herald | E2 | killed | nationality: Tajik | 3 | civilian | | org")  # fmt: skip
    assert levels(nations, "labels-differ") == set()


def test_people_not_described_may_be_those_of_the_only_described_group():
    def of(described: int, loose: int) -> Tables:
        return tables(f"a | herald | E2 | killed | | {described} | civilian | | gov\n"
                      f"b | herald | E2 | killed | | {loose} | not_described | | org")  # fmt: skip

    assert levels(of(3, 5), "numbers-differ") == {"note"}
    assert levels(of(5, 3), "numbers-differ") == {"warning"}
    assert levels(of(3, 3), "numbers-differ") == set()


def test_what_a_speaker_says_of_many_events_is_a_phrase():
    def on(count: int) -> Tables:
        names = [f"P{i}" for i in range(count)]
        return tables(
            "\n".join(f"c{n} | herald | {n} | method | two cars stopped at the bridge | | | | gov" for n in names),
            "\n".join(f"{n} | attack | armed_attack | 2040-0{i + 1}-09 |" for i, n in enumerate(names)),
        )

    (found,) = [one for one in check(on(4)) if one.rule == "statement-on-two-records"]
    assert len(found.record_ids) == 4
    assert levels(on(5), "statement-on-two-records") == set()


def test_names_of_two_places_are_no_spellings():
    named = tables("a | herald | E1 | target | road to Villaga\nb | herald | E1 | target | road to Villege")
    assert levels(named, "spelling") == {"note"}
    places = [named.places[0].model_copy(update={"place_id": n.lower(), "name": n}) for n in ("Villaga", "Villege")]
    assert levels(named._replace(places=(*named.places, *places)), "spelling") == set()
    longer = tables("a | herald | E1 | target | road to Hamid Villaga\nb | herald | E1 | target | road to Villege")
    assert levels(longer, "spelling") == {"note"}
    assert levels(longer._replace(places=(*named.places, *places)), "spelling") == set()


def test_a_shortened_name_is_compared_on_one_record_only():
    def on(record: str) -> Tables:
        return tables(
            f"a | herald | E1 | target | Hamid Shokhin district\nb | herald | {record} | target | post of Shohin"
        )

    assert levels(on("E1"), "spelling") == {"note"}
    assert levels(on("E2"), "spelling") == set()


def test_a_weekday_without_a_year_fits_if_it_fits_in_one_year_of_the_record():
    def over(weekday: str) -> Tables:
        records = "E4 | attack | armed_attack | 2040-12-30/2041-01-02 | tj-d"
        return tables(f"a | herald | E4 | sequence | told on {weekday}, 2 January", records)

    assert levels(over("Monday"), "weekday") == set()
    assert levels(over("Wednesday"), "weekday") == set()
    assert levels(over("Friday"), "weekday") == {"warning"}


def test_a_point_may_lie_outside_its_region_by_its_uncertainty():
    place = KHATLON | {"lat": 38.3, "lon": 73.0}
    assert levels(changed("places", "vil", **place, uncertainty_km=400.0), "outside-region") == set()
    assert levels(changed("places", "vil", **place, uncertainty_km=40.0), "outside-region") == {"warning"}


def test_one_claim_may_contradict_itself_on_the_place():
    assert levels(tables("a | herald | E2 | place | a village in the other district | | | vil tj-e"), "places-apart")
    assert not levels(tables("a | herald | E1 | place | village and district | | | vil tj-d"), "places-apart")


def test_a_bank_named_in_words_is_compared_with_the_country():
    assert levels(tables("a | herald | E1 | place | on the Afghan bank"), "wrong-country") == {"warning"}
    assert levels(tables("a | herald | E1 | place | opposite the Afghan bank"), "wrong-country") == set()
    assert levels(tables("a | herald | E1 | place | on the Tajik side"), "wrong-country") == set()


@pytest.mark.parametrize(
    ("one", "two", "rule", "found"),
    [
        ("seized | 3 rifles | 3", "seized | 10 hand grenades | 10", "numbers-differ", False),
        ("seized | 3 rifles | 3", "seized | rifles | 10", "numbers-differ", True),
        ("seized | three rifles | 3", "seized | | 10", "numbers-differ", True),
        ("killed_total_this_year | | 9 | civilian", "killed | | 2 | civilian", "numbers-differ", False),
        ("event_date | night of 3 to 4 May 2040", "event_date | 2040-05-03", "dates-differ", False),
        ("event_date | 3-4 May 2040", "event_date | 2040-05-06", "dates-differ", True),
        ("event_date | before 2040-05-09", "event_date | 2040-05-03", "dates-differ", False),
        ("event_date | 2040-05-03 to 2040-05-05", "event_date | 2040-05-04", "dates-differ", False),
        ("killed | nationality: Chinese | 2", "killed | nationality: China | 2", "labels-differ", False),
        ("killed | nationality: Chinese | 2", "killed | nationality: Uzbek | 2", "labels-differ", True),
        ("method | беспилотник сбросил взрывчатку", "method | нападавшие пришли пешком", "means-exclude", True),
        ("target | Hamid Shokhin district", "target | post of Shohin", "spelling", True),
        ("target | Hamid Shokhin district", "target | post of Rahman", "spelling", False),
        ("method | no drones, shells fell", "weapon | howitzer shells", "means-exclude", False),
        ("response | talks on the eve of the second raid", "response | talks in the wake of the second raid",
         "sequence-differs", True),
    ],
)  # fmt: skip
def test_two_claims_of_two_reports(one: str, two: str, rule: str, found: bool):
    said = (("a", "herald", one, "gov"), ("b", "post", two, "org"))
    rows = [f"{name} | {report} | E1 | {' | '.join(cells(text, 4))} | | {who}" for name, report, text, who in said]
    base = without("claims", "k2", tables("\n".join(rows)))
    assert bool(levels(base, rule)) is found


def test_findings_have_ids_of_their_own():
    for hit, _ in CASES.values():
        view = View(hit())
        ids = [one.id for rule in RULES for one in rule(view)]
        assert len(ids) == len(set(ids))


def test_ids_do_not_change_when_a_claim_joins():
    one = tables("a | herald | E1 | killed | | 3 | civilian | | gov")
    two = tables("a | herald | E1 | killed | | 3 | civilian | | gov\nb | post | E1 | killed | | 4 | civilian | | org")
    assert {f.id for f in check(one)} == {f.id for f in check(two)}
