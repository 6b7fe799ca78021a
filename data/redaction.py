"""Take names, ids and positions out of texts: whole words only, and never out of the middle of a longer known name.

Used for public outputs (see ``publish.py``). Rows go in, equal rows with changed texts come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from .model import Row

__all__ = ["ADDRESS", "NO_ADDRESS", "POSITION", "Redaction", "texts_of", "token_pattern"]

AnyRow = TypeVar("AnyRow", bound=Row)

#: A position written into a text: a pair of decimal degrees; degrees with minutes; one number as precise as 100 m or
#: with a hemisphere; a military grid reference; an open location code. Rather a number too many than a house too few.
POSITION = re.compile(
    r"-?\d{1,3}\.\d{2,}\s*°?\s*[NS]?\s*[,;/ ]\s*-?\d{1,3}\.\d{2,}(?:\s*°?\s*[EW]\b)?"
    r"|\d{1,3}\s*°\s*\d[^,;]*?[NS]\b\s*[,;/ ]?\s*\d{1,3}\s*°\s*\d[^,;]*?[EW]\b"
    r"|\d{1,3}\s*(?:[°º˚]|deg(?:rees)?\b)\s*\d{1,2}(?:[.,٫]\d+)?(?:\s*['\u2032\u2019]\s*(?:\d{1,2}(?:[.,٫]\d+)?)?)?"
    r"|-?(?<![\d.,])\d{1,3}(?:[.٫]\d{3,}|,\d{4,})\d*\s*°?|-?(?<![\d.,])\d{1,3}[.,٫]\d+\s*°?\s*[NSEW]\b"
    r"|\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
)
NO_POSITION = "(position left out)"
#: A capitalised word, also where case is ignored around it; of bounded length, or a long text takes minutes.
_NAME = r"(?-i:[A-ZÀ-ÞА-ЯЁҒӢҚӮҲҶ])[\w'\u2019\u02bb-]{0,60}"
_NUMBER = r"(?:number\s+|no\.?\s*|[№#]\s*)?\d+\w?"
_NUMBERED = rf"(?:\s*,?\s*(?:house\s+|flat\s+|apartment\s+|д(?:ом|\.)\s*|хонаи\s+)?{_NUMBER})?"
_STREET = r"street|avenue|lane|neighbou?rhood|microdistrict|mi[ck]roraion|mikrorayon|mak?halla|ba[sz]aa?r"
_HOUSE = r"mosque|school|dormitory|hostel"
#: An address written into a text, by the words that addresses are made of: English, Russian, Tajik and Persian.
ADDRESS = re.compile(
    rf"\b(?:{_STREET}|{_HOUSE}|house|apartment|flat|building)\s+{_NUMBER}\b"
    rf"|\b(?:{_NAME}\s+){{1,3}}(?:st\.|(?:{_STREET}|{_HOUSE}|alley|boulevard|quarter)\b){_NUMBERED}"
    rf"|\b(?:{_NAME}\s+){{1,3}}road\s+{_NUMBER}\b"
    rf"|\b(?:{_STREET}|{_HOUSE}|quarter)\s+(?:of\s+)?{_NAME}{_NUMBERED}"
    r"|\b(?:ул(?:\.|иц\w+)|пр(?:\.|осп(?:\.|ект\w*))|пер(?:\.|еулк\w*|еулок)|мкр\.?|микрорайон\w*|махалл\w+|квартал\w*"
    rf"|кӯча\w*|кучаи|маҳалла\w*|хиёбон\w*|гузари)\s*[«\"]?(?:{_NAME}|\d)[\w-]*[»\"]?{_NUMBERED}"
    rf"|\b(?:д(?:ом\w*|\.)|хона\w*|кв(?:\.|артир\w+))\s*{_NUMBER}\b"
    r"|(?<!\w)(?:خیابان|کوچه|محله|کوی|پلاک|مکتب|مسجد)[\u0654\u200c]?\s+\w+(?:\s+\d+)?",
    re.IGNORECASE,
)
NO_ADDRESS = "(address left out)"
#: Names of publishers, which may be called after a street.
_PUBLISHERS = ("outlet", "upstream")
#: Words that say what kind of place a name is; they go with the name that they stand beside.
_BEFORE = r"(?:(?:the\s+)?(?:town|city|village|settlement|hamlet|quarter|jamoat)\s+of\s+|(?:город|село|шаҳри)\s+)?"
_AFTER = r"(?:[\s-]+(?:town|city|village|settlement|jamoat))?"


def token_pattern(ids: Iterable[str]) -> re.Pattern[str] | None:
    """Match any of the ids as a whole, not as a part of a longer id; nothing for no ids."""
    found = sorted(set(ids), key=lambda text: (-len(text), text))
    if not found:
        return None
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, found))})(?![\w-]|\.\w)")


def texts_of(rows: Iterable[Row], fields: Iterable[str]) -> Iterator[str]:
    """Read these text fields of rows."""
    names = tuple(fields)
    for row in rows:
        for name in names:
            value = getattr(row, name)
            if isinstance(value, str):
                yield value
            elif isinstance(value, tuple):
                yield from value


def _plain(text: str) -> str:
    """Fold case and white space, to look for a name quickly."""
    return " ".join(text.casefold().split())


class Redaction:
    """Replacements for names and ids.

    Parameters
    ----------
    names
        Spellings and what replaces them; "the town of" before and "town" after a spelling go with it.
    ids
        Ids and what replaces them.
    known
        Spellings of places that stay; those that contain a replaced spelling are left whole.
    texts
        All texts that will be looked at: names and ids that none of them holds are passed over, which is what makes
        this fast.
    positions
        Whether coordinates and addresses in a text are left out as well; names of publishers keep their street.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        ids: Mapping[str, str],
        known: Iterable[str],
        texts: Iterable[str],
        *,
        positions: bool = False,
    ) -> None:
        hay = "\n".join(texts)
        plain = "\n".join(map(_plain, hay.split("\n")))
        found = {name: new for name, new in names.items() if _plain(name) in plain}
        self.ids = {name: new for name, new in ids.items() if name in hay}
        self.positions = positions
        self._ids = token_pattern(self.ids)
        self._replacements = sorted(set(found.values()))
        kept = {name for name in known if _plain(name) in plain} | set(self.ids.values())
        self._names = _name_pattern(found, self._replacements, kept)

    def text(self, text: str) -> str:
        """Replace what has to go in one text."""
        if self._ids:
            text = self._ids.sub(lambda found: self.ids[found[0]], text)
        if self._names:
            text = self._names.sub(self._replacement, text)
        return POSITION.sub(NO_POSITION, text) if self.positions else text

    def _unaddressed(self, text: str) -> str:
        """Replace what has to go in a text, addresses included."""
        text = self.text(text)
        return ADDRESS.sub(NO_ADDRESS, text) if self.positions else text

    def _replacement(self, found: re.Match[str]) -> str:
        group = found.lastgroup or ""
        return self._replacements[int(group[1:])] if group.startswith("r") else found[0]

    def row(self, row: AnyRow, fields: Iterable[str]) -> AnyRow:
        """Replace what has to go in these text fields of a row; the row itself where nothing does."""
        update: dict[str, object] = {}
        for field in fields:
            value, change = getattr(row, field), self.text if field in _PUBLISHERS else self._unaddressed
            if isinstance(value, str) and (text := change(value)) != value:
                update[field] = text
            elif isinstance(value, tuple) and (texts := tuple(map(change, value))) != value:
                update[field] = texts
        return row.model_copy(update=update) if update else row


def _name_pattern(names: Mapping[str, str], replacements: list[str], known: Iterable[str]) -> re.Pattern[str] | None:
    """Match kept longer names before the names to replace; the group says which replacement is meant."""
    if not names:
        return None
    shorts = {_plain(name) for name in names}
    longer = {name for name in known if any(short in _plain(name) for short in shorts - {_plain(name)})}
    longer |= set(replacements)
    keep = "|".join(_spelling(name) for name in sorted(longer, key=lambda text: (-len(text), text)))
    ordered = sorted(names, key=lambda text: (-len(text), text))
    change = "|".join(
        f"(?P<r{i}>{'|'.join(_spelling(name) for name in ordered if names[name] == replacement)})"
        for i, replacement in enumerate(replacements)
    )
    return re.compile(rf"(?<!\w){_BEFORE}(?:(?P<keep>{keep})|(?:{change}){_AFTER})(?!\w)", re.IGNORECASE)


def _spelling(name: str) -> str:
    """Match a name with any white space, and with a case ending where it is Cyrillic."""
    pattern = r"\s+".join(re.escape(word) for word in name.split())
    return rf"{pattern}\w{{0,3}}" if len(name) > 3 and re.search(r"[\u0400-\u04ff]$", name) else pattern
