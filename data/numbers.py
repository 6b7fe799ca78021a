"""Numbers that a text states: digits of three scripts, words of four languages, "at least", "more than", ranges.

Text goes in, counts with their places come out. Nothing is guessed: what could be a number or not (an article, a year,
a day of a month) is marked as weak, and the caller decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from .day_words import MONTHS
from .number_words import AT_LEAST, DIGITS, INEXACT, JOINS, MORE_THAN, RANGES, SCALES, TENS, UNITS, UP_TO, WEAK

__all__ = ["StatedNumber", "inexact_words", "numbers_in", "plain_word"]

_THOUSANDS: Final = "[ ,.'’\u00a0\u202f\u2009\u066c]"
#: Thousands by separators, a decimal number, or digits; then a word (with the joiner that Persian spelling needs).
_TOKEN: Final = re.compile(
    rf"(?P<number>\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+(?!\d)|\d+(?:[.,:/٫]\d+)+|\d+)"
    r"|(?P<word>[^\W\d_]+(?:[\u200c\u0301][^\W\d_]+)*)"
)
#: Most characters between a word such as "over" and its number, and between the parts of one number.
_BEFORE: Final = 24
#: No report counts further; a text made of such words alone must not either.
_LARGEST: Final = 10**12
_JOIN: Final = re.compile(r"[\s\u00a0\u200c]+|-|\u2011")


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number and where it stands: half-open offsets in code points.

    ``low`` or ``high`` is missing where the text leaves that end open ("at least", "up to"). ``beyond`` says that
    the open end does not hold the number itself ("more than five"). ``weak`` numbers may be none: an article, a year,
    the day of a month.
    """

    low: int | None
    high: int | None
    start: int
    end: int
    beyond: bool = False
    weak: bool = False


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    value: int | None


def plain_word(text: str) -> str:
    """Return a word as the tables hold it: lower case, ё as е, Arabic letters as Persian writes them."""
    return text.lower().replace("ё", "е").replace("ي", "ی").replace("ك", "ک").replace("\u0301", "")


def numbers_in(text: str) -> tuple[StatedNumber, ...]:
    """Find every number of a text, in order.

    Examples
    --------
    >>> [(n.low, n.high) for n in numbers_in("at least twenty-one of 1,368, or three to five")]
    [(21, None), (1368, 1368), (3, 5)]
    """
    plain = list(_plain(text))
    found = []
    at = 0
    while at < len(plain):
        number, after = _number(text, plain, at)
        if number:
            found.append(number)
        at = max(after, at + 1)
    return tuple(_bounded(text, number) for number in _ranges(text, found))


def inexact_words(text: str) -> frozenset[str]:
    """Find the words for a count without a number, such as "several"."""
    return frozenset(plain_word(found[0]) for found in _TOKEN.finditer(text)) & INEXACT


def _plain(text: str) -> Iterator[_Token]:
    """Yield words and digits; digits that belong to a name (``M-16``) or a decimal number have no value."""
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if found["word"]:
            yield _Token(start, end, plain_word(found[0]), None)
            continue
        digits = found[0].translate(DIGITS)
        grouped = re.fullmatch(rf"\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+|\d+", digits)
        named = re.search(r"[^\W\d_]-?\Z", text[max(0, start - 2) : start])
        value = int(re.sub(r"\D", "", digits)) if grouped and not named and len(digits) < 20 else None
        yield _Token(start, end, "", value)


def _number(text: str, tokens: Sequence[_Token], at: int) -> tuple[StatedNumber | None, int]:
    """Read one number that begins at a token; the token after it is returned as well."""
    first, following = tokens[at], [token.word for token in tokens[at + 1 : at + 3]]
    if first.word == "half" and following == ["a", "dozen"]:
        return StatedNumber(6, 6, first.start, tokens[at + 2].end), at + 3
    if first.word in WEAK and not (following and following[0] in SCALES):
        counted = at + 1 < len(tokens) and _Sum().takes(tokens[at + 1])  # "another two", "a seven-member group"
        return None if counted else StatedNumber(1, 1, first.start, first.end, weak=True), at + 1
    if at and not tokens[at - 1].word and tokens[at - 1].value is None:  # the "million" of "1.5 million"
        return None, at + 1
    sum_, after = _Sum(), at
    for i in range(at + (first.word in WEAK), len(tokens)):
        token = tokens[i]
        if i > at and not _JOIN.fullmatch(text[tokens[i - 1].end : token.start]):
            break
        if sum_.takes(token):
            after = i + 1
        elif not (after == i and token.word in JOINS and i + 1 < len(tokens) and sum_.may_take(tokens[i + 1])):
            break
    if after == at:
        return None, at + 1
    return _with_weakness(text, tokens, at, after, sum_.value), after


