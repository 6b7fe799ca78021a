"""What became of records that are no longer there: merged into another one, or withdrawn. Read from the corrections.

A row of ``changes`` with the attribute ``record`` says it: ``new`` is ``merged: ID`` or ``withdrawn``, ``old`` the
title that the record had. Ids are permanent, so such a row is never taken out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from typing import Final

from .model import Change

__all__ = ["FATE", "WITHDRAWN", "chain", "fates", "former_ids", "is_fate", "merged_into", "names_a_fate"]

#: The attribute of a change that is about the record itself.
FATE: Final = "record"
WITHDRAWN: Final = "withdrawn"
_MERGED = re.compile(r"merged:\s*([A-Za-z0-9][A-Za-z0-9._-]{0,79})")


def merged_into(new: str | None) -> str | None:
    """Return the id that a cell ``merged: ID`` names; nothing for any other text."""
    found = _MERGED.fullmatch(new or "")
    return found[1] if found else None


def names_a_fate(new: str | None) -> bool:
    """Tell whether a cell says what became of a record."""
    return new == WITHDRAWN or merged_into(new) is not None


def is_fate(change: Change) -> bool:
    """Tell whether a correction says that a record was merged or withdrawn."""
    return change.attribute == FATE


def fates(changes: Iterable[Change]) -> dict[str, Change]:
    """Sort out what became of records, by id."""
    return {change.record_id: change for change in changes if is_fate(change)}


def chain(record_id: str, targets: Mapping[str, str | None]) -> list[str]:
    """Follow a record from merger to merger.

    Parameters
    ----------
    record_id
        Where to start.
    targets
        By id what a record was merged into; nothing for one that was withdrawn.

    Returns
    -------
    list of str
        Ids that it was merged into, one after the other; the last one is still there, withdrawn, or unknown. In a
        circle, the list ends with the first id that came before.
    """
    found: list[str] = []
    at = targets.get(record_id)
    while at is not None:
        found.append(at)
        if at == record_id or at in found[:-1]:
            break
        at = targets.get(at)
    return found


def former_ids(changes: Iterable[Change], record_ids: Set[str]) -> set[str]:
    """Find the records that became part of one of these, directly or by way of others."""
    targets = {one: merged_into(change.new) for one, change in fates(changes).items()}
    return {one for one in targets if record_ids & set(chain(one, targets))}
