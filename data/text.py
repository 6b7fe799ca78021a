"""The one place where text enters: strings from files and users, made safe to store, compare and show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["REPLACEMENT", "clean", "printed"]

#: What stands where a character was that must not pass: visible, and the same length.
REPLACEMENT = "\ufffd"

# C0 and C1 controls but tab and line feed; bidi marks, embeddings, overrides and isolates; lone surrogates; the byte
# order mark, interlinear annotation, non-characters and invisible tags. The zero-width joiner and non-joiner
# (U+200C, U+200D) stay: Persian spelling needs them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe"
    "\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    r"""Return text in NFC, line breaks as ``\n``, and every unsafe character as a visible U+FFFD.

    Unsafe are control characters, bidirectional controls (they let a text read as another one), lone surrogates (they
    cannot be encoded) and invisible tags. Cleaning twice changes nothing more.

    Examples
    --------
    >>> clean("user\u202egpj.exe")
    'user\ufffdgpj.exe'
    >>> clean("two\r\nlines")
    'two\nlines'
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSAFE.sub(REPLACEMENT, text))


_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")


def printed(lines: Iterable[str]) -> str:
    r"""Join lines for a terminal; what a text of the tables breaks stays on its line, so that it cannot forge one.

    Examples
    --------
    >>> printed(["x: a\nerror: b", "  1 record"])
    'x: a error: b\n  1 record'
    """
    return "\n".join(_BREAKS.sub(" ", line) for line in lines)
