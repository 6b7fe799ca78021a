"""Rules about numbers: which exclude each other, bodies against deaths, numbers that nobody named gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..data.model import Claim, VictimGroup
from ..data.statements import CASUALTIES, details, is_stated
from ..data.testimony import NAMELESS_KINDS
from ..data.wording import attribute_label, group_label, listing, lower_first
from .check_view import COMPARED, ND, Rule, View, excluded, pairs
from .check_vocabulary import NUMBER_WORDS, content_words, other_words
from .finding import Finding, finding

__all__ = ["NUMBER_RULES", "may_be", "numbered"]

BODIES = frozenset({"bodies_recovered", "bodies_found", "bodies"})
MISSING = frozenset({"unaccounted", "missing"})


def numbered(claims: Iterable[Claim]) -> list[Claim]:
    """Keep claims that state a number; a denied or guessed one states none."""
    return [c for c in claims if is_stated(c) and (c.value_low is not None or c.value_high is not None)]


def numbers_that_differ(view: View) -> Iterator[Finding]:
    """Report numbers for one attribute and group of people of a record (or of a topic) that cannot all be right.

    Numbers that leave room for each other (three to five, at least three) are no contradiction. Words such as "several"
    are named beside the numbers. A warning; a note where a decision says how they are read, or where the smaller number
    is described otherwise and may be a part of the larger.
    """
    decided = {(decision.record_id, decision.attribute) for decision in view.tables.decisions}
    for (about, attribute, group), claims in view.buckets.items():
        people = attribute in CASUALTIES
        for counted in [numbered(claims)] if people else _of_one_thing(numbered(claims)):
            spans = [view.span(claim) for claim in counted]
            highs = [span.high for span in spans if span.high is not None]
            if not highs or max(span.low for span in spans) <= min(highs):
                continue
            shown = [*counted, *(c for c in claims if people and c.value_low is c.value_high is None and is_stated(c))]
            whose = f" ({group_label(group).lower()})" if group not in (None, ND) and people else ""
            settled = (about, attribute) in decided
            parts = people and not any(_clearly(view, a, b) for a, b in pairs(_unlike(view, counted)))
            end = "All are shown; a decision may settle it."
            if parts:
                end = "They may count different people, or one a part of the others; if so, keep them apart."
            if settled:
                end = "A decision says how they are read."
            things = sorted(_thing(counted[0])) if not people else []
            yield finding(
                "note" if settled or parts else "warning",
                "numbers-differ",
                f"{lower_first(attribute_label(attribute))}{whose}: the numbers exclude each other: "
                f"{view.by_value(shown, view.counted if parts else view.number)}. {end}",
                records=[claim.record_id for claim in shown],
                claims=[claim.claim_id for claim in shown],
                attribute=attribute,
                key=(about, attribute, str(group or "all"), *things),
            )


def _unlike(view: View, claims: Iterable[Claim]) -> list[Claim]:
    """Take one claim of each number and description."""
    return list({(view.span(c), _people(c), c.victim_group): c for c in claims}.values())


def _clearly(view: View, one: Claim, two: Claim) -> bool:
    """Tell whether two numbers exclude each other and count the same people.

    Twelve killed and three children or three civilians killed are no contradiction: the smaller number, if it is
    described otherwise than the larger, may count a part of it, or others.
    """
    small, large = sorted((view.span(one), view.span(two)), key=lambda span: (span.low, span.high is None, span.high))
    if not excluded(small, large):
        return False
    mine, others = (one, two) if view.span(one) == small else (two, one)
    if others.victim_group in (None, ND) and mine.victim_group not in (None, ND):
        return False
    return _people(mine) <= _people(others) or not other_words(_people(mine), _people(others))


def _people(claim: Claim) -> frozenset[str]:
    """Read how a claim describes the people that it counts, without numbers."""
    found = details(claim.value_text)
    return content_words(f"{found.get('nationality', '')} {found.get('role', '')}") - NUMBER_WORDS


def _thing(claim: Claim) -> frozenset[str]:
    """Tell what a claim counts beside people, by its words without those for numbers."""
    return frozenset(
        word for word in content_words(claim.value_text) if word not in NUMBER_WORDS and not word.isdigit()
    )


def _of_one_thing(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Part claims by what they count: three rifles and ten grenades are no contradiction; no words fit all."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims[: COMPARED * 5], key=lambda c: -len(_thing(c))):
        fit = [g for g in groups if _thing(claim) <= _thing(g[0])]
        if len(fit) == 1:
            fit[0].append(claim)
        else:
            groups.append([claim])
    order = {claim.claim_id: i for i, claim in enumerate(claims)}
    return [sorted(group, key=lambda claim: order[claim.claim_id]) for group in groups]


def may_be(claim: Claim, group: VictimGroup) -> bool:
    """Tell whether a claim may speak of a group: it does, or it or the other does not say of whom."""
    return ND in (group, claim.victim_group or ND) or claim.victim_group is group


def bodies_that_differ(view: View) -> Iterator[Finding]:
    """Report numbers of bodies found that do not bear out the number said to be killed.

    Fewer bodies than deaths do not disprove the number, but they say that it rests on a statement; more bodies than
    deaths exclude it. People unaccounted for are named with them: they are not known to be dead. A warning.
    """
    for record_id, claims in view.about.items():
        bodies = [c for c in numbered(claims) if c.attribute in BODIES]
        for group in dict.fromkeys(c.victim_group or ND for c in bodies):
            found = [c for c in bodies if (c.victim_group or ND) is group]
            killed = [c for c in numbered(claims) if c.attribute == "killed" and may_be(c, group)]
            missing = [c for c in numbered(claims) if c.attribute in MISSING and may_be(c, group)]
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


NUMBER_RULES: tuple[Rule, ...] = (numbers_that_differ, bodies_that_differ, numbers_without_a_speaker)
