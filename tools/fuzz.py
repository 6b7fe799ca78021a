"""Hunt for bytes that break a reader, led by what code they reach: ``python tools/fuzz.py SECONDS``.

A second process runs the fuzzer (atheris, libFuzzer underneath); what it finds does not stop it. Each finding is kept
as the file that a reader saw, in ``build/fuzz/``: make it small by hand, and keep it in ``tests/corpus/`` for good.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Words that mutations put in.
WORDS = (
    *('"type":', '"Feature"', '"FeatureCollection"', '"features":[', '"geometry":', '"coordinates":[', '"Point"'),
    *('"properties":{', '"crs"', "null", "NaN", "Infinity", "-1e999", "\\\\ud800", "[[[[[[", "{}", "\x1e", "sep=;"),
    *("<kml>", "<Placemark>", "</Placemark>", "<Point>", "<coordinates>", "<MultiGeometry>", "<![CDATA[", "]]>"),
    *("<!DOCTYPE a [", "<!ENTITY", "&#0;", "<?xml version='1.0' encoding='utf-16'?>", "<NetworkLink>", "xmlns:a="),
    *('<c r="XFD1048576" t="s">', "<v>", "<row r=", "<f>", "<is><t>", "<si>", "<mergeCell ref=", '<c t="b">', 't="e"'),
    *("lat,lon,date", '""', "\r\n", "\r", ";", "\t", "early ", "2025-11-26T23:30:00+05:00", "31/12/2025", "\u2212"),
    *("\ufeff", "\u202e", "\u0000", "\U000e0001", "\xff\xfe", "1e308", "-0", "_x0000_", "_xD800_"),
)


def main() -> int:
    """Run the fuzzer for a time, or a number of inputs; return 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=int, nargs="?", default=60, help="how long (60)")
    parser.add_argument("--inputs", type=int, default=0, help="stop after so many inputs")
    parser.add_argument("--found", type=Path, default=ROOT / "build" / "fuzz", help="where findings are kept")
    parser.add_argument("--hunt", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.hunt:
        _hunt(chosen.hunt, chosen.found, chosen.seconds, chosen.inputs)
    if importlib.util.find_spec("atheris") is None:
        print("no fuzzer for this machine (atheris: Linux on x86_64, Python 3.11 to 3.13); no bytes were tried")
        return 0
    return _lead(chosen.found, chosen.seconds, chosen.inputs)


def _lead(found: Path, seconds: int, inputs: int) -> int:
    """Start the fuzzer in a process of its own and say in two lines what came of it."""
    found.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        words = [__file__, str(seconds), "--inputs", str(inputs), "--found", str(found), "--hunt", folder]
        command = [sys.executable, *words]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as hunt:  # noqa: S603 - us
            said = [line for line in hunt.stderr or () if _tells(line)]
    lines = "".join(said)
    if done := re.findall(r"(?m)^Done (\d+) runs in (\d+) second", lines):
        reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", lines)[-1]
        print(f"{done[-1][0]} inputs in {done[-1][1]} s; {reached[0]} places reached, {reached[2]} inputs reach more")
    new = sorted(set(found.iterdir()) - before)
    for path in new:
        print(f"found: {path}")
    if hunt.returncode or not done:
        print(lines[-4000:], file=sys.stderr)
        return 1
    print(f"{len(new)} findings")
    return 1 if new else 0


def _tells(line: str) -> bool:
    """Keep what matters of many lines; a new input says little."""
    return not re.match(r"#\d+\s+(NEW|REDUCE)|INFO: (Instrumenting|Using|seed)", line)


def _hunt(folder: Path, found: Path, seconds: int, inputs: int) -> None:
    """Run the fuzzer here; does not return."""
    import atheris

    with atheris.instrument_imports(include=["panjmap"]):
        import fuzz_targets
    met: set[str] = set()

    def try_one(data: bytes) -> None:
        try:
            fuzz_targets.run(data, folder)
        except Exception as error:
            place = _place(error)
            if place not in met:
                met.add(place)
                _keep(data, found, error)

    begin, work, words = folder / "seeds", folder / "inputs", folder / "words"
    begin.mkdir()
    work.mkdir()
    for number, seed in enumerate(fuzz_targets.seeds(ROOT / "tests" / "hostile")):
        (begin / str(number)).write_bytes(seed)
    for number, seed in enumerate(fuzz_targets.seeds(ROOT / "tests" / "corpus")):
        (begin / f"corpus{number}").write_bytes(seed)
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    words.write_text("".join(f'"{word}"\n' for word in escaped), encoding="utf-8")
    ends = [f"-max_total_time={seconds}", *([f"-runs={inputs}"] if inputs else [])]
    bounds = ["-max_len=4096", "-timeout=60", "-rss_limit_mb=2048", f"-artifact_prefix={found}/"]
    atheris.Setup(
        [sys.argv[0], *ends, *bounds, f"-dict={words}", "-print_final_stats=1", str(work), str(begin)], try_one
    )
    atheris.Fuzz()


def _place(error: Exception) -> str:
    """Name where an error arose, so that each kind of it is kept once."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "panjmap" in frame.filename]
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-2:]]
    said = re.sub(r"\d+|'[^']*'|\"[^\"]*\"", "", str(error))[:60]
    return f"{type(error).__name__} {' '.join(where)} {said}"


def _keep(data: bytes, found: Path, error: Exception) -> None:
    """Write the file that a reader saw, and what went wrong beside it."""
    import fuzz_targets

    made = fuzz_targets.file_of(data)
    name = hashlib.sha256(data).hexdigest()[:12]
    ending, content = (made.ending, made.content) if made else (".input", data)
    (found / f"{name}{ending}").write_bytes(content)
    kind = fuzz_targets.KINDS[data[0] % 64 % len(fuzz_targets.KINDS)] if data else ""
    tight = "" if made is None or made.limits is not fuzz_targets.TIGHT else ", tight limits"
    text = f"{kind}{tight}\n{''.join(traceback.format_exception(error))}"
    (found / f"{name}.txt").write_text(text, encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
