"""JSON of unknown origin, read strictly: UTF-8, each key once, no NaN, no bottomless nesting, no endless file."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from .errors import shorten
from .inputs import read_bounded
from .limits import limits, raising

__all__ = ["JsonRefused", "read_json"]


class JsonRefused(ValueError):
    """Why a file was not read; the message is one clause without an end."""


def read_json(path: Path) -> Any:  # noqa: ANN401 - any JSON value
    """Read a JSON file of at most ``text_bytes`` bytes.

    Raises
    ------
    JsonRefused
        It is missing, too large, or no JSON that can mean only one thing.
    """
    try:
        raw = read_bounded(path, limits().text_bytes)
    except FileNotFoundError as error:
        raise JsonRefused("there is no such file") from error
    except OSError as error:
        raise JsonRefused(f"it cannot be read ({error.strerror})") from error
    if raw is None:
        raise JsonRefused(f"it has more than {limits().text_bytes:,} bytes ({raising('text_bytes')})")
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
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
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise JsonRefused(f'the key "{shorten(twice)}" stands twice in one object')
    return found


def _no_constant(name: str) -> None:
    raise JsonRefused(f"{name} is no number in JSON")
