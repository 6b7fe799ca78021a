"""Take names that no table knows out of texts about people at risk: who wrote them may have named a quarter or a house.

A name is a word with a capital letter inside a sentence. It stays if it is part of a name that a table has (a place
that is left, a speaker, an outlet), if a text on something else has it, or if it is one of :data:`COMMON`. At the
beginning of a sentence any word has a capital: there it goes only if it stands elsewhere as a name, or beside one.
Letters without capitals (Persian, Arabic) cannot be told apart this way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from .model import Row, Tables
from .redaction import AnyRow, texts_of

__all__ = ["NO_NAME", "without_unknown_names"]

NO_NAME: Final = "(name left out)"
#: Texts that are looked at, by table. Names of speakers and publishers are names that a table has.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "records": ("title", "date_basis", "note"),
    "claims": ("value_text", "note"),
    "relations": ("note",),
    "decisions": ("chosen", "reason", "source"),
    "changes": ("old", "new", "reason"),
}
_COMMON = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december tajik tajiks afghan afghans chinese russian russians uzbek uzbeks kyrgyz "
    "kazakh pakistani pakistanis iranian iranians indian turkmen pashtun pashtuns hazara hazaras pamiri pamiris "
    "panjshiri arab persian dari pashto english european western eastern northern southern central asian soviet "
    "taliban islamic islamist islamists muslim muslims ismaili sunni shia christian ramadan eid nowruz navruz un "
    "eu us i ministry minister president government embassy consulate ambassador parliament committee council "
    "court prosecutor state republic interior internal foreign affairs defence security service services national "
    "border guard guards police army migration labour justice human rights watch amnesty international "
    "organisation organization red cross crescent high commissioner refugees refugee united nations agency office "
    "district region province autonomous river facebook telegram internet x "
)
#: Words with a capital that name no place finer than a district: days, peoples, faiths, offices.
COMMON: Final = frozenset(_COMMON.split())
#: A word; of ids, dates and abbreviations with digits nothing is a name.
_WORD: Final = re.compile(r"(?<![\w./-])[^\W\d_][\w'\u2019\u02bc-]*(?![\w./-]*\d)")
#: What stands before the first word of a sentence, of a list entry or of a quotation.
_BEGINS: Final = re.compile(r"(?:^|[.!?…:;]\s+|\n)[\s\"'«“‘(\[-]*$")
_PART: Final = re.compile(r"[^\W\d_]+")
_LINK_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_LINKS: Final = ("url", "archived_url")

Mine = Mapping[str, Callable[[Any], bool]]


def without_unknown_names(tables: Tables, told_of: Iterable[Mine]) -> Tables:
    """Take unknown names out of the rows that speak of people at risk.

    Parameters
    ----------
    tables
        All tables.
    told_of
        For each such record a test by table of whether a row speaks of it.

    Returns
    -------
    Tables
        The same rows. A report that tells of such records only also loses links with words in them: addresses of
        articles are made of names.
    """
    about = list(told_of)
    if not about:
        return tables
    mine = {name: [any(one[name](row) for one in about) for row in getattr(tables, name)] for name in FIELDS}
    known = _known(tables)
    rows = {name: list(zip(getattr(tables, name), mine[name], strict=True)) for name in FIELDS}
    texts = [text for name, found in rows.items() for text in texts_of((r for r, own in found if own), FIELDS[name])]
    unknown = {word for text in texts for word in _names(text) if not _is_known(word, known)}
    elsewhere = [t for name, found in rows.items() for t in texts_of((r for r, own in found if not own), FIELDS[name])]
    unknown -= {found for text in elsewhere for found in _WORD.findall(text) if found in unknown}
    cut = {
        name: tuple(_cut(row, FIELDS[name], unknown, known) if own else row for row, own in found)
        for name, found in rows.items()
    }
    return tables._replace(**cut, reports=_unlinked(tables, mine["claims"]))


def _known(tables: Tables) -> frozenset[str]:
    """List the words of all names that the tables have, folded, and common ones."""
    names = [*texts_of(tables.places, ("name",)), *texts_of(tables.place_names, ("name",))]
    names += [*texts_of(tables.speakers, ("name", "as_written")), *texts_of(tables.reports, ("outlet", "upstream"))]
    return COMMON | {part for name in names for part in _PART.findall(name.casefold())}


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Tell whether all parts of a word are known, with a case ending or a plural."""
    parts = _PART.findall(re.sub(r"['\u2019]s$", "", word.casefold()))
    endings = {part: range(max(1, min(4, len(part) - 2))) for part in parts if len(part) > 1}
    return all(any(part[: len(part) - cut] in known for cut in cuts) for part, cuts in endings.items())


def _names(text: str) -> list[str]:
    """List words with a capital that begin no sentence."""
    found = (m for m in _WORD.finditer(text) if m[0][0].isupper())
    return [m[0] for m in found if not _BEGINS.search(text[: m.start()])]


def _cut(row: AnyRow, fields: Iterable[str], unknown: set[str], known: frozenset[str]) -> AnyRow:
    update = {}
    for name in fields:
        value = getattr(row, name)
        if isinstance(value, str) and (text := _without(value, unknown, known)) != value:
            update[name] = text
    return row.model_copy(update=update) if update else row


def _without(text: str, unknown: set[str], known: frozenset[str]) -> str:
    """Replace unknown names, several in a row by one remark, with the word before them that begins the sentence."""
    words = list(_WORD.finditer(text))
    gone = [word[0] in unknown for word in words]
    for at in range(len(words) - 2, -1, -1):
        joined = text[words[at].end() : words[at + 1].start()].strip(" ") == ""
        if gone[at + 1] and joined and words[at][0][0].isupper() and not _is_known(words[at][0], known):
            gone[at] = True
    left, before = "", 0
    for word, out in zip(words, gone, strict=True):
        left += f"{text[before : word.start()]}{NO_NAME if out else word[0]}"
        before = word.end()
    whole = left + text[before:]
    return re.sub(rf"{re.escape(NO_NAME)}(?:[\s-]+{re.escape(NO_NAME)})+", NO_NAME, whole)


def _unlinked(tables: Tables, mine: Iterable[bool]) -> tuple[Any, ...]:
    """Take telling links off the reports whose claims all are about people at risk."""
    own: dict[str, bool] = {}
    for claim, risky in zip(tables.claims, mine, strict=True):
        if claim.record_id or risky:
            own[claim.report_id] = own.get(claim.report_id, True) and risky
    return tuple(_without_links(r) if own.get(r.report_id) else r for r in tables.reports)


def _without_links(row: Row) -> Row:
    links = {name: getattr(row, name) for name in _LINKS}
    telling = {name: None for name, link in links.items() if link and _LINK_WORD.search(unquote(_path(link)))}
    return row.model_copy(update=telling) if telling else row


def _path(link: str) -> str:
    """Give what follows the host; of an archive that holds the whole address of the article."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    return f"{parts.path}?{parts.query}#{parts.fragment}"
