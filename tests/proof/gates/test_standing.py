"""Answers kept beside a drawing: found again where the work is, never taken for other work."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levers.office import AGENCY, ANSWERED, case, step
from strategies import procedures
from tthc_flow.graph.fingerprint import fingerprint, procedure_fingerprint
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.questions import is_current
from tthc_flow.proof.gates.standing import Kept, standing

A = step("a", "examine", AGENCY["officer"], number="3")
B = step("b", "sign", AGENCY["head"], number="4")
BEFORE = case(A, B)


def kept(of=A, flow=BEFORE.flow, **more):
    """Return an answer about a step as the file keeps it."""
    about = fingerprint(flow, of)
    usual = {"question": "q", "reply": Reply.NO, "step": of.id, "source": ANSWERED, "about": about}
    answer = Answer(**{**usual, **more})
    return Kept(answer=answer, number=of.number, name=of.name)


def now(row, procedure):
    """Return which step the answer is about, and whether it counts."""
    (found,) = standing((row,), procedure)
    at = found.step if found.step in procedure.flow.by_id else None
    return at, is_current(procedure, found) and found.reply is not Reply.UNKNOWN


def test_an_answer_about_the_same_work_counts():
    assert now(kept(), BEFORE) == ("a", True)


def test_a_step_that_got_another_id_is_found_again():
    assert now(kept(), case(B, evolve(A, id="x9", number="7"))) == ("x9", True)


def test_ids_that_changed_places_are_no_trap():
    swapped = case(evolve(B, id="a"), evolve(A, id="b"))
    assert now(kept(A), swapped) == ("b", True)
    assert now(kept(B), swapped) == ("a", True)


def test_a_step_that_does_other_work_is_not_taken_for_the_old_one():
    assert now(kept(), case(evolve(A, performer=AGENCY["head"]), B)) == ("a", False)
    renamed = evolve(A, id="x9", performer=AGENCY["head"])
    assert now(kept(), case(renamed, B)) == ("x9", False)


def test_a_step_that_is_gone_is_lost():
    (found,) = standing((kept(),), case(B))
    assert (found.step, is_current(case(B), found)) == ("a", False)


@pytest.mark.parametrize(("number", "place"), [("3", "x"), ("8", "y"), ("9", None)])
def test_of_equal_steps_the_printed_number_tells_and_nothing_is_guessed(number, place):
    twins = case(evolve(A, id="x", number="3"), evolve(A, id="y", number="8"))
    row = evolve(kept(), number=number)
    assert now(row, twins) == (place, place is not None)


def test_an_answer_for_the_whole_procedure_is_about_all_its_steps():
    row = Kept(answer=evolve(kept().answer, step=None, about=procedure_fingerprint(BEFORE)))
    assert standing((row,), BEFORE)[0].reply is Reply.NO
    assert standing((row,), case(A, B, evolve(B, id="c")))[0].reply is Reply.UNKNOWN
    assert standing((row,), case(evolve(A, id="z"), B))[0].reply is Reply.NO


def test_without_a_fingerprint_number_or_name_tell_the_step():
    loose = evolve(kept().answer, about=None, step=None)
    assert now(Kept(answer=loose, number="4"), BEFORE) == ("b", True)
    assert now(Kept(answer=loose, name=A.name.upper()), BEFORE) == ("a", True)
    assert now(Kept(answer=loose, number="5"), BEFORE)[0] is None


@given(procedures(), st.randoms(use_true_random=False))
def test_new_ids_lose_no_answer_and_give_none_to_other_work(procedure, rng):
    flow = procedure.flow
    rows = tuple(kept(each, flow) for each in flow.steps)
    names = {node.id: f"n{number}" for number, node in enumerate(flow.nodes)}
    rng.shuffle(shuffled := list(flow.nodes))
    nodes = tuple(
        evolve(node, id=names[node.id]) if isinstance(node, Step) else node for node in shuffled
    )
    after = evolve(procedure, flow=evolve(flow, nodes=nodes))
    back = {names[node.id]: node for node in flow.nodes}
    prints = [fingerprint(flow, each) for each in flow.steps]
    for row, found in zip(rows, standing(rows, after), strict=True):
        if is_current(after, found):
            old = back[found.step]
            assert fingerprint(flow, old) == row.answer.about
        else:
            assert prints.count(row.answer.about) > 1
