"""The words that the tables use: kinds, types, precisions and the other closed lists, each in one place.

The members are written in the tables as their values; ``PRECISION_CODES`` is the one precision table of the project.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

__all__ = [
    "IMPORTED",
    "PRECISION_CODES",
    "TYPES_OF_KIND",
    "DatePrecision",
    "Kind",
    "Modality",
    "NameKind",
    "PlaceLevel",
    "PlaceRole",
    "Precision",
    "PrecisionCode",
    "RecordType",
    "RelationKind",
    "Sensitivity",
    "VictimGroup",
]


#: Kind of a report that stands for a file of imported rows, and of a place that only such rows give.
IMPORTED: Final = "imported rows"


class Kind(StrEnum):
    """The five kinds of record; they are never mixed in a total (in the order in which they are listed)."""

    ATTACK = "attack"
    STATE_OPERATION = "state_operation"
    MEASURE = "measure"
    RESPONSE = "response"
    AGGREGATE = "aggregate"


class RecordType(StrEnum):
    """What happened, one level below :class:`Kind`."""

    DRONE_STRIKE = "drone_strike"
    ARMED_ATTACK = "armed_attack"
    ARMED_INCURSION = "armed_incursion"
    ARMED_CLASH = "armed_clash"
    SHELLING = "shelling"
    SMUGGLING_CLASH = "smuggling_clash"
    COUNTER_OPERATION = "counter_operation"
    DEPORTATION = "deportation"
    HOUSE_SEARCHES = "house_searches"
    EMERGENCY_MEETING = "emergency_meeting"
    ADVICE_TO_LEAVE = "advice_to_leave"
    TALKS = "talks"
    STATEMENT = "statement"
    APPEAL = "appeal"
    CONDEMNATION = "condemnation"


class DatePrecision(StrEnum):
    """How much of a date the reports give."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    UNKNOWN = "unknown"


class Sensitivity(StrEnum):
    """What a public output may hold of a record."""

    PUBLIC = "public"
    GENERALISE = "generalise"
    WITHHOLD = "withhold"


class PlaceRole(StrEnum):
    """What a place is to a record; only ``event`` and ``generalised`` places are ever drawn for it."""

    EVENT = "event"
    ORIGIN = "origin"
    TARGET = "target"
    MENTIONED = "mentioned"
    GENERALISED = "generalised"


class VictimGroup(StrEnum):
    """Who was killed or injured, as described; groups are never added up."""

    CIVILIAN = "civilian"
    STATE_FORCE = "state_force"
    ALLEGED_ATTACKER = "alleged_attacker"
    ALLEGED_SMUGGLER = "alleged_smuggler"
    NOT_DESCRIBED = "not_described"


class Modality(StrEnum):
    """How the speaker puts a claim."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    DENIED = "denied"
    SPECULATED = "speculated"


class RelationKind(StrEnum):
    """How one claim stands to another."""

    CONTRADICTS = "contradicts"
    SUPPORTS = "supports"
    REFINES = "refines"
    SAME_STATEMENT = "same_statement"
    UPDATES = "updates"


class PlaceLevel(StrEnum):
    """Administrative or geometric level of a gazetteer entry, coarse to fine, then what has no level."""

    COUNTRY = "country"
    REGION = "region"
    DISTRICT = "district"
    SETTLEMENT = "settlement"
    SITE = "site"
    LINE = "line"
    AREA = "area"


class NameKind(StrEnum):
    """Why a spelling stands in ``place_names``."""

    OFFICIAL = "official"
    VARIANT = "variant"
    FORMER = "former"
    ABBREVIATION = "abbreviation"


class Precision(StrEnum):
    """How precisely reports place a record, fine to coarse."""

    SITE = "site"
    SETTLEMENT = "settlement"
    NEAR = "near"
    REACH = "reach"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class PrecisionCode(NamedTuple):
    """One line of the precision table: its meaning, how it is drawn, and the codes of UCDP and ACLED."""

    label: str
    meaning: str
    solid: bool
    where_prec: int | None
    geo_precision: int | None


#: UCDP GED ``where_prec`` 1-7 and ACLED ``geo_precision`` 1-3 of each precision (codebooks of both data sets).
PRECISION_CODES: dict[Precision, PrecisionCode] = {
    Precision.SITE: PrecisionCode("Site", "within about 1 km", True, 1, 1),
    Precision.SETTLEMENT: PrecisionCode("Town or village", "a named town or village", True, 1, 1),
    Precision.NEAR: PrecisionCode("Near a place", "near a named place, or a match that is not certain", False, 2, 2),
    Precision.REACH: PrecisionCode("Stretch of river", "a stretch of river, road or border", False, 5, 3),
    Precision.DISTRICT: PrecisionCode("District", "second-order division", False, 3, 2),
    Precision.REGION: PrecisionCode("Region", "first-order division", False, 4, 3),
    Precision.COUNTRY: PrecisionCode("Country only", "country only", False, 6, 3),
    Precision.UNKNOWN: PrecisionCode("Not located", "no place reported", False, None, None),
}

#: The types that belong to each kind; aggregates have none.
TYPES_OF_KIND: dict[Kind, tuple[RecordType, ...]] = {
    Kind.ATTACK: (
        RecordType.DRONE_STRIKE,
        RecordType.ARMED_ATTACK,
        RecordType.ARMED_INCURSION,
        RecordType.ARMED_CLASH,
        RecordType.SHELLING,
    ),
    Kind.STATE_OPERATION: (RecordType.SMUGGLING_CLASH, RecordType.COUNTER_OPERATION),
    Kind.MEASURE: (RecordType.DEPORTATION, RecordType.HOUSE_SEARCHES),
    Kind.RESPONSE: (
        RecordType.EMERGENCY_MEETING,
        RecordType.ADVICE_TO_LEAVE,
        RecordType.TALKS,
        RecordType.STATEMENT,
        RecordType.APPEAL,
        RecordType.CONDEMNATION,
    ),
    Kind.AGGREGATE: (),
}
