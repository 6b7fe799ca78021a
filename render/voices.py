"""Who says what: one attribute of a record as the panel shows it, each distinct value with everyone who says it.

In: an attribute of the evidence. Out: plain text, lists and links, speaker before outlet before link.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..data.coverage import short_speaker
from ..data.evidence import AttributeEvidence, Statement, Voice
from ..data.model import Modality
from ..data.wording import capital, group_label, number_words, plural
from .decided import date_words
from .phrases import safe_link, sentence

__all__ = ["attribute_block", "witness_line"]

Detail = dict[str, Any]

#: Attributes whose reason for what is shown stands under "Where" and "When".
_SAID_ABOVE = ("place", "event_date")
_MANNER = {Modality.DENIED: "denying", Modality.ALLEGED: "alleging", Modality.SPECULATED: "speculating"}


def attribute_block(block: AttributeEvidence) -> Detail:
    """Show one attribute: its label, whether reports differ on it and why, its distinct values, its witnesses."""
    return {
        "attribute": block.attribute,
        "label": block.label,
        "differ": block.differ,
        "why": sentence(block.why) if block.why and block.attribute not in _SAID_ABOVE else "",
        "statements": [_statement(statement) for statement in block.statements],
        "heard": witness_line(block.heard),
    }


def witness_line(heard: Sequence[Sequence[Voice]]) -> str:
    """Count witnesses by name: ``2 witnesses in 3 reports: Chinese embassy, Tajik authorities``.

    Nothing where one claim stands alone. A witness that reports call by several names has the shortest of them.
    """
    voices = [voice for group in heard for voice in group]
    if len(voices) < 2:
        return ""
    named = [[v for v in group if v.named or v.speaker.kind == "unnamed"] for group in heard]
    names = [min((_in_a_list(v.claim.said_by) for v in group), key=len) for group in named if group]
    silent, reports = sum(not group for group in named), len({voice.report.report_id for voice in voices})
    told = [capital(", ".join(names))] if names else []
    if silent:
        voice = plural(silent, "report in its own voice", "reports in their own voice")
        told.append(f"{number_words(silent)} {voice}")
    within = f" in {reports} {plural(reports, 'report')}" if reports != len(heard) else ""
    return f"{len(heard)} {plural(len(heard), 'witness', 'witnesses')}{within}: {'; '.join(told)}"


def _in_a_list(said_by: str) -> str:
    """Shorten a speaker as written; what follows a comma goes into brackets."""
    head, comma, rest = short_speaker(said_by).partition(", ")
    return f"{head} ({rest})" if comma else head


def _statement(statement: Statement) -> Detail:
    """One value with everyone who says it: speaker, then outlet, then link."""
    said: dict[tuple[str, str], list[Voice]] = {}
    for voice in statement.voices:
        said.setdefault((_speaker(voice), _MANNER.get(voice.claim.modality, "")), []).append(voice)
    shown = {
        "text": date_words(statement.text),
        "said": [
            {"speaker": name, "manner": manner, "outlets": _outlets(voices)} for (name, manner), voices in said.items()
        ],
        "witnesses": statement.witnesses,
    }
    return shown | ({} if (statement.low, statement.high) == (None, None) else {"n": [statement.low, statement.high]})


def _speaker(voice: Voice) -> str:
    """Name a speaker as the report does, in short; nothing for the report's own voice."""
    if not voice.named and voice.speaker.kind != "unnamed":
        return ""
    return short_speaker(voice.claim.said_by)


def _outlets(voices: Sequence[Voice]) -> list[Detail]:
    """List the outlets of one speaker; each with the claims that rest on it: id, manner, whom it counts, offsets."""
    outlets: dict[tuple[str, str | None], Detail] = {}
    for voice in voices:
        claim, report = voice.claim, voice.report
        found = outlets.setdefault(
            (report.report_id, claim.via),
            {
                "report": report.report_id,
                "name": capital(report.outlet),
                "url": safe_link(report.url) or safe_link(report.archived_url),
                "via": claim.via if claim.via not in (voice.speaker.name, claim.said_by) else None,
                "claims": [],
            },
        )
        who = group_label(claim.victim_group) if claim.victim_group else None
        found["claims"].append([claim.claim_id, str(claim.modality), who, claim.start, claim.end])
    return list(outlets.values())
