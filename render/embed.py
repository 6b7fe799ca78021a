"""The map inside other people's pages: the snippet that an author pastes, and the compact page that a frame shows.

The snippet is a figure with a frame, a picture for paper and for mail, where no frame is shown, and a link to the whole
page. What its few lines of style and script do, and what a host must allow: ``docs/embedding.md``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from ..data.errors import OptionError
from ..data.internal import MARK, internal_name, marked
from ..data.text import clean
from .descriptions import describe
from .page import environment, render
from .scene import Scene
from .texts import language_of, ui_texts

__all__ = ["EMBED_PAGE", "HEIGHT", "SANDBOX", "checked_address", "embed_page", "framed", "inline_parts", "snippet"]

#: Name under which the compact page is kept; it needs no ``embed=1`` in its address.
EMBED_PAGE: Final = "embed.html"
#: What the frame may do: run its scripts, and open links as pages of their own, free of the frame's limits.
SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
#: Height of the frame in CSS pixels until the page has told its own.
HEIGHT: Final = 700
#: Width of the picture in CSS pixels: 183 mm, for readers that know no style.
PICTURE: Final = 692

_CHOICE: Final = re.compile(r"embed=[01]")
_ADDRESS: Final = "give the address where the file will stand, as https://example.org/map.html or map.html"


def embed_page(made: Scene) -> bytes:
    """Make the compact page: the same page and the same data, which starts as ``map.html?embed=1`` does.

    ``?embed=0`` in its address opens the whole page, so that the file needs no other one beside it.
    """
    return render(replace(made, options=replace(made.options, embed=True))).encode("utf-8")


def snippet(
    made: Scene,
    *,
    src: str | None = None,
    image: str | None = None,
    title: str | None = None,
    link: str | None = None,
) -> str:
    """Write the snippet: markup without blank lines, ready to be pasted into a page or a Markdown file.

    Parameters
    ----------
    made
        What the page shows; the text for those who cannot see the picture comes from it.
    src
        Address of the page, absolute (``http``, ``https``) or relative to the host page; by default the name that
        ``panjmap build`` gives it. What it shows may follow a ``#`` (``docs/page.md``). A page other than
        ``embed.html`` is asked for its compact form.
    image
        Address of the picture that stands for the frame on paper and in mail.
    title
        Name of the frame for assistive software; the title of the page by default.
    link
        Address of the whole page; by default that of ``src`` without the wish for the compact form.

    Raises
    ------
    OptionError
        An address is no web address, or the title is empty.
    """
    page, picture = (
        _own_name("map.html", made) if src is None else src,
        _own_name("figure.png", made) if image is None else image,
    )
    frame, whole = _addresses(checked_address("--src", page))
    return _figure(
        made,
        title=_titled(made, made.options.title if title is None else _named(title)),
        src=_attribute(frame),
        image=_attribute(checked_address("--image", picture)),
        link=_attribute(whole if link is None else checked_address("--link", link)),
        width=PICTURE,
    )


def framed(page: str, made: Scene) -> str:
    """Show a page in a frame that holds all of it, for notebooks: compact, as tall as its content.

    Where frames are taken out, as in a notebook that is not trusted, the map in words is seen instead.
    """
    # In one line and without tabs, for a notebook may become Markdown.
    inside = Markup(str(escape(page)).replace("\n", "&#10;").replace("\t", "&#9;"))  # noqa: S704 - escaped before
    return _figure(made, title=made.options.title, page=inside)


def _figure(made: Scene, *, title: str, page: str = "", **parts: str | int) -> str:
    lang = language_of(made.options.lang)
    fixed = {"sandbox": SANDBOX, "height": HEIGHT, "lang": lang, "t": ui_texts(lang)}
    fixed["mark"] = MARK if made.internal else ""
    words = {"title": _attribute(title), "alt": _attribute(describe(made).alt)}
    return environment().get_template("snippet.html.j2").render(**fixed, **words, page=page, **parts).lstrip("\n")


def inline_parts() -> tuple[str, str]:
    """Return style and script of the snippet, as a host's security policy hashes them. No data changes them."""
    style, script = (environment().get_template(f"snippet.{kind}").render() for kind in ("css", "js"))
    return f"\n{style}", f"\n{script}"


def checked_address(option: str, url: str) -> str:
    """Return an address that can be a frame's, a picture's or a link's.

    Raises
    ------
    OptionError
        It is empty, holds characters that no address holds, or is neither relative nor of ``http`` or ``https``.
    """
    if not url.strip():
        raise OptionError(option, url, "is empty", _ADDRESS)
    if clean(url) != url or re.search(r"[\s\\<>\"`{}|^]", url):
        reason = "holds a space or another character that an address cannot hold"
        raise OptionError(option, url, reason, "write it as %20 and the like, or give the file a plain name")
    try:
        parts = urlsplit(url)
        fits = bool(parts.hostname) if parts.scheme else not parts.netloc and not url.startswith("//")
        _ = parts.port
    except ValueError:
        raise OptionError(option, url, "is no web address", _ADDRESS) from None
    if not fits or parts.scheme not in ("", "http", "https"):
        raise OptionError(option, url, "is neither an http(s) address nor a relative one", _ADDRESS)
    if option != "--link" and not parts.netloc and not parts.path:
        raise OptionError(option, url, "names no file", _ADDRESS)
    if parts.username is not None:
        reason = "holds a user name, which every reader of the page would see"
        raise OptionError(option, url, reason, "leave out what stands before the @")
    return url


def _addresses(src: str) -> tuple[str, str]:
    """Return the address of the compact page, which the frame shows, and that of the whole page."""
    rest, _, hashed = src.partition("#")
    path, _, query = rest.partition("?")
    bare_query, bare_hash = (_without_choice(text) for text in (query, hashed))
    if path.rpartition("/")[2] in (EMBED_PAGE, internal_name(Path(EMBED_PAGE)).name):
        return _joined(path, bare_query, bare_hash), _joined(path, _more("embed=0", bare_query), bare_hash)
    return _joined(path, _more("embed=1", bare_query), bare_hash), _joined(path, bare_query, bare_hash)


def _without_choice(text: str) -> str:
    return "&".join(part for part in text.split("&") if not _CHOICE.fullmatch(part))


def _more(word: str, text: str) -> str:
    return f"{word}&{text}" if text else word


def _titled(made: Scene, title: str) -> str:
    return marked(title) if made.internal else title


def _own_name(name: str, made: Scene) -> str:
    """Name a file as panjmap writes it."""
    return internal_name(Path(name)).name if made.internal else name


def _joined(path: str, query: str, hashed: str) -> str:
    return path + (f"?{query}" if query else "") + (f"#{hashed}" if hashed else "")


def _named(title: str) -> str:
    if not title.strip():
        raise OptionError("--title", title, "is empty", "say what the map shows, or leave the option out")
    return title


def _attribute(text: str) -> Markup:
    """Make a text fit for an attribute: one line, escaped, and nothing in it for a template engine of the host."""
    line = " ".join(clean(text).split())
    return Markup(str(escape(line)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - escaped before
