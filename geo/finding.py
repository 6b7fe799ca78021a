"""One thing that ``check`` finds: its shape, its stable id, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ..data.text import clean

__all__ = ["LEVELS", "Finding", "as_dict", "as_lines", "finding"]

#: From what must be mended to what is only worth knowing; only errors change the exit code.
LEVELS = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``id`` is made of the rule and the ids it is about, so that it stays the same from run to run."""

    id: str
    level: str
    rule: str
    record_ids: tuple[str, ...]
    attribute: str | None
    claim_ids: tuple[str, ...]
    message: str


def finding(
    level: str,
    rule: str,
    message: str,
    *,
    records: Iterable[str | None] = (),
    claims: Iterable[str] = (),
    attribute: str | None = None,
    others: Iterable[str] = (),
) -> Finding:
    """Make a finding; `others` are ids of places, reports or the like that belong into its id."""
    record_ids = tuple(dict.fromkeys(record for record in records if record))
    claim_ids = tuple(dict.fromkeys(claims))
    about = [*(claim_ids or record_ids), *([attribute] if attribute and not claim_ids else []), *others]
    return Finding(":".join([rule, *about]), level, rule, record_ids, attribute, claim_ids, clean(message))


def as_dict(findings: Iterable[Finding]) -> dict[str, list[dict[str, Any]]]:
    """Write findings as ``panjmap check --json`` gives them."""
    rows = [asdict(found) for found in findings]
    return {"findings": [{k: list(v) if isinstance(v, tuple) else v for k, v in row.items()} for row in rows]}


def as_lines(findings: Iterable[Finding]) -> str:
    """Write one line a finding, then how many there are of each level."""
    found = list(findings)
    lines = [f"{one.level}: {one.message} [{one.id}]" for one in found]
    counts = ", ".join(f"{sum(one.level == level for one in found)} {level}s" for level in LEVELS)
    return "\n".join([*lines, counts])
