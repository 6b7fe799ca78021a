"""Memory and time of ``panjmap import`` for files that are heavy or made to hurt.

Each file of ``heavy_files.py`` and of ``tests/hostile`` is imported in a process of its own; printed are its size, the
exit code, CPU seconds (user and system), the largest resident memory, and the last line that was said. Wanted: at most
30 s on one core and 1 GiB for each; ends with 1 where one takes more.

    python benchmarks/readers.py            all
    python benchmarks/readers.py bomb json  those whose name holds one of the words
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from heavy_files import MAKERS

HOSTILE = Path(__file__).resolve().parents[1] / "tests" / "hostile"
COMMAND = "from panjmap.cli import main; main(prog_name='panjmap')"
MOST_S, MOST_MIB, STOP_S = 30, 1024, 120


def measure(file: Path, folder: Path) -> tuple[int, float, float, str]:
    """Import a file; return the exit code, CPU seconds, MiB at most, and the last line that was said."""
    said = folder / "said"
    with said.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603, our own command
            [sys.executable, "-c", COMMAND, "import", str(file), "--to", str(folder / "rows.parquet"), "--yes"],
            stdout=stream,
            stderr=stream,
            stdin=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (STOP_S, STOP_S)),  # noqa: PLW1509
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    lines = said.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    told = next((line for line in reversed(lines) if "nothing was written" not in line), lines[-1])
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, told


def report(name: str, file: Path, folder: Path) -> tuple[float, float]:
    """Measure one file, print a line, and return what it took."""
    size = file.stat().st_size / 1e6
    code, seconds, memory, told = measure(file, folder)
    mark = " " if seconds <= MOST_S and memory <= MOST_MIB and code in (0, 1) else "!"
    told = told.replace(str(file), file.name)
    print(f"{mark} {name:44} {size:7.1f} MB  {code:3}  {seconds:5.1f} s  {memory:5.0f} MiB  {told[:150]}", flush=True)
    return seconds, memory


def main() -> int:
    """Import each file and print what it took; return 1 where one is beyond the bounds."""
    words = sys.argv[1:]
    taken = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, make in MAKERS.items():
            if not words or any(word in name for word in words):
                file = make(folder)
                taken.append(report(name, file, folder))
                file.unlink()
        for file in sorted(HOSTILE.rglob("*.*")):
            name = file.relative_to(HOSTILE).as_posix()
            if not words or any(word in name for word in words):
                taken.append(report(name, file, folder))
    seconds, memory = (max(one[at] for one in taken) for at in (0, 1))
    print(f"{len(taken)} files; at most {seconds:.1f} CPU s (wanted {MOST_S}) and {memory:.0f} MiB (wanted {MOST_MIB})")
    return int(seconds > MOST_S or memory > MOST_MIB)


if __name__ == "__main__":
    sys.exit(main())
