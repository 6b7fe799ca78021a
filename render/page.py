"""The whole page as one string: template, context, security policy. Reads nothing but its own assets.

Data reaches the page in two ways only: as text that the template escapes, and in JSON blocks (``blocks.py``). None
of it passes through folium's or branca's templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ..data.evidence import counting_sentences, coverage
from ..data.internal import MARK
from ..data.model import Precision
from ..data.wording import day_text
from . import assets, lists, symbols
from .blocks import blocks
from .corrections import corrections
from .credits import base_map_credit, districts_note, protected_note
from .crowd import CIRCLES
from .fixed_texts import glossary, how_to_read
from .placed import not_located
from .scene import Scene
from .static_map import static_css, static_map
from .texts import language_of, say, ui_texts

__all__ = ["Additions", "render"]


#: What stands at the head of every printed sheet of an internal page.
_EVERY_SHEET = (
    f'@media print{{@page{{margin-top:14mm;@top-center{{content:"{MARK}";font:bold 9pt Arial,sans-serif}}}}}}'
)


@cache
def environment() -> jinja2.Environment:
    """Make the page's own Jinja environment: files of ``render/assets/``, everything escaped, nothing undefined."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "assets"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@dataclass(frozen=True, slots=True)
class Additions:
    """What a user's own folium layers add to the page: trusted markup, styles and scripts of their own making."""

    html: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    image_hosts: tuple[str, ...] = ()


def render(made: Scene, additions: Additions = Additions()) -> str:
    """Fill the template: one HTML document that needs nothing else; LF only; the same for the same input."""
    own = assets.INTERNAL_SCRIPTS if made.internal else assets.SCRIPTS
    scripts = [assets.leaflet_js(), "\n".join(assets.own(name) for name in own), *additions.scripts]
    small = symbols.palette_css() + static_css() + "\n".join(assets.own(name) for name in assets.SMALL_STYLES)
    styles = [small, assets.leaflet_css(), "\n".join(assets.own(name) for name in assets.LARGE_STYLES)]
    styles += [assets.own("internal.css") + _EVERY_SHEET] if made.internal else []
    styles += additions.styles
    hosts = [*(tile.host for tile in made.options.tiles), *additions.image_hosts]
    page = (
        environment()
        .get_template("page.html.j2")
        .render(
            **_text_context(made),
            blocks=blocks(made),
            extra_html=Markup(additions.html),  # noqa: S704 - the user's own layers, see incident_map.py
            csp=assets.policy(scripts, styles, hosts),
            notices=assets.notices(),
            scripts=[Markup(script) for script in scripts],  # noqa: S704 - verified files and our own
            styles=[Markup(style) for style in styles],  # noqa: S704 - verified files and our own
            static_map_svg=static_map(made),
            symbol_sprite=symbols.sprite(_symbols_in_use(made)),
        )
    )
    return page.replace("\r\n", "\n").replace("\r", "\n")


def _text_context(made: Scene) -> dict[str, Any]:
    """Everything in the context that is plain text."""
    tables = made.published.tables
    heard, lang = coverage(tables, made.evidence), language_of(made.options.lang)
    return {
        "title": made.options.title,
        "heading": made.heading,
        "mark": MARK if made.internal else "",
        "lang": lang,
        "compact": made.options.embed,
        "t": ui_texts(lang),
        "say": partial(say, lang),
        "not_complete": heard.not_complete_line,
        "coverage_line": heard.line,
        "sentences": counting_sentences(made.evidence),
        "groups": lists.groups(made.rows, made.evidence),
        "legend": made.legend,
        "crowded": len(made.drawn) > CIRCLES,
        "table_rows": lists.table_rows(made.rows, made.evidence, made.published.quotes),
        "sources": lists.sources(tables),
        "corrections": corrections(tables, lang),
        "how_to_read": how_to_read(lang),
        "glossary": glossary(lang),
        "credits": [base_map_credit(made)],
        "districts_note": districts_note(made),
        "generalised_note": protected_note(made),
        "not_located": [
            {"id": row.record_id, "title": row.title, "symbol_id": row.symbol_id, "colour": row.glyph}
            for row in not_located(made.rows)
        ],
        "data_version": made.version,
        "newest_date": day_text(heard.newest) if heard.newest else "",
    }


def _symbols_in_use(made: Scene) -> list[tuple[str, Precision]]:
    """Symbols of the records, of the legend, and of each record's type shown solid."""
    used = [(row.glyph, row.precision) for row in made.rows]
    for part in made.legend:
        for entry in part.entries:
            if entry.symbol_id.startswith("sym-"):
                _, glyph, precision = entry.symbol_id.split("-")
                used.append((glyph, Precision(precision)))
    return used
