"""Conditions that are what people write to each other: a person is asked, and it is told why."""

from __future__ import annotations

import pytest

from by_hand import drawn, procedure_of
from repairs.drawings import having
from tthc_flow.engine.instance import For, Run
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import FieldKind, FormField, Step
from tthc_flow.repairs.prepare import prepare_procedure

PROSE = "hồ sơ hợp lệ"
FORM = (FormField(name="hồ  sơ hợp lệ", kind=FieldKind.TRUTH),)
UNREAD = "repair-condition-unread"


def checking(condition: str, fields: tuple[FormField, ...] | None = None) -> Flow:
    step = Step(id="a", name="Kiểm tra", fields=fields)
    flow = drawn("s > a > xor1; xor1 > b > e; xor1 > c > e", step)
    return having(flow, f3={"condition": condition}, f5={"condition": f"không ({condition})"})


def unread(flow: Flow) -> list[tuple[str, str]]:
    done = prepare_procedure(procedure_of(flow))
    told = [each for each in done.repairs if each.code == UNREAD]
    return [(each.element, dict(each.values)["why"]) for each in told]


def test_a_condition_that_only_names_what_no_form_asks_for_is_told_and_a_person_is_asked():
    flow = checking(PROSE)
    why = "TF506 no form asks for 'hồ sơ hợp lệ', and nothing is compared"
    assert unread(flow) == [("f3", why), ("f5", why)]
    run = Run(prepare_procedure(procedure_of(flow)).procedure.flow)
    run.complete("a")
    (asked,) = run.waiting
    assert (asked.what, asked.because) == (For.CHOICE, "run-waits-for-choice")


@pytest.mark.parametrize("valid", [True, False])
def test_a_condition_that_names_what_a_form_asks_for_decides(valid):
    flow = checking(PROSE, FORM)
    assert unread(flow) == []
    run = Run(prepare_procedure(procedure_of(flow)).procedure.flow)
    run.complete("a", {PROSE: valid})
    assert [each.node for each in run.waiting] == ["b" if valid else "c"]


@pytest.mark.parametrize(
    "condition", ["hợp_lệ", "loại hồ sơ = 'A'", "loại hồ sơ thuộc ('A')", "phí > 5 và đã nộp phí"]
)
def test_a_condition_that_compares_or_is_one_word_is_taken_at_its_word(condition):
    assert unread(checking(condition)) == []


def test_unprepared_the_engine_asks_and_names_what_it_lacks():
    run = Run(checking(PROSE))
    run.complete("a")
    (asked,) = run.waiting
    assert asked.what is For.CHOICE
    assert "TF506" in asked.because
    assert f"'{PROSE}' has no value" in asked.because
    assert "give it when a step before is completed" in asked.because
    known = Run(checking(PROSE))
    known.complete("a", {PROSE: True})
    assert [each.node for each in known.waiting] == ["b"]
