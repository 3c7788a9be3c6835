"""The facts of errors: each in both languages, with every place filled, in the whole program."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest

from tthc_flow.cli.click_words import fact_of, speaking, told_of
from tthc_flow.errors import BadQuantity, UnreadableInput
from tthc_flow.words.fact_words import fact_words
from tthc_flow.words.messages import texts

SRC = Path(__file__).parents[2] / "src" / "tthc_flow"
CODE = re.compile(r"[a-z]+-fact-[a-z-]+")
ROOMS = ("simulate", "expect", "file", "log", "portfolio", "progress")
KEPT = {code for room in ROOMS for code in texts(room) if CODE.fullmatch(code)}


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def calls():
    """Yield each call of fact_words: its file, its code (a pattern), the places that it fills."""
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if not named or node.func.id != "fact_words":
                continue
            code = node.args[0]
            if isinstance(code, ast.Constant):
                wanted = re.escape(code.value)
            else:
                wanted = "".join(
                    re.escape(each.value) if isinstance(each, ast.Constant) else ".+"
                    for each in code.values
                )
            spread = any(each.arg is None for each in node.keywords)
            filled = None if spread else {each.arg for each in node.keywords}
            yield path.relative_to(SRC).as_posix(), wanted, filled


CALLS = list(calls())


@pytest.mark.parametrize(("file", "wanted", "filled"), CALLS, ids=[f"{a}-{b}" for a, b, _ in CALLS])
def test_every_fact_that_is_told_stands_in_a_table_with_its_places_filled(file, wanted, filled):
    found = [code for code in KEPT if re.fullmatch(wanted, code)]
    assert found, file
    for code in found:
        row = texts(code.partition("-")[0])[code]
        assert filled is None or places(row["vi"]) <= filled, code


def test_no_fact_stands_in_a_table_that_nobody_tells():
    assert len(CALLS) > 30
    unused = {
        code for code in KEPT if not any(re.fullmatch(wanted, code) for _, wanted, _ in CALLS)
    }
    assert unused == set()


def test_a_fact_is_told_in_the_language_of_the_call():
    error = BadQuantity("TF152", **fact_words("simulate-fact-people", people=0), hint="x")
    assert (error.fact, error.fact_vi) == ("0 people", "0 người")
    assert told_of(error, "en") == "0 people"
    assert told_of(error, "vi").endswith(" không hợp lệ (0 người)")
    with speaking("vi"):
        assert fact_of(error) == told_of(error, "vi")
    assert fact_of(error) == "0 people"


def test_what_the_text_says_already_is_not_said_again():
    empty = UnreadableInput("TF204", "file is empty", fact_vi="")
    assert told_of(empty, "vi") == "Tệp trống"
    assert told_of(UnreadableInput("TF204", "file is empty"), "vi") == "Tệp trống (file is empty)"


def test_the_vietnamese_fact_survives_pickling():
    error = BadQuantity("TF152", **fact_words("simulate-fact-runs", runs=0))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (again.fact, again.fact_vi) == ("0 runs", "0 lần chạy")


@pytest.mark.parametrize(
    "error",
    [
        BadQuantity.not_a_number("ba"),
        BadQuantity.negative("hourly", -1),
        BadQuantity.no_share("late_share", 2),
        BadQuantity.unknown_convention("x", ("a",)),
        BadQuantity.year_not_covered(1999, (2026,)),
    ],
)
def test_numbers_that_cannot_be_say_the_value_without_english(error):
    assert not re.search(r"\b(is|not|no|time|calendar|share)\b", told_of(error, "vi"))
