"""Words around a name that are not the name: what kind of place is meant, in which country, and small words.

Toponymy calls them generic terms. They are hints of level, kind and country in Latin, Cyrillic and Arabic script.
"""

from __future__ import annotations

from typing import NamedTuple

from ..data.errors import PlaceError
from ..data.model import PlaceLevel
from .names import fold

__all__ = [
    "COUNTRY_NAMES",
    "COUNTRY_WORDS",
    "GENERICS",
    "MODIFIERS",
    "NEARBY",
    "PREPOSITIONS",
    "SMALL_WORDS",
    "Generic",
    "country_code",
]


class Generic(NamedTuple):
    """What a generic term says: the level, words of :attr:`Place.kind` it names, and the country it is used in."""

    level: PlaceLevel | None
    kinds: tuple[str, ...] = ()
    country: str | None = None


def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in text.split())


_REGION, _DISTRICT, _SETTLEMENT = PlaceLevel.REGION, PlaceLevel.DISTRICT, PlaceLevel.SETTLEMENT
_SITE, _LINE, _AREA = PlaceLevel.SITE, PlaceLevel.LINE, PlaceLevel.AREA

_TERMS: tuple[tuple[Generic, str], ...] = (
    (
        Generic(PlaceLevel.COUNTRY),
        "country republic islamic emirate республика республики республике исламский исламского эмират эмирата эмирате "
        "ҷумҳурии аморати исломии جمهوری اسلامی امارت",
    ),
    (
        Generic(_REGION),
        "region regions province provinces viloyat viloyati vilayat wilayat velayat welayat вилоят вилояти вилояты "
        "вилоята вилояте ولایت ولایات استان",
    ),
    (
        Generic(_REGION, country="TJ"),
        "oblast autonomous mukhtor mukhtori область области областью обл ао автономная автономной автономную "
        "автономный "
        "мухтор мухтори مختار خودمختار",
    ),
    (Generic(_REGION, country="AF"), "vilayet welayet провинция провинции провинцию провинцией"),
    (Generic(_DISTRICT), "district districts county шаҳристон شهرستان"),
    (
        Generic(_DISTRICT, country="TJ"),
        "rayon raion raiony nohiya nohiyai nohia nahiya nahia район района районе району районом районы районов "
        "ноҳия ноҳияи ноҳияҳои нохия нохияи ناحیه",
    ),
    (
        Generic(_DISTRICT, country="AF"),
        "уезд уезда уезде уезду uluswali woluswali wuluswali wuleswali ulusvoli вулусволи вулусволии улусволи "
        "улусволии волуслували "
        "ولسوالی ولسوالۍ",
    ),
    (Generic(_SETTLEMENT), "settlement seat centre center маркази центр центра центре مرکز"),
    (
        Generic(_SETTLEMENT, ("city", "town")),
        "city town towns urban shahri shahr shahraki shahrak шаҳр шаҳри шахр шахри шаҳрак шаҳраки город города городе "
        "городу городом пгт поселок посёлка поселке посёлок شهر شهرک",
    ),
    (
        Generic(_SETTLEMENT, ("village", "locality", "area", "post", "crossing")),
        "village villages hamlet qishloq qishlaq kishlak deh deha dehai dehoti jamoat jamoati деҳа деҳаи дехаи деха "
        "деҳот деҳоти қишлоқ қишлоқи село села селе селу селом сел кишлак кишлака кишлаке кишлаку деревня деревни "
        "деревне джамоат джамоата ҷамоат ҷамоати маҳалла маҳаллаи махалля روستا روستای قریه قریهٔ ده دهکده دهکدهٔ",
    ),
    (
        Generic(_SITE, ("post",)),
        "post posts outpost outposts checkpoint zastava posti пост поста посту посте поста застава заставы заставе "
        "заставу погранзастава погранзаставы погранзаставе погранпост погранпоста погранпосте дидбонгоҳ дидбонгохи "
        "дидбонгоҳи посгоҳ посгоҳи посгохи پاسگاه پوسته پاسگاه‌های",
    ),
    (
        Generic(_SITE, ("crossing",)),
        "crossing bridge bcp gate port bandar ferry мост моста мосту мосте пул пули переход перехода "
        "переправа кпп бандар бандари гузаргоҳ "
        "гузаргоҳи پل گذرگاه بندرگاه بندر",
    ),
    (
        Generic(_SITE, ("mine", "camp", "area")),
        "camp mine mines goldmine лагерь лагеря лагере рудник рудника кон кони معدن کمپ",
    ),
    (
        Generic(_AREA, ("gorge", "reserve", "area")),
        "gorge ravine canyon ущелье ущелья ущельем дара дараи dara darai darra dare darreh дарра درۀ دره "
        "reserve "
        "заповедник заповедника заповеднике мамнуъгоҳ мамнуъгоҳи мамнӯъгоҳи",
    ),
    (Generic(_AREA, ("area", "river")), "valley valleys водии долина долины долине وادی"),
    (
        Generic(_LINE, ("river",)),
        "river rivers darya daryo daryoi daryai rud rudi rudkhana дарё дарёи река реки реке реку рекой دریا "
        "دریای رود "
        "رودخانه رودخانهٔ سیند",
    ),
    (Generic(_LINE, ("road",)), "road highway дорога дороги дороге дорогу трасса трассы роҳ роҳи جاده جادهٔ سرک"),
    (Generic(None), "nature national park border guard guards frontier пограничный пограничного пограничной "
                    "пограничном пограничная "
                    "marzi марзӣ "),
    (Generic(None), "zone area areas part side bank detachment отряд отряда зона зоны зоне берег берега "
                    "берегу сторона стороны стороне соҳил соҳили сарҳадӣ сархадӣ "
                    "сарҳадии مرزی"),
    (Generic(None), "mahal locality населённый населенный населенного населённого населенном пункт пункта "
                    "пункте llc ооо"),
)  # fmt: skip
#: Generic term (folded) -> what it says. A term in two groups keeps the first.
GENERICS: dict[str, Generic] = {}
for _generic, _text in _TERMS:
    for _word in _folded(_text):
        GENERICS.setdefault(_word, _generic)

