"""Claims and decisions as a page tells them, record by record, put together by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .shown_models import Detail

__all__ = ["RowsTold"]


class RowsTold:
    """Collects the claims and decisions of records, one record after the other."""

    def __init__(self) -> None:
        self.decisions: dict[str, dict[str, str]] = {}
        self._claims: dict[str, dict[str, dict[str, None]]] = {}

    def claims(self) -> dict[str, dict[str, str]]:
        """Give the claims by id. One may tell of several attributes, and of several records: all are named."""
        return {
            claim_id: {name: "; ".join(filter(None, texts)) for name, texts in self._claims[claim_id].items()}
            for claim_id in sorted(self._claims)
        }

    def add(self, detail: Detail) -> None:
        """Take in one record."""
        for claim_id, cells in _claims(detail):
            claim = self._claims.setdefault(claim_id, {})
            for name, text in cells.items():
                claim.setdefault(name, {})[text] = None
        before: Counter[str] = Counter()
        for decision in detail.decisions:
            before[decision.label] += 1
            again = f" ({before[decision.label]})" if before[decision.label] > 1 else ""
            self.decisions[f"{detail.id} {decision.label}{again}"] = {
                "record_id": detail.id,
                "about": decision.label,
                "chosen": decision.chosen,
                "reason": decision.reason,
                "source": decision.source,
                "decided_on": decision.on,
            }


def _claims(detail: Detail) -> Iterator[tuple[str, dict[str, str]]]:
    """List the claims under each value of each attribute."""
    for block in detail.attributes:
        for statement in block.statements:
            for said in statement.said:
                for outlet in said.outlets:
                    for claim_id, modality, group, start, end in outlet.claims:
                        yield (
                            claim_id,
                            {
                                "record_id": detail.id,
                                "attribute": block.label,
                                "value": statement.text,
                                "speaker": said.speaker or "the report itself",
                                "modality": modality,
                                "victim_group": group or "",
                                "report_id": outlet.report,
                                "via": outlet.via or "",
                                "span": "" if start is None else f"{start}–{end}",
                            },
                        )
