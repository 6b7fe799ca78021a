"""Look for what does not fit in the tables: contradictions, sums, dates, places, missing evidence, doubles.

Tables go in, findings come out; nothing is changed. Each finding says in plain words what to do. An error is something
that must not be published as it is, a warning something that a person should look at, a note something to know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.evidence import evidence_of
from ..data.model import Tables
from .check_claims import CLAIM_RULES
from .check_dates import DATE_RULES
from .check_records import RECORD_RULES
from .finding import LEVELS, Finding, as_dict, as_lines

if TYPE_CHECKING:
    from .basemap import Basemap

__all__ = ["LEVELS", "Finding", "as_dict", "as_lines", "check"]


def check(tables: Tables, basemap: Basemap | None = None) -> tuple[Finding, ...]:
    """Apply every rule.

    Parameters
    ----------
    tables
        All tables, before anything is generalised or withheld.
    basemap
        If given, points are also checked against the border, which loads shapely.

    Returns
    -------
    tuple of Finding
        Errors first, then warnings, then notes; within a level in the order of the rules and of the tables.
    """
    evidence = evidence_of(tables)
    found: dict[str, Finding] = {}
    for rule in (*RECORD_RULES, *CLAIM_RULES, *DATE_RULES):
        for one in rule(tables, evidence):
            found.setdefault(one.id, one)
    if basemap is not None:
        from .check_banks import points_on_the_wrong_bank

        found.update((one.id, one) for one in points_on_the_wrong_bank(tables, basemap))
    return tuple(sorted(found.values(), key=lambda one: LEVELS.index(one.level)))
