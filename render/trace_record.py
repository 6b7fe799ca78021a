"""Everything that is shown of one record, each with the rule it follows and the claims and decisions behind it.

In: the scene of the page and a row of it. Out: frozen rows of text. Words are those of the panel (``details.py``),
numbers those of the evidence and the located frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..data.evidence import DECIDED_AS, AttributeEvidence, Evidence
from ..data.vocabulary import IMPORTED
from ..data.wording import attribute_label, range_text
from .details import Details
from .placed import Placed
from .scene import Scene
from .trace_claims import Heard, dates_heard, heard, numbers_heard, range_rule, tied
from .trace_place import gazetteer_facts, position_facts, unused_places
from .voices import witness_line

__all__ = ["Shown", "TracedRecord"]

#: Attributes of claims that stand under one heading.
_DATES: Final = ("event_date", "report_date", "confirmed_on")
_PLACES: Final = ("place", "policy_place")
#: Attributes of decisions that stand with what they are about.
_ABOVE: Final = frozenset({"type", "place", "precision", *DECIDED_AS})
_MEANS: Final = ("method", "weapon")

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that is shown of a record: its words, the rule they follow, the claims behind, what was decided.

    ``name`` is what it is asked for by; ``facts`` are numbers and ids as pairs of label and text; ``unused`` says what
    is on file and not used, and why.
    """

    name: str
    label: str
    text: str
    rule: str
    facts: Facts = ()
    claims: tuple[Heard, ...] = ()
    decisions: tuple[Mapping[str, str], ...] = ()
    relations: tuple[Mapping[str, str | None], ...] = ()
    unused: tuple[str, ...] = ()


