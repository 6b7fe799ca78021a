"""Commands that answer a question on standard output and write nothing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from .shared import (
    data_option,
    districts_option,
    imports_kept,
    internal_option,
    name_field_option,
    named_alone,
    rows_option,
    say,
)

__all__ = ["check", "diff", "places", "trace", "verify"]


@click.command()
@data_option
@click.option("--country", metavar="CODE", help="Prefer places of this country, as TJ or AF.")
@click.option("--parent", metavar="PLACE", help="Prefer places that lie in this one: a place_id or a name.")
@click.option("--level", metavar="LEVEL", help="Prefer this level: country, region, district, settlement, site.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a name instead of a table.")
@click.argument("names", nargs=-1, required=True)
def places(
    data: Path | None,
    country: str | None,
    parent: str | None,
    level: str | None,
    as_json: bool,
    names: tuple[str, ...],
) -> None:
    """Look up place names, in any spelling and script.

    NAMES are written as they stand in the report; "-" reads them from standard input, one a line.
    """
    from ..data.tables import PACKAGED, read_tables
    from ..geo.asked import gazetteer_for
    from ..geo.gazetteer import as_table

    gazetteer = gazetteer_for(read_tables(data or PACKAGED), country=country, parent=parent, level=level)
    show: Callable[[Any], str] = (lambda a: json.dumps(a.as_dict(), ensure_ascii=False)) if as_json else as_table
    for answer in gazetteer.lookup_all(lines_of(names), country=country, parent=parent, level=level):
        say(show(answer))


@click.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def check(data: Path | None, as_json: bool) -> None:
    """Read the tables and report what does not fit: contradictions, sums, dates, banks, missing evidence."""
    from ..data.tables import PACKAGED, read_tables
    from ..geo.basemap import load_basemap
    from ..geo.check import as_dict, as_lines
    from ..geo.check import check as findings_of

    tables = read_tables(data or PACKAGED)
    findings, titles = findings_of(tables, load_basemap()), {r.record_id: r.title for r in tables.records}
    say(json.dumps(as_dict(findings), ensure_ascii=False, indent=1) if as_json else as_lines(findings, titles))
    sys.exit(int(any(finding.level == "error" for finding in findings)))


@click.command()
@click.option("--reports", type=click.Path(path_type=Path), metavar="DIR", help="Folder with the texts of the reports.")
@click.option("--manifest", type=click.Path(path_type=Path), metavar="FILE", help="The manifest.json beside a map.")
@data_option
@districts_option
@rows_option
@click.option("--quotes", is_flag=True, help="With --reports: show each passage, with a little around it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def verify(
    reports: Path | None,
    manifest: Path | None,
    data: Path | None,
    districts: Path | None,
    rows: Path | None,
    quotes: bool,
    as_json: bool,
) -> None:
    """Check claims against the texts of their reports, or a map against its manifest and its data.

    With --reports, texts are known by their SHA-256, whatever their names are. With --manifest, the map is built again
    in memory, from the same tables, boundaries and rows, and compared.
    """
    if reports and not (manifest or districts or rows):
        answer, lines, fine = _verified_texts(reports, data, quotes=quotes)
    elif manifest and not (reports or quotes):
        answer, lines, fine = _verified_map(manifest, data, districts, rows)
    else:
        raise click.UsageError("name --reports DIR [--quotes], or --manifest FILE [--districts FILE] [--rows FILE].")
    say(json.dumps(answer, ensure_ascii=False, indent=1) if as_json else lines)
    sys.exit(int(not fine))


def _verified_texts(reports: Path, data: Path | None, *, quotes: bool) -> tuple[dict[str, Any], str, bool]:
    from ..data.verify import read_verified
    from ..data.verify_lines import as_dict, as_lines

    found = read_verified(reports, data=data, quotes=quotes)
    return as_dict(found), as_lines(found), not found.levels["error"]


def _verified_map(
    manifest: Path, data: Path | None, districts: Path | None, rows: Path | None
) -> tuple[dict[str, Any], str, bool]:
    with imports_kept():
        from ..render.verify_manifest import as_dict, as_lines, verify_manifest

    found = verify_manifest(manifest, data=data, districts=districts, rows=rows)
    return as_dict(found), as_lines(found), found.fine


@click.command()
@rows_option
@districts_option
@name_field_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@internal_option
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write it as a page, too.")
@click.option("--exit-code", is_flag=True, help="End with 1 if anything differs, as git does.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(
    rows: Path | None,
    districts: Path | None,
    name_field: str | None,
    as_json: bool,
    internal: bool,
    page: Path | None,
    exit_code: bool,
    old: Path,
    new: Path,
) -> None:
    """Say what changed from OLD to NEW: records added, changed, withdrawn, by attribute, with the corrections.

    OLD and NEW are folders with tables or built maps, in any mix. Rows and boundaries go with folders.
    """
    named_alone(districts, name_field)
    with imports_kept():
        from ..render.diff import read_difference, write_difference
        from ..render.diff_text import as_dict, as_text
    found = read_difference(old, new, districts=districts, name_field=name_field, rows=rows, internal=internal)
    if page:
        write_difference(found, page, old, new)
    say(json.dumps(as_dict(found), ensure_ascii=False, indent=1) if as_json else as_text(found))
    sys.exit(int(exit_code and bool(found)))


@click.command()
@click.argument("record", required=False)
@click.argument("attribute", required=False)
@data_option
@rows_option
@districts_option
@name_field_option
@internal_option
@click.option("--total", is_flag=True, help="The counting sentences of the page, record by record.")
@click.option("--reports", type=click.Path(path_type=Path), metavar="DIR", help="Check the claims against these texts.")
@click.option("--quotes", is_flag=True, help="With --reports: show each passage, with a little around it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def trace(record: str | None, attribute: str | None, as_json: bool, **asked: Any) -> None:  # noqa: ANN401
    """Show the way from what the map shows of RECORD to claims, speakers, reports and decisions.

    ATTRIBUTE is one thing that is shown, as killed, date, place, position, label, header; by default all of them.
    """
    named_alone(asked["districts"], asked["name_field"])
    if bool(record) == asked["total"]:
        raise click.UsageError("name a RECORD, or --total.")
    with imports_kept():
        from ..render.read_trace import read_trace

    answer = read_trace(record, attribute, **asked)
    say(json.dumps(answer.as_dict, ensure_ascii=False, indent=1) if as_json else answer.lines)


def lines_of(names: tuple[str, ...]) -> list[str]:
    """Take the names as given; ``-`` alone reads lines from standard input, an empty line stays an (empty) question."""
    if names != ("-",):
        return [os.fsencode(name).decode("utf-8", "replace") for name in names]
    if sys.stdin is None:
        raise click.UsageError('"-" reads the names from standard input, which is closed.')
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
