"""What people are told of repeated work of all kinds: only where somebody will be asked."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from repairs.drawings import within
from tthc_flow.engine.instance import For, Run
from tthc_flow.model.flow import Flow, SubProcess
from tthc_flow.model.step import Loop, Step
from tthc_flow.repairs.prepare import prepare_procedure

SEVERAL, LOOP = {"multi_instance": True}, {"multi_instance": False}
HOW_MANY, AGAIN = "repair-rounds-asked", "repair-loop-asked"
FOREIGN = "${ok}"

TOLD = [
    (SEVERAL, {HOW_MANY}),
    (SEVERAL | {"sequential": True}, {HOW_MANY}),
    (SEVERAL | {"printed": "${n + 1}"}, {HOW_MANY}),
    (SEVERAL | {"until": "ok = true"}, {HOW_MANY}),
    (SEVERAL | {"foreign": FOREIGN}, {HOW_MANY, AGAIN}),
    (SEVERAL | {"times": "3"}, set()),
    (SEVERAL | {"each": "people", "member": "who"}, set()),
    (SEVERAL | {"times": "3", "until": "ok = true"}, set()),
    (SEVERAL | {"times": "3", "foreign": FOREIGN}, {AGAIN}),
    (SEVERAL | {"times": "3", "foreign": FOREIGN, "sequential": True}, {AGAIN}),
    (SEVERAL | {"times": "3", "until": "ok = true", "foreign": FOREIGN}, set()),
    (LOOP, {AGAIN}),
    (LOOP | {"test_before": True}, {AGAIN}),
    (LOOP | {"foreign": FOREIGN}, {AGAIN}),
    (LOOP | {"times": "3", "foreign": FOREIGN}, {AGAIN}),
    (LOOP | {"times": "3"}, set()),
    (LOOP | {"until": "ok = true"}, set()),
]


def flow_of(kind: str, loop: Loop) -> Flow:
    if kind == "a step":
        return drawn("s > x > e", Step(id="x", name="Lấy ý kiến", loop=loop))
    block = SubProcess(id="x", loop=loop)
    if kind == "an undrawn sub-process":
        return drawn("s > x > e", block)
    return within(drawn("s > x > e; in", block), "x", "in")


@pytest.mark.parametrize(("said", "codes"), TOLD, ids=[str(row[0]) for row in TOLD])
@pytest.mark.parametrize("kind", ["a step", "an undrawn sub-process", "a drawn sub-process"])
def test_a_repetition_is_told_where_somebody_is_asked_about_it(kind, said, codes):
    flow = flow_of(kind, Loop(**said))
    done = prepare_procedure(procedure_of(flow))
    told = {each.code for each in done.repairs if each.code in {HOW_MANY, AGAIN}}
    assert told == codes
    facts, asked = {"people": ("A", "B", "C"), "ok": False}, 0
    run = Run(done.procedure.flow, data=facts)
    for _ in range(9):  # and this is what running it comes to
        if any(each.what is For.ROUNDS for each in run.waiting):
            asked += 1
            run.repeat("x", 2 if asked == 1 else 1)
        elif run.waiting:
            run.complete(run.waiting[0].node)
    assert bool(asked) is bool(codes)


def test_declining_to_be_asked_bars_the_run_of_that_element_alone():
    flow = drawn("s > x > y > e", *(Step(id=i, name=i, loop=Loop(**LOOP)) for i in "xy"))
    done = prepare_procedure(procedure_of(flow), without=[f"{AGAIN}:y"])
    assert [(each.code, each.element) for each in done.refusals] == [("repair-declined", "y")]
    assert prepare_procedure(procedure_of(evolve(flow, name="n"))).runnable
