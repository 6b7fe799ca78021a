"""CPU time of ``panjmap build`` against that of its imports alone, and of ``panjmap --help``.

Runs each in a process of its own, in turns, so that a busy machine slows both alike; prints the medians in CPU seconds
(user and system) and their ratio. Wanted: the ratio at most 1.5, the help at most 0.25 s.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 7
COMMAND = "from panjmap.cli import main; main()"


def cpu_seconds(*arguments: str) -> float:
    """Run Python with arguments and return the user and system time it took, in seconds."""
    with subprocess.Popen(  # noqa: S603, our own commands
        [sys.executable, *arguments], stdout=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: python {' '.join(arguments)}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure in turns and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        runs = {
            "imports": ("-c", "import click, folium, geopandas, shapely"),
            "build": ("-c", COMMAND, "build", "--out", str(Path(folder) / "map.html")),
            "help": ("-c", COMMAND, "--help"),
        }
        for arguments in runs.values():  # once unmeasured: compiled files, disk cache
            cpu_seconds(*arguments)
        times = {name: [] for name in runs}
        for _ in range(ROUNDS):
            for name, arguments in runs.items():
                times[name].append(cpu_seconds(*arguments))
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    print(f"import click, folium, geopandas, shapely  {medians['imports']:.2f} CPU s")
    print(f"panjmap build                             {medians['build']:.2f} CPU s")
    print(f"ratio (wanted: at most 1.5)               {medians['build'] / medians['imports']:.2f}")
    print(f"panjmap --help (wanted: at most 0.25)     {medians['help']:.2f} CPU s")


if __name__ == "__main__":
    main()
