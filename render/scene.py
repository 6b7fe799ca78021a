"""Everything one page is made from, derived once: rows, drawing instructions, layers, legend.

In: published tables, located frame, evidence, base map, areas. Out: one frozen scene that the page, its blocks and the
static map read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..data.evidence import Evidence
from ..data.internal import marked, unmarked
from ..data.model import PlaceLevel, PlaceRole
from ..data.tables import data_version
from ..data.text import clean
from .discs import disc_key, discs
from .drawing import Drawing, drawings
from .frame import Home, home_views
from .layers import Layer, LegendPart, ground_layers, layers, legend
from .lists import in_list_order
from .named_places import NamedPlace, named_places
from .placed import Placed, links, placed
from .texts import FALLBACK, ui_texts

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from ..data.provenance import InputFile
    from ..data.publish import Published
    from ..geo.areas import Area, Areas
    from ..geo.basemap import Basemap

__all__ = ["District", "PageOptions", "Scene", "TileLayer", "make_scene"]


@dataclass(frozen=True, slots=True)
class TileLayer:
    """An online tile layer a reader may switch on. It is off at first, and quiet when there is no network.

    ``url`` is a template with ``{z}``, ``{x}`` and ``{y}``; ``host`` is what the security policy then allows.
    """

    name: str
    url: str
    host: str
    attribution: str


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What a build may choose.

    ``lang`` is the language of the page's own words, ISO 639-1, which also has a title. ``embed`` makes the page start
    compact, whatever its address says, but for ``embed=0``.
    """

    title: str = ""
    lang: str = FALLBACK
    tiles: tuple[TileLayer, ...] = ()
    embed: bool = False

    def __post_init__(self) -> None:
        """Clean the title, which enters here and by no table."""
        object.__setattr__(self, "title", clean(self.title) or ui_texts(self.lang)["page.title"])


@dataclass(frozen=True, slots=True)
class District:
    """A district that records are placed in, for the layer of districts."""

    place_id: str
    name: str
    area: Area


@dataclass(frozen=True)
class Scene:
    """Everything the page is made from, derived once.

    ``partly`` names records that are shown although they may lie outside what was asked for, see ``selection.py``.
    ``inputs`` are the files that were read, ``name_field`` the column asked for in a boundary file.
    ``imported`` says how many imported rows are shown, and how many are not.
    """

    published: Published
    located: GeoDataFrame
    evidence: Mapping[str, Evidence]
    basemap: Basemap
    areas: Areas
    options: PageOptions
    home: Home
    rows: tuple[Placed, ...]
    drawn: tuple[Drawing, ...]
    layers: tuple[Layer, ...]
    legend: tuple[LegendPart, ...]
    links: tuple[tuple[str, str], ...]
    discs: Mapping[str, tuple[int, int]]
    districts: tuple[District, ...]
    places: tuple[NamedPlace, ...]
    version: str
    partly: frozenset[str] = frozenset()
    inputs: tuple[InputFile, ...] = ()
    name_field: str | None = None
    imported: str = ""

    @property
    def internal(self) -> bool:
        """Tell whether everything is shown, and every output has to say so."""
        return self.published.internal

    @property
    def heading(self) -> str:
        """Give the title by itself, for where an internal output has its mark beside it."""
        return unmarked(self.options.title)

    @property
    def counted(self) -> dict[str, Evidence]:
        """Evidence of the records that sentences count: all but those that may lie outside the selection."""
        return {record_id: found for record_id, found in self.evidence.items() if record_id not in self.partly}


def make_scene(
    published: Published,
    located: GeoDataFrame,
    evidence: Mapping[str, Evidence],
    basemap: Basemap,
    areas: Areas,
    options: PageOptions,
) -> Scene:
    """Derive everything that the page shows."""
    if published.internal:
        options = replace(options, title=marked(options.title))
    lang = options.lang
    rows = in_list_order(placed(located, evidence, published.tables.places), evidence)
    home = home_views([row.geometry for row in rows if row.drawn and row.geometry is not None])
    pairs, deaths = links(rows, evidence), discs(rows, evidence)
    districts = _districts(published, areas)
    places = named_places(published.tables)
    counts = _ground_counts(basemap, len(districts), len(places))
    approximate = all(district.area.approximate for district in districts)
    found = (*layers(rows, lang), *ground_layers(counts, areas.set_name, approximate=approximate, lang=lang))
    return Scene(
        published=published,
        located=located,
        evidence=evidence,
        basemap=basemap,
        areas=areas,
        options=options,
        home=home,
        rows=rows,
        drawn=drawings(rows, basemap.outlines, home.wide),
        layers=found,
        legend=(*legend(found, rows, pairs, lang), *disc_key(deaths, lang)),
        links=pairs,
        discs=deaths,
        districts=districts,
        places=places,
        version=data_version(published.tables),
    )


def _districts(published: Published, areas: Areas) -> tuple[District, ...]:
    """List the districts that records are placed in, for the layer of districts."""
    places = {place.place_id: place for place in published.tables.places}
    roles = (PlaceRole.EVENT, PlaceRole.GENERALISED)
    named = {link.place_id: None for link in published.tables.record_places if link.role in roles}
    return tuple(
        District(place_id, places[place_id].name, area)
        for place_id in named
        if places[place_id].level is PlaceLevel.DISTRICT and (area := areas.outline(place_id))
    )


def _ground_counts(basemap: Basemap, districts: int, places: int) -> dict[str, int]:
    web = basemap.web
    return {
        "places": places,
        "border": 1,
        "regions": sum(1 for region in basemap.regions if region.iso),
        "roads": len(web.get("roads", ())),
        "districts": districts,
        "relief": 1,
    }
