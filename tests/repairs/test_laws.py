"""Laws of preparing: pure, final, never worse than the drawing, linear."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given

from by_hand import drawn, procedure_of
from strategies import flows, mutated_flows, wild_flows
from tthc_flow.engine.refusals import refusals
from tthc_flow.engine.run import run_every_branch
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Step
from tthc_flow.repairs.prepare import prepare_procedure


@given(wild_flows() | mutated_flows())
def test_preparing_twice_is_preparing_once_and_whatever_is_not_refused_is_compiled(flow):
    for guesses in (False, True):
        done = prepare_procedure(procedure_of(flow), guesses=guesses)
        assert done == prepare_procedure(procedure_of(flow), guesses=guesses)
        again = prepare_procedure(done.procedure, guesses=guesses)
        assert again.procedure == done.procedure
        assert not any(each.changes and each.applied for each in again.repairs)
        if done.runnable:
            assert refusals(done.procedure.flow) == ()


@given(flows())
def test_a_sound_flow_stays_complete(flow):
    assert run_every_branch(prepare_procedure(procedure_of(flow)).procedure).completed


@pytest.mark.parametrize(
    "flow",
    [
        lambda n: Flow(id="flow", nodes=tuple(Step(id=f"t{k}", name="") for k in range(n))),
        lambda n: drawn("s > a > e; " + " > ".join(f"t{k}" for k in range(n))),
        lambda n: drawn("; ".join(f"s > t{k}" for k in range(n))),
    ],
    ids=["loose", "unreached", "wide"],
)
def test_twenty_thousand_nodes_are_prepared_in_linear_time(flow: Callable[[int], Flow]):
    procedure = procedure_of(flow(20_000))
    begin = time.process_time()
    prepare_procedure(procedure, guesses=True)
    assert time.process_time() - begin < 5
