"""One certificate, five provinces: the longer workflows against the shortest that is published.

The press certificate 1.014464 is decided with 8, 6, 7 and 9 rows in 3 days by Cao Bằng, Đồng Nai,
Hà Tĩnh and Sơn La, and with 5 rows in 2 days by Cà Mau. What a plan cuts of the four is held
against those 5 rows and 2 days, as the tables stand and with the questions answered that keep it
from more; what is then still done otherwise is told row by row.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve, frozen

from tthc_flow.bpmn.read import read
from tthc_flow.levers import ALL
from tthc_flow.measures.measure import measure
from tthc_flow.model.law import Answer
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step, StepKind
from tthc_flow.plan.make import plan
from tthc_flow.proof.gates.questions import questions

ROOT = Path(__file__).resolve().parents[2]
SHORTEST = "ca-mau"
ROWS, DAYS = 5, Fraction(2)
PEOPLE_IN_ONE_ROW = 3
"""Cà Mau prints "Chuyên viên, lãnh đạo phòng, lãnh đạo Sở" as the performer of its row 2."""


@frozen(kw_only=True)
class Variant:
    """A longer workflow: as printed, as planned now, and once the *asked* questions are answered.

    *left* is what people still do up to the result: the printed number and Cà Mau's row that does
    the same, or why it has none.
    """

    printed: tuple[int, str]
    now: tuple[int, str]
    answered: tuple[int, str]
    asked: frozenset[str]
    left: tuple[tuple[str, str], ...]


NO_RETURN = "Cà Mau prints no row for handing over"
DELEGATION = {"power-is-own", "delegation-barred", "superior-rarely-overrules"}
VARIANTS = {
    "cao-bang": Variant(
        printed=(8, "3"),
        now=(6, "2.5"),
        answered=(5, "1.25"),
        asked=frozenset(
            DELEGATION | {"rule-names-the-step", "examines-anything-new", "receiver-has-capacity"}
        ),
        left=(("1", "1"), ("3", "2"), ("4", "2"), ("5", "2"), ("8", NO_RETURN)),
    ),
    "dong-nai": Variant(
        printed=(6, "3"),
        now=(6, "3"),
        answered=(4, "2"),
        asked=frozenset(
            DELEGATION | {"examines-anything-new", "result-is-used", "receiver-has-capacity"}
        ),
        left=(("1", "1"), ("2", "2"), ("2.2", "2"), ("4", NO_RETURN)),
    ),
    "ha-tinh": Variant(
        printed=(7, "3"),
        now=(6, "2.75"),
        answered=(4, "1"),
        asked=frozenset(DELEGATION | {"step-does-nothing-else", "receiver-has-capacity"}),
        left=(("1", "1"), ("4", "2"), ("5", "2"), ("7", NO_RETURN)),
    ),
    "son-la": Variant(
        printed=(9, "3"),
        now=(6, "2.25"),
        answered=(5, "2"),
        asked=frozenset(
            DELEGATION | {"rule-names-the-step", "examines-anything-new", "receiver-has-capacity"}
        ),
        left=(("1", "1"), ("2.2", "2"), ("2.3", "2"), ("3", "2"), ("7", NO_RETURN)),
    ),
}
each_variant = pytest.mark.parametrize("name", VARIANTS)


@cache
def printed(name: str) -> Procedure:
    drawing = ROOT / "processes" / "bao-chi-xuat-ban" / f"1.014464-{name}" / "flow.bpmn"
    (procedure,) = read(drawing).procedures
    return procedure


@cache
def answered(name: str) -> Procedure:
    """Return the procedure with what is open answered in favour: supposed, by nobody."""
    procedure = printed(name)
    supposed = (
        Answer(
            question=each,
            reply=questions()[each].passes_on,
            source=Source(document="giả định của phép thử"),
        )
        for each in sorted(VARIANTS[name].asked)
    )
    return evolve(procedure, answers=(*procedure.answers, *supposed))


@cache
def planned(procedure: Procedure) -> Procedure:
    return plan(procedure, ALL).after


def by_people(procedure: Procedure) -> tuple[Step, ...]:
    """Return what people do up to the result; a report to the giver of a power comes after it."""
    steps = procedure.flow.steps
    return tuple(s for s in steps if not s.automatic and StepKind.REPORT not in s.kinds)


def figures(procedure: Procedure) -> tuple[int, Fraction]:
    time = measure(procedure).norm_time
    assert time.complete
    assert time.work is not None
    return len(by_people(procedure)), time.work.minutes / 480


def told(rows: int, days: str) -> tuple[int, Fraction]:
    return rows, Fraction(days)


def test_the_shortest_has_five_rows_and_two_days():
    assert figures(printed(SHORTEST)) == (ROWS, DAYS)


@each_variant
def test_a_longer_workflow_is_as_printed_and_what_its_answers_allow_is_cut(name):
    variant = VARIANTS[name]
    assert figures(printed(name)) == told(*variant.printed)
    assert figures(planned(printed(name))) == told(*variant.now)


@each_variant
def test_with_its_questions_answered_it_takes_no_more_rows_and_days_than_the_shortest(name):
    variant = VARIANTS[name]
    rows, days = figures(planned(answered(name)))
    assert (rows, days) == told(*variant.answered)
    assert rows <= ROWS
    assert days <= DAYS


@each_variant
def test_without_one_of_the_answers_it_stays_longer(name):
    variant = VARIANTS[name]
    for question in sorted(variant.asked):
        rest = tuple(each for each in answered(name).answers if each.question != question)
        kept = (each for each in printed(name).answers if each.question == question)
        without = figures(planned(evolve(answered(name), answers=(*rest, *kept))))
        assert without > told(*variant.answered), question


@each_variant
def test_what_is_still_done_is_done_in_the_shortest_as_well(name):
    rows = {step.number: step for step in by_people(printed(SHORTEST))}
    left = [(step.number, step) for step in by_people(planned(answered(name)))]
    assert [number for number, _ in left] == [number for number, _ in VARIANTS[name].left]
    for (_, step), (_, row) in zip(left, VARIANTS[name].left, strict=True):
        if row == NO_RETURN:
            assert StepKind.RETURN in step.kinds
        else:
            assert set(step.kinds) & set(rows[row].kinds)


def test_the_shortest_counts_three_people_in_one_row_and_still_submits_to_the_committee():
    rows = {step.number: step for step in printed(SHORTEST).flow.steps}
    assert len(rows["2"].performer.name.split(", ")) == PEOPLE_IN_ONE_ROW
    assert rows["4"].performer.name == "Văn phòng UBND tỉnh"
    for name in VARIANTS:
        done = by_people(planned(answered(name)))
        (decision,) = (step for step in done if "theo ủy quyền" in step.name)
        assert decision.performer.name == "Lãnh đạo Sở VHTTDL"


def test_the_page_about_it_says_the_same_figures():
    page = (ROOT / "docs" / "press-certificate.md").read_text(encoding="utf-8")
    for name, place in zip(VARIANTS, ("Cao Bằng", "Đồng Nai", "Hà Tĩnh", "Sơn La"), strict=True):
        variant = VARIANTS[name]
        cells = (
            f"{rows} rows, {days} {'day' if days == '1' else 'days'}"
            for rows, days in (variant.printed, variant.now, variant.answered)
        )
        assert f"| {place} | {' | '.join(cells)} |" in page


def test_the_shortest_too_could_be_lighter():
    supposed = Source(document="giả định của phép thử")
    given = printed(SHORTEST)
    every = (
        Answer(question=each.id, reply=each.passes_on, source=supposed)
        for each in questions().values()
    )
    assert figures(planned(evolve(given, answers=tuple(every))))[1] == Fraction(3, 2)
