"""Codes of ACLED and UCDP GED, and words of plain tables, as ours: type of event, precision of place and date.

The tables of exports (``data/exchange_acled.py``, ``exchange_ged.py``) the other way round. Where a code may mean two
of our precisions, the coarser one is taken: nothing is drawn more precisely than the row says.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from ..columns import CellError, nearest
from ..model import DatePrecision, Precision, RecordType
from .days import Days
from .values import as_text, remembered

__all__ = ["OTHER", "geo_precision", "our_precision", "our_type", "spread", "where_prec"]

#: What is imported, kept and counted, but is no record of ours: protests, riots, agreements.
OTHER = "other"

#: Sub-event types and event types of ACLED, types of violence of UCDP, as ours; in lower case.
TYPES: dict[str, str] = {
    **{str(one): str(one) for one in RecordType},
    "armed clash": RecordType.ARMED_CLASH,
    "government regains territory": RecordType.ARMED_CLASH,
    "non-state actor overtakes territory": RecordType.ARMED_CLASH,
    "battles": RecordType.ARMED_CLASH,
    "air/drone strike": RecordType.DRONE_STRIKE,
    "shelling/artillery/missile attack": RecordType.SHELLING,
    "explosions/remote violence": RecordType.ARMED_ATTACK,
    "chemical weapon": RecordType.ARMED_ATTACK,
    "suicide bomb": RecordType.ARMED_ATTACK,
    "remote explosive/landmine/ied": RecordType.ARMED_ATTACK,
    "grenade": RecordType.ARMED_ATTACK,
    "attack": RecordType.ARMED_ATTACK,
    "violence against civilians": RecordType.ARMED_ATTACK,
    "sexual violence": OTHER,
    "abduction/forced disappearance": OTHER,
    "peaceful protest": OTHER,
    "protest with intervention": OTHER,
    "excessive force against protesters": OTHER,
    "violent demonstration": OTHER,
    "mob violence": OTHER,
    "agreement": OTHER,
    "arrests": OTHER,
    "change to group/activity": OTHER,
    "disrupted weapons use": OTHER,
    "headquarters or base established": OTHER,
    "looting/property destruction": OTHER,
    "non-violent transfer of territory": OTHER,
    "other": OTHER,
    "protests": OTHER,
    "riots": OTHER,
    "strategic developments": OTHER,
}
#: UCDP ``type_of_violence``: state-based, between groups, one-sided.
VIOLENCE = {"1": RecordType.ARMED_CLASH, "2": RecordType.ARMED_CLASH, "3": RecordType.ARMED_ATTACK}
VIOLENCE_WORDS = {"1": "state-based violence", "2": "non-state violence", "3": "one-sided violence"}

#: ACLED ``geo_precision``: 2 is part of a region, drawn as its district; 3 a larger region.
GEO_PRECISION = {"1": Precision.SETTLEMENT, "2": Precision.DISTRICT, "3": Precision.REGION}
#: UCDP ``where_prec``; 5 is a line or a fuzzy area that may be larger than a region, 7 water or international airspace.
WHERE_PREC = {
    "1": Precision.SETTLEMENT,
    "2": Precision.NEAR,
    "3": Precision.DISTRICT,
    "4": Precision.REGION,
    "5": Precision.REGION,
    "6": Precision.COUNTRY,
    "7": Precision.UNKNOWN,
}


@lru_cache(maxsize=4096)
def our_type(fine: str | None, coarse: str | None) -> str | None:
    """Map a type as written to ours; by its sub-type where that is known, else by the type.

    Words that are none of ours, of ACLED or of UCDP give nothing, and the row keeps them as they are.
    """
    for text in (fine, coarse):
        folded = " ".join((text or "").casefold().split())
        found = TYPES.get(folded) or TYPES.get(folded.replace(" ", "_").replace("-", "_"))
        if found:
            return str(found)
    return None


def geo_precision(value: object) -> Precision | None:
    """Read ACLED's code; an empty cell is nothing."""
    return _code(value, GEO_PRECISION, "a code of ACLED for the precision of the place: 1, 2 or 3")


def where_prec(value: object) -> Precision | None:
    """Read UCDP's code; an empty cell is nothing."""
    return _code(value, WHERE_PREC, "a code of UCDP for the precision of the place: 1 to 7")


def _code(value: object, codes: dict[str, Precision], expected: str) -> Precision | None:
    text = as_text(value)
    if text is None:
        return None
    if text not in codes:
        raise CellError(expected, "correct the code, or leave the cell empty")
    return codes[text]


def our_precision(value: object) -> Precision | None:
    """Read our own word for a precision; an empty cell is nothing."""
    text = as_text(value)
    return _precision(text.casefold()) if text else None


@remembered
def _precision(text: str) -> Precision:
    try:
        return Precision(text)
    except ValueError as error:
        known = ", ".join(Precision)
        raise CellError(f"one of {known}", nearest(text, list(Precision)) or "use one of these words") from error


def spread(days: Days, time_precision: object) -> Days:
    """Widen a day by ACLED's ``time_precision``: 2 is the middle of a week, 3 of a month.

    Raises
    ------
    CellError
        There is no such code.
    """
    text = as_text(time_precision)
    if text in (None, "1"):
        return days
    if text == "2":
        reach = dt.timedelta(days=3)
        return Days(days.start - reach, days.end + reach, DatePrecision.RANGE, days.said)
    if text == "3":
        first = days.start.replace(day=1)
        after = (days.end.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return Days(first, after - dt.timedelta(days=1), DatePrecision.MONTH, days.said)
    raise CellError("a code of ACLED for the precision of the date: 1, 2 or 3", "correct the code, or empty the cell")
