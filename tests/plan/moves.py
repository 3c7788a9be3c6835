"""Simple moves and rows of steps, for plans whose answer is known by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve

from by_hand import drawn
from tthc_flow.graph.rewrite import automated, given_to, replaced, without
from tthc_flow.measures.size import size
from tthc_flow.model.actor import Performer
from tthc_flow.model.lever import Candidate, Lever, Precondition, Verdict
from tthc_flow.model.plan import Plan
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, StepTime, TaskType
from tthc_flow.units import DEFAULT_CONVENTION, Duration

OPEN = Precondition(name="power-is-own", verdict=Verdict.UNKNOWN, question="power-is-own")
BARRED = Precondition(name="rule-names-the-step", verdict=Verdict.FAIL)
CURABLE = Precondition(name="decides-no-branch", verdict=Verdict.FAIL, curable=True)


def day(name: str, *kinds: StepKind, days: int | None = 1, by: str | None = None) -> Step:
    time = StepTime(duration=None if days is None else Duration(amount=days, unit="working_day"))
    return Step(
        id=name,
        name=name,
        kinds=kinds or (StepKind.DRAFT,),
        time=time,
        performer=None if by is None else Performer(name=by),
    )


def in_a_row(*steps: Step, **facts: object) -> Procedure:
    flow = drawn(f"s > {' > '.join(step.id for step in steps)} > e", *steps)
    return Procedure(flow=flow, **facts)


def move(
    name: str,
    apply: Callable[[Procedure, Candidate], Procedure],
    *targets: tuple[str, ...],
    **facts: object,
) -> Lever:
    """A lever that finds each of *targets* while it is there, with *facts* of the candidate."""

    def find(procedure: Procedure) -> Iterator[Candidate]:
        for some in targets:
            if procedure.flow.by_id.keys() >= set(some):
                yield Candidate(lever=name, targets=some, **facts)

    return Lever(id=name, title=name, source="test", kinds=frozenset(), find=find, apply=apply)


def gone(procedure: Procedure, candidate: Candidate) -> Procedure:
    return evolve(procedure, flow=without(procedure.flow, *candidate.targets))


def dropping(*names: str, lever: str = "dropping", **facts: object) -> Lever:
    """A lever that takes out each of *names*, whatever stands there."""
    return move(lever, gone, *((name,) for name in names), **facts)


def taking(days: Mapping[str, int], *targets: str, lever: str = "taking", **facts: object) -> Lever:
    """A lever that gives each of *targets* other times at once, wherever they stand."""

    def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
        steps = [procedure.flow.by_id[each] for each in candidate.targets]
        changed = [
            evolve(step, time=StepTime(duration=Duration(amount=days[step.id], unit="working_day")))
            for step in steps
        ]
        return evolve(procedure, flow=replaced(procedure.flow, *changed))

    return move(lever, apply, targets, **facts)


def only_where(lever: Lever, there: Callable[[Procedure], bool]) -> Lever:
    """*lever*, which finds nothing unless *there* is so."""

    def find(procedure: Procedure) -> Iterator[Candidate]:
        return iter(lever.find(procedure) if there(procedure) else ())

    return evolve(lever, find=find)


def given_to_z(procedure: Procedure, candidate: Candidate) -> Procedure:
    flow = procedure.flow
    return evolve(
        procedure, flow=given_to(flow, flow.by_id[candidate.targets[0]], Performer(name="z"))
    )


def done_by_machine(procedure: Procedure, candidate: Candidate) -> Procedure:
    step = procedure.flow.by_id[candidate.targets[0]]
    return evolve(procedure, flow=replaced(procedure.flow, automated(step, TaskType.SERVICE)))


def ids(made: Plan) -> list[str]:
    return [candidate.id for candidate in made.applied]


def minutes(made: Plan) -> Fraction | None:
    work = size(made.after, DEFAULT_CONVENTION).norm_time.work
    return None if work is None else work.minutes


def hand_offs(made: Plan) -> int:
    return size(made.after, DEFAULT_CONVENTION).hand_offs
