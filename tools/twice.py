"""Make every output twice, in surroundings that differ in all that must not matter, and compare every byte.

``python tools/twice.py`` runs the commands in two processes: another folder, hash seed, time zone, locale, umask, home
and order of commands, tables copied to another place, and, for root, another user. Interpreters named in
``PANJMAP_PYTHONS`` (paths, separated by colons, each with the pinned requirements) take part, too. Ends with 1 if a
byte differs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from panjmap.render.exports.formats import FORMATS

ROOT = Path(__file__).resolve().parents[1]
#: Runs in the interpreter and the surroundings that are tried: commands as lines of words, and where they print.
RUN = """
import contextlib, io, sys
from pathlib import Path
from panjmap.cli import main
for line in sys.stdin.read().splitlines():
    words = line.split("\\t")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        main(words, standalone_mode=False)
    if words[0] not in ("build", "export", "figure", "import", "kit"):  # those print sizes
        Path("out", words[0] + ".txt").write_text(printed.getvalue(), encoding="utf-8", newline="")
"""
NOBODY = 65534


#: Rows to import, of no data set; imported before anything else.
ROWS = """event_id,date,latitude,longitude,event_type,killed,title
r1,2025-11-26,37.68,70.00,drone_strike,3,Made up
r2,2025-11-30,38.45,70.80,armed_attack,,Чунин ҳодиса набуд
"""
IMPORT = ["import", "rows.csv", "--to", "out/rows.parquet", "--yes"]


def commands() -> list[list[str]]:
    """List the commands that write or print something, with outputs in ``out/`` of the current folder."""
    exports = [["export", "--format", name, "--out", f"out/{name}{FORMATS[name].suffixes[0]}"] for name in FORMATS]
    figures = [["figure", "--out", f"out/figure.{form}"] for form in ("png", "svg", "pdf")]
    strips = [["figure", "--strip", "--grey", "--names", "fa", "--out", "out/strip.svg"]]
    builds = [["build", "--out", "out/map.html"], ["build", "--out", "out/own/map.html", "--internal"]]
    builds += [["build", "--rows", "out/rows.parquet", "--out", "out/rows/map.html"]]
    printed = [["check", "--json"], ["embed"], ["places", "--json", "Дарваз"], ["trace", "TJ-AF-2025-12-KAVO"]]
    return [*builds, *exports, *figures, *strips, ["kit", "out/kit"], *printed]


def surroundings() -> dict[str, dict[str, str]]:
    """Return the environments by name; what they do not name they share."""
    return {
        "plain": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
        "other": {"PYTHONHASHSEED": "4711", "TZ": "Asia/Dushanbe", "LC_ALL": "C", "LANG": "fa_IR", "PYTHONUTF8": "0"},
    }


def made(python: str, name: str, folder: Path) -> dict[str, str]:
    """Run all commands with an interpreter in one of the surroundings, and return the SHA-256 of each file."""
    other = name == "other"
    place = folder / ("another folder, далеко" if other else "a")
    for one in (place / "out", place / "home"):
        one.mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "tables", place / "tables")
    (place / "rows.csv").write_text(ROWS, encoding="utf-8", newline="")
    lines = [[*words, *(["--data", "tables"] if other else [])] for words in commands()]
    given = "\n".join("\t".join(words) for words in (IMPORT, *(lines[::-1] if other else lines)))
    environment = {**os.environ, **surroundings()[name], "HOME": str(place / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python, "-c", RUN]
    if other:
        command = [*_as_nobody(place), *command]
    umask = 0o077 if other else 0o022
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=place, env=environment, input=given.encode(), capture_output=True, check=False, umask=umask
    )
    if done.returncode:
        sys.exit(f"{python}, {name}: {done.stderr.decode('utf-8', 'replace')}")
    return dict(_sums(place / "out"))


def _as_nobody(place: Path) -> list[str]:
    """Become a user who owns nothing but this folder, and may still read what the interpreter consists of.

    Nothing, where that takes rights that the user running this has not.
    """
    who = ["--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    become = ["setpriv", *who, "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    tried = shutil.which("setpriv") and subprocess.run([*become, "true"], capture_output=True, check=False)  # noqa: S603
    if not tried or tried.returncode:
        print("(both as the same user: becoming another one takes root and setpriv)")
        return []
    for path in (place, *place.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    place.parent.chmod(0o755)
    return become


def _sums(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def difference(one: Mapping[str, str], two: Mapping[str, str]) -> list[str]:
    """Name the files that are not the same in both."""
    return sorted(name for name in {*one, *two} if one.get(name) != two.get(name))


def main() -> None:
    """Compare everything with the first run, and say how many files are the same."""
    pythons = [sys.executable, *filter(None, os.environ.get("PANJMAP_PYTHONS", "").split(":"))]
    first: dict[str, str] = {}
    differing = 0
    for python in pythons:
        for name in surroundings():
            with tempfile.TemporaryDirectory() as folder:
                found = made(python, name, Path(folder))
            first = first or found
            different = difference(first, found)
            differing += len(different)
            version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
            print(f"{version.strip()}, {name}: {len(found) - len(different)} of {len(first)} files the same")
            for file in different:
                print(f"  differs: {file}")
    sys.exit(1 if differing or not first else 0)


if __name__ == "__main__":
    main()
