"""How numbers, dates, lists and codes are put into plain English: the one place for words that several outputs share.

Codes and values go in, words come out. The vocabulary is neutral on purpose: nothing here calls anyone a terrorist or
an infiltrator, and nothing is "confirmed"; such words only ever appear as what a named speaker says.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence

from .model import PRECISION_CODES, DatePrecision, Kind, Precision, RecordType, VictimGroup
from .testimony import DateSpan

__all__ = [
    "attribute_label",
    "date_phrase",
    "day_text",
    "group_label",
    "kind_label",
    "listing",
    "month_name",
    "number_words",
    "or_range",
    "plural",
    "precision_label",
    "range_text",
    "type_label",
    "type_noun",
]

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
EN_DASH = "\u2013"
#: English month names, fixed here so that no locale changes them.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

KIND_LABELS: dict[Kind, str] = {
    Kind.ATTACK: "Attacks and clashes",
    Kind.STATE_OPERATION: "State operations",
    Kind.MEASURE: "Measures against people",
    Kind.RESPONSE: "Responses",
    Kind.AGGREGATE: "Reported totals, not mapped",
}

TYPE_LABELS: dict[RecordType, str] = {
    RecordType.DRONE_STRIKE: "Drone strike",
    RecordType.ARMED_ATTACK: "Armed attack",
    RecordType.ARMED_INCURSION: "Clash after a border crossing",
    RecordType.ARMED_CLASH: "Armed clash",
    RecordType.SHELLING: "Shelling",
    RecordType.SMUGGLING_CLASH: "Operation against alleged smugglers",
    RecordType.COUNTER_OPERATION: "State operation",
    RecordType.DEPORTATION: "Order to leave",
    RecordType.HOUSE_SEARCHES: "House searches",
    RecordType.EMERGENCY_MEETING: "Emergency meeting",
    RecordType.ADVICE_TO_LEAVE: "Advice to leave",
    RecordType.TALKS: "Talks",
    RecordType.STATEMENT: "Statement",
    RecordType.APPEAL: "Appeal",
    RecordType.CONDEMNATION: "Condemnation",
}

#: What the counting sentences call an event of each kind (singular); attacks are split by type.
KIND_NOUNS: dict[Kind, str] = {
    Kind.ATTACK: "attack",
    Kind.STATE_OPERATION: "state operation",
    Kind.MEASURE: "measure",
    Kind.RESPONSE: "response",
    Kind.AGGREGATE: "reported total",
}
CLASHES = frozenset({RecordType.ARMED_INCURSION, RecordType.ARMED_CLASH})

GROUP_LABELS: dict[VictimGroup, str] = {
    VictimGroup.CIVILIAN: "Civilians",
    VictimGroup.STATE_FORCE: "State forces",
    VictimGroup.ALLEGED_ATTACKER: "Alleged attackers",
    VictimGroup.ALLEGED_SMUGGLER: "Alleged smugglers",
    VictimGroup.NOT_DESCRIBED: "Not described",
}

#: Labels of claim attributes, in the order in which a record shows them.
ATTRIBUTE_LABELS: dict[str, str] = {
    "event_date": "Date",
    "report_date": "Date of the statement",
    "confirmed_on": "Date acknowledged",
    "place": "Place",
    "killed": "Killed",
    "killed_total_two_attacks": "Killed, both attacks together",
    "killed_described": "Who the killed were",
    "injured": "Injured",
    "injured_total_two_attacks": "Injured, both attacks together",
    "injured_described": "Who the injured were",
    "bodies_recovered": "Bodies found",
    "unaccounted": "People unaccounted for",
    "encounters": "Number of encounters",
    "method": "Means",
    "weapon": "Weapon",
    "target": "Target",
    "origin": "Alleged origin",
    "perpetrator": "Who is blamed",
    "responsibility": "Responsibility",
    "motive": "Motive",
    "intent": "Alleged intent",
    "sequence": "Course of events",
    "seized": "Seized",
    "accusation": "Accusation",
    "assessment": "Assessment",
    "response": "What was said or done",
    "advice": "Advice",
    "policy": "Measure",
    "policy_scope": "Who is covered",
    "policy_place": "Where it is applied",
    "policy_action": "What is done",
    "border_length_km": "Length of the border, km",
    "context": "Background",
}


def number_words(number: int) -> str:
    """Put a count in words up to twelve (``no`` for 0), in figures from thirteen on."""
    return NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else str(number)


def range_text(low: int | None, high: int | None, open_ended: bool = False, *, figures: bool = False) -> str:
    """Write a range of counts: ``3``, ``1 to 2`` (en dash with `figures`), ``5 or more``, ``up to 5``, or nothing."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {high}"
    text = str(low) if high is None or high == low else f"{low}{EN_DASH if figures else ' to '}{high}"
    return f"{text} or more" if open_ended else text


def or_range(low: int, high: int) -> str:
    """Write a number of events: ``3``, ``1 or 2`` for neighbours, ``1 to 3`` for a wider range."""
    if low == high:
        return str(low)
    return f"{low} {'or' if high == low + 1 else 'to'} {high}"


