"""The parts that a difference is told in: records, blocks of one subject, changes, reasons. Plain text, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["NONE", "Block", "Change", "Part", "Reason", "Record", "Story"]

#: What stands where one side has nothing.
NONE: Final = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; ``more`` says how far it moved, or the like."""

    label: str
    old: str
    new: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something changed; ``due`` is set where no correction is recorded and one should be."""

    text: str
    due: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Changes of one subject, with their reasons; ``added`` and ``removed`` are whole rows, in words."""

    heading: str
    changes: tuple[Change, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A record, with what is to be said of it; ``note`` says what became of it."""

    record_id: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    loud: bool = False
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Records that changed in one way."""

    id: str
    heading: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything in order; ``mark`` says that it is internal, where it is."""

    mark: str
    headline: str
    warnings: tuple[str, ...]
    lines: tuple[Change, ...]
    sentences: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    tables: tuple[Block, ...]
    notes: tuple[str, ...]
