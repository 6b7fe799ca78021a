"""From what the map shows back to who says so: each number, word and position of a record, step by step.

In: the scene that the page is made from. Out: what is shown, by which rule, from which claims of which reports, with
decisions and relations, and what is not used and why. Texts and numbers are those of the scene: nothing is derived
again.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..data.counting import CountedShare, CountingSentence
from ..data.errors import OptionError
from ..data.evidence import counting_sentences
from ..data.model import Tables
from ..data.verify import ClaimCheck
from .blocks import details_of
from .corrections import corrections_block
from .scene import Scene
from .trace_claims import Heard
from .trace_record import Shown, TracedRecord

__all__ = ["Share", "Shown", "Traced", "header", "trace"]

#: Ids that a message lists, and those among which it looks for near ones.
LISTED: Final = 40
SEARCHED: Final = 20_000
#: Other words for what can be asked for.
ALIASES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("event_date", "report_date", "confirmed_on", "when", "date_start", "date_end"), "date"),
    **{"where": "place", "location": "place", "precision": "position", "coordinates": "position"},
    **{"uncertainty": "position", "river_km": "position", "total": "header", "count": "header", "kind": "type"},
}


@dataclass(frozen=True, slots=True)
class Share:
    """A counting sentence of the header, the record's share in it, and the shares of what may be the same event."""

    text: str
    low: int
    high: int
    share: CountedShare | None
    may_be_the_same: tuple[CountedShare, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Traced:
    """Everything shown of one record; or, for an id that is no more, what became of it in ``ended``."""

    record_id: str
    title: str
    kind: str
    sensitivity: str
    shown: tuple[Shown, ...]
    header: tuple[Share, ...]
    reports: tuple[Mapping[str, Any], ...]
    changes: tuple[Mapping[str, Any], ...]
    ended: Mapping[str, Any] | None = None


def trace(
    made: Scene, record_id: str, attribute: str | None = None, checks: Mapping[str, ClaimCheck] | None = None
) -> Traced:
    """Trace what is shown of a record.

    Parameters
    ----------
    made
        The scene of the page.
    record_id
        A record of it, or one that was merged or withdrawn.
    attribute
        One thing that is shown, as ``killed`` or ``place``; by default all.
    checks
        What became of checking the claims against their texts, by claim.

    Raises
    ------
    OptionError
        There is no such record, or nothing of that name is shown of it; a withheld record is unknown.
    """
    row = next((row for row in made.rows if row.record_id == record_id), None)
    told = corrections_block(made.published.tables, made.options.lang)
    if row is None:
        if record_id not in told["ended"]:
            raise _unknown("RECORD", record_id, [one.record_id for one in made.rows], "no record has this id")
        ended = told["ended"][record_id]
        return Traced(record_id, ended["title"], "", "", (), (), (), tuple(ended["steps"]), ended)
    found = made.evidence[record_id]
    shown = TracedRecord(made, row, details_of(made)).shown()
    shares = header(made, record_id)
    if attribute is not None:
        name = ALIASES.get(attribute, attribute)
        known = [*dict.fromkeys(one.name for one in shown), "header"]
        if name not in known:
            raise _unknown("ATTRIBUTE", attribute, known, f"nothing of this name is shown of {record_id}")
        shown = tuple(one for one in shown if one.name == name)
        shares = shares if name in ("header", "killed") else ()
    if checks is not None:
        quoted = record_id not in made.published.generalised
        shown = tuple(replace(one, claims=_checked(one.claims, checks, quoted=quoted)) for one in shown)
    return Traced(
        record_id=record_id,
        title=row.title,
        kind=str(row.kind),
        sensitivity="generalise" if record_id in made.published.generalised else str(found.record.sensitivity),
        shown=shown,
        header=shares,
        reports=_reports(made.published.tables, shown),
        changes=tuple(told["records"].get(record_id, ())),
    )


def _unknown(what: str, given: str, known: Sequence[str], reason: str) -> OptionError:
    near = difflib.get_close_matches(given, known[:SEARCHED], n=3, cutoff=0.6)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    more = f" and {len(known) - LISTED} more" if len(known) > LISTED else ""
    return OptionError(what, given, reason, f"{meant}There are: {', '.join(known[:LISTED])}{more}")


def header(made: Scene, record_id: str | None = None) -> tuple[Share, ...]:
    """List the counting sentences of the page, or those that count one record, with shares."""
    found = []
    for sentence in counting_sentences(made.evidence):
        for unit in sentence.shares:
            own = next((share for share in unit if share.record_id == record_id), None)
            if own is not None:
                rest = tuple(share for share in unit if share is not own)
                others = len(sentence.shares) - 1
                found.append(Share(sentence.text, sentence.low, sentence.high, own, rest, others))
        if record_id in sentence.silent:
            found.append(_silent(sentence))
    return tuple(found)


def _silent(sentence: CountingSentence) -> Share:
    """Give a sentence that mentions a record, which has no number for it."""
    return Share(sentence.text, sentence.low, sentence.high, None, (), len(sentence.shares))


def _reports(tables: Tables, shown: Iterable[Shown]) -> tuple[Mapping[str, Any], ...]:
    """Describe the reports that are heard, in the order of reports.csv."""
    ids = {row.report_id for one in shown for row in one.claims}
    return tuple(
        {
            "report_id": r.report_id,
            "outlet": r.outlet,
            "title": r.title,
            "published": r.published.isoformat() if r.published else None,
            "url": r.url or r.archived_url,
            "sha256": r.sha256,
        }
        for r in tables.reports
        if r.report_id in ids
    )


def _checked(rows: Iterable[Heard], checks: Mapping[str, ClaimCheck], *, quoted: bool) -> tuple[Heard, ...]:
    """Add what checking the claims against their texts gave; no passage of a generalised record is quoted."""
    found = []
    for one in rows:
        if check := checks.get(one.claim_id):
            told = check.status.replace("_", " ") + (f" ({check.rule})" if check.status != "agrees" else "")
            found.append(replace(one, checked=told, quote=check.quote if quoted else None))
        else:
            found.append(one)
    return tuple(found)
