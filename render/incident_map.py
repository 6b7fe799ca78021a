"""The folium face of the map: a ``folium.Map`` whose figure renders as our page.

folium gives the shell: the tree of elements, ``add_child`` for a user's own layers, ``save``, ``_repr_html_``. Our data
never enters it: branca renders what elements hold as Jinja templates, a second time, and would run code in a headline.

A user's own layers do pass through branca's templates, at the user's own risk: put no text of a report or of a data
file into a popup, a tooltip, a name or a property of theirs. What they can and cannot use: ``own_layers.py``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import count
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink

from ..data.files import replace_files
from ..data.internal import named
from .descriptions import describe
from .embed import framed
from .own_layers import additions, checked_hosts, library
from .page import Additions, render
from .scene import Scene

__all__ = ["IncidentMap"]


class IncidentMap(folium.Map):
    """The map of one scene, for notebooks and for the build.

    Parameters
    ----------
    made
        What the page shows, see :func:`panjmap.render.scene.make_scene`.
    image_hosts
        Hosts that the page may ask for tiles and pictures of a user's own layers, as
        ``https://tile.openstreetmap.org`` or ``https://*.example.org``. None by default: the page asks nobody.

    Notes
    -----
    ``save(path)`` writes the page, a notebook shows it by itself, ``add_child`` (or ``add_to``) puts a user's own
    folium layers on it. The same scene and the same layers give the same bytes.
    """

    def __init__(self, made: Scene, *, image_hosts: Iterable[str] = ()) -> None:
        west, south, east, north = made.home.wide
        super().__init__(location=[(south + north) / 2, (west + east) / 2], tiles=None)
        self._id = "panjmap"
        # Lists of this map alone: folium's add_js_link and add_css_link change the lists of the class.
        self.default_js = []
        self.default_css = []
        self._figure = _PageFigure(made, checked_hosts(image_hosts))
        self._figure.add_child(self, name="map")

    def __repr__(self) -> str:
        """Say what the map shows, where a notebook is written as plain text."""
        return f"<IncidentMap. {describe(self._figure.made).alt}>"

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Render the user's own layers into the figure; the page itself comes from the scene, so this gives no text."""
        header = self._figure.header
        for name, url in self.default_js:
            header.add_child(JavascriptLink(url), name=name)
        for name, url in self.default_css:
            header.add_child(CssLink(url), name=name)
        # A layer control names all layers, also those that were added after it.
        for child in sorted(self._children.values(), key=lambda child: isinstance(child, folium.LayerControl)):
            child.render(**kwargs)
        return ""

    def save(self, outfile: str | bytes | PathLike[str] | BinaryIO, close_file: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 - folium's signature
        """Write the page, as ``panjmap build`` does: without layers of one's own, the same bytes.

        Parameters
        ----------
        outfile
            Path of the file, which is replaced only after everything has succeeded, or a file opened for bytes. An
            internal map goes to ``map.internal.html`` where ``map.html`` was asked for.
        close_file
            Whether an open file is closed after it was written.

        Raises
        ------
        PanjmapError
            An own layer cannot be on the page, the name is that of an internal output, or the file cannot be written.
        """
        page = self._figure.render(**kwargs).encode("utf-8")
        if isinstance(outfile, str | bytes | PathLike):
            replace_files({named(Path(os.fsdecode(outfile)), internal=self._figure.made.internal): page})
        else:
            outfile.write(page)
            if close_file:
                outfile.close()


class _PageFigure(Figure):
    """A figure that renders as the page of a scene."""

    def __init__(self, made: Scene, hosts: tuple[str, ...]) -> None:
        super().__init__(title=made.options.title)
        self._id = "figure"
        self.made, self.hosts = made, hosts
        self._links = _Header()
        self.header = self._links
        self.header._parent = self

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Render the page, with what the user's layers add."""
        # Elements add children while they render, to the figure and to themselves: afterwards the tree is as before.
        before = [(element, dict(element._children)) for element in (self, *_descendants(self))]
        libraries = dict(self._links.libraries)
        try:
            for child in list(self._children.values()):
                child.render(**kwargs)
            return render(self.made, self._additions())
        finally:
            for element, children in before:
                element._children.clear()
                element._children.update(children)
            self._links.libraries = libraries

    def _additions(self) -> Additions:
        header, html, script = _numbered([_text(sink) for sink in (self.header, self.html, self.script)], self)
        return additions(header, html, script, self.hosts, tuple(self._links.libraries.values()))

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Show the page in a notebook: compact, in a frame of its own that follows its height."""
        return framed(self.render(**kwargs), self.made)


class _Header(Element):
    """The head of the page: it takes styles, and answers or refuses links to libraries."""

    def __init__(self) -> None:
        super().__init__()
        self.libraries: dict[str, str] = {}

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Element:
        """Take an element, or answer for a library.

        Raises
        ------
        AssetError
            If an element asks for a library that no installed package holds.
        """
        if isinstance(child, JavascriptLink | CssLink):
            if code := library(str(name), str(child.url)):
                self.libraries[str(name)] = code
            return self
        added: Element = super().add_child(child, name, index)
        return added


def _descendants(element: Element) -> Iterator[Element]:
    """Elements below one, depth first, in the order in which they were added; the three parts of some included."""
    parts = (part for name in ("header", "html", "script") if isinstance(part := getattr(element, name, None), Element))
    for child in (*parts, *element._children.values()):
        yield child
        yield from _descendants(child)


def _numbered(texts: list[str], root: Element) -> list[str]:
    """Put numbers, in the order of the text, for the random ids by which branca's elements name each other."""
    ids, numbers = {element._id for element in _descendants(root)}, count()
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        if found[0] not in ids:
            return found[0]
        return names.get(found[0]) or names.setdefault(found[0], f"own{next(numbers)}")

    return [re.sub("[0-9a-f]{32}", name, text) for text in texts]


def _text(sink: Element) -> str:
    return "\n".join(text for child in sink._children.values() if (text := child.render().strip()))
