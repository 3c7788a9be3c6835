"""Does a record that was read from a file fit together: every name in it leads somewhere.

The schema says what stands where; it cannot say that a step of the workflow is among the steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.measures.by_role import RoleRow
from tthc_flow.model.procedure import CostMethod
from tthc_flow.proof.gates.questions import questions
from tthc_flow.report.conforming import Misfit
from tthc_flow.report.texts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SIDES = ("before", "after")


def incoherence(record: Mapping[str, Any]) -> Misfit | None:
    """Return the first name in *record* that leads nowhere, or ``None``.

    Args:
        record: One that has the shape ``propose`` of the schema.

    Source: shape of ``propose``; papers are made of what refers to each other in it.
    """
    return next(_incoherences(record), None)


def _incoherences(record: Mapping[str, Any]) -> Iterator[Misfit]:
    plan = record["plan"]
    methods = [method.value for method in CostMethod]
    for side in _SIDES:
        steps = [each["id"] for each in plan["steps"][side]]
        ordered = [each["step"] for each in plan["workflow"][side]]
        if sorted(steps) != sorted(ordered) or len(set(steps)) < len(steps):
            yield Misfit(place=f"plan.workflow.{side}", what="other steps than in plan.steps")
        if [each["method"] for each in plan["costs"][side]] != methods:
            yield Misfit(place=f"plan.costs.{side}", what="not one cost a method")
        if [each["role"] for each in plan[side]["by_role"]] != [*RoleRow]:
            yield Misfit(place=f"plan.{side}.by_role", what="not every role once")
    if [each["method"] for each in plan["benefits"]] != methods:
        yield Misfit(place="plan.benefits", what="not one benefit a method")
    if [each["role"] for each in plan["cut_by_role"]["rows"]] != [*RoleRow]:
        yield Misfit(place="plan.cut_by_role", what="not every role once")
    yield from _unknown_candidates(record)
    yield from _unknown_words(record)


def _unknown_candidates(record: Mapping[str, Any]) -> Iterator[Misfit]:
    plan, known = record["plan"], {each["id"] for each in record["candidates"]}
    named = {
        "plan.applied": [each["id"] for each in plan["applied"]],
        "plan.binding": [each["candidate"] for each in plan["binding"]],
        "plan.roadmap": [each for stage in plan["roadmap"] for each in stage["candidates"]],
    }
    for place, ids in named.items():
        if not known.issuperset(ids):
            yield Misfit(place=place, what="a candidate that is not among the candidates")


def _unknown_words(record: Mapping[str, Any]) -> Iterator[Misfit]:
    plan = record["plan"]
    costs = [each for side in _SIDES for each in plan["costs"][side]]
    inputs = [each["name"] for cost in costs for each in cost["inputs"]]
    inputs += [name for each in (*costs, *plan["benefits"]) for name in each["missing"]]
    inputs += [name for each in plan["benefits"] for name in each["unlike"]]
    for name in inputs:
        if f"input-{name.partition(':')[0]}" not in rows():
            yield Misfit(place="plan.costs", what=f"no input is called {name[:40]!r}")
    for each in record["candidates"]:
        for asked in each["preconditions"]:
            if asked["question_id"] is not None and asked["question_id"] not in questions():
                yield Misfit(place="candidates", what="a question that nobody asks")
