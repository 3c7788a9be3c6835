"""Cost of a step: the same however long a case has run, however long its way, however wide it is.

Ratios and slopes only: a machine may be slow, but what grows with the past is wrong everywhere.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable

from by_hand import drawn
from tthc_flow.engine.compile import Program, compile_flow
from tthc_flow.engine.instance import Run
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Loop, Step

LOOP = drawn("s > xor0 > receive > check > xor1; xor1 > supplement > xor0; xor1 > e")
AGAIN, ON = (edge.id for edge in LOOP.outgoing["xor1"])
LOOPS = (625, 1250, 2500, 5000)


def fastest(work: Callable[[], object], repeats: int) -> float:
    """Return the least processor time that *work* took, in seconds."""
    best = math.inf
    for _ in range(repeats):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def slope(seconds: dict[int, float]) -> float:
    """Return how steeply the time grows with the size, on logarithmic scales (least squares)."""
    points = [(math.log(size), math.log(taken)) for size, taken in seconds.items()]
    mean = [sum(each) / len(points) for each in zip(*points, strict=True)]
    above = sum((x - mean[0]) * (y - mean[1]) for x, y in points)
    return above / sum((x - mean[0]) ** 2 for x, _ in points)


def supplemented(program: Program, times: int) -> dict[str, object]:
    """Return the state after *times* supplements, put away and taken up again at each step."""
    state = Run(program).state
    for _ in range(times):
        for step in ("receive", "check", None, "supplement"):
            run = Run.resumed(program, state)
            if step is None:
                run.choose("xor1", AGAIN)
            else:
                run.complete(step)
            state = run.state
    return state


def test_the_cost_of_a_supplement_does_not_grow_with_those_before():
    program = compile_flow(LOOP)
    seconds = {
        times: fastest(lambda times=times: supplemented(program, times), 2) for times in LOOPS
    }
    assert slope(seconds) <= 1.1, seconds


def test_after_five_thousand_supplements_the_state_is_small_and_the_case_ends_as_it_should():
    program = compile_flow(LOOP)
    state = json.loads(json.dumps(supplemented(program, 5000)))
    assert len(json.dumps(state)) <= 1_000
    run = Run.resumed(program, state)
    assert [each.node for each in run.waiting] == ["receive"]
    for step in ("receive", "check"):
        run.complete(step)
    run.choose("xor1", ON)
    assert (run.finished, run.waiting, run.failed) == (True, (), None)


def branches(count: int) -> Flow:
    return drawn(
        "; ".join(["s > and1", *(f"and1 > t{n} > and2" for n in range(count)), "and2 > e"])
    )


def at_a_step(program: Program, count: int, *, stored: bool) -> float:
    """Return the seconds that one of *count* parallel steps takes."""

    def work() -> None:
        run = Run(program)
        due = {each.node: each.token for each in run.waiting}
        for node, token in due.items():
            if stored:
                run = Run.resumed(program, run.state)
            run.complete(node, token=token)
        assert run.finished

    return fastest(work, 5) / count


def test_a_step_of_two_hundred_parallel_ones_costs_what_a_step_of_ten_does():
    cost = {n: at_a_step(compile_flow(branches(n)), n, stored=False) for n in (10, 200)}
    assert cost[200] <= 3 * cost[10], cost


def test_to_put_a_case_away_and_take_it_up_again_costs_what_is_open_and_no_more():
    cost = {}
    for count in (50, 100, 200, 400):
        program = compile_flow(branches(count))
        state = Run(program).state
        cost[count] = fastest(lambda p=program, s=state: Run.resumed(p, s).state, 20)
    assert slope(cost) <= 1.25, cost


def test_a_chain_of_two_thousand_steps_compiles_and_a_step_costs_what_it_does_in_a_short_one():
    def run_through(program: Program, count: int) -> None:
        state = Run(program).state
        for n in range(count):
            run = Run.resumed(program, state)
            run.complete(f"t{n}")
            state = run.state
        assert run.finished

    cost = {}
    for count in (20, 2000):
        flow = drawn(f"s > {' > '.join(f't{n}' for n in range(count))} > e")
        program = compile_flow(flow)
        cost[count] = fastest(lambda p=program, n=count: run_through(p, n), 3) / count
    assert cost[2000] <= 3 * cost[20], cost


def test_a_thousand_rounds_of_a_step_cost_what_a_hundred_do():
    def work(times: int) -> Callable[[], None]:
        loop = Loop(multi_instance=True, times=str(times))
        program = compile_flow(drawn("s > a > e", Step(id="a", name="a", loop=loop)))

        def through() -> None:
            run = Run(program)
            for each in run.waiting:
                run.complete("a", token=each.token)
            assert run.finished

        return through

    cost = {times: fastest(work(times), 3) / times for times in (100, 1000)}
    assert cost[1000] <= 3 * cost[100], cost
