"""Kill builds and kits at random moments, and look at what stands afterwards: ``python tools/kill.py [KILLS] [SEED]``.

A build of one of two data sets writes over the output of the other, and is killed (SIGKILL) at a moment between its
start and its end; every fourth moment lies within 20 ms after the first file is written. Then: is every file whole, do
map and manifest (a kit: all files and their sums) belong together, is anything left outside ``.panjmap-tmp``; and after
the next run, is that gone, too? Prints a table; ends with 1 if anything was lost. The moments are drawn from a seed.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from panjmap.data.files import settle
from panjmap.data.staging import STAGING
from panjmap.data.tables import PACKAGED, read_tables, write_tables

COMMAND = (sys.executable, "-c", "from panjmap.cli import main; main(prog_name='panjmap')")
Files = Mapping[str, bytes]


def run(*words: str | Path, temporary: Path, after: float | None = None, writing: Path | None = None) -> bool:
    """Run a command, killed after so many seconds, or so many after a path is there; whether it came to its end."""
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*COMMAND, *map(str, words)]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    while writing and not os.path.lexists(writing) and running.poll() is None:
        time.sleep(0.0005)
    try:
        _, said = running.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
        return False
    if running.returncode:
        sys.exit(f"{' '.join(command)}: {said.decode('utf-8', 'replace')}")
    return True


def contents(folder: Path) -> Files:
    """Return the bytes of all files but the temporary ones, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def own_tables(folder: Path, ending: str) -> Path:
    """Write the packaged tables with an ending to each record's title, so that the outputs of two differ."""
    tables = read_tables(PACKAGED)
    records = tuple(record.model_copy(update={"title": record.title + ending}) for record in tables.records)
    write_tables(tables._replace(records=records), folder)
    return folder


def told(folder: Path) -> bool:
    """Whether the sums that stand beside the files are theirs."""
    files = contents(folder)
    if "SHA256SUMS" in files:
        pairs = (line.split("  ") for line in files["SHA256SUMS"].decode().splitlines())
        return all(hashlib.sha256(files[name]).hexdigest() == digest for digest, name in pairs)
    said = json.loads(files["manifest.json"])["map"]
    return bool(hashlib.sha256(files[said["file"]]).hexdigest() == said["sha256"])


def kill_often(kind: str, data: tuple[Path, Path], work: Path, kills: int, chance: random.Random) -> Counter[str]:
    """Kill one command again and again; how often what was found."""
    out, temporary = work / kind, work / "tmp"
    words = ("kit", out) if kind == "kit" else ("build", "--out", out / "map.html")
    whole: list[Files] = []
    seconds = 0.0
    for folder in data:
        started = time.perf_counter()
        run(*words, "--data", folder, temporary=temporary)
        seconds = time.perf_counter() - started
        whole.append(contents(out))
    found: Counter[str] = Counter(kills=kills)
    assert whole[0] != whole[1]  # noqa: S101 - else nothing would be seen
    for turn in range(kills):
        stands = whole.index(contents(out))
        late, moment = turn % 4 == 3, chance.random()
        when = {"after": moment * 0.02, "writing": out / STAGING} if late else {"after": moment * seconds}
        ended = run(*words, "--data", data[1 - stands], temporary=temporary, **when)
        now = contents(out)
        found["came to an end first"] += ended
        found["file neither old nor new"] += any(now.get(n) not in (w.get(n) for w in whole) for n in {*now, *whole[0]})
        found["old files stand"] += now == whole[stands]
        found["new files stand"] += now == whole[1 - stands]
        found["mixed until the next run"] += now not in whole
        found["sums do not match"] += not told(out)
        found["temporary files in their place"] += (out / STAGING).exists()
        found["files left elsewhere"] += len([*work.iterdir()]) - 3 + len([*temporary.iterdir()])
        settle(out)
        found["LOST: mixed after the next run"] += contents(out) not in whole
        found["LOST: left after the next run"] += sorted(p.name for p in out.iterdir()) != sorted(whole[0])
    return found


def main() -> None:
    """Kill builds, then kits, a tenth as often, for they take longer."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)  # noqa: S311 - moments, no secrets
    lost = 0
    for kind, times in (("build", kills), ("kit", -(-kills // 10))):
        with tempfile.TemporaryDirectory() as name:
            work = Path(name)
            (work / "tmp").mkdir()
            data = own_tables(work / "data" / "one", ""), own_tables(work / "data" / "two", " (again)")
            found = kill_often(kind, data, work, times, chance)
        print(f"{kind}:")
        for what, number in found.items():
            print(f"  {number:>4}  {what}")
        lost += sum(number for what, number in found.items() if what.startswith(("LOST", "file n", "files left")))
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
