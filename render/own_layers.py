"""A user's own folium layers: what they add to the page, and what the page cannot give them.

In: the texts into which folium's elements have rendered, and the hosts that the user allows. Out: additions for the
page, or an error that says what to do: nothing that the security policy would block is left to break in silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from ..data.errors import AssetError, OptionError
from . import assets
from .page import Additions

__all__ = ["additions", "checked_hosts", "library"]

#: Libraries that folium carries itself, by the name under which its elements ask for them.
_LIBRARIES: Final = {
    "leaflet-heat.js": assets.Library(
        name="Leaflet.heat",
        version="0.2.0",
        licence="BSD-2-Clause",
        distribution="folium",
        module="folium",
        folder="templates",
        licence_file="LICENSE.txt",
        sha256={"leaflet_heat.min.js": "7378c428ff2318ec48e7e73c0d46061f938aa75551c519c74cd790b044dfa0fa"},
    )
}
#: Libraries that the page holds already.
_CARRIED: Final = frozenset({"leaflet", "leaflet_css"})

_TABLE: Final = "take an element that works, docs/embedding.md lists them"
_STYLE: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_LITERAL: Final = re.compile(r"`(?:\\.|[^`\\])*`|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_HOST: Final = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?")
#: Where Leaflet, folium's elements and markup name a picture.
_PICTURE: Final = re.compile(
    r"(?:L\.(?:tileLayer(?:\.wms)?|imageOverlay)\(\s*|\"(?:iconUrl|iconRetinaUrl|shadowUrl)\":\s*"
    r"|<img\b[^>]*?\bsrc=\s*|\burl\(\s*)\\?[\"'`]?((?:https?:)?//[^\"'`\s)>\\]+)",
    re.IGNORECASE,
)
_LEAFLET_ONLY: Final = "a folium element needs it, and the page carries Leaflet only"
#: What the page cannot give to the code of an element: pattern, what it is, why not, what to do.
_NEEDED: Final = (
    (
        r"\bL\.AwesomeMarkers\b",
        "Leaflet.awesome-markers",
        _LEAFLET_ONLY,
        "leave folium.Icon out, or take folium.DivIcon",
    ),
    (r"\bL\.videoOverlay\b", "video", "the page may play none", "link to it from a popup"),
    (r"\$\s*[.(]|\bjQuery\b", "jQuery", _LEAFLET_ONLY, _TABLE),
)
_BLOCKED: Final = re.compile(
    r"<(script|iframe|object|embed|video|audio|link|form)\b|\s(on[a-z]+|style)\s*=", re.IGNORECASE
)
_FRAMES: Final = re.compile(r"<(iframe|object|embed|video|audio|form)\b", re.IGNORECASE)


def checked_hosts(hosts: Iterable[str]) -> tuple[str, ...]:
    """Return hosts as the page's security policy names them; a single one may come without a list.

    Raises
    ------
    OptionError
        One is no host with a scheme, as ``https://tile.openstreetmap.org`` or ``https://*.example.org``.
    """
    listed = (hosts,) if isinstance(hosts, str) else hosts
    found = tuple(host.rstrip("/").lower() for host in listed)
    for host in found:
        if not _HOST.fullmatch(host):
            fix = "write it as https://tile.openstreetmap.org or https://*.example.org"
            raise OptionError("image_hosts", host, "is no host with http or https before it", fix)
    return found


def library(name: str, url: str) -> str:
    """Answer for a library that an element asks for by a link: its code, empty if the page holds it already.

    Raises
    ------
    AssetError
        No installed package holds it.
    """
    if name in _CARRIED:
        return ""
    if found := _LIBRARIES.get(name):
        return "\n".join(map(found.text, found.sha256))
    reason = f"a folium element asks for it at {url}; the page may load nothing, and no installed package holds it"
    raise AssetError(name, reason, _TABLE)


def additions(
    header: str, html: str, script: str, hosts: Sequence[str] = (), libraries: Sequence[str] = ()
) -> Additions:
    """Return what a user's layers add to the page.

    Parameters
    ----------
    header, html, script
        What the elements render for the three parts of the page.
    hosts
        Hosts that may be asked for tiles and pictures, see :func:`checked_hosts`.
    libraries
        Code of the libraries that the layers need, see :func:`library`.

    Raises
    ------
    AssetError
        The layers need something that the page cannot hold or may not load.
    """
    if other := _STYLE.sub("", header).strip():
        raise AssetError("own header", f"it holds more than styles ({other[:40]})", "put scripts into the map's script")
    if blocked := _BLOCKED.search(html):
        what = blocked[1] or blocked[2]
        reason = f'"{what}" in own HTML is blocked by the security policy of the page'
        raise AssetError(what, reason, "give styles by a class and a <style> in the header, code to the map's script")
    if frame := _FRAMES.search(script):
        raise AssetError(f"<{frame[1]}>", "the page may hold no frames and media", "link to it from the popup")
    _refuse_needs(script)
    for address in _PICTURE.findall("\n".join((header, html, script))):
        _refuse_picture(address, hosts)
    scripts = (*libraries, _wrapped(script)) if script else ()
    return Additions(html, tuple(_styles(header, script)), scripts, tuple(hosts))


def _refuse_needs(script: str) -> None:
    """Refuse code that uses a library the page does not hold; texts within it do not count."""
    code = re.sub(r"\$\(``\)\[0\]", "", _LITERAL.sub("``", script))
    for pattern, name, reason, fix in _NEEDED:
        if re.search(pattern, code):
            raise AssetError(name, reason, fix)


def _refuse_picture(address: str, hosts: Sequence[str]) -> None:
    parts = urlsplit(address if ":" in address.partition("//")[0] else f"https:{address}")
    wanted = f"{parts.scheme}://{parts.netloc}".lower()
    if not any(wanted == host or ("*." in host and _under(wanted, host)) for host in hosts):
        allowed = re.sub(r"//[^/]*\{s\}\.", "//*.", wanted)
        reason = f"the page may not ask {wanted} for it"
        raise AssetError(address, reason, f'allow it with build_map(image_hosts=["{allowed}"]), or use a local file')


def _under(wanted: str, host: str) -> bool:
    scheme, _, parent = host.partition("*")
    return wanted.startswith(scheme) and wanted.endswith(parent)


def _styles(header: str, script: str) -> Iterator[str]:
    yield from _STYLE.findall(header)
    if "L.divIcon" in script:
        yield ".leaflet-marker-icon{overflow-wrap:normal}\n"
    if "L.control.layers" in script:
        picture = assets.leaflet_image("layers-2x.png")
        yield f".leaflet-control-layers-toggle{{background-image:url({picture});background-size:26px}}\n"


def _wrapped(script: str) -> str:
    """Run a user's script once the map is there, under the name by which folium's elements know it."""
    pictures = {
        "iconUrl": assets.leaflet_image("marker-icon.png"),
        "iconRetinaUrl": assets.leaflet_image("marker-icon-2x.png"),
        "shadowUrl": assets.leaflet_image("marker-shadow.png"),
    }
    credited = "true" if '"attribution"' in script else "false"
    start = f"panjmap.own.add({json.dumps(pictures)}, {credited}, (map_panjmap, $) => {{"
    return f"{assets.own('own_layers.js')}{start}\n{script}\n}});\n"
