"""What the map rests on: how many reports, of what age, and who speaks in them; the line under every title."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .model import Speaker, Tables
from .testimony import Evidence, Voice
from .vocabulary import IMPORTED
from .wording import day_text, number_words, plural

__all__ = ["Coverage", "coverage", "said_line", "short_speaker"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """An account of the reports.

    ``reports`` counts them, without those that stand for a file of imported rows; ``rows`` counts the records of such
    files. ``newest`` is the day of the newest dated report, ``undated`` counts those without a date.
    ``speakers`` are the named ones that are heard on any record; ``silent`` counts reports that name no speaker.
    """

    reports: int
    newest: dt.date | None
    undated: int
    speakers: tuple[Speaker, ...]
    silent: int
    line: str
    rows: int = 0

    @property
    def basis(self) -> str:
        """What the map is made from: ``five news reports and 12 imported rows``."""
        reports = f"{number_words(self.reports)} news {plural(max(self.reports, 1), 'report')}"
        rows = f"{self.rows:,} imported {plural(self.rows, 'row')}"
        return " and ".join(([reports] if self.reports or not self.rows else []) + ([rows] if self.rows else []))

    @property
    def not_complete_line(self) -> str:
        """The line under every title: how many reports, that they are not all, that nothing is verified, how new."""
        said = f"From {self.basis}. Not a complete record. Nothing here is independently verified."
        return f"{said} {self._age()}" if self.reports else said

    def _age(self) -> str:
        """How new the reports are, as far as they are dated."""
        if self.newest is None:
            return "The report is undated." if self.reports == 1 else "None of the reports is dated."
        if not self.undated:
            return f"{'The report is dated' if self.reports == 1 else 'Newest report:'} {day_text(self.newest)}."
        verb = "is" if self.undated == 1 else "are"
        return f"Newest dated report: {day_text(self.newest)}; {number_words(self.undated)} {verb} undated."


def coverage(tables: Tables, evidence: Mapping[str, Evidence]) -> Coverage:
    """Account for the reports of `tables` and for who is heard in `evidence`."""
    reports = [report for report in tables.reports if report.kind != IMPORTED]
    rows = {report.report_id for report in tables.reports} - {report.report_id for report in reports}
    dates = [report.published for report in reports if report.published]
    voices = [v for e in evidence.values() for a in e.attributes for s in a.statements for v in s.voices]
    named = {voice.speaker.speaker_id for voice in voices if voice.named}
    speaking = {voice.report.report_id for voice in voices if voice.named}
    return Coverage(
        reports=len(reports),
        newest=max(dates, default=None),
        undated=len(reports) - len(dates),
        speakers=tuple(speaker for speaker in tables.speakers if speaker.speaker_id in named),
        silent=sum(report.report_id not in speaking for report in reports),
        line=said_line(voices),
        rows=len({claim.record_id for claim in tables.claims if claim.report_id in rows}) if rows else 0,
    )


#: Abbreviations of speakers as reports write them, and the words that a reader knows.
ABBREVIATIONS = {"MFA": "foreign ministry", "SCNS": "security service (SCNS)"}


def short_speaker(said_by: str) -> str:
    """Shorten a speaker as written: no seat of an embassy, no remark in brackets, no bare abbreviation.

    Examples
    --------
    >>> short_speaker("Chinese embassy in Dushanbe"), short_speaker("Tajik MFA (Monday)")
    ('Chinese embassy', 'Tajik foreign ministry')
    """
    short = re.sub(r"(embassy) in .*$|\s*\([^()]*\)\s*$", r"\1", said_by).strip() or said_by
    return " ".join(ABBREVIATIONS.get(word, word) for word in short.split(" "))


def said_line(voices: Sequence[Voice]) -> str:
    """Who speaks: ``5 reports; named speakers: Chinese embassy, Tajik authorities; 2 give no speaker``.

    A speaker whom reports call by several names has the shortest of them.
    """
    rows = {voice.report.outlet: None for voice in voices if voice.report.kind == IMPORTED}
    voices = [voice for voice in voices if voice.report.kind != IMPORTED]
    reports = {voice.report.report_id for voice in voices}
    names: dict[str, list[str]] = {}
    for voice in voices:
        if voice.named:
            names.setdefault(voice.speaker.speaker_id, []).append(short_speaker(voice.claim.said_by))
    named = [_in_a_list(min(said, key=len)) for said in names.values()]
    parts = [f"{len(reports)} {plural(len(reports), 'report')}"] if reports or not rows else []
    parts += rows
    if named:
        parts.append(f"named {plural(len(named), 'speaker')}: {', '.join(dict.fromkeys(named))}")
    silent = len(reports - {voice.report.report_id for voice in voices if voice.named})
    if silent and named:
        parts.append(f"{silent} {plural(silent, 'gives', 'give')} no speaker")
    elif silent:
        parts.append("no speaker named")
    return "; ".join(parts)


def _in_a_list(name: str) -> str:
    """Put what follows a comma into brackets: ``Andrey Serenko (Russian analyst)``."""
    head, comma, rest = name.partition(", ")
    return f"{head} ({rest})" if comma else name
