"""Credits of the ground that records stand on: base map, districts, the note on boundaries; in the page's language."""

from __future__ import annotations

from .scene import Scene
from .texts import say, ui_texts

__all__ = ["base_map_credit", "boundary_note", "districts_note"]


def base_map_credit(made: Scene) -> str:
    """Name the sources of the base map."""
    return say(made.options.lang, "page.base_map", credits="; ".join(made.basemap.web["attribution"]))


def boundary_note(made: Scene) -> str:
    """Say that a line drawn is no opinion on a frontier."""
    return ui_texts(made.options.lang)["page.boundary"]


def districts_note(made: Scene) -> str:
    """Name the set of districts in use, with its licence if it has one."""
    lang, areas = made.options.lang, made.areas
    if areas.licence:
        return say(lang, "page.districts_licensed", set=areas.set_name, licence=areas.licence)
    return say(lang, "page.districts", set=areas.set_name)
