"""Consultations in a row, what is one arm of it, and the arms drawn side by side."""

from __future__ import annotations

import pytest
from hypothesis import given

from by_hand import chain, drawn
from strategies import procedures
from tthc_flow.graph.consultations import (
    follow_each_other,
    rows_of_consultations,
    side_by_side,
)
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.soundness import soundness

KINDS = {
    "ask": StepKind.CONSULT,
    "letter": StepKind.SIGN,
    "got": StepKind.RECEIVE,
    "op": StepKind.OPINION,
    "work": StepKind.EXAMINE,
}


def rows(picture):
    """The rows of a picture, whose steps are told by the letters of their ids."""
    names = {each.strip() for row in picture.split(";") for each in row.split(">")}
    steps = tuple(
        Step(id=name, name=name, kinds=(KINDS[letters],))
        for name in sorted(names)
        if (letters := name.rstrip("0123456789")) in KINDS
    )
    found = rows_of_consultations(drawn(picture, *steps))
    return [[" ".join(step.id for step in arm.steps) for arm in row] for row in found]


@pytest.mark.parametrize(
    ("picture", "wanted"),
    [
        ("s > op1 > op2 > e", [["op1", "op2"]]),
        ("s > ask1 > op1 > ask2 > op2 > e", [["ask1 op1", "ask2 op2"]]),
        ("s > ask1 > letter1 > op1 > op2 > e", [["ask1 letter1 op1", "op2"]]),
        ("s > op1 > got1 > ask2 > op2 > got2 > e", [["op1 got1", "ask2 op2"]]),
        ("s > got1 > ask1 > op1 > op2 > e", [["ask1 op1", "op2"]]),
        ("s > letter1 > op1 > op2 > e", [["op1", "op2"]]),
        ("s > ask1 > ask2 > op1 > op2 > e", [["ask2 op1", "op2"]]),
        ("s > op1 > letter1 > op2 > e", []),
        ("s > op1 > work > op2 > op3 > e", [["op2", "op3"]]),
        ("s > op1 > op2 > work > op3 > op4 > e", [["op1", "op2"], ["op3", "op4"]]),
        ("s > op1 > xor1 > op2 > xor2 > e; xor1 > xor2", [["op1", "op2"]]),
        ("s > op1 > xor1 > op2 > xor2 > e; xor1 > work > xor2", []),
        ("s > op1 > xor1 > op2 > e; xor1 > e2", []),
        ("s > and1 > op1 > and2 > e; and1 > op2 > and2", []),
        ("s > and1 > op1 > op2 > and2 > e; and1 > work > and2", [["op1", "op2"]]),
        ("s > op1 > e", []),
    ],
)
def test_a_row_is_consultations_and_nothing_else(picture, wanted):
    assert rows(picture) == wanted


def test_side_by_side_steps_keep_what_came_before_and_after():
    flow = chain(*["1 ngày"] * 4)
    after = side_by_side(flow, follow_each_other(flow, ("step_2", "step_3")))
    assert {f"{edge.source}>{edge.target}" for edge in after.edges} == {
        "start>step_1",
        "step_1>Split_step_2",
        "Split_step_2>step_2",
        "Split_step_2>step_3",
        "step_2>Join_step_3",
        "step_3>Join_step_3",
        "Join_step_3>step_4",
        "step_4>end",
    }
    assert soundness(after).verdict == "pass"


@given(procedures())
def test_any_row_side_by_side_is_as_sound_as_it_was(procedure):
    for row in rows_of_consultations(procedure.flow):
        after = side_by_side(procedure.flow, row)
        assert soundness(after).verdict == soundness(procedure.flow).verdict
        assert {node.id for node in procedure.flow.nodes} < {node.id for node in after.nodes}
