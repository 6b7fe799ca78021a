"""Read a built map back: its blocks and the few lines of its text that no block holds. Nothing in it is run.

A map that comes from outside may be anything: no map at all, half of one, edited, made to fill the memory. Whatever it
is, it is read within the limits of ``data/limits.py``, in time that grows as its size, or refused with one message.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ..data.errors import MapError
from ..data.inputs import read_bounded
from ..data.limits import limits, raising
from ..data.text import clean
from .columns import FORMAT
from .read_columns import BlockFault, Inflater, strict_json

__all__ = ["BLOCKS", "PageRead", "block_values", "page_of", "read_page"]

#: Blocks that hold what is shown of records; the others hold the ground.
BLOCKS: Final = ("panjmap-page", "panjmap-data", "panjmap-areas")

#: A map is held as bytes, as text, as pieces of it and as what they say: so much less of it is read than of a table.
_COPIES: Final = 8
_ELEMENT: Final = re.compile(r"<script\b([^<>]*)>([^<]*)</script>")
#: Reports, or sentences, of one map.
_ITEMS: Final = 20_000
_ATTRIBUTE: Final = re.compile(r'([a-z-]{1,40})="([^"<>]*)"')
_NOTE: Final = re.compile(r'<p data-save="(?:note|credit)">([^<]*)</p>')
_TAG: Final = re.compile(r"<[^<>]*>")
_OTHER: Final = "name a map that `panjmap build` wrote, or a folder of tables"


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a built map says, checked for being whole but for nothing else.

    ``blocks`` are those of :data:`BLOCKS`, inflated but for packed columns and texts; ``inflater`` goes on with those.
    ``reports`` gives the line of each report by its id, ``notes`` the lines at the foot of the page.
    """

    blocks: Mapping[str, Any]
    inflater: Inflater
    deck: str
    sentences: tuple[str, ...]
    reports: Mapping[str, str]
    notes: tuple[str, ...]


def read_page(path: Path) -> PageRead:
    """Read a built map.

    Raises
    ------
    MapError
        The file cannot be read, is no map of panjmap, or is not whole.
    """
    allowed = limits().file_bytes // _COPIES
    try:
        data = read_bounded(path, allowed)
    except OSError as error:
        raise MapError(path, f"cannot be read ({error.strerror or error})", "name a map or a folder") from error
    if data is None:
        raise MapError(path, f"is larger than {allowed:,} bytes", f"is it a map? {raising('file_bytes')}")
    return page_of(data, path)


def page_of(data: bytes, name: Path) -> PageRead:
    """Read a built map from its bytes; ``name`` is for messages. Errors are those of :func:`read_page`."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise MapError(name, "is no map of panjmap: it is not UTF-8", _OTHER) from error
    if '<p class="deck">' not in text and BLOCKS[0] not in text:
        raise MapError(name, "is no map of panjmap", _OTHER)
    if not text.rstrip().endswith("</html>"):
        raise MapError(name, "is cut short: the end of the page is missing", "get the whole file again")
    inflater = Inflater(limits().inflated_bytes // _COPIES)
    try:
        blocks = block_values(text, inflater, BLOCKS)
        _check_format(blocks[BLOCKS[0]])
        counts = _items(_between(text, '<ul class="counts">', "</ul>"))
        return PageRead(
            blocks=blocks,
            inflater=inflater,
            deck=_words(_between(text, '<p class="deck">', "</p>")),
            sentences=tuple(_words(item.partition(">")[2]) for item in counts),
            reports=_reports(_between(text, '<ul class="sources" id="source-list">', "</ul>")),
            notes=tuple(_words(note[1]) for note in islice(_NOTE.finditer(text), _ITEMS)),
        )
    except BlockFault as fault:
        raise fault.of(name) from fault


def block_values(text: str, inflater: Inflater, wanted: tuple[str, ...]) -> dict[str, Any]:
    """Find the JSON blocks of a page by id, and inflate those that travel deflated.

    Raises
    ------
    BlockFault
        A block is missing, stands there twice, or is no JSON.
    """
    found: dict[str, Any] = {}
    for element in _ELEMENT.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(element[1]))
        name = attributes.get("id", "")
        if attributes.get("type") != "application/json" or name not in wanted:
            continue
        if name in found:
            raise BlockFault(f"the block {name} stands there twice")
        value = strict_json(element[2])
        if isinstance(value, dict) and "deflated" in value:
            value = strict_json(inflater.unpack(value["deflated"]))
        if not isinstance(value, dict):
            raise BlockFault(f"the block {name} is not as panjmap writes it")
        found[name] = value
    missing = [name for name in wanted if name not in found]
    if missing:
        raise BlockFault(f"the block {missing[0]} is missing")
    return found


def _check_format(page: Mapping[str, Any]) -> None:
    """Refuse blocks of another layout; the first maps did not name theirs."""
    if page.get("format", FORMAT) != FORMAT:
        raise BlockFault("was made by another version of panjmap", "build it again, or compare its tables")


def _between(text: str, start: str, end: str) -> str:
    at = text.find(start)
    stop = text.find(end, at)
    return text[at + len(start) : stop] if 0 <= at < stop else ""


def _items(text: str) -> list[str]:
    """Take a list apart: each item with its own tag."""
    if text.count("<li") > _ITEMS:
        raise BlockFault(f"a list of it has more than {_ITEMS:,} items")
    return [part.partition("</li>")[0] for part in text.split("<li")[1:]]


def _words(markup: str) -> str:
    """Take the words of markup as our template writes it: text is escaped there, so that ``<`` begins a tag."""
    return clean(" ".join(html.unescape(_TAG.sub("", markup)).split()))


def _reports(markup: str) -> dict[str, str]:
    """Read the list of reports: by id the line, with its address behind it."""
    found = {}
    for part in _items(markup):
        head, _, rest = part.partition(">")
        report_id = dict(_ATTRIBUTE.findall(head)).get("data-report", "")
        links = [html.unescape(link) for link in re.findall(r'<a href="([^"<>]*)"', rest)]
        words = _words(re.sub(r"<a [^<>]*>[^<]*</a>", "", rest.replace("<br>", ": ")))
        found[clean(report_id)] = " ".join([words, *map(clean, links)])
    return found
