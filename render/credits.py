"""What stands under every map: base map, districts, boundaries, what was generalised; in the page's language."""

from __future__ import annotations

from .scene import Scene
from .texts import say, ui_texts

__all__ = ["base_map_credit", "boundary_note", "districts_note", "protected_note"]


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


def protected_note(made: Scene) -> str:
    """Say how many records are shown less precisely, or not at all, to protect people; empty where none is.

    Of an internal output: that it is one, and what a public one would not show.
    """
    note = made.published.note
    if made.internal:
        return note
    return say(made.options.lang, "page.generalised", note=note) if note else ""
