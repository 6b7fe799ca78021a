"""CPU time of ``panjmap figure`` and ``panjmap kit``, beside that of the imports that they cannot do without.

Runs each in a process of its own, in turns, so that a busy machine slows both alike; prints the medians in CPU seconds
(user and system). Wanted: at most 4 for one figure of 183 mm in one format, at most 30 for a kit.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from build_cpu import COMMAND, cpu_seconds

ROUNDS = 3


def main() -> None:
    """Measure in turns and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        runs = {
            "imports": ("-c", "import click, folium, geopandas, matplotlib.figure, shapely"),
            "figure.png": ("-c", COMMAND, "figure", "--out", str(out / "figure.png")),
            "figure.svg": ("-c", COMMAND, "figure", "--out", str(out / "figure.svg")),
            "figure.pdf": ("-c", COMMAND, "figure", "--out", str(out / "figure.pdf")),
            "kit": ("-c", COMMAND, "kit", str(out / "kit")),
        }
        cpu_seconds(*runs["figure.png"])  # once unmeasured: compiled files, fonts, disk cache
        times: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(ROUNDS):
            for name, arguments in runs.items():
                times[name].append(cpu_seconds(*arguments))
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    print(f"import click, folium, geopandas, matplotlib, shapely  {medians['imports']:.2f} CPU s")
    for name in ("figure.png", "figure.svg", "figure.pdf"):
        took = f"{medians[name]:.2f} CPU s, {medians[name] / medians['imports']:.1f} times the imports"
        print(f"panjmap figure, {name[-3:]} (wanted: at most 4)              {took}")
    print(f"panjmap kit (wanted: at most 30)                      {medians['kit']:.2f} CPU s")


if __name__ == "__main__":
    main()
