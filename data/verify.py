"""Claims against the texts of their reports: the text by its sum, the span, and what it says.

Pure: tables and texts go in, an account of every report, file and claim comes out. It says what could not be checked,
and why; a sentence of a report is in it only where quotes are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from .model import Claim, Report, Tables
from .report_texts import TextFile, read_texts
from .tables import PACKAGED, read_tables
from .verify_values import Answer, compare
from .wording import plural

__all__ = ["NOT_CHECKED", "ClaimCheck", "FileCheck", "ReportCheck", "Verified", "read_verified", "verify"]

#: Why a claim could not be checked, in the order in which an account lists the reasons.
NOT_CHECKED: Final[Mapping[str, str]] = {
    "no-sum": "the report has no SHA-256 in reports.csv",
    "no-text": "no file has the text of the report",
    "text-differs": "the only file with that text was saved differently",
    "no-unicode": "the text is not UTF-8",
    "no-offsets": "the claim has no offsets",
    "no-number": "no number in the passage: it stands outside it, or was worked out",
    "no-date": "no day in the passage: it stands outside it, or was derived",
    "no-place": "no known spelling of the place in the passage",
    "own-words": "in our own words, for a person to compare",
}
#: A longer span, in characters, holds so much that something in it agrees with anything.
WIDE: Final = 400
#: Characters of the text shown on either side of a quoted span.
AROUND: Final = 40


@dataclass(frozen=True, slots=True)
class ReportCheck:
    """One report: the file with its text, if there is one. ``level`` is empty where all is well."""

    report_id: str
    status: str
    file: str | None
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file of the folder, and the report whose text it is."""

    file: str
    report_id: str | None
    message: str


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One claim. ``status`` is agrees, differs or not_checked, ``rule`` what was compared or why nothing was.

    ``span`` is ok, cut, outside, empty or not_checked; ``quote`` is the passage with a little around it, if asked for.
    """

    claim_id: str
    report_id: str
    record_id: str | None
    attribute: str
    start: int | None
    end: int | None
    span: str
    status: str
    rule: str
    level: str
    message: str
    quote: str | None = None


@dataclass(frozen=True)
class Verified:
    """The account of a whole folder of texts."""

    reports: tuple[ReportCheck, ...]
    files: tuple[FileCheck, ...]
    claims: tuple[ClaimCheck, ...]
    levels: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        """Count errors, warnings and notes."""
        levels = Counter([*(one.level for one in self.reports), *(one.level for one in self.claims)])
        object.__setattr__(self, "levels", levels)

    @property
    def counts(self) -> dict[str, Any]:
        """How many claims agree, differ, could not be checked (by reason); how many spans are in their text."""
        status = Counter(claim.status for claim in self.claims)
        reasons = Counter(claim.rule for claim in self.claims if claim.status == "not_checked")
        spans = Counter(claim.span for claim in self.claims)
        return {
            "claims": len(self.claims),
            "checked": status["agrees"] + status["differs"],
            "agree": status["agrees"],
            "differ": status["differs"],
            "not_checked": status["not_checked"],
            "not_checked_by_reason": {reason: reasons[reason] for reason in NOT_CHECKED if reasons[reason]},
            "spans_in_text": spans["ok"] + spans["cut"],
            "spans_at_fault": spans["outside"] + spans["empty"],
            "spans_not_checked": spans["not_checked"],
            "reports": len(self.reports),
            "reports_with_text": sum(report.status == "found" for report in self.reports),
            "files": len(self.files),
        }


def read_verified(folder: Path, *, data: Path | None = None, quotes: bool = False) -> Verified:
    """Read tables and texts, and check the claims against them.

    Parameters
    ----------
    folder
        Holds the texts of the reports, under any names.
    data
        Folder with the tables; the packaged ones by default.
    quotes
        Give each passage with a little of the text around it.

    Raises
    ------
    TableErrors, TextsError
        The tables or the folder cannot be read.
    """
    tables = read_tables(data or PACKAGED)
    wanted = {report.sha256 for report in tables.reports if report.sha256}
    return verify(tables, read_texts(folder, wanted), quotes=quotes)


def verify(tables: Tables, files: Sequence[TextFile], *, quotes: bool = False) -> Verified:
    """Check every claim of the tables against the texts in ``files``."""
    by_sum = {file.sha256: file for file in reversed(files) if file.sha256}
    near = {file.near: file for file in reversed(files) if file.near}
    reports = tuple(_report(report, by_sum, near, files, tables) for report in tables.reports)
    status = {report.report_id: report.status for report in reports}
    texts = {r.report_id: file.text for r in tables.reports if (file := by_sum.get(r.sha256 or ""))}
    names: dict[str, set[str]] = {place.place_id: {place.name} for place in tables.places}
    for name in tables.place_names:
        names[name.place_id].add(name.name)
    claims = []
    for claim in tables.claims:
        text = texts.get(claim.report_id)
        reason = {"found": ""}.get(status[claim.report_id], status[claim.report_id])
        span, answer = _claim(claim, text, reason, names)
        quote = _quote(claim, text) if quotes and text is not None and span in ("ok", "cut") else None
        claims.append(_checked(claim, span, answer, quote))
    return Verified(reports, tuple(_files(files, tables)), tuple(claims))


# ---------------------------------------------------------------- reports and files


def _report(
    report: Report,
    by_sum: Mapping[str, TextFile],
    near: Mapping[str, TextFile],
    files: Sequence[TextFile],
    tables: Tables,
) -> ReportCheck:
    """Find the file with a report's text, or say which file may be meant."""
    if not report.sha256:
        message = "has no SHA-256 in reports.csv, so that no file can be known to be its text; add it"
        return ReportCheck(report.report_id, "no-sum", None, "note", message)
    file = by_sum.get(report.sha256)
    if file and file.text is None:
        message = f"{file.file} is its text, but not in UTF-8: offsets cannot be counted in it"
        return ReportCheck(report.report_id, "no-unicode", file.file, "warning", message)
    if file and report.chars not in (None, file.chars):
        message = f"{file.file} has {file.chars} characters, reports.csv says {report.chars}"
        return ReportCheck(report.report_id, "found", file.file, "error", f"{message}; correct chars")
    if file:
        return ReportCheck(report.report_id, "found", file.file, "", f"is {file.file}")
    if other := near.get(report.sha256):
        message = (
            f"{other.file} is its text but for {other.differs}; save it as UTF-8 without that, so that its "
            "SHA-256 is the one in reports.csv"
        )
        return ReportCheck(report.report_id, "text-differs", other.file, "warning", message)
    sums = {one.sha256 for one in tables.reports}
    strays = [one for one in files if one.sha256 not in sums and not one.near and not one.unread]
    message = "no file in the folder has its text"
    if alike := [one.file for one in strays if _alike(one, report)]:
        message += f"; {alike[0]} may be a changed copy of it: its SHA-256 differs"
    return ReportCheck(report.report_id, "no-text", None, "warning", message)


