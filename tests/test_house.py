"""How the house is built: floors, sizes, versions, locks, and nothing of any machine in it."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("data", "geo", "render", "commands", "cli")
MODULES = sorted(path for floor in FLOORS for path in [*ROOT.glob(f"{floor}/**/*.py"), *ROOT.glob(f"{floor}.py")])
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-geodata.txt", "requirements-fuzz.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOT_OURS = {".git", ".venv", "build", "dist", "output", "__pycache__", ".hypothesis"}
SUFFIXES = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".js", ".css", ".j2", ""}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def own_files() -> list[Path]:
    files = []
    for top in sorted(ROOT.iterdir()):
        if top.name not in NOT_OURS and not top.name.endswith((".egg-info", "_cache")):
            files += sorted(top.rglob("*")) if top.is_dir() else [top]
    return [path for path in files if path.is_file() and not NOT_OURS & set(path.parts[len(ROOT.parts) :])]


def imports_of(path: Path) -> list[str]:
    """Return every module of ours that a file imports, as ``panjmap.geo.river``."""
    package = ["panjmap", *path.relative_to(ROOT).parent.parts]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) + 1 - node.level]] if node.level else []
            base += node.module.split(".") if node.module else []
            found += [".".join([*base, alias.name]) for alias in node.names]
    return [name for name in found if name.split(".")[0] == "panjmap"]


def floor_of(name: str) -> int:
    parts = name.split(".")
    return FLOORS.index(parts[1]) if len(parts) > 1 and parts[1] in FLOORS else -1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_only_go_down(path):
    own = FLOORS.index(path.relative_to(ROOT).parts[0].removesuffix(".py"))
    above = [name for name in imports_of(path) if floor_of(name) > own]
    assert above == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent != ROOT], ids=name_of)
def test_inside_the_package_imports_are_relative(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    absolute = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("panjmap")
    ]
    assert absolute == []


def test_the_floor_of_data_knows_no_geography_and_no_frame():
    heavy = {"pandas", "geopandas", "shapely", "pyproj", "pyogrio", "numpy", "folium", "branca"}
    for path in ROOT.glob("data/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert not heavy & {name.split(".")[0] for name in names}, name_of(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_can_be_held_in_the_head(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    long = {
        node.name: length
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and (length := node.end_lineno - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())) > 60
    }
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_and_every_public_name_says_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    # An overload has no words of its own.
    public = [
        node
        for node in named
        if not node.name.startswith("_") and "overload" not in map(ast.unparse, node.decorator_list)
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_nothing_names_a_path_of_a_machine_or_a_registry():
    # Written in pieces, so that this file does not find itself.
    machine = "/" + "(?:home|root|Users|work|tmp)" + r"/\w"
    registry = "|".join(["pypi" + r"\.org", "python" + "hosted", "npmjs" + r"\.(?:org|com)"])
    pattern = re.compile(rf"(?<![\w.>]){machine}|{registry}")
    found = []
    for path in own_files():
        if path.suffix in SUFFIXES and path.name != "LICENSE":
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                found += [f"{name_of(path)}:{number}: {match[0]}" for match in pattern.finditer(line)]
    assert found == []


def pins(lock: str) -> dict[str, set[str]]:
    """Return the pinned versions by package, and check that each pin is a version with hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            match = re.fullmatch(r"([a-z0-9-]+)==(\S+)( ;[^#]*?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", line)
            assert match, f"{lock}: {line[:80]}"
            found.setdefault(match[1], set()).add(match[2])
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_have_hashes_and_no_address(lock):
    assert pins(lock)
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(?:extra-)?index|--find-links|^-[a-z]", text, re.MULTILINE)


def test_lock_files_hold_what_the_project_asks_for():
    def names(requirements: list[str]) -> set[str]:
        return {re.match(r"[A-Za-z0-9_-]+", text)[0].lower().replace("_", "-") for text in requirements}

    project, extras = PROJECT["project"], PROJECT["project"]["optional-dependencies"]
    build = PROJECT["dependency-groups"]["build"]
    assert build == PROJECT["build-system"]["requires"]
    for lock, wanted in zip(LOCKS, ([], extras["dev"], extras["geodata"], extras["fuzz"]), strict=True):
        assert names([*project["dependencies"], *build, *wanted]) <= set(pins(lock)), lock


def test_lock_files_agree():
    runtime = pins(LOCKS[0])
    for lock in LOCKS[1:]:
        assert runtime.items() <= pins(lock).items(), lock


def test_the_version_stands_in_one_place(panjmap):
    import panjmap as package

    assert panjmap("--version").stdout.strip() == f"panjmap, version {package.__version__}"
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert "version" not in PROJECT["project"]


def test_the_ci_script_is_sound():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    subprocess.run(["bash", "-n", str(script)], check=True)
    assert script.read_text(encoding="utf-8").rstrip().endswith("test")
