from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjmap.data.text import REPLACEMENT, clean


@pytest.mark.parametrize(
    "text", ["", "Kavo", "Шамсиддин Шоҳин", "شمس‌الدین شاهین", "two\nlines\tand a tab", "🚁 drone 👩‍👩‍👧"]
)
def test_ordinary_text_in_three_scripts_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "unsafe",
    [
        "\x00",
        "\x1b",
        "\x7f",
        "\x85",
        "\u202e",
        "\u202a",
        "\u2066",
        "\u2069",
        "\u200e",
        "\u200f",
        "\u061c",
        "\ufeff",
        "\ud800",
        "\ufffe",
        "\U000e0041",
    ],
)
def test_unsafe_characters_become_visible(unsafe: str) -> None:
    assert clean(f"a{unsafe}b") == f"a{REPLACEMENT}b"


def test_letters_and_marks_are_composed() -> None:
    assert clean("Қалъаи Хумбӣ".replace("ӣ", "и\u0304")) == "Қалъаи Хумбӣ"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_breaks_become_line_feeds(ending: str) -> None:
    assert clean(f"one{ending}two") == "one\ntwo"


@given(st.text(alphabet=st.characters()) | st.text(alphabet=st.characters(categories=["Cs", "Cf", "Cc", "Mn"])))
def test_cleaning_is_stable_and_its_result_can_be_encoded(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
