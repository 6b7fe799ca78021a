"""The wheel: built from a copy of the checkout and installed away from it, it builds the map."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: What the wheel is built from; everything else (tests, documents, tools) must not be missed by it.
SOURCES = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "py.typed",
    "__init__.py",
    "cli.py",
    "commands",
    "data",
    "geo",
    "render",
)


def pip(*words: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, source / name)
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, source)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    packages = ("commands", "data", "data/intake", "geo", "render", "render/exports", "render/figures")
    packaged = ["*.py", "py.typed", *(f"{package}/*.py" for package in packages)]
    packaged += ["data/tables/*", "data/basemap/*", "data/NOTICE", "render/assets/*", "render/languages/*"]
    wanted = {f"panjmap/{path.relative_to(ROOT).as_posix()}" for glob in packaged for path in ROOT.glob(glob)}
    assert held == wanted


def test_the_wheel_carries_its_licence_and_command(wheel):
    with zipfile.ZipFile(wheel) as archive:
        texts = {
            name.split("/", 1)[1]: archive.read(name).decode() for name in archive.namelist() if ".dist-info/" in name
        }
    assert "License-Expression: Apache-2.0" in texts["METADATA"]
    assert "panjmap = panjmap.cli:main" in texts["entry_points.txt"]
    assert {"licenses/LICENSE", "licenses/data/NOTICE"} <= set(texts)


def test_installed_elsewhere_it_builds_the_same_map(wheel, built_map, panjmap, tmp_path):
    site, out = tmp_path / "site", tmp_path / "map.html"
    pip("install", "--no-deps", "--no-index", "--target", site, wheel)
    alone = {"PYTHONPATH": str(site)}
    where = subprocess.run(
        [sys.executable, "-c", "import panjmap; print(panjmap.__file__)"],
        env=alone, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(site)
    done = panjmap("build", "--out", out, env=alone, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == built_map.read_bytes()