def _alike(file: TextFile, report: Report) -> bool:
    """Tell whether a stray file has the name of a report, or nearly its length."""
    named = Path(file.file).stem.casefold() == report.report_id.casefold()
    return named or (file.chars is not None and bool(report.chars) and abs(file.chars - (report.chars or 0)) <= 3)


def _files(files: Iterable[TextFile], tables: Tables) -> Iterator[FileCheck]:
    reports: dict[str | None, str] = {}
    for report in tables.reports:
        reports.setdefault(report.sha256, report.report_id)
    for file in files:
        if file.unread:
            yield FileCheck(file.file, None, f"not read: {file.unread}")
        elif file.sha256 in reports:
            yield FileCheck(file.file, reports[file.sha256], f"the text of {reports[file.sha256]}")
        elif file.near:
            yield FileCheck(file.file, None, f"the text of {reports[file.near]} but for {file.differs}")
        else:
            yield FileCheck(file.file, None, "belongs to no report in reports.csv")


# ---------------------------------------------------------------- claims


def _claim(claim: Claim, text: str | None, reason: str, names: Mapping[str, set[str]]) -> tuple[str, Answer]:
    """Check one claim: first its span, then what it says."""
    if reason or text is None:
        return "not_checked", Answer("not_checked", reason or "no-text")
    if claim.start is None or claim.end is None:
        return "not_checked", Answer("not_checked", "no-offsets", "note", "the claim has no offsets")
    where = f"the span {claim.start} to {claim.end}"
    if claim.end > len(text):
        message = f"{where} ends outside the text of {len(text)} characters"
        return "outside", Answer("differs", "span-outside", "error", message)
    if not text[claim.start : claim.end].strip():
        return "empty", Answer("differs", "span-empty", "error", f"{where} holds no letter")
    answer = compare(claim, text, lambda place: names.get(place, ()))
    return _cut(claim.start, claim.end, text, answer)


def _cut(start: int, end: int, text: str, answer: Answer) -> tuple[str, Answer]:
    """Add to an answer that the span cuts a word, or is too wide to show where the claim stands."""
    cut = [at for at in (start, end) if _in_a_word(text, at)]
    told = [f"the span cuts {plural(len(cut), 'a word', 'words')} at {' and '.join(map(str, cut))}"] if cut else []
    if end - start > WIDE:
        told.append(f"the span has {end - start:,} characters: narrow it to the passage that states the claim")
    if not told:
        return "ok", answer
    known = [answer.message] if answer.level in ("error", "warning") else []
    level = answer.level if known else "warning"
    return "cut" if cut else "ok", answer._replace(level=level, message="; ".join([*known, *told]))


def _in_a_word(text: str, at: int) -> bool:
    """Tell whether an offset stands between two letters or digits, or within one number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    joined = "\u200c\u0301"
    if before in joined or after in joined:
        return True
    grouped = before in ",." and text[at - 2 : at - 1].isdigit() and after.isdigit()
    grouped = grouped or (before.isdigit() and after in ",." and text[at + 1 : at + 2].isdigit())
    return (before.isalnum() and after.isalnum()) or grouped


def _checked(claim: Claim, span: str, answer: Answer, quote: str | None) -> ClaimCheck:
    return ClaimCheck(
        claim.claim_id,
        claim.report_id,
        claim.record_id,
        claim.attribute,
        claim.start,
        claim.end,
        span,
        answer.status,
        answer.rule,
        answer.level,
        answer.message,
        quote,
    )


def _quote(claim: Claim, text: str) -> str:
    """Give a passage in brackets, with a little of the text around it; of a wide one the beginning."""
    start, end = claim.start or 0, claim.end or 0
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    span = text[start:end] if end - start <= WIDE else f"{text[start : start + WIDE]}…"
    return _one_line(f"…{before}[{span}]{after}…")


def _one_line(text: str) -> str:
    """Write every line break and other space as a space."""
    return "".join(" " if one.isspace() else one for one in text)
