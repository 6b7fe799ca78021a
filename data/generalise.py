"""People at risk are never placed finer than district: places, names and positions of such records are made coarser.

What counts as finer than district: towns, villages and sites; roads and areas inside one district; and whatever lies
inside the places that the tables give with the role ``generalised``. It is replaced by the ``generalised`` place that
holds it, or else by its district, region or country. What a claim says of the place gives way to the names of the
places that are left; in all other texts names of known places, positions and addresses are replaced, and names that
no table knows are left out (``unknown_names.py``, which also says what it cannot tell): who writes of such a record has
to write no finer than district.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from .fates import former_ids
from .model import Claim, Decision, Kind, Place, PlaceLevel, PlaceRole, Record, RecordPlace, Row, Sensitivity, Tables
from .redaction import AnyRow, Redaction, texts_of
from .unknown_names import without_unknown_names

__all__ = ["TEXT_FIELDS", "generalise", "is_generalised", "tied_claims"]

FINE = frozenset({PlaceLevel.SETTLEMENT, PlaceLevel.SITE})
#: Without a level of their own: as fine as what holds them.
LEVELLESS = frozenset({PlaceLevel.LINE, PlaceLevel.AREA})
COARSE = (PlaceLevel.DISTRICT, PlaceLevel.REGION, PlaceLevel.COUNTRY)
#: Free texts of each table; ids, vocabularies and numbers are handled as such.
TEXT_FIELDS: dict[str, tuple[str, ...]] = {
    "reports": ("outlet", "title", "kind", "published_basis", "url", "archived_url", "upstream"),
    "speakers": ("name", "kind", "as_written"),
    "records": ("title", "date_basis", "note"),
    "claims": ("topic", "value_text", "said_by", "via", "note"),
    "relations": ("note",),
    "decisions": ("chosen", "reason", "source"),
    "places": ("name", "kind", "coord_kind", "coord_source", "confidence", "note"),
    "changes": ("old", "new", "reason"),
}
#: Text fields that hold an address.
LINKS = ("url", "archived_url")
LEFT_OUT = "(place left out)"
DECIDED = "Generalised: people at risk are never placed finer than district."


def is_generalised(record: Record) -> bool:
    """Tell whether a public output generalises the record: measures against people always, others as their row says."""
    return record.kind is Kind.MEASURE or record.sensitivity is Sensitivity.GENERALISE


def generalise(tables: Tables, record_ids: Set[str]) -> Tables:
    """Make the records with these ids no finer than district, in every table."""
    ground = _Ground(tables)
    for record in tables.records:
        if record.record_id in record_ids:
            tables = _generalise_one(tables, record.record_id, ground)
    kept = _drop_unused(tables, {p for name in record_ids for p in ground.fine_places(name)}, ground)
    gone = {place.place_id for place in tables.places} - {place.place_id for place in kept.places}
    told_of = [_speaks_of(record.record_id, ground) for record in kept.records if record.record_id in record_ids]
    return without_unknown_names(_silence(kept, gone, ground), told_of)


def tied_claims(tables: Tables, claim_ids: Set[str]) -> set[str]:
    """Find claims of no record that a relation ties to one of these claims: they are heard on its record."""
    loose = {claim.claim_id for claim in tables.claims if claim.record_id is None}
    pairs = [(r.claim_a, r.claim_b) for r in tables.relations]
    return {one for a, b in pairs for one, other in ((a, b), (b, a)) if one in loose and other in claim_ids}


class _Ground:
    """Places by id, what holds them, and which of them a record names too finely."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.places = {place.place_id: place for place in tables.places}
        self.spellings: dict[str, set[str]] = {place.place_id: {place.name} for place in tables.places}
        for name in tables.place_names:
            self.spellings[name.place_id].add(name.name)
        self.coarser: dict[str, list[str]] = {}
        for link in tables.record_places:
            if link.role is PlaceRole.GENERALISED:
                self.coarser.setdefault(link.record_id, []).append(link.place_id)

    def above(self, place_id: str) -> list[Place]:
        """List what holds a place, from fine to coarse."""
        found: list[Place] = []
        parent = self.places[place_id].parent_id
        while parent and self.places[parent] not in found:
            found.append(self.places[parent])
            parent = found[-1].parent_id
        return found

    def is_fine(self, place_id: str, record_id: str) -> bool:
        """Tell whether a place is finer than the record may be placed."""
        above = self.above(place_id)
        level = self.places[place_id].level
        inside = level in LEVELLESS and any(place.level is PlaceLevel.DISTRICT for place in above)
        return level in FINE or inside or any(place.place_id in self.coarser.get(record_id, ()) for place in above)

    def coarse(self, place_id: str, record_id: str) -> str | None:
        """Find the place that stands for a too fine one: of role generalised, or the district, region or country."""
        above = [place for place in self.above(place_id) if place.level in COARSE]
        chosen = [p for p in above if p.place_id in self.coarser.get(record_id, ())]
        return next((place.place_id for place in chosen + above), None)

    def shown(self, record_id: str) -> list[str]:
        """List the places that stand for a record, none too fine."""
        mine = [link for link in self.tables.record_places if link.record_id == record_id]
        mine = [link for link in mine if link.role in (PlaceRole.EVENT, PlaceRole.GENERALISED)]
        places = [self.coarse(p, record_id) if self.is_fine(p, record_id) else p for p in (m.place_id for m in mine)]
        return [place for place in dict.fromkeys(places) if place]

    def claims_of(self, record_id: str) -> set[str]:
        """Find the ids of all claims that are heard on a record."""
        own = {claim.claim_id for claim in self.tables.claims if claim.record_id == record_id}
        return own | tied_claims(self.tables, own)

    def fine_places(self, record_id: str) -> list[str]:
        """List the too fine places that a record is connected with, by its rows, claims or decisions."""
        heard = self.claims_of(record_id)
        named = [link.place_id for link in self.tables.record_places if link.record_id == record_id]
        named += [place for claim in self.tables.claims if claim.claim_id in heard for place in claim.place_id]
        chosen = " ".join(d.chosen for d in self.tables.decisions if d.record_id == record_id)
        named += [word for word in chosen.replace(";", " ").split() if word in self.places]
        return [place for place in dict.fromkeys(named) if self.is_fine(place, record_id)]


