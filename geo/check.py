"""Look for what does not fit in the tables: contradictions, sums, dates, places, missing evidence, doubles.

Tables go in, findings come out; nothing is changed. Each finding says in plain words what to do. An error is something
that must not be published as it is, a warning something that a person should look at, a note something to know.
"""

from __future__ import annotations

from ..data.evidence import evidence_of
from ..data.model import Tables
from .check_claims import CLAIM_RULES
from .check_dates import DATE_RULES
from .check_records import RECORD_RULES
from .finding import LEVELS, Finding, as_dict, as_lines

__all__ = ["LEVELS", "Finding", "as_dict", "as_lines", "check"]


def check(tables: Tables) -> tuple[Finding, ...]:
    """Apply every rule.

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
    return tuple(sorted(found.values(), key=lambda one: LEVELS.index(one.level)))
