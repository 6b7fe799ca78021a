"""Spellings of place names: what is the same name in other letters.

In goes a name as written, in Latin, Cyrillic or Arabic script; out come keys that compare equal, strict to lenient:
:func:`fold` (letter forms), :func:`plain_consonants` (one letter a consonant), :func:`sound` (vowel classes as well),
:func:`skeleton` (consonants alone; the only key that Arabic script shares with the other two).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

__all__ = ["Script", "fold", "letters", "plain_consonants", "script_of", "skeleton", "sound", "words"]


class Script(StrEnum):
    """Script of a spelling (ISO 15924), the value of ``place_names.script``."""

    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    ARABIC = "Arab"


#: Cyrillic to Latin as Russian and Tajik place names are commonly romanised (BGN/PCGN, with Tajik letters by sound).
#: й and ё lose their marks first, as in most Russian print, so that the marks never decide.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ғ": "gh", "қ": "q", "ҳ": "h", "ҷ": "j", "ұ": "u", "ү": "u", "ө": "o", "ң": "n", "і": "i", "ә": "a",
}  # fmt: skip
#: Arabic-script letters with several forms, and Pashto letters, to the letter Persian uses.
_ARABIC = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی", "ك": "ک", "ګ": "گ", "ڭ": "ن", "ة": "ه", "ە": "ه", "ھ": "ه",
    "ہ": "ه", "ۃ": "ه", "ٱ": "ا", "ټ": "ت", "ډ": "د", "ړ": "ر", "ڼ": "ن", "ځ": "ز", "څ": "س", "ښ": "ش", "ږ": "ژ",
    "ۇ": "و", "ۆ": "و", "ۋ": "و", "ء": "", "ـ": "",
}  # fmt: skip
#: Latin letters that carry no separable mark; letters that stand for the apostrophe are dropped.
_LATIN = {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "ə": "a"} | dict.fromkeys("ʻʼʿʾʹʺ", "")
_ROMAN = str.maketrans(_CYRILLIC | _ARABIC | _LATIN)
_NO_LETTERS = str.maketrans(dict.fromkeys("'`´‘’‛′ʻʼʿʾʹʺ\"“”„«»‹›\u200b\u200c\u200d\u00ad\ufeff"))


def _bare(text: str) -> str:
    """Case, compatibility forms, marks and apostrophes gone."""
    text = unicodedata.normalize("NFKD", text.translate(_NO_LETTERS)).casefold()
    text = unicodedata.normalize("NFKD", text).translate(_NO_LETTERS)
    return "".join(c for c in text if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def letters(text: str) -> tuple[str, ...]:
    """Split a name into lower-case words of its own script, without marks (й is и, ё is е) and apostrophes.

    Hyphens, dots and all other signs separate words.

    >>> letters("«Калаи-Хумб»")
    ('калаи', 'хумб')
    """
    return tuple("".join(c if c.isalnum() else " " for c in _bare(text)).split())


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Split a name into folded words; see :func:`letters` and :func:`fold`.

    >>> words("Қалъаи Хумб")
    ('qalai', 'khumb')
    """
    while (folded := _bare(text).translate(_ROMAN)) != text:
        text = folded
    return letters(folded)


def fold(text: str) -> str:
    """Bring a name to letters and digits in one form: no case, marks, apostrophes, hyphens or spaces.

    Cyrillic (with the Tajik letters) is romanised; Arabic script keeps its letters in their Persian form, without vowel
    marks and joiners. Idempotent. Administrative words stay.

    >>> fold("Қалъаи Хумб") == fold("Qal'ai-Khumb") == "qalaikhumb"
    True
    """
    return "".join(words(text))


def script_of(text: str) -> Script:
    """Script of the first letter that has one of the three; Latin where none has."""
    for c in text:
        if "\u0400" <= c <= "\u052f":
            return Script.CYRILLIC
        if "\u0600" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f" or "\ufb50" <= c <= "\ufeff":
            return Script.ARABIC
        if c.isalpha():
            return Script.LATIN
    return Script.LATIN


_CONSONANTS = (
    (re.compile("dsch"), "j"),
    (re.compile("tsch|tch"), "c"),
    (re.compile("sch|sh"), "š"),
    (re.compile("ch"), "c"),
    (re.compile("dzh|dj|zh|j"), "j"),
    (re.compile("kh|x"), "h"),
    (re.compile("gh"), "g"),
    (re.compile("q"), "k"),
    (re.compile("w"), "v"),
    (re.compile("ph"), "f"),
)
_DOUBLED = re.compile(r"([^\Waeiou\d_])\1+")
_VOWELS = (
    (re.compile("y[oe]"), "i"),
    (re.compile("ou|oo"), "u"),
    (re.compile("o"), "a"),
    (re.compile("ey|ay|ei"), "ai"),
    (re.compile("iy|yi|yy"), "i"),
    (re.compile("[ey]"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=8192)
def plain_consonants(key: str) -> str:
    """Merge the ways to write one consonant in a folded key: kh/x/h, gh/g, q/k, w/v, dzh/dj/zh/j, sh, ch, doubles."""
    for pattern, letter in _CONSONANTS:
        key = pattern.sub(letter, key)
    return _DOUBLED.sub(r"\1", key)


@lru_cache(maxsize=8192)
def sound(key: str) -> str:
    """Merge vowels of one class in a folded key as well: o/a, u/ou/oo, i/y/e/yo, ay/ey/ai; no doubled letters."""
    key = plain_consonants(key)
    for pattern, letter in _VOWELS:
        key = pattern.sub(letter, key)
    return key


_ARABIC_SOUNDS = str.maketrans(
    "بپتثجچحخدذرزژسشصضطظغفقکگلمنه",
    "bptsjchhdzrzjsšsztzgfkkglmnh",
)
_ARABIC_VOWELS = re.compile("(?<!^)و(?!ا)|(?<!^)ی|[اع]|ه$")


@lru_cache(maxsize=8192)
def skeleton(key: str) -> str:
    """Consonants of a folded key, the same for all three scripts.

    Arabic script: و is a consonant at the start of a name and before alef, ی at the start; a final ه is a vowel.
    Latin: y is a consonant only at the start; a final h after a vowel is none.
    """
    if script_of(key) is Script.ARABIC:
        key = _ARABIC_VOWELS.sub("", key).translate(_ARABIC_SOUNDS).replace("و", "v").replace("ی", "y")
    else:
        key = re.sub("(?<=[aeo])h$", "", plain_consonants(key))
        key = key[:1].replace("y", "Y") + key[1:]
        key = re.sub("[aeiouy]", "", key).lower()
    return key
