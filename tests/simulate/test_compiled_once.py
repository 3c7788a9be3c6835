"""The fast kernel is compiled once: no program makes it a second kernel for other types."""

from __future__ import annotations

import numba
import pytest
from attrs import evolve

from simulate.by_program import exponential, network, queue, task
from tthc_flow.model.chance import Chance
from tthc_flow.simulation.clock import Rate, clock_of_spans
from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.fast_code import code_of
from tthc_flow.simulation.fast_run import run_on
from tthc_flow.simulation.fast_state import grown, state_of
from tthc_flow.simulation.program import Batch, Guard, Instruction, Kind, Program, Scope
from tthc_flow.simulation.tally import Length

SHORT = Length(cases=60, warm=0)


def guarded(minutes: float) -> Program:
    """Return a step with a timer at its border."""
    return Program(
        instructions=(
            Instruction(kind=Kind.ENTER, node="a", opens=1, targets=(1,)),
            task(0, Chance.fixed(5), 2, scope=1),
            Instruction(kind=Kind.END, node="", scope=1),
            Instruction(kind=Kind.END, node="e"),
        ),
        scopes=(Scope(), Scope(around=0, leaves=3, guards=(Guard(minutes=minutes, target=3),))),
        crowds=queue(1, 10, 5).crowds,
        entries=(evolve(queue(1, 10, 5).entries[0], last=4),),
    )


def whole_rate(program: Program) -> Program:
    """Return *program* with whole numbers wherever a caller may give some."""
    rate = Rate(times=(0,), gaps=(10,), counts=(0,), period=10, total=1)
    return evolve(
        program,
        entries=tuple(evolve(each, rate=rate) for each in program.entries),
        crowds=tuple(evolve(each, stretch=2, rate=3) for each in program.crowds),
        clocks=(evolve(clock_of_spans([(0, 1440)], 1440), period=1440, total=1440),),
    )


PROGRAMS = [
    pytest.param(queue(1, 10, 5), id="queue"),
    pytest.param(guarded(20), id="whole-minutes"),
    pytest.param(guarded(20.5), id="half-minutes"),
    pytest.param(whole_rate(guarded(20)), id="whole-everything"),
    pytest.param(
        network(10, (1, 2), task(0, Chance.fixed(1), 1, batch=Batch(every=60)),
                task(1, exponential(3), 2)),
        id="batch",
    ),
    pytest.param(evolve(queue(1, 10, 5), crowds=(), instructions=(
        Instruction(kind=Kind.DELAY, node="t", key="t", targets=(1,), chance=Chance.fixed(1)),
        Instruction(kind=Kind.END, node="e"),
    )), id="nobody"),
]  # fmt: skip


def types_of(program: Program, *, log: bool = False) -> tuple[object, object]:
    """Return what numba takes the arrays of *program* for, those that grew too."""
    state = state_of(program, SHORT, log=log)
    assert numba.typeof(grown(state, len(state.tokens))) == numba.typeof(state)
    return numba.typeof(code_of(program, 1)), numba.typeof(state)


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_arrays_of_all_programs_have_the_same_types(program):
    usual = types_of(queue(1, 10, 5))
    assert types_of(program) == usual
    assert types_of(program, log=True) == usual


def test_one_kernel_runs_them_all():
    for minutes in (20, 20.5):
        run_fast(guarded(minutes), 1, SHORT)
    run_fast(queue(1, 10, 5), 1, SHORT, log=True)
    assert len(run_on.signatures) == 1
