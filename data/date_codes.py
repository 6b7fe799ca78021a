"""How precise a date is, in the codes of ACLED and UCDP GED. Days go in, a code comes out."""

from __future__ import annotations

from typing import NamedTuple

from .testimony import DateSpan

__all__ = ["DateCodes", "date_codes"]


class DateCodes(NamedTuple):
    """Codes of one date; nothing where no code of the data set fits.

    Attributes
    ----------
    time_precision
        ACLED, 1 to 3: the day; a week or similar; a month (codebook of 2023).
    date_prec
        UCDP GED, 1 to 5: the day; two to six days; a week; a month; a year (codebook of GED 23.1).
    """

    time_precision: int | None
    date_prec: int | None


#: Longest span, in days with both ends, that each code may stand for.
_TIME_PRECISION = ((1, 1), (7, 2), (31, 3))
_DATE_PREC = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))


def date_codes(span: DateSpan) -> DateCodes:
    """Code how precise a date is, by the number of days between its ends; an open span has no code.

    An end that is only assumed counts as an end: its code says how long the span is, not how sure.
    """
    if span.start is None or span.end is None:
        return DateCodes(None, None)
    days = (span.end - span.start).days + 1
    return DateCodes(_code(days, _TIME_PRECISION), _code(days, _DATE_PREC))


def _code(days: int, codes: tuple[tuple[int, int], ...]) -> int | None:
    """Take the first code whose span is long enough."""
    return next((code for longest, code in codes if days <= longest), None)
