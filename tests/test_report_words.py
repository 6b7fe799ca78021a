"""No words of a report are copied: no run of 30 characters in any tracked file or in any output.

The reports' texts cannot be in the repository; ``PANJMAP_SHARED`` names the folder that holds them.
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest
from package_reader import runs, texts_in

from panjmap.data.tables import PACKAGED, read_tables

ROOT = Path(__file__).parents[1]


@cache
def reports_in(folder: Path) -> tuple[str, ...]:
    found = tuple(path.read_text("utf-8") for path in sorted((folder / "reports").glob("*.txt")))
    assert len(found) == len(read_tables(PACKAGED).reports)
    return found


def test_no_tracked_file_holds_a_run_of_a_report(shared):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0")[:-1]
    if not names:
        pytest.skip("the tracked files are listed by git, and this is no git checkout")
    copied = {
        name: found for name in names if (found := runs(texts_in((ROOT / name).read_bytes()), reports_in(shared)))
    }
    assert copied == {}


@pytest.mark.parametrize(
    "written",
    [
        "Officials said that a quick brown fox had jumped",
        "that a QUICK\n  brown\u00a0fox had jumped over",
        "“That a quick, brown – fox had jumped”",
        "<p>that a <b>quick</b> brown fox had jumped</p>",
    ],
)
def test_a_run_is_found_however_it_is_written(written):
    assert runs([written], ["It is said that a quick brown fox had jumped over a dog."])


def test_shorter_runs_and_the_cells_beside_them_are_our_own():
    report = "It is said that a quick brown fox had jumped over a dog."
    assert runs(["a brown fox jumped over that dog, it is said", "a quick brown fox,had jumped"], [report]) == set()
