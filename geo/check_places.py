"""Rules about places: named at other levels, not in each other, without a claim, a decision, a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..data.generalise import is_generalised
from ..data.model import Claim, Place, PlaceLevel, PlaceRole
from ..data.statements import is_stated
from ..data.wording import listing
from .check_view import Rule, View, pairs
from .check_vocabulary import sides_in
from .finding import Finding, finding

__all__ = ["FINE", "PLACE_RULES"]

FINE = frozenset({PlaceLevel.SETTLEMENT, PlaceLevel.SITE})
ADMINISTRATIVE = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.DISTRICT, *FINE})
SOURCES = ("geonames_id", "wikidata_id", "wof_id", "coord_source")


def place_levels(view: View) -> Iterator[Finding]:
    """Report claims that place one record differently.

    Places that do not lie in each other cannot both be right: ``places-apart``, a warning. A district and the village
    in it can: ``place-levels``, a note, for the finer one rests on fewer reports. Rivers, roads and areas lie in no one
    place and are only named.
    """
    for record_id, claims in view.about.items():
        placed = [c for c in claims if c.attribute in ("place", "location") and c.place_id and is_stated(c)]
        here = {view.places[p].country for p in view.drawn.get(record_id, ())} - {None}
        # A claim on another country is told by the rule on countries.
        placed = [c for c in placed if not here or {view.places[p].country for p in c.place_id} & {None, *here}]
        finest = {claim.claim_id: _finest(view, claim) for claim in placed}
        apart = any(a and b and not _compatible(view, a, b) for a, b in pairs(finest.values()))
        apart = apart or any(_at_odds(view, places) for places in finest.values())
        levels = {view.places[p].level for c in placed for p in finest[c.claim_id] or c.place_id}
        if not apart and len(levels) < 2:
            continue
        named = {c.claim_id: " / ".join(view.places[p].name for p in finest[c.claim_id] or c.place_id) for c in placed}
        where = view.by_value(placed, named)
        yield finding(
            "warning" if apart else "note",
            "places-apart" if apart else "place-levels",
            f"reports place it in places that do not lie in each other: {where}. Check whether a name was taken for "
            "its namesake or two events were put together; a decision says which place is drawn."
            if apart
            else f"reports name places of several levels ({listing(sorted(levels))}) that fit each other: {where}. See "
            "that it is drawn no finer than the reports that you trust.",
            records=(record_id,),
            claims=[c.claim_id for c in placed],
            attribute="place",
            key=(record_id,),
        )


def _finest(view: View, claim: Claim) -> tuple[str, ...]:
    """List the places of a claim that hold no other of its places; lines and areas are left out."""
    mine = [p for p in claim.place_id if view.places[p].level in ADMINISTRATIVE]
    return tuple(p for p in mine if not any(p in view.up(other)[1:] for other in mine))


def _at_odds(view: View, places: tuple[str, ...]) -> bool:
    """Tell whether a claim names a village and, besides, a district or region that does not hold it."""
    levels = {PlaceLevel.SETTLEMENT if view.places[p].level in FINE else view.places[p].level for p in places}
    return len(levels) > 1


def _compatible(view: View, one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Tell whether a place of one claim is, holds or lies in a place of the other."""
    return any(a in view.up(b) or b in view.up(a) for a in one for b in two)


def places_without_claims(view: View) -> Iterator[Finding]:
    """Report event places that no claim of the record names."""
    named: dict[str | None, set[str]] = defaultdict(set)
    for claim in view.tables.claims:
        named[claim.record_id].update(claim.place_id)
    for link in view.tables.record_places:
        if link.role is PlaceRole.EVENT and link.place_id not in named[link.record_id]:
            yield finding(
                "note",
                "place-without-claim",
                f"no claim names {link.place_id}, though the record is placed there. Give the claim "
                "that does its place_id, or say in a decision why.",
                records=(link.record_id,),
                attribute="place",
                others=(link.place_id,),
            )


