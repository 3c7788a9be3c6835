"""Every step of a procedure is changed or has its reasons to stay."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from strategies import procedures
from tthc_flow.levers import ALL
from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow
from tthc_flow.model.law import LegalBasis, LegalRank
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.plan.make import plan
from tthc_flow.plan.untouched import untouched
from tthc_flow.words.messages import texts

LAW = LegalBasis(document="Luật Đầu tư", clause="Điều 36", rank=LegalRank.LAW)


def case(*steps: Step) -> Procedure:
    nodes = (
        Event(id="s", position=EventPosition.START),
        *steps,
        Event(id="e", position=EventPosition.END),
    )
    edges = tuple(
        SequenceFlow(id=f"f{n}", source=nodes[n].id, target=nodes[n + 1].id)
        for n in range(len(nodes) - 1)
    )
    return Procedure(flow=Flow(id="p", nodes=nodes, edges=edges))


def codes(procedure: Procedure) -> list[str]:
    [found] = untouched(plan(procedure, ALL), ALL)
    return [each.code for each in found.reasons]


@pytest.mark.parametrize(
    ("step", "first"),
    [
        (Step(id="a", name="Xử lý"), "untouched-unclassified"),
        (Step(id="a", name="Tra", task=TaskType.SERVICE), "untouched-automatic"),
        (Step(id="a", name="Thẩm định", kinds=(StepKind.EXAMINE,)), "untouched-not-found"),
        (Step(id="a", name="Dự thảo", kinds=(StepKind.DRAFT,)), "untouched-no-lever"),
        (Step(id="a", name="Ký", kinds=(StepKind.SIGN,)), "untouched-needed"),
        (Step(id="a", name="Ký", kinds=(StepKind.SIGN,), mandatory=True), "untouched-mandatory"),
        (Step(id="a", name="Ký", kinds=(StepKind.SIGN,), legal_basis=(LAW,)), "untouched-demanded"),
    ],
)
def test_the_strongest_reason_comes_first(step, first):
    assert codes(case(step))[0] == first


def test_the_text_that_demands_a_step_is_named_with_its_clause():
    step = Step(id="a", name="Ký", kinds=(StepKind.SIGN,), legal_basis=(LAW,))
    [found] = untouched(plan(case(step), ALL), ALL)
    assert found.reasons[0].rule == LAW
    assert dict(found.reasons[0].values) == {"document": "Điều 36 Luật Đầu tư"}


def test_an_open_candidate_names_the_condition_that_is_open():
    step = Step(id="a", name="Phân công", kinds=(StepKind.ASSIGN,))
    [found] = untouched(plan(case(step), ALL), ALL)
    opened = [dict(each.values) for each in found.reasons if each.code == "untouched-open"]
    assert opened == [{"lever": "assign_by_rule", "condition": "assignment-needs-discretion"}]


@given(procedures())
def test_each_step_is_changed_or_has_its_reasons(procedure):
    made = plan(procedure, ALL)
    found = untouched(made, ALL)
    changed = {target for each in made.applied for target in each.targets}
    left = [step.id for step in procedure.flow.steps if step.id not in changed]
    assert [each.step for each in found] == left
    known = texts("untouched")
    assert all(each.reasons for each in found)
    assert {reason.code for each in found for reason in each.reasons} <= known.keys()
    named = {offer.candidate.id for offer in made.offers}
    assert evolve(made, untouched=found).untouched == found
    assert named >= {each.candidate for each in made.not_chosen} - {c.id for c in made.applied}
