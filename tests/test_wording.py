"""Words for numbers, dates, lists and codes: plain English, and a vocabulary that takes no side."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjmap.data import counting, coverage, wording
from panjmap.data.model import DatePrecision, Kind, Precision, RecordType, VictimGroup
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.data.testimony import DateSpan
from panjmap.data.wording import (
    attribute_label,
    date_phrase,
    differ_line,
    group_label,
    kind_label,
    listing,
    number_words,
    or_range,
    plural,
    precision_label,
    range_text,
    type_label,
    type_noun,
)

DAY = dt.date(2025, 11, 26)


def span(start: dt.date | None, end: dt.date | None, basis: str = "stated", **more: object) -> DateSpan:
    return DateSpan(start, end, DatePrecision.RANGE, basis, None, start is None, end is None, **more)  # type: ignore[arg-type]


def test_numbers_are_words_to_twelve():
    assert [number_words(n) for n in (0, 1, 3, 12, 13)] == ["no", "one", "three", "twelve", "13"]


@pytest.mark.parametrize(
    ("low", "high", "open_ended", "words"),
    [(1, 2, False, "1 to 2"), (3, 3, False, "3"), (5, None, True, "5 or more"), (5, 5, True, "5 or more"),
     (3, 5, True, "3 to 5 or more"), (None, 5, False, "up to 5"), (None, None, False, ""), (0, 0, False, "0")],
)  # fmt: skip
def test_ranges(low: int | None, high: int | None, open_ended: bool, words: str):
    assert range_text(low, high, open_ended) == words


def test_a_range_in_figures_has_an_en_dash():
    assert range_text(3, 5, figures=True) == "3\u20135"


@given(st.integers(0, 99), st.integers(0, 99))
def test_a_range_names_both_its_ends(low: int, more: int):
    numbers = [int(n) for n in re.findall(r"\d+", range_text(low, low + more))]
    assert numbers == ([low, low + more] if more else [low])


def test_events_are_one_or_two_but_one_to_three():
    assert [or_range(1, 1), or_range(1, 2), or_range(1, 3)] == ["1", "1 or 2", "1 to 3"]


def test_lists_have_commas_and_one_and():
    assert [listing([]), listing(["a"]), listing("ab"), listing("abc")] == ["", "a", "a and b", "a, b and c"]
    assert listing("ab", last="or") == "a or b"
    assert listing(["a, of b", "c", "d"]) == "a, of b; c; and d"
    assert [plural(1, "clash", "clashes"), plural(2, "clash", "clashes"), plural(0, "report")] == [
        "clash",
        "clashes",
        "reports",
    ]


@pytest.mark.parametrize(
    ("date", "short", "long"),
    [
        (span(DAY, DAY), "26 Nov 2025", "26 November 2025"),
        (span(dt.date(2024, 11, 1), dt.date(2024, 11, 30)), "November 2024", "November 2024"),
        (span(DAY, dt.date(2025, 11, 28)), "26\u201328 Nov 2025", "26 to 28 November 2025"),
        (span(DAY, dt.date(2025, 12, 1)), "26 Nov \u2013 1 Dec 2025", "26 November to 1 December 2025"),
        (span(dt.date(2024, 12, 30), dt.date(2025, 1, 2)), "30 Dec 2024 \u2013 2 Jan 2025",
         "30 December 2024 to 2 January 2025"),
        (span(dt.date(2025, 11, 1), dt.date(2025, 12, 31)), "November to December 2025", "November to December 2025"),
        (span(None, DAY), "By 26 Nov 2025", "By 26 November 2025"),
        (span(DAY, None), "26 Nov 2025 or later", "26 November 2025 or later"),
        (span(None, None), "Date not given", "Date not given"),
        (span(None, None, weekday="Tuesday"), "A Tuesday, date not given", "A Tuesday, date not given"),
        (span(None, DAY, stated_on=DAY), "Stated on 26 Nov 2025; day not given",
         "Stated on 26 November 2025; day not given"),
        (span(DAY, DAY, "assumed"), "Probably 26 Nov 2025", "Probably 26 November 2025"),
        (span(DAY, DAY, "assumed", undated=2), "Probably 26 Nov 2025 (reports undated)",
         "Probably 26 November 2025 (reports undated)"),
        (span(dt.date(2025, 12, 1), dt.date(2025, 12, 31), "assumed", weekday="Tuesday", undated=1),
         "A Tuesday, probably December 2025 (report undated)", "A Tuesday, probably December 2025 (report undated)"),
    ],
)  # fmt: skip
def test_dates(date: DateSpan, short: str, long: str):
    assert date_phrase(date) == short
    assert date_phrase(date, long=True) == long


def test_every_code_has_a_label():
    assert all(kind_label(kind) for kind in Kind)
    assert all(type_label(kind) for kind in (*RecordType, None))
    assert all(group_label(group) for group in VictimGroup)
    assert all(precision_label(precision) for precision in Precision)


def test_labels_of_the_page():
    assert kind_label(Kind.AGGREGATE) == "Reported totals, not mapped"
    assert type_label(RecordType.ARMED_INCURSION) == "Clash after a border crossing"
    assert type_noun(Kind.ATTACK, RecordType.ARMED_INCURSION) == "clash"
    assert type_noun(Kind.ATTACK, RecordType.SHELLING) == "attack"
    assert attribute_label("perpetrator") == "Who is blamed"


def test_an_unknown_attribute_is_its_own_name_with_spaces():
    assert attribute_label("cattle_stolen") == "Cattle stolen"


def test_every_attribute_of_the_tables_has_a_label_of_its_own():
    used = {claim.attribute for claim in read_tables(PACKAGED).claims}
    assert not used - wording.ATTRIBUTE_LABELS.keys()


def test_the_line_on_differences_is_empty_where_there_are_none():
    assert differ_line(()) == ""
    assert (
        differ_line(("injured", "weapon", "who is blamed"))
        == "Reports differ on the number injured, weapon and who is blamed"
    )


def test_our_own_words_take_no_side():
    for module in (wording, counting, coverage):
        tree = ast.parse(inspect.getsource(module))
        documented = (n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef))
        docs = {ast.get_docstring(node, clean=False) for node in documented}
        texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)} - docs
        said = " ".join(texts - {"confirmed_on"}).lower()
        assert not re.search("raid|infiltrat|eliminat|confirm|terrorist|neutralis|hotspot", said)
