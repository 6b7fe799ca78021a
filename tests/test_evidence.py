"""What a record shows is derived from its claims: ranges, witnesses, disagreements, dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjmap.data.evidence import counting_sentences, coverage, evidence_of, summarise
from panjmap.data.model import Claim, DatePrecision, Modality, Relation, RelationKind, Tables, VictimGroup
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.data.wording import date_phrase, differ_line

FIVE = read_tables(PACKAGED)
STRIKE, ROAD, KAVO, SHOHIN5 = "TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A", "TJ-AF-2025-12-KAVO", "TJ-AF-2025-12-SHOHIN5"
OPERATION = "TJ-AF-2025-11-22-A"


def claim_of(claim_id: str, tables: Tables = FIVE) -> Claim:
    return next(claim for claim in tables.claims if claim.claim_id == claim_id)


def with_claims(*claims: Claim, tables: Tables = FIVE) -> Tables:
    return tables._replace(claims=tables.claims + claims)


def changed(original: str, /, **values: object) -> Claim:
    return claim_of(original).model_copy(update=values)


def block(tables: Tables, record_id: str, attribute: str):
    found = [b for b in evidence_of(tables)[record_id].attributes if b.attribute == attribute]
    assert len(found) == 1
    return found[0]


def sixth_report(low: int = 4, date: str | None = "2025-12-23") -> Tables:
    report = FIVE.reports[1].model_copy(update={"report_id": "sixth", "published": dt.date(2025, 12, 24)})
    claims = [changed("C087", claim_id="S1", report_id="sixth", value_low=low, value_high=low, value_text=None)]
    if date:
        claims.append(changed("C088", claim_id="S2", report_id="sixth", value_text=date))
    return with_claims(*claims, tables=FIVE._replace(reports=(*FIVE.reports, report)))


def test_two_reports_quoting_one_speaker_count_once():
    injured = block(FIVE, STRIKE, "injured")
    one = next(s for s in injured.statements if s.low == 1)
    assert [v.claim.claim_id for v in one.voices] == ["C027", "C108"]
    assert one.witnesses == 1
    assert injured.witnesses == 3


def test_claims_called_one_statement_are_one_witness_whoever_is_named():
    tied = Relation(claim_a="C093", claim_b="C107", relation=RelationKind.SAME_STATEMENT, note=None)
    assert block(FIVE, STRIKE, "killed").witnesses == 4
    assert block(FIVE._replace(relations=(*FIVE.relations, tied)), STRIKE, "killed").witnesses == 3


def test_a_reprint_adds_a_voice_but_no_witness():
    reprint = FIVE.reports[0].model_copy(update={"report_id": "reprint", "derived_from": (FIVE.reports[0].report_id,)})
    again = changed("C001", claim_id="R1", report_id="reprint")
    tables = with_claims(again, tables=FIVE._replace(reports=(*FIVE.reports, reprint)))
    before, after = block(FIVE, STRIKE, "killed"), block(tables, STRIKE, "killed")
    assert after.witnesses == before.witnesses
    assert len(after.statements[0].voices) == len(before.statements[0].voices) + 1


def test_injured_of_the_drone_strike_are_one_to_two_and_several_has_no_number():
    injured = block(FIVE, STRIKE, "injured")
    assert injured.range == (1, 2, False, ("several",))
    assert injured.differ


def test_roles_differ_while_the_number_does_not():
    assert not block(FIVE, STRIKE, "killed").differ
    assert block(FIVE, STRIKE, "killed_described").differ
    assert "killed" not in evidence_of(FIVE)[STRIKE].differ_on


def test_means_of_the_road_attack_stand_side_by_side():
    means = block(FIVE, ROAD, "method")
    assert [s.voices[0].claim.claim_id for s in means.statements] == ["C056", "C058"]
    assert means.differ
    assert differ_line(evidence_of(FIVE)[ROAD].differ_on).startswith("Reports differ on means")


def test_a_decision_on_a_claim_says_how_this_claim_is_read():
    killed = block(FIVE, KAVO, "killed")
    assert killed.range == (3, 3, False, ())
    assert killed.statements[0].text == "3 (as claimed: at least three)"
    assert killed.why == "The item first says at least three, then that all three of the group were killed."
    undecided = FIVE._replace(decisions=())
    assert block(undecided, KAVO, "killed").range == (3, 3, True, ())


def test_a_decision_does_not_hide_other_claims():
    assert block(sixth_report(), KAVO, "killed").range == (3, 4, False, ())


def test_bodies_found_are_a_low_number_of_killed():
    evidence = evidence_of(FIVE)[OPERATION]
    assert evidence.killed == {VictimGroup.ALLEGED_SMUGGLER: (2, 7, False, ())}
    assert evidence.bodies_found == 2
    assert evidence.differ_on == ("killed",)


def test_a_denial_is_a_voice_and_not_a_number():
    denied = changed("C062", claim_id="D1", value_low=0, value_high=0, modality=Modality.DENIED)
    killed = block(with_claims(denied), STRIKE, "killed")
    assert killed.range == (3, 3, False, ())
    assert killed.statements[-1].text == "0 (denied)"
    assert (killed.statements[-1].low, killed.statements[-1].high) == (None, None)


def test_victim_groups_of_one_record_are_kept_apart():
    guard = changed("C062", claim_id="G1", value_low=1, value_high=1, victim_group=VictimGroup.STATE_FORCE)
    evidence = evidence_of(with_claims(guard))[STRIKE]
    assert evidence.killed[VictimGroup.CIVILIAN] == (3, 3, False, ())
    assert evidence.killed[VictimGroup.STATE_FORCE] == (1, 1, False, ())
    labels = [b.label for b in evidence.attributes if b.attribute == "killed"]
    assert labels == ["Killed, civilians", "Killed, state forces"]
    assert "killed" not in " ".join(evidence.differ_on).split(", ")


def test_a_claim_without_record_is_heard_beside_the_one_it_is_tied_to():
    blamed = block(FIVE, STRIKE, "perpetrator")
    assert "C084" in {v.claim.claim_id for s in blamed.statements for v in s.voices}


def test_every_claim_of_a_record_is_heard_on_it():
    evidence = evidence_of(FIVE)
    for claim in FIVE.claims:
        if claim.record_id:
            heard = {
                v.claim.claim_id for b in evidence[claim.record_id].attributes for s in b.statements for v in s.voices
            }
            assert claim.claim_id in heard


def test_who_speaks_of_the_dead_is_one_computed_line():
    assert evidence_of(FIVE)[STRIKE].said_line == (
        "5 reports; named speakers: Chinese embassy, Tajik authorities; 2 give no speaker"
    )


@pytest.mark.parametrize(
    ("record_id", "words"),
    [
        (STRIKE, "26 Nov 2025"),
        (KAVO, "A Tuesday, probably December 2025 (report undated)"),
        (SHOHIN5, "Probably December 2025 (report undated)"),
        ("TJ-AF-2024-11-A", "November 2024"),
        (OPERATION, "Stated on 22 Nov 2025; day not given"),
        ("TJ-AF-2025-M-RAIDS", "Date not given"),
    ],
)
def test_dates_say_how_sure_they_are(record_id: str, words: str):
    assert date_phrase(evidence_of(FIVE)[record_id].date) == words


def test_assumed_ends_are_open_and_stated_ones_closed():
    kavo, strike = evidence_of(FIVE)[KAVO].date, evidence_of(FIVE)[STRIKE].date
    assert (kavo.start_open, kavo.end_open) == (True, True)
    assert (strike.start_open, strike.end_open) == (False, False)


def test_a_stated_day_outside_an_assumed_month_wins():
    date = evidence_of(sixth_report(date="2026-01-06"))[KAVO].date
    assert (date.start, date.end, date.basis) == (dt.date(2026, 1, 6), dt.date(2026, 1, 6), "stated")


def test_different_stated_days_make_a_span_on_which_reports_differ():
    other = changed("C095", claim_id="D2", value_text="2025-11-27")
    evidence = evidence_of(with_claims(other))[STRIKE]
    assert (evidence.date.start, evidence.date.end) == (dt.date(2025, 11, 26), dt.date(2025, 11, 27))
    assert "date" in evidence.differ_on


def test_a_sixth_report_narrows_the_date_and_widens_the_number():
    before, after = evidence_of(FIVE), evidence_of(sixth_report())
    kavo = after[KAVO]
    assert (kavo.date.start, kavo.date.precision, kavo.date.basis) == (
        dt.date(2025, 12, 23),
        DatePrecision.DAY,
        "stated",
    )
    assert date_phrase(kavo.date) == "23 Dec 2025"
    assert kavo.killed == {VictimGroup.ALLEGED_ATTACKER: (3, 4, False, ())}
    assert kavo.differ_on == ("killed",)
    assert kavo.same_as == before[KAVO].same_as
    assert {name for name in before if before[name] != after[name]} == {KAVO}
    assert [s.text for s in counting_sentences(after)] == [
        "6 workers reported killed in 3 attacks, all Chinese nationals",
        "3 to 9 reported killed in 1 or 2 December clashes; officials call three to four of them attackers",
        "2 to 7 alleged smugglers reported killed in 1 state operation (2 bodies found)",
    ]


def test_possible_same_events_are_linked_from_either_side():
    one_sided = FIVE._replace(
        records=tuple(
            r.model_copy(update={"possible_same_as": ()}) if r.record_id == SHOHIN5 else r for r in FIVE.records
        )
    )
    evidence = evidence_of(one_sided)
    assert evidence[SHOHIN5].same_as == (KAVO,)
    assert evidence[KAVO].same_as == (SHOHIN5,)


def test_summarise_gives_the_same_as_all_at_once():
    evidence = evidence_of(FIVE)
    assert list(evidence) == [record.record_id for record in FIVE.records]
    assert all(summarise(record, FIVE) == evidence[record.record_id] for record in FIVE.records)


def test_the_line_under_every_title_is_computed():
    assert coverage(FIVE, evidence_of(FIVE)).not_complete_line == (
        "From five news reports. Not a complete record. Nothing here is independently verified. "
        "Newest dated report: 2 Dec 2025; four are undated."
    )


@pytest.mark.parametrize(
    ("dates", "ending"),
    [
        ([], "verified."),
        (
            [None],
            "From one news report. Not a complete record. Nothing here is independently verified. "
            "The report is undated.",
        ),
        ([dt.date(2025, 12, 2)], "The report is dated 2 Dec 2025."),
        ([None, None], "None of the reports is dated."),
        ([dt.date(2025, 12, 2), dt.date(2025, 12, 3)], "Newest report: 3 Dec 2025."),
        ([dt.date(2025, 12, 2), None], "Newest dated report: 2 Dec 2025; one is undated."),
        ([dt.date(2025, 12, 2)] + 13 * [None], "Newest dated report: 2 Dec 2025; 13 are undated."),
    ],
)
def test_the_line_is_right_english_for_any_number_of_reports(dates: list[dt.date | None], ending: str):
    reports = tuple(
        FIVE.reports[0].model_copy(update={"report_id": f"r{i}", "published": day}) for i, day in enumerate(dates)
    )
    assert coverage(FIVE._replace(reports=reports), {}).not_complete_line.endswith(ending)


NUMBERS = st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 30)))


@settings(max_examples=40, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_a_range_holds_every_stated_number(numbers: list[tuple[int, int | None]]):
    claims = tuple(
        changed("C001", claim_id=f"H{i}", value_low=low, value_high=None if more is None else low + more)
        for i, (low, more) in enumerate(numbers)
    )
    others = tuple(c for c in FIVE.claims if c.record_id != STRIKE)
    span = evidence_of(FIVE._replace(claims=others + claims))[STRIKE].killed[VictimGroup.CIVILIAN]
    stated = [n for c in claims for n in (c.value_low, c.value_high) if n is not None]
    assert (span.low, span.high) == (min(stated), max(stated))
    assert span.open_ended == any(c.value_high is None for c in claims)


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(sorted(c.claim_id for c in FIVE.claims)), min_size=1))
def test_reprinting_any_claims_of_a_report_changes_no_witness_count(claim_ids: set[str]):
    reports, claims = list(FIVE.reports), []
    for report in FIVE.reports:
        copy = {"report_id": f"{report.report_id}-reprint", "derived_from": (report.report_id,)}
        reports.append(report.model_copy(update=copy))
    for claim_id in sorted(claim_ids):
        claim = claim_of(claim_id)
        copy = {"claim_id": f"{claim_id}R", "report_id": f"{claim.report_id}-reprint"}
        claims.append(claim.model_copy(update=copy))
    before = evidence_of(FIVE)
    after = evidence_of(with_claims(*claims, tables=FIVE._replace(reports=tuple(reports))))
    for name, evidence in before.items():
        assert [(b.attribute, b.witnesses) for b in evidence.attributes] == [
            (b.attribute, b.witnesses) for b in after[name].attributes
        ]
