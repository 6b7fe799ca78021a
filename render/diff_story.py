"""A difference put into order for a reader: headline, warnings, records with their changes, tables.

In: a difference. Out: the parts of ``diff_parts.py``, which ``diff_text.py`` and ``diff_html.py`` mark up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..data.internal import MARK
from ..data.wording import capital, listing, plural
from .diff_compare import Difference, Explained, Gone, ValueChange
from .diff_labels import LINES, SUBJECTS, TABLES, attribute_of
from .diff_parts import NONE, Block, Change, Part, Reason, Record, Story
from .diff_rows import OF_RECORDS, by_record, rows_block
from .shown import Shown, View
from .shown_values import Value

__all__ = ["NOTHING", "fate_of", "headline", "story"]

NOTHING: Final = "Nothing shown has changed."
OTHER_VERSION: Final = "The data versions differ: in the order of rows, or in what is not compared."
#: So many ids are listed in a warning.
_LISTED: Final = 12
#: Attributes that a record which is there on one side only is told by.
_BRIEF: Final = ("kind", "type", "date", "place", "precision", "killed", "injured", "reports")


def story(found: Difference) -> Story:
    """Put a difference into order."""
    changed = _changed(found)
    gone = {name: tuple(g for g in found.gone if fate_of(g) == name) for name in ("withdrawn", "merged", "vanished")}
    parts = (
        Part("vanished", "Gone without a correction", _one_sided(gone["vanished"], found.new, loud=True)),
        Part("changed", "Changed", changed),
        Part("added", "Added", _one_sided(found.added, found.old)),
        Part("merged", "Merged into other records", _one_sided(gone["merged"], found.new)),
        Part("withdrawn", "Withdrawn", _one_sided(gone["withdrawn"], found.new)),
    )
    return Story(
        mark=MARK if found.internal else "",
        headline=headline(found, len(changed)),
        warnings=_warnings(found),
        lines=tuple(Change(LINES.get(one.line, one.line), one.old or NONE, one.new or NONE) for one in found.lines),
        sentences=_sentences(found),
        parts=tuple(part for part in parts if part.records),
        tables=_tables(found),
        notes=found.not_compared,
    )


def headline(found: Difference, changed: int) -> str:
    """Say in one sentence how many records changed in which way."""
    if not found:
        same = found.old.version == found.new.version
        return NOTHING if same else f"{NOTHING} {OTHER_VERSION}"
    fates = [fate_of(one) for one in found.gone]
    counts = {
        "added": len(found.added),
        "changed": changed,
        "merged": fates.count("merged"),
        "withdrawn": fates.count("withdrawn"),
        "gone without a correction": fates.count("vanished"),
    }
    texts = [f"{count} {what}" for what, count in counts.items() if count]
    if not texts:
        return "No record changed, but texts or tables did."
    first = next(count for count in counts.values() if count)
    noun = plural(first, "record")
    return f"{texts[0].replace(' ', f' {noun} ', 1)}{''.join(f', {text}' for text in texts[1:])}."


def fate_of(gone: Gone) -> str:
    """Say in one word what became of a record that is gone."""
    if gone.fate is None:
        return "vanished"
    return "merged" if gone.fate.into else "withdrawn"


def _warnings(found: Difference) -> tuple[str, ...]:
    lost = [one.shown.record_id for one in found.gone if one.fate is None]
    due = list(dict.fromkeys(one.record_id for one in found.changed if one.unexplained))
    texts = (
        ("Gone, and no row of changes says that it was withdrawn or merged", lost),
        ("Changed without a row of changes that says why", due),
    )
    return tuple(f"{text}: {_listed(ids)}." for text, ids in texts if ids)


def _listed(ids: list[str]) -> str:
    """List ids; of many the first ones, for each stands below as well."""
    return listing(ids if len(ids) <= _LISTED else [*ids[:_LISTED], f"{len(ids) - _LISTED} more"])


def _sentences(found: Difference) -> tuple[tuple[str, str], ...]:
    old, new = found.old.sentences, found.new.sentences
    if old == new:
        return ()
    only = [*(("old", text) for text in old if text not in new), *(("new", text) for text in new if text not in old)]
    return tuple(only or [*(("old", text) for text in old), *(("new", text) for text in new)])


# ---------------------------------------------------------------- records


def _one_sided(records: Iterable[Gone], there: View, *, loud: bool = False) -> tuple[Record, ...]:
    return tuple(
        Record(one.shown.record_id, one.shown.title, _facts(one.shown), _note(one, there), loud) for one in records
    )


def _facts(shown: Shown) -> tuple[tuple[str, str], ...]:
    return tuple((attribute_of(name).label, shown.values[name].text) for name in _BRIEF if name in shown.values)


def _note(one: Gone, there: View) -> str:
    """Say what the other side tells of a record that it does not show."""
    if one.fate is not None:
        into = there.records.get(one.fate.into or "")
        now = f" Now: “{into.title}” ({into.record_id})." if into else ""
        return f"{one.fate.correction.date}: {one.fate.correction.says}{now} {one.fate.correction.reason}".strip()
    if one.maybe is not None:
        other = there.records[one.maybe]
        return f"The other side has “{other.title}” ({other.record_id}) of most of the same claims or the same title."
    return ""


def _changed(found: Difference) -> tuple[Record, ...]:
    """List the records of both sides of which anything changed."""
    values: dict[str, list[ValueChange]] = {}
    for change in found.changed:
        values.setdefault(change.record_id, []).append(change)
    rows = {table: by_record(found, table) for table in OF_RECORDS if table in found.rows}
    records = []
    for record_id in sorted(found.old.records.keys() & found.new.records.keys()):
        own = values.get(record_id, [])
        tables = [rows_block(table, by[record_id]) for table, by in rows.items() if record_id in by]
        blocks = (*_value_blocks(own), *tables, *_loose(found, record_id, own))
        if blocks:
            records.append(Record(record_id, found.new.records[record_id].title, blocks=blocks))
    return tuple(records)


def _value_blocks(changes: list[ValueChange]) -> list[Block]:
    blocks = []
    for subject, heading in SUBJECTS.items():
        own = [change for change in changes if attribute_of(change.attribute).subject == subject]
        if any(change.attribute == "river_km" for change in own):  # says the same in words
            own = [change for change in own if change.attribute != "river"]
        if own:
            blocks.append(Block(heading, tuple(map(_change, own)), reasons=tuple(_reasons(own))))
    return blocks


def _change(change: ValueChange) -> Change:
    more = "" if change.moved_km is None else f"moved by {_km(change.moved_km)}"
    return Change(capital(attribute_of(change.attribute).label), _text(change.old), _text(change.new), more)


def _km(distance: float) -> str:
    return f"{distance:.1f} km" if distance >= 1 else f"{max(round(1000 * distance), 1)} m"


def _text(value: Value | None) -> str:
    return NONE if value is None else value.text


def _reasons(changes: list[ValueChange]) -> list[Reason]:
    found = [
        Reason(_correction(one)) for one in dict.fromkeys(why for change in changes for why in change.explained_by)
    ]
    due = [attribute_of(change.attribute).label for change in changes if change.unexplained]
    if due:
        named = f" ({listing(due)})" if found else ""
        found.append(Reason(f"No correction recorded{named}.", due=True))
    return found


def _correction(one: Explained) -> str:
    head = "Correction of" if one.side == "new" else "No longer there: correction of"
    return f"{head} {one.date}: {one.says} {one.reason}"


def _loose(found: Difference, record_id: str, changes: list[ValueChange]) -> list[Block]:
    """Tell the corrections of a record that explain none of its changes."""
    used = {why for change in changes for why in change.explained_by}
    left = [one for one in found.corrections.get(record_id, ()) if one not in used]
    return [Block("Corrections", reasons=tuple(Reason(_correction(one)) for one in left))] if left else []


def _tables(found: Difference) -> tuple[Block, ...]:
    """Tell the rows that are of no record; those of a record that one side lacks come and go with it."""
    blocks = []
    for table in TABLES:
        rows = found.rows.get(table)
        if rows and table in OF_RECORDS:
            rows = by_record(found, table).get("")
        if rows:
            blocks.append(rows_block(table, rows))
    return tuple(blocks)
