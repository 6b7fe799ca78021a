"""The Makefile sets up once: a stand-in for Python notes what it is asked to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")

PYTHON = """#!/bin/sh
echo "$@" >> "{log}"
case "$1 $2" in
"-m venv") mkdir -p .venv/bin && cp "{self}" .venv/bin/python && cp "{self}" .venv/bin/panjmap ;;
esac
"""


class Checkout:
    """A folder with the Makefile, some package files and the stand-in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.python, self.log = folder / "checkout", folder / "python", folder / "log"
        (self.folder / "geo").mkdir(parents=True)
        for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
            shutil.copyfile(ROOT / name, self.folder / name)
        (self.folder / "geo" / "river.py").touch()
        self.python.write_text(PYTHON.format(log=self.log, self=self.python), encoding="utf-8", newline="\n")
        self.python.chmod(0o755)

    def make(self, target: str, python: str | None = None) -> subprocess.CompletedProcess[str]:
        command = ["make", "-C", str(self.folder), target, f"PYTHON={self.python if python is None else python}"]
        # Not the make that runs these tests, should one.
        outside = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
        return subprocess.run(command, capture_output=True, text=True, env=outside, check=False)

    def asked(self, target: str) -> list[str]:
        """Make a target and return what Python was asked to do, shortened to one word each."""
        self.log.write_text("", encoding="utf-8")
        done = self.make(target)
        assert done.returncode == 0, done.stderr
        words = {
            "-m venv": "venv",
            "--editable": "install",
            "-r ": "pip",
            "-m pytest": "pytest",
            "build --out": "build",
        }
        lines = [
            line
            for line in self.log.read_text(encoding="utf-8").splitlines()
            if not re.search("--version|-m compileall", line)
        ]
        return [next(word for sign, word in words.items() if sign in line) for line in lines]


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def newer(path: Path) -> None:
    path.touch()
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))


def test_the_first_run_sets_up_and_the_second_only_builds(checkout):
    assert checkout.asked("map") == ["venv", "pip", "install", "build"]
    assert checkout.asked("map") == ["build"]
    assert checkout.asked("test") == ["pip", "pytest"]
    assert checkout.asked("test") == ["pytest"]
    assert checkout.asked("map") == ["build"]


def test_requirements_are_installed_with_hashes_only(checkout):
    checkout.make("test")
    installs = [line for line in checkout.log.read_text(encoding="utf-8").splitlines() if " install " in line]
    assert len(installs) == 3
    for line in installs:
        assert "--require-hashes -r requirements" in line or "--no-deps --no-build-isolation --editable ." in line


def test_a_new_file_installs_the_package_again_an_edited_one_does_not(checkout):
    checkout.asked("map")
    (checkout.folder / "geo" / "areas.py").touch()
    assert checkout.asked("map") == ["install", "build"]
    newer(checkout.folder / "geo" / "river.py")
    assert checkout.asked("map") == ["build"]
    (checkout.folder / "geo" / "areas.py").unlink()
    assert checkout.asked("map") == ["install", "build"]


def test_a_changed_lock_or_project_file_is_installed_again(checkout):
    checkout.asked("map")
    newer(checkout.folder / "requirements.txt")
    assert checkout.asked("map")[0] == "pip"


def test_a_moved_checkout_installs_itself_again(checkout):
    checkout.asked("map")
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    assert checkout.asked("map") == ["install", "build"]


def test_without_a_fit_python_one_line_says_what_is_missing(checkout):
    done = checkout.make("map", python="")
    assert done.returncode != 0
    said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert "Python 3.11 or newer" in said[0]
    assert "python3-venv" in said[0]


def test_help_lists_every_target(checkout):
    listed = checkout.make("help").stdout
    for target in ("map", "test", "lint", "docs", "geodata", "bench", "lock", "clean"):
        assert f"make {target} - " in listed


def test_clean_leaves_only_what_the_repository_holds(checkout):
    before = sorted(path.name for path in checkout.folder.iterdir())
    output = checkout.folder / "output"
    output.mkdir()
    (output / "README.md").touch()
    checkout.asked("map")
    (output / "map.html").touch()
    checkout.asked("clean")
    assert sorted(path.name for path in checkout.folder.iterdir()) == sorted([*before, "output"])
    assert [path.name for path in output.iterdir()] == ["README.md"]
