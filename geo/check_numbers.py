"""Rules about numbers: which exclude each other, bodies against deaths, totals against their parts, nobody named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..data.counting import event_groups
from ..data.evidence import Evidence
from ..data.model import Claim, Kind, Record, VictimGroup
from ..data.redaction import token_pattern
from ..data.statements import CASUALTIES, is_stated
from ..data.testimony import NAMELESS_KINDS
from ..data.wording import attribute_label, group_label, listing, lower_first, range_text
from .check_view import ND, Rule, Span, View, excluded, fitting
from .check_vocabulary import NUMBER_WORDS, content_words
from .finding import Finding, finding

__all__ = ["NUMBER_RULES"]

BODIES = frozenset({"bodies_recovered", "bodies_found", "bodies"})
MISSING = frozenset({"unaccounted", "missing"})
EVENTS = frozenset({Kind.ATTACK, Kind.STATE_OPERATION})


def numbered(claims: Iterable[Claim]) -> list[Claim]:
    """Keep claims that state a number; a denied or guessed one states none."""
    return [c for c in claims if is_stated(c) and (c.value_low is not None or c.value_high is not None)]


def numbers_that_differ(view: View) -> Iterator[Finding]:
    """Report numbers for one attribute and group of people of a record (or of a topic) that cannot all be right.

    Numbers that leave room for each other (three to five, at least three) are no contradiction. Words such as "several"
    are named beside the numbers. A warning; a note where a decision already says how they are read.
    """
    decided = {(decision.record_id, decision.attribute) for decision in view.tables.decisions}
    for (about, attribute, group), claims in view.buckets.items():
        people = attribute in CASUALTIES
        for counted in [numbered(claims)] if people else _of_one_thing(numbered(claims)):
            spans = [view.span(claim) for claim in counted]
            highs = [span.high for span in spans if span.high is not None]
            if not highs or max(span.low for span in spans) <= min(highs):
                continue
            shown = [*counted, *(c for c in claims if people and c not in counted and is_stated(c))]
            whose = f" ({group_label(group).lower()})" if group not in (None, ND) and people else ""
            settled = (about, attribute) in decided
            things = sorted(_thing(counted[0])) if not people else []
            yield finding(
                "note" if settled else "warning",
                "numbers-differ",
                f"{lower_first(attribute_label(attribute))}{whose}: the numbers exclude each other: "
                f"{view.by_value(shown, view.number)}. "
                + ("A decision says how they are read." if settled else "All are shown; a decision may settle it."),
                records=[claim.record_id for claim in shown],
                claims=[claim.claim_id for claim in shown],
                attribute=attribute,
                key=(about, attribute, str(group or "all"), *things),
            )


def _thing(claim: Claim) -> frozenset[str]:
    """Tell what a claim counts beside people, by its words without those for numbers."""
    return frozenset(
        word for word in content_words(claim.value_text) if word not in NUMBER_WORDS and not word.isdigit()
    )


def _of_one_thing(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Part claims by what they count: three rifles and ten grenades are no contradiction; no words fit all."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: -len(_thing(c))):
        fit = [g for g in groups if _thing(claim) <= _thing(g[0])]
        if len(fit) == 1:
            fit[0].append(claim)
        else:
            groups.append([claim])
    order = {claim.claim_id: i for i, claim in enumerate(claims)}
    return [sorted(group, key=lambda claim: order[claim.claim_id]) for group in groups]


def bodies_that_differ(view: View) -> Iterator[Finding]:
    """Report numbers of bodies found that do not bear out the number said to be killed.

    Fewer bodies than deaths do not disprove the number, but they say that it rests on a statement; more bodies than
    deaths exclude it. People unaccounted for are named with them: they are not known to be dead. A warning.
    """
    for record_id, claims in view.about.items():
        bodies = [c for c in numbered(claims) if c.attribute in BODIES]
        for group in dict.fromkeys(c.victim_group or ND for c in bodies):
            found = [c for c in bodies if (c.victim_group or ND) is group]
            killed = [c for c in numbered(claims) if c.attribute == "killed" and _may_be(c, group)]
            missing = [c for c in numbered(claims) if c.attribute in MISSING and _may_be(c, group)]
            if not killed or not any(excluded(view.span(a), view.span(b)) for a in found for b in killed):
                continue
            parts = [
                f"said to be killed: {view.by_value(killed, view.number)}",
                f"bodies: {view.by_value(found, view.number)}",
            ]
            parts += [f"unaccounted for: {view.by_value(missing, view.number)}"] if missing else []
            yield finding(
                "warning",
                "bodies-differ",
                f"the bodies found do not bear out the number of deaths. {'; '.join(parts)}. Read the passages again; "
                "if none was misread, all stay, and the map shows the range.",
                records=(record_id,),
                claims=[c.claim_id for c in (*killed, *found, *missing)],
                attribute="killed",
                key=(record_id, str(group)),
            )


def _may_be(claim: Claim, group: VictimGroup) -> bool:
    """Tell whether a claim may speak of a group: it does, or it or the other does not say of whom."""
    return ND in (group, claim.victim_group or ND) or claim.victim_group is group


def totals(view: View) -> Iterator[Finding]:
    """Report totals against the records that they cover.

    A total covers the records that its row or claims name by id; where none is named, the attacks and operations that
    lie wholly in its days and its places. Named: it must fit their sum (``sum``, a warning). By days: fewer than the
    records give is a contradiction (``sum``), more is a gap in the tables (``total-not-explained``, a note). Records
    that may be one event count once at least, and all of them at most; a total that fits only if all of them are added
    is told too (``total-adds-doubles``, a warning).
    """
    ids = token_pattern(view.evidence)
    for record in view.tables.records:
        if record.kind is not Kind.AGGREGATE or ids is None:
            continue
        texts = (record.title, record.note, *(t for c in view.about[record.record_id] for t in (c.value_text, c.note)))
        named = [name for name in dict.fromkeys(ids.findall(" ".join(filter(None, texts)))) if name != record.record_id]
        parts = [view.evidence[name] for name in named] or _of_its_days(view, record)
        shown = view.evidence[record.record_id]
        for casualty in CASUALTIES:
            for group, total in getattr(shown, casualty).items():
                span = Span(total.low or 0, None if total.open_ended else total.high)
                if total.low is not None or total.high is not None:
                    yield from _against(view, record, casualty, group, span, parts, by_name=bool(named))


def _of_its_days(view: View, total: Record) -> list[Evidence]:
    """Find the events that lie wholly in the days and in the places of a total."""
    span = view.evidence[total.record_id].date
    if span.start is None or span.end is None:
        return []
    drawn = view.drawn
    found = []
    for one in view.evidence.values():
        days = one.date
        inside = days.start and days.end and span.start <= days.start and days.end <= span.end
        if one.record.kind not in EVENTS or not inside:
            continue
        held = {up for place in drawn.get(one.record.record_id, ()) for up in view.up(place)}
        if not drawn.get(total.record_id) or held & set(drawn[total.record_id]):
            found.append(one)
    return found


def _against(
    view: View,
    record: Record,
    casualty: str,
    group: VictimGroup,
    total: Span,
    parts: Sequence[Evidence],
    *,
    by_name: bool,
) -> Iterator[Finding]:
    """Compare one total with its parts."""
    spans = {
        part.record.record_id: span for part in parts if (span := _part(view, part.record.record_id, casualty, group))
    }
    if not spans:
        return
    units = [
        [spans[e.record.record_id] for e in unit if e.record.record_id in spans]
        for unit in event_groups({part.record.record_id: part for part in parts})
    ]
    units = [unit for unit in units if unit]
    unknown = by_name and len(spans) < len(parts)
    low = sum(min(s.low for s in unit) for unit in units)
    high = None if unknown else _add(s.high for unit in units for s in unit)
    once = None if unknown else _add(_most(unit) for unit in units)
    claims = _claims_on(view, (record.record_id, *spans), casualty, group)
    whose = group_label(group).lower() if group is not ND else "all groups"
    said = range_text(total.low, total.high, total.high is None)
    gives = range_text(low, high, high is None)
    each = ", ".join(f"{name} {range_text(*span, span.high is None)}" for name, span in spans.items())
    opening = (
        f"{said} {casualty} in all ({whose}; {view.voices([c for c in claims if c.record_id == record.record_id])})"
    )

    def told(level: str, rule: str, text: str) -> Finding:
        return finding(
            level, rule, f"{opening}, {text}", records=(record.record_id, *spans), claims=[c.claim_id for c in claims],
            attribute=casualty, key=(record.record_id, casualty, str(group)),
        )  # fmt: skip

    fewer, more = total.high is not None and total.high < low, high is not None and total.low > high
    if fewer or (more and by_name):
        yield told("warning", "sum", f"but the records that it counts give {gives} ({each}). Compare the claims; if "
                   "none was misread, the difference is the reports' own and stays.")  # fmt: skip
    elif more:
        yield told("note", "total-not-explained", f"but the events described for that time give {gives} ({each}). Look "
                   "for events that no record describes yet.")  # fmt: skip
    elif once is not None and total.low > once:
        yield told("warning", "total-adds-doubles", "which fits only if records that may be one event are added up "
                   f"({each}). Find out whether they are one; until then people may be counted twice.")  # fmt: skip


def _part(view: View, record_id: str, casualty: str, group: VictimGroup) -> Span | None:
    """How many people of a group one record may hold; those not described may belong to any group."""
    counts: dict[VictimGroup, list[Span]] = defaultdict(list)
    for claim in numbered(view.about[record_id]):
        if claim.record_id == record_id and _counts(claim, casualty):
            counts[claim.victim_group or ND].append(view.span(claim))
    spans = {g: fitting(found) for g, found in counts.items()}
    loose, described = spans.pop(ND, None), [s for g, s in spans.items() if group in (g, ND)]
    if not loose and not described:
        return None
    low = sum(span.low for span in described)
    every = [*described, *([loose] if loose else [])]
    return Span(max(low, loose.low) if loose and group is ND else low, _add(span.high for span in every))


def _counts(claim: Claim, casualty: str) -> bool:
    """Tell whether a claim counts these casualties, of its record or in all."""
    return claim.attribute == casualty or claim.attribute.startswith(f"{casualty}_total")


def _add(highs: Iterable[int | None]) -> int | None:
    """Add up upper ends; one that is open leaves the sum open."""
    found = list(highs)
    return None if None in found else sum(high for high in found if high is not None)


def _most(unit: Sequence[Span]) -> int | None:
    """Take the largest of records that may be one event."""
    return None if any(s.high is None for s in unit) else max(s.high for s in unit if s.high is not None)


def _claims_on(view: View, records: Iterable[str], casualty: str, group: VictimGroup) -> list[Claim]:
    """Claims of these records on the casualties of a group, with or without a number, in the order of the records."""
    return [
        claim
        for record in records
        for claim in view.about[record]
        if _counts(claim, casualty) and _may_be(claim, group)
    ]


def numbers_without_a_speaker(view: View) -> Iterator[Finding]:
    """Report records whose killed or injured are counted by nobody named: the reports' own voice, unnamed sources.

    A note: the number is a report's word, and who reads the map should know.
    """
    for record_id, claims in view.about.items():
        unnamed: dict[str, list[Claim]] = defaultdict(list)
        for claim in numbered(claims):
            if claim.attribute in CASUALTIES:
                unnamed[claim.attribute].append(claim)
        alone = [k for k, found in unnamed.items() if all(view.speaker(c).kind in NAMELESS_KINDS for c in found)]
        if alone:
            shown = [claim for casualty in alone for claim in unnamed[casualty]]
            yield finding(
                "note",
                "number-without-speaker",
                f"{listing(alone)}: nobody is named who says how many ({view.voices(shown)}). If a report names a "
                "speaker, write it into said_by and speaker_id.",
                records=(record_id,),
                claims=[c.claim_id for c in shown],
                attribute=alone[0] if len(alone) == 1 else None,
                key=(record_id,),
            )


NUMBER_RULES: tuple[Rule, ...] = (numbers_that_differ, bodies_that_differ, totals, numbers_without_a_speaker)
