"""Counting sentences: how many people are reported killed, in how many events, without a grand total.

Evidence of records goes in, sentences come out. The rules:

- a unit is a group of records of one kind that may be the same event; it counts once: its deaths run from the smallest
  (one event) to the sum (separate events), its events from one to the number of its records;
- a pool is what one sentence counts: one kind and one victim group. Where a unit's people are partly not described,
  they may be the described ones, so both stand in one sentence, and the described ones are named in it;
- aggregate statements are never counted; events without a number add nothing to a number and are mentioned;
- a month, "workers" or a nationality is named only if it holds for every event of the pool.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .model import Claim, Kind, VictimGroup
from .statements import details, is_stated
from .testimony import Evidence, NumberRange, Statement
from .wording import listing, month_name, number_words, or_range, plural, range_text, type_noun

__all__ = ["CountedShare", "CountingSentence", "counting_sentences", "event_groups"]

ND = VictimGroup.NOT_DESCRIBED
#: Words for a stated role that make it honest to say "workers".
WORK = re.compile(
    r"\b(workers?|engineers?|employees?|staff|builders?|miners?|technicians?|labou?rers?|contractors?|drivers?)\b", re.I
)
#: One and several people of a victim group; people who are not described have no noun.
PEOPLE: dict[VictimGroup, tuple[str, str]] = {
    VictimGroup.CIVILIAN: ("civilian", "civilians"),
    VictimGroup.STATE_FORCE: ("member of state forces", "members of state forces"),
    VictimGroup.ALLEGED_ATTACKER: ("alleged attacker", "alleged attackers"),
    VictimGroup.ALLEGED_SMUGGLER: ("alleged smuggler", "alleged smugglers"),
}
CALLED = {VictimGroup.ALLEGED_ATTACKER: "attackers", VictimGroup.ALLEGED_SMUGGLER: "smugglers"}


class CountedShare(NamedTuple):
    """What one record brings into a sentence: its own smallest and largest number of deaths."""

    record_id: str
    low: int
    high: int
    open_ended: bool


@dataclass(frozen=True, slots=True)
class CountingSentence:
    """One sentence; ``text`` is ``headline`` and ``rest`` with a space between. ``low`` and ``high`` are its deaths.

    ``brief`` is what is left of it in a list of those reported killed: ``6 workers in 3 attacks``. ``shares`` are those
    of each event, ``silent`` the records that it mentions without a number.
    """

    text: str
    brief: str
    headline: str
    rest: str
    kind: Kind
    groups: tuple[VictimGroup, ...]
    record_ids: tuple[str, ...]
    low: int
    high: int
    shares: tuple[tuple[CountedShare, ...], ...] = ()
    silent: tuple[str, ...] = ()


class Unit(NamedTuple):
    """Records of one kind that may be one event, as far as they count for one pool; ``silent`` if none has a number."""

    records: tuple[Evidence, ...]
    counts: tuple[NumberRange, ...]
    silent: tuple[str, ...]

    def shares(self) -> tuple[CountedShare, ...]:
        """Give what each record brings in."""
        pairs = zip(self.records, self.counts, strict=True)
        return tuple(CountedShare(e.record.record_id, c.low or 0, c.high or 0, c.open_ended) for e, c in pairs)


class Pool(NamedTuple):
    """What one sentence counts."""

    kind: Kind
    groups: tuple[VictimGroup, ...]


def counting_sentences(evidence: Mapping[str, Evidence]) -> tuple[CountingSentence, ...]:
    """One sentence a kind and victim group, in the order of both vocabularies; none where nobody is counted."""
    pools: dict[Pool, list[Unit]] = {}
    for records in event_groups(evidence):
        for groups in _pools_of(records):
            unit = _unit(records, groups)
            pools.setdefault(Pool(records[0].record.kind, groups), []).append(unit)
    kinds, groups_order = list(Kind), list(VictimGroup)
    ordered = sorted(pools, key=lambda pool: (kinds.index(pool.kind), [groups_order.index(g) for g in pool.groups]))
    months = {month for e in evidence.values() if (month := _month([e]))}
    sentences = (_sentence(pool, pools[pool], months) for pool in ordered)
    return tuple(sentence for sentence in sentences if sentence)


def event_groups(evidence: Mapping[str, Evidence]) -> list[tuple[Evidence, ...]]:
    """Group records of one kind that may be the same event, links followed through; aggregates are left out."""
    seen: set[str] = set()
    groups = []
    for start in evidence:
        if start in seen:
            continue
        reached, todo = {start}, [start]
        while todo:
            new = set(evidence[todo.pop()].same_as) & evidence.keys() - reached
            reached |= new
            todo += sorted(new)
        seen |= reached
        members = [e for name, e in evidence.items() if name in reached]
        groups += [
            tuple(e for e in members if e.record.kind is kind)
            for kind in Kind
            if kind is not Kind.AGGREGATE and any(e.record.kind is kind for e in members)
        ]
    return groups


def _pools_of(records: Sequence[Evidence]) -> list[tuple[VictimGroup, ...]]:
    """Part the victim groups: each is counted alone, but people not described go with the only described group."""
    present = [group for group in VictimGroup if any(group in e.killed for e in records)]
    return [tuple(present)] if ND in present and len(present) == 2 else [(group,) for group in present]


def _unit(records: Sequence[Evidence], groups: Sequence[VictimGroup]) -> Unit:
    """Take what the records state of these groups; one record's figures are of one event: smallest to largest."""
    with_deaths, counts, silent = [], [], []
    for e in records:
        ranges = [e.killed[group] for group in groups if group in e.killed]
        numbers = [n for r in ranges for n in (r.low, r.high) if n is not None]
        silent += [e.record.record_id] if ranges and not numbers else []
        if numbers and max(numbers) > 0:
            lows = [r.low or 0 for r in ranges if (r.low, r.high) != (None, None)]
            with_deaths.append(e)
            counts.append(NumberRange(min(lows), max(numbers), any(r.open_ended for r in ranges)))
    return Unit(tuple(with_deaths), tuple(counts), () if counts else tuple(silent))


