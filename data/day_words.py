"""Days as a text names them: months and weekdays in English, Russian, Tajik and Persian, and days in figures.

Text goes in; day, month, year and weekday come out as far as they stand there. Nothing is filled in.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .number_words import DIGITS

__all__ = ["MONTHS", "StatedDay", "days_in"]


def _table(text: str) -> dict[str, int]:
    rows = (row.split(":") for row in " ".join(text.split()).split(","))
    return {word: int(value) for value, words in rows for word in words.split()}


#: Months by name, lower case; short forms only where they are no other word.
MONTHS: Final = _table("""
    1: january jan январь января январе январ январи ژانویه,
    2: february feb февраль февраля феврале феврал феврали فوریه,
    3: march март марта марте марти مارس,
    4: april apr апрель апреля апреле апрел апрели آوریل,
    5: may май мая мае майи می مه,
    6: june jun июнь июня июне июн июни ژوئن,
    7: july jul июль июля июле июл июли ژوئیه جولای,
    8: august aug август августа августе августи اوت آگست,
    9: september sep sept сентябрь сентября сентябре сентябр сентябри سپتامبر,
    10: october oct октябрь октября октябре октябр октябри اکتبر,
    11: november nov ноябрь ноября ноябре ноябр ноябри نوامبر,
    12: december dec декабрь декабря декабре декабр декабри دسامبر""")
#: Weekdays by name, Monday is 0.
WEEKDAYS: Final = _table("""
    0: monday mon понедельник понедельника душанбеи دوشنبه,
    1: tuesday tue вторник вторника сешанбе сешанбеи سه‌شنبه,
    2: wednesday wed среда среду среды чоршанбе чоршанбеи چهارشنبه,
    3: thursday thu четверг четверга панҷшанбе панҷшанбеи پنجشنبه پنج‌شنبه,
    4: friday fri пятница пятницу пятницы ҷумъа ҷумъаи جمعه,
    5: saturday sat суббота субботу субботы шанбе شنبه,
    6: sunday sun воскресенье воскресенья якшанбе یکشنبه یک‌شنبه""")
_WORD: Final = r"[^\W\d_]+(?:\u200c[^\W\d_]+)*"
_DAY: Final = r"(?P<{0}>\d{{1,2}})(?:-?(?:st|nd|rd|th|го|й|е|ум|юм)\b)?"
_NAMED: Final = re.compile(
    rf"(?:(?<!\d){_DAY.format('first')}(?:\s+of)?\s+)?\b(?P<month>{_WORD})\b\.?(?:\s+(?:the\s+)?{_DAY.format('second')}"
    r"(?![\d:]))?(?:,?\s+(?P<year>\d{4})\b)?"
)
_FIGURES: Final = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}))(?!\d)"
)


class StatedDay(NamedTuple):
    """What a text says of a day; ``weekday`` counts from Monday, 0. None is "not said"."""

    day: int | None
    month: int | None
    year: int | None
    weekday: int | None


def days_in(text: str) -> tuple[StatedDay, ...]:
    """Find the days, months and weekdays that a text names, in that order.

    Examples
    --------
    >>> days_in("on Wednesday, November 26")
    (StatedDay(day=26, month=11, year=None, weekday=None), StatedDay(day=None, month=None, year=None, weekday=2))
    """
    plain = text.translate(DIGITS)
    found = [
        StatedDay(int(one["d"] or one["day"]), int(one["m"] or one["month"]), int(one["y"] or one["year"]), None)
        for one in _FIGURES.finditer(plain)
    ]
    at = 0
    while one := _NAMED.search(plain, at):
        month = MONTHS.get(one["month"].lower()) if _is_month(one["month"]) else None
        at = one.end() if month else one.end("month")
        if month:
            day = one["first"] or one["second"]
            found.append(StatedDay(int(day) if day else None, month, int(one["year"]) if one["year"] else None, None))
    weekdays = (WEEKDAYS.get(word.lower()) for word in re.findall(_WORD, plain))
    return (*found, *(StatedDay(None, None, None, day) for day in weekdays if day is not None))


def _is_month(word: str) -> bool:
    """Tell "May" from "may", "March" from "march": as English months they have a capital."""
    return word.lower() in MONTHS and not (word.isascii() and word.islower())
