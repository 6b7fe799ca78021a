"""Which names an output may have: nothing that leaves the folder asked for, hides, or cannot be copied elsewhere.

A map is sent on: its name has to be one on Windows, too, and in a mail. Pure; nothing is looked up on the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from .text import clean

__all__ = ["unfit_name"]

#: Names that Windows keeps for devices, with any ending (documented under "Naming Files, Paths, and Namespaces").
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def unfit_name(path: Path) -> str | None:
    """Tell why a file or folder must not be written under this path, or None where it may.

    Looked at are the steps of the path as given (``..``, an unexpanded ``~``) and its last name; how the folders above
    are called is the user's business.

    Examples
    --------
    >>> unfit_name(Path("output/map.html"))
    >>> unfit_name(Path("../map.html"))
    'it leads out of the folder with ".."'
    >>> unfit_name(Path("CON.html"))
    'Windows keeps that name for a device'
    """
    return next((reason for reason, is_so in _faults(path) if is_so), None)


def _faults(path: Path) -> Iterator[tuple[str, object]]:
    """Yield each reason that a path may be unfit for, and whether it is."""
    name, first = path.name, path.parts[0] if path.parts else ""
    yield 'it leads out of the folder with ".."', ".." in path.parts
    yield 'a "~" that no shell has replaced', first.startswith("~")
    yield "it is an address, not a path", _SCHEME.fullmatch(first)
    unseen = clean(name) != unicodedata.normalize("NFC", name) or {"\n", "\t"} & set(name)
    yield "its name holds a control character, or one that turns the direction of reading", unseen
    yield "Windows keeps that name for a device", _DEVICES.fullmatch(name)
    yield 'its name holds one of < > : " | ? * \\, which Windows does not allow', _FORBIDDEN.search(name)
    yield f'its name begins with "{name[:1]}", so that it is hidden or taken for an option', name.startswith((".", "-"))
    yield "its name ends with a dot or a space, which Windows takes away", name.endswith((".", " "))
