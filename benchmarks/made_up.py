"""Tables with many made-up records on the real ground, to measure with; nothing in them happened.

The packaged tables, and ``count`` attacks, measures and responses more: their places and dates walk through the
gazetteer and three years by whole steps, so that the same count gives the same tables.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from panjmap.data.tables import PACKAGED

__all__ = ["write_many"]

FIRST = dt.date(2023, 1, 1)
DAYS = 1060
#: (kind, type) in turn: mostly attacks, as in real sets.
KINDS = (
    ("attack", "armed_attack"),
    ("attack", "drone_strike"),
    ("attack", "armed_clash"),
    ("attack", "shelling"),
    ("state_operation", "counter_operation"),
    ("measure", "house_searches"),
    ("response", "statement"),
    ("attack", "armed_incursion"),
)


def _read(name: str) -> tuple[list[str], list[dict[str, str]]]:
    with (PACKAGED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return list(rows.fieldnames or ()), list(rows)


def _write(folder: Path, name: str, columns: list[str], rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_many(folder: Path, count: int) -> None:
    """Write tables with ``count`` made-up records besides the packaged ones into an existing folder."""
    for file in PACKAGED.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    places = [p for p in _read("places")[1] if p["country"] in ("TJ", "AF")]
    points = [p for p in places if p["lat"] and p["level"] == "settlement"]
    areas = [p for p in places if p["level"] == "district"]
    reports = [r["report_id"] for r in _read("reports")[1]]
    speakers = [s["speaker_id"] for s in _read("speakers")[1]]
    added: dict[str, list[dict[str, str]]] = {"records": [], "record_places": [], "claims": [], "decisions": []}
    for i in range(count):
        kind, type_ = KINDS[i % len(KINDS)]
        record, title = f"MADE-UP-{i:05}", f"{type_.replace('_', ' ').capitalize()} {i}"
        day = FIRST + dt.timedelta(days=i * 379 % DAYS)
        spans = {"date_start": str(day), "date_end": str(day + dt.timedelta(days=(0, 0, 0, 6, 30)[i % 5]))}
        dated = {**spans, "date_precision": "day" if i % 5 < 3 else "range", "date_basis": "stated"}
        if i % 20 == 19:
            dated = {"date_precision": "unknown", "date_basis": "not given"}
        sensitivity = "generalise" if kind == "measure" else "public"
        row = {"record_id": record, "kind": kind, "type": type_, "claimed_types": type_, "title": title}
        added["records"].append(row | dated | {"sensitivity": sensitivity})
        place = (areas if kind == "measure" or i % 3 == 0 else points)[
            i * 7 % len(areas if kind == "measure" or i % 3 == 0 else points)
        ]
        if kind != "response":
            added["record_places"].append({"record_id": record, "place_id": place["place_id"], "role": "event"})
        if place["level"] == "settlement" and kind != "measure":
            chosen = {"record_id": record, "attribute": "place", "chosen": place["place_id"]}
            added["decisions"].append(
                chosen | {"reason": "made up to measure with", "source": "none", "decided_on": "2026-01-01"}
            )
        claim = {
            "claim_id": f"X{i:05}",
            "report_id": reports[i % len(reports)],
            "record_id": record,
            "attribute": "killed",
        }
        said = {"speaker_id": speakers[i % len(speakers)], "said_by": "made up", "modality": "asserted"}
        killed = {"value_low": str(i % 7 + 1), "value_high": str(i % 7 + 1), "victim_group": "civilian"}
        added["claims"].append(
            claim | said | (killed if kind == "attack" else {"attribute": "response", "value_text": "made up"})
        )
    for name, rows in added.items():
        columns, packaged = _read(name)
        _write(folder, name, columns, packaged + [{k: v for k, v in row.items() if k in columns} for row in rows])
