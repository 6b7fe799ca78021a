"""Discs of reported deaths: who has one, how large it is, and what the legend says of them.

In: placed rows and their evidence. Out: counts by record, radii in pixels, a part of the legend. Discs count civilians
and state forces, nobody else; they stand at points only, because on an area they would read as its size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from ..data.evidence import Evidence
from ..data.model import Kind, VictimGroup
from . import symbols
from .layers import LegendEntry, LegendPart
from .placed import Placed
from .texts import FALLBACK, ui_texts

__all__ = ["FEWEST", "LARGEST", "PER_DEATH", "disc_key", "disc_radii", "disc_svg", "discs", "protected_killed"]

#: With fewer attacks, clashes and state operations than this, labels carry the numbers and there are no discs.
FEWEST: Final = 20
#: Radius of a disc in pixels for one death, and of the largest: the area is proportional to the number.
PER_DEATH: Final = 15.0
LARGEST: Final = 60.0

_COUNTED: Final = (VictimGroup.CIVILIAN, VictimGroup.STATE_FORCE)
_EVENTS: Final = (Kind.ATTACK, Kind.STATE_OPERATION)


def protected_killed(found: Evidence) -> tuple[int | None, int | None]:
    """Lowest and highest number of civilians and state forces killed: what a disc may show, and nobody else."""
    counts = [found.killed[group] for group in _COUNTED if group in found.killed]
    lows = [count.low for count in counts if count.low is not None]
    highs = [count.high or count.low or 0 for count in counts]
    return (sum(lows), sum(highs)) if lows else (None, None)


def discs(rows: Sequence[Placed], evidence: Mapping[str, Evidence]) -> dict[str, tuple[int, int]]:
    """Count the deaths, lowest and highest, of every record that has a disc, by record id; none if records are few."""
    if sum(row.kind in _EVENTS for row in rows) < FEWEST:
        return {}
    points = [row.record_id for row in rows if row.kind in _EVENTS and row.drawn and not row.as_area]
    counts = {record_id: protected_killed(evidence[record_id]) for record_id in points}
    return {record_id: (low, high) for record_id, (low, high) in counts.items() if low is not None and high}


def disc_key(drawn: Mapping[str, tuple[int, int]], lang: str = FALLBACK) -> tuple[LegendPart, ...]:
    """Explain the discs, if there are any."""
    if not drawn:
        return ()
    texts = ui_texts(lang)
    entry = LegendEntry("", "sw-disc", texts["legend.discs"], texts["legend.discs.note"])
    return (LegendPart(texts["legend.deaths"], (entry,)),)


def disc_radii(killed: tuple[int, int]) -> tuple[float, float]:
    """Radii in pixels for the lowest and the highest number."""
    low, high = (min(LARGEST, PER_DEATH * math.sqrt(number)) for number in killed)
    return low, high


def disc_svg(glyph: str, at: tuple[float, float], killed: tuple[int, int]) -> Markup:
    """Draw one disc in a fixed size: fill and line for the lowest number, a dashed ring for the highest."""
    where = f'cx="{at[0]:.1f}" cy="{at[1]:.1f}"'
    low, high = disc_radii(killed)
    rings = f'<circle {where} r="{low:.1f}" fill="currentColor" fill-opacity=".17"/>'
    if high > low:
        rings += f'<circle {where} r="{high:.1f}" fill="none" stroke-dasharray="4 3"/>'
    colour = symbols.COLOURS[glyph].light
    return Markup(  # noqa: S704 - numbers and constants only
        f'<g class="c-{glyph}" color="{colour}" stroke="currentColor" stroke-width="1.2">{rings}</g>'
    )
