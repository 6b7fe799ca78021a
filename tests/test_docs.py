"""The documents say what is so: commands, options, columns, packages, links."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import click
import pytest

from panjmap.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def page_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_in(text: str) -> str:
    """Return the fenced blocks and inline code of a page, and nothing of its prose."""
    fence = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return "\n".join([*fence.findall(text), *re.findall(r"`[^`\n]+`", fence.sub("", text))])


def options_of(command: click.Command) -> set[str]:
    return {name for option in command.params if isinstance(option, click.Option) for name in option.opts}


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/*.md")), ids=page_name)
def test_generated_parts_are_as_the_code_says(path):
    renewed = runpy.run_path(str(ROOT / "tools" / "docs.py"))["renewed"]
    text = path.read_text(encoding="utf-8")
    assert renewed(text) == text, "run: make docs"


def test_every_command_and_option_is_documented():
    for name, command in main.commands.items():
        section = re.search(rf"^## panjmap {name}\n(.*?)(?=^## )", COMMANDS_PAGE, re.MULTILINE | re.DOTALL)
        assert section, name
        assert options_of(command) <= set(re.findall(r"--?[a-z][a-z-]*", section[1])), name


def test_every_table_is_documented():
    from panjmap.data.model import ROW_CLASSES

    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)\.csv$", text, re.MULTILINE) == list(ROW_CLASSES)


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_commands_and_options_in_documents_exist(path):
    text = path.read_text(encoding="utf-8")
    for name, rest in re.findall(r"(?:`|^|&& )panjmap ([a-z]+)\b([^`\n#]*)", code_in(text), re.MULTILINE):
        assert name in main.commands, f"panjmap {name}"
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= options_of(main.commands[name]), f"panjmap {name}{rest}"


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_targets_of_make_in_documents_exist(path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", code_in(path.read_text(encoding="utf-8")), re.MULTILINE)) <= targets


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_links_lead_somewhere(path):
    prose = re.sub(r"^(`{3,}).*?^\1$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", prose)
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_every_key_of_the_pages_address_is_documented():
    script = (ROOT / "render" / "assets" / "permalink.js").read_text(encoding="utf-8")
    facets = re.search(r"FACETS = \{(.*?)\}", script, re.DOTALL)
    keys = {*re.findall(r": '(\w+)'", facets[1]), *re.findall(r"out\.push\('(\w+)=", script)}
    text = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == keys


def test_every_script_has_its_place_on_the_map_of_the_code():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`(\w+\*?\.js)`", text)
    left_out = [p.name for p in ROOT.glob("render/assets/*.js") if not any(p.match(name) for name in named)]
    assert left_out == []
    assert [name for name in named if not [*ROOT.glob(f"render/assets/{name}")]] == []


def test_every_direct_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(text for extra in project["optional-dependencies"].values() for text in extra)]
    explained = re.findall(
        r"^\| ([a-z0-9, -]+) \|", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    named = {name for cell in explained for name in cell.split(", ")}
    assert {re.match(r"[A-Za-z0-9_-]+", text)[0] for text in asked} <= named


def test_code_in_the_readme_imports_what_exists():
    for code in re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL):
        exec(compile("\n".join(line for line in code.splitlines() if "import" in line), "README.md", "exec"), {})  # noqa: S102