def _redaction(record_id: str, ground: _Ground) -> Redaction:
    """Replace names of fine places: of those the record is connected with, and any other that a text may name.

    A spelling that a coarser place shares (a river, a district) is left alone unless the record is connected with it.
    """
    own = ground.fine_places(record_id)
    shared = {
        name.casefold() for p in ground.places if not ground.is_fine(p, record_id) for name in ground.spellings[p]
    }
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    # The record's own places come last: where fine places share a spelling, what stands for its own decides.
    for place_id in [p for p in ground.places if p not in own] + own:
        if ground.is_fine(place_id, record_id):
            stands_for = ground.coarse(place_id, record_id)
            ids[place_id] = stands_for or LEFT_OUT
            spellings = [n for n in ground.spellings[place_id] if place_id in own or n.casefold() not in shared]
            names.update(dict.fromkeys(spellings, ground.places[stands_for].name if stands_for else LEFT_OUT))
    known = {name for spellings in ground.spellings.values() for name in spellings} - names.keys()
    known |= ground.places.keys() - ids.keys()
    rows = {name: filter(mine, getattr(ground.tables, name)) for name, mine in _speaks_of(record_id, ground).items()}
    texts = (text for name, found in rows.items() for text in texts_of(found, TEXT_FIELDS[name]))
    return Redaction(names, ids, known, texts, positions=True)


def _speaks_of(record_id: str, ground: _Ground) -> dict[str, Callable[[Any], bool]]:
    """Tell, for every table, which rows speak of one record; of the places those around its too fine ones."""
    heard = ground.claims_of(record_id)
    reports = {claim.report_id for claim in ground.tables.claims if claim.claim_id in heard}
    speakers = {claim.speaker_id for claim in ground.tables.claims if claim.claim_id in heard}
    above = {place.place_id for fine in ground.fine_places(record_id) for place in ground.above(fine)}
    records = {record_id} | former_ids(ground.tables.changes, {record_id})
    return {
        "reports": lambda row: row.report_id in reports,
        "speakers": lambda row: row.speaker_id in speakers,
        "records": lambda row: row.record_id == record_id,
        "claims": lambda row: row.claim_id in heard,
        "relations": lambda row: row.claim_a in heard or row.claim_b in heard,
        "decisions": lambda row: row.record_id == record_id,
        "places": lambda row: row.place_id in above,
        "changes": lambda row: row.record_id in records,
    }


def _generalise_one(tables: Tables, record_id: str, ground: _Ground) -> Tables:
    """Make one record coarser, in the rows of every table that speak of it."""
    redaction = _redaction(record_id, ground)

    def coarser(row: Row, table: str) -> Row:
        if isinstance(row, Claim):
            row = _claim_places(row, record_id, ground)
        changed = without_links(row, redaction.row(row, ("note",) if table == "places" else TEXT_FIELDS[table]))
        return _decision(changed) if isinstance(changed, Decision) and changed != row else changed

    rows = tables._asdict() | {"record_places": _record_places(tables.record_places, record_id, ground)}
    for table, mine in _speaks_of(record_id, ground).items():
        rows[table] = tuple(coarser(row, table) if mine(row) else row for row in rows[table])
    return Tables(**rows)