class TracedRecord:
    """Assembles what is shown of one record.

    Parameters
    ----------
    made, row
        The scene of the page, and a row of it.
    details
        What makes the panel's words.
    """

    def __init__(self, made: Scene, row: Placed, details: Details) -> None:
        self._made, self._row = made, row
        self._found: Evidence = made.evidence[row.record_id]
        self._tables = made.published.tables
        self._panel: dict[str, Any] = details.of(row)
        #: Where what no claim says comes from: the editors' table, or the row that was imported.
        imported = any(report.kind == IMPORTED for report in self._found.reports)
        self._table = "the imported row" if imported else "records.csv"

    def shown(self) -> tuple[Shown, ...]:
        """List everything that is shown, in the order of the panel."""
        taken = {*_DATES, "place", "killed", "injured"}
        rest = [block for block in self._found.attributes if block.attribute not in taken]
        return (
            self._title(),
            self._type(),
            self._date(),
            self._place(),
            self._position(),
            *([self._label()] if self._panel["label"] else []),
            *(self._casualties(name) for name in ("killed", "injured") if self._counting(name)),
            *(self._attribute(block) for block in rest),
            *self._remarks(),
        )

    def _blocks(self, *attributes: str) -> list[AttributeEvidence]:
        return [block for block in self._found.attributes if block.attribute in attributes]

    def _counting(self, name: str) -> list[AttributeEvidence]:
        """Find the blocks whose numbers make up the number of killed or injured; totals of two attacks come last."""
        totals = [b for b in self._found.attributes if b.attribute.startswith(f"{name}_total")]
        return self._blocks(name) + totals

    def _decisions(self, *attributes: str) -> tuple[Mapping[str, str], ...]:
        return tuple(
            {
                "attribute": one.attribute,
                "chosen": one.chosen,
                "reason": one.reason,
                "source": one.source,
                "decided_on": one.decided_on.isoformat(),
            }
            for one in self._tables.decisions
            if one.record_id == self._row.record_id
            and (one.attribute in attributes or DECIDED_AS.get(one.attribute) in attributes)
        )

    def _tied(self, rows: Iterable[Heard]) -> tuple[Mapping[str, str | None], ...]:
        return tied(rows, self._tables.relations)

    def _title(self) -> Shown:
        return Shown("title", "Title", self._panel["title"], f"as {self._table} has it: no claim is quoted")

    def _type(self) -> Shown:
        record, rows = self._found.record, heard(self._blocks(*_MEANS))
        facts = (("kind", str(record.kind)), ("types that somebody claims", ", ".join(record.claimed_types) or "none"))
        rule = f"as {self._table} has it; the filter by type matches every claimed type"
        decisions = self._decisions("type", "method", "weapon")
        return Shown("type", "Type", self._panel["type_label"], rule, facts, rows, decisions, self._tied(rows))

    def _date(self) -> Shown:
        found, when = self._found, self._panel["when"]
        span, record = found.date, found.record
        rows = dates_heard(self._blocks(*_DATES))
        ends = f"{span.start or 'open'} to {span.end or 'open'}"
        basis = f"{record.date_start or 'open'} to {record.date_end or 'open'}, {record.date_basis}"
        facts = [("days", ends), ("precision", str(span.precision)), ("basis", span.basis), (self._table, basis)]
        if span.start_open or span.end_open:
            facts.append(
                ("open, as unknown or assumed", ", ".join(("start",) * span.start_open + ("end",) * span.end_open))
            )
        rule = (
            f"days that claims state narrow those of {self._table}, and win where they lie outside"
            if any(row.how == "states the days" for row in rows)
            else f"no claim states a day: the dates of {self._table} are shown"
        )
        facts += [("reason", when["why"])]
        return Shown(
            "date", "Date", when["text"], rule, tuple(facts), rows, self._decisions("event_date"), self._tied(rows)
        )

    def _place(self) -> Shown:
        where, rows = self._panel["where"], heard(self._blocks(*_PLACES))
        facts = [*gazetteer_facts(self._row, self._tables)]
        facts += [("origin", where["origin"])] if where["origin"] else []
        return Shown(
            "place",
            "Place",
            where["text"],
            where["why"] or "responses and totals are not drawn: no report says where speakers stood",
            tuple(facts),
            rows,
            self._decisions("place", "precision"),
            self._tied(rows),
            tuple(unused_places(self._row, self._tables)),
        )

    def _position(self) -> Shown:
        where = self._panel["where"]
        drawing = next((one for one in self._made.drawn if one.row.record_id == self._row.record_id), None)
        facts = tuple(position_facts(self._row, drawing, where))
        return Shown(
            "position",
            "Position",
            where["precision"],
            "no finer than reports allow",
            facts,
            decisions=self._decisions("place", "precision"),
        )

    def _remarks(self) -> tuple[Shown, ...]:
        """Show remarks, ties to records that may be the same event or a total, and decisions on anything else."""
        panel = self._panel
        facts = [("may be the same event", f"{one['id']}: {one['title']}") for one in panel["same_as"]]
        facts += [("counted", panel["same_why"])] if panel["same_why"] else []
        facts += [("reported totals beside it", f"{one['id']}: {one['title']}") for one in panel["totals"]]
        above = {*_ABOVE, *(block.attribute for block in self._found.attributes)}
        left = {d.attribute for d in self._tables.decisions if d.record_id == self._row.record_id} - above
        decisions = self._decisions(*sorted(left))
        if not (facts or panel["notes"] or decisions):
            return ()
        rule = f"the note in {self._table}; possible_same_as of it; totals are tied by relations between claims"
        return (Shown("remarks", "Remarks", " ".join(panel["notes"]) or "none", rule, tuple(facts), (), decisions),)

    def _label(self) -> Shown:
        long, short = self._panel["label"][:2], self._panel["label"][2:]
        rule = "type, killed, place and date as above, in the words of the map; the shorter one on small maps"
        return Shown("label", "Label on the map", " / ".join(long), rule, (("shorter", " / ".join(short)),))

    def _casualties(self, name: str) -> Shown:
        """Show the number of killed or injured by victim group, with all claims on it, bodies found included."""
        found = self._found
        blocks = self._counting(name)
        heard_in = [numbers_heard(found, [block], name) for block in blocks]
        rules = [range_rule(heard_in[i], block.witnesses, why=block.why) for i, block in enumerate(blocks)]
        if len(blocks) > 1:  # one for each victim group
            rules = [f"{block.label}: {rule}" for block, rule in zip(blocks, rules, strict=True)]
        rows = tuple(row for part in heard_in for row in part)
        panel = self._panel[name] or {"text": "", "why": "", "counts": []}
        facts = [
            (one["group"], range_text(one["low"], one["high"], one["or_more"]) or "words") for one in panel["counts"]
        ]
        if name == "killed" and found.bodies_found is not None:
            facts.append(("bodies found", str(found.bodies_found)))
        facts += [("remark", panel["why"])] if panel["why"] else []
        facts += [fact for block in blocks for fact in _witnesses(block, block.label if len(blocks) > 1 else "")]
        unused = tuple(f"{row.claim_id}: {row.how}" for row in rows if not row.used)
        return Shown(
            name,
            attribute_label(name),
            panel["text"] or "no number",
            "; ".join(rules),
            tuple(facts),
            rows,
            self._decisions(name),
            self._tied(rows),
            unused,
        )

    def _attribute(self, block: AttributeEvidence) -> Shown:
        """Show any other attribute: every distinct value."""
        text = "; ".join(statement.text for statement in block.statements)
        if block.range is not None:
            rows = numbers_heard(self._found, [block], None)
            rule = range_rule(rows, block.witnesses, why=block.why)
        else:
            rows = heard([block])
            count = len(block.statements)
            against = "they contradict each other" if count > 1 else "another claim contradicts it"
            differ = f"; a relation says that {against}" if block.differ else ""
            values = f"each of {count} distinct values" if count > 1 else "the one value"
            rule = f"{values} is shown with who says it{differ}"
        unused = tuple(f"{row.claim_id}: {row.how}" for row in rows if not row.used)
        facts = ((("reason", block.why),) if block.why else ()) + _witnesses(block)
        decisions = self._decisions(block.attribute)
        return Shown(block.attribute, block.label, text, rule, facts, rows, decisions, self._tied(rows), unused)


def _witnesses(block: AttributeEvidence, label: str = "") -> Facts:
    """Name the witnesses as the panel does, where there is more than one claim."""
    line = witness_line(block.heard)
    return ((f"heard from ({label})" if label else "heard from", line),) if line else ()
