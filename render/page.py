"""The public face of the build: published tables and located records in, the page as one string out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..data.evidence import Evidence
from .incident_map import IncidentMap
from .scene import PageOptions, TileLayer, make_scene

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from ..data.publish import Published
    from ..geo.areas import Areas
    from ..geo.basemap import Basemap

__all__ = ["PageOptions", "TileLayer", "build_page"]


def build_page(
    published: Published,
    located: GeoDataFrame,
    evidence: Mapping[str, Evidence],
    basemap: Basemap,
    areas: Areas,
    options: PageOptions,
) -> str:
    """Build the page.

    Parameters
    ----------
    published
        Tables that are fit for publication.
    located
        The located frame of these tables, one row a record, EPSG:4326.
    evidence
        Evidence of the same records.
    basemap, areas
        The ground; ``areas`` also names the set of districts in use.
    options
        Title, language, online tile layers.

    Returns
    -------
    str
        One HTML document that needs nothing else; LF only; the same for the same input.

    Raises
    ------
    AssetError
        If an installed browser library is missing or not the expected one.
    """
    return IncidentMap(make_scene(published, located, evidence, basemap, areas, options)).get_root().render()
