"""Browser files that go into the page: our own, and Leaflet from an installed package, verified by SHA-256.

In: nothing but installed files. Out: text with LF only, ready to be put inline, with licence notices, and the hashes a
content security policy needs. No third-party code is in this repository and none is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import rjsmin

from ..data.errors import AssetError

__all__ = [
    "INTERNAL_SCRIPTS",
    "LARGE_STYLES",
    "LIBRARIES",
    "SCRIPTS",
    "SMALL_STYLES",
    "Library",
    "Notice",
    "leaflet_css",
    "leaflet_image",
    "leaflet_js",
    "notices",
    "own",
    "policy",
    "sha256_source",
]

#: Our own files in ``render/assets/``, in the order in which they are put together.
SMALL_STYLES: Final = ("base.css",)
LARGE_STYLES: Final = (
    "map.css",
    "panel.css",
    "filters.css",
    "timeline.css",
    "strip.css",
    "share.css",
    "page.css",
    "print.css",
    "embed.css",
)
SCRIPTS: Final = (
    "columns.js",
    "dom.js",
    "dates.js",
    "matching.js",
    "store.js",
    "permalink.js",
    "pointing.js",
    "choice.js",
    "time_axis.js",
    "time_piles.js",
    "geometry.js",
    "labels.js",
    "standoff.js",
    "layout.js",
    "basemap.js",
    "script.js",
    "names.js",
    "density.js",
    "areas.js",
    "scene.js",
    "marks.js",
    "circles.js",
    "symbols.js",
    "map.js",
    "theme.js",
    "rows.js",
    "files.js",
    "corrections.js",
    "detail.js",
    "panel.js",
    "list.js",
    "search.js",
    "filters.js",
    "layers.js",
    "timeline_words.js",
    "timeline_marks.js",
    "timeline_columns.js",
    "timeline_brush.js",
    "timeline.js",
    "strip_scale.js",
    "strip_place.js",
    "strip_layout.js",
    "strip_draw.js",
    "strip.js",
    "exports.js",
    "save_view_style.js",
    "save_view_text.js",
    "save_view_map.js",
    "save_view.js",
    "save_view_raster.js",
    "share.js",
    "print.js",
    "embed.js",
    "main.js",
)

#: The same with what only an internal page has, put after what it adds to.
INTERNAL_SCRIPTS: Final = tuple(
    part for name in SCRIPTS for part in ((name, "internal.js") if name == "rows.js" else (name,))
)

_FOLDER: Final = Path(__file__).parent / "assets"


class Notice(NamedTuple):
    """The licence notice of something the page embeds."""

    name: str
    version: str
    licence: str
    text: str


@dataclass(frozen=True, slots=True)
class Library:
    """A browser library that an installed Python package carries, with the SHA-256 of each file we use."""

    name: str
    version: str
    licence: str
    distribution: str
    module: str
    folder: str
    licence_file: str
    sha256: dict[str, str]

    def text(self, name: str) -> str:
        """Read a file of the library after checking its sum; LF only, because that is what a browser hashes.

        Raises
        ------
        AssetError
            If the package is missing, or the file is not byte for byte the expected one.
        """
        return _lf(self.data(name).decode("utf-8"))

    def data(self, name: str) -> bytes:
        """Read a file of the library after checking its sum; errors are those of :meth:`text`."""
        path = self._folder() / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise AssetError(str(path), "cannot be read", f"install {self.distribution} again") from error
        if hashlib.sha256(data).hexdigest() != self.sha256[name]:
            reason = f"it is not the {name} of {self.name} {self.version}, its SHA-256 differs"
            raise AssetError(str(path), reason, f"install the locked version of {self.distribution}")
        return data

    def notice(self) -> Notice:
        """Licence text as the package carries it."""
        try:
            files = metadata.distribution(self.distribution).files or []
        except metadata.PackageNotFoundError:
            files = []
        path = next((Path(str(f.locate())) for f in files if f.name == self.licence_file), None)
        if path is None or not path.is_file():
            raise AssetError(self.distribution, f"installed without its {self.licence_file}", "install it again")
        return Notice(self.name, self.version, self.licence, _lf(path.read_text("utf-8")).strip())

    def _folder(self) -> Path:
        spec = find_spec(self.module)
        if spec is None or not spec.submodule_search_locations:
            raise AssetError(self.name, "not installed", f"install the package {self.distribution}")
        return Path(next(iter(spec.submodule_search_locations))) / self.folder


LIBRARIES: Final[dict[str, Library]] = {
    "leaflet": Library(
        name="Leaflet",
        version="1.9.4",
        licence="BSD-2-Clause",
        distribution="django-js-lib-leaflet",
        module="js_lib_leaflet",
        folder="static/js_lib_leaflet",
        licence_file="LICENSE",
        sha256={
            "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
            "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
            "images/layers-2x.png": "066daca850d8ffbef007af00b06eac0015728dee279c51f3cb6c716df7c42edf",
            "images/marker-icon.png": "574c3a5cca85f4114085b6841596d62f00d7c892c7b03f28cbfa301deb1dc437",
            "images/marker-icon-2x.png": "00179c4c1ee830d3a108412ae0d294f55776cfeb085c60129a39aa6fc4ae2528",
            "images/marker-shadow.png": "264f5c640339f042dd729062cfc04c17f8ea0f29882b538e3848ed8f10edb4da",
        },
    )
}


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def leaflet_js() -> str:
    """Leaflet's script, without the pointer to its source map."""
    return re.sub(r"\n//# sourceMappingURL=\S*\s*\Z", "\n", LIBRARIES["leaflet"].text("leaflet.js"))