def _sentence(pool: Pool, units: Sequence[Unit], months: set[tuple[int, int]]) -> CountingSentence | None:
    """Put one pool into words; nothing where no unit has a number."""
    counted = [unit for unit in units if unit.counts]
    if not counted:
        return None
    records = [e for unit in counted for e in unit.records]
    low, high, open_ended = _sum(unit.counts for unit in counted)
    events = or_range(len(counted), len(records))
    one, many = _event_noun(records)
    where = f"in {events} {_month_word(records, months)}{one if len(records) == 1 else many}"
    number = range_text(low, high, open_ended)
    people = _people(pool, records, alone=high == 1 and not open_ended)
    headline = f"{number} {people} reported killed" if people else f"{number} reported killed"
    rest = where + _nationality(pool, records, high, open_ended=open_ended) + _bodies(records) + _called(pool, counted)
    silent = sum(bool(unit.silent) for unit in units)
    if silent:
        rest += f"; deaths without a number in {number_words(silent)} more"
    return CountingSentence(
        text=f"{headline} {rest}",
        brief=" ".join(filter(None, (number, people, where))),
        headline=headline,
        rest=rest,
        kind=pool.kind,
        groups=pool.groups,
        record_ids=tuple(e.record.record_id for e in records),
        low=low,
        high=high,
        shares=tuple(unit.shares() for unit in counted),
        silent=tuple(record_id for unit in units for record_id in unit.silent),
    )


def _sum(units: Iterable[Sequence[NumberRange]]) -> tuple[int, int, bool]:
    """Add up units; within one, its records are one event (smallest low) or separate (sum of highs)."""
    spans = [
        (min(c.low or 0 for c in counts), sum(c.high or 0 for c in counts), any(c.open_ended for c in counts))
        for counts in units
        if counts
    ]
    return sum(s[0] for s in spans), sum(s[1] for s in spans), any(s[2] for s in spans)


def _event_noun(records: Sequence[Evidence]) -> tuple[str, str]:
    """Name the events, one and several; mixed ones by both names."""
    nouns = list(dict.fromkeys(type_noun(e.record.kind, e.record.type) for e in records))
    nouns.sort()
    return nouns[0], listing(plural(2, noun, "clashes" if noun == "clash" else None) for noun in nouns)


def _month(records: Sequence[Evidence]) -> tuple[int, int] | None:
    """Find the month (year, month) in which all records lie wholly, if there is one."""
    days = [day for e in records for day in (e.date.start, e.date.end)]
    months = {(day.year, day.month) if day else None for day in days}
    return months.pop() if len(months) == 1 else None


