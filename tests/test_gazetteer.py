from __future__ import annotations

import csv
import json
import string
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjmap.data.errors import PlaceError
from panjmap.data.model import Place, PlaceLevel, Tables
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.gazetteer import Answer, Gazetteer, as_table

FACTS = Path(__file__).parent / "facts"
TABLES: Tables = read_tables(PACKAGED)
GAZETTEER = Gazetteer.from_tables(TABLES)
PLACES: dict[str, Place] = {place.place_id: place for place in TABLES.places}
NAMES = [(name.place_id, name.name) for name in TABLES.place_names]


def rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(answer: Answer) -> list[str]:
    return [candidate.place_id for candidate in answer.candidates]


def is_right(query: str, expected: str, ambiguous: str) -> bool:
    """No place expected: no match. One: it comes first, alone. Several: all are there, and none is chosen."""
    answer, keys = GAZETTEER.lookup(query), [key for key in expected.split(";") if key]
    if not keys:
        return not answer.candidates
    if ambiguous == "yes":
        return answer.ambiguous and set(keys) <= set(ids(answer)) and ids(answer)[0] in keys
    return ids(answer)[:1] == keys and not answer.ambiguous


def first(query: str, **context: str) -> str | None:
    return next(iter(ids(GAZETTEER.lookup(query, **context))), None)


@pytest.mark.parametrize("row", rows("name_variants.csv"), ids=lambda row: row["variant"])
def test_every_variant_of_the_facts_is_understood(row: dict[str, str]) -> None:
    assert is_right(row["variant"], row["place_key"], row["ambiguous"]), GAZETTEER.lookup(row["variant"])


#: Spellings of German and Scandinavian that no rule covers; the answer is "no match", never a wrong place.
NOT_UNDERSTOOD = {"Wischcharw", "Pjandsch"}


@pytest.mark.parametrize("table", ["held_out_names.csv", "more_names.csv"])
def test_spellings_that_are_on_no_list_are_understood(table: str) -> None:
    wrong = [r["query"] for r in rows(table) if not is_right(r["query"], r["expected"], r["ambiguous"])]
    assert set(wrong) <= NOT_UNDERSTOOD
    assert not any(GAZETTEER.lookup(query).candidates for query in wrong)


@pytest.mark.parametrize(
    "case", json.loads((FACTS / "mentions.json").read_text("utf-8")), ids=lambda c: c["case"] + " " + c["query"]
)
def test_mentions_in_the_disambiguation_cases(case: dict[str, object]) -> None:
    answer = GAZETTEER.lookup(str(case["query"]), **case["context"])  # type: ignore[arg-type]
    expected = case["place_ids"]
    assert isinstance(expected, list)
    if len(expected) > 1:
        assert answer.ambiguous
        assert set(expected) <= set(ids(answer))
    else:
        assert ids(answer)[:1] == expected
        assert not answer.ambiguous


# ------------------------------------------------------------ ambiguity


@pytest.mark.parametrize(
    "query", ["Badakhshan", "Panj", "Shughnan", "Ishkashim", "Vishkharv", "Dusti", "درواز", "Zarbuz"]
)
def test_different_places_of_one_name_are_never_silently_the_first(query: str) -> None:
    answer = GAZETTEER.lookup(query)
    assert answer.ambiguous
    assert answer.candidates[0].score - answer.candidates[1].score < 0.05


@pytest.mark.parametrize(
    ("query", "district"),
    [("Vanj", "tj-vanj"), ("Rushan", "tj-rushon"), ("Farkhor", "tj-farkhor"), ("Ishkoshim", "tj-ishkoshim")],
)
def test_a_district_and_its_seat_are_one_answer_and_the_district_comes_first(query: str, district: str) -> None:
    answer = GAZETTEER.lookup(query)
    assert not answer.ambiguous
    assert ids(answer)[0] == district
    assert PLACES[ids(answer)[1]].parent_id == district


def test_a_city_comes_before_the_district_around_it() -> None:
    assert first("Vahdat") == "tj-vahdat"
    assert first("Vahdat district") == "tj-vahdat-district"
    assert first("Vahdat, Shughnon") == "tj-shughnon"
    assert not GAZETTEER.lookup("Vahdat").ambiguous


def test_context_decides_between_the_banks() -> None:
    assert first("Badakhshan", country="TJ") == "tj-gb"
    assert first("Badakhshan", country="Afghanistan") == "af-bds"
    assert first("Ishkashim", parent="af-bds") == "af-ishkashim"
    assert first("Ishkashim", parent="GBAO") == "tj-ishkoshim"
    assert first("Panj", level="line") == "river-panj"
    assert first("Panj", level=PlaceLevel.SETTLEMENT) == "panj-town"
    assert not GAZETTEER.lookup("Badakhshan", country="TJ").ambiguous


def test_a_place_that_lies_elsewhere_is_no_answer() -> None:
    assert ids(GAZETTEER.lookup("Khorog", country="AF")) == []
    assert ids(GAZETTEER.lookup("Farkhar, Takhar")) == []
    assert ids(GAZETTEER.lookup("Kunduz city")) == []
    assert ids(GAZETTEER.lookup("Kabul River")) == []


def test_a_parent_that_is_not_known_says_nothing() -> None:
    assert first("Khorog", parent="Atlantis") == "khorugh"


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(PlaceError, match="use one of country, region"):
        GAZETTEER.lookup("Panj", level="continent")


# ------------------------------------------------------------ what an answer holds


