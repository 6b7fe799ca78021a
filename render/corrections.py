"""Corrections and updates: the list of the page, and what an old link to a record is answered with.

In: published tables and the words of the page's language. Out: plain dictionaries of text.
"""

from __future__ import annotations

from typing import Any

from ..data.fates import chain, fates, is_fate, merged_into
from ..data.model import Change, Tables
from ..data.wording import day_text
from .decided import Words
from .phrases import sentence
from .texts import say

__all__ = ["corrections", "corrections_block"]

Entry = dict[str, Any]


class _Told:
    """The corrections of the tables in words."""

    def __init__(self, tables: Tables, lang: str) -> None:
        self.changes = sorted(tables.changes, key=lambda change: change.date, reverse=True)
        self.titles = {record.record_id: record.title for record in tables.records}
        self.ended = fates(tables.changes)
        self.targets = {one: merged_into(change.new) for one, change in self.ended.items()}
        self._words, self._lang = Words(tables), lang

    def title(self, record_id: str) -> str:
        """Title of a record that is there or was; its id where no title is on file."""
        ended = self.ended.get(record_id)
        return self.titles.get(record_id) or (ended.old if ended and ended.old else record_id)

    def says(self, change: Change) -> str:
        """Say in one sentence what changed."""
        if is_fate(change):
            key = "merged" if self.targets[change.record_id] else "withdrawn"
            return say(self._lang, f"corrections.{key}", title=self.title(change.record_id))
        key = "changed" if change.old and change.new else "added" if change.new else "removed"
        old, new = (self._words.value(change.attribute, value) if value else "" for value in (change.old, change.new))
        if not change.old and not change.new:
            key = "reviewed"
        return say(self._lang, f"corrections.{key}", what=self._words.label(change.attribute), old=old, new=new)

    def entry(self, change: Change) -> Entry:
        """Write a correction as lists show it; ``into`` is what a record was merged into, at the end of the chain."""
        path = chain(change.record_id, self.targets) if is_fate(change) else []
        return {
            "date": day_text(change.date),
            "attribute": change.attribute,
            "record_id": change.record_id,
            "title": self.title(change.record_id),
            "says": self.says(change),
            "reason": sentence(self._words.with_titles(change.reason)),
            "ended": is_fate(change),
            "there": change.record_id in self.titles,
            "into": {"id": path[-1], "title": self.title(path[-1]), "there": path[-1] in self.titles} if path else None,
        }


def corrections(tables: Tables, lang: str) -> list[Entry]:
    """List the corrections, newest first."""
    told = _Told(tables, lang)
    return [told.entry(change) for change in told.changes]


def corrections_block(tables: Tables, lang: str) -> dict[str, Any]:
    """Answer old links.

    Returns
    -------
    dict
        ``records``: by id the corrections of a record that is there, newest first, those of what was merged into it
        included. ``ended``: by id what became of a record, step by step: it was merged, what it was merged into was
        merged or withdrawn, and so on; ``into`` is the record to open, if one is left.
    """
    told = _Told(tables, lang)
    records: dict[str, list[Entry]] = {}
    for change in told.changes:
        at = [change.record_id, *chain(change.record_id, told.targets)][-1]
        if at in told.titles:
            entry = _brief(told.entry(change))
            if is_fate(change):
                entry["says"] = say(lang, "corrections.merged_here", title=told.title(change.record_id))
            records.setdefault(at, []).append(entry)
    ended = {}
    for record_id in told.ended:
        path = [record_id, *chain(record_id, told.targets)]
        steps = [_brief(told.entry(told.ended[one])) for one in path if one in told.ended]
        into = path[-1] if path[-1] in told.titles else None
        ended[record_id] = {"title": told.title(record_id), "steps": steps, "into": into}
    return {"records": records, "ended": ended}


def _brief(entry: Entry) -> Entry:
    return {key: entry[key] for key in ("date", "attribute", "says", "reason", "ended")}
