"""What ``relations.csv`` says: judgements that no rule makes, and where a rule comes to the same.

Rows whose notes begin with one id (``X01: ...``) are one matter and one finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from ..data.model import Claim, Relation, RelationKind
from ..data.statements import details
from ..data.wording import range_text
from .check_view import View
from .finding import LEVELS, Finding, finding

__all__ = ["KINDS", "Matter", "merged", "related"]

_NAMED = re.compile(r"([A-Z]\w*\d):\s*")
#: The rule under which a matter is told, by the strongest kind of its rows, and its level.
KINDS: tuple[tuple[RelationKind, str, str, str], ...] = (
    (RelationKind.CONTRADICTS, "contradiction", "warning", "All of it is shown; a decision may settle it."),
    (RelationKind.SAME_STATEMENT, "one-statement", "warning", "Find out which record the statement is about."),
    (
        RelationKind.UPDATES,
        "update",
        "note",
        "A change is no contradiction; date the statements where reports allow it.",
    ),
    (RelationKind.REFINES, "refinement", "note", "The finer claim rests on fewer reports."),
    (RelationKind.SUPPORTS, "variants", "note", "The claims are about one thing, in other words."),
)
#: Rules whose findings say the same as a relation of a kind may.
SAME_MATTER: dict[str, frozenset[str]] = {
    "contradiction": frozenset(
        {
            "bodies-differ", "dates-differ", "labels-differ", "may-be-one-event", "means-exclude", "numbers-differ",
            "period", "places-apart", "possible-double", "sequence-differs", "sum", "total-adds-doubles",
            "total-not-explained",
        }
    ),
    "one-statement": frozenset({"statement-on-two-records"}),
    "update": frozenset({"positions-differ", "numbers-differ", "sequence-differs"}),
    "refinement": frozenset({"place-levels", "places-apart", "labels-differ", "numbers-differ"}),
    "variants": frozenset({"spelling"}),
}  # fmt: skip


class Matter(NamedTuple):
    """What relations say of one matter: the finding on its own, their notes, and what each claim says."""

    finding: Finding
    notes: str
    said: Mapping[str, str]


def related(view: View) -> Iterator[Matter]:
    """Report what relations set against each other, or tie under one name.

    Rows without a name are told if they contradict, update, or tie one statement to two records; those of one kind on
    the same records and attributes are one matter. Rows that only support or refine are not told without a name.
    """
    order = {claim: i for i, claim in enumerate(view.claims)}
    matters: dict[str | tuple[object, ...], list[Relation]] = {}
    for relation in view.tables.relations:
        named = _NAMED.match(relation.note or "")
        if named or _tells(view, relation):
            matters.setdefault(named[1] if named else _thing(view, relation), []).append(relation)
    for matter, rows in matters.items():
        name = matter if isinstance(matter, str) else f"{rows[0].claim_a}:{rows[0].claim_b}"
        kinds = {row.relation for row in rows}
        _, rule, level, advice = next(line for line in KINDS if line[0] in kinds)
        ids = sorted({c for row in rows for c in (row.claim_a, row.claim_b)}, key=order.__getitem__)
        claims = [view.claims[claim] for claim in ids]
        attributes = {claim.attribute for claim in claims}
        said = {claim.claim_id: _said(view, claim) for claim in claims}
        notes = _notes(rows)
        found = finding(
            level,
            rule,
            f"{notes}{'; '.join(said.values())}. {advice}",
            records=[claim.record_id for claim in claims],
            claims=ids,
            attribute=attributes.pop() if len(attributes) == 1 else None,
            key=(name,),
        )
        yield Matter(replace(found, basis="relation"), notes, said)


def _tells(view: View, relation: Relation) -> bool:
    """Tell whether a row without a name is worth a finding."""
    records = {view.claims[relation.claim_a].record_id, view.claims[relation.claim_b].record_id}
    two = relation.relation is RelationKind.SAME_STATEMENT and len(records - {None}) == 2
    return two or relation.relation in (RelationKind.CONTRADICTS, RelationKind.UPDATES)


def _thing(view: View, relation: Relation) -> tuple[object, ...]:
    """Tell what a row without a name is about: its kind, and the records and attributes of its claims."""
    claims = [view.claims[name] for name in (relation.claim_a, relation.claim_b)]
    records, attributes = {c.record_id or f"#{c.topic}" for c in claims}, {c.attribute for c in claims}
    return relation.relation, frozenset(records), frozenset(attributes)


def _said(view: View, claim: Claim) -> str:
    """Put into words who says what."""
    number = range_text(claim.value_low, claim.value_high, claim.value_low is not None and claim.value_high is None)
    text = ", ".join(details(claim.value_text).values()) if claim.victim_group else claim.value_text or ""
    value = f"{number}, {text}" if number and text else number or text or str(claim.modality)
    return f"{value} ({view.voices([claim])})"


def _notes(rows: Iterable[Relation]) -> str:
    """Put the notes of a matter into sentences."""
    texts = dict.fromkeys(_NAMED.sub("", row.note or "", count=1).strip(" .") for row in rows)
    return "".join(f"{text[:1].upper()}{text[1:]}. " for text in texts if text)


def merged(found: Sequence[Finding], told: Sequence[Matter]) -> list[Finding]:
    """Put what relations tell to what rules found of the same claims, so that one matter is one finding.

    A rule's finding takes the claims, the words and the higher level of the relation that shares most of its claims; it
    keeps its id and its basis, for it was found without the relation.
    """
    by_claim: dict[str, list[int]] = {}
    for i, one in enumerate(found):
        for claim in one.claim_ids:
            by_claim.setdefault(claim, []).append(i)
    result, left = list(found), []
    for matter in told:
        ids = set(matter.finding.claim_ids)
        rules = SAME_MATTER[matter.finding.rule]
        near = {i for claim in ids for i in by_claim.get(claim, ()) if found[i].rule in rules}
        fit = {i: shared for i in near if _fits(shared := len(ids & set(found[i].claim_ids)), ids, found[i])}
        if fit:
            best = max(fit, key=lambda i: (fit[i] / len(ids | set(found[i].claim_ids)), -i))
            result[best] = _with(result[best], matter)
        else:
            left.append(matter.finding)
    return [*result, *left]


def _fits(shared: int, ids: Set[str], own: Finding) -> bool:
    """Tell whether a relation and a finding are of one matter: one holds the claims of the other, or most of them."""
    return shared > 1 and (shared in (len(ids), len(own.claim_ids)) or 2 * shared > len(ids))


def _with(own: Finding, matter: Matter) -> Finding:
    """Add a relation's claims and words to a finding."""
    more = {claim: said for claim, said in matter.said.items() if claim not in own.claim_ids}
    words = f" Noted in relations.csv: {matter.notes}" if matter.notes else " "
    words += f"It adds {'; '.join(more.values())}." if more else ""
    return replace(
        own,
        level=min(own.level, matter.finding.level, key=LEVELS.index),
        record_ids=tuple(dict.fromkeys((*own.record_ids, *matter.finding.record_ids))),
        claim_ids=(*own.claim_ids, *more),
        message=f"{own.message}{words}".rstrip(),
    )
