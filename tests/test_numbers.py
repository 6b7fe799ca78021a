"""Numbers and days as texts state them, in four languages and three scripts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from panjmap.data.day_words import days_in
from panjmap.data.numbers import inexact_words, numbers_in

COUNTS = {
    "three engineers": [(3, 3)],
    "a seven-member group": [(7, 7)],
    "twenty-one people, then twenty one": [(21, 21), (21, 21)],
    "one hundred and twenty-five": [(125, 125)],
    "two thousand three hundred": [(2300, 2300)],
    "five hundred thousand": [(500_000, 500_000)],
    "a dozen, two dozen, half a dozen": [(12, 12), (24, 24), (6, 6)],
    "1,368-kilometre, 1 344 km, 1\u00a0350": [(1368, 1368), (1344, 1344), (1350, 1350)],
    "at least three": [(3, None)],
    "at least 1,000,000": [(1_000_000, None)],
    "five or more, 100+": [(5, None), (100, None)],
    "up to ten; as many as 20": [(None, 10), (None, 20)],
    "3-5, three to five, between three and five, one or two": [(3, 5), (3, 5), (3, 5), (1, 2)],
    "two and three": [(2, 2), (3, 3)],
    "five, five": [(5, 5), (5, 5)],
    "двое погибших и трое раненых": [(2, 2), (3, 3)],
    "не менее двадцати пяти человек": [(25, None)],
    "сто двадцать три, пятьсот, тысяча": [(123, 123), (500, 500), (1000, 1000)],
    "трёх или четырёх": [(3, 4)],
    "бисту панҷ нафар, панҷ нафар": [(25, 25), (5, 5)],
    "بیست و پنج نفر، ۱۲ و ٣": [(25, 25), (12, 12), (3, 3)],
}


@pytest.mark.parametrize("text", COUNTS)
def test_counts_are_read_as_they_are_written(text):
    assert [(n.low, n.high) for n in numbers_in(text) if not n.weak] == COUNTS[text]


@pytest.mark.parametrize("text", ["more than a dozen", "over twelve", "more than 12", "более двенадцати", "بیش از ۱۲"])
def test_more_than_is_open_and_beyond_its_number(text):
    (found,) = numbers_in(text)
    assert (found.low, found.high, found.beyond) == (12, None, True)


WEAK = ["a worker", "November 26", "26 November", "26 ноября", "the 3rd", "in 2025", "no one"]


@pytest.mark.parametrize("text", WEAK)
def test_what_may_be_no_count_is_weak(text):
    assert [number.weak for number in numbers_in(text)] == [True]


@pytest.mark.parametrize("text", ["M-16", "T72", "12.5 tonnes", "1.5 million", "10:30", "someone", "often", ""])
def test_what_is_no_count_is_left_out(text):
    assert numbers_in(text) == ()


def test_an_article_before_a_number_is_none():
    assert [(n.low, n.weak) for n in numbers_in("another two, a seven-member group")] == [(2, False), (7, False)]


def test_words_without_a_number_are_no_number():
    assert numbers_in("several killed, dozens hurt") == ()
    assert inexact_words("Several killed, dozens hurt") == {"several", "dozens"}


def test_places_of_numbers_are_their_characters():
    text = "then at least twenty-one of ۱۲"
    assert [text[n.start : n.end] for n in numbers_in(text)] == ["twenty-one", "۱۲"]


def test_a_text_of_nothing_but_numbers_ends_soon():
    assert numbers_in("hundred " * 20_000)
    assert numbers_in("million " * 20_000)
    assert numbers_in("9" * 100_000) == ()
    assert len(numbers_in("and " * 20_000 + "five")) == 1


DAYS = {
    "on 26 November": [(26, 11, None, None)],
    "November 26, 2025": [(26, 11, 2025, None)],
    "late on Monday, November 24": [(24, 11, None, None), (None, None, None, 0)],
    "in November 2024": [(None, 11, 2024, None)],
    "the 26th of November": [(26, 11, None, None)],
    "26 ноября 2025 года, в среду": [(26, 11, 2025, None), (None, None, None, 2)],
    "26.11.2025, 2025-11-26": [(26, 11, 2025, None), (26, 11, 2025, None)],
    "۲۶ نوامبر": [(26, 11, None, None)],
    "they may march 5 times": [],
    "yesterday": [],
}


@pytest.mark.parametrize("text", DAYS)
def test_days_are_read_as_far_as_they_are_named(text):
    assert [tuple(day) for day in days_in(text)] == DAYS[text]


WORDS = (
    *("a", "and", "or", "to", "-", "–", ",", ".", ":", " ", "\u200c", "\u00a0", "at least", "more than", "hundred"),
    *("million", "dozen", "half", "twenty", "five", "one", "no", "двести", "пять", "و", "бисту", "۵", "12", "1,368"),
    *("2025", "November", "26", "M-"),
)
words = st.sampled_from(WORDS)


@given(st.one_of(st.text(), st.lists(words, max_size=12).map(" ".join), st.lists(words, max_size=12).map("".join)))
@settings(max_examples=400, deadline=None)
@example("٣,٣٣٣")
@example("²³ ½ Ⅷ 一")
def test_any_text_is_read_and_numbers_stand_in_it_one_after_the_other(text):
    found = numbers_in(text)
    spans = [(number.start, number.end) for number in found]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all((number.low or 0) >= 0 and (number.high or 0) >= 0 for number in found)
    assert days_in(text) == days_in(text)


@given(st.integers(0, 999))
@settings(max_examples=100, deadline=None)
def test_a_number_in_english_words_is_read_as_it_is(number):
    assert [n.low for n in numbers_in(f"there were {in_words(number)} of them")] == [number]
    assert [n.low for n in numbers_in(f"there were {number:,} of them")] == [number]


def in_words(number: int) -> str:
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    ones = [*ones.split(), "seventeen", "eighteen", "nineteen"]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number < 20:
        return ones[number]
    if number < 100:
        return tens[number // 10 - 2] + (f"-{ones[number % 10]}" if number % 10 else "")
    return f"{ones[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
