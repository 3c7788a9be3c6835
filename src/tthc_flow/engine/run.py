"""Executing every branch of a procedure to its end; :class:`Run` works on one case by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.engine.compile import compile_flow
from tthc_flow.engine.cover import NEVER, Guide
from tthc_flow.engine.instance import For, Run, Waiting, new_case
from tthc_flow.engine.listening import events_of
from tthc_flow.engine.places import Leave, Place
from tthc_flow.engine.waiting import what_for
from tthc_flow.errors import NotRunnable
from tthc_flow.graph.skeleton import Known
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from tthc_flow.engine.case import Case

__all__ = ["BranchRun", "For", "Run", "Waiting", "run_every_branch", "runs_to_the_end"]

_EXECUTED: Final = Known()
"""Skeletons of which every branch was taken and every run came to its end."""


@frozen(kw_only=True)
class BranchRun:
    """What executing every branch came to.

    *executed* of *branches* sequence flows were taken in *runs*, each the nodes passed in
    order; *stopped* names the nodes where a run could not go on (empty: each came to its end).
    """

    branches: int
    covered: tuple[str, ...]
    missed: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]
    stopped: tuple[str, ...] = ()

    @property
    def executed(self) -> int:
        """Return how many sequence flows were taken."""
        return len(self.covered)

    @property
    def completed(self) -> bool:
        """Return whether every flow was taken and every run came to its end."""
        return not self.missed and not self.stopped

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what did not run: the flows never taken, the nodes where a run stopped."""
        said = [("run-stopped", each) for each in self.stopped]
        said += [("run-branch-missed", each) for each in self.missed]
        return tuple(
            Finding(code=code, severity=Severity.ERROR, element=each, values=(("element", each),))
            for code, each in said
        )


def run_every_branch(procedure: Procedure | Flow) -> BranchRun:
    """Execute *procedure* until every sequence flow has been taken, each run to its end.

    Every decision is made by the driver, not by data: it shows that each way can be gone, not
    which case goes it. Conditions are compiled all the same, so a bad one is an error here.
    A loop is gone once for each flow in it that was not taken yet. Time: about runs times the
    length of a run; a run starts only while the one before took something new.

    Raises:
        NotRunnable: TF401, with everything that bars a faithful run.
        BadExpression: TF50x, where a condition is outside our language.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, SequenceFlow
        >>> start = Event(id="start", position=EventPosition.START)
        >>> end = Event(id="end", position=EventPosition.END)
        >>> edge = SequenceFlow(id="f", source="start", target="end")
        >>> done = run_every_branch(Flow(id="p", nodes=(start, end), edges=(edge,)))
        >>> done.executed, done.completed, done.runs
        (1, True, (('start', 'end'),))

    Source: branch coverage; BPMN 2.0.2, chapter 13, for what executing means.
    """
    flow = procedure if isinstance(procedure, Flow) else procedure.flow
    program = compile_flow(flow)
    guide = Guide(program.net)
    runs: list[tuple[str, ...]] = []
    stopped: list[str] = []
    eager = False
    while guide.untaken or not runs:
        left = len(guide.untaken)
        case = new_case(program, ask=True)
        stopped += _drive(case, guide, eager=eager)
        if len(guide.untaken) < left or not runs:
            runs.append(tuple(case.history))
        elif eager:
            break
        else:
            eager = True
    program.let_go()
    return BranchRun(
        branches=len(flow.edges),
        covered=tuple(edge.id for edge in flow.edges if edge.id not in guide.untaken),
        missed=tuple(guide.untaken),
        runs=tuple(runs),
        stopped=tuple(dict.fromkeys(stopped)),
    )


def runs_to_the_end(flow: Flow) -> bool:
    """Return whether every branch of *flow* was taken and every run came to its end.

    As :func:`run_every_branch`, for whoever asks no more: flows that differ in nothing that moves
    tokens are executed once.

    Raises:
        NotRunnable: TF401, with everything that bars a faithful run.
        BadExpression: TF50x, where a condition is outside our language.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition
        >>> runs_to_the_end(Flow(id="p", nodes=(Event(id="s", position=EventPosition.START),)))
        True

    Source: see :func:`~tthc_flow.graph.skeleton.skeleton`.
    """
    if _EXECUTED.holds_of(flow):
        return True
    completed = run_every_branch(flow).completed
    if completed:
        _EXECUTED.learn(flow)
    return completed


