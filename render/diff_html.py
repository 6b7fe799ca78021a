"""A difference as one HTML page in the look of the map: no script, no request, everything escaped by the template."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from . import assets, symbols
from .diff_compare import Difference
from .diff_story import story
from .page import environment

__all__ = ["as_page"]

_WORDS: Final = {
    "title": "What changed between two maps",
    "old": "Before",
    "new": "After",
    "what": "What",
    "added": "added",
    "removed": "removed",
    "tables": "tables",
    "map": "built map",
    "version": "Data version",
    "records": "Records shown",
    "warnings": "No correction says why",
    "texts": "Texts of the whole map",
    "sentences": "Numbers under the title",
    "vanished": (
        "No row of changes says what became of it. Ids are permanent: record that it was withdrawn, or what it was "
        "merged into."
    ),
    "others": "Behind the records",
    "notes": "Not compared",
    "parts": "Parts of this page",
}


def as_page(found: Difference) -> str:
    """Fill the template: one HTML document that needs nothing else; LF only; the same for the same input."""
    styles = [symbols.palette_css() + assets.own("base.css"), assets.own("diff.css")]
    page = (
        environment()
        .get_template("diff.html.j2")
        .render(
            t=_WORDS,
            told=story(found),
            sides=((_WORDS["old"], found.old), (_WORDS["new"], found.new)),
            csp=assets.policy([], styles),
            styles=[Markup(style) for style in styles],  # noqa: S704 - our own files
        )
    )
    return page.replace("\r\n", "\n").replace("\r", "\n")
