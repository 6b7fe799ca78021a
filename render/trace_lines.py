"""The way from what is shown to who says so, as indented lines for a person and as an object for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ..data.counting import CountedShare, CountingSentence
from ..data.text import printed
from ..data.wording import plural, range_text
from .trace import Share, Traced
from .trace_claims import Heard
from .trace_record import Shown

__all__ = ["as_dict", "as_lines", "total_dict", "total_lines"]


def as_dict(found: Traced) -> dict[str, Any]:
    """Write it as ``--json`` gives it; facts are an object by their labels."""
    written = asdict(found)
    for shown in written["shown"]:
        shown["facts"] = dict(shown["facts"])
    written["header"] = [_share_dict(share) for share in found.header]
    return written


def _share_dict(share: Share) -> dict[str, Any]:
    same = [one._asdict() for one in share.may_be_the_same]
    own = share.share._asdict() if share.share else None
    return {
        "text": share.text,
        "low": share.low,
        "high": share.high,
        "share": own,
        "may_be_the_same": same,
        "other_events": share.others,
    }


def as_lines(found: Traced) -> str:
    """Write everything that is shown of a record, each with its way back, then the reports that are heard."""
    return printed(_lines(found))


def _lines(found: Traced) -> Iterator[str]:
    if found.ended is not None:
        yield f"{found.record_id}: {found.title}"
        yield "  this record is no more:"
        yield from (f"  {step['date']}: {step['says']} {step['reason']}" for step in found.changes)
        if found.ended["into"]:
            yield f"  what became of it: panjmap trace {found.ended['into']}"
        return
    yield f"{found.record_id}: {found.title} ({found.kind}, {found.sensitivity})"
    for shown in found.shown:
        yield ""
        yield from _shown(shown)
    for share in found.header:
        yield ""
        yield from _header(share)
    if found.reports:
        yield ""
        yield "REPORTS"
        yield from (f"  {_report(report)}" for report in found.reports)
    if found.changes:
        yield ""
        yield "CHANGES"
        yield from (f"  {change['date']}: {change['says']} {change['reason']}" for change in found.changes)


def _shown(shown: Shown) -> Iterator[str]:
    yield f"{shown.name.upper()} ({shown.label}): {shown.text}"
    yield f"  rule: {shown.rule}"
    yield from (f"  {label}: {text}" for label, text in shown.facts)
    for claim in shown.claims:
        yield from _claim(claim)
    for one in shown.decisions:
        yield (
            f"  decision of {one['decided_on']} on {one['attribute']}: {one['chosen']}. {one['reason']} "
            f"Source: {one['source']}"
        )
    for tie in shown.relations:
        note = f" ({tie['note']})" if tie["note"] else ""
        yield f"  relation: {tie['claim_a']} {str(tie['relation']).replace('_', ' ')} {tie['claim_b']}{note}"
    yield from (f"  not used: {text}" for text in shown.unused)


def _claim(claim: Heard) -> Iterator[str]:
    via = f" via {claim.via}" if claim.via else ""
    group = f", {claim.victim_group}" if claim.victim_group else ""
    at = f" at {claim.start}-{claim.end}" if claim.start is not None else ", no offsets"
    said = f"{claim.modality} by {claim.said_by} ({claim.speaker_id}){via}"
    yield f"  claim {claim.claim_id}: {claim.value}{group}; {said}; {claim.report_id}{at}: {claim.how}"
    if claim.checked:
        yield f"    against the text: {claim.checked}"
    if claim.quote:
        yield f"    text: {claim.quote}"


def _header(share: Share) -> Iterator[str]:
    yield f"HEADER: {share.text}"
    if share.share is None:
        yield "  share: mentioned without a number"
        return
    yield f"  share: {_span([share.share])}"
    if share.may_be_the_same:
        same = ", ".join(f"{one.record_id} {_span([one])}" for one in share.may_be_the_same)
        yield f"  may be the same event: {same}; together {_together((share.share, *share.may_be_the_same))}"
    others = f"{share.others} other {plural(share.others, 'event')}" if share.others else "no other event"
    yield f"  the sentence counts {range_text(share.low, share.high)}, with {others}"


def _span(shares: Iterable[CountedShare]) -> str:
    return ", ".join(range_text(one.low, one.high, one.open_ended) for one in shares)


def _together(shares: Sequence[CountedShare]) -> str:
    """Say what one or several events give: from the smallest, if they are one, to the sum."""
    return f"{min(one.low for one in shares)} (one event) to {sum(one.high for one in shares)} (separate)"


def _report(report: Mapping[str, Any]) -> str:
    published = report["published"] or "undated"
    link = report["url"] or "no link"
    known = f"SHA-256 {report['sha256']}" if report["sha256"] else "no SHA-256"
    return f"{report['report_id']}: {report['outlet']}, {report['title']}; {published}; {link}; {known}"


# ---------------------------------------------------------------- the header


def total_dict(sentences: Iterable[CountingSentence]) -> dict[str, Any]:
    """Write the counting sentences with the share of each record, as ``--total --json`` gives them."""
    return {
        "sentences": [
            {
                "text": one.text,
                "low": one.low,
                "high": one.high,
                "kind": str(one.kind),
                "groups": [str(group) for group in one.groups],
                "events": [[share._asdict() for share in unit] for unit in one.shares],
                "without_a_number": list(one.silent),
            }
            for one in sentences
        ]
    }


def total_lines(sentences: Iterable[CountingSentence]) -> str:
    """Write each counting sentence and how it is made up, record by record."""
    lines: list[str] = []
    for one in sentences:
        lines.append(one.text)
        for unit in one.shares:
            if len(unit) > 1:
                lines.append(f"  may be one event: {_together(unit)}")
            indent = "    " if len(unit) > 1 else "  "
            lines += [f"{indent}{share.record_id}: {_span([share])}" for share in unit]
        lines += [f"  {record_id}: no number" for record_id in one.silent]
        lines.append(f"  in all: {range_text(one.low, one.high)}")
    return printed(lines) if lines else "No record has a number of killed."
