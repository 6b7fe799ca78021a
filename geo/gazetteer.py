"""A name as written, in any spelling of three scripts -> the places it may mean, ranked, or none.

How the answer is chosen:

- **Tier.** A spelling on record beats any likeness (``name_match`` has the scores), so "Shughnon" is the Tajik district
  although "Shughnan" is both banks.
- **Context** says where the place lies: ``country`` and ``parent``, given or written in the query. A place that lies
  elsewhere is no answer; if none is left there is no match ("Baharak in Takhar").
- **Generic terms** say what it is. A place of another level gets a lower score; one that cannot be meant (a province
  for "city", a town for "river") is no answer. Terms of one country (ولسوالی, район) prefer its places.
- **Same thing.** A district and the town it is named after are one answer, not two: the district first, because it
  holds the town, except that a city comes before the district around it. So are places within each other's uncertainty,
  and a crossing or reserve that carries the name of a village in its district.
- **Ambiguous** is what is left: another place, not the same thing, within 0.03 of the best score. Half of a split name
  ("Badakhshan" for Gorno-Badakhshan) counts as such only across the border.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..data.errors import PlaceError
from ..data.model import NameKind, Place, PlaceLevel, PlaceName, Tables
from .answers import Answer, Candidate, as_table
from .elsewhere import ELSEWHERE
from .generics import COUNTRY_WORDS, Generic, country_code
from .inflection import uninflected
from .name_index import Name, NameIndex, NameRow, core_of, key_of
from .name_match import CERTAIN, Match, matches
from .name_query import Context, Part, Query, parse, part_of
from .names import fold, letters, sound
from .place_relations import PlaceRelations, fit, prominence

__all__ = ["Answer", "Candidate", "Gazetteer", "as_table"]

#: Scores closer than this to the best are as good as it.
MARGIN = 0.0301
#: The same between places that are one thing, where the name is no more than likely.
_GUESSED_MARGIN = 0.1
#: Lowest score of a candidate.
FLOOR = 0.5
#: Half of a name in a country that has the whole of it.
_HALF_OF_ANOTHER = 0.9
#: "The Panj" is the river, "Panj in Khatlon" is not.
_NOT_THE = 0.95


@dataclass(frozen=True, slots=True)
class _Hit:
    """A match of a place after its context is weighed."""

    place: Place
    match: Match
    score: float

    @property
    def former(self) -> bool:
        """Whether the place no longer bears the name."""
        return self.match.spelling.kind is NameKind.FORMER


class Gazetteer:
    """Places and their names, ready to be asked. Cheap to make: the index is built at the first question."""

    def __init__(self, places: Sequence[Place], names: Sequence[PlaceName]) -> None:
        self._places = {place.place_id: place for place in places}
        self._names = tuple(names)
        self._relations = PlaceRelations(self._places)

    @classmethod
    def from_tables(cls, tables: Tables) -> Gazetteer:
        """Gazetteer of the ``places`` and ``place_names`` tables."""
        return cls(tables.places, tables.place_names)

    @cached_property
    def _index(self) -> NameIndex:
        own = [NameRow(p.place_id, p.name, NameKind.OFFICIAL, True) for p in self._places.values()]
        rows = [NameRow(n.place_id, n.name, n.kind, False) for n in self._names if n.place_id in self._places]
        others = [NameRow(None, name, NameKind.OFFICIAL, False) for name in ELSEWHERE]
        return NameIndex([*rows, *own, *others])

    def lookup(
        self,
        query: str,
        *,
        country: str | None = None,
        parent: str | None = None,
        level: PlaceLevel | str | None = None,
    ) -> Answer:
        """Find the places that a name may mean.

        Parameters
        ----------
        query
            The name as written, alone or with words about it ("Vishkharv, Darvaz district", "в Хороге").
        country
            Country the place lies in, as ISO 3166-1 code or name. Places elsewhere are left out.
        parent
            Id or name of a place it lies in. Places elsewhere are left out; a parent that is not known says nothing.
        level
            Level it has. Places of the next level rank lower, others are left out.

        Returns
        -------
        answer
            Candidates, best first. None is an answer.

        Raises
        ------
        PlaceError
            If ``level`` is no level, or ``country`` no country.
        """
        asked = parse(query)
        given = Part((), _of_level(level), country_code(country) if country else None)
        around = [Context(part_of(letters(parent)))] if parent and parent not in self._places else []
        within = {parent} if parent in self._places else None
        hits = self._read(asked, given, around, within)
        for other in asked.others:
            terms = (*other.generics, *(generic for head in asked.heads for generic in head.generics))
            named = Part(other.words, terms, other.country)
            hits += self._hits(named, given, [*asked.contexts, *around], within)
        return self._answer(query, hits)

    def lookup_all(
        self,
        queries: Iterable[str],
        *,
        country: str | None = None,
        parent: str | None = None,
        level: PlaceLevel | str | None = None,
    ) -> tuple[Answer, ...]:
        """Answer many names; a name asked for twice is looked up once."""
        answers: dict[str, Answer] = {}
        queries = tuple(queries)
        for query in queries:
            if query not in answers:
                answers[query] = self.lookup(query, country=country, parent=parent, level=level)
        return tuple(answers[query] for query in queries)

    # ------------------------------------------------------------ readings of a query

    def _read(self, asked: Query, given: Part, around: list[Context], within: set[str] | None) -> list[_Hit]:
        """First reading that gives an answer: as one name, head first, head last, then words as name and context."""
        if not asked.heads:
            return []
        if self._is_name(asked.whole):
            read = part_of(asked.whole)
            whole = Part(asked.whole, read.generics, None, read.definite)
            return self._hits(whole, given, around, within)
        contexts = [*asked.contexts, *around]
        for heads in dict.fromkeys((asked.heads, asked.heads[::-1])):
            rest = [Context(part) for part in heads[1:]]
            if hits := self._hits(heads[0], given, [*contexts, *rest], within):
                return hits
        return self._split(asked.heads[0], given, contexts, within) if len(asked.heads) == 1 else []

    def _is_name(self, words: Name) -> bool:
        """Whether all words together are a name on record, if inflected."""
        for key in map(key_of, (words, *(form.words for form in uninflected(words)))):
            if any(s.place_id and key_of(s.whole) == key for s in self._index.by_key.get(key, ())):
                return True
        if len(words) < 2 or not any(fold(word) in COUNTRY_WORDS for word in words):
            return False
        alike = self._index.by_sound.get(sound(key_of(words)), ())
        return any(s.place_id and s.whole == s.core for s in alike)

    def _split(self, part: Part, given: Part, contexts: list[Context], within: set[str] | None) -> list[_Hit]:
        """Read words without commas as a name and the place it lies in: "село Шодак Дарвазского района"."""
        words = part.words
        for i in range(len(words) - 1, 0, -1):
            for head, rest in ((words[:i], words[i:]), (words[i:], words[:i])):
                around = self._meant(part_of(rest), certain=True)
                if not around:
                    continue
                hits = self._hits(_with_country(part_of(head), part.country), given, contexts, within)
                hits = [h for h in hits if h.match.score >= CERTAIN and self._relations.inside(h.place, around, False)]
                if hits:
                    return hits
        return []

    def _meant(self, part: Part, certain: bool = False) -> set[str] | None:
        """Ids of the places that context may mean; None if it is no name we know, empty if it is a place elsewhere."""
        found = matches(part.words, self._index) if part.words else {}
        least = CERTAIN if certain else 0.75
        if found and next(iter(found)) is None:
            return set()
        hits = [hit for hit in self._weigh(part, Part(()), found) if hit.match.score >= least]
        return {hit.place.place_id for hit in hits if self._as_good(hits[0], hit)} if hits else None

    # ------------------------------------------------------------ scores

    def _hits(self, part: Part, given: Part, contexts: list[Context], within: set[str] | None) -> list[_Hit]:
        hits = self._weigh(part, given, matches(part.words, self._index) if part.words else {})
        if within is not None:
            hits = [hit for hit in hits if self._relations.inside(hit.place, within, False)]
        for context in contexts:
            code = context.part.country
            bare = core_of(context.part.words)
            around = self._meant(context.part)
            if code and context.strict:
                hits = [hit for hit in hits if hit.place.country in (code, None)]
            if around is None or not bare or not context.strict:
                continue
            hits = [hit for hit in hits if self._relations.inside(hit.place, around, context.aside)]
        if within is not None or given.country or any(context.strict for context in contexts):
            hits = [_less_if_line(hit) for hit in hits]
        return hits

    def _weigh(self, part: Part, given: Part, found: dict[str | None, Match]) -> list[_Hit]:
        """Apply what the words around a name say to its matches; best first."""
        outside = found[None].score if None in found else 0.0
        full = {self._places[i].country for i, m in found.items() if i and not m.half and m.score >= CERTAIN}
        lines = any(i and m.score >= CERTAIN and self._places[i].level is PlaceLevel.LINE for i, m in found.items())
        hits = []
        for place_id, match in found.items():
            if place_id is None or match.score < outside:
                continue
            place = self._places[place_id]
            if any(code and place.country not in (code, None) for code in (part.country, given.country)):
                continue
            score = match.score * (_HALF_OF_ANOTHER if match.half and place.country in full else 1.0)
            score *= fit(place, match.spelling.generics, given.generics)
            score *= _NOT_THE if part.definite and place.level is not PlaceLevel.LINE and lines else 1.0
            if core_of(part.words) == part.words or key_of(match.spelling.whole) != key_of(part.words):
                score *= fit(place, match.spelling.generics, part.generics)
            if score >= FLOOR:
                hits.append(_Hit(place, match, score))
        return sorted(hits, key=self._order)

    def _order(self, hit: _Hit) -> tuple[float, bool, int]:
        own = key_of(core_of(letters(hit.place.name))) != key_of(hit.match.spelling.core)
        return (-round(hit.score, 3), own, prominence(hit.place))

    def _answer(self, query: str, hits: list[_Hit]) -> Answer:
        best: dict[str, _Hit] = {}
        for hit in sorted(hits, key=self._order):
            best.setdefault(hit.place.place_id, hit)
        ranked = self._holder_first(list(best.values()))
        ambiguous = bool(ranked) and any(
            self._as_good(ranked[0], hit) and not self._one(ranked[0], hit) for hit in ranked
        )
        return Answer(query, ambiguous, tuple(_candidate(hit) for hit in ranked))

    def _holder_first(self, ranked: list[_Hit]) -> list[_Hit]:
        """Of places that are one thing and equally well named, the most prominent comes first."""
        if not ranked:
            return ranked
        first = ranked[0]
        margin = MARGIN if first.score >= CERTAIN else _GUESSED_MARGIN
        peers = [hit for hit in ranked if hit.score >= first.score - margin and hit.former is first.former]
        peers = [hit for hit in peers if self._one(first, hit)]
        top = min(peers, key=lambda hit: prominence(hit.place))
        return [top, *(hit for hit in ranked if hit is not top)]

    def _as_good(self, first: _Hit, other: _Hit) -> bool:
        return other.score >= first.score - MARGIN

    def _one(self, first: _Hit, other: _Hit) -> bool:
        if first is other or self._relations.same_thing(first.place, other.place):
            return True
        # A district is found by its seat, too ("Vahdat village" in Shughnon); a city is not taken for such a village.
        seat = any(generic.level is PlaceLevel.SETTLEMENT for generic in other.match.spelling.generics)
        return seat and other.place.level is PlaceLevel.DISTRICT and "city" in first.place.kind.split()


def _with_country(part: Part, country: str | None) -> Part:
    return Part(part.words, part.generics, part.country or country, part.definite)


def _less_if_line(hit: _Hit) -> _Hit:
    """Rank a river lower where the place is said to lie in another one: rather the town or the district is meant."""
    return replace(hit, score=hit.score * _NOT_THE) if hit.place.level is PlaceLevel.LINE else hit


def _of_level(level: PlaceLevel | str | None) -> tuple[Generic, ...]:
    try:
        return (Generic(PlaceLevel(level)),) if level else ()
    except ValueError:
        levels = ", ".join(PlaceLevel)
        raise PlaceError(str(level), "is no level of a place", f"use one of {levels}") from None


def _candidate(hit: _Hit) -> Candidate:
    place = hit.place
    return Candidate(
        place.place_id,
        place.name,
        place.level,
        place.country,
        place.lat,
        place.lon,
        place.uncertainty_km,
        round(min(hit.score, 1.0), 3),
        hit.match.reason,
    )
