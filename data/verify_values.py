"""One claim against the passage it was taken from: its number, its day, its place.

Pure: a claim and a passage go in, an answer comes out. A passage that states nothing to compare with is no fault; an
answer says which of the two it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

from .dating import WEEKDAYS, weekday_in
from .day_words import StatedDay, days_in
from .model import Claim
from .number_words import DIGITS
from .numbers import StatedNumber, inexact_words, numbers_in
from .statements import details
from .wording import listing, month_name, range_text

__all__ = ["Answer", "compare"]

AGREES: Final = "agrees"
DIFFERS: Final = "differs"
NOT_CHECKED: Final = "not_checked"
#: Attributes whose value is a place; with others a place is only mentioned.
_PLACES: Final = frozenset({"place", "origin", "policy_place"})
_ISO: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")


class Answer(NamedTuple):
    """``status`` is agrees, differs or not_checked; ``rule`` names what was compared or why nothing was.

    ``level`` is error, warning or note where ``message`` has something to say, empty otherwise.
    """

    status: str
    rule: str
    level: str = ""
    message: str = ""


def compare(claim: Claim, text: str, names: Callable[[str], Collection[str]]) -> Answer:
    """Compare a claim with its passage.

    Parameters
    ----------
    claim
        With offsets that lie inside the text.
    text
        The whole text, so that "at least" before the passage is heard.
    names
        Spellings of a place, by its id.
    """
    span = text[claim.start : claim.end]
    if claim.value_low is not None or claim.value_high is not None:
        return _number(claim, _numbers(text, claim))
    if day := _ISO.match((claim.value_text or "").strip()):
        return _day(day, span)
    if claim.attribute == "event_date" and (weekday := weekday_in(claim.value_text)):
        return _weekday(WEEKDAYS.index(weekday), days_in(span))
    if claim.victim_group is not None:
        return _words(claim, span, _numbers(text, claim))
    if claim.place_id and claim.attribute in _PLACES:
        return _place(claim, span, names)
    return _own_words(claim, _numbers(text, claim))


def _numbers(text: str, claim: Claim) -> list[StatedNumber]:
    """Numbers that stand in the passage; what comes before it is read along, for "at least" and the like."""
    start, end = claim.start or 0, claim.end or 0
    from_ = max(0, start - 60)
    found = numbers_in(text[from_ : end + 20])
    return [n for n in found if start <= n.start + from_ and n.end + from_ <= end]


# ---------------------------------------------------------------- counts


def _number(claim: Claim, found: Sequence[StatedNumber]) -> Answer:
    low, high = claim.value_low, claim.value_high
    stated = [number for number in found if not number.weak]
    if any(_same(number, low, high) for number in found):
        return Answer(AGREES, "number")
    said = range_text(low, high, low is not None and high is None)
    if not stated:
        message = f"no number in the passage: {said} stands outside it, or was worked out"
        return Answer(NOT_CHECKED, "no-number", "note", message)
    there = listing([_text(number) for number in stated])
    if any(_same_but_for_its_ends(number, low, high) for number in stated):
        message = f"the claim says {said}, the passage {there}: one of them leaves an end open"
        return Answer(DIFFERS, "number-bound", "warning", message)
    exact = [number.low for number in stated if number.low is not None and number.low == number.high]
    if low == high and len(exact) > 1 and sum(exact) == low:
        return Answer(AGREES, "sum", "note", f"{said} is the sum of the numbers in the passage")
    if low != high and {low, high} <= set(exact):
        return Answer(AGREES, "number")
    return Answer(DIFFERS, "number", "error", f"the claim says {said}, the passage states {there}")


def _same(number: StatedNumber, low: int | None, high: int | None) -> bool:
    """Tell whether claim and passage say the same: "more than a dozen" is 13 or more, "up to ten" 0 to 10."""
    if number.high is None:
        return high is None and low in ({number.low, (number.low or 0) + 1} if number.beyond else {number.low})
    return high == number.high and low in ({0, None} if number.low is None else {number.low})


def _same_but_for_its_ends(number: StatedNumber, low: int | None, high: int | None) -> bool:
    ends = {end for end in (number.low, number.high) if end is not None}
    open_ = None in (number.low, number.high) or high is None or low in (0, None)
    return open_ and bool(ends & ({low, high} - {None, 0}))


def _text(number: StatedNumber) -> str:
    if number.beyond:
        return f"more than {number.low}"
    return range_text(number.low, number.high, number.high is None)


def _words(claim: Claim, span: str, found: Sequence[StatedNumber]) -> Answer:
    """Compare "several" with "several"; a number where the claim has none is worth a look."""
    words = inexact_words(details(claim.value_text).get("words", "") or claim.value_text or "")
    if words & inexact_words(span):
        return Answer(AGREES, "words")
    if stated := [number for number in found if not number.weak]:
        there = listing([_text(number) for number in stated])
        return Answer(DIFFERS, "number-missing", "warning", f"the claim has no number, the passage states {there}")
    return Answer(NOT_CHECKED, "no-number", "note", "neither the claim nor the passage states a number to compare")


def _own_words(claim: Claim, found: Sequence[StatedNumber]) -> Answer:
    """Compare the numbers of a claim in our own words with those of the passage; the words are left to a person."""
    said = [number for number in numbers_in(claim.value_text or "") if not number.weak and number.high != 0]
    stated = [number for number in found if not number.weak]
    if not said or not stated:
        return Answer(NOT_CHECKED, "own-words", "note", "the claim is in our own words: a person has to compare it")
    if any(_same(one, number.low, number.high) for one in stated for number in said):
        return Answer(AGREES, "number-in-words")
    words, there = (listing([_text(number) for number in numbers]) for numbers in (said, stated))
    return Answer(DIFFERS, "number-in-words", "warning", f"the claim's words say {words}, the passage states {there}")


# ---------------------------------------------------------------- days and places


def _day(stated: re.Match[str], span: str) -> Answer:
    """Compare day, month and year as far as the passage has them; a weekday must be that of the day."""
    found = days_in(span)
    year, month, day = int(stated[1]), int(stated[2]), int(stated[3]) if stated[3] else None
    if not found:
        message = f"no day in the passage: {stated[0]} stands outside it, or was derived"
        return Answer(NOT_CHECKED, "no-date", "note", message)
    figures = {int(one) for one in re.findall(r"\d{1,2}(?!\d)", span.translate(DIGITS))}

    def fits(one: StatedDay) -> bool:
        if one.weekday is not None:
            return day is None or _weekday_of(year, month, day) == one.weekday
        days = None in (day, one.day) or one.day == day or day in figures  # "26 and 27 November"
        return one.month == month and days and one.year in (None, year)

    dated = [one for one in found if one.weekday is None] or found
    if any(fits(one) for one in dated) and all(fits(one) for one in found if one.weekday is not None):
        return Answer(AGREES, "date")
    there = listing([_day_text(one) for one in found])
    return Answer(DIFFERS, "date", "error", f"the claim says {stated[0]}, the passage {there}")


def _weekday(weekday: int, found: Sequence[StatedDay]) -> Answer:
    days = [one.weekday for one in found if one.weekday is not None]
    if not days:
        return Answer(NOT_CHECKED, "no-date", "note", "no weekday in the passage")
    if weekday in days:
        return Answer(AGREES, "date")
    there = listing([WEEKDAYS[day] for day in days])
    return Answer(DIFFERS, "date", "error", f"the claim says {WEEKDAYS[weekday]}, the passage {there}")


def _weekday_of(year: int, month: int, day: int) -> int | None:
    try:
        return dt.date(year, month, day).weekday()
    except ValueError:
        return None


def _day_text(one: StatedDay) -> str:
    if one.weekday is not None:
        return WEEKDAYS[one.weekday]
    month = month_name(one.month) if one.month and one.month <= 12 else ""
    return " ".join(str(part) for part in (one.day, month, one.year) if part)


def _place(claim: Claim, span: str, names: Callable[[str], Collection[str]]) -> Answer:
    """Look for a spelling of the claimed place; none of them is no fault: there are more spellings than are known."""
    if any(_named(name, span) for place in claim.place_id for name in names(place)):
        return Answer(AGREES, "place")
    return Answer(NOT_CHECKED, "no-place", "note", "the passage has no known spelling of the place")


def _named(name: str, span: str) -> bool:
    """Tell whether a passage has a name, whatever its case; endings of a few letters may follow it."""
    return bool(re.search(rf"(?<!\w){re.escape(name.casefold())}\w{{0,3}}(?!\w)", span.casefold()))
