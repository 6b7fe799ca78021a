"""A stream of XML -> calls for its elements and texts, without anything that makes XML dangerous.

expat reads the file piece by piece. A document type is refused as soon as it begins, in whatever encoding, and with it
every entity that could grow or fetch a file; nothing outside the stream is ever opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from ..limits import limits, raising
from .notes import Refused

__all__ = ["Tag", "parse_xml", "too_deep"]

_BLOCK, _LARGEST_BLOCK = 1 << 16, 1 << 21
#: So many names of elements are kept without their prefix; a file with more has made them up.
_NAMES = 1000
#: (name without prefix, attributes).
Tag = Callable[[str, dict[str, str]], None]


class _Guard:
    """Counts the depth, takes off prefixes, and passes on the rest."""

    def __init__(self, on_start: Tag, on_end: Callable[[str], None]) -> None:
        self._on_start, self._on_end = on_start, on_end
        self._names: dict[str, str] = {}
        self._depth, self._most = 0, limits().nesting

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._most:
            raise too_deep()
        self._on_start(name if ":" not in name else self._names.get(name) or self._bare(name), attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._on_end(name if ":" not in name else self._names.get(name) or self._bare(name))

    def _bare(self, name: str) -> str:
        bare = name.rpartition(":")[2]
        if len(self._names) < _NAMES:
            self._names[name] = bare
        return bare


def _refuse_type(*_: object) -> None:
    """Stop at a document type."""
    fix = "take out the part from <!DOCTYPE to ]>, or export the file again"
    raise Refused("XML without a DTD or entities (<!DOCTYPE), which could read files and grow without end", fix)


def too_deep() -> Refused:
    """Say that elements lie too deep in one another."""
    fix = f"export the file again, {raising('nesting')}"
    return Refused(f"XML elements at most {limits().nesting} deep", fix)


def parse_xml(
    stream: BinaryIO,
    on_start: Tag,
    on_end: Callable[[str], None],
    on_text: Callable[[str], None],
    *,
    counts_depth: bool = False,
) -> Iterator[None]:
    """Parse a stream, and pause after each block, so that what was found can be passed on.

    Parameters
    ----------
    stream
        The XML file.
    on_start, on_end
        Called for each element with its name, without prefix.
    on_text
        Called for texts, maybe several times for one.
    counts_depth
        Whether ``on_start`` and ``on_end`` themselves take off prefixes, and refuse what is :func:`too_deep`: for files
        of millions of elements.

    Raises
    ------
    Refused
        It is no well-formed XML, has a document type, or goes beyond a limit.
    """
    if not counts_depth:
        guard = _Guard(on_start, on_end)
        on_start, on_end = guard.start, guard.end
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    parser.CharacterDataHandler = on_text
    parser.StartDoctypeDeclHandler = _refuse_type
    parser.EntityDeclHandler = _refuse_type
    fed = tags = pending = 0
    most, most_tags = limits().record_chars, 2 * limits().elements
    while True:
        # expat looks at a tag that has not ended anew with each block: as much again each time keeps that short.
        block = stream.read(min(max(_BLOCK, pending), _LARGEST_BLOCK))
        try:
            parser.Parse(block, not block)
        except expat.ExpatError as error:
            raise _broken(error) from error
        except (LookupError, UnicodeError, ValueError) as error:
            raise Refused(f"XML in an encoding that is known ({error})", "save it again in UTF-8") from error
        yield
        if not block:
            return
        fed += len(block)
        tags += block.count(b"<")
        if tags > most_tags:
            fix = f"split the file or save it as CSV, {raising('elements')}"
            raise Refused(f"at most {limits().elements:,} XML elements", fix)
        pending = fed - parser.CurrentByteIndex
        if pending > most:
            fix = f"export the file again, {raising('record_chars')}"
            raise Refused(f"tags and comments of at most {most:,} bytes in XML", fix)


def _broken(error: expat.ExpatError) -> Refused:
    what = expat.ErrorString(error.code) or "broken"
    if "undefined entity" in what:
        return Refused(f"XML without entities of its own (line {error.lineno})", "write the character itself")
    place = f"line {error.lineno}, column {error.offset + 1}"
    return Refused(f"well-formed XML ({what} in {place}); nothing behind it was read", "export the file again")
