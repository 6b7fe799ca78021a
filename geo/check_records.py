"""Rules about records and rows: evidence that is missing, links, doubles, people at risk, what stands twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..data.generalise import is_generalised
from ..data.model import Kind, PlaceLevel, Sensitivity
from ..data.redaction import ADDRESS, POSITION
from ..data.statements import CASUALTIES
from ..data.wording import listing
from .check_numbers import numbered
from .check_places import FINE
from .check_view import Rule, View, excluded, fitting
from .check_vocabulary import ADDRESS_WORDS
from .finding import Finding, finding

__all__ = ["RECORD_RULES"]

#: Claims that tell whether two records are one event.
SAID_OF_AN_EVENT = ("event_date", "place", *CASUALTIES)
#: With how many records that share its days one is paired; more would say no more of the group.
PAIRS = 50
#: Kinds of which two records on the same days at the same place may be one event.
EVENTS = frozenset({Kind.ATTACK, Kind.STATE_OPERATION, Kind.MEASURE})


def records_without_claims(view: View) -> Iterator[Finding]:
    """Report records that no claim supports."""
    supported = {claim.record_id for claim in view.tables.claims}
    for record in view.tables.records:
        if record.record_id not in supported:
            yield finding(
                "error",
                "no-claims",
                f"{record.record_id} has no claim: nothing says that it was reported. Add its claims, or take it out.",
                records=(record.record_id,),
            )


def one_way_links(view: View) -> Iterator[Finding]:
    """Report links to a possibly same event that only one side carries."""
    links = {record.record_id: record.possible_same_as for record in view.tables.records}
    for own, others in links.items():
        for other in others:
            if own not in links.get(other, ()):
                yield finding(
                    "note",
                    "one-way-link",
                    f"{own} may be the same event as {other}, but {other} does not say so. It is read both ways; write "
                    "it on both sides.",
                    records=(own, other),
                    attribute="possible_same_as",
                )


def possible_doubles(view: View) -> Iterator[Finding]:
    """Report events of one kind on the same days at the same place that are not linked.

    The same district is enough, unless each is placed in a town or village of its own; days that follow each other are
    enough where the same number was killed or injured. Several that share days and place are one finding. A warning:
    their dead would be added.
    """
    order = {record.record_id: i for i, record in enumerate(view.tables.records)}
    here: dict[tuple[str, Kind, str], list[str]] = defaultdict(list)
    for record in view.tables.records:
        alike = "" if record.kind is Kind.ATTACK else str(record.type)
        for place_id in _small_places(view, record.record_id) if record.kind in EVENTS else ():
            here[place_id, record.kind, alike].append(record.record_id)
    groups: dict[str, set[str]] = {}
    shared: dict[str, set[str]] = defaultdict(set)
    for (place_id, _, _), records in here.items():
        for one, two in _on_the_same_days(view, records):
            if two in view.evidence[one].same_as or _in_other_towns(view, one, two):
                continue
            both = groups.get(one, {one}) | groups.get(two, {two})
            groups.update(dict.fromkeys(both, both))
            for record_id in both:
                shared[record_id].add(place_id)
    for group in dict.fromkeys(frozenset(g) for g in groups.values()):
        found = sorted(group, key=order.__getitem__)
        where = listing(sorted(set().union(*(shared[r] for r in found))))
        yield finding(
            "warning",
            "possible-double",
            f"{listing(found)} share days and place ({where}). If they may be one event, link them with "
            "possible_same_as, so that their dead are not added.",
            records=found,
            claims=[c.claim_id for r in found for c in view.about[r] if c.attribute in SAID_OF_AN_EVENT],
            key=found,
        )


def _small_places(view: View, record_id: str) -> list[str]:
    """List the towns, villages, sites and districts that a record is placed in."""
    drawn = [p for p in view.drawn.get(record_id, ()) if view.places[p].level in (PlaceLevel.DISTRICT, *FINE)]
    return list(dict.fromkeys([*drawn, *(d for p in drawn if (d := view.relations.district(view.places[p])))]))


def _on_the_same_days(view: View, records: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pair records with known days that share one, or follow each other with one number of killed or injured.

    In order of their days, so that few are compared.
    """
    dated = [(days.start, days.end, r) for r in records if (days := view.evidence[r].date).start and days.end]
    before: list[tuple[dt.date, str]] = []
    for start, end, record in sorted(dated, key=lambda one: (one[0], one[1])):
        # Those that end last stand for all that share their days: the group is the same.
        before = sorted(((last, r) for last, r in before if last >= start - dt.timedelta(days=1)), reverse=True)[:PAIRS]
        for last, other in before:
            if last >= start or _one_number(view, other, record):
                yield other, record
        before.append((end, record))


def _one_number(view: View, one: str, two: str) -> bool:
    """Tell whether two records give the same number of killed, or of injured."""
    for casualty in CASUALTIES:
        spans = [
            fitting([view.span(c) for c in counted])
            for record in (one, two)
            if (counted := [c for c in numbered(view.about[record]) if c.attribute == casualty])
        ]
        if len(spans) == 2 and spans[0] == spans[1] and spans[0].low:
            return True
    return False


def _in_other_towns(view: View, one: str, two: str) -> bool:
    """Tell whether two records are placed in towns, villages or sites of their own."""
    first, second = ({p for p in view.drawn.get(r, ()) if view.places[p].level in FINE} for r in (one, two))
    return bool(first and second and not first & second)


