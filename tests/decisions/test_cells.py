"""Input cells: what each admits by hand, and what is refused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.decisions.cells import NUMBER, read_cell
from tthc_flow.decisions.program import read_entry
from tthc_flow.errors import BadExpression

HALVES = [Fraction(n, 2) for n in range(-4, 15)]


def admitted(text):
    return [float(n) for n in HALVES if read_cell(text).has(n)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5", [5]),
        ("= 5", [5]),
        ("-1.5", [-1.5]),
        ("> 5", [5.5, 6, 6.5, 7]),
        (">= 6", [6, 6.5, 7]),
        ("≥6", [6, 6.5, 7]),
        ("< -1", [-2, -1.5]),
        ("<=-1", [-2, -1.5, -1]),
        ("[1..2]", [1, 1.5, 2]),
        ("(1..2]", [1.5, 2]),
        ("]1..2]", [1.5, 2]),
        ("[1..2)", [1, 1.5]),
        ("[1 .. 2[", [1, 1.5]),
        ("]1..2[", [1.5]),
        ("(1..2)", [1.5]),
        ("[1..1]", [1]),
        ("[-1.5..-1]", [-1.5, -1]),
        ("1, 3, > 6", [1, 3, 6.5, 7]),
        ("[0..1), [6.5..9]", [0, 0.5, 6.5, 7]),
        ("không(> 0)", [-2, -1.5, -1, -0.5, 0]),
        ("not([-1..7], -2)", [-1.5]),
        ("NOT (≠ 3)", [3]),
        ("!= 3, 3", [float(n) for n in HALVES]),
        ("thuộc (1, 2)", [1, 2]),
        ("in (1..2)", [1.5]),
        ("thuộc [1..2]", [1, 1.5, 2]),
        ("không thuộc (> -1.5)", [-2, -1.5]),
        ("not in [-1..9]", [-2, -1.5]),
    ],
)
def test_a_cell_admits_what_it_says(text, numbers):
    assert admitted(text) == numbers


@pytest.mark.parametrize("text", ["-", "", "  ", " - "])
def test_a_dash_or_an_empty_cell_admits_everything(text):
    cell = read_cell(text)
    assert cell.kind is None
    assert all(cell.has(value) for value in (True, "A", Fraction(1), date(2025, 1, 1)))


def test_text_truth_dates_and_durations_are_admitted_by_value():
    assert read_cell("'Cấp lại', \"Gia hạn\"").has("Gia hạn")
    assert not read_cell("không('Cấp lại')").has("Cấp lại")
    assert [read_cell("đúng").has(truth) for truth in (True, False)] == [True, False]
    assert [read_cell("false").has(truth) for truth in (True, False)] == [False, True]
    spring = read_cell("[01/01/2025..2025-03-31]")
    assert [spring.has(date(2025, 3, day)) for day in (30, 31)] == [True, True]
    assert not spring.has(date(2025, 4, 1))
    days = read_cell("(5 ngày làm việc..10 ngày làm việc]")
    assert [days.has(Fraction(n)) for n in (5, 6, 10, 11)] == [False, True, True, False]


REFUSED = [
    "Cấp lại",
    "phí > 5",
    "5 > phí",
    "1..5",
    "not(1..5)",
    "không 5",
    "[1,5]",
    "[1..5",
    "[5..1]",
    "(5..5)",
    "[5..5)",
    "['A'..'B']",
    "> 'A'",
    "< đúng",
    "5,",
    ", 5",
    "5 6",
    "(5)",
    "((1..5))",
    "thuộc ()",
    "không(không(5))",
    "- , 5",
    "5 và 6",
    "> 5 or < 2",
    'date("2025-01-01")',
    'duration("P5D")',
    '@"2025-01-01"',
    "? > 5",
    "a.b",
    "a[1]",
    "x + 1",
    "null",
    "31/02/2025",
    "1e5",
    "'mở",
    "__import__('os').system('id')",
    "().__class__",
    "lambda: 0",
    "${phí}",
    "{1: 2}",
    "\u0430",
    "5\u200b",
    "(" * 500,
    "[" * 500 + "1..2" + "]" * 500,
    "không(" * 200 + "5" + ")" * 200,
    "5, " * 200 + "5",
    "9" * 400,
    "'" + "a" * 2000 + "'",
    "> 500.000",
    "[1..1.500]",
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
def test_what_is_no_unary_test_is_refused_with_place_and_hint(text):
    with pytest.raises(BadExpression) as caught:
        read_cell(text, "bảng 1, dòng 2")
    assert (caught.value.code, caught.value.place) == ("TF511", "bảng 1, dòng 2")
    assert "at character" in caught.value.fact
    assert caught.value.hint


@pytest.mark.parametrize("text", ["1, 'A'", "đúng, 1", "[1..01/01/2025]", "[1 ngày..2 giờ]"])
def test_a_cell_of_several_kinds_is_refused(text):
    with pytest.raises(BadExpression, match="TF514"):
        read_cell(text)


def test_a_cell_knows_the_kind_of_its_values():
    assert read_cell("> 5").kind == NUMBER
    assert read_cell("5 ngày").kind != read_cell("5 ngày làm việc").kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1 + 1",
        "'A', 'B'",
        "> 5",
        "a = 1",
        "f(x)",
        "không gấp",
        "(1)",
        "[1..2]",
        "x.y",
        "A 1",
    ],
)
def test_an_output_that_is_not_one_value_or_name_is_refused(text):
    with pytest.raises(BadExpression) as caught:
        read_entry(text, "ở đây")
    assert (caught.value.code, caught.value.place) == ("TF512", "ở đây")


WORDS = st.sampled_from(
    ["1", "-2.5", "'A'", "(", ")", "[", "]", "..", ",", "-", "<", ">=", "=", "không", "thuộc",
     "phí", "và", "đúng", "5 ngày", "01/01/2025"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_text_is_a_cell_or_refused_and_nothing_else(text):
    try:
        read_cell(text)
    except BadExpression as error:
        assert error.code in {"TF511", "TF514"}  # noqa: PT017
