"""Numbers on the command line as people write them: no mark is taken for another one."""

from __future__ import annotations

from fractions import Fraction

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.cli.pairs import number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("60000", "60000"),
        ("1.200.000", "1200000"),
        ("1,200,000", "1200000"),
        ("1.200,5", "2401/2"),
        ("1,200.5", "2401/2"),
        ("1,5", "3/2"),
        ("1.5", "3/2"),
        ("0,125", "1/8"),
        ("0.125", "1/8"),
        ("12,345%", "2469/20000"),
        ("1/5", "1/5"),
        ("1.1250", "9/8"),
    ],
)
def test_a_number_is_read_as_it_is_written(written, meant):
    assert number(written) == Fraction(meant)


@pytest.mark.parametrize("written", ["60.000", "60,000", "1.200", "900.000"])
def test_what_may_be_thousands_or_decimals_is_refused(written):
    with pytest.raises(click.BadParameter, match=written.replace(".", "").replace(",", "")):
        number(written)


@given(st.integers(1_000_000, 10**12), st.sampled_from([".", ","]))
def test_thousands_of_any_size_are_read_whole(value, mark):
    assert number(f"{value:,}".replace(",", mark)) == value


def test_sixty_thousand_dong_are_never_sixty(tthc):
    refused = tthc("expect", "a.bpmn", "--hourly-cost", "60.000")
    assert refused.code == 2
    assert "60.000 có thể là 60000 hoặc 60,0" in refused.err
    english = tthc("expect", "a.bpmn", "--hourly-cost", "60.000", "--lang", "en")
    assert "60.000 may be 60000 or 60,0" in english.err