def _drive(case: Case, guide: Guide, *, eager: bool) -> list[str]:
    """Take *case* to its end along *guide*; return the nodes where it stuck.

    It is given up where more tokens are about than a flow can hold that ever ends well, or where
    nothing new was taken for longer than a way through the whole flow.
    """
    net = case.net
    crowd = 2 * len(net.places) + 10
    patience = 6 * (len(net.places) + len(net.source_of)) + 200
    seen = progress = 0
    case.step_by_step = eager
    try:
        case.open((guide.pick_start(net.starts),) if net.alternative_starts else net.starts)
        while not case.completed:
            if guide.take(case.taken[seen:]):
                progress = case.moves
            seen = len(case.taken)
            tired = case.moves - progress > patience or len(case.tasks) > crowd
            if tired or not _act(case, guide, eager=eager):
                held = (task for task in case.tasks.values() if task is not case.task_tree)
                return [task.task_spec.place.id for task in held]
    except NotRunnable as endless:
        return [endless.place]
    finally:
        guide.take(case.taken[seen:])
    return []


def _act(case: Case, guide: Guide, *, eager: bool) -> bool:
    """Do one thing that *case* waits for; return whether there was one.

    *eager* goes token by token, so that an event or another branch may come before what needs
    nobody, and does first what is nearest to something new.
    """
    if eager:
        return _act_on_nearest(case, guide)
    task = next(iter(case.waiting.values()), None)
    for host in list(case.scopes.values()):
        listens = task is not None and events_of(host)
        if listens and _spring(case, guide, host, _meanwhile(guide, host)):
            return True
    if task is None:
        return any(_spring(case, guide, host, NEVER) for host in list(case.scopes.values()))
    at_work = what_for(task) is For.WORK
    if not (at_work and _spring(case, guide, task, guide.worth(task.task_spec.place.arcs))):
        _answer(case, guide, task)
    return True


def _act_on_nearest(case: Case, guide: Guide) -> bool:
    nearness = _nearness(guide)
    task = min(case.waiting.values(), key=nearness, default=None)
    here = NEVER if task is None else nearness(task)
    soon = min(map(nearness, case.agenda), default=NEVER)
    hosts = [*case.scopes.values(), *case.waiting.values()]
    may_be = [(host, event) for host in hosts for event in _open_events(case, host)]
    host, event = min(may_be, key=lambda each: guide.after(each[1]), default=(None, None))
    if host is not None and event is not None and guide.after(event) < min(soon, here):
        _let_happen(case, host, event)
        return True
    if (task is None or soon <= here) and case.step(nearness):
        return True
    if task is not None:
        _answer(case, guide, task)
    return task is not None


def _answer(case: Case, guide: Guide, task: Task) -> None:
    """Do what *task* waits for."""
    place = task.task_spec.place
    match what_for(task):
        case For.EVENT:
            case.fire(task)
        case For.ROUNDS:
            case.repeat(task, 0 if "rounds" in task.internal_data else 1)
        case For.CHOICE:
            some = place.leave is Leave.SOME
            case.choose(task, guide.pick_some(place.arcs) if some else (guide.pick(place.arcs),))
        case For.WORK:
            case.finish(task)


def _nearness(guide: Guide) -> Callable[[Task], int]:
    """Return a key that puts first the task from which something new is nearest."""
    return lambda task: guide.away(task.task_spec.place.id)


def _meanwhile(guide: Guide, host: Task) -> int:
    """Return how near something new is if *host* and what is at work in it just go on."""
    near = [guide.worth(host.task_spec.place.arcs)]
    for task in host.children:
        place = task.task_spec.place
        near += [guide.worth(place.arcs), guide.away(place.id) - 1]
    return min(near)


def _spring(case: Case, guide: Guide, host: Task, here: int) -> bool:
    """Let an event happen at *host* if that is nearer to something new than *here*."""
    for event in _open_events(case, host):
        if event.id in guide.thrown:
            continue  # it is left to happen by what throws it
        there = guide.after(event)
        if there < min(here, NEVER) or (there == 0 and not event.interrupting):
            _let_happen(case, host, event)
            return True
    return False


def _open_events(case: Case, host: Task) -> Iterator[Place]:
    """Yield the events that somebody may report at *host*, and that did not happen to it yet."""
    sprung = host.internal_data.get("sprung", ())
    for event in events_of(host):
        if event not in sprung:
            yield case.places[event]


def _let_happen(case: Case, host: Task, event: Place) -> None:
    host.internal_data.setdefault("sprung", set()).add(event.id)
    case.spring(host, event.id)
