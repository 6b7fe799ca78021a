"""What a user may say about the place that a name means: refused where it means nothing, for it would be ignored."""

from __future__ import annotations

from ..data.errors import OptionError, PlaceError
from ..data.model import PlaceLevel, Tables
from ..data.wording import listing
from .gazetteer import Gazetteer
from .generics import country_code
from .name_query import part_of
from .names import letters

__all__ = ["gazetteer_for"]


def gazetteer_for(
    tables: Tables, *, country: str | None = None, parent: str | None = None, level: str | None = None
) -> Gazetteer:
    """Make the gazetteer of the tables, for look-ups with this context, each part of which may be missing.

    Raises
    ------
    OptionError
        A country, a level or a place that is none.
    """
    if level is not None and level not in set(PlaceLevel):
        raise OptionError("--level", level, "is no level of a place", f"use {listing(PlaceLevel, 'or')}")
    if country is not None:
        try:
            country_code(country)
        except PlaceError as error:
            fix = "use a code of two letters, as TJ or AF, or a name"
            raise OptionError("--country", country, "is no country", fix) from error
    gazetteer = Gazetteer.from_tables(tables)
    if parent is not None and not _known(parent, tables, gazetteer):
        reason = "is no place that the tables know"
        raise OptionError("--parent", parent, reason, "give a place_id, or a name in any spelling")
    return gazetteer


def _known(place: str, tables: Tables, gazetteer: Gazetteer) -> bool:
    if any(place == known.place_id for known in tables.places):
        return True
    return bool(gazetteer.lookup(place).candidates or part_of(letters(place)).country)
