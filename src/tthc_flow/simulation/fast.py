"""The fast kernel: the same rules as the reference, compiled by numba (the extra ``fast``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.errors import NotRunnable
from tthc_flow.simulation.fast_code import code_of
from tthc_flow.simulation.fast_state import (
    AREA,
    CAME,
    ENDED,
    HEAP,
    LOGGED,
    NOW,
    OUT,
    SERIAL,
    WINDOW_FROM,
    WINDOW_TO,
    grown,
    state_of,
)
from tthc_flow.simulation.meter import AT_ONCE, Meter, tally_of
from tthc_flow.simulation.refused import never_end
from tthc_flow.simulation.tally import StepSums, Visit

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_state import State
    from tthc_flow.simulation.program import Program
    from tthc_flow.simulation.tally import Length, Tally, Tell

ROUND: Final = 8192
"""Cases after which the compiled code comes back, to tell how far it is."""


def run_fast(
    program: Program, seed: int, length: Length, *, tell: Tell | None = None, log: bool = False
) -> Tally:
    """Return what :func:`~tthc_flow.simulation.plain.run_plainly` returns, sooner.

    Args:
        program: What is run.
        seed: The luck: the same seed gives the same result, in both kernels.
        length: How many cases come, and which are counted.
        tell: Called now and then with the number of cases that have come.
        log: Keep a row a visit; memory then grows with the cases.

    Raises:
        NotRunnable: TF433 where cases never end; TF434 where numba is not installed.

    Source: as the reference kernel.
    """
    try:
        from tthc_flow.simulation.fast_run import run_on
    except ModuleNotFoundError as error:
        raise _not_installed() from error
    code, state = code_of(program, seed), state_of(program, length, log=log)
    meter = Meter(program, length)
    margin = len(program.instructions) + len(program.entries) + len(program.crowds) + 16
    until = 0
    while state.numbers[ENDED] < length.cases:
        if until <= state.numbers[CAME]:
            until = int(state.numbers[CAME]) + ROUND
        going = run_on(code, state, until, margin)
        if state.numbers[OUT] == AT_ONCE:
            _settle(meter, state)
        state = grown(state, margin)
        if not going:
            break
        if tell is not None:
            tell(int(state.numbers[CAME]))
    _settle(meter, state)
    left = length.cases - int(state.numbers[ENDED])
    if left:
        raise never_end(left)
    return _tally(meter, state)


def _settle(meter: Meter, state: State) -> None:
    if state.numbers[OUT]:
        meter.add(state.out[: state.numbers[OUT]].copy())
        state.numbers[OUT] = 0


def _tally(meter: Meter, state: State) -> Tally:
    steps = tuple(
        StepSums(visits=int(visits), queue=float(queue), work=float(work))
        for visits, (queue, work) in zip(state.visits[:, 0], state.worked, strict=True)
    )
    log = tuple(
        Visit(
            entry=int(entry),
            case=int(case),
            instruction=int(place),
            ready=ready,
            begun=begun,
            done=done,
        )
        for entry, case, place, ready, begun, done in state.log[: state.numbers[LOGGED]].tolist()
    )
    moments = state.moments
    return tally_of(
        meter,
        steps=steps,
        window=(float(moments[WINDOW_FROM]), float(moments[WINDOW_TO])),
        area=float(moments[AREA]),
        events=int(state.numbers[SERIAL] - state.numbers[HEAP]),
        last=float(moments[NOW]),
        log=log,
    )


def _not_installed() -> NotRunnable:
    return NotRunnable(
        "TF434",
        "the fast kernel needs numba",
        hint="install tthc-flow[fast], or take the plain kernel",
        fact_vi="",
    )
