"""panjmap: an auditable, layered map of reported attacks along the Panj River.

In a notebook::

    import panjmap

    panjmap.build_map()

In a script::

    from panjmap.data.tables import PACKAGED, read_tables
    from panjmap.render.write import read_map, write_map

The floors: ``panjmap.data`` (what is known, and who says so), ``panjmap.geo`` (where that is, and how precisely),
``panjmap.render`` (what a person looks at), ``panjmap.cli`` (the commands).
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .render.incident_map import IncidentMap

__all__ = ["build_map"]

__version__ = "0.1.0"


def build_map(
    data: str | PathLike[str] | None = None,
    *,
    rows: str | PathLike[str] | None = None,
    districts: str | PathLike[str] | None = None,
    name_field: str | None = None,
    title: str = "",
    lang: str = "en",
    image_hosts: Iterable[str] = (),
    internal: bool = False,
    reports: str | PathLike[str] | None = None,
) -> IncidentMap:
    """Make the map, as a ``folium.Map`` that shows itself in a notebook.

    Parameters
    ----------
    data
        Folder with the tables; the packaged ones by default.
    rows
        Imported rows, as ``panjmap import`` writes them, shown beside the records of the tables.
    districts
        A boundary file of districts; by default districts are approximate areas.
    name_field
        Column of ``districts`` with the names.
    title
        Title of the map; by default the one that says what it shows.
    lang
        Language of the page's own words, ISO 639-1.
    image_hosts
        Hosts that layers of one's own may load tiles and pictures from, as ``https://tile.openstreetmap.org``. By
        default the map asks nobody for anything.
    internal
        Show everything: records that are withheld in public, places and texts as they stand in the tables. The map then
        says that it is not for publication, and ``save`` puts ``.internal`` into the name of the file.
    reports
        Folder with the texts of the reports, for an internal map: it shows the passages that claims rest on. Reports
        that have no text there are told by a warning.

    Returns
    -------
    IncidentMap
        ``.save(path)`` writes the same bytes as ``panjmap build``. Own folium layers are added as to any folium map;
        what works is listed in ``docs/embedding.md``.

    Raises
    ------
    PanjmapError
        The tables, the boundary file or a host are at fault; ``str(error)`` says what to do.
    """
    import warnings
    from pathlib import Path

    from .render.incident_map import IncidentMap
    from .render.prepare import read_scene
    from .render.scene import PageOptions

    scene = read_scene(
        Path(data) if data is not None else None,
        rows=Path(rows) if rows is not None else None,
        districts=Path(districts) if districts is not None else None,
        name_field=name_field,
        options=PageOptions(title=title, lang=lang),
        internal=internal,
        reports=Path(reports) if reports is not None else None,
        warn=lambda line: warnings.warn(line, stacklevel=2),
    )
    return IncidentMap(scene, image_hosts=image_hosts)
