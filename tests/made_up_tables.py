"""The made-up tables of the benchmarks, for tests, with more on them: ranges, denials, words, totals, decisions."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from made_up import write_many

__all__ = ["made_up"]

COUNT = 40


def made_up(folder: Path) -> Path:
    """Write tables into ``folder``: forty records more than the packaged ones, and several claims on some of them."""
    write_many(folder, COUNT)
    for i in range(0, COUNT, 3):
        record = f"MADE-UP-{i:05}"
        _claim(folder, f"Y{i:05}", record, "killed", value_low=str(i + 2), victim_group="civilian")
        _claim(folder, f"Z{i:05}", record, "injured", value_text="words: several", victim_group="not_described")
        _claim(
            folder,
            f"W{i:05}",
            record,
            "killed",
            value_low="0",
            value_high="9",
            victim_group="state_force",
            modality="denied",
        )
        _claim(folder, f"V{i:05}", record, "event_date", value_text="2024-05-0" + str(1 + i % 9))
        _claim(
            folder,
            f"U{i:05}",
            record,
            "injured_total_two_attacks",
            value_low="2",
            value_high="4",
            victim_group="state_force",
        )
        _claim(folder, f"T{i:05}", record, "perpetrator", value_text="people unknown", modality="alleged")
    # Of two operations with people killed, one has no number.
    people = {"victim_group": "alleged_smuggler"}
    _claim(folder, "Q1", "MADE-UP-00005", "killed", value_text="words: several", **people)
    _claim(folder, "Q2", "MADE-UP-00013", "killed", value_low="3", value_high="3", **people)
    return folder


def _claim(folder: Path, claim_id: str, record: str, attribute: str, **values: str) -> None:
    path = folder / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    row = {"claim_id": claim_id, "report_id": "eurasianet-2025-12-02", "record_id": record, "attribute": attribute}
    row |= {"said_by": "made up", "speaker_id": "tj-officials", "modality": "asserted"} | values
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerow(row)
