"""A scene restricted to a time window, types or a box: what is left, and what may lie outside.

In: a scene and the questions. Out: a scene that holds the answer only, so that counts, labels and legend follow by
themselves. Records of which the dates (or the area) only partly lie inside are kept, marked, and counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Final

import shapely

from ..data.errors import OptionError
from ..data.evidence import Evidence
from ..data.wording import day_text, span_text
from .discs import disc_key, discs
from .frame import Box
from .layers import layers, legend
from .placed import DRAWN_KINDS, Placed, links
from .scene import Scene

__all__ = ["Window", "box_text", "selected", "window_text"]

#: First and last day, both included; ``None`` is an open end.
Window = tuple[dt.date | None, dt.date | None]

_OUT: Final = 0
_IN: Final = 1
_PARTLY: Final = 2


def selected(scene: Scene, window: Window = (None, None), types: Collection[str] = (), box: Box | None = None) -> Scene:
    """Keep what lies in the window, has one of the types by anyone's account, and is in the box.

    Parameters
    ----------
    scene
        The whole scene.
    window
        As in the page's time filter: a record counts as inside if its first and last day are.
    types
        Record types; all if empty. A record is kept for every type that somebody claims.
    box
        West, south, east, north in degrees. An event without a place on the map is kept, and not counted as inside;
        what is never drawn, as responses, is left out.

    Raises
    ------
    OptionError
        No record is known to be inside.
    """
    if window == (None, None) and not types and box is None:
        return scene
    fits = {row.record_id: _fits(row, scene.evidence[row.record_id], window, types, box) for row in scene.rows}
    rows = tuple(row for row in scene.rows if fits[row.record_id])
    if _IN not in fits.values():
        raise _nothing(scene, window, types, box)
    partly = frozenset(record_id for record_id, fit in fits.items() if fit == _PARTLY)
    return _restricted(scene, rows, partly)


def _restricted(scene: Scene, rows: tuple[Placed, ...], partly: frozenset[str]) -> Scene:
    """Derive again what depends on which records there are."""
    kept = {row.record_id for row in rows}
    evidence = {record_id: found for record_id, found in scene.evidence.items() if record_id in kept}
    lang, pairs, deaths = scene.options.lang, links(rows, evidence), discs(rows, evidence)
    found = (*layers(rows, lang), *(layer for layer in scene.layers if layer.record_ids is None))
    return replace(
        scene,
        located=scene.located[[record_id in kept for record_id in scene.located.index]],
        evidence=evidence,
        rows=rows,
        drawn=tuple(drawing for drawing in scene.drawn if drawing.row.record_id in kept),
        layers=found,
        legend=(*legend(found, rows, pairs, lang), *disc_key(deaths, lang)),
        links=pairs,
        discs=deaths,
        partly=partly,
    )


def _fits(row: Placed, found: Evidence, window: Window, types: Collection[str], box: Box | None) -> int:
    """Whether a record is in, out, or partly in."""
    claimed = {str(type_) for type_ in (row.type, *found.record.claimed_types) if type_}
    if types and not claimed & set(types):
        return _OUT
    answers = (_in_window(found, window), _in_box(row, box))
    return _OUT if _OUT in answers else max(answers)


def _in_window(found: Evidence, window: Window) -> int:
    """As ``matching.js`` does it on the page."""
    (first, last), (start, end) = window, (found.date.start, found.date.end)
    if (first, last) == (None, None):
        return _IN
    if (start and last and start > last) or (end and first and end < first):
        return _OUT
    begun = first is None or (start is not None and start >= first)
    ended = last is None or (end is not None and end <= last)
    dated = start is not None or end is not None
    return _IN if begun and ended and dated else _PARTLY


def _in_box(row: Placed, box: Box | None) -> int:
    if box is None:
        return _IN
    if row.kind not in DRAWN_KINDS:
        return _OUT
    if not row.drawn or row.geometry is None:
        return _PARTLY
    shape = shapely.box(*box)
    if not row.geometry.intersects(shape):
        return _OUT
    return _IN if row.geometry.within(shape) else _PARTLY


def window_text(window: Window) -> str:
    """Name a window: ``1 November to 31 December 2025``, ``from 1 November 2025 on``, ``up to 31 December 2025``."""
    start, end = window
    if start and end:
        return span_text(start, end, long=True)
    if start:
        return f"from {day_text(start, long=True)} on"
    return f"up to {day_text(end, long=True)}" if end else ""


def box_text(box: Box) -> str:
    """Name a box: ``69 to 71.5° E, 37.3 to 38.7° N``."""
    west, south, east, north = box
    across, up = ("E", (west, east)), ("N", (south, north))
    return ", ".join(f"{low:g} to {high:g}\N{DEGREE SIGN} {side}" for side, (low, high) in (across, up))


def _nothing(scene: Scene, window: Window, types: Collection[str], box: Box | None) -> OptionError:
    """Say what was asked, and what there is."""
    asked = [window_text(window), ", ".join(types)]
    asked.append(",".join(f"{side:g}" for side in box) if box else "")
    days = [day for found in scene.evidence.values() for day in (found.date.start, found.date.end) if day]
    there = f"records are dated {span_text(min(days), max(days), long=True)}" if days else "no record is dated"
    if types:
        claimed = {str(one) for found in scene.evidence.values() for one in found.record.claimed_types}
        claimed |= {str(row.type) for row in scene.rows if row.type}
        there += f"; types are {', '.join(sorted(claimed))}"
    fix = f"widen the window, the types or the box ({there})"
    return OptionError("selection", "; ".join(filter(None, asked)), "no record is known to be inside", fix)
