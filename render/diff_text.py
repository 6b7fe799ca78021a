"""A difference as plain text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..data.diff import RowsDiff
from ..data.text import printed
from .diff_compare import Difference, Explained, Gone, ValueChange
from .diff_parts import Block, Change, Record
from .diff_story import fate_of, story
from .shown import View

__all__ = ["as_dict", "as_text"]

#: From so many characters on, before and after stand in lines of their own.
_LONG = 100


def as_text(found: Difference) -> str:
    """Write a difference as lines of text, indented, nothing wrapped."""
    return printed(_lines(found))


def _lines(found: Difference) -> Iterator[str]:
    told = story(found)
    if told.mark:
        yield from (told.mark, "")
    yield f"OLD  {_side(found.old)}"
    yield f"NEW  {_side(found.new)}"
    yield ""
    yield told.headline
    for warning in told.warnings:
        yield f"warning: {warning}"
    if told.lines or told.sentences:
        yield from ("", "Texts of the whole map")
        for change in told.lines:
            yield from _change(change, "  ")
        for side, text in told.sentences:
            yield f"  {'-' if side == 'old' else '+'} {_one_line(text)}"
    for part in told.parts:
        yield from ("", f"{part.heading} ({len(part.records)})")
        for record in part.records:
            yield from _record(record)
    for block in told.tables:
        yield from ("", block.heading)
        yield from _block(block, "  ")
    if told.notes:
        yield ""
        yield from (f"note: {note}" for note in told.notes)


def _side(view: View) -> str:
    what = "tables" if view.kind == "tables" else "built map"
    return f"{_one_line(view.name)} ({what}, data version {_one_line(view.version)})"


def _record(record: Record) -> Iterator[str]:
    yield f"  {_one_line(record.title)} ({record.record_id})"
    if record.note:
        yield f"    {_one_line(record.note)}"
    if record.loud:
        yield "    No row of changes says what became of it. Ids are permanent: record that it was withdrawn or merged."
    for label, text in record.facts:
        yield f"    {label}: {_one_line(text)}"
    for block in record.blocks:
        yield f"    {block.heading}"
        yield from _block(block, "      ")


def _block(block: Block, indent: str) -> Iterator[str]:
    for change in block.changes:
        yield from _change(change, indent)
    yield from (f"{indent}- {_one_line(text)}" for text in block.removed)
    yield from (f"{indent}+ {_one_line(text)}" for text in block.added)
    yield from (f"{indent}{_one_line(reason.text)}" for reason in block.reasons)


def _change(change: Change, indent: str) -> Iterator[str]:
    old, new = _one_line(change.old), _one_line(change.new)
    more = f" ({change.more})" if change.more else ""
    if len(old) + len(new) < _LONG:
        yield f"{indent}{change.label}: {old} → {new}{more}"
    else:
        yield from (f"{indent}{change.label}:{more}", f"{indent}  - {old}", f"{indent}  + {new}")


def _one_line(text: str) -> str:
    """Keep a text of data in its line, so that none of its own lines reads as one of ours."""
    return " ".join(text.split())


# ---------------------------------------------------------------- JSON


def as_dict(found: Difference) -> dict[str, Any]:
    """Write a difference for JSON; ``docs/diff.md`` has the shape, which stays."""
    told = story(found)
    gone = {name: [_gone(g, found.new) for g in found.gone if fate_of(g) == name] for name in _FATES}
    return {
        **({"internal": told.mark} if told.mark else {}),
        "old": _about(found.old),
        "new": _about(found.new),
        "differs": bool(found),
        "headline": told.headline,
        "warnings": list(told.warnings),
        "lines": [{"line": one.line, "old": one.old, "new": one.new} for one in found.lines],
        "sentences": {"old": list(found.old.sentences), "new": list(found.new.sentences)},
        "records": {
            "added": [_gone(one, found.old) for one in found.added],
            "changed": [_value(one) for one in found.changed],
            **gone,
        },
        "corrections": [
            {"record_id": record_id, **_why(one)} for record_id, rows in found.corrections.items() for one in rows
        ],
        **{table: _rows(rows) for table, rows in found.rows.items()},
        "not_compared": list(found.not_compared),
    }


_FATES = ("withdrawn", "merged", "vanished")


def _about(view: View) -> dict[str, Any]:
    return {"name": view.name, "kind": view.kind, "data_version": view.version, "records": len(view.records)}


def _gone(one: Gone, there: View) -> dict[str, Any]:
    shown = {name: value.data for name, value in one.shown.values.items()}
    found: dict[str, Any] = {"record_id": one.shown.record_id, "title": one.shown.title, "shown": shown}
    if one.fate is not None:
        correction = one.fate.correction
        found |= {"into": one.fate.into, "date": correction.date, "says": correction.says, "reason": correction.reason}
    return found | ({"looks_like": one.maybe} if one.fate is None and one.maybe in there.records else {})


def _value(one: ValueChange) -> dict[str, Any]:
    found: dict[str, Any] = {"record_id": one.record_id, "attribute": one.attribute}
    for side, value in (("old", one.old), ("new", one.new)):
        found |= {side: None if value is None else value.data, f"{side}_text": None if value is None else value.text}
    if one.moved_km is not None:
        found["moved_km"] = round(one.moved_km, 3)
    return found | {"explained_by": [_why(why) for why in one.explained_by], "correction_missing": one.unexplained}


def _why(one: Explained) -> dict[str, Any]:
    return {"side": one.side, "date": one.date, "attribute": one.about, "says": one.says, "reason": one.reason}


def _rows(rows: RowsDiff) -> dict[str, Any]:
    def listed(found: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
        return [{"id": key, **cells} for key, cells in found.items()]

    changed = [{"id": one.row_id, "column": one.column, "old": one.old, "new": one.new} for one in rows.changed]
    return {"added": listed(rows.added), "removed": listed(rows.removed), "changed": changed}
