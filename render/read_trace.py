"""Read tables, and texts where they are given, and trace: the call behind ``panjmap trace``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..data.errors import OptionError
from ..data.evidence import counting_sentences
from ..data.internal import MARK
from ..data.report_texts import read_texts
from ..data.verify import ClaimCheck, verify
from .prepare import read_scene
from .scene import Scene
from .trace import trace
from .trace_lines import as_dict, as_lines, total_dict, total_lines

__all__ = ["Answer", "read_trace"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The same answer for a person and for a program."""

    lines: str
    as_dict: Mapping[str, Any]


def read_trace(
    record: str | None,
    attribute: str | None = None,
    *,
    data: Path | None = None,
    districts: Path | None = None,
    name_field: str | None = None,
    rows: Path | None = None,
    internal: bool = False,
    total: bool = False,
    reports: Path | None = None,
    quotes: bool = False,
) -> Answer:
    """Trace what is shown of a record, or with ``total`` how the counting sentences are made up.

    Parameters
    ----------
    record, attribute
        As in :func:`panjmap.render.trace.trace`.
    data, districts, name_field, rows, internal
        As in :func:`panjmap.render.prepare.read_scene`.
    total
        The sentences instead of a record.
    reports, quotes
        Folder with the texts of the reports, and whether to quote from them.

    Raises
    ------
    PanjmapError
        The tables, texts or boundaries are at fault, or there is no such record or attribute.
    """
    if quotes and not reports:
        raise OptionError("--quotes", "", "there are no texts to quote from", "add --reports DIR")
    made = read_scene(data, districts=districts, name_field=name_field, rows=rows, internal=internal)
    if total or record is None:
        sentences = counting_sentences(made.evidence)
        return _marked(Answer(total_lines(sentences), total_dict(sentences)), made)
    checks = _checks(made, reports, quotes=quotes) if reports else None
    found = trace(made, record, attribute, checks)
    return _marked(Answer(as_lines(found), as_dict(found)), made)


def _marked(answer: Answer, made: Scene) -> Answer:
    """Say of an answer from an internal scene that it is one."""
    return Answer(f"{MARK}\n{answer.lines}", {"internal": True, **answer.as_dict}) if made.internal else answer


def _checks(made: Scene, folder: Path, *, quotes: bool) -> dict[str, ClaimCheck]:
    """Check the published claims against the texts."""
    tables = made.published.tables
    wanted = {report.sha256 for report in tables.reports if report.sha256}
    found = verify(tables, read_texts(folder, wanted), quotes=quotes)
    return {claim.claim_id: claim for claim in found.claims}
