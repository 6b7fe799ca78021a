"""The page as it is read without scripts, word by word, against a text that a person has looked at.

A change of data, wording or order shows here as lines that differ. To renew: PANJMAP_RENEW_GOLDEN=1 (CONTRIBUTING.md).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from panjmap.data.tables import PACKAGED
from panjmap.render.write import read_map

INLINE = {"a", "b", "strong", "em", "i", "span", "time", "code", "abbr", "small", "mark"}
SILENT = {"script", "style", "svg", "title", "template", "noscript"}


class Lines(HTMLParser):
    """Collect the text of a page, one line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines, self.silent = [""], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        if tag not in INLINE:
            self.lines.append("")

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT
        if tag not in INLINE:
            self.lines.append("")

    def handle_data(self, data):
        if not self.silent:
            self.lines[-1] += data


def lines_of(html: str) -> str:
    page = Lines()
    page.feed(html)
    lines = (re.sub(r"\s+", " ", line).strip() for line in page.lines)
    return "\n".join(filter(None, lines)) + "\n"


def test_the_page_reads_as_it_was_looked_at(built_map, golden):
    golden("page.txt", lines_of(built_map.read_text(encoding="utf-8")))


def test_a_notebook_gets_the_same_page(built_map):
    assert read_map(PACKAGED).get_root().render() == built_map.read_text(encoding="utf-8")
