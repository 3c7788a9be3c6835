"""The period of a report: how it is written, what it is called, what its year asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.errors import BadQuantity
from tthc_flow.report.progress.period import Period


@pytest.mark.parametrize(
    ("text", "period", "vi", "en", "target"),
    [
        ("2025-02", Period(year=2025, month=2), "tháng 02 năm 2025", "month 02 of 2025", 0.3),
        ("2026-12", Period(year=2026, month=12), "tháng 12 năm 2026", "month 12 of 2026", 0.5),
        ("2026-q4", Period(year=2026, quarter=4), "quý IV năm 2026", "quarter IV of 2026", 0.5),
        (" 2027 ", Period(year=2027), "năm 2027", "2027", None),
        ("2024-Q1", Period(year=2024, quarter=1), "quý I năm 2024", "quarter I of 2024", None),
    ],
)
def test_a_period_is_read_and_named(
    text: str, period: Period, vi: str, en: str, target: float | None
) -> None:
    found = Period.read(text)
    assert found == period
    assert (found.words("vi"), found.words("en"), found.target) == (vi, en, target)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-Q5", "26-03", "2026-3", "²026", "Q1-2026"]
)
def test_what_is_no_period_is_told(text: str) -> None:
    with pytest.raises(BadQuantity) as caught:
        Period.read(text)
    assert caught.value.code == "TF123"


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_an_error_with_its_code(text: str) -> None:
    try:
        found = Period.read(text)
    except BadQuantity as error:
        code, found = error.code, None
    else:
        code = ""
    assert (code == "TF123") is (found is None)
