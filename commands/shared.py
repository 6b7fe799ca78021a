"""What the commands share: the group that turns an error into a message, options, and how things are printed."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .endings import faults_told, open_streams, unheard, watch_signals

if TYPE_CHECKING:
    from ..render.prepare import SceneInputs

__all__ = [
    "Commands",
    "data_option",
    "districts_option",
    "font_option",
    "hold_limits",
    "imports_kept",
    "internal_option",
    "limit_option",
    "name_field_option",
    "named_alone",
    "progress",
    "reports_option",
    "rows_option",
    "say",
    "scene_inputs",
    "scene_options",
    "show",
    "warn",
]

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Folder with the tables. Default: the tables that come with panjmap.",
)
districts_option = click.option(
    "--districts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="District boundaries (GeoJSON, GPKG, shapefile). Default: approximate areas.",
)
name_field_option = click.option(
    "--name-field",
    metavar="FIELD",
    help="Column of FILE that holds the names of the districts.",
)
rows_option = click.option(
    "--rows", type=click.Path(path_type=Path), metavar="FILE", help="Imported rows (panjmap import), shown as well."
)
internal_option = click.option(
    "--internal", is_flag=True, help="Show everything, withheld records too; marked, and .internal in the name."
)
reports_option = click.option(
    "--reports",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="With --internal: folder with the reports' texts; the passages that claims rest on are shown.",
)
font_option = click.option(
    "--font", metavar="NAME,...", help="Installed fonts, in order. Default: DejaVu Sans, which comes with panjmap."
)
limit_option = click.option(
    "--limit",
    multiple=True,
    metavar="NAME=N",
    help="Read larger files: rows=5000000, file_bytes=..., field_chars=...; docs/importing.md has all names.",
)


_SCENE = (rows_option, districts_option, name_field_option, internal_option, reports_option)


def scene_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what is shown beside the tables; :func:`scene_inputs` takes them out of the others."""
    for option in reversed(_SCENE):
        command = option(command)
    return data_option(command)


def scene_inputs(given: dict[str, Any]) -> SceneInputs:
    """Take what a scene is made of out of the options that are given, and see that it fits together."""
    named_alone(given["districts"], given["name_field"])
    taken: SceneInputs = {"warn": warn}
    for name in ("rows", "districts", "name_field", "internal", "reports"):
        taken[name] = given.pop(name)
    return taken


def hold_limits(settings: tuple[str, ...]) -> None:
    """Read with the limits that ``--limit`` gives until the command has ended."""
    if settings:
        from ..data.limits import in_force, limits

        click.get_current_context().with_resource(in_force(limits().raised(settings)))


class Commands(click.Group):
    """A group that ends with one clear message and an exit code, whatever is at fault."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:  # noqa: ANN401, as click's
        """Run as the command line: with arguments given, as in a test, signals are left to the caller."""
        open_streams()
        if args is not None:
            return super().main(args, *rest, **named)
        watch_signals()
        with faults_told():
            return super().main(args, *rest, **named)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401, the type is click's
        """Run the command that was asked for."""
        from ..data.errors import OptionError, PanjmapError

        try:
            return super().invoke(ctx)
        except OptionError as error:
            raise click.UsageError(str(error)) from error
        except PanjmapError as error:
            say(str(error), err=True)
            ctx.exit(1)


def named_alone(districts: Path | None, name_field: str | None) -> None:
    """Refuse a column of a boundary file where no boundary file is given."""
    if name_field and not districts:
        raise click.UsageError("--name-field says which column of a boundary file to read: add --districts FILE.")


def progress(at: int, of: int, what: str) -> None:
    """Say what is made now, a line a step, to a person only: a pipe stays quiet."""
    if sys.stderr.isatty():
        say(f"{at:>{len(str(of))}} of {of}: {what}", err=True)


def say(text: str, *, err: bool = False) -> None:
    """Print a text that may hold what a user or a table gave: no control character reaches the terminal."""
    from ..data.text import clean

    show(f"{clean(text)}\n", err=err)


def show(text: str, *, err: bool = False) -> None:
    """Print a text as it is, without a line feed of its own.

    Raises
    ------
    OutputError
        Standard output takes no more. Standard error may fail: the exit code tells, too.
    """
    from ..data.errors import OutputError

    try:
        click.echo(text, err=err, nl=False)
    except OSError as error:
        if not err:
            unheard()
            fix = "send it to a file on a disk with room, or to a terminal"
            raise OutputError(Path("standard output"), error, fix=fix) from error


def warn(text: str) -> None:
    """Print a warning, which never changes the exit code."""
    say(f"warning: {text}", err=True)


@contextlib.contextmanager
def imports_kept() -> Iterator[None]:
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
