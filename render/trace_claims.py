"""Claims behind what a record shows: who says what, where, and whether it shapes what is shown, or why not.

In: blocks of the evidence of one record. Out: flat rows of text and numbers; nothing is counted a second time here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..data.dating import parse_date, stated_spans, weekday_in
from ..data.evidence import AttributeEvidence, Evidence, Statement, Voice, counts_as
from ..data.model import Modality, Relation
from ..data.statements import Count, as_claimed, is_stated
from ..data.wording import plural, range_text

__all__ = ["Heard", "dates_heard", "heard", "numbers_heard", "range_rule", "tied"]


@dataclass(frozen=True, slots=True)
class Heard:
    """One claim. ``used`` tells whether it shapes what is shown, ``how`` in which way or why not.

    ``start`` and ``end`` are half-open offsets in the report's text; ``checked`` and ``quote`` are filled in where the
    texts are at hand.
    """

    claim_id: str
    value: str
    modality: str
    said_by: str
    speaker_id: str
    via: str | None
    victim_group: str | None
    report_id: str
    start: int | None
    end: int | None
    used: bool
    how: str
    checked: str | None = None
    quote: str | None = None


def heard(blocks: Iterable[AttributeEvidence]) -> tuple[Heard, ...]:
    """List the claims of attributes in words: each distinct value is shown with who says it."""
    return tuple(_heard(voice, "shown as one of the values", used=True) for voice in _voices(blocks))


def numbers_heard(found: Evidence, blocks: Sequence[AttributeEvidence], casualty: str | None) -> tuple[Heard, ...]:
    """List the claims of attributes that count, with what each number does to the range.

    Parameters
    ----------
    found
        The record's evidence.
    blocks
        Attributes with a range, or with words in place of one.
    casualty
        ``killed`` or ``injured`` where the number shown is that of the record's own claims by victim group.
    """
    rows = []
    for block in blocks:
        for statement in block.statements:
            for voice in statement.voices:
                own = casualty is None or (
                    voice.claim.record_id == found.record.record_id and counts_as(voice.claim, casualty)
                )
                rows.append(_numbered(block, statement, voice, own=own))
    return tuple(rows)


def _numbered(block: AttributeEvidence, statement: Statement, voice: Voice, *, own: bool) -> Heard:
    claim = voice.claim
    if not is_stated(claim):
        return _heard(voice, f"{claim.modality}: a voice, not a number", used=False)
    count = Count(statement.low, statement.high, statement.open_ended)
    if (count.low, count.high) == (None, None):
        return _heard(voice, "words without a number", used=False)
    if not own:
        return _heard(voice, "a claim of no record that is tied to this one: shown beside it, not counted", used=False)
    parts = [_ends(block, count)]
    if count != as_claimed(claim):
        parts.append(f"read as {range_text(*count)} by a recorded decision")
    return _heard(voice, ", ".join(parts), used=True)


def _ends(block: AttributeEvidence, count: Count) -> str:
    """Say which end of the range a number gives."""
    span = block.range
    lowest = span is not None and count.low == span.low
    highest = span is not None and span.high in (count.low, count.high)
    named = {(True, True): "the number", (True, False): "the lowest", (False, True): "the highest"}
    return named.get((lowest, highest), "within the range") + (" or more" if count.open_ended else "")


def range_rule(rows: Sequence[Heard], witnesses: int, *, why: str | None) -> str:
    """Say how claims became the number: a range, one number, a single witness, a decision."""
    used = sum(row.used for row in rows)
    if not used:
        return "no claim states a number: words are shown as they are"
    claims = f"{used} {plural(used, 'claim')}"
    told = f"{witnesses} {plural(witnesses, 'witness', 'witnesses')}" if witnesses != 1 else "a single witness"
    one = all(row.how.startswith("the number") for row in rows if row.used)
    rule = f"one number: {claims}" if one else f"smallest stated low to largest stated high of {claims}"
    return f"{rule}, {told}" + ("; a recorded decision says how claims are read" if why else "")


def dates_heard(blocks: Iterable[AttributeEvidence]) -> tuple[Heard, ...]:
    """List the claims on dates, with what each does to the days that are shown."""
    voices = list(_voices(blocks))
    spans = set(stated_spans([voice.claim for voice in voices]))
    rows = []
    for voice in voices:
        claim, days = voice.claim, parse_date(voice.claim.value_text)
        if claim.attribute != "event_date":
            used = claim.attribute == "report_date"
            rows.append(_heard(voice, "day of the statement" if used else "shown beside it", used=used))
        elif claim.modality in (Modality.DENIED, Modality.SPECULATED):
            rows.append(_heard(voice, f"{claim.modality}: a voice, not a day", used=False))
        elif days in spans:
            rows.append(_heard(voice, "states the days", used=True))
        elif days:
            rows.append(_heard(voice, "less precise than another claim, which lies within it", used=False))
        elif weekday_in(claim.value_text):
            rows.append(_heard(voice, "a weekday without a date", used=True))
        else:
            rows.append(_heard(voice, "no day that can be read", used=False))
    return tuple(rows)


def tied(rows: Iterable[Heard], relations: Iterable[Relation]) -> tuple[Mapping[str, str | None], ...]:
    """List the relations that tie these claims to each other or to any other."""
    ids = {row.claim_id for row in rows}
    return tuple(
        {"claim_a": r.claim_a, "relation": str(r.relation), "claim_b": r.claim_b, "note": r.note}
        for r in relations
        if r.claim_a in ids or r.claim_b in ids
    )


def _voices(blocks: Iterable[AttributeEvidence]) -> Iterator[Voice]:
    for block in blocks:
        for statement in block.statements:
            yield from statement.voices


def _heard(voice: Voice, how: str, *, used: bool) -> Heard:
    claim = voice.claim
    number = range_text(*as_claimed(claim))
    value = " | ".join(filter(None, (number, claim.value_text))) or ";".join(claim.place_id)
    return Heard(
        claim_id=claim.claim_id,
        value=value,
        modality=str(claim.modality),
        said_by=claim.said_by,
        speaker_id=claim.speaker_id,
        via=claim.via,
        victim_group=str(claim.victim_group) if claim.victim_group else None,
        report_id=claim.report_id,
        start=claim.start,
        end=claim.end,
        used=used,
        how=how,
    )
