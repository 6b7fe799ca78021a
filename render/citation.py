"""How to cite the map: a CITATION.cff and an entry for BibTeX.

In: a scene. Out: text. The map has no author but itself: no person is invented, and no day but that of the newest
report, which is no day of publication and therefore stands in words.
"""

from __future__ import annotations

from ..data.coverage import coverage
from ..data.internal import MARK
from ..data.wording import capital, day_text
from .alt_text import not_complete
from .escaping import latex, one_line, yaml
from .scene import Scene

__all__ = ["bibtex", "cff", "citation"]

AUTHOR = "panjmap"
_PLEASE = "If you use this map or its data, please cite it as below."


def citation(made: Scene) -> str:
    """Cite the map in one line: ``“title”, map, data version 3039bac2c619, newest dated report: 2 Dec 2025.``."""
    return f"“{one_line(made.options.title)}”, map, data version {made.version}{_newest(made)}."


def cff(made: Scene) -> str:
    """Write a citation file (Citation File Format 1.2.0), which GitHub, Zenodo and Zotero read."""
    outlets = dict.fromkeys(capital(one_line(report.outlet)) for report in made.published.tables.reports)
    sources = f" Sources: {'; '.join(outlets)}." if outlets else ""
    lines = [
        "cff-version: 1.2.0",
        f"message: {yaml(f'{MARK}: neither cite it nor pass it on.' if made.internal else _PLEASE)}",
        "type: dataset",
        f"title: {yaml(made.options.title)}",
        "authors:",
        f"  - name: {yaml(AUTHOR)}",
        f"version: {yaml(made.version)}",
        f"abstract: {yaml(not_complete(made) + sources)}",
    ]
    return "\n".join(lines) + "\n"


def bibtex(made: Scene) -> str:
    """Write an entry for BibTeX and biber; the key holds the data version."""
    note = f"Map, data version {made.version}{_newest(made)}. {not_complete(made)}"
    lines = [
        f"@misc{{{AUTHOR}-{made.version},",
        f"  author = {{{{{AUTHOR}}}}},",
        f"  title = {{{{{latex(made.options.title)}}}}},",
        f"  note = {{{latex(note)}}}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _newest(made: Scene) -> str:
    newest = coverage(made.published.tables, made.evidence).newest
    return f", newest dated report: {day_text(newest)}" if newest else ""
