"""Rules about records: evidence that is missing, places without a decision or in the wrong country, links, doubles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from ..data.evidence import Evidence
from ..data.generalise import is_generalised
from ..data.model import Kind, Place, PlaceLevel, PlaceRole, Sensitivity, Tables
from ..data.wording import listing
from .check_claims import Rule
from .finding import Finding, finding

__all__ = ["RECORD_RULES"]

FINE = frozenset({PlaceLevel.SETTLEMENT, PlaceLevel.SITE})
#: Kinds of which two records on the same days at the same place may be one event.
EVENTS = frozenset({Kind.ATTACK, Kind.STATE_OPERATION, Kind.MEASURE})


def records_without_claims(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report records that no claim supports."""
    supported = {claim.record_id for claim in tables.claims}
    for record in tables.records:
        if record.record_id not in supported:
            yield finding(
                "error",
                "no-claims",
                f"{record.record_id} has no claim: nothing says that it was reported. Add its claims, or take it out.",
                records=(record.record_id,),
            )


def places_without_claims(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report event places that no claim of the record names."""
    named: dict[str | None, set[str]] = defaultdict(set)
    for claim in tables.claims:
        named[claim.record_id].update(claim.place_id)
    for link in tables.record_places:
        if link.role is PlaceRole.EVENT and link.place_id not in named[link.record_id]:
            yield finding(
                "note",
                "place-without-claim",
                f"{link.record_id}: no claim names {link.place_id}, though the record is placed there. Give the claim "
                "that does its place_id, or say in a decision why.",
                records=(link.record_id,),
                attribute="place",
                others=(link.place_id,),
            )


def points_without_decision(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report towns, villages and sites that nobody decided to draw."""
    places = {place.place_id: place for place in tables.places}
    decided = {d.record_id for d in tables.decisions if d.attribute == "place"}
    coarse = {record.record_id for record in tables.records if is_generalised(record)}
    for link in tables.record_places:
        place = places[link.place_id]
        if link.role is PlaceRole.EVENT and place.level in FINE and link.record_id not in decided | coarse:
            yield finding(
                "warning",
                "no-decision",
                f"{link.record_id} is placed at {place.name} ({place.place_id}), but no decision says that this is the "
                "place meant; until then the district is drawn. Add a row to decisions.csv with the source.",
                records=(link.record_id,),
                attribute="place",
                others=(link.place_id,),
            )


def decisions_without_place(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report decisions on the place that choose nothing that the record could be drawn at: they change nothing."""
    known = {place.place_id for place in tables.places}
    drawn = {link.record_id: set[str]() for link in tables.record_places}
    for link in tables.record_places:
        if link.role in (PlaceRole.EVENT, PlaceRole.GENERALISED):
            drawn[link.record_id].add(link.place_id)
    for decision in tables.decisions:
        if decision.attribute != "place":
            continue
        chosen = [one.strip() for one in decision.chosen.split(";")]
        unknown = [one for one in chosen if one not in known]
        unused = [one for one in chosen if one in known and one not in drawn.get(decision.record_id, ())]
        if unknown or unused:
            advice = (
                f"{listing(unknown)} is no place_id of places.csv. Choose by place_id"
                if unknown
                else f"record_places.csv does not place the record at {listing(unused)}. Add the row, role event"
            )
            yield finding(
                "warning",
                "decision-unused",
                f"{decision.record_id}: the decision on the place has no effect: {advice}.",
                records=(decision.record_id,),
                attribute="place",
                others=tuple(unknown + unused),
            )


def countries(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report records whose event places lie in two countries, or whose claims place them in another one."""
    places = {place.place_id: place for place in tables.places}
    events: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for link in tables.record_places:
        country = places[link.place_id].country
        if link.role in (PlaceRole.EVENT, PlaceRole.GENERALISED) and country:
            events[link.record_id][country].append(link.place_id)
    for record_id, sides in events.items():
        if len(sides) > 1:
            where = listing(f"{country} ({', '.join(ids)})" for country, ids in sorted(sides.items()))
            yield finding(
                "error",
                "two-countries",
                f"{record_id} is placed in {where}: one of them is on the wrong bank. A place that attackers came from "
                "has the role origin.",
                records=(record_id,),
                attribute="place",
            )
    for claim in tables.claims:
        mine = events.get(claim.record_id or "", {})
        other = [p for p in claim.place_id if claim.attribute == "place" and places[p].country not in {None, *mine}]
        if mine and other:
            yield finding(
                "warning",
                "wrong-country",
                f"{claim.claim_id} places {claim.record_id} at {listing(other)}, but the record lies in "
                f"{listing(sorted(mine))}. Check for a place of the same name on the other bank.",
                records=(claim.record_id,),
                claims=(claim.claim_id,),
                attribute="place",
            )


def parents(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report places whose country or region code does not fit what they lie in."""
    places = {place.place_id: place for place in tables.places}
    for place in tables.places:
        parent = places.get(place.parent_id or "")
        if parent and _other(place.country, parent.country):
            yield _misplaced(place, f"lies in {place.country}, but its parent {parent.place_id} in {parent.country}")
        elif place.iso_3166_2 and _other(place.iso_3166_2[:2], place.country):
            yield _misplaced(place, f"has the region code {place.iso_3166_2}, but the country {place.country}")


def _other(one: str | None, two: str | None) -> bool:
    """Tell whether both are given and differ."""
    return bool(one and two and one != two)


def _misplaced(place: Place, what: str) -> Finding:
    return finding("error", "place-country", f"{place.place_id} {what}. Correct places.csv.", others=(place.place_id,))


def one_way_links(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report links to a possibly same event that only one side carries."""
    links = {record.record_id: record.possible_same_as for record in tables.records}
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


def possible_doubles(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report events of one kind on the same days at the same place that are not linked."""
    places = {place.place_id: place for place in tables.places}
    here: dict[str, set[str]] = defaultdict(set)
    for link in tables.record_places:
        level = places[link.place_id].level
        if link.role is PlaceRole.EVENT and (level is PlaceLevel.DISTRICT or level in FINE):
            here[link.record_id].add(link.place_id)
    for one, two in combinations(evidence.values(), 2):
        a, b = one.record, two.record
        shared = here[a.record_id] & here[b.record_id]
        alike = a.kind is b.kind and a.kind in EVENTS and (a.kind is Kind.ATTACK or a.type is b.type)
        if alike and shared and b.record_id not in one.same_as and _overlap(one, two):
            yield finding(
                "warning",
                "possible-double",
                f"{a.record_id} and {b.record_id} share days and place ({listing(sorted(shared))}). If they may be one "
                "event, link them with possible_same_as, so that their dead are not added.",
                records=(a.record_id, b.record_id),
            )


def _overlap(one: Evidence, two: Evidence) -> bool:
    """Tell whether two records with known days share one."""
    a, b = one.date, two.date
    return bool(a.start and a.end and b.start and b.end and a.start <= b.end and b.start <= a.end)


def sensitivity(tables: Tables, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """Report people at risk whose row would publish them, and withheld records that are kept with the others."""
    for record in tables.records:
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


RECORD_RULES: tuple[Rule, ...] = (
    records_without_claims,
    places_without_claims,
    points_without_decision,
    decisions_without_place,
    countries,
    parents,
    one_way_links,
    possible_doubles,
    sensitivity,
)