def _record_places(rows: Sequence[RecordPlace], record_id: str, ground: _Ground) -> tuple[RecordPlace, ...]:
    """Replace the too fine places of a record; event places become generalised ones."""
    result: dict[RecordPlace, None] = {}
    for row in rows:
        if row.record_id == record_id and ground.is_fine(row.place_id, record_id):
            coarse = ground.coarse(row.place_id, record_id)
            role = PlaceRole.GENERALISED if row.role is PlaceRole.EVENT else row.role
            if coarse:
                result[RecordPlace(record_id=record_id, place_id=coarse, role=role)] = None
        else:
            result[row] = None
    return tuple(result)


def _claim_places(claim: Claim, record_id: str, ground: _Ground) -> Claim:
    """Replace the too fine places of a claim by id, and what it says of the place by names; offsets stay."""
    places = [ground.coarse(p, record_id) if ground.is_fine(p, record_id) else p for p in claim.place_id]
    kept = tuple(dict.fromkeys(place for place in places if place))
    changed = claim if kept == claim.place_id else claim.model_copy(update={"place_id": kept})
    if not _is_on_place(claim) or claim.value_text is None:
        return changed
    names = dict.fromkeys(ground.places[place].name for place in kept or ground.shown(record_id))
    return changed.model_copy(update={"value_text": "; ".join(names) or LEFT_OUT})


def _is_on_place(claim: Claim) -> bool:
    """Tell whether a claim says where: its words may be finer than any table knows."""
    return claim.attribute in ("place", "location") or claim.attribute.endswith(("_place", "_location"))


def _decision(decision: Decision) -> Decision:
    """Rewrite a decision on the place that named a too fine one; its reason and source may hold more than names."""
    if decision.attribute not in ("place", "location", "precision"):
        return decision
    return decision.model_copy(update={"reason": DECIDED, "source": "rule: measures against people"})


def _drop_unused(tables: Tables, places: Set[str], ground: _Ground) -> Tables:
    """Drop these places, unless a record or a claim still uses them; what they held goes to what holds them."""
    used = {link.place_id for link in tables.record_places} | {p for claim in tables.claims for p in claim.place_id}
    return drop_places(tables, places - used)


def _silence(tables: Tables, dropped: Set[str], ground: _Ground) -> Tables:
    """Take the names of dropped places out of every text: a row on something else may tell where people are."""
    if not dropped:
        return tables
    above = {p: next((a for a in ground.above(p) if a.level in COARSE), None) for p in ground.places if p in dropped}
    new = {p: held.name if held else LEFT_OUT for p, held in above.items()}
    known = {place.name for place in tables.places} | {name.name for name in tables.place_names}
    shared = {name.casefold() for name in known}
    names = {n: new[p] for p in new for n in sorted(ground.spellings[p]) if n.casefold() not in shared}
    texts = (text for table, fields in TEXT_FIELDS.items() for text in texts_of(getattr(tables, table), fields))
    ids = {p: held.place_id if held else LEFT_OUT for p, held in above.items()}
    redaction = Redaction(names, ids, known, texts)
    rows = {
        table: tuple(without_links(row, redaction.row(row, fields)) for row in getattr(tables, table))
        for table, fields in TEXT_FIELDS.items()
    }
    return tables._replace(**rows)


def without_links(row: AnyRow, changed: AnyRow) -> AnyRow:
    """Take a link out that names what must not be named: rewritten it would lead nowhere."""
    links = [name for name in LINKS if getattr(row, name, None) != getattr(changed, name, None)]
    return changed.model_copy(update=dict.fromkeys(links)) if links else changed


def drop_places(tables: Tables, gone: Set[str]) -> Tables:
    """Drop places and their spellings; a place inside a dropped one is put into what held that."""
    parents: Mapping[str, str | None] = {place.place_id: place.parent_id for place in tables.places}

    def kept_parent(place: Place) -> Place:
        parent = place.parent_id
        while parent is not None and parent in gone:
            parent = parents[parent]
        return place if parent == place.parent_id else place.model_copy(update={"parent_id": parent})

    return tables._replace(
        places=tuple(kept_parent(place) for place in tables.places if place.place_id not in gone),
        place_names=tuple(name for name in tables.place_names if name.place_id not in gone),
    )
