"""One thing that ``check`` finds: its shape, its stable id, and how it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..data.text import clean, printed

__all__ = ["LEVELS", "Finding", "as_dict", "as_lines", "finding"]

#: How many notes of one rule a person is shown; ``--json`` has them all.
NOTES = 20
#: From what must be mended to what is only worth knowing; only errors change the exit code.
LEVELS = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``id`` is made of the rule and of what it is about, so that it stays the same from run to run.

    ``basis`` is ``rule`` where a rule finds it in the tables without the relations, ``relation`` where only a row of
    ``relations.csv``, which is somebody's judgement, says so.
    """

    id: str
    level: str
    rule: str
    record_ids: tuple[str, ...]
    attribute: str | None
    claim_ids: tuple[str, ...]
    message: str
    basis: str = "rule"


def finding(
    level: str,
    rule: str,
    message: str,
    *,
    records: Iterable[str | None] = (),
    claims: Iterable[str] = (),
    attribute: str | None = None,
    others: Iterable[str] = (),
    key: Iterable[str] = (),
) -> Finding:
    """Make a finding.

    `others` are ids of places, reports or the like that belong into its id; `key` is all that its id is made of besides
    the rule, where the claims may grow without its becoming another finding.
    """
    record_ids = tuple(dict.fromkeys(record for record in records if record))
    claim_ids = tuple(dict.fromkeys(claims))
    about = [*(claim_ids or record_ids), *([attribute] if attribute and not claim_ids else []), *others]
    return Finding(
        ":".join([rule, *(tuple(key) or about)]), level, rule, record_ids, attribute, claim_ids, clean(message)
    )


def as_dict(findings: Iterable[Finding]) -> dict[str, list[dict[str, Any]]]:
    """Write findings as ``panjmap check --json`` gives them."""
    rows = [asdict(found) for found in findings]
    return {"findings": [{k: list(v) if isinstance(v, tuple) else v for k, v in row.items()} for row in rows]}


def as_lines(findings: Iterable[Finding], titles: Mapping[str, str] | None = None) -> str:
    """Write one line a finding under the record that it is about, then how many there are of each level.

    Parameters
    ----------
    findings
        In the order of :func:`panjmap.geo.check.check`; the records come in the order of their worst finding.
    titles
        Titles of records, for the headings.
    """
    found = list(findings)
    groups: dict[str, list[Finding]] = {}
    left: Counter[str] = Counter()
    for one in found:
        left[one.rule] += one.level == "note"
        if one.level != "note" or left[one.rule] <= NOTES:
            groups.setdefault(one.record_ids[0] if one.record_ids else "", []).append(one)
    lines = []
    for record, members in sorted(groups.items(), key=lambda group: not group[0]):
        title = (titles or {}).get(record)
        lines += [f"{record} ({title})" if title else record or "No one record"]
        lines += [f"  {one.level}: {one.message} [{one.id}]" for one in members] + [""]
    more = [f"{rule}: {number - NOTES} notes more, see --json" for rule, number in left.items() if number > NOTES]
    counts = ", ".join(f"{sum(one.level == level for one in found)} {level}s" for level in LEVELS)
    return printed([*lines, *more, counts])
