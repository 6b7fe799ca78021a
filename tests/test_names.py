from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjmap.geo.names import Script, fold, script_of, skeleton, sound, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qal'ai Khumb", "QALʿAI-KHUMB"),
        ("Қалъаи Хумб", "Qal’ai Khumb"),
        ("Ванҷ", "vanj"),
        ("Шоҳин", "Shohin"),
        ("Rōshān", "Roshan"),
        ("Dashti-Jum", "Dashtijum"),
        ("Мӯъминобод", "Mu'minobod"),
        ("Кубодиёнский", "Кубодиенский"),
        ("شمس‌الدین شاهین", "شمس الدین شاهين"),
        ("شادَک", "شادك"),
        ("ناحیهٔ", "ناحيه"),
        ("آمو دریا", "امودریا"),
    ],
)
def test_letter_forms_do_not_make_another_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xorugh", "Khorough"),
        ("Qunduz", "Kunduz"),
        ("Darwaz", "Darvoz"),
        ("Pyandzh", "Pyandj"),
        ("Jaykhun", "Dzhaihoon"),
        ("Farkhar", "Farkhor"),
        ("Vandzh", "Wanj"),
        ("Hissar", "Hisor"),
    ],
)
def test_romanisations_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound(fold(one)) == sound(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Khotan", "Khatlon"), ("Moscow", "Moskva"), ("Darwin", "Darwaz"), ("Balkh", "Bokhtar"), ("Ruzvay", "Ruzvayak")],
)
def test_other_names_do_not_sound_alike(one: str, other: str) -> None:
    assert sound(fold(one)) != sound(fold(other))


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("کولاب", "Kulob"),
        ("درواز", "Darwaz"),
        ("ونج", "Vanj"),
        ("شغنان", "Shughnon"),
        ("ختلان", "Khatlon"),
        ("پایین", "Payin"),
        ("وحدت", "Vahdat"),
        ("استقلال", "Istiqlol"),
        ("مرغاب", "Murghob"),
        ("یول", "Yol"),
    ],
)
def test_arabic_script_shares_the_consonants(arabic: str, latin: str) -> None:
    assert skeleton(fold(arabic)) == skeleton(fold(latin))


def test_words_split_at_hyphens_and_dots_but_not_at_apostrophes() -> None:
    assert words("Ш.Шоҳин") == ("sh", "shohin")
    assert words("Shahr-e Buzurg’") == ("shahr", "e", "buzurg")


@pytest.mark.parametrize(
    ("text", "script"),
    [("Khorog", Script.LATIN), ("«Хорог»", Script.CYRILLIC), ("12 خاروغ", Script.ARABIC), ("", Script.LATIN)],
)
def test_script_is_that_of_the_first_letter(text: str, script: Script) -> None:
    assert script_of(text) is script


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