def linked_with_other_numbers(view: View) -> Iterator[Finding]:
    """Report linked records that may be one event and give numbers that exclude each other.

    Either one incident is counted in two ways, or there are two incidents. A note: totals already allow for both.
    """
    order = {record_id: i for i, record_id in enumerate(view.evidence)}
    for record_id, shown in view.evidence.items():
        for other in (name for name in shown.same_as if order[name] > order[record_id]):
            for casualty in CASUALTIES:
                one, two = ([c for c in numbered(view.about[r]) if c.attribute == casualty] for r in (record_id, other))
                if one and two and excluded(*(fitting([view.span(c) for c in claims]) for claims in (one, two))):
                    values = view.by_value([*one, *two], lambda c: f"{view.number(c)} in {c.record_id}")
                    yield finding(
                        "note",
                        "may-be-one-event",
                        f"{casualty}: {record_id} and {other} may be one event, but their numbers exclude each other: "
                        f"{values}. One incident counted in two ways, or two incidents: totals allow for both, do not "
                        "add them.",
                        records=(record_id, other),
                        claims=[c.claim_id for c in (*one, *two)],
                        attribute=casualty,
                        key=(record_id, other, casualty),
                    )


def addresses(view: View) -> Iterator[Finding]:
    """Report addresses and positions in texts about people at risk.

    A public output cuts what it recognises, but a name in front of such a word that no table knows stays. A warning:
    take it out of the tables, or write the district instead.
    """
    decisions: dict[str, list[str]] = defaultdict(list)
    for decision in view.whole.decisions:
        decisions[decision.record_id] += [decision.chosen, decision.reason, decision.source]
    whole = {claim.claim_id: claim for claim in view.whole.claims}
    for record in view.whole.records:
        if not is_generalised(record) and record.sensitivity is not Sensitivity.WITHHOLD:
            continue
        own = [record.title, record.note, record.date_basis, *decisions[record.record_id]]
        texts: list[tuple[str | None, str | None]] = [(None, text) for text in own]
        claims = [whole[claim.claim_id] for claim in view.about[record.record_id]]
        texts += [(c.claim_id, text) for c in claims for text in (c.value_text, c.said_by, c.via, c.note)]
        hits = [
            (claim, f[0])
            for claim, text in texts
            for p in (ADDRESS, ADDRESS_WORDS, POSITION)
            if (f := p.search(text or ""))
        ]
        if hits:
            words = listing(
                dict.fromkeys(f"\u201c{word.strip()}\u201d ({claim or 'its row or decisions'})" for claim, word in hits)
            )
            yield finding(
                "warning",
                "address",
                f"{words}: finer than a district, of a record that is never placed finer. What is not recognised "
                "cannot be cut from a public output: write no finer than district.",
                records=(record.record_id,),
                claims=[claim for claim, _ in hits if claim],
                attribute="place",
                key=(record.record_id,),
            )


def sensitivity(view: View) -> Iterator[Finding]:
    """Report people at risk whose row would publish them, and withheld records that are kept with the others."""
    for record in view.whole.records:
        if record.kind is Kind.MEASURE and record.sensitivity is Sensitivity.PUBLIC:
            yield finding(
                "warning",
                "sensitivity",
                f"{record.record_id} is a measure against people but marked public. It is generalised all the same; "
                "write generalise, or withhold.",
                records=(record.record_id,),
                attribute="sensitivity",
            )
        if record.sensitivity is Sensitivity.WITHHOLD:
            yield finding(
                "note",
                "sensitivity",
                f"{record.record_id} is withheld. Keep it out of folders that are shared or published.",
                records=(record.record_id,),
                attribute="sensitivity",
            )


def claims_twice(view: View) -> Iterator[Finding]:
    """Report claims that stand twice in the table."""
    seen: dict[tuple[object, ...], str] = {}
    for claim in view.whole.claims:
        key = tuple(value for name, value in claim if name not in ("claim_id", "note"))
        first = seen.setdefault(key, claim.claim_id)
        if first != claim.claim_id:
            yield finding(
                "warning",
                "claim-twice",
                f"{claim.claim_id} says the same as {first}: same report, record, attribute, value, speaker and span. "
                "Take one of them out.",
                records=(claim.record_id,),
                claims=(first, claim.claim_id),
                attribute=claim.attribute,
            )


def reports_twice(view: View) -> Iterator[Finding]:
    """Report texts that stand twice without one being marked as derived from the other."""
    seen: dict[str, str] = {}
    parents = {report.report_id: set(report.derived_from) for report in view.tables.reports}
    for report in view.tables.reports:
        first = seen.setdefault(report.sha256, report.report_id) if report.sha256 else report.report_id
        derived = report.report_id in parents[first] or first in parents[report.report_id]
        if first != report.report_id and not derived:
            yield finding(
                "warning",
                "report-twice",
                f"{report.report_id} has the same text as {first}, and would count as another witness. Write one of "
                "them into derived_from of the other.",
                others=(first, report.report_id),
            )


RECORD_RULES: tuple[Rule, ...] = (
    records_without_claims,
    one_way_links,
    possible_doubles,
    linked_with_other_numbers,
    sensitivity,
    addresses,
    claims_twice,
    reports_twice,
)
