"""What records can be filtered and searched by: facets with their values, and the words that a search looks in.

In: the scene's rows, evidence and published tables. Out: one set of values a record and facet, as indices into a fixed
list, and a list of words by place, speaker and report. Plain data; the browser counts and matches.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..data.evidence import Evidence
from ..data.model import PRECISION_CODES, TYPES_OF_KIND, Kind, Precision, Tables
from ..data.wording import capital, day_text, kind_label, type_label
from .placed import Placed

__all__ = ["Facet", "FacetValue", "facets", "place_sets", "words"]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; ``group`` is the kind it belongs to, for types only. Ids are safe in an address."""

    id: str
    label: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A question that a filter asks; ``sets[i]`` holds the indices of the values of row ``i``, ascending."""

    id: str
    values: tuple[FacetValue, ...]
    sets: tuple[tuple[int, ...], ...]


#: Who the record's reports blame or name as having done it.
_ACTOR_ATTRIBUTES: Final = ("perpetrator",)
_Labels = Mapping[str, FacetValue]


def facets(rows: Sequence[Placed], evidence: Mapping[str, Evidence]) -> tuple[Facet, ...]:
    """List the facets in the order in which the page offers them; a value without a record is left out.

    Values stand in the order of their vocabulary, or else those of most records first.
    """
    makers: dict[str, Callable[[Placed, Evidence], Iterable[FacetValue]]] = {
        "type": _types,
        "precision": _precisions,
        "source": _sources,
        "speaker": _speakers,
        "actor": _actors,
        "where": _where,
        "differ": lambda _row, found: [FacetValue("yes", "Reports differ")] if found.differ_on else [],
    }
    found = [[list(make(row, evidence[row.record_id])) for row in rows] for make in makers.values()]
    return tuple(_facet(name, sets) for name, sets in zip(makers, found, strict=True))


def _facet(name: str, sets: Sequence[Sequence[FacetValue]]) -> Facet:
    values = {value.id: value for one in sets for value in one}
    order, numbers = _ORDER.get(name), Counter(value_id for one in sets for value_id in {value.id for value in one})
    ids = sorted(values, key=order.index if order else lambda id_: (-numbers[id_], values[id_].label, id_))
    index = {value_id: i for i, value_id in enumerate(ids)}
    return Facet(
        name,
        tuple(values[value_id] for value_id in ids),
        tuple(tuple(sorted({index[value.id] for value in one})) for one in sets),
    )


def _types(row: Placed, found: Evidence) -> list[FacetValue]:
    """Every type that some report claims; a record without a type goes by its kind."""
    types = dict.fromkeys((*((row.type,) if row.type else ()), *found.record.claimed_types))
    values = [FacetValue(str(type_), type_label(type_), str(_KIND_OF_TYPE[type_])) for type_ in types]
    return values or [FacetValue(str(row.kind), kind_label(row.kind), str(row.kind))]


_KIND_OF_TYPE: Final = {type_: kind for kind in Kind for type_ in TYPES_OF_KIND[kind]}
_WHERE: Final = {
    "bank-tajik": "Tajik bank of the Panj",
    "bank-afghan": "Afghan bank of the Panj",
    "TJ": "Tajikistan",
    "AF": "Afghanistan",
    "other": "Another country",
    "none": "Place not reported",
}
#: Order of the values where the vocabulary gives one.
_ORDER: Final[dict[str, list[str]]] = {
    "type": [id_ for kind in Kind for id_ in (*map(str, TYPES_OF_KIND[kind]), str(kind))],
    "precision": [str(precision) for precision in Precision],
    "where": list(_WHERE),
}


def _precisions(row: Placed, _found: Evidence) -> list[FacetValue]:
    return [FacetValue(str(row.precision), PRECISION_CODES[row.precision].label)]


def _sources(_row: Placed, found: Evidence) -> list[FacetValue]:
    return [
        FacetValue(r.report_id, capital(r.outlet) + (f", {day_text(r.published)}" if r.published else ", undated"))
        for r in found.reports
    ]


def _speakers(_row: Placed, found: Evidence) -> list[FacetValue]:
    speakers = {v.speaker.speaker_id: v.speaker for b in found.attributes for s in b.statements for v in s.voices}
    return [
        FacetValue(speaker.speaker_id, "No speaker named" if speaker.speaker_id == "report" else speaker.name)
        for speaker in speakers.values()
    ]


def _actors(_row: Placed, found: Evidence) -> list[FacetValue]:
    return [
        FacetValue(_slug(statement.text), capital(statement.text))
        for block in found.attributes
        if block.attribute in _ACTOR_ATTRIBUTES
        for statement in block.statements
    ]


def _slug(text: str) -> str:
    """Make an id of a text: letters and digits of any script, joined by hyphens, at most 60 of them."""
    return re.sub(r"\W+", "-", unicodedata.normalize("NFC", text).lower()).strip("-")[:60].strip("-") or "other"


def _where(row: Placed, _found: Evidence) -> list[FacetValue]:
    ids = [f"bank-{row.bank.lower()}"] if row.bank else []
    if row.country:
        ids.append(row.country if row.country in _WHERE else "other")
    return [FacetValue(id_, _WHERE[id_]) for id_ in ids or ["none"]]


def place_sets(rows: Sequence[Placed], tables: Tables) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """List the places of each record with everything that holds them: (place ids, indices into them by row)."""
    parents = {place.place_id: place.parent_id for place in tables.places}
    own: dict[str, dict[str, None]] = {}
    for link in tables.record_places:
        place: str | None = link.place_id
        while place and place in parents and place not in own.setdefault(link.record_id, {}):
            own[link.record_id][place] = None
            place = parents[place]
    used = {place: None for row in rows for place in own.get(row.record_id, ())}
    index = {place: i for i, place in enumerate(used)}
    return tuple(used), tuple(tuple(sorted(index[p] for p in own.get(row.record_id, ()))) for row in rows)


def words(tables: Tables, places: Iterable[str]) -> dict[str, Any]:
    """Give the words a search looks in, besides titles and types: by place (all spellings), speaker and report.

    A report gives its outlet and whom it quotes; its title would find every record it tells of.
    """
    spellings: dict[str, list[str]] = {place.place_id: [place.name] for place in tables.places}
    for name in tables.place_names:
        spellings.setdefault(name.place_id, []).append(name.name)
    return {
        "place": {place: " ".join(dict.fromkeys(spellings.get(place, ()))) for place in places},
        "speaker": {s.speaker_id: " ".join((s.name, *s.as_written)) for s in tables.speakers},
        "source": {r.report_id: " ".join(filter(None, (r.outlet, *r.upstream))) for r in tables.reports},
    }
