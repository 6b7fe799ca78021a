"""Internal outputs: everything is shown, and nothing leaves the house unmarked.

An internal output has withheld records, places and texts as they stand in the tables, and with the reports' texts at
hand the passage that each claim rests on. It says so in words (:data:`MARK`) wherever it is looked at, and in the name
of every file: ``map.internal.html``. A public output cannot have such a name, so neither replaces the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from .errors import OptionError
from .generalise import is_generalised
from .model import PlaceRole, RecordPlace, Sensitivity, Tables
from .publish import Published
from .report_texts import TextFile
from .text import clean
from .wording import plural

__all__ = ["MARK", "internal", "internal_name", "marked", "named", "quotes_of", "unmarked", "without_text"]

#: What every internal output says.
MARK: Final = "INTERNAL – not for publication"
#: What its name holds before the ending.
_PART: Final = ".internal"


def marked(title: str) -> str:
    """Put the mark before a title, once."""
    return title if title.startswith(MARK) else f"{MARK}. {title}"


def unmarked(title: str) -> str:
    """Take the mark off a title, where the output shows it by itself."""
    return title.removeprefix(MARK).removeprefix(". ")


def internal_name(path: Path) -> Path:
    """Put ``.internal`` before the ending of a name, unless it stands there.

    Examples
    --------
    >>> str(internal_name(Path("map.html"))), str(internal_name(Path("SHA256SUMS")))
    ('map.internal.html', 'SHA256SUMS.internal')
    """
    if _is_internal(path) or not path.name:
        return path
    return path.with_name(f"{path.stem}{_PART}{path.suffix}")


def named(path: Path, *, internal: bool, option: str = "--out") -> Path:
    """Return the name under which an output is written: an internal one is marked, a public one must not be.

    Raises
    ------
    OptionError
        A public output would have the name of an internal one.
    """
    if internal:
        return internal_name(path)
    if _is_internal(path):
        fix = "add --internal, or name another file or folder"
        raise OptionError(option, path.name, "the name of an internal output, and this one is public", fix)
    return path


def _is_internal(path: Path) -> bool:
    return _PART in (path.suffix.casefold(), Path(path.stem).suffix.casefold())


def internal(tables: Tables, quotes: Mapping[str, str] | None = None) -> Published:
    """Take all tables as they are; ``quotes`` are the passages that claims rest on, by the id of the claim.

    A record with a place of its own that a decision names, so that it can be drawn, is shown there and not at the
    coarser one that stands for it in public.
    """
    events = {(link.record_id, link.place_id) for link in tables.record_places if link.role is PlaceRole.EVENT}
    chosen = ((d.record_id, p.strip()) for d in tables.decisions if d.attribute == "place" for p in d.chosen.split(";"))
    own = {record_id for record_id, place_id in chosen if (record_id, place_id) in events}

    def shown(link: RecordPlace) -> bool:
        return link.role is not PlaceRole.GENERALISED or link.record_id not in own

    kept = tables._replace(record_places=tuple(filter(shown, tables.record_places)))
    return Published(kept, (), 0, tables.places, internal_note=_note(tables), quotes=quotes or {})


def _note(tables: Tables) -> str:
    """Say what a public output would not show."""
    withheld = sum(record.sensitivity is Sensitivity.WITHHOLD for record in tables.records)
    coarse = sum(is_generalised(r) and r.sensitivity is not Sensitivity.WITHHOLD for r in tables.records)
    parts = [f"generalises {coarse} {plural(coarse, 'record')}"] if coarse else []
    parts += [f"withholds {withheld} {plural(withheld, 'record')}"] if withheld else []
    return f"{MARK}: everything is shown. A public output {' and '.join(parts) or 'holds no passage of a report'}."


def quotes_of(tables: Tables, files: Iterable[TextFile]) -> dict[str, str]:
    """Find the passage of every claim in the text of its report, which is known by its SHA-256; cleaned, else as it is.

    A claim without a passage, or whose passage lies beyond the text, has none.
    """
    texts = {file.sha256: file.text for file in files if file.text is not None}
    sums = {report.report_id: report.sha256 for report in tables.reports}
    found: dict[str, str] = {}
    for claim in tables.claims:
        text = texts.get(sums.get(claim.report_id) or "")
        if text is not None and claim.start is not None and claim.end is not None and claim.end <= len(text):
            found[claim.claim_id] = clean(text[claim.start : claim.end])
    return {claim_id: quote for claim_id, quote in found.items() if quote.strip()}


def without_text(tables: Tables, files: Sequence[TextFile]) -> list[str]:
    """Say of each report without a text, in one line, that it has none, and which file is nearly it."""
    there = {file.sha256: file for file in files if file.text is not None}
    near = {file.near: file for file in files if file.near}
    lines = []
    for report in tables.reports:
        if not report.sha256 or report.sha256 not in there:
            close = near.get(report.sha256 or "")
            but = f"; {close.file} is it but for {close.differs}" if close else ""
            lines.append(
                f"{report.report_id}: no text with its SHA-256 in the folder{but}; its claims have no passage."
            )
    return lines
