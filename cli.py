"""The commands of panjmap: each parses, makes one library call and prints what came of it.

Exit codes: 0 done, 1 the data is at fault, 2 the command line is. Results go to standard output, messages to standard
error. Heavy imports stand inside the commands, so that ``--help`` stays quick.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from panjmap import __version__
from panjmap.render.exports.formats import FORMATS
from panjmap.render.figures.options import SCRIPTS, SIZES, parsed_options


class _Commands(click.Group):
    """A group that turns a :class:`panjmap.data.errors.PanjmapError` into one clear message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401, the type is click's
        """Run the command that was asked for."""
        from panjmap.data.errors import OptionError, PanjmapError

        try:
            return super().invoke(ctx)
        except OptionError as error:
            raise click.UsageError(str(error)) from error
        except PanjmapError as error:
            _say(str(error), err=True)
            ctx.exit(1)


#: The formats, one a line, as the help of ``export`` lists them.
_FORMATS = "\b\nFormats:\n" + "\n".join(
    f"  {name:<11} {one.title}: {', '.join(one.suffixes)}" for name, one in FORMATS.items()
)
_data = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Folder with the tables. Default: the tables that come with panjmap.",
)
_districts = click.option(
    "--districts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="District boundaries (GeoJSON, GPKG, shapefile). Default: approximate areas.",
)
_name_field = click.option(
    "--name-field",
    metavar="FIELD",
    help="Column of FILE that holds the names of the districts.",
)
_font = click.option(
    "--font", metavar="NAME,...", help="Installed fonts, in order. Default: DejaVu Sans, which comes with panjmap."
)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="panjmap")
def main() -> None:
    """Turn reports of attacks along the Panj River into an auditable, layered map."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")  # what is piped is UTF-8 in every locale


@main.command()
@_data
@_districts
@_name_field
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("output/map.html"),
    show_default=True,
    metavar="FILE",
    help="Where the map is written; manifest.json is written beside it.",
)
def build(data: Path | None, districts: Path | None, name_field: str | None, out: Path) -> None:
    """Write the map: one HTML file that opens without a network."""
    _named_alone(districts, name_field)
    with _imports_kept():
        from panjmap.render.write import write_map

    _say(str(write_map(out, folder=data, districts=districts, name_field=name_field)))


@main.command()
@_data
@click.option("--src", default="map.html", show_default=True, metavar="URL", help="Where the map will stand.")
@click.option("--image", default="figure.png", show_default=True, metavar="URL", help="Where its picture will stand.")
@click.option("--link", metavar="URL", help="Where the whole map will stand. Default: as --src.")
@click.option("--title", metavar="TEXT", help="Name of the frame. Default: the title of the map.")
def embed(data: Path | None, src: str, image: str, link: str | None, title: str | None) -> None:
    """Print the markup that shows the map in another page.

    A frame that follows the height of the map, a picture for paper and mail, a link to the whole map. Addresses are
    http, https or relative to the page.
    """
    with _imports_kept():
        from panjmap.render.embed import snippet
        from panjmap.render.prepare import read_scene

    click.echo(snippet(read_scene(data), src=src, image=image, link=link, title=title), nl=False)


@main.command(epilog=_FORMATS)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS), case_sensitive=False),
    metavar="FORMAT",
    help="One of the formats below. Default: as the ending of FILE says.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where it is written.")
@_data
@_districts
@_name_field
def export(format_: str | None, out: Path, data: Path | None, districts: Path | None, name_field: str | None) -> None:
    """Write the records for other programs, with ranges, precision, claims and sources.

    No place in a file is finer than on the page. What a format cannot hold is said on standard error.
    """
    _named_alone(districts, name_field)
    with _imports_kept():
        from panjmap.render.export import write_export

    written = write_export(out, format_, folder=data, districts=districts, name_field=name_field)
    _say(str(written))
    for note in written.notes:
        _say(note, err=True)


@main.command()
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="A .png, .svg or .pdf file."
)
@click.option(
    "--size", type=click.Choice(list(SIZES)), help="183 mm (full), 89 mm (column), 1200 x 630 pixels (social)."
)
@click.option("--strip", is_flag=True, help="The river strip instead of the map.")
@click.option("--grey", is_flag=True, help="Greys and patterns, for a print without colour.")
@click.option("--names", type=click.Choice(SCRIPTS), help="Letters of place names: Latin, Tajik or Persian.")
@click.option("--title", metavar="TEXT", help="Instead of the title of the map.")
@click.option("--deck", metavar="TEXT", help="A line of your own under the title.")
@click.option(
    "--window", metavar="FROM..TO", help="Records of these days, as 2025-11-01..2025-12-31; an end may be empty."
)
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="Records that somebody calls this, as drone_strike."
)
@click.option("--bbox", metavar="W,S,E,N", help="Show this box, degrees.")
@_font
@click.option("--hide", multiple=True, metavar="LABEL", help="A place name, or the label of a record by its id.")
@click.option(
    "--options", "file", type=click.Path(path_type=Path), metavar="FILE", help="A text file with these options."
)
@_data
@_districts
@_name_field
def figure(
    out: Path, file: Path | None, data: Path | None, districts: Path | None, name_field: str | None, **given: object
) -> None:
    """Write a figure for a report, and beside it alt text, long description and caption."""
    _named_alone(districts, name_field)
    with _imports_kept():
        from panjmap.render.figure import write_figure

    options = parsed_options(file, given)
    _say(str(write_figure(out, options, folder=data, districts=districts, name_field=name_field)))


@main.command()
@_data
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(data: Path | None, folder: Path) -> None:
    """Copy the tables into DIR, for your own work: edit them, then build with --data DIR."""
    from panjmap.data.tables import copy_tables

    copy_tables(folder, source=data)
    _say(f"Tables written to {folder}. Next: panjmap check --data {folder}")


@main.command()
@_data
@_districts
@_name_field
@_font
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def kit(data: Path | None, districts: Path | None, name_field: str | None, font: str | None, folder: Path) -> None:
    """Write everything an author needs into DIR: figures, texts, tables, a page for Word, the map, the citation.

    DIR is new or empty, or holds an earlier kit; what was changed there since is not replaced. README.md says what is
    what.
    """
    _named_alone(districts, name_field)
    with _imports_kept():
        from panjmap.render.kit import write_kit

    fonts = parsed_options(None, {"font": font}).font
    made = write_kit(folder, data=data, districts=districts, name_field=name_field, font=fonts, tell=_progress)
    _say(str(made))


@main.command()
@_data
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
    from panjmap.data.tables import PACKAGED, read_tables
    from panjmap.geo.gazetteer import Gazetteer, as_table

    gazetteer = Gazetteer.from_tables(read_tables(data or PACKAGED))
    show: Callable[[Any], str] = (lambda a: json.dumps(a.as_dict(), ensure_ascii=False)) if as_json else as_table
    for answer in gazetteer.lookup_all(_lines(names), country=country, parent=parent, level=level):
        _say(show(answer))


@main.command()
@_data
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def check(data: Path | None, as_json: bool) -> None:
    """Read the tables and report what does not fit: contradictions, sums, dates, banks, missing evidence."""
    from panjmap.data.tables import PACKAGED, read_tables
    from panjmap.geo.basemap import load_basemap
    from panjmap.geo.check import as_dict, as_lines
    from panjmap.geo.check import check as findings_of

    findings = findings_of(read_tables(data or PACKAGED), load_basemap())
    _say(json.dumps(as_dict(findings), ensure_ascii=False, indent=1) if as_json else as_lines(findings))
    sys.exit(int(any(finding.level == "error" for finding in findings)))


def _named_alone(districts: Path | None, name_field: str | None) -> None:
    """Refuse a column of a boundary file where no boundary file is given."""
    if name_field and not districts:
        raise click.UsageError("--name-field says which column of a boundary file to read: add --districts FILE.")


def _progress(at: int, of: int, what: str) -> None:
    """Say what is made now, a line a step, to a person only: a pipe stays quiet."""
    if sys.stderr.isatty():
        _say(f"{at:>{len(str(of))}} of {of}: {what}", err=True)


def _say(text: str, *, err: bool = False) -> None:
    """Print a text that may hold what a user or a table gave: no control character reaches the terminal."""
    from panjmap.data.text import clean

    click.echo(clean(text), err=err)


@contextlib.contextmanager
def _imports_kept() -> Iterator[None]:
    """Import without collecting garbage, and never look at what was imported again.

    Modules live as long as the process. Looking through them for garbage, at import and at exit, took a third of the
    time of a build.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _lines(names: tuple[str, ...]) -> list[str]:
    """Take the names as given; ``-`` alone reads lines from standard input, an empty line stays an (empty) question."""
    return (
        sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
        if names == ("-",)
        else [os.fsencode(name).decode("utf-8", "replace") for name in names]
    )
