"""What a public output may hold: withheld records leave no trace, generalised ones are no finer than district.

Tables go in, tables come out, before anything is located or drawn. Pure; doing it twice changes nothing more.

Withheld: the record, its claims, places, relations, decisions, changes and links, and the changes of what was merged
into it; claims of no record that hang on it alone; places finer than district, reports and speakers that only it
uses. A remaining text that still names it, one of its claims or one of its places is cut: an optional text is emptied,
in a required one the words are replaced by ``[withheld]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import get_args

from .fates import fates, former_ids, is_fate
from .generalise import TEXT_FIELDS, drop_places, generalise, is_generalised, tied_claims
from .model import Decision, Place, PlaceLevel, Report, Row, Sensitivity, Speaker, Tables
from .redaction import AnyRow, Redaction, texts_of
from .testimony import REPORT_VOICE
from .wording import plural

__all__ = ["Published", "public"]

WITHHELD = "[withheld]"
#: Levels of places that may only be known through a record; the coarser ones are common knowledge, as are rivers.
TELLING = frozenset({PlaceLevel.SETTLEMENT, PlaceLevel.SITE, PlaceLevel.AREA, PlaceLevel.LINE})
COMMON_KINDS = frozenset({"river", "border"})


@dataclass(frozen=True, slots=True)
class Published:
    """Tables fit for publication; ids of the generalised records, and how many records were withheld.

    ``known_places`` are the places that the area of a district may be spanned by: those that are published, and common
    ones. Others, known through a withheld or generalised record only, could be worked out from the shape of an area.

    ``internal_note`` and ``quotes`` are of internal outputs only, see ``internal.py``: what a public one would not
    show, and the passages that claims rest on, by the id of the claim.
    """

    tables: Tables
    generalised: tuple[str, ...]
    withheld: int
    known_places: tuple[Place, ...]
    internal_note: str = ""
    quotes: Mapping[str, str] = field(default_factory=dict)

    @property
    def internal(self) -> bool:
        """Tell whether this is for an internal output, which shows everything."""
        return bool(self.internal_note)

    @property
    def note(self) -> str:
        """Say how many records were generalised or withheld; empty where none was."""
        if self.internal:
            return self.internal_note
        count = len(self.generalised)
        parts = [f"{count} {plural(count, 'record')} generalised to district or coarser"] if count else []
        parts += [f"{self.withheld} {plural(self.withheld, 'record')} withheld"] if self.withheld else []
        return f"{', '.join(parts)}." if parts else ""


def public(tables: Tables, common: Iterable[Place] = ()) -> Published:
    """Apply the sensitivity of every record.

    Parameters
    ----------
    tables
        All tables; they are not changed.
    common
        Places that are common knowledge, whatever happened there: those of the packaged gazetteer.

    Returns
    -------
    Published
        Measures against people are generalised whatever their row says.
    """
    withheld = {r.record_id for r in tables.records if r.sensitivity is Sensitivity.WITHHOLD}
    kept = _withhold(tables, withheld) if withheld else tables
    generalised = tuple(record.record_id for record in kept.records if is_generalised(record))
    fit = _with_fates(generalise(kept, set(generalised)), kept)
    return Published(fit, generalised, len(withheld), _known_places(tables.places, fit.places, common))


def _known_places(places: Iterable[Place], published: Iterable[Place], common: Iterable[Place]) -> tuple[Place, ...]:
    """Take the published places, and of the others those that stand in the common gazetteer at the same point."""
    fit = {place.place_id: place for place in published}
    points = {place.place_id: place.lonlat for place in common}
    known = (fit.get(p.place_id) or (p if points.get(p.place_id, ()) == p.lonlat else None) for p in places)
    return tuple(place for place in known if place)


def _with_fates(tables: Tables, before: Tables) -> Tables:
    """Put back what became of records where a name in an id was taken for a place: ids are opaque."""
    new = {record_id: change.new for record_id, change in fates(before.changes).items()}
    kept = (c.model_copy(update={"new": new[c.record_id]}) if is_fate(c) else c for c in tables.changes)
    return tables._replace(changes=tuple(kept))


def _withhold(tables: Tables, record_ids: Set[str]) -> Tables:
    """Take out these records and everything that only they bring in."""
    former = former_ids(tables.changes, record_ids)
    gone_claims = _claims_of(tables, record_ids)
    kept = tables._replace(
        records=tuple(
            r.model_copy(update={"possible_same_as": tuple(o for o in r.possible_same_as if o not in record_ids)})
            for r in tables.records
            if r.record_id not in record_ids
        ),
        record_places=tuple(link for link in tables.record_places if link.record_id not in record_ids),
        claims=tuple(claim for claim in tables.claims if claim.claim_id not in gone_claims),
        relations=tuple(r for r in tables.relations if not {r.claim_a, r.claim_b} & gone_claims),
        decisions=_decisions(tables, record_ids, gone_claims),
        changes=tuple(change for change in tables.changes if change.record_id not in record_ids | former),
    )
    kept = kept._replace(reports=_reports(tables, kept), speakers=_speakers(tables, kept))
    gone_places = _used_places(tables) - _used_places(kept)
    gone_places = {
        place.place_id
        for place in tables.places
        if place.place_id in gone_places and place.level in TELLING and place.kind not in COMMON_KINDS
    }
    cut = _cut_texts(tables, drop_places(kept, gone_places), record_ids | former, gone_claims, gone_places)
    return _with_fates(cut, kept)


def _claims_of(tables: Tables, record_ids: Set[str]) -> set[str]:
    """Find the claims of these records, and those of no record that hang on them.

    These are tied to them and to no other record, or stand in a report that tells of no other record: it would lead to
    what is withheld.
    """
    gone = {claim.claim_id for claim in tables.claims if claim.record_id in record_ids}
    others = [claim for claim in tables.claims if claim.record_id and claim.record_id not in record_ids]
    only = {claim.report_id for claim in tables.claims if claim.claim_id in gone} - {c.report_id for c in others}
    loose = {claim.claim_id for claim in tables.claims if claim.report_id in only}
    return gone | loose | (tied_claims(tables, gone) - tied_claims(tables, {claim.claim_id for claim in others}))


def _decisions(tables: Tables, record_ids: Set[str], gone_claims: Set[str]) -> tuple[Decision, ...]:
    """Keep decisions on other records; one that rests on withheld claims alone goes with them."""
    kept = []
    for decision in tables.decisions:
        sources = [part.strip() for part in decision.source.split(";")]
        left = [part for part in sources if part not in gone_claims]
        if decision.record_id not in record_ids and left:
            kept.append(decision if left == sources else decision.model_copy(update={"source": ";".join(left)}))
    return tuple(kept)


def _reports(tables: Tables, kept: Tables) -> tuple[Report, ...]:
    """Keep reports that still have a claim, or never had one."""
    gone = {claim.report_id for claim in tables.claims} - {claim.report_id for claim in kept.claims}
    return tuple(
        report.model_copy(update={"derived_from": tuple(r for r in report.derived_from if r not in gone)})
        for report in tables.reports
        if report.report_id not in gone
    )


def _speakers(tables: Tables, kept: Tables) -> tuple[Speaker, ...]:
    """Keep speakers who are still heard, or never were; a report's own voice always."""
    gone = {c.speaker_id for c in tables.claims} - {c.speaker_id for c in kept.claims} - {REPORT_VOICE}
    return tuple(speaker for speaker in tables.speakers if speaker.speaker_id not in gone)