def test_reasons_are_in_plain_words() -> None:
    reasons = {
        "Шамсиддина Шохина": "Russian genitive",
        "в Хороге": "Russian prepositional of the name 'Хорог'",
        "SHOHIN SM": "spelling of the variant 'Shohin SM'",
        "Kofarnihon": "former name 'Kofarnihon'",
        "Xorugh": "sounds like the name 'Khorugh'",
        "Khatlom": "% like the",
        "J. Balkhi": "abbreviation of",
    }
    for query, reason in reasons.items():
        assert reason in GAZETTEER.lookup(query).candidates[0].reason


def test_dictionary_has_the_keys_of_the_command_contract() -> None:
    answer = GAZETTEER.lookup("Kavo").as_dict()
    assert list(answer) == ["query", "ambiguous", "candidates"]
    assert json.loads(json.dumps(answer["candidates"]))[0] == {
        "place_id": "kavok",
        "name": "Kavo",
        "level": "settlement",
        "country": "TJ",
        "lat": PLACES["kavok"].lat,
        "lon": PLACES["kavok"].lon,
        "uncertainty_km": PLACES["kavok"].uncertainty_km,
        "score": 1.0,
        "reason": "spelling of the variant 'Kavo'",
    }
    assert GAZETTEER.lookup("Atlantis").as_dict() == {"query": "Atlantis", "ambiguous": False, "candidates": []}


def test_table_says_when_there_is_no_match_and_when_there_are_several() -> None:
    assert as_table(GAZETTEER.lookup("Atlantis")) == "Atlantis: no match"
    assert "ambiguous" in as_table(GAZETTEER.lookup("Badakhshan")).splitlines()[0]
    assert len(as_table(GAZETTEER.lookup("Khorog")).splitlines()) == 2


def test_many_names_are_answered_in_order_and_quickly() -> None:
    queries = [name for _, name in NAMES] + [name + "x" for _, name in NAMES]
    start = time.process_time()
    answers = GAZETTEER.lookup_all([*queries, queries[0]])
    per_name = (time.process_time() - start) / len(queries)
    assert [answer.query for answer in answers] == [*queries, queries[0]]
    assert per_name < 0.005


# ------------------------------------------------------------ properties

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
apostrophes = st.sampled_from(["'", "’", "ʻ", "ʿ", "`"])


@pytest.mark.parametrize("place_id", sorted(PLACES))
def test_every_name_on_record_finds_its_own_place(place_id: str) -> None:
    for name in [PLACES[place_id].name, *(name for owner, name in NAMES if owner == place_id)]:
        assert place_id in ids(GAZETTEER.lookup(name)), name


@quick
@given(st.sampled_from(NAMES), st.sampled_from([str.upper, str.title, str.lower, str.swapcase]))
def test_case_never_changes_the_answer(name: tuple[str, str], change: object) -> None:
    assert callable(change)
    same(GAZETTEER.lookup(name[1]), GAZETTEER.lookup(change(name[1])))


@quick
@given(st.sampled_from(NAMES), st.sampled_from(["-", " ", "\u2013", "\u2011", "  "]))
def test_hyphens_and_spaces_never_change_the_answer(name: tuple[str, str], sign: str) -> None:
    spelling = name[1].replace(" ", sign)
    same(GAZETTEER.lookup(name[1]), GAZETTEER.lookup(spelling))


@quick
@given(st.sampled_from([n for n in NAMES if n[1].isascii()]), st.data(), apostrophes)
def test_apostrophes_never_change_the_answer(name: tuple[str, str], data: st.DataObject, sign: str) -> None:
    i = data.draw(st.integers(1, max(1, len(name[1]) - 2)))
    before, after = name[1][:i], name[1][i:]
    same(GAZETTEER.lookup(name[1]), GAZETTEER.lookup(before + sign + after if after[:2] != "s " else name[1]))


@quick
@given(st.sampled_from(NAMES), st.data(), st.sampled_from(["\u0301", "\u0304", "\u0306", "\u0308", "\u064e"]))
def test_diacritics_never_change_the_answer(name: tuple[str, str], data: st.DataObject, mark: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", name[1]) if not unicodedata.combining(c))
    i = data.draw(st.integers(1, len(bare)))
    same(GAZETTEER.lookup(name[1]), GAZETTEER.lookup(bare))
    same(GAZETTEER.lookup(name[1]), GAZETTEER.lookup(bare[:i] + mark + bare[i:]))


@pytest.mark.parametrize("place_id", sorted(PLACES))
def test_true_context_never_removes_the_right_place(place_id: str) -> None:
    place = PLACES[place_id]
    parent = PLACES.get(place.parent_id or "")
    for name in [name for owner, name in NAMES if owner == place_id]:
        contexts: list[dict[str, str]] = [{"level": place.level}]
        contexts += [{"country": place.country}] if place.country else []
        contexts += [{"parent": parent.place_id}, {"parent": parent.name}] if parent else []
        for context in contexts:
            assert place_id in ids(GAZETTEER.lookup(name, **context)), (name, context)
        if parent:
            assert place_id in ids(GAZETTEER.lookup(f"{name}, {parent.name}")), (name, parent.name)


@quick
@given(st.text(alphabet=string.ascii_lowercase, min_size=5, max_size=20))
def test_random_letters_are_no_place(noise: str) -> None:
    assert not [c for c in GAZETTEER.lookup("zq" + noise + "qx").candidates if c.score > 0.7]


@quick
@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    answer = GAZETTEER.lookup(text)
    assert answer.query == text
    assert all(0 < candidate.score <= 1 for candidate in answer.candidates)
    assert (
        sorted(answer.candidates, key=lambda c: -c.score)[0].score - answer.candidates[0].score < 0.04
        if ids(answer)
        else True
    )


def same(one: Answer, other: Answer) -> None:
    assert (ids(one)[:1], one.ambiguous) == (ids(other)[:1], other.ambiguous), (one, other)