@cache
def leaflet_css() -> str:
    """Leaflet's style without any ``url()``: declarations that would load an image are dropped whole."""
    return re.sub(r"[ \t]*[\w-]+:[^;{}]*url\([^)]*\)[^;{}]*;?[ \t]*\n?", "", LIBRARIES["leaflet"].text("leaflet.css"))


@cache
def leaflet_image(name: str) -> str:
    """Return one of Leaflet's own pictures, such as ``marker-icon.png``, as a ``data:`` address."""
    data = LIBRARIES["leaflet"].data(f"images/{name}")
    return f"data:image/png;base64,{base64.b64encode(data).decode('ascii')}"


@cache
def own(name: str) -> str:
    """Read one of our own files in ``render/assets/``, without comments and needless white space.

    Raises
    ------
    AssetError
        If the installation lacks the file.
    """
    try:
        text = _lf((_FOLDER / name).read_text("utf-8"))
    except OSError as error:
        raise AssetError(f"render/assets/{name}", "missing from the installation", "install panjmap again") from error
    if name.endswith(".js"):
        return f"{rjsmin.jsmin(text)}\n"
    bare = re.sub(r"(?m)^[ ]*/\*(?:(?!\*/)[\s\S])*\*/[ ]*\n", "", text)
    return "".join(f"{line.strip()}\n" for line in bare.split("\n") if line.strip())


def notices() -> tuple[Notice, ...]:
    """Licence notices of all libraries the page embeds."""
    return tuple(library.notice() for library in LIBRARIES.values())


def sha256_source(text: str) -> str:
    """Hash of an inline script or style as a content security policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def policy(scripts: Sequence[str], styles: Sequence[str], image_hosts: Iterable[str] = ()) -> str:
    """Content security policy of a page with these inline scripts and styles, and these hosts for map tiles.

    Raises
    ------
    AssetError
        If a script or style could close its element or open a comment, or a host could end its directive.
    """
    named = sorted(set(image_hosts))
    for host in named:
        if re.search(r"[\s;,'\"]", host):
            raise AssetError("image host", f"{host!r} is no host", "write it as https://tile.example.org")
    for kind, texts in (("script", scripts), ("style", styles)):
        if any(re.search(rf"</{kind}|<!--", text, re.IGNORECASE) for text in texts):
            reason = f"it holds '</{kind}' or '<!--' and would end its own element"
            raise AssetError(f"inline {kind}", reason, "write these characters another way")
    hosts = "".join(f" {host}" for host in named)
    none = "'none'"
    return "; ".join(
        (
            f"default-src {none}",
            f"script-src {' '.join(map(sha256_source, scripts)) or none}",
            f"style-src {' '.join(map(sha256_source, styles)) or none}",
            f"img-src data: blob:{hosts}",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