def points_without_decision(view: View) -> Iterator[Finding]:
    """Report towns, villages and sites that nobody decided to draw."""
    decided = {d.record_id for d in view.tables.decisions if d.attribute == "place"}
    coarse = {record.record_id for record in view.tables.records if is_generalised(record)}
    for link in view.tables.record_places:
        place = view.places[link.place_id]
        if link.role is PlaceRole.EVENT and place.level in FINE and link.record_id not in decided | coarse:
            yield finding(
                "warning",
                "no-decision",
                f"{link.record_id} is placed at {place.name} ({place.place_id}), but no decision says that this is the "
                "place meant; until then the district is drawn. Add a row to decisions.csv with the source.",
                records=(link.record_id,),
                claims=view.naming((link.place_id,), link.record_id),
                attribute="place",
                key=(link.record_id, "place", link.place_id),
            )


def decisions_without_place(view: View) -> Iterator[Finding]:
    """Report decisions on the place that choose nothing that the record could be drawn at: they change nothing."""
    known = {place.place_id for place in view.tables.places}
    drawn = {link.record_id: set[str]() for link in view.tables.record_places}
    for link in view.tables.record_places:
        if link.role in (PlaceRole.EVENT, PlaceRole.GENERALISED):
            drawn[link.record_id].add(link.place_id)
    for decision in view.tables.decisions:
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
                f"the decision on the place has no effect: {advice}.",
                records=(decision.record_id,),
                attribute="place",
                others=tuple(unknown + unused),
            )


def countries(view: View) -> Iterator[Finding]:
    """Report records whose event places lie in two countries, or whose claims place them in another one."""
    events: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for link in view.tables.record_places:
        country = view.places[link.place_id].country
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
                claims=view.naming([place_id for ids in sides.values() for place_id in ids], record_id),
                attribute="place",
                key=(record_id, "place"),
            )
    for claim in view.tables.claims:
        mine = events.get(claim.record_id or "", {})
        if claim.attribute not in ("place", "location"):
            continue
        other = [p for p in claim.place_id if view.places[p].country not in {None, *mine}]
        other += [code for code in sides_in(claim.value_text) if code not in mine]
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


def parents(view: View) -> Iterator[Finding]:
    """Report places whose country or region code does not fit what they lie in."""
    for place in view.tables.places:
        parent = view.places.get(place.parent_id or "")
        if parent and _other(place.country, parent.country):
            yield _misplaced(place, f"lies in {place.country}, but its parent {parent.place_id} in {parent.country}")
        elif place.iso_3166_2 and _other(place.iso_3166_2[:2], place.country):
            yield _misplaced(place, f"has the region code {place.iso_3166_2}, but the country {place.country}")


def _other(one: str | None, two: str | None) -> bool:
    """Tell whether both are given and differ."""
    return bool(one and two and one != two)


def _misplaced(place: Place, what: str) -> Finding:
    return finding("error", "place-country", f"{place.place_id} {what}. Correct places.csv.", others=(place.place_id,))


def pins_without_source(view: View) -> Iterator[Finding]:
    """Report points that records are drawn at although nothing says where the coordinates come from.

    A gazetteer id or a source of the coordinates is enough. A warning: a pin is a claim, too.
    """
    at: dict[str, list[str]] = defaultdict(list)
    coarse = {record.record_id for record in view.tables.records if is_generalised(record)}
    for record_id, places in view.drawn.items():
        for place_id in places if record_id not in coarse else ():
            at[place_id].append(record_id)
    for place in view.tables.places:
        pinned = place.level in FINE and place.lonlat and at.get(place.place_id)
        if pinned and not any(getattr(place, source) for source in SOURCES):
            yield finding(
                "warning",
                "pin-without-source",
                f"{place.name} ({place.place_id}) has a point, but no gazetteer id and no source of its coordinates. "
                f"Add one of {listing(SOURCES)}, or take the point out: then its district is drawn.",
                records=at[place.place_id],
                claims=view.naming((place.place_id,), *at[place.place_id]),
                attribute="place",
                key=(place.place_id,),
            )


PLACE_RULES: tuple[Rule, ...] = (
    place_levels,
    places_without_claims,
    points_without_decision,
    decisions_without_place,
    countries,
    parents,
    pins_without_source,
)
