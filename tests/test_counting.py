"""The counting sentences say no more than the reports do, and never add up what must not be added."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from panjmap.data.counting import event_groups
from panjmap.data.evidence import counting_sentences, evidence_of
from panjmap.data.model import Kind, Modality, RecordType, Tables, VictimGroup
from panjmap.data.tables import PACKAGED, read_tables

FIVE = read_tables(PACKAGED)
ND = VictimGroup.NOT_DESCRIBED


def small(*events: dict[str, Any]) -> Tables:
    """Make tables with one claim on killed an event; keys of an event override those of record and claim."""
    record = next(r for r in FIVE.records if r.record_id == "TJ-AF-2025-11-30-A")
    claim = next(c for c in FIVE.claims if c.claim_id == "C032")
    records, claims = [], []
    for i, event in enumerate(events):
        base = {"record_id": f"E{i}", "title": f"event {i}", "type": RecordType.ARMED_ATTACK, "possible_same_as": ()}
        fields = {k: v for k, v in event.items() if k in type(record).model_fields}
        records.append(record.model_copy(update=base | fields))
        if "low" in event or "text" in event:
            counts = {
                "claim_id": f"K{i}",
                "record_id": f"E{i}",
                "value_low": event.get("low"),
                "value_high": event.get("high", event.get("low")),
                "value_text": event.get("text"),
                "victim_group": event.get("group", VictimGroup.CIVILIAN),
                "modality": event.get("modality", Modality.ASSERTED),
                "speaker_id": event.get("speaker", "report"),
            }
            claims.append(claim.model_copy(update=counts))
    return FIVE._replace(records=tuple(records), claims=tuple(claims), relations=(), decisions=(), record_places=())


def texts(*events: dict[str, Any]) -> list[str]:
    return [s.text for s in counting_sentences(evidence_of(small(*events)))]


def test_the_five_reports_give_these_three_sentences():
    sentences = counting_sentences(evidence_of(FIVE))
    assert [s.text for s in sentences] == [
        "6 workers reported killed in 3 attacks, all Chinese nationals",
        "3 to 8 reported killed in 1 or 2 December clashes; officials call three of them attackers",
        "2 to 7 alleged smugglers reported killed in 1 state operation (2 bodies found)",
    ]
    assert [s.headline for s in sentences] == [
        "6 workers reported killed",
        "3 to 8 reported killed",
        "2 to 7 alleged smugglers reported killed",
    ]
    assert all(s.text == f"{s.headline} {s.rest}" for s in sentences)
    assert [(s.low, s.high) for s in sentences] == [(6, 6), (3, 8), (2, 7)]


def test_nowhere_stands_three_to_five_killed():
    assert not [s for s in counting_sentences(evidence_of(FIVE)) if (s.low, s.high) == (3, 5)]


def test_aggregates_are_never_counted():
    counted = {name for s in counting_sentences(evidence_of(FIVE)) for name in s.record_ids}
    aggregates = {r.record_id for r in FIVE.records if r.kind is Kind.AGGREGATE}
    assert aggregates
    assert not counted & aggregates


def test_events_that_may_be_the_same_count_once_or_apart():
    assert texts({"low": 2}, {"low": 3, "possible_same_as": ("E0",)}) == [
        "2 to 5 civilians reported killed in 1 or 2 November attacks"
    ]


def test_three_linked_in_a_chain_are_one_group_in_any_order():
    chain = [{"low": 2, "possible_same_as": ("E2",)}, {"low": 4}, {"low": 3, "possible_same_as": ("E1",)}]
    assert texts(*chain) == ["2 to 9 civilians reported killed in 1 to 3 November attacks"]
    evidence = evidence_of(small(*chain))
    assert [[e.record.record_id for e in group] for group in event_groups(evidence)] == [["E0", "E1", "E2"]]


def test_state_forces_have_a_sentence_of_their_own():
    assert texts({"low": 2}, {"low": 1, "group": VictimGroup.STATE_FORCE}) == [
        "2 civilians reported killed in 1 November attack",
        "1 member of state forces reported killed in 1 November attack",
    ]


def test_described_groups_that_may_be_one_event_are_not_mixed():
    assert texts({"low": 2}, {"low": 1, "group": VictimGroup.STATE_FORCE, "possible_same_as": ("E0",)}) == [
        "2 civilians reported killed in 1 November attack",
        "1 member of state forces reported killed in 1 November attack",
    ]


def test_people_not_described_may_be_the_described_ones():
    pair = {"low": 5, "group": ND, "possible_same_as": ("E0",)}
    attackers = {"low": 3, "group": VictimGroup.ALLEGED_ATTACKER}
    assert texts(attackers | {"speaker": "tj-scns"}, pair) == [
        "3 to 8 reported killed in 1 or 2 November attacks; officials call three of them attackers"
    ]
    assert texts(attackers, pair) == [
        "3 to 8 reported killed in 1 or 2 November attacks; three of them described as alleged attackers"
    ]
    assert texts({"low": 2}, pair) == [
        "2 to 7 reported killed in 1 or 2 November attacks; two of them described as civilians"
    ]


def test_workers_only_where_every_event_has_a_stated_work_role():
    work, none, other = ({"low": 2, "text": t} for t in ("role: road builders", None, "role: farmers"))
    assert texts(work, work)[0].startswith("4 workers ")
    assert texts(work, none)[0].startswith("4 civilians ")
    assert texts(work, other)[0].startswith("4 civilians ")


def test_a_nationality_only_where_every_event_states_the_same_one():
    chinese, none, tajik = ({"low": 2, "text": t} for t in ("nationality: Chinese", None, "nationality: Tajik"))
    assert texts(chinese, chinese)[0].endswith("attacks, all Chinese nationals")
    assert texts(chinese)[0].endswith("1 November attack, both Chinese nationals")
    assert texts(chinese | {"low": 1})[0].endswith("1 November attack, a Chinese national")
    assert "national" not in texts(chinese, none)[0]
    assert "national" not in texts(chinese, tajik)[0]
    assert "national" not in texts({"low": 3, "text": "nationality: two Chinese, one Tajik"})[0]


def test_a_month_only_where_every_event_lies_in_it():
    december = {"low": 1, "date_start": dt.date(2025, 12, 5), "date_end": dt.date(2025, 12, 5)}
    year_before = {"low": 1, "date_start": dt.date(2024, 11, 5), "date_end": dt.date(2024, 11, 5)}
    assert texts(december) == ["1 civilian reported killed in 1 December attack"]
    assert texts({"low": 1}, december) == ["2 civilians reported killed in 2 attacks"]
    assert texts({"low": 1}, year_before) == ["2 civilians reported killed in 2 attacks"]
    other_kind = year_before | {"kind": Kind.STATE_OPERATION, "type": RecordType.COUNTER_OPERATION}
    assert texts({"low": 1}, other_kind) == [
        "1 civilian reported killed in 1 November 2025 attack",
        "1 civilian reported killed in 1 November 2024 state operation",
    ]


def test_attacks_and_clashes_are_both_named():
    clash = {"low": 1, "type": RecordType.ARMED_CLASH}
    assert texts({"low": 1}, clash) == ["2 civilians reported killed in 2 November attacks and clashes"]
    assert texts(clash) == ["1 civilian reported killed in 1 November clash"]


def test_open_ends_stay_open():
    assert texts({"low": 3, "high": None}, {"low": 2}) == ["5 or more civilians reported killed in 2 November attacks"]


def test_deaths_without_a_number_are_mentioned_and_not_counted():
    several = {"text": "words: several"}
    assert texts({"low": 2}, several) == [
        "2 civilians reported killed in 1 November attack; deaths without a number in one more"
    ]
    assert texts(several) == []


def test_denied_deaths_and_none_killed_make_no_sentence():
    assert texts({"low": 2, "modality": Modality.DENIED}) == []
    assert texts({"low": 0}) == []
    assert texts({}) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(VictimGroup)), min_size=1, max_size=5), st.data())
def test_linking_two_events_never_raises_the_high_nor_the_low(
    events: list[tuple[int, VictimGroup]], data: st.DataObject
):
    apart = [{"low": low, "group": group} for low, group in events]
    i = data.draw(st.integers(0, len(events) - 1))
    linked = [e | ({"possible_same_as": ("E0",)} if j == i else {}) for j, e in enumerate(apart)]
    before = counting_sentences(evidence_of(small(*apart)))
    after = counting_sentences(evidence_of(small(*linked)))
    assert sum(s.high for s in after) == sum(s.high for s in before) == sum(low for low, _ in events)
    assert sum(s.low for s in after) <= sum(s.low for s in before)
