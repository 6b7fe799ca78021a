"""Commands that bring data in: tables to start from, rows of any file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from ..data.decoding import ENCODINGS
from .shared import data_option, imports_kept, say

__all__ = ["import_", "init"]


@click.command()
@data_option
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(data: Path | None, folder: Path) -> None:
    """Copy the tables into DIR, for your own work: edit them, then build with --data DIR."""
    from ..data.tables import copy_tables

    copy_tables(folder, source=data)
    say(f"Tables written to {folder}. Next: panjmap check --data {folder}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--to", type=click.Path(path_type=Path), required=True, metavar="FILE", help="A .parquet file.")
@click.option(
    "--map", "maps", multiple=True, metavar="OURS=THEIRS", help="Which column is which, where its name does not say."
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where rows with errors go, as CSV; the others are imported. Without it one error stops all.",
)
@click.option(
    "--dataset", metavar="NAME", help="acled, ged, own, or another name with --licence. Default: as it looks."
)
@click.option("--licence", metavar="TEXT", help="Terms under which the rows may be passed on.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Of a CSV file that is not in UTF-8.")
@click.option("--yes", is_flag=True, help="Replace what stands at --to and --rejects without asking at a terminal.")
def import_(
    file: Path,
    to: Path,
    maps: tuple[str, ...],
    rejects: Path | None,
    dataset: str | None,
    licence: str | None,
    encoding: str | None,
    *,
    yes: bool,
) -> None:
    """Read incidents of any file (CSV, XLSX, GeoJSON, JSON, KML, KMZ), check every row, write them for --rows.

    All problems of the file are listed at once, each with row, column and what to do.
    """
    confirm_replacing([to, rejects], yes=yes)
    with imports_kept():
        from ..data.intake.importing import import_rows

    done = import_rows(file, to, maps=maps, rejects=rejects, dataset=dataset, licence=licence, encoding=encoding)
    for warning in done.warnings:
        say(warning, err=True)
    say(str(done))


def confirm_replacing(paths: Iterable[Path | None], *, yes: bool) -> None:
    """Ask a person at a terminal before files are replaced; nobody else is asked anything."""
    from ..data.files import replaceable

    if yes or not sys.stdin or not sys.stdin.isatty():
        return
    if found := [path for path in paths if path and replaceable(path).exists()]:
        say("\n".join(map(str, found)), err=True)
        click.confirm("Replace?", abort=True, err=True)
