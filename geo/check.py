"""Look for what does not fit in the tables: contradictions, sums, dates, places, missing evidence, doubles.

Tables go in, findings come out; nothing is changed. Each finding says in plain words what differs and what to do, and
whether a rule or a row of ``relations.csv`` says so. An error is something that must not be published as it is, a
warning something that a person should look at, a note something to know. What each rule finds: ``docs/checking.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.model import Tables
from .check_dates import DATE_RULES
from .check_names import NAME_RULES
from .check_numbers import NUMBER_RULES
from .check_order import ORDER_RULES
from .check_places import PLACE_RULES
from .check_positions import POSITION_RULES
from .check_records import RECORD_RULES
from .check_relations import merged, related
from .check_totals import TOTAL_RULES
from .check_view import Rule, View
from .check_words import WORD_RULES
from .finding import LEVELS, Finding, as_dict, as_lines

if TYPE_CHECKING:
    from .basemap import Basemap

__all__ = ["LEVELS", "RULES", "Finding", "as_dict", "as_lines", "check"]

#: The rules, in the order in which they are applied.
RULES: tuple[Rule, ...] = (
    *NUMBER_RULES,
    *TOTAL_RULES,
    *WORD_RULES,
    *POSITION_RULES,
    *ORDER_RULES,
    *DATE_RULES,
    *PLACE_RULES,
    *NAME_RULES,
    *RECORD_RULES,
)


def check(tables: Tables, basemap: Basemap | None = None) -> tuple[Finding, ...]:
    """Apply every rule, then add what the relations say.

    Parameters
    ----------
    tables
        All tables, before anything is generalised or withheld.
    basemap
        If given, points are also checked against the border and the regions, which loads shapely.

    Returns
    -------
    tuple of Finding
        Errors first, then warnings, then notes; within a level in the order of the rules and of the tables.
    """
    view = View(tables)
    found = [one for rule in RULES for one in rule(view)]
    if basemap is not None:
        from .check_banks import BANK_RULES

        found += [one for rule in BANK_RULES for one in rule(view, basemap)]
    unique: dict[str, Finding] = {}
    for one in merged(found, list(related(view))):
        unique.setdefault(one.id, one)
    return tuple(sorted(unique.values(), key=lambda one: LEVELS.index(one.level)))
