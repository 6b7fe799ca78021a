"""Two views of a map in, what changed out: records, values, claims, texts, each with the correction that explains it.

Pure, and fair to both sides: exchanged sides give the exchanged answer. What only one side can tell is not compared.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from ..data.diff import RowsDiff, compare_rows
from ..data.fates import FATE
from ..data.wording import listing
from .diff_labels import OPTIONAL, TABLES, attribute_of
from .frame import EARTH_KM
from .shown import Correction, Fate, Shown, View
from .shown_values import Value

__all__ = ["Difference", "Explained", "Gone", "LineChange", "ValueChange", "compare"]

#: Shared claims from which on a record that is new looks like one that is gone.
_SAME_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Explained:
    """A correction that only one side (``old`` or ``new``) has; ``about`` is its attribute, None if not told."""

    side: str
    date: str
    about: str | None
    says: str
    reason: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One attribute of a record that both sides show. ``moved_km`` is how far a point moved.

    ``unexplained`` is true where a correction is due and none is recorded.
    """

    record_id: str
    attribute: str
    old: Value | None
    new: Value | None
    explained_by: tuple[Explained, ...]
    unexplained: bool
    moved_km: float | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that one side alone shows, and what the other says became of it: nothing if ``fate`` is None.

    ``maybe`` is a record of the other side that rests on the same claims or has the same title.
    """

    shown: Shown
    fate: Fate | None
    maybe: str | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A text of the whole map."""

    line: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two views.

    ``rows`` are by table; ``corrections`` those that only one side has, by record, with the side. ``not_compared`` says
    what one side cannot tell.
    """

    old: View
    new: View
    lines: tuple[LineChange, ...]
    added: tuple[Gone, ...]
    gone: tuple[Gone, ...]
    changed: tuple[ValueChange, ...]
    rows: Mapping[str, RowsDiff]
    corrections: Mapping[str, tuple[Explained, ...]]
    not_compared: tuple[str, ...]

    @property
    def internal(self) -> bool:
        """Whether a side is internal, so that the answer is."""
        return self.old.internal or self.new.internal

    @property
    def sentences_differ(self) -> bool:
        """Whether the counting sentences differ."""
        return self.old.sentences != self.new.sentences

    def __bool__(self) -> bool:
        """Tell whether anything differs; the version of the data is no difference by itself."""
        found = (self.lines, self.added, self.gone, self.changed, self.corrections, *self.rows.values())
        return self.sentences_differ or any(found)


def compare(old: View, new: View) -> Difference:
    """Compare two views. They have to be of one kind of source: see :func:`panjmap.render.diff.read_views`."""
    told = _new_corrections(old, new)
    rows = {table: compare_rows(old.rows[table], new.rows[table]) for table in old.rows if table in new.rows}
    silent = {name for name in OPTIONAL if not (_tells(old, name) and _tells(new, name))}
    both = sorted(old.records.keys() & new.records.keys())
    return Difference(
        old=old,
        new=new,
        lines=tuple(
            LineChange(line, old.lines.get(line, ""), new.lines.get(line, ""))
            for line in dict.fromkeys((*old.lines, *new.lines))
            if old.lines.get(line, "") != new.lines.get(line, "")
        ),
        added=_only(new, old),
        gone=_only(old, new),
        changed=tuple(
            change for record_id in both for change in _values(record_id, old, new, told.get(record_id, ()), silent)
        ),
        rows=rows,
        corrections=told,
        not_compared=_not_compared(old, new),
    )


# ---------------------------------------------------------------- records


def _only(here: View, there: View) -> tuple[Gone, ...]:
    """List the records that ``there`` lacks, and what it says of them."""
    alike = _Alike(here, there)
    return tuple(
        Gone(here.records[key], there.fates.get(key), alike.to(key))
        for key in sorted(here.records.keys() - there.records.keys())
    )


class _Alike:
    """Finds records that only ``there`` has and that may be one that only ``here`` has, under another id."""

    def __init__(self, here: View, there: View) -> None:
        self._here, self._claims, self._rests = here, _claims(here), there.rows["claims"]
        new = there.records.keys() - here.records.keys()
        self._new = {key: claims for key, claims in _claims(there).items() if key in new}
        self._titles = {there.records[key].title: key for key in sorted(new, reverse=True)}

    def to(self, record_id: str) -> str | None:
        """Find the record that rests on most of the same claims, or else has the same title."""
        own = self._claims.get(record_id, set())
        shared = Counter(
            key for claim in own if claim in self._rests for key in _records(self._rests[claim]) if key in self._new
        )
        for key, count in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:1]:
            if count >= _SAME_SHARE * max(len(own), len(self._new[key])):
                return key
        return self._titles.get(self._here.records[record_id].title)


def _claims(view: View) -> dict[str, set[str]]:
    """Sort the ids of claims by the records that rest on them."""
    found: dict[str, set[str]] = {}
    for claim, cells in view.rows["claims"].items():
        for record_id in _records(cells):
            found.setdefault(record_id, set()).add(claim)
    return found


def _records(cells: Mapping[str, str]) -> list[str]:
    return cells["record_id"].split("; ")


def _values(
    record_id: str, old: View, new: View, corrections: Sequence[Explained], silent: Set[str]
) -> list[ValueChange]:
    """Compare the values of a record that both sides show, in the order in which a reader meets them."""
    before, after = old.records[record_id].values, new.records[record_id].values
    names = {name for name in {**before, **after} if _data(before.get(name)) != _data(after.get(name))}
    names -= silent
    names -= {total for total in ("killed", "injured") if any(name.startswith(f"{total}.") for name in names)}
    found = []
    for name in sorted(names, key=lambda name: (attribute_of(name).rank, name)):
        attribute = attribute_of(name)
        own = [one for one in corrections if one.about is None or attribute.corrected_by(one.about)]
        why = tuple([one for one in own if one.about != FATE] or own)
        moved = _moved_km(before.get(name), after.get(name)) if name == "position" else None
        due = attribute.due and not why
        found.append(ValueChange(record_id, name, before.get(name), after.get(name), why, due, moved))
    return found


def _data(value: Value | None) -> object:
    """Give what is compared: that something which is named has another title now is no change of this record."""
    return None if value is None else value.data


def _tells(view: View, name: str) -> bool:
    """Whether a side can tell an attribute at all; of no record anything can be told."""
    return any(name in shown.values for shown in view.records.values())


def _moved_km(old: Value | None, new: Value | None) -> float | None:
    """Great-circle distance between two points in km, on a sphere (haversine)."""
    if old is None or new is None:
        return None
    (lon_a, lat_a), (lon_b, lat_b) = (map(math.radians, value.data) for value in (old, new))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


# ---------------------------------------------------------------- corrections, and what cannot be told


def _new_corrections(old: View, new: View) -> dict[str, tuple[Explained, ...]]:
    """List the corrections that only one side has, by the record that they are told at."""
    found: dict[str, tuple[Explained, ...]] = {}
    for record_id in sorted(old.corrections.keys() | new.corrections.keys()):
        before, after = old.corrections.get(record_id, ()), new.corrections.get(record_id, ())
        ours = (*_extra(before, after, "old"), *_extra(after, before, "new"))
        if ours:
            found[record_id] = ours
    return found


def _extra(here: Sequence[Correction], there: Sequence[Correction], side: str) -> list[Explained]:
    """List what ``there`` lacks. How a correction is worded depends on titles, so that its words tell nothing."""
    left = Counter((one.date, one.attribute, one.reason) for one in there)
    found = []
    for one in here:
        key = (one.date, one.attribute, one.reason)
        left[key] -= 1
        if left[key] < 0:
            found.append(Explained(side, one.date, one.attribute, one.says, one.reason))
    return found


def _not_compared(old: View, new: View) -> tuple[str, ...]:
    """Say what a built map cannot tell, where one of the two is one."""
    apart = "One side is internal, the other public: what the public one holds back is told as gone or as coarser."
    notes = (apart,) if old.internal != new.internal else ()
    if "map" not in (old.kind, new.kind):
        return notes
    missing = [TABLES[table] for table in TABLES if not (table in old.rows and table in new.rows)]
    texts = [text.lower() for text in missing]
    return (
        *notes,
        f"A built map holds no {listing(texts, 'or')}, no claims that are tied to no record, no notes of claims "
        "and not how exact a date is: these were not compared.",
    )
