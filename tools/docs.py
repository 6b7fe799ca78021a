"""Keep the generated parts of ``docs/`` true: ``python tools/docs.py`` renews them from the commands and the schema.

A generated part stands between ``<!-- help build -->``, ``<!-- table claims -->``, ``<!-- export claims -->`` or
``<!-- rules check -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from panjmap.cli import main
from panjmap.data.schema import datapackage
from panjmap.geo.check_rules import ABOUT_RULES
from panjmap.render.exports.columns import TABLES

DOCS = Path(__file__).resolve().parents[1] / "docs"
PART = re.compile(r"(<!-- (help|table|export|rules) (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(text: str) -> str:
    """Return a page with every generated part as the commands and the schema say now."""
    makers = {"help": help_of, "table": columns_of, "export": exported_of, "rules": rules_of}
    return PART.sub(lambda part: f"{part[1]}{makers[part[2]](part[3])}{part[4]}", text)


def help_of(name: str) -> str:
    """Return the help of one command, as the terminal shows it."""
    root = click.Context(main, info_name="panjmap", terminal_width=100, **main.context_settings)
    context = click.Context(main.commands[name], parent=root, info_name=name)
    return f"```text\n{context.get_help()}\n```\n"


def columns_of(name: str) -> str:
    """Return the columns of one table as a Markdown table."""
    resource = next(resource for resource in datapackage()["resources"] if resource["name"] == name)
    rows = [_row(field) for field in resource["schema"]["fields"]]
    return "\n".join(
        [resource["title"], "", "| column | type | empty | meaning |", "| --- | --- | --- | --- |", *rows, ""]
    )


def exported_of(name: str) -> str:
    """Return the columns of one exported table as a Markdown table."""
    rows = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in TABLES[name]]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *rows, ""])


def rules_of(_: str) -> str:
    """Return the rules of ``check`` as a Markdown table."""
    rows = [f"| `{name}` | {', '.join(one.levels)} | {one.finds} | {one.do} |" for name, one in ABOUT_RULES.items()]
    return "\n".join(["| rule | level | what it finds | what to do |", "| --- | --- | --- | --- |", *rows, ""])


def _row(field: dict[str, Any]) -> str:
    constraints = field["constraints"]
    kind = "ids or texts" if "separator" in field else field["type"]
    empty = "no" if constraints["required"] else "yes"
    words = [field.get("description", "")]
    if "enum" in constraints:
        words.append("One of " + ", ".join(f"`{value}`" for value in constraints["enum"]) + ".")
    meaning = " ".join(filter(None, words)).replace("|", "\\|")
    return f"| `{field['name']}` | {kind} | {empty} | {meaning} |"


if __name__ == "__main__":
    for page in sorted(DOCS.glob("*.md")):
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
