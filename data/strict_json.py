"""JSON of unknown origin, read strictly: UTF-8, each key once, no NaN, no bottomless nesting, no endless file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

__all__ = ["JsonRefused", "read_json"]

#: Lists within a text of this size still fit into a gigabyte of memory, bytes.
LARGEST: Final = 32 * 1024 * 1024


class JsonRefused(ValueError):
    """Why a file was not read; the message is one clause without an end."""


def read_json(path: Path, largest: int = LARGEST) -> tuple[Any, bytes]:
    """Read a JSON file; also return its bytes.

    Raises
    ------
    JsonRefused
        It is missing, too large, or no JSON that can mean only one thing.
    """
    try:
        if not path.is_file():
            raise JsonRefused("it is a folder" if path.is_dir() else "there is no such file")
        with path.open("rb") as stream:
            raw = stream.read(largest + 1)
    except OSError as error:
        raise JsonRefused(f"it cannot be read ({error.strerror})") from error
    if len(raw) > largest:
        raise JsonRefused(f"it has more than {largest:,} bytes")
    try:
        text = raw.decode("utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant), raw
    except UnicodeDecodeError as error:
        raise JsonRefused(f"it is no UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise JsonRefused(f"it is no JSON (line {error.lineno}: {error.msg})") from error
    except RecursionError as error:
        raise JsonRefused("its lists and objects lie too deep in one another") from error
    except JsonRefused:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise JsonRefused("it holds a number that is none") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise JsonRefused(f'the key "{twice[:60]}" stands twice in one object')
    return found


def _no_constant(name: str) -> None:
    raise JsonRefused(f"{name} is no number in JSON")
