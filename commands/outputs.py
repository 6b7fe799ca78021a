"""Commands that write what a person looks at or another program reads: map, frame, exports, figures, kit."""

from __future__ import annotations

from pathlib import Path

import click

from ..render.exports.formats import FORMATS
from ..render.figures.options import SCRIPTS, SIZES, parsed_options
from .shared import (
    data_option,
    font_option,
    imports_kept,
    internal_option,
    progress,
    reports_option,
    rows_option,
    say,
    scene_inputs,
    scene_options,
    show,
    warn,
)

__all__ = ["build", "embed", "export", "figure", "kit"]

#: The formats, one a line, as the help of ``export`` lists them.
_FORMATS = "\b\nFormats:\n" + "\n".join(
    f"  {name:<11} {one.title}: {', '.join(one.suffixes)}" for name, one in FORMATS.items()
)


@click.command()
@scene_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("output/map.html"),
    show_default=True,
    metavar="FILE",
    help="Where the map is written; manifest.json is written beside it.",
)
def build(data: Path | None, out: Path, **given: object) -> None:
    """Write the map: one HTML file that opens without a network."""
    shown = scene_inputs(given)
    with imports_kept():
        from ..render.write import write_map

    say(str(write_map(out, folder=data, **shown)))


@click.command()
@data_option
@rows_option
@click.option("--src", metavar="URL", help="Where the map will stand. Default: map.html.")
@click.option("--image", metavar="URL", help="Where its picture will stand. Default: figure.png.")
@click.option("--link", metavar="URL", help="Where the whole map will stand. Default: as --src.")
@click.option("--title", metavar="TEXT", help="Name of the frame. Default: the title of the map.")
@internal_option
@reports_option
def embed(data: Path | None, rows: Path | None, internal: bool, reports: Path | None, **given: str | None) -> None:
    """Print the markup that shows the map in another page.

    A frame that follows the height of the map, a picture for paper and mail, a link to the whole map. Addresses are
    http, https or relative to the page.
    """
    with imports_kept():
        from ..render.embed import snippet
        from ..render.prepare import read_scene

    show(snippet(read_scene(data, rows=rows, internal=internal, reports=reports, warn=warn), **given))


@click.command(epilog=_FORMATS)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS), case_sensitive=False),
    metavar="FORMAT",
    help="One of the formats below. Default: as the ending of FILE says.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where it is written.")
@scene_options
def export(format_: str | None, out: Path, data: Path | None, **given: object) -> None:
    """Write the records for other programs, with ranges, precision, claims and sources.

    No place in a file is finer than on the page. What a format cannot hold is said on standard error.
    """
    shown = scene_inputs(given)
    with imports_kept():
        from ..render.export import write_export

    written = write_export(out, format_, folder=data, **shown)
    say(str(written))
    for note in written.notes:
        say(note, err=True)


@click.command()
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
@font_option
@click.option("--hide", multiple=True, metavar="LABEL", help="A place name, or the label of a record by its id.")
@click.option(
    "--options", "file", type=click.Path(path_type=Path), metavar="FILE", help="A text file with these options."
)
@scene_options
def figure(out: Path, file: Path | None, data: Path | None, **given: object) -> None:
    """Write a figure for a report, and beside it alt text, long description and caption."""
    shown = scene_inputs(given)
    with imports_kept():
        from ..render.figure import write_figure

    say(str(write_figure(out, parsed_options(file, given), folder=data, **shown)))


@click.command()
@scene_options
@font_option
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def kit(data: Path | None, font: str | None, folder: Path, **given: object) -> None:
    """Write everything an author needs into DIR: figures, texts, tables, a page for Word, the map, the citation.

    DIR is new or empty, or holds an earlier kit; what was changed there since is not replaced. README.md says what is
    what.
    """
    shown = scene_inputs(given)
    with imports_kept():
        from ..render.kit import write_kit

    fonts = parsed_options(None, {"font": font}).font
    say(str(write_kit(folder, data=data, font=fonts, tell=progress, **shown)))
