"""Any claims on numbers: a range never narrows by what is added, and sentences count what records show."""

from __future__ import annotations

from any_tables import examples
from hypothesis import given
from hypothesis import strategies as st

from panjmap.data.counting import counting_sentences
from panjmap.data.evidence import evidence_of
from panjmap.data.model import Claim, Kind, Modality, Tables, VictimGroup
from panjmap.data.statements import number_range, parse_count
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.data.wording import or_range, range_text

PACKAGED_TABLES = read_tables(PACKAGED)
CLAIM: Claim = PACKAGED_TABLES.claims[0]
KINDS = {Kind.ATTACK: "armed_attack", Kind.STATE_OPERATION: "counter_operation", Kind.AGGREGATE: None}

Said = tuple[int | None, int | None, Modality, VictimGroup]


@st.composite
def said(draw: st.DrawFn) -> Said:
    """Low, high, how it is said, of whom."""
    low = draw(st.none() | st.integers(0, 30) | st.integers(0, 10**6))
    high = None if low is None else draw(st.none() | st.integers(low, low + 30))
    return low, high, draw(st.sampled_from(Modality)), draw(st.sampled_from(VictimGroup))


def claims_of(given_: list[Said], record_id: str = "x0") -> tuple[Claim, ...]:
    return tuple(
        CLAIM.model_copy(
            update={"claim_id": f"{record_id}-{i}", "record_id": record_id, "attribute": "killed", "modality": modality}
            | {"value_low": low, "value_high": high, "victim_group": group, "place_id": ()}
            | {"value_text": "several" if low is None else None}
        )
        for i, (low, high, modality, group) in enumerate(given_)
    )


def tables_of(records: list[list[Said]], kind: Kind, linked: bool) -> Tables:
    """Records of one kind with these claims; all may be one event if ``linked``."""
    first = PACKAGED_TABLES.records[0].model_copy(
        update={"kind": kind, "type": KINDS[kind], "claimed_types": (), "sensitivity": "public"}
    )
    rows = tuple(
        first.model_copy(
            update={"record_id": f"x{i}", "title": f"Made up {i}"}
            | {"possible_same_as": ("x0",) if linked and i else ()}
        )
        for i in range(len(records))
    )
    claims = tuple(claim for i, given_ in enumerate(records) for claim in claims_of(given_, f"x{i}"))
    empty = dict.fromkeys(("record_places", "relations", "decisions", "changes"), ())
    return PACKAGED_TABLES._replace(records=rows, claims=claims, **empty)


@examples(200)
@given(st.lists(said(), max_size=6), said())
def test_one_claim_more_never_narrows_a_range(before: list[Said], more: Said):
    old, new = number_range(claims_of(before)), number_range(claims_of([*before, more]))
    counts = more[2] in (Modality.ASSERTED, Modality.REPORTED, Modality.ALLEGED)
    if not counts:
        assert old == new
        return
    assert new is not None
    if old is not None:
        assert old.low is None or (new.low is not None and new.low <= old.low)
        assert old.high is None or (new.high is not None and new.high >= old.high)
        assert new.open_ended >= old.open_ended
        assert set(old.words) <= set(new.words)
    low, high, *_ = more
    if low is not None:
        assert new.low <= low <= new.high
        assert new.high >= (high or low)
        assert new.open_ended or high is not None


@examples(80)
@given(
    st.lists(st.lists(said(), max_size=4), min_size=1, max_size=3),
    said(),
    st.sampled_from([Kind.ATTACK, Kind.STATE_OPERATION]),
    st.booleans(),
)
def test_sentences_count_what_the_records_show(records: list[list[Said]], more: Said, kind: Kind, linked: bool):
    evidence = evidence_of(tables_of(records, kind, linked))
    for sentence in counting_sentences(evidence):
        assert 0 <= sentence.low <= sentence.high
        assert str(sentence.high) in sentence.text
        assert sentence.text == f"{sentence.headline} {sentence.rest}"
        highs = [
            number
            for record_id in sentence.record_ids
            for group, count in evidence[record_id].killed.items()
            if group in sentence.groups
            for number in (count.low, count.high)
            if number is not None
        ]
        # No more than all that is said, no less than the largest of it.
        assert max(highs) <= sentence.high <= sum(highs)
        counts = [c for r in sentence.record_ids for g in sentence.groups if (c := evidence[r].killed.get(g))]
        more_than = "or more" in sentence.headline
        assert more_than <= any(count.open_ended for count in counts)
        assert more_than >= any(count.open_ended and (count.high or 0) > 0 for count in counts)
    widened = evidence_of(tables_of([[*records[0], more], *records[1:]], kind, linked))
    for record_id, found in evidence.items():
        for group, count in found.killed.items():
            assert count.low is None or widened[record_id].killed[group].low <= count.low
            assert count.high is None or widened[record_id].killed[group].high >= count.high
    whole = sum(sentence.high for sentence in counting_sentences(evidence))
    assert sum(sentence.high for sentence in counting_sentences(widened)) >= whole


@examples(30)
@given(st.lists(st.lists(said(), max_size=4), min_size=1, max_size=3))
def test_totals_that_reports_give_are_never_counted(records: list[list[Said]]):
    assert counting_sentences(evidence_of(tables_of(records, Kind.AGGREGATE, linked=False))) == ()


@examples(200)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
def test_a_range_is_read_as_it_is_written(low: int, more: int, open_ended: bool):
    for figures in (False, True):
        read = parse_count(range_text(low, low + more, open_ended, figures=figures))
        assert read is not None
        assert (read.low, read.open_ended) == (low, open_ended)
        assert read.high in (low + more, None if open_ended and not more else low + more)
    assert parse_count(range_text(low, None, True)) == (low, None, True)
    assert str(low) in or_range(low, low + more)


@examples(200)
@given(st.text(st.characters() | st.sampled_from("0123456789-+ to\u2013"), max_size=30))
def test_any_text_is_a_count_or_none(text: str):
    found = parse_count(text)
    assert found is None or (found.low is not None and found.low >= 0)
