"""Who says what: one attribute of a record as the panel shows it, each distinct value with everyone who says it.

In: an attribute of the evidence. Out: plain text, lists and links, speaker before outlet before link.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from ..data.evidence import AttributeEvidence, Statement, Voice
from ..data.model import Modality
from ..data.wording import capital, day_text, month_name
from .phrases import safe_link, sentence

__all__ = ["attribute_block"]

Detail = dict[str, Any]

#: Attributes whose reason for what is shown stands under "Where" and "When".
_SAID_ABOVE = ("place", "event_date")
_ISO_DATE = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?\b")
_MANNER = {Modality.DENIED: "denying", Modality.ALLEGED: "alleging", Modality.SPECULATED: "speculating"}


def attribute_block(block: AttributeEvidence) -> Detail:
    """Show one attribute: its label, whether reports differ on it and why, and its distinct values."""
    return {
        "label": block.label,
        "differ": block.differ,
        "why": sentence(block.why) if block.why and block.attribute not in _SAID_ABOVE else "",
        "statements": [_statement(statement) for statement in block.statements],
    }


def _statement(statement: Statement) -> Detail:
    """One value with everyone who says it: speaker, then outlet, then link."""
    said: dict[str, list[Voice]] = {}
    for voice in statement.voices:
        said.setdefault(_speaker(voice), []).append(voice)
    return {
        "text": _ISO_DATE.sub(_date_in_words, statement.text),
        "said": [{"speaker": name, "outlets": _outlets(voices)} for name, voices in said.items()],
        "witnesses": statement.witnesses,
    }


def _date_in_words(found: re.Match[str]) -> str:
    """Turn ``2025-11-26`` and ``2024-11`` into words; what is no day of the calendar stays as it is."""
    year, month, day = found.groups()
    try:
        return day_text(dt.date.fromisoformat(found[0]), long=True) if day else f"{month_name(int(month))} {year}"
    except ValueError:
        return found[0]


def _speaker(voice: Voice) -> str:
    """Name of a speaker, with the manner of speaking where it is not a plain statement."""
    if voice.speaker.kind == "unnamed":
        name = capital(voice.claim.said_by)
    elif voice.named or voice.speaker.speaker_id != "report":
        name = voice.speaker.name
    else:
        name = "No speaker named"
    manner = _MANNER.get(voice.claim.modality)
    return f"{name}, {manner}" if manner else name


def _outlets(voices: Sequence[Voice]) -> list[Detail]:
    outlets = {
        (voice.report.report_id, voice.claim.via): {
            "name": voice.report.outlet,
            "url": safe_link(voice.report.url) or safe_link(voice.report.archived_url),
            "via": voice.claim.via if voice.claim.via != voice.speaker.name else None,
        }
        for voice in voices
    }
    return list(outlets.values())
