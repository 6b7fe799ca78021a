"""Who is a witness: speakers, not pages. Claims of a record go in as voices, one group a witness comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .testimony import REPORT_VOICE, Voice

__all__ = ["Joined", "count_witnesses", "witnesses"]


class Joined(NamedTuple):
    """Pairs of claim ids that a relation ties, in both directions."""

    contradicts: frozenset[tuple[str, str]]
    same_statement: frozenset[tuple[str, str]]


def witnesses(voices: Sequence[Voice], joined: Joined) -> tuple[tuple[Voice, ...], ...]:
    """Group voices into independent witnesses, in order of appearance.

    A speaker is one witness however many reports quote them; a report's own voice is one per report, none if it is a
    reprint; claims that a relation calls one statement are one witness.
    """
    groups: list[tuple[set[str], list[int], bool]] = []
    for i, voice in enumerate(voices):
        own = voice.speaker.speaker_id == REPORT_VOICE
        key = f"report:{voice.report.report_id}" if own else f"speaker:{voice.speaker.speaker_id}"
        tied = {b for a, b in joined.same_statement if a == voice.claim.claim_id}
        members, numbers, counts = {key, voice.claim.claim_id} | tied, [i], not (own and voice.report.derived_from)
        for group in [g for g in groups if g[0] & members]:
            groups.remove(group)
            members, numbers, counts = members | group[0], group[1] + numbers, counts or group[2]
        groups.append((members, sorted(numbers), counts))
    counted = sorted(numbers for _, numbers, counts in groups if counts)
    return tuple(tuple(voices[i] for i in numbers) for numbers in counted)


def count_witnesses(voices: Sequence[Voice], joined: Joined) -> int:
    """Count independent witnesses, see :func:`witnesses`."""
    return len(witnesses(voices, joined))
