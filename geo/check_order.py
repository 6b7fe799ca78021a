"""Rules about time as claims tell it: days that exclude each other, before or after, "the second within a year"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..data.dating import Days, weekday_in
from ..data.model import Claim, Kind
from ..data.statements import is_stated
from ..data.wording import attribute_label, day_text, listing, lower_first
from .check_dates import days_in
from .check_view import Rule, View, pairs
from .check_vocabulary import content_words
from .finding import Finding, finding

__all__ = ["ORDER_RULES", "time_cues"]

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNITS = {"day": 1, "week": 7, "month": 31, "year": 366}
_EARLIER = ("before", "prior to", "ahead of", "on the eve of")
_LATER = ("after", "following", "since", "in the wake of", "in response to")
_BEFORE = re.compile(
    rf"\b({'|'.join((*_EARLIER, *_LATER))})\s+(?:the\s+|an?\s+)?((?:[\w'-]+\s*){{1,6}})", re.IGNORECASE
)
_WITHIN = re.compile(
    rf"\b({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b[^.;]{{0,80}}?\b(?:within|in less than|in under|in|inside)"
    rf"\s+(?:the (?:last|past) |an? |(\d+|{'|'.join(_COUNTS)}) )(?:single )?({'|'.join(_UNITS)})s?\b",
    re.IGNORECASE,
)
#: Words of the night, when an event may be dated to either of two days.
_NIGHT = re.compile(r"\b(?:night|midnight|late|early|evening|dawn|overnight)\b", re.IGNORECASE)


def dates_that_differ(view: View) -> Iterator[Finding]:
    """Report days that claims give one event and that have no day in common.

    A month and a day in it agree. A warning; neighbouring days where a text speaks of the night are a note, for both
    may be right.
    """
    for record_id, claims in view.about.items():
        dated = [
            (c, days)
            for c in claims
            if c.attribute == "event_date" and is_stated(c) and (days := days_in(c.value_text))
        ]
        if not dated:
            continue
        latest, earliest = max(days.start for _, days in dated), min(days.end for _, days in dated)
        if latest <= earliest:
            continue
        night = (latest - earliest).days == 1 and any(_NIGHT.search(c.value_text or "") for c, _ in dated)
        yield finding(
            "note" if night else "warning",
            "dates-differ",
            f"the days exclude each other: {view.by_value([c for c, _ in dated], lambda c: c.value_text or '')}. "
            + (
                "A night has two days, both may be right." if night else "Check whether the claims are about one event."
            ),
            records=(record_id,),
            claims=[c.claim_id for c, _ in dated],
            attribute="event_date",
            key=(record_id,),
        )


class Cue(NamedTuple):
    """Where a text places something in time: before or after what, or on which weekday."""

    relation: str
    ordinal: str | None
    words: frozenset[str]


def time_cues(text: str | None) -> tuple[Cue, ...]:
    """Read the time words of a text.

    Examples
    --------
    >>> [(cue.relation, cue.ordinal) for cue in time_cues("told right after the first attack")]
    [('after', 'first')]
    """
    cues = []
    for found in _BEFORE.finditer(text or ""):
        relation = "before" if found[1].lower() in _EARLIER else "after"
        words = content_words(found[2])
        ordinal = next((w for w in _ORDINALS if w in words), None)
        if words:
            cues.append(Cue(relation, ordinal, words - {ordinal or ""}))
    weekday = weekday_in(text)
    return (*cues, Cue("on", weekday, frozenset())) if weekday else tuple(cues)


def _at_odds(one: Cue, two: Cue) -> bool:
    """Tell whether two cues put something in another order."""
    if one.relation == "on" or two.relation == "on":
        return one.relation == two.relation and one.ordinal != two.ordinal
    same = bool(one.words & two.words) or not one.words or not two.words
    if one.relation == two.relation:
        return same and one.ordinal is not None and two.ordinal is not None and one.ordinal != two.ordinal
    return one.ordinal == two.ordinal and (one.words <= two.words or two.words <= one.words)


class Told(NamedTuple):
    """A claim that places something in time, and its words besides."""

    claim: Claim
    cues: tuple[Cue, ...]
    words: frozenset[str]

    def of_one_act(self, other: Told) -> bool:
        """Tell whether two claims speak of one act: they share two words, or all that the shorter one has."""
        return len(self.words & other.words) >= min(2, len(self.words), len(other.words))

    def at_odds(self, other: Told) -> bool:
        """Tell whether two claims put one act into another order."""
        return self.of_one_act(other) and any(_at_odds(a, b) for a in self.cues for b in other.cues)


def sequences_that_differ(view: View) -> Iterator[Finding]:
    """Report claims that put one thing into another order: after the first or after the second attack, before or after.

    Also another weekday. Claims on the same record and attribute are compared; those that only name a weekday are named
    with them. A warning.
    """
    for record_id, claims in view.about.items():
        told: dict[str, list[Told]] = defaultdict(list)
        for claim in claims:
            if claim.attribute != "event_date" and (cues := time_cues(claim.value_text)):
                words = content_words(_BEFORE.sub(" ", claim.value_text or ""))
                told[claim.attribute].append(Told(claim, cues, words))
        for attribute, members in told.items():
            unlike = {(m.cues, m.words): m for m in members}
            at_odds = [pair for pair in pairs(unlike) if unlike[pair[0]].at_odds(unlike[pair[1]])]
            if not at_odds:
                continue
            named = {key for pair in at_odds for key in pair}
            acts = {words: unlike[cues, words] for cues, words in named}.values()
            shown = [m.claim for m in members if (m.cues, m.words) in named or any(map(m.of_one_act, acts))]
            yield finding(
                "warning",
                "sequence-differs",
                f"{lower_first(attribute_label(attribute))}: reports put it into another order: "
                f"{view.by_value(shown, lambda c: c.value_text or '')}. Keep its days wide enough for all.",
                records=(record_id,),
                claims=[c.claim_id for c in shown],
                attribute=attribute,
                key=(record_id, attribute),
            )


def counts_in_a_period(view: View) -> Iterator[Finding]:
    """Report "the second within a year" where the events that the same report dates lie further apart.

    The last events that the report dates, as many as it counts, are measured: longer than the period by all readings of
    their dates is a warning, by some a note.
    """
    kinds = {record.record_id: record.kind for record in view.tables.records}
    dated: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in view.tables.claims:
        event = kinds.get(claim.record_id or "") in (Kind.ATTACK, Kind.STATE_OPERATION)
        if event and claim.attribute == "event_date" and days_in(claim.value_text):
            dated[claim.report_id][str(claim.record_id)].append(claim)
    for claim in view.tables.claims:
        found = _WITHIN.search(claim.value_text or "")
        if not found:
            continue
        number, period = _number(found[1]), _number(found[2] or "one") * _UNITS[found[3].lower()]
        events = sorted(dated[claim.report_id].items(), key=lambda item: _span(item[1]).start)
        if claim.record_id in dated[claim.report_id]:
            events = events[: [name for name, _ in events].index(str(claim.record_id)) + 1]
        events = events[-number:]
        if number < 2 or len(events) < number:
            continue
        first, last = _span(events[0][1]), _span(events[-1][1])
        least, most = (last.start - first.end).days, (last.end - first.start).days
        if most <= period:
            continue
        yield finding(
            "warning" if least > period else "note",
            "period",
            f"\u201c{found[0]}\u201d ({view.voices([claim])}), but the last {number} events that the report dates lie "
            f"{least if least == most else f'{least} to {most}'} days apart "
            f"({listing(f'{name}, {day_text(_span(c).start)}' for name, c in events)}). Check which events it counts.",
            records=[*([claim.record_id] if claim.record_id else []), *(name for name, _ in events)],
            claims=[claim.claim_id, *(c.claim_id for _, cs in events for c in cs)],
            attribute=claim.attribute,
            key=(claim.claim_id,),
        )


def _span(claims: Sequence[Claim]) -> Days:
    """From the first to the last day that these claims state."""
    found = [days for c in claims if (days := days_in(c.value_text))]
    return Days(min(d.start for d in found), max(d.end for d in found))


def _number(word: str) -> int:
    """Read an ordinal or a count."""
    text = word.lower()
    for names in (_ORDINALS, _COUNTS):
        if text in names:
            return names.index(text) + 1
    return int(re.sub(r"\D", "", text))


ORDER_RULES: tuple[Rule, ...] = (dates_that_differ, sequences_that_differ, counts_in_a_period)
