"""Commands that bring data in: tables to start from."""

from __future__ import annotations

from pathlib import Path

import click

from .shared import data_option, say

__all__ = ["init"]


@click.command()
@data_option
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(data: Path | None, folder: Path) -> None:
    """Copy the tables into DIR, for your own work: edit them, then build with --data DIR."""
    from ..data.tables import copy_tables

    copy_tables(folder, source=data)
    say(f"Tables written to {folder}. Next: panjmap check --data {folder}")