#: Names and adjectives of the two countries (folded) -> ISO 3166-1 code.
COUNTRY_WORDS: dict[str, str] = dict.fromkeys(
    _folded(
        "Tajikistan Tajikistans Tajik Tadjikistan Tadzhikistan Tojikiston TJ Тоҷикистон Тоҷикистони Таджикистан "
        "Таджикистана "
        "Таджикистане Таджикистану Таджикистаном таджикский таджикского таджикском таджикская таджикской таджикскую "
        "тоҷик тоҷикии تاجیکستان تاجکستان تاجیک تاجیکی"
    ),
    "TJ",
) | dict.fromkeys(
    _folded(
        "Afghanistan Afghanistans Afghan Afganistan Afghoniston AF Афғонистон Афғонистони Афгонистон Афганистан "
        "Афганистана "
        "Афганистане Афганистану Афганистаном афганский афганского афганском афганская афганской афганскую афғон "
        "афғонии افغانستان افغان افغانی"
    ),
    "AF",
)

#: A name of each country, for "Afghan side".
COUNTRY_NAMES = {"TJ": "Tajikistan", "AF": "Afghanistan"}

#: Part of a name that splits one place from its namesake (folded) -> one word for it in all languages.
MODIFIERS: dict[str, str] = (
    dict.fromkeys(
        _folded(
            "upper bala bolo boloi balo верхний верхнего верхнем верхняя верхней verkhniy verkhny боло болои بالا علیا"
        ),
        "upper",
    )
    | dict.fromkeys(
        _folded(
            "lower payin pain payan poyon poyin poyan нижний нижнего нижнем нижняя нижней nizhniy nizhny "
            "nizhnii поён поёни "
            "поин پایین پائین پایان سفلی"
        ),
        "lower",
    )
    | dict.fromkeys(
        _folded(
            "gorno gorny gornyi gornyy gorniy mountain mountainous kuhistoni kuhiston kohistan kuhistan kuhistani "
            "kohistani горно "
            "горный горного горном горная горной кӯҳистони кухистони кӯҳистон кухистон کوهستان کوهستانی کوهی"
        ),
        "mountainous",
    )
)

#: Words before a name that say nothing about it.
SMALL_WORDS = frozenset(
    _folded(
        "the a an in at from to into inside within on of near outside around opposite by and под над в во на из "
        "у к ко от "
        "до по близ около возле при напротив дар аз ба назди наздики то در از به نزدیک تا"
    )
)
#: Small words between a place and the place it lies in: what follows is context.
PREPOSITIONS = frozenset(_folded("in of within inside at в во на из дар аз در از"))
#: Small words between a place and another one near it.
NEARBY = frozenset(_folded("near opposite outside around by on близ около возле у при напротив назди наздики نزدیک"))


def country_code(country: str) -> str:
    """Two letters of a country, given as such or by name."""
    code = COUNTRY_WORDS.get(fold(country), country.strip().upper())
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise PlaceError(country, "is no country", "use a code of two letters, as TJ or AF")
    return code
