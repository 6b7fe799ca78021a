"""How strictly a map labels its records and places: the static map's rules by default, a figure's on demand."""

from __future__ import annotations

from dataclasses import dataclass

from .placement import Rect

__all__ = ["USUAL", "MapRules"]


@dataclass(frozen=True, slots=True)
class MapRules:
    """Rules of one map.

    ``strict`` lets no label cover another, a symbol or the edge: what finds no room gets a number that a key explains,
    tokens at one place stand side by side, and uncertain positions have a ring. ``script`` is that of place names
    (``latin``, ``tg``, ``fa``), ``hide`` holds names of places and ids of records that are not labelled. ``reserved``
    boxes stay empty: that of the static map's scale bar, if none is given. ``ranks`` says up to which rank towns are
    named, ``numbers`` whether there is a key for numbers, ``label_width`` from which width on a label is broken.
    """

    strict: bool = False
    script: str = "latin"
    hide: frozenset[str] = frozenset()
    reserved: tuple[Rect, ...] = ()
    ranks: int = 3
    numbers: bool = True
    label_width: float = 190.0


#: Those of the static map.
USUAL = MapRules()
