"""Random rewrites of a flow, wise or not.

Steps go, come, change, are passed over, change places or are drawn side by side; arrows move.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from attrs import evolve

from mutating import mutated
from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.arms import passed_over
from tthc_flow.graph.chains import chains
from tthc_flow.graph.consultations import Arm, follow_each_other, side_by_side
from tthc_flow.graph.rewrite import inserted_on, replaced, without
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Step, StepKind, StepTime, TaskType
from tthc_flow.units import Duration, TimeUnit

PAPERS = ("Tờ trình", "Biên bản", "Phiếu ý kiến")


def rewritten(rng: random.Random, flow: Flow) -> Flow:
    """Return *flow* after a random rewrite; the very same where it refuses or there is no step."""
    for _ in range(rng.choice((1, 1, 2))):
        if not flow.steps or not flow.edges:
            return flow
        try:
            flow = rng.choice(REWRITES)(rng, flow)
        except UnsoundFlow:
            continue
    return flow


def told(rng: random.Random, flow: Flow) -> Flow:
    """Return *flow* whose steps say more: what they read and write, times of all kinds."""
    return evolve(
        flow,
        nodes=tuple(_told(rng, node) if isinstance(node, Step) else node for node in flow.nodes),
    )


def _told(rng: random.Random, step: Step) -> Step:
    if rng.random() < 0.4:
        return step
    amount = Fraction(rng.randint(0, 9), rng.choice((1, 2, 3)))
    duration = Duration(amount=amount, unit=TimeUnit.WORKING_DAY) if rng.random() < 0.9 else None
    return evolve(
        step,
        time=StepTime(duration=duration),
        reads=frozenset(rng.sample(PAPERS, rng.randint(0, 2))),
        writes=frozenset(rng.sample(PAPERS, rng.randint(0, 2))),
        applicant_visit=rng.choice((None, True, False)),
    )


def _steps_out(rng: random.Random, flow: Flow) -> Flow:
    steps = [step.id for step in flow.steps]
    return without(flow, *rng.sample(steps, min(len(steps), rng.randint(1, 3))))


def _any_out(rng: random.Random, flow: Flow) -> Flow:
    return without(flow, rng.choice(flow.nodes).id)


def _changed(rng: random.Random, flow: Flow) -> Flow:
    """Give a step the facts of another one."""
    step, other = rng.choice(flow.steps), rng.choice(flow.steps)
    after = evolve(
        other,
        id=step.id,
        scope=step.scope,
        lane=rng.choice((step.lane, other.lane)) if step.scope == other.scope else step.lane,
        default=step.default,
        separate_from=rng.choice((step, other)).separate_from,
    )
    return replaced(flow, after)


def _come(rng: random.Random, flow: Flow) -> Flow:
    """Put a step like another one on an arrow."""
    edge, other = rng.choice(flow.edges), rng.choice(flow.steps)
    new = evolve(
        other,
        id=f"New_{rng.getrandbits(32)}",
        scope=edge.scope,
        lane=None,
        separate_from=frozenset(),
        time=rng.choice((StepTime(counted=False), other.time)),
    )
    return inserted_on(flow, edge, new)


def _passed(rng: random.Random, flow: Flow) -> Flow:
    step = rng.choice(flow.steps)
    if len(flow.outgoing[step.id]) != 1 or not flow.incoming[step.id]:
        return flow
    look_up = Step(
        id=f"LookUp_{rng.getrandbits(32)}",
        name="Tra cứu",
        scope=step.scope,
        task=TaskType.SERVICE,
        kinds=(StepKind.LOOK_UP,),
        time=StepTime(counted=False),
        reads=frozenset(),
        writes=frozenset(),
    )
    return passed_over(flow, step, look_up, "Có trong cơ sở dữ liệu?", ("Có", "Không"))


def _swapped(rng: random.Random, flow: Flow) -> Flow:
    """Let what an arrow enters and what comes after that change places."""
    into = rng.choice(flow.edges)
    part, over = [into.target], rng.choice(flow.outgoing[into.target] or (into,))
    while rng.random() < 0.3 and over.target not in part and flow.outgoing[over.target]:
        part.append(over.target)
        over = rng.choice(flow.outgoing[over.target])
    leaving = rng.choice(flow.outgoing[over.target] or (over,))
    leads = {into.id: over.target, leaving.id: into.target, over.id: leaving.target}
    edges = (evolve(e, target=leads[e.id]) if e.id in leads else e for e in flow.edges)
    return evolve(flow, edges=tuple(edges))


def _parallel(rng: random.Random, flow: Flow) -> Flow:
    """Draw steps that follow one another side by side, one or two on each arm."""
    rows = [
        row
        for row in chains(flow)
        if all(len(flow.incoming[s.id]) == len(flow.outgoing[s.id]) == 1 for s in row)
    ]
    row = rng.choice(rows) if rows else ()
    alone = follow_each_other(flow, tuple(step.id for step in row[rng.randint(0, 1) :]))
    arms: list[Arm] = []
    for arm in alone:
        if arms and rng.random() < 0.4:
            last = arms.pop()
            arm = Arm(regions=last.regions + arm.regions, steps=last.steps + arm.steps)  # noqa: PLW2901 - one arm of both
        arms.append(arm)
    return side_by_side(flow, tuple(arms)) if len(arms) > 1 else flow


def _edited(rng: random.Random, flow: Flow) -> Flow:
    return mutated(rng, flow, 1)


Rewrite = Callable[[random.Random, Flow], Flow]
REWRITES: tuple[Rewrite, ...] = (
    _steps_out,
    _any_out,
    _changed,
    _changed,
    _come,
    _passed,
    _swapped,
    _parallel,
    _edited,
)
