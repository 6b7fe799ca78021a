"""What a difference can be about, in words: one table of attributes that text, JSON and HTML read alike."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..data.fates import FATE

__all__ = ["LINES", "OPTIONAL", "SUBJECTS", "TABLES", "Attribute", "attribute_of", "column_label"]

_DATE: Final = frozenset({"date", "date_start", "date_end", "date_precision", "date_basis", "event_date"})
_PLACE: Final = frozenset({"place", "location", "precision", "uncertainty_km", "bank", "river_km"})
_TYPE: Final = frozenset({"kind", "type", "claimed_types"})
_KILLED: Final = frozenset({"killed", "bodies_recovered", "victim_group"})


class Attribute(NamedTuple):
    """One attribute of a record.

    ``subject`` is what it belongs to for a reader, one of :data:`SUBJECTS`. ``corrections`` are the attributes of
    ``changes`` that explain it. ``due`` says that a published value must not change without one; the others follow
    from claims.
    """

    label: str
    subject: str
    rank: int
    corrections: frozenset[str]
    due: bool

    def corrected_by(self, about: str) -> bool:
        """Tell whether a correction of this attribute explains a change."""
        if about == FATE:  # another record became part of this one, with its claims
            return self.due and self.subject not in ("place", "protection")
        totals = about.startswith(f"{self.subject}_") and self.subject in ("killed", "injured")
        return about in self.corrections or totals


#: By id: label, subject, what corrects it, whether a correction is due. In the order in which a reader meets them.
_TABLE: Final[dict[str, tuple[str, str, frozenset[str], bool]]] = {
    "title": ("title", "what", frozenset({"title"}), True),
    "kind": ("kind", "what", _TYPE, True),
    "type": ("type", "what", _TYPE, True),
    "claimed_types": ("claimed types", "what", _TYPE, True),
    "date": ("date", "date", _DATE, True),
    "days": ("days", "date", _DATE, True),
    "date_precision": ("how exact the date is", "date", _DATE, True),
    "date_why": ("why this date", "date", _DATE, False),
    "place": ("place", "place", _PLACE, True),
    "precision": ("how precisely placed", "place", _PLACE, True),
    "position": ("position", "place", _PLACE, True),
    "uncertainty_km": ("uncertainty", "place", _PLACE, True),
    "area": ("area drawn", "place", _PLACE, True),
    "river_km": ("kilometres of the Panj", "place", _PLACE, True),
    "bank": ("bank", "place", _PLACE, True),
    "river": ("along the river", "place", _PLACE, False),
    "place_ids": ("places named", "place", _PLACE, False),
    "how": ("how it was placed", "place", _PLACE, False),
    "place_why": ("why this place", "place", _PLACE, False),
    "origin": ("where they came from", "place", frozenset({"origin"}), False),
    "killed": ("killed", "killed", _KILLED, True),
    "killed_why": ("how the killed are counted", "killed", _KILLED, False),
    "injured": ("injured", "injured", frozenset({"injured", "victim_group"}), True),
    "injured_why": ("how the injured are counted", "injured", frozenset({"injured"}), False),
    "reports": ("reports", "voices", frozenset(), False),
    "speakers": ("named speakers", "voices", frozenset(), False),
    "actors": ("who is blamed", "voices", frozenset(), False),
    "differ": ("reports differ", "voices", frozenset(), False),
    "same_as": ("may be the same event as", "links", frozenset({"possible_same_as"}), True),
    "totals": ("counted in totals", "links", frozenset(), False),
    "sensitivity": ("protection of people", "protection", frozenset({"sensitivity"}), True),
    "note": ("note", "note", frozenset({"note"}), False),
}
_RANKS: Final = {name: rank for rank, name in enumerate(_TABLE)}

#: Subjects by id, with the heading of each.
SUBJECTS: Final = {
    "what": "What happened",
    "date": "Date",
    "place": "Place",
    "killed": "Killed",
    "injured": "Injured",
    "voices": "Who says so",
    "links": "Links to other records",
    "protection": "Protection of people",
    "note": "Note",
}
#: Attributes that a side may be unable to tell; the others every side tells.
OPTIONAL: Final = ("sensitivity", "date_precision")
#: Texts of the whole map.
LINES: Final = {"title": "Title", "not_complete": "Under the title", "notes": "At the foot of the map"}
#: Tables whose rows are told, with their names.
TABLES: Final = {
    "claims": "Claims",
    "decisions": "Decisions",
    "reports": "Reports",
    "speakers": "Speakers",
    "relations": "Relations between claims",
    "record_places": "Places of records",
    "places": "Places",
    "place_names": "Names of places",
}


def attribute_of(name: str) -> Attribute:
    """Look up an attribute; ``killed.civilian`` is the count of one group."""
    base, _, group = name.partition(".")
    label, subject, corrections, due = _TABLE[base]
    label = f"{label} ({group.replace('_', ' ')})" if group else label
    return Attribute(label, subject, _RANKS[base], corrections, due)


def column_label(column: str) -> str:
    """Write the name of a column as words."""
    return column.removesuffix("_id").replace("_", " ")
