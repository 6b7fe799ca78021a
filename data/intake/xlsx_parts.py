"""The parts of a workbook besides its sheets: which sheets there are, shared texts, which numbers are days."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from .archive import Archive
from .notes import Refused
from .xml_stream import Tag, parse_xml

__all__ = ["Sheet", "Workbook", "read_workbook", "unescaped"]

#: Shared texts may take this much memory, bytes.
_TEXTS = 384 * 1024 * 1024
#: Styles, formats, sheets and relations of one workbook; programs make a few thousand at most.
_MOST = 100_000
#: Formats of Excel that show a day or time, by number.
_DAYS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: What in a format is no sign for a part of a day: quoted, escaped, in brackets.
_NOT_SIGNS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the part that holds it, whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What the sheets refer to."""

    sheets: list[Sheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    days: frozenset[int] = frozenset()
    from_1904: bool = False


def read_workbook(archive: Archive) -> Workbook:
    """Read everything of a workbook but the sheets.

    Raises
    ------
    Refused
        A part is missing or broken, or shared texts take too much memory.
    """
    main = _relations(archive, "").get("officeDocument", ["xl/workbook.xml"])[0]
    book = Workbook()
    targets = _relations(archive, main)
    _read_sheets(archive, main, targets, book)
    for part in targets.get("sharedStrings", []):
        _read_texts(archive.open(part), book)
    for part in targets.get("styles", []):
        book.days = _day_styles(archive.open(part))
    return book


def unescaped(text: str) -> str:
    """Return a text with the characters that Excel writes as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _nothing(_: str) -> None:
    return


def _parse(
    stream: BinaryIO, start: Tag, end: Callable[[str], None] = _nothing, text: Callable[[str], None] = _nothing
) -> None:
    for _ in parse_xml(stream, start, end, text):
        pass


def _bounded(count: int) -> None:
    if count >= _MOST:
        raise Refused(f"at most {_MOST:,} sheets, styles or formats in a workbook", "save the sheet as CSV")


def _relations(archive: Archive, part: str) -> dict[str, list[str]]:
    """Return the parts that a part refers to, by kind and by id; what lies outside the archive is left out."""
    folder, name = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, list[str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            _bounded(len(found))
            for key in (attributes.get("Type", "").rpartition("/")[2], f"id:{attributes.get('Id')}"):
                found.setdefault(key, []).append(target)

    if file in archive.members:
        _parse(archive.open(file), start)
    return found


def _read_sheets(archive: Archive, part: str, targets: dict[str, list[str]], book: Workbook) -> None:
    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            book.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            _bounded(len(book.sheets))
            for target in targets.get(f"id:{relation}", [])[:1]:
                hidden = attributes.get("state", "visible") != "visible"
                book.sheets.append(Sheet(attributes.get("name", ""), target, hidden))

    _parse(archive.open(part), start)
    if not book.sheets:
        raise Refused("a workbook with a sheet", "save it again in the program that made it")


def _read_texts(stream: BinaryIO, book: Workbook) -> None:
    parts: list[str] = []
    size = 0
    taken = phonetic = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal taken, phonetic
        if name == "si":
            parts.clear()
        phonetic = phonetic or name == "rPh"
        taken = name == "t" and not phonetic

    def end(name: str) -> None:
        nonlocal taken, phonetic, size
        taken = False
        if name == "rPh":
            phonetic = False
        elif name == "si":
            text = unescaped("".join(parts))
            size += sys.getsizeof(text) + 8
            if size > _TEXTS:
                raise Refused(f"texts that take at most {_TEXTS:,} bytes of memory", "save the sheet as CSV")
            book.texts.append(text)

    _parse(stream, start, end, lambda text: parts.append(text) if taken else None)


def _day_styles(stream: BinaryIO) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a day or time."""
    own: dict[int, bool] = {}
    days: list[int] = []
    count = 0
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, inside
        if name == "numFmt":
            _bounded(len(own))
            signs = _NOT_SIGNS.sub("", attributes.get("formatCode", "")).lower()
            own[_whole(attributes.get("numFmtId"))] = any(sign in signs for sign in "dmyhs") and "general" not in signs
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            number = _whole(attributes.get("numFmtId"))
            _bounded(len(days))
            if own.get(number, number in _DAYS):
                days.append(count)
            count += 1

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    _parse(stream, start, end)
    return frozenset(days)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