def plural(number: int, noun: str, many: str | None = None) -> str:
    """Give the noun in the form that fits `number`; `many` where an added ``s`` is wrong.

    Examples
    --------
    >>> plural(1, "clash", "clashes"), plural(2, "report")
    ('clash', 'reports')
    """
    return noun if number == 1 else many or f"{noun}s"


def listing(words: Iterable[str], last: str = "and") -> str:
    """Join words as a list in prose: ``a``, ``a and b``, ``a, b and c``; empty for none.

    Semicolons part three or more items of which one has a comma of its own: ``a, of b; c; and d``.
    """
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    if len(items) > 2 and any(", " in item for item in items):
        return f"{'; '.join(items[:-1])}; {last} {items[-1]}"
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """Put the first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Put the first letter in lower case, for a label within a sentence."""
    return text[:1].lower() + text[1:]


def kind_label(kind: Kind) -> str:
    """Give the heading of a kind of record."""
    return KIND_LABELS[kind]


def type_label(record_type: RecordType | None) -> str:
    """Give the label of a type of record; aggregates have none and are called a reported total."""
    return "Reported total" if record_type is None else TYPE_LABELS[record_type]


def type_noun(kind: Kind, record_type: RecordType | None) -> str:
    """Name one such event in a counting sentence (singular): attack, clash, state operation, measure."""
    return "clash" if record_type in CLASHES else KIND_NOUNS[kind]


def group_label(group: VictimGroup) -> str:
    """Give the label of a victim group."""
    return GROUP_LABELS[group]


def precision_label(precision: Precision) -> str:
    """Give the label of a precision, from the one table of precisions."""
    return PRECISION_CODES[precision].label


def attribute_label(attribute: str) -> str:
    """Give the label of a claim's attribute; an unknown one is its own name with spaces."""
    return ATTRIBUTE_LABELS.get(attribute) or capital(attribute.replace("_", " ").strip())


def attribute_rank(attribute: str) -> int:
    """Rank an attribute in the order in which a record shows them; unknown ones come last."""
    order = list(ATTRIBUTE_LABELS)
    return order.index(attribute) if attribute in ATTRIBUTE_LABELS else len(order)


def month_name(month: int, *, long: bool = True) -> str:
    """Name a month in English (1 to 12), or its first three letters."""
    return MONTHS[month - 1] if long else MONTHS[month - 1][:3]


def day_text(day: dt.date, *, long: bool = False) -> str:
    """Write a day as ``26 Nov 2025``, or ``26 November 2025`` with `long`."""
    return f"{day.day} {month_name(day.month, long=long)} {day.year}"


def whole_months(start: dt.date, end: dt.date) -> bool:
    """Tell whether the span runs from the first day of a month to the last day of the same or a later one."""
    return start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]


def span_text(start: dt.date, end: dt.date, *, long: bool = False) -> str:
    """Write a span of days: ``26 Nov 2025``, ``November 2025``, or two days with an en dash between them.

    With `long`, in prose: ``26 to 28 November 2025``.
    """
    if start == end:
        return day_text(start, long=long)
    if whole_months(start, end):
        last = f"{month_name(end.month)} {end.year}"
        if (start.year, start.month) == (end.year, end.month):
            return last
        first = month_name(start.month) + ("" if start.year == end.year else f" {start.year}")
        return f"{first} to {last}"
    dash = " to " if long else f" {EN_DASH} "
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{dash if long else EN_DASH}{day_text(end, long=long)}"
    first = day_text(start, long=long)
    return (first.removesuffix(f" {start.year}") if start.year == end.year else first) + dash + day_text(end, long=long)


def date_phrase(span: DateSpan, *, long: bool = False) -> str:
    """Say when something happened, as far as the reports say.

    Parameters
    ----------
    span
        Whole days, both ends included.
    long
        Month names in full.

    Returns
    -------
    str
        Such as ``26 Nov 2025``, ``A Tuesday, probably December 2025 (report undated)``,
        ``Stated on 22 Nov 2025; day not given``, ``Date not given``.
    """
    if span.start is None and span.stated_on is not None:
        return f"Stated on {day_text(span.stated_on, long=long)}; day not given"
    words = _bounds_text(span.start, span.end, long=long)
    if words is None:
        return f"A {span.weekday}, date not given" if span.weekday else "Date not given"
    if span.basis == "assumed":
        words = f"probably {words}" + (f" ({plural(span.undated, 'report')} undated)" if span.undated else "")
    if span.weekday and span.precision is not DatePrecision.DAY:
        words = f"a {span.weekday}, {words}"
    return capital(words)


def _bounds_text(start: dt.date | None, end: dt.date | None, *, long: bool) -> str | None:
    """Write two bounds of which either may be missing; nothing for two missing ones."""
    if start and end:
        return span_text(start, end, long=long)
    if start:
        return f"{day_text(start, long=long)} or later"
    return f"by {day_text(end, long=long)}" if end else None


def differ_line(differ_on: Sequence[str]) -> str:
    """Write the line that says on what reports differ, or an empty text; ``differ_on`` are labels in lower case."""
    subjects = [f"the number {label}" if label.startswith(("killed", "injured")) else label for label in differ_on]
    return f"Reports differ on {listing(subjects)}" if subjects else ""
