"""Vietnamese number style."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tthc_flow.words.numbers import days, dong, in_language, number, percent


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(0), "0"),
        (Fraction(1_652_000_000), "1.652.000.000"),
        (Fraction(3_304_001, 2), "1.652.000,5"),
        (Fraction(1, 200), "0,01"),
        (Fraction(-1, 200), "−0,01"),
        (Fraction(-1, 1000), "0"),
        (Fraction(1, 10), "0,1"),
        (Fraction(999_999, 1000), "1.000"),
    ],
)
def test_a_number_is_rounded_half_up_and_written_with_a_comma(value, printed):
    assert number(value) == printed


def test_the_published_share_is_printed_as_published():
    assert percent(Fraction(1652, 2306)) == "71,64 %"


def test_money_is_whole_dong():
    assert dong(Fraction(32_000_001, 2)) == "16.000.001 đồng"


def test_working_minutes_are_printed_in_working_days():
    assert days(Fraction(720)) == "1,5 ngày làm việc"


def test_figures_have_the_separators_of_the_language_and_one_minus():
    printed = number(Fraction(-3_304_001, 2))
    assert in_language(printed, "vi") == printed == "−1.652.000,5"
    assert in_language(printed, "en") == "−1,652,000.5"
