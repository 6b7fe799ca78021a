"""What the tests of all formats share: the frames as they should come back, and tables to try."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import shapely
from page_case import crowd, scene_of
from target_case import target_scene

from panjmap.data.model import Tables
from panjmap.render.export import export_bytes
from panjmap.render.exports.columns import TABLES
from panjmap.render.prepare import read_scene
from panjmap.render.scene import Scene

#: A text in three scripts, with everything that some format takes for its own.
TITLE = "Ҳамла дар ҷойи «Ғӯ» — حمله در بدخشان \u200c؛ <b>&amp;</b> \"q\"; 'x' {{7*7}} $x^2$ ]]> =1+1 \n\tend"


def with_title(tables: Tables) -> Tables:
    """Give every record, and the first report and claim, a text that is hard to carry."""
    records = [record.model_copy(update={"title": f"{TITLE} {i}"}) for i, record in enumerate(tables.records)]
    reports = [report.model_copy(update={"outlet": TITLE}) for report in tables.reports[:1]]
    claims = [claim.model_copy(update={"value_text": TITLE, "said_by": TITLE}) for claim in tables.claims[:1]]
    return tables._replace(
        records=tuple(records),
        reports=(*reports, *tables.reports[1:]),
        claims=(*claims, *tables.claims[1:]),
    )


_HOLED = shapely.Polygon(shapely.box(69, 38, 70, 39).exterior, [shapely.box(69.2, 38.2, 69.4, 38.4).exterior])
#: Tables to try: the packaged ones; nothing at all; nothing located; areas only; many; hard texts; every payload in
#: every field.
CASES = ("packaged", "empty", "nowhere", "areas", "many", "hard", "target")


@cache
def case_of(name: str) -> Scene:
    """One scene of :data:`CASES`, made once."""
    area = ("district", _HOLED)
    change, shapes = crowd(300, [(1, 4), (2, 2)])
    made: dict[str, Callable[[], Scene]] = {
        "packaged": read_scene,
        "empty": lambda: scene_of(lambda all_: Tables(*((),) * len(all_))._replace(places=all_.places), shapes={}),
        "nowhere": lambda: scene_of(shapes={}),
        "areas": lambda: scene_of(shapes={"TJ-AF-2025-M-RAIDS": area, "TJ-AF-2025-11-26-A": area}),
        "many": lambda: scene_of(change, shapes=shapes),
        "hard": lambda: scene_of(with_title),
        "target": target_scene,
    }
    return made[name]()


@cache
def exported(name: str, format_: str) -> bytes:
    """The main file of a scene in a format, made once."""
    return next(iter(export_bytes(case_of(name), format_).files.values()))


def same(found: object, expected: object) -> bool:
    """Compare two cells; missing is missing, however a library writes it, and a list is a list."""
    a, b = _plain(found), _plain(expected)
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) < 1e-9
    return bool(a == b and isinstance(a, bool) == isinstance(b, bool))


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(one) for one in value]
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp | dt.datetime):
        return value.date()
    return value.item() if isinstance(value, np.generic) else value


def differing(found: Iterable[Mapping[str, Any]], expected: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """List every cell that came back as something else than went in: row, column, found, expected."""
    found, expected = list(found), list(expected)
    assert len(found) == len(expected)
    return [
        (i, name, one.get(name), value)
        for i, (one, other) in enumerate(zip(found, expected, strict=True))
        for name, value in other.items()
        if name not in one or not same(one[name], value)
    ]


def typed(rows: Iterable[Mapping[str, Any]], table: str) -> list[dict[str, Any]]:
    """Turn what a reader that knows no missing integer, no boolean or no date gives back into the column's type."""
    makers = {
        "integer": int,
        "number": float,
        "boolean": bool,
        "date": lambda value: dt.date.fromisoformat(value) if isinstance(value, str) else value,
    }
    kinds = {column.name: makers.get(column.type, lambda value: value) for column in TABLES[table]}
    return [
        {name: None if _plain(value) is None else kinds.get(name, lambda v: v)(value) for name, value in row.items()}
        for row in rows
    ]


def flat(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Join several values to one text, as a format without lists holds them."""
    return [
        {name: "; ".join(value) or None if isinstance(value, list) else value for name, value in row.items()}
        for row in rows
    ]
