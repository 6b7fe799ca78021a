"""``panjmap diff``: read two sides, folders of tables or built maps in any mix, and say what changed between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..data.errors import MapError, OptionError
from ..data.files import real, replace_files
from ..data.internal import named
from ..data.tables import TABLE_FILES
from ..data.text import clean
from .diff_compare import Difference, compare
from .diff_html import as_page
from .page import render
from .prepare import read_scene, spare_inputs
from .read_columns import BlockFault
from .read_page import page_of, read_page
from .scene import Scene
from .shown import View, view_of, with_tables

__all__ = ["read_difference", "write_difference"]


def read_difference(
    old: Path,
    new: Path,
    *,
    districts: Path | None = None,
    name_field: str | None = None,
    rows: Path | None = None,
    internal: bool = False,
) -> Difference:
    """Read both sides and compare what they show.

    Parameters
    ----------
    old, new
        Each a folder of tables or a built map. Two folders are compared by all that may be published of their tables; a
        folder and a map by what a map tells.
    districts, name_field, rows
        Boundary file of districts, and imported rows, for folders; see :func:`panjmap.render.prepare.read_scene`.

    internal
        Read folders with all that they hold; the answer then says that it is not for publication.

    Raises
    ------
    PanjmapError
        The tables, the boundary file, the rows or a map are at fault.
    """
    whole = old.is_dir() and new.is_dir()
    read = partial(read_scene, districts=districts, name_field=name_field, rows=rows, internal=internal)
    return compare(*(_view(side, read, whole=whole) for side in (old, new)))


def _view(side: Path, read: Callable[[Path], Scene], *, whole: bool) -> View:
    """Read one side; a folder by the page that it gives."""
    name = clean(real(side).name or str(side))
    try:
        if not side.is_dir():
            return view_of(read_page(side), name)
        if (side / "map.html").is_file() and not any((side / name).is_file() for name in TABLE_FILES):
            raise MapError(side, "holds no tables", f"name the map in it: {side / 'map.html'}")
        scene = read(side)
        view = view_of(page_of(render(scene).encode("utf-8"), side), name, "tables")
        return with_tables(view, scene.published.tables) if whole else view
    except BlockFault as fault:
        raise fault.of(side) from fault


def write_difference(found: Difference, out: Path, *sides: Path) -> None:
    """Write the difference as one HTML page; of an internal side ``.internal`` is put into the name.

    Raises
    ------
    OptionError
        ``out`` is one of the sides or of their tables, or a public answer would have an internal name.
    OutputError
        It cannot be written; what stood there is as it was.
    """
    out = named(out, internal=found.internal, option="--html")
    for side in sides:
        spare_inputs([out], side)
        if real(out) == real(side):
            raise OptionError("--html", out.name, "it is one of the two sides that are compared", "name another file")
    replace_files({out: as_page(found).encode("utf-8")})
