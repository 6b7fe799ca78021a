"""Texts of the interface: one JSON file a language in ``render/languages/``, flat keys ``subject.name``.

A text may hold ``{name}`` for a value. Where a number decides the form, the keys end in the plural categories of the
language (``.one``, ``.other``, as in Unicode CLDR). A language that lacks a key falls back to English.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from ..data.errors import AssetError

__all__ = ["FALLBACK", "languages", "ui_texts"]

#: The language that has every text.
FALLBACK: Final = "en"
_FOLDER: Final = Path(__file__).parent / "languages"


def languages() -> tuple[str, ...]:
    """List the languages that have a file, ISO 639-1, in alphabetical order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.json")))


@cache
def ui_texts(lang: str) -> dict[str, str]:
    """Read the interface texts of a language; an unknown language and a missing text give English.

    Raises
    ------
    AssetError
        If the installation lacks the file.
    """
    texts = _read(FALLBACK)
    return texts | _read(lang) if lang in languages() else texts


def _read(lang: str) -> dict[str, str]:
    try:
        text = (_FOLDER / f"{lang}.json").read_text("utf-8")
    except OSError as error:
        name = f"render/languages/{lang}.json"
        raise AssetError(name, "missing from the installation", "install panjmap again") from error
    return {str(key): str(value) for key, value in json.loads(text).items()}
