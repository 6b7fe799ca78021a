"""The folium face of the map: a ``folium.Map`` whose figure renders as our page.

folium gives the shell: the tree of elements, ``add_child`` for a user's own layers, ``save``, ``_repr_html_``. Our data
never enters it: branca renders what elements hold as Jinja templates, a second time, and would run code in a headline.

A user's own layers do pass through branca's templates, at the user's own risk: put no text of a report or of a data
file into a popup, a tooltip, a name or a property of theirs. They get no library beyond Leaflet: an element that asks
for another is refused, and so is one that needs jQuery (folium's popups and tooltips with text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink

from ..data.errors import AssetError
from .page import Additions, render
from .scene import Scene

__all__ = ["IncidentMap"]

#: Names under which folium asks for Leaflet, which the page holds already.
_CARRIED: Final = frozenset({"leaflet", "leaflet_css"})


class IncidentMap(folium.Map):
    """The map of one scene, for notebooks and for the build.

    Parameters
    ----------
    made
        What the page shows, see :func:`panjmap.render.scene.make_scene`.

    Notes
    -----
    ``save(path)`` writes the page, ``_repr_html_`` shows it in a notebook, ``add_child`` (or ``add_to``) puts a user's
    own folium layers on it. The same scene and the same layers give the same bytes.
    """

    def __init__(self, made: Scene) -> None:
        west, south, east, north = made.home.wide
        super().__init__(location=[(south + north) / 2, (west + east) / 2], tiles=None)
        self._id = "panjmap"
        # Lists of this map alone: folium's add_js_link and add_css_link change the lists of the class.
        self.default_js = []
        self.default_css = []
        self._figure = _PageFigure(made)
        self._figure.add_child(self, name="map")

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Render the user's own layers into the figure; the page itself comes from the scene, so this gives no text."""
        header = self._figure.header
        for name, url in self.default_js:
            header.add_child(JavascriptLink(url), name=name)
        for name, url in self.default_css:
            header.add_child(CssLink(url), name=name)
        for number, element in enumerate(_descendants(self)):
            element._id = f"own{number}"
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class _PageFigure(Figure):
    """A figure that renders as the page of a scene."""

    def __init__(self, made: Scene) -> None:
        super().__init__(title=made.options.title)
        self._id = "figure"
        self.made = made
        self.header = _Header()
        self.header._parent = self

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Render the page, with what the user's layers add."""
        for sink in (self.header, self.script):
            sink._children.clear()
        own_html = dict(self.html._children)
        for child in self._children.values():
            child.render(**kwargs)
        additions = self._additions()
        self.html._children.clear()
        self.html._children.update(own_html)
        return render(self.made, additions)

    def _additions(self) -> Additions:
        header, html, script = (_text(sink) for sink in (self.header, self.html, self.script))
        styles = tuple(re.findall(r"<style[^>]*>(.*?)</style>", header, re.DOTALL))
        if "$(" in script:
            raise AssetError(
                "jQuery",
                "a folium element needs it (a popup or tooltip with text), and the page carries Leaflet only",
                "leave the popup out, or add the record to the tables",
            )
        return Additions(html, styles, (_after_start(script),) if script else ())


class _Header(Element):
    """The head of the page: it takes styles, and refuses every link to a library that the page does not hold."""

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Element:
        """Take an element, or answer for a library.

        Raises
        ------
        AssetError
            If an element asks for a library other than Leaflet.
        """
        if isinstance(child, JavascriptLink | CssLink):
            if name in _CARRIED:
                return self
            reason = f"a folium element asks for it at {child.url}, and the page may load nothing"
            raise AssetError(str(name), reason, "use elements that need Leaflet only")
        added: Element = super().add_child(child, name, index)
        return added


def _descendants(element: Element) -> Iterator[Element]:
    """Elements below one, depth first, in the order in which they were added; parts of popups included."""
    for part in (element, *(getattr(element, name, None) for name in ("header", "html", "script"))):
        if isinstance(part, Element):
            for child in part._children.values():
                yield child
                yield from _descendants(child)


def _text(sink: Element) -> str:
    return "\n".join(text for child in sink._children.values() if (text := child.render().strip()))


def _after_start(script: str) -> str:
    """Run a user's script once the map is there, under the name by which folium's elements know it."""
    return (
        "(function start() {\n"
        "  if (!document.documentElement.hasAttribute('data-ready')) { setTimeout(start, 50); return; }\n"
        f"  var map_panjmap = panjmap.map.map;\n{script}\n}})();\n"
    )
