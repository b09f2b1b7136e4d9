from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Words
from onrecord.linking.figures import read_number
from onrecord.linking.marks import read_figures
from onrecord.linking.wording import Wording, split_tokens
from onrecord.linking.wordlists import load_word_lists


@pytest.mark.parametrize(
    ("printed", "decimal", "values"),
    [
        ("1,000", ".", ["1000", "1.000"]),
        ("1.000", ",", ["1000", "1.000"]),
        ("1.000", ".", ["1.000", "1000"]),
        ("1 000", ",", ["1000"]),
        ("1\u202f000", ",", ["1000"]),
        ("1,000,000", ".", ["1000000"]),
        ("1.234,5", ",", ["1234.5"]),
        ("2,5", ",", ["2.5"]),
        ("2.5", ",", ["2.5"]),
        ("0,125", ",", ["0.125"]),
        ("-5", ".", ["-5"]),
        ("٢٥", ".", ["25"]),
        ("24.02.2022", ",", None),
        ("15:02", ".", None),
        ("9/11", ".", None),
    ],
)
def test_numbers_in_digits(printed: str, decimal: str, values: list[str] | None) -> None:
    number = read_number(printed, decimal=decimal)
    found = None if number is None else [str(value) for value in number.values]
    assert found == values


def test_a_decade_is_known_by_its_last_digits() -> None:
    number = read_number("1990", decimal=".", decade=True)
    assert number is not None
    assert number.values == (1990, 90)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "two hundred and fifty men and five women", [250, 5]),
        ("en", "between twenty and thirty people", [20, 30]),
        ("en", "millions of people, hundreds of tanks", []),
        ("en", "3 million of 5.5 million", [3_000_000, 5_500_000]),
        ("en", "on 24.02.2022 at 15:02", [24, 2, 2022, 15, 2]),
        ("en", "one man and one hundred women", [100]),
        ("en", "two million and three soldiers", [2_000_000, 3]),
        ("en", "ten miles, then 4 tanks", [4]),
        ("de", "dreihundert Panzer und 2,5 Mrd. im Jahr", [300, 2_500_000_000]),
        ("fr", "quatre-vingt-dix chars, vingt et un avions", [90, 21]),
        ("es", "treinta y dos mil personas", [32_000]),
        ("ru", "двадцать пять тысяч человек", [25_000]),
        ("uk", "сорок два мільйони людей", [42_000_000]),
        ("pl", "dwadzieścia pięć tysięcy ludzi", [25_000]),
        ("it", "trenta soldati e cinque carri", [30, 5]),
    ],
)
def test_figures_in_text(language: str, text: str, values: list[int]) -> None:
    wording = Wording(Words.of(text, (0, len(text))), text, language, "direct")
    figures = read_figures(split_tokens(wording), load_word_lists(language))
    assert [min(one.values) for one in figures if len(one.values) == 1] == values


@given(st.integers(0, 10**12), st.sampled_from([",", ".", "\u00a0", "\u202f"]))
def test_grouped_thousands_can_mean_the_number(number: int, mark: str) -> None:
    read = read_number(f"{number:,}".replace(",", mark), decimal=",")
    assert read is not None
    assert Decimal(number) in read.values
