"""What an export to ACLED or UCDP GED loses: counted on the very records that go out, or do not.

Events and refusals go in, one line a kind of loss comes out; what is not lost is not mentioned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .exchange import ALLEGED, Cell, Event, Refused, Spot, days_of, deaths_of, voices_on
from .model import Modality, RecordType
from .statements import is_stated
from .testimony import Voice
from .wording import plural

__all__ = ["Exchanged", "Format", "Loss", "exchange", "losses"]

Format = Literal["acled", "ged"]
#: How many records a line of the short report names.
NAMED = 6
#: The loss of a whole record.
REFUSED = "record"


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that a format cannot hold: how often, of how many, of which records, and what becomes of it."""

    item: str
    count: int
    text: str
    record_ids: tuple[str, ...]

    @property
    def line(self) -> str:
        """The loss as a line of the report, with the first records that it is about."""
        named = ", ".join(self.record_ids[:NAMED])
        more = len(self.record_ids) - NAMED
        return f"{self.text} [{named}{f' and {more} more' if more > 0 else ''}]"

    @property
    def in_full(self) -> str:
        """The same, with every record that is no row: those that are stand in the table."""
        return f"{self.text} [{', '.join(self.record_ids)}]" if self.item == REFUSED else self.line


class Exchanged(NamedTuple):
    """A table in another project's layout: its columns, its rows by column, and what it could not take."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]
    losses: tuple[Loss, ...]


def exchange(
    format_: Format,
    columns: tuple[str, ...],
    events: Sequence[Event],
    refusal: Callable[[Event], str | None],
    row: Callable[[Event, Spot], dict[str, Cell]],
) -> Exchanged:
    """Turn records into rows, in their order; those that the format cannot hold are refused, with a reason."""
    reasons = [refusal(event) for event in events]
    kept = [event for event, reason in zip(events, reasons, strict=True) if not reason]
    refused = [Refused(event.record.record_id, why) for event, why in zip(events, reasons, strict=True) if why]
    rows = tuple(row(event, event.spot) for event in kept if event.spot)
    return Exchanged(columns, rows, losses(format_, kept, refused))


def losses(format_: Format, kept: Sequence[Event], refused: Sequence[Refused]) -> tuple[Loss, ...]:
    """Count what is lost: records first, then what the rows cannot say."""
    found = [*_refused(refused), *_numbers(format_, kept), *_told(kept), *_placed(kept), *_dated(format_, kept)]
    return tuple(loss for loss in found if loss.count)


def _refused(refused: Sequence[Refused]) -> list[Loss]:
    """Count the records that are no rows, by reason."""
    result = []
    for reason in dict.fromkeys(refusal.reason for refusal in refused):
        ids = tuple(refusal.record_id for refusal in refused if refusal.reason == reason)
        result.append(Loss(REFUSED, len(ids), f"Left out: {_many(len(ids), 'record')}: {reason}", ids))
    return result


def _numbers(format_: Format, kept: Sequence[Event]) -> list[Loss]:
    """Tell what becomes of ranges, words, groups and injured people."""
    acled = format_ == "acled"
    taken = "the lowest number stands in fatalities" if acled else "low and high stay, best is the lowest number"
    added = "one number for all" if acled else "added up in low, best and high"
    return [
        _rows("range", kept, _has_range, f"deaths are a range: {taken}, without who says which"),
        _rows(
            "open_ended",
            kept,
            lambda e: any(c.open_ended for c in e.evidence.killed.values()),
            'a report says "or more" of the deaths: the row has no upper end that is open',
        ),
        _rows(
            "words",
            kept,
            lambda e: any(c.words for c in e.evidence.killed.values()),
            'deaths in words such as "several": they stay behind, and only tens, dozens and hundreds have a number',
        ),
        _rows(
            "no_number",
            kept,
            lambda e: bool(e.evidence.killed) and deaths_of(e.evidence).low is None,
            "no report gives a lowest number of deaths: the cell is empty",
        ),
        _rows("unreported", kept, lambda e: not e.evidence.killed, "no report claims deaths: the row says 0"),
        _rows("groups", kept, lambda e: len(e.evidence.killed) > 1, f"several victim groups: {added}"),
        _rows(
            "alleged_groups",
            kept,
            lambda e: any(group in e.evidence.killed for group in ALLEGED),
            "the killed are attackers or smugglers in the words of a speaker only: the row takes them for fighters",
        ),
        _rows("injured", kept, lambda e: bool(e.evidence.injured), "injured people: there is no column for them"),
        _rows(
            "bodies",
            kept,
            lambda e: e.evidence.bodies_found is not None,
            "bodies were found: no column tells a body found from a death claimed",
        ),
    ]


def _told(kept: Sequence[Event]) -> list[Loss]:
    """Tell what becomes of speakers, disagreement, means, sides and links."""
    voices = [(e, v) for e in kept for v in _voices(e)]
    unsure = [v for _, v in voices if v.claim.modality not in (Modality.ASSERTED, Modality.REPORTED)]
    ids = tuple(dict.fromkeys(event.record.record_id for event, _ in voices))
    speakers = len({v.speaker.speaker_id for _, v in voices if v.named})
    said = f"Lost: {_many(len(voices), 'claim')} of {_many(speakers, 'named speaker')}"
    doubted = f", {len(unsure)} of them alleged, denied or speculated" if unsure else ""
    disputed = [e for e in kept for a in e.evidence.attributes if a.differ]
    decided = [e for e in kept for a in e.evidence.attributes if a.why]
    return [
        Loss("claims", len(voices), f"{said}{doubted}: a row does not say who says what, and how", ids),
        Loss(
            "disagreement",
            len(disputed),
            f"Lost: {_many(len(disputed), 'point')} on which reports differ: one value a cell",
            _ids(disputed),
        ),
        Loss(
            "decisions",
            len(decided),
            f"Lost: {_many(len(decided), 'point')} settled by a recorded decision: the reason stays behind",
            _ids(decided),
        ),
        _rows("means", kept, lambda e: len(set(e.record.claimed_types)) > 1, "disputed means: one type a row"),
        _rows("blamed", kept, _several_blamed, "reports blame different groups: none is named as the actor"),
        _rows(
            "target", kept, _target_unknown, "no report says who was attacked: the type of the row supposes civilians"
        ),
        _pairs(kept),
    ]


def _placed(kept: Sequence[Event]) -> list[Loss]:
    """Tell what becomes of areas, uncertainty and the river."""
    rough = sum(bool(e.spot and e.spot.is_area and e.spot.approximate) for e in kept)
    areas = f"known as an area only{f' ({rough} of them approximate)' if rough else ''}"
    return [
        _rows("area", kept, lambda e: bool(e.spot and e.spot.is_area), f"{areas}: a point inside it stands for it"),
        _rows(
            "uncertainty",
            kept,
            lambda e: bool(e.spot and e.spot.uncertainty_km is not None),
            "an uncertainty in km: a code from a short list stands for it",
        ),
        _rows("river", kept, lambda e: bool(e.spot and e.spot.on_river), "bank and river km: there is no column"),
    ]


def _dated(format_: Format, kept: Sequence[Event]) -> list[Loss]:
    """Tell what becomes of spans and of dates that are not stated."""
    middle = [
        _rows("span", kept, _is_span, "a span of days: the middle day stands for it"),
    ]
    return [
        *(middle if format_ == "acled" else []),
        _rows(
            "date_basis",
            kept,
            lambda e: e.evidence.date.basis != "stated",
            "a date that is derived or assumed, not stated: the row gives it as a date like any other",
        ),
    ]


def _rows(item: str, kept: Sequence[Event], holds: Callable[[Event], bool], text: str) -> Loss:
    """Count the rows of which something holds."""
    found = [event for event in kept if holds(event)]
    return Loss(item, len(found), f"Lost: {_many(len(found), 'row')}: {text}", _ids(found))


def _pairs(kept: Sequence[Event]) -> Loss:
    """Pairs of rows that may be one event."""
    here = {event.record.record_id for event in kept}
    pairs = {tuple(sorted((e.record.record_id, other))) for e in kept for other in e.evidence.same_as if other in here}
    text = f"Lost: {_many(len(pairs), 'pair')} of rows may be one event: whoever adds the rows up counts it twice"
    return Loss("same_event", len(pairs), text, tuple(sorted({record_id for pair in pairs for record_id in pair})))


def _has_range(event: Event) -> bool:
    deaths = deaths_of(event.evidence)
    return deaths.low is not None and deaths.low != deaths.high


def _is_span(event: Event) -> bool:
    days = days_of(event)
    return bool(days and days[0] != days[1])


def _several_blamed(event: Event) -> bool:
    stated = {v.claim.value_text for v in voices_on(event.evidence, "perpetrator") if is_stated(v.claim)}
    return len(stated) > 1


def _target_unknown(event: Event) -> bool:
    groups = {*event.evidence.killed, *event.evidence.injured}
    attack = event.record.type is RecordType.ARMED_ATTACK
    return attack and all(group.value == "not_described" for group in groups)


def _voices(event: Event) -> Iterable[Voice]:
    """Every claim heard on a record, once."""
    every = [v for a in event.evidence.attributes for s in a.statements for v in s.voices]
    return {voice.claim.claim_id: voice for voice in every}.values()


def _ids(events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(event.record.record_id for event in events))


def _many(count: int, noun: str) -> str:
    return f"{count} {plural(count, noun)}"
