"""The account of ``panjmap verify --reports``, as lines for a person and as an object for a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from .text import printed
from .verify import NOT_CHECKED, Verified
from .wording import plural

__all__ = ["as_dict", "as_lines"]


def as_dict(found: Verified) -> dict[str, Any]:
    """Write the account as ``--json`` gives it."""
    claims = [asdict(claim) for claim in found.claims]
    return {
        "reports": [asdict(report) for report in found.reports],
        "files": [asdict(file) for file in found.files],
        "claims": [{k: v for k, v in claim.items() if k != "quote" or v is not None} for claim in claims],
        "counts": found.counts,
        "levels": {level: found.levels[level] for level in ("error", "warning", "note")},
    }


def as_lines(found: Verified) -> str:
    """Write one line a report, a stray file and a claim with something to say, then what was counted."""
    lines = [f"{report.level or 'ok'}: report {report.report_id} {_verb(report.message)}" for report in found.reports]
    lines += [f"note: file {file.file}: {file.message}" for file in found.files if file.report_id is None]
    for claim in found.claims:
        if claim.level in ("error", "warning") or claim.rule == "sum":
            about = claim.attribute + (f" of {claim.record_id}" if claim.record_id else "")
            lines.append(f"{claim.level}: {claim.claim_id} ({about}, {claim.report_id}): {claim.message}")
        if claim.quote is not None:
            value = claim.status.replace("_", " ")
            lines.append(f"  {claim.claim_id} {claim.start}-{claim.end} {claim.attribute}, {value}: {claim.quote}")
    return printed([*lines, *_reasons(found), *_counts(found)])


def _verb(message: str) -> str:
    return message if message.startswith(("is ", "has ")) else f"- {message}"


def _reasons(found: Verified) -> Iterator[str]:
    """Name the claims that could not be checked, by reason."""
    for reason, why in NOT_CHECKED.items():
        claims = [claim.claim_id for claim in found.claims if claim.status == "not_checked" and claim.rule == reason]
        if claims:
            yield f"note: {len(claims)} not compared, {why}: {', '.join(claims)}"


def _counts(found: Verified) -> Iterator[str]:
    counts = found.counts
    number = counts["claims"]
    yield (
        f"spans: {counts['spans_in_text']} of {number} {plural(number, 'claim')} stand in the text, "
        f"{counts['spans_at_fault']} do not, {counts['spans_not_checked']} could not be looked up"
    )
    reasons = ", ".join(f"{count} {reason}" for reason, count in counts["not_checked_by_reason"].items())
    yield (
        f"values: {counts['checked']} of {number} compared, {counts['agree']} agree, {counts['differ']} differ, "
        f"{counts['not_checked']} could not be compared{f' ({reasons})' if reasons else ''}"
    )
    yield ", ".join(f"{found.levels[level]} {plural(found.levels[level], level)}" for level in ("error", "warning"))
