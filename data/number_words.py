"""Words for numbers in English, Russian, Tajik and Persian, as news reports use them; only tables.

Every word is in lower case, without vowel marks, ё written as е. Values are whole counts.
"""

from __future__ import annotations

from typing import Final

__all__ = ["AT_LEAST", "DIGITS", "INEXACT", "JOINS", "MORE_THAN", "RANGES", "SCALES", "TENS", "UNITS", "UP_TO", "WEAK"]

#: Digits of other scripts (Arabic-Indic, Persian) to those of ASCII.
DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def _table(text: str) -> dict[str, int]:
    """Read ``value: word word, value: word`` into words with their value."""
    rows = (row.split(":") for row in " ".join(text.split()).split(","))
    return {word: int(value) for value, words in rows for word in words.split()}


#: Words below twenty, which end a number or follow a ten or a hundred.
UNITS: Final = _table("""
    0: zero none nobody никто нуль ноль هیچ,
    1: one single один одна одно одного одной одну одним одном як якто یک,
    2: two both два две двух двое двоих двум двумя оба обе обоих ду дуто دو,
    3: three три трех трое троих трем тремя се сето سه,
    4: four четыре четырех четверо четверых чор чаҳор чорто چهار,
    5: five пять пяти пятеро пятерых пятью панҷ панҷто پنج,
    6: six шесть шести шестеро шестерых шестью шаш شش,
    7: seven семь семи семеро семерых семью ҳафт هفت,
    8: eight восемь восьми восьмеро восьмерых ҳашт هشت,
    9: nine девять девяти девятеро девятью нуҳ нӯҳ نه,
    10: ten десять десяти десятеро десятью даҳ ده,
    11: eleven одиннадцать одиннадцати ёздаҳ یازده,
    12: twelve двенадцать двенадцати дувоздаҳ دوازده,
    13: thirteen тринадцать тринадцати сездаҳ سیزده,
    14: fourteen четырнадцать четырнадцати чордаҳ چهارده,
    15: fifteen пятнадцать пятнадцати понздаҳ پانزده,
    16: sixteen шестнадцать шестнадцати шонздаҳ شانزده,
    17: seventeen семнадцать семнадцати ҳабдаҳ ҳафдаҳ هفده,
    18: eighteen восемнадцать восемнадцати ҳаждаҳ ҳаҷдаҳ هجده,
    19: nineteen девятнадцать девятнадцати нуздаҳ нӯздаҳ نوزده""")

#: Words for tens and for the hundreds that Russian and Persian write as one word; a smaller one may follow.
TENS: Final = _table("""
    20: twenty двадцать двадцати бист бисту بیست,
    30: thirty тридцать тридцати сӣ сию سی,
    40: forty сорок сорока чил чилу چهل,
    50: fifty пятьдесят пятидесяти панҷоҳ панҷоҳу پنجاه,
    60: sixty шестьдесят шестидесяти шаст шасту شصت,
    70: seventy семьдесят семидесяти ҳафтод ҳафтоду هفتاد,
    80: eighty восемьдесят восьмидесяти ҳаштод ҳаштоду هشتاد,
    90: ninety девяносто девяноста навад наваду نود,
    200: двести двухсот دویست,
    300: триста трехсот سیصد,
    400: четыреста четырехсот چهارصد,
    500: пятьсот пятисот پانصد,
    600: шестьсот шестисот ششصد,
    700: семьсот семисот هفتصد,
    800: восемьсот восьмисот هشتصد,
    900: девятьсот девятисот نهصد""")

#: Words that multiply what stands before them; alone they count once ("a dozen", "hundred").
SCALES: Final = _table("""
    12: dozen дюжина дюжины дюжину,
    100: hundred сто ста сад саду صد,
    1000: thousand тысяча тысячи тысяч тысячу ҳазор ҳазору هزار,
    1000000: million миллион миллиона миллионов миллион میلیون""")

#: Words that join the parts of one number: "one hundred and five".
JOINS: Final = frozenset({"and", "و", "у"})
#: Words that may stand for one, or for no number at all; they can confirm a count, never gainsay it.
WEAK: Final = _table("1: a an another")

#: Words before a number that say how it is meant; longest first where one begins with another.
AT_LEAST: Final = (
    *("at least", "no fewer than", "no less than", "not less than", "a minimum of", "minimum"),
    *("не менее", "не меньше", "по меньшей мере", "как минимум", "минимум"),
    *("ҳадди ақал", "камаш", "на кам аз", "دست‌کم", "دست کم", "حداقل", "لااقل"),
)
MORE_THAN: Final = (
    *("more than", "over", "upwards of", "above", "exceeding"),
    *("более", "более чем", "больше", "свыше", "беш аз", "зиёда аз", "бештар аз", "بیش از", "بیشتر از"),
)
UP_TO: Final = (
    *("up to", "at most", "no more than", "as many as"),
    *("не более", "не больше", "максимум", "то", "حداکثر"),
)
#: What stands between two numbers that are the ends of one range.
RANGES: Final = frozenset({"-", "–", "—", "to", "or", "или", "ё", "تا", "یا"})
#: Words for a count without a number.
INEXACT: Final = frozenset(
    _table("""0:
        several some few many numerous dozens scores hundreds thousands multiple
        несколько нескольких многие много десятки десятков сотни сотен тысячи
        чанд якчанд даҳҳо садҳо چند چندین ده‌ها صدها""")
)