def _month_word(records: Sequence[Evidence], months: set[tuple[int, int]]) -> str:
    """Name the shared month, a space after it, with its year if other records lie in that month of another year."""
    month = _month(records)
    if not month:
        return ""
    year = f"{month[0]} " if any(m[1] == month[1] and m[0] != month[0] for m in months) else ""
    return f"{month_name(month[1])} {year}"


def _killed(e: Evidence, group: VictimGroup | None = None) -> list[tuple[Statement, Claim]]:
    """Statements on the killed with their claims, those that count, of one victim group or of all."""
    return [
        (statement, voice.claim)
        for block in e.attributes
        if block.attribute == "killed"
        for statement in block.statements
        for voice in statement.voices
        if is_stated(voice.claim) and (group is None or (voice.claim.victim_group or ND) is group)
    ]


def _people(pool: Pool, records: Sequence[Evidence], *, alone: bool) -> str:
    """Name the killed; nothing where some are not described. "Workers" needs a stated work role everywhere."""
    if ND in pool.groups:
        return ""
    one, many = PEOPLE[pool.groups[0]]
    if pool.groups[0] is VictimGroup.CIVILIAN and all(_are_workers(e) for e in records):
        one, many = "worker", "workers"
    return one if alone else many


def _are_workers(e: Evidence) -> bool:
    """Whether reports give the killed civilians a role, and every role given is one of work."""
    roles = [details(c.value_text).get("role") for _, c in _killed(e, VictimGroup.CIVILIAN)]
    return any(roles) and all(WORK.search(role) for role in roles if role)


def _nationality(pool: Pool, records: Sequence[Evidence], high: int, *, open_ended: bool) -> str:
    """Name the nationality of all killed, if every record states it for its largest number and none another."""
    if len(pool.groups) > 1 or ND in pool.groups or open_ended:
        return ""
    found: set[str | None] = set()
    for e in records:
        said = [(s.high or s.low or 0, details(c.value_text).get("nationality")) for s, c in _killed(e, pool.groups[0])]
        most = max((number for number, _ in said), default=0)
        given = {nation for _, nation in said if nation}
        found |= given if any(nation and number == most for number, nation in said) else {None}
    nation = found.pop() if len(found) == 1 else None
    if not nation or not re.fullmatch(r"[^\W\d_]+(?:[ -][^\W\d_]+)*", nation):
        return ""
    if high == 1:
        return f", {'an' if nation[0] in 'AEIOUaeiou' else 'a'} {nation} national"
    return f", {'both' if high == 2 else 'all'} {nation} nationals"


def _bodies(records: Sequence[Evidence]) -> str:
    """How many bodies were found, where reports say so."""
    found = [e.bodies_found for e in records if e.bodies_found is not None]
    return f" ({sum(found)} {plural(sum(found), 'body', 'bodies')} found)" if found else ""


def _called(pool: Pool, units: Sequence[Unit]) -> str:
    """In a sentence about people partly not described: how many of them are described, and by whom."""
    if len(pool.groups) == 1:
        return ""
    group = next(g for g in pool.groups if g is not ND)
    words = CALLED.get(group)
    by_officials = _described(units, group, _is_official) if words else None
    if words and by_officials:
        return f"; officials call {by_officials} of them {words}"
    described = _described(units, group, lambda _: True)
    return f"; {described} of them described as {PEOPLE[group][1]}" if described else ""


def _is_official(kind: str) -> bool:
    """Whether a speaker of this kind speaks for a government."""
    return kind == "government"


def _described(units: Sequence[Unit], group: VictimGroup, speaks: Callable[[str], bool]) -> str:
    """How many people of a group the fitting speakers state, over all units, in words; empty for none."""
    spans = []
    for unit in units:
        counts = []
        for e in unit.records:
            heard = [s for s, c in _killed(e, group) if any(speaks(v.speaker.kind) and v.claim == c for v in s.voices)]
            lows = [s.low for s in heard if s.low is not None]
            if lows:
                highs = [n for s in heard for n in (s.low, s.high) if n is not None]
                counts.append(NumberRange(min(lows), max(highs), any(s.open_ended for s in heard)))
        spans.append(counts)
    low, high, open_ended = _sum(spans)
    if not high:
        return ""
    text = number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"
    return f"{text} or more" if open_ended else text
