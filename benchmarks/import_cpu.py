"""CPU seconds and memory of importing many rows: made-up rows in a CSV file, read, checked, written as Parquet.

Run: ``python benchmarks/import_cpu.py [rows]`` (a million by default). Nothing in the rows happened.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from panjmap.data.intake.importing import import_rows
from panjmap.data.intake.source import read_source
from panjmap.data.limits import Limits, in_force

HEADER = "id,date,lat,lon,place,title,text,type,fatalities,precision,source,source_url,actor\n"
PLACES = ("Kavo", "Шоҳин", "Darvoz", "شغنان", "Kalot", "Vanj")
TYPES = ("drone_strike", "Armed clash", "shelling", "armed attack")


def write_rows(path: Path, count: int) -> None:
    """Write made-up rows, some 200 bytes each; the same for the same count."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        for n in range(count):
            place, day = PLACES[n % 6], f"20{18 + n % 8}-{1 + n % 12:02}-{1 + n % 28:02}"
            where = f"{36.5 + n % 40_009 / 16_000:.5f},{67.5 + n % 70_001 / 14_000:.5f}"
            told = f"Report {n}: people near {place} heard of it, and {n % 97} of them told a reporter on the next day"
            file.write(
                f'R{n},{day},{where},{place},Event {n},"{told}",{TYPES[n % 4]},{n % 5},settlement,Paper {n % 50},'
            )
            file.write(f"https://example.org/{n},group {n % 300}\n")


def seconds() -> float:
    """CPU seconds of this process so far."""
    return time.process_time()


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder, in_force(Limits(rows=count)):
        source, to = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        write_rows(source, count)
        before = seconds()
        for _ in read_source(source).rows:
            pass
        read = seconds()
        done = import_rows(source, to)
        end = seconds()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{done.about.rows:,} rows, {source.stat().st_size / 1e6:.0f} MB -> {to.stat().st_size / 1e6:.0f} MB")
        print(f"read {read - before:.1f} CPU s; read, checked and written {end - read:.1f} CPU s; peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
