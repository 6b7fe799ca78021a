"""Read a built page as a suspicious reader would: every text, every block, everything packed inside it unpacked."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from html.parser import HTMLParser
from typing import Any

from panjmap.render.read_columns import Inflater
from panjmap.render.read_page import block_values


class _Page(HTMLParser):
    """Collect the words of the page, the values of its attributes, and its JSON blocks by id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.attributes: list[str] = []
        self.blocks: dict[str, Any] = {}
        self._block: str | None = None
        self._skip = False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.attributes += [value for _, value in attrs if value]
        self._skip = tag in ("script", "style")
        self._block = values.get("id") if values.get("type") == "application/json" else None

    def handle_endtag(self, tag):
        self._skip, self._block = False, None

    def handle_data(self, data):
        if self._block:
            self.blocks[self._block] = None
        elif not self._skip:
            self.words.append(data)


def read_page(html: str) -> _Page:
    """Parse a page."""
    page = _Page()
    page.feed(html)
    page.blocks = block_values(html, Inflater(1 << 30), tuple(page.blocks))
    return page


def visible_text(html: str) -> str:
    """The words that a reader without JavaScript gets, white space folded."""
    return " ".join(" ".join(read_page(html).words).split())


def everything(html: str) -> str:
    """All text of the page and of its blocks, inflated."""
    page = read_page(html)
    return "\n".join(
        [*page.words, *page.attributes, *(piece for block in page.blocks.values() for piece in unpacked(block))]
    )


def unpacked(value: Any):
    """Every string, key and number inside a block; base64 of deflated bytes is inflated and read on."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from unpacked(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from unpacked(inner)
    elif isinstance(value, str):
        yield value
        inflated = _inflated(value)
        if inflated is not None:
            try:
                yield from unpacked(json.loads(inflated))
            except ValueError:
                yield inflated.decode("utf-8", "replace")
    else:
        yield json.dumps(value)


def _inflated(text: str) -> bytes | None:
    try:
        if text.startswith("="):
            return base64.b64decode(text[1:], validate=True)
        return zlib.decompress(base64.b64decode(text, validate=True), -15)
    except (binascii.Error, ValueError, zlib.error):
        return None