def _used_places(tables: Tables) -> set[str]:
    """Find the places that records or claims name, and what holds them."""
    parents = {place.place_id: place.parent_id for place in tables.places}
    used: set[str] = set()
    todo = [link.place_id for link in tables.record_places] + [p for claim in tables.claims for p in claim.place_id]
    while todo:
        place = todo.pop()
        if place not in used:
            used.add(place)
            parent = parents.get(place)
            todo += [parent] if parent else []
    return used


def _cut_texts(
    tables: Tables, kept: Tables, record_ids: Set[str], gone_claims: Set[str], gone_places: Set[str]
) -> Tables:
    """Cut texts that still name a withheld record, one of its claims or one of its places."""
    titles = {record.title for record in tables.records if record.record_id in record_ids}
    titles |= {change.old for one, change in fates(tables.changes).items() if one in record_ids and change.old}
    names = {place.name for place in tables.places if place.place_id in gone_places}
    names |= {name.name for name in tables.place_names if name.place_id in gone_places}
    gone_reports = {r.report_id for r in tables.reports} - {r.report_id for r in kept.reports}
    gone_speakers = {s.speaker_id: s.name for s in tables.speakers if s not in kept.speakers}
    ids = record_ids | gone_claims | gone_places | gone_reports | gone_speakers.keys()
    known = {name.name for name in kept.place_names} | {place.name for place in kept.places}
    texts = (text for table, fields in TEXT_FIELDS.items() for text in texts_of(getattr(kept, table), fields))
    names |= titles | set(gone_speakers.values())
    redaction = Redaction(dict.fromkeys(names, WITHHELD), dict.fromkeys(ids, WITHHELD), known, texts)
    cut = {
        table: tuple(_cut(row, TEXT_FIELDS[table], redaction) for row in getattr(kept, table)) for table in TEXT_FIELDS
    }
    return kept._replace(**cut)


def _optional(row: Row, field: str) -> bool:
    """Tell whether a field may be empty."""
    return type(None) in get_args(type(row).model_fields[field].annotation)


def _cut(row: AnyRow, fields: tuple[str, ...], redaction: Redaction) -> AnyRow:
    """Empty an optional text that names what is withheld; in a required one replace the words."""
    changed = redaction.row(row, fields)
    update = {
        field: None for field in fields if getattr(changed, field) != getattr(row, field) and _optional(row, field)
    }
    return changed.model_copy(update=update) if update else changed