class _Sum:
    """A number while its words are read: ``two hundred`` takes ``five``, ``twenty`` takes ``one``, ``five`` nothing."""

    def __init__(self) -> None:
        self._whole, self._part, self._room = 0, 0, 10**9

    @property
    def value(self) -> int:
        """What the words add up to so far."""
        return self._whole + self._part

    def may_take(self, token: _Token) -> bool:
        """Tell whether a word below a hundred may follow, as after "and"."""
        value = UNITS.get(token.word) or TENS.get(token.word)
        return value is not None and value < self._room < 10**9

    def takes(self, token: _Token) -> bool:
        """Add a token if it can follow what was read; digits only begin a number."""
        begun = self._room < 10**9
        if scale := SCALES.get(token.word):
            if self.value * scale > _LARGEST:
                return False
            if scale > 100:
                self._whole, self._part, self._room = self._whole + (self._part or 1) * scale, 0, scale
            else:
                self._part, self._room = (self._part or 1) * scale, scale if scale == 100 else 1
            return True
        value = token.value if token.value is not None and not begun else UNITS.get(token.word, TENS.get(token.word))
        if value is None or value >= self._room:
            return False
        self._part += value
        self._room = 1 if token.value is not None or value < 20 else 10 if value < 100 else 100
        return True


def _with_weakness(text: str, tokens: Sequence[_Token], at: int, after: int, value: int) -> StatedNumber | None:
    """Mark years, days of months, clock times and ordinals as weak."""
    start, end = tokens[at].start, tokens[after - 1].end
    digits = tokens[at].value is not None and after == at + 1
    near = [tokens[i].word for i in (at - 1, after, after + 1) if 0 <= i < len(tokens)]
    day = value <= 31 and any(word in MONTHS for word in near[: 2 if at else 1])
    ordinal = digits and re.match(r"-?(?:st|nd|rd|th|го|й|е|ум|юм)\b", text[end : end + 4])
    day = day or bool(ordinal and any(word in MONTHS for word in near))
    nobody = value == 1 and at and tokens[at - 1].word == "no"
    year = digits and 1900 <= value <= 2099 and end - start == 4
    return StatedNumber(value, value, start, end, weak=bool(day or year or ordinal or nobody))


def _ranges(text: str, numbers: Sequence[StatedNumber]) -> list[StatedNumber]:
    """Join the two ends of a range into one number: ``3-5``, ``three to five``, ``between three and five``."""
    joined: list[StatedNumber] = []
    for number in numbers:
        last = joined[-1] if joined else None
        between = plain_word(text[last.end : number.start]).strip() if last else ""
        both = last and between in ("and", "и") and _before(text, last, ("between", "между"))
        ends = both or between in RANGES or between.strip("- ") in RANGES
        if last and ends and not (last.weak or number.weak) and (last.high or 0) < (number.low or 0):
            joined[-1] = replace(last, high=number.high, end=number.end)
        else:
            joined.append(number)
    return joined


def _bounded(text: str, number: StatedNumber) -> StatedNumber:
    """Open one end where the words before the number, or "or more" after it, say so."""
    if number.weak:
        return number
    after = plain_word(text[number.end : number.end + _BEFORE])
    if _before(text, number, UP_TO):
        return replace(number, low=None)
    if _before(text, number, AT_LEAST) or re.match(r"\+|\s+(?:or more|и более|и больше)\b", after):
        return replace(number, high=None)
    if _before(text, number, MORE_THAN):
        return replace(number, high=None, beyond=True)
    return number


def _before(text: str, number: StatedNumber, phrases: Sequence[str]) -> bool:
    """Tell whether one of the phrases stands right before a number, an article between them or not."""
    words = plain_word(text[max(0, number.start - _BEFORE) : number.start])
    words = " " + re.sub(r"\s+(?:an?|the)\Z", "", re.sub(r"\s+", " ", words).rstrip()).strip()
    return any(words.endswith(f" {phrase}") for phrase in phrases)
