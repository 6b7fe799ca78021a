"""Records that belong together: reported totals, and the records that they speak of.

In: published tables. Out: ids by id, in table order.
"""

from __future__ import annotations

from ..data.model import Kind, RelationKind, Tables

__all__ = ["related_totals"]

#: Ways in which a total and a single count can be tied.
_TIES = (RelationKind.CONTRADICTS, RelationKind.SUPPORTS, RelationKind.REFINES)


def related_totals(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Tie reported totals to the records that they speak of, in both directions, by the relations of their claims."""
    records = {record.record_id: record for record in tables.records}
    record_of = {claim.claim_id: records.get(claim.record_id or "") for claim in tables.claims}
    found: dict[str, set[str]] = {}
    for relation in tables.relations:
        one, other = record_of.get(relation.claim_a), record_of.get(relation.claim_b)
        if (
            relation.relation in _TIES
            and one
            and other
            and (one.kind is Kind.AGGREGATE) != (other.kind is Kind.AGGREGATE)
        ):
            found.setdefault(one.record_id, set()).add(other.record_id)
            found.setdefault(other.record_id, set()).add(one.record_id)
    return {one: tuple(other for other in records if other in others) for one, others in found.items()}
