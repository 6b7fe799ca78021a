"""Values as the tables write them, put into words: places, days, precisions, records, claims.

In: published tables. Out: plain text in which no id of a place, report, record or claim is left that has a name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from ..data.coverage import short_speaker
from ..data.model import PRECISION_CODES, Claim, Decision, Precision, RecordType, Tables
from ..data.redaction import token_pattern
from ..data.wording import attribute_label, capital, day_text, listing, month_name, span_text, type_label
from .phrases import in_text, sentence

__all__ = ["Words", "date_words"]

#: Labels of what decisions and corrections are about, where no claim is about it.
_LABELS: Final = {
    "date": "Date",
    "date_start": "Date",
    "date_end": "Date",
    "location": "Place",
    "precision": "How precisely placed",
    "possible_same_as": "Same event?",
    "sensitivity": "Protection of people",
    "type": "What happened",
}
_SENSITIVITY: Final = {"public": "nothing held back", "generalise": "no finer than a district", "withhold": "withheld"}
#: A day or a month that stands by itself, and not in an id or an address.
_ISO_DATE = re.compile(
    r"(?<![^\W\d_][-./_=])\b(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?\b(?![-./_=]?[^\W\d_]|-\d)"
)


def date_words(text: str) -> str:
    """Turn ``2025-11-26`` and ``2024-11`` within a text into words; what is no day of the calendar stays as it is."""

    def words(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        try:
            return day_text(dt.date.fromisoformat(found[0]), long=True) if day else f"{month_name(int(month))} {year}"
        except ValueError:
            return found[0]

    return _ISO_DATE.sub(words, text)


class Words:
    """Puts values of the tables into words.

    Parameters
    ----------
    tables
        The published tables.
    """

    def __init__(self, tables: Tables) -> None:
        reports = {report.report_id: report.outlet for report in tables.reports}
        self._names = {place.place_id: in_text(place.name) for place in tables.places}
        self._names |= reports | {record.record_id: f"“{record.title}”" for record in tables.records}
        self._ids = token_pattern(self._names)
        self._titles = token_pattern(record.record_id for record in tables.records)
        self._claims = {claim.claim_id: _said(claim, reports) for claim in tables.claims}

    def text(self, text: str) -> str:
        """Put names for ids, and days in words."""
        named = self._ids.sub(lambda found: self._names[found[0]], text) if self._ids else text
        return date_words(named)

    def with_titles(self, text: str) -> str:
        """Put the title of a record where a text names its id, and nothing else."""
        return self._titles.sub(lambda found: self._names[found[0]], text) if self._titles else text

    def label(self, attribute: str) -> str:
        """Name an attribute of a claim, decision or correction."""
        return _LABELS.get(attribute) or attribute_label(attribute)

    def value(self, attribute: str, value: str) -> str:
        """Put a value of an attribute into words."""
        special: dict[str, Callable[[str], str]] = {
            "precision": lambda text: PRECISION_CODES[Precision(text)].label,
            "type": lambda text: type_label(RecordType(text)),
            "sensitivity": _SENSITIVITY.__getitem__,
            "date": _span,
        }
        try:
            return special[attribute](value)
        except (KeyError, ValueError):
            return ", ".join(self.text(part.strip()) for part in value.split(";"))

    def source(self, source: str) -> str:
        """Say what a decision rests on: claims by who says them where, gazetteers and rules as written."""
        parts = [part for part in re.split(r"[;,\s]+", source) if part]
        if parts and all(part in self._claims for part in parts):
            return capital(listing(dict.fromkeys(self._claims[part] for part in parts)))
        text = re.sub(r"^places?:\s*", "gazetteer: ", source)
        return capital(self.text(re.sub(r"^(rule|report):\s*", lambda found: f"{found[1]}: ", text)))

    def decision(self, decision: Decision) -> dict[str, Any]:
        """Write a decision as the panel shows it."""
        return {
            "label": self.label(decision.attribute),
            "chosen": self.value(decision.attribute, decision.chosen),
            "reason": sentence(self.with_titles(decision.reason)),
            "source": self.source(decision.source),
            "on": day_text(decision.decided_on),
        }


def _said(claim: Claim, reports: Mapping[str, str]) -> str:
    """Say who says a claim, and where."""
    outlet = reports[claim.report_id]
    return outlet if claim.speaker_id == "report" else f"{short_speaker(claim.said_by)} in {outlet}"


def _span(text: str) -> str:
    """Write ``2025-12-01/2025-12-31`` and ``../2025-11-22`` in words."""
    first, last = text.split("/") if "/" in text else (text, text)
    days = [dt.date.fromisoformat(day) if day not in ("", "..") else None for day in (first, last)]
    if days[0] and days[1]:
        return span_text(days[0], days[1], long=True)
    if days[1]:
        return f"by {day_text(days[1], long=True)}"
    return f"from {day_text(days[0], long=True)} on" if days[0] else text
