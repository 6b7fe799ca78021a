"""Texts of the interface: one JSON file a language in ``render/languages/``, flat keys ``subject.name``.

A text may hold ``{name}`` for a value. Where a number decides the form, the keys end in the plural categories of the
language (``.one``, ``.other``, as in Unicode CLDR). A language that lacks a key falls back to English. How to add one:
``docs/languages.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from ..data.errors import AssetError

__all__ = ["CATEGORIES", "FALLBACK", "PLURALS", "language_of", "languages", "say", "script_texts", "ui_texts"]

#: The language that has every text.
FALLBACK: Final = "en"
#: Plural categories of Unicode CLDR.
CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
#: Plural category of a whole number by the rule that a language names in ``language.plural``, as in Unicode CLDR.
PLURALS: Final[dict[str, Callable[[int], str]]] = {
    "none": lambda _n: "other",
    "one": lambda n: "one" if n == 1 else "other",
    "zero-one": lambda n: "one" if n in (0, 1) else "other",
    "slavic": lambda n: (
        "one"
        if n % 10 == 1 and n % 100 != 11
        else "few"
        if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14)
        else "many"
    ),
}
_FOLDER: Final = Path(__file__).parent / "languages"


def languages() -> tuple[str, ...]:
    """List the languages that have a file, ISO 639-1, in alphabetical order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.json")))


def language_of(lang: str) -> str:
    """Give the language that the page speaks when ``lang`` is asked for: English, if that has no file."""
    return lang if lang in languages() else FALLBACK


@cache
def ui_texts(lang: str) -> dict[str, str]:
    """Read the interface texts of a language; an unknown language and a missing text give English.

    Raises
    ------
    AssetError
        If the installation lacks the file.
    """
    return _read(FALLBACK) | _read(language_of(lang))


def script_texts(lang: str, scripts: str) -> dict[str, str]:
    """Give the texts that scripts ask for, by a whole key or by its beginning (``'names.' + script``)."""
    whole = set(re.findall(r"'([a-z]+(?:\.[a-z0-9_]+)+)'", scripts))
    begun = tuple(re.findall(r"'([a-z]+\.(?:[a-z0-9_]+\.)*)'", scripts))
    wanted = {*whole, *(f"{key}.{category}" for key in whole for category in CATEGORIES)}
    return {key: text for key, text in ui_texts(lang).items() if key in wanted or key.startswith(begun)}


def say(lang: str, key: str, **values: object) -> str:
    """Fill in a text; where a whole number ``n`` decides the form, its plural category is looked up."""
    texts, count = ui_texts(lang), values.get("n")
    if isinstance(count, int):
        form = PLURALS[texts["language.plural"]](count)
        text = texts.get(f"{key}.{form}") or texts.get(f"{key}.other") or texts[key]
    else:
        text = texts[key]
    return re.sub(r"\{(\w+)\}", lambda name: str(values.get(name[1], name[0])), text)


def _read(lang: str) -> dict[str, str]:
    try:
        text = (_FOLDER / f"{lang}.json").read_text("utf-8")
    except OSError as error:
        name = f"render/languages/{lang}.json"
        raise AssetError(name, "missing from the installation", "install panjmap again") from error
    return {str(key): str(value) for key, value in json.loads(text).items()}
