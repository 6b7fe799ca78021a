"""The words by which the rules of ``check`` recognise means, arms, order and addresses in texts of claims.

Vocabulary of the field, English, as claims are written in own words. What is not listed is not recognised, and then no
rule speaks; nothing here names an event, a place or a person.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ..data.model import RecordType
from .generics import COUNTRY_WORDS
from .names import fold

__all__ = [
    "ADDRESS_WORDS",
    "ARMS",
    "EXCLUSIVE",
    "MEANS_OF_TYPE",
    "NUMBER_WORDS",
    "Means",
    "arms_in",
    "content_words",
    "means_in",
    "other_words",
    "sides_in",
]


class Means(StrEnum):
    """How an attack was carried out, so far as one way rules another out."""

    AIR = "from the air"
    GROUND = "by people on the spot"
    SHELLING = "by shelling"
    DEVICE = "by a bomb or mine"


#: Ways of which only one can be meant where two reports each give one.
EXCLUSIVE = frozenset(frozenset((a, b)) for a in Means for b in Means if a is not b)

_AIR = (
    r"drones?|uavs?|fpvs?|unmanned|quad-?copters?|copters?|helicopters?|air-?strikes?|air (?:strike|raid)s?|aircraft"
    r"|jets?|warplanes?|bombers?|loitering|paragliders?|беспилотн\w+|дрон\w*|бпла|авиаудар\w*|پهپاد"
)
_PEOPLE = (
    r"gunm[ae]n|on foot|fighters?|militants?|raiders?|attackers?|assailants?|infiltrat\w+|ambush\w*|storm(?:ed|ing)"
    r"|raid(?:ed|ing)?|incursion|assault\w*|men (?:who|with)|groups? of men|horse(?:back|men)|motor-?cycl\w+"
    r"|close range|stabb\w+|snipers?|marksm[ae]n|shooters?|opened fire|gunfights?|gun battles?"
    r"|fire-?fights?|shoot-?outs?|боевик\w*|пешком|нападавш\w+|перестрел\w+|проник\w+"
)
_CROSSED = r"cross(?:ed|ing) (?:the |from |over |into )"
_SHELLING = (
    r"mortars?|shell(?:s|ed|ing|fire)|artillery|howitzers?|rocket (?:fire|salvo|launchers?)|rockets? fired|katyushas?"
    r"|barrages?|мином[её]т\w*|обстрел\w*|артиллери\w+"
)
_DEVICE = (
    r"land ?mines?|mines? (?:went|explod|deton)\w*|ieds?|improvised explosive\w*|booby.?trap\w*"
    r"|(?:road ?side|car|truck|boat|van|suicide|time|parcel|pipe) bomb\w*|bombs? (?:went off|explod\w+)|planted"
    r"|заминир\w+|взрывн\w+ устройств\w*"
)
#: What is said not to have been there: "no drone", "without a drone", "not by a drone".
_DENIED = re.compile(
    r"\b(?:no|not|without|neither|nor|never)\s+(?:(?:an?|any|the|by|from|with)\s+)*[\w-]+", re.IGNORECASE
)
_PATTERNS = {
    means: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for means, pattern in (
        (Means.AIR, _AIR),
        (Means.GROUND, _PEOPLE),
        (Means.SHELLING, _SHELLING),
        (Means.DEVICE, _DEVICE),
    )
}
_CROSSING = re.compile(rf"\b{_CROSSED}", re.IGNORECASE)


def means_in(text: str | None) -> frozenset[Means]:
    """Recognise the ways of attack that a text names.

    What a drone carries or crosses is no second way: "drone with rockets" is from the air.

    Examples
    --------
    >>> sorted(means_in("drone that crossed the river with mortar shells"))
    [<Means.AIR: 'from the air'>]
    """
    said = _DENIED.sub(" ", text or "")
    found = {means for means, pattern in _PATTERNS.items() if pattern.search(said)}
    if Means.AIR in found:
        return frozenset(found - {Means.SHELLING, Means.DEVICE})
    return frozenset(found | ({Means.GROUND} if _CROSSING.search(said) else set()))


#: The way that a type of record stands for; the types of people with arms do not rule each other out.
MEANS_OF_TYPE: dict[RecordType, Means] = {
    RecordType.DRONE_STRIKE: Means.AIR,
    RecordType.ARMED_ATTACK: Means.GROUND,
    RecordType.ARMED_INCURSION: Means.GROUND,
    RecordType.ARMED_CLASH: Means.GROUND,
    RecordType.SHELLING: Means.SHELLING,
}

#: What arms and charges are called, by one word for each.
ARMS: dict[str, str] = {
    "grenades": r"(?:hand ?)?grenades?",
    "explosives": r"explosives?|explosive charges?|dynamite|tnt",
    "incendiaries": r"incendiar\w+|petrol bombs?|molotov\w*",
    "bombs": r"(?:aerial )?bombs?",
    "rockets": r"rockets?|missiles?",
    "mortars": r"mortars?",
    "mines": r"(?:land ?)?mines?",
    "firearms": r"firearms?|rifles?|machine.?guns?|guns?|pistols?|small arms|automatic weapons?|kalashnikovs?|gunfire",
    "blades": r"knives|knife|machetes?|blades?",
}
_ARMS = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in ARMS.items()}


def arms_in(text: str | None) -> frozenset[str]:
    """Recognise the arms and charges that a text names."""
    return frozenset(name for name, pattern in _ARMS.items() if pattern.search(text or ""))


_SIDE = re.compile(r"(\w+)(?:['\u2019]s)?\s+(?:side|bank|shore|soil|territory)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:opposite|facing|from|towards?|near|across|before|than)(?:\s+(?:to|the))*\s*$", re.IGNORECASE)


def sides_in(text: str | None) -> list[str]:
    """Recognise the country on whose side a text places something; what lies opposite a side is not on it.

    Examples
    --------
    >>> sides_in("on the Afghan bank"), sides_in("opposite the Afghan bank")
    (['AF'], [])
    """
    hits = [(text or "", found) for found in _SIDE.finditer(text or "")]
    codes = [COUNTRY_WORDS.get(fold(found[1])) for whole, found in hits if not _OVER.search(whole[: found.start()])]
    return [code for code in dict.fromkeys(codes) if code]


_STOP = frozenset(
    word
    for line in (
        "a an and are as at be been by for from has have in into is it its near no of on or other over some that the",
        "their them these they this those to under was were which who with",
        "alleged allegedly suspected unidentified unknown unnamed unspecified",
    )
    for word in line.split()
)
#: Words that stand for a number or for how near it is.
NUMBER_WORDS = frozenset(
    word
    for line in (
        "about almost around approximately between few half handful least more most nearly roughly several than total",
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty dozen hundred",
        "million thousand up word zero",
    )
    for word in line.split()
)
_WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=8192)
def content_words(text: str | None) -> frozenset[str]:
    """Take the words of a text that carry its meaning, in lower case and without a plural s.

    Examples
    --------
    >>> sorted(content_words("unknown groups of smugglers"))
    ['group', 'smuggler']
    """
    found = (word.casefold() for word in _WORD.findall(text or ""))
    return frozenset(_singular(word) for word in found if word not in _STOP)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def other_words(one: frozenset[str], two: frozenset[str]) -> bool:
    """Tell whether a label says something that the other does not; a word that begins as another says no more."""

    def told(word: str) -> bool:
        return word in two or any(_begins(word, other) for other in two)

    return not all(map(told, one))


def _begins(one: str, two: str) -> bool:
    shorter = min(len(one), len(two))
    shared = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), shorter)
    return shorter > 3 and shared >= max(4, shorter - 1)


#: Words that addresses are made of. Wider than what the generalisation cuts: it cuts a word with its name or number,
#: and a name in front of it that it does not know stays.
ADDRESS_WORDS = re.compile(
    r"\b(?:streets?|avenues?|lanes?|alleys?|boulevards?|neighbou?rhoods?|microdistricts?|mikrorayons?|ma[kh]*allas?"
    r"|ba[sz]aa?rs?|mosques?|madrasas?|schools?|kindergartens?|dormitor(?:y|ies)|hostels?|hospitals?|apartments?"
    r"|apartment blocks?|street corner|house (?:no\.?|number)? ?\d+|flat \d+|building \d+)\b"
    r"|\b(?:улиц\w+|ул\.|переул\w+|проспект\w*|микрорайон\w*|махалл\w+|квартир\w+|общежити\w+|мечет\w+|школ\w+|рынк\w+"
    r"|кӯча\w*|маҳалла\w*|хиёбон\w*|мактаб\w*|масҷид\w*|бозор\w*)"
    r"|(?<!\w)(?:خیابان|کوچه|محله|کوی|پلاک|مکتب|مسجد|بازار)",
    re.IGNORECASE,
)
