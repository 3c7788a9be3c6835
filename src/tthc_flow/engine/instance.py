"""One case of a procedure, worked on from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from tthc_flow.engine.compile import Program, compile_flow
from tthc_flow.engine.listening import events_of
from tthc_flow.engine.places import Leave
from tthc_flow.engine.repeated import MOST_ROUNDS
from tthc_flow.engine.rounds import sight
from tthc_flow.engine.waiting import Armed, For, Waiting, armed_of, waiting_of, what_for
from tthc_flow.errors import NotRunnable
from tthc_flow.expressions.expression import Value
from tthc_flow.model.flow import Flow

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from tthc_flow.engine.case import Case

Data: TypeAlias = Mapping[str, Value]
NO_DATA: Data = MappingProxyType({})

__all__ = ["MOST_ROUNDS", "NO_DATA", "Armed", "Data", "For", "Run", "Waiting", "new_case"]


class Run:
    """One case of a procedure, in memory: it stops wherever somebody outside has to act.

    Steps of every kind wait for :meth:`complete`; service, script and business-rule steps are
    done at once where *functions* names a function of ours for them: no script of a drawing is
    ever run. A decision is made by the conditions where each way out has one in our language,
    or else by :meth:`choose`. Events come by :meth:`deliver`; no clock is asked. A conditional
    event whose condition is in our language happens by itself.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> nodes = (
        ...     Event(id="start", position=EventPosition.START),
        ...     Step(id="examine", name="Thẩm định"),
        ...     Event(id="end", position=EventPosition.END),
        ... )
        >>> edges = (
        ...     SequenceFlow(id="f1", source="start", target="examine"),
        ...     SequenceFlow(id="f2", source="examine", target="end"),
        ... )
        >>> run = Run(Flow(id="p", nodes=nodes, edges=edges))
        >>> [each.node for each in run.waiting]
        ['examine']
        >>> run.complete("examine")
        >>> run.finished, run.history
        (True, ('start', 'examine', 'end'))

    Source: BPMN 2.0.2, chapter 13 (execution semantics).
    """

    def __init__(
        self,
        flow: Flow | Program,
        *,
        start: str | None = None,
        data: Data = NO_DATA,
        functions: Mapping[str, Callable[[Data], Data]] = MappingProxyType({}),
    ) -> None:
        """Start a case of *flow*, by the start event *start* where it has several."""
        program = flow if isinstance(flow, Program) else compile_flow(flow)
        starts = program.net.starts
        if program.net.alternative_starts:
            starts = (start or starts[0],)
        self._case = new_case(program)
        self._case.data.update(data)
        self._functions = functions
        self._case.open(starts)
        self._call()

    @classmethod
    def resumed(
        cls,
        flow: Flow | Program,
        state: Mapping[str, Any],
        *,
        functions: Mapping[str, Callable[[Data], Data]] = MappingProxyType({}),
    ) -> Run:
        """Return the case of *flow* that :attr:`state` was taken of; its history begins anew.

        Raises:
            NotRunnable: TF409 where *state* is not one of *flow*.
        """
        from tthc_flow.engine.state import restored

        run = cls.__new__(cls)
        program = flow if isinstance(flow, Program) else compile_flow(flow)
        run._case, run._functions = restored(program, state), functions  # noqa: SLF001 - its own
        return run

    @property
    def state(self) -> dict[str, Any]:
        """Return the case at rest as JSON values: the open tokens and the data, no history."""
        from tthc_flow.engine.state import saved

        return saved(self._case)

    @property
    def finished(self) -> bool:
        """Return whether no token is left."""
        return bool(self._case.completed)

    @property
    def failed(self) -> str | None:
        """Return the end event whose error nobody caught, if that is how the case ended."""
        return self._case.failed

    @property
    def data(self) -> Data:
        """Return the data of the case, as they are now."""
        return MappingProxyType(self._case.data)

    def seen_by(self, token: int) -> Data:
        """Return the data as who works on *token* sees them: with the member of its round."""
        for task in self._case.waiting.values():
            if task.internal_data["number"] == token:
                return MappingProxyType(dict(sight(self._case.data, task)))
        return self.data

    @property
    def history(self) -> tuple[str, ...]:
        """Return the nodes that were passed, in order."""
        return tuple(self._case.history)

    @property
    def taken(self) -> tuple[str, ...]:
        """Return the sequence flows that were taken, in order."""
        return tuple(self._case.taken)

    @property
    def thrown(self) -> tuple[str, ...]:
        """Return the events that were thrown to the outside, in order."""
        return tuple(self._case.sent)

    def forget(self) -> None:
        """Begin the history anew, as if the case had been resumed from its state just now."""
        for each in (self._case.history, self._case.taken, self._case.sent):
            each.clear()

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """Return what the case waits for, oldest first."""
        return tuple(map(waiting_of, self._case.waiting.values()))

    @property
    def listening(self) -> tuple[str, ...]:
        """Return the events that may happen now: at a border, or to an event sub-process."""
        return tuple(event for task in self._case.hosts for event in events_of(task))

    @property
    def armed(self) -> tuple[Armed, ...]:
        """Return every event that may happen now, with who listens: also those waited for."""
        return tuple(armed_of(self._case.waiting.values(), self._case.hosts))

    @property
    def scopes(self) -> tuple[Armed, ...]:
        """Return the sub-processes at work, each with the number of its token."""
        return tuple(
            Armed(task.internal_data["number"], task.task_spec.place.id)
            for task in self._case.scopes.values()
            if task.parent is not None
        )

    def skip(self, token: int) -> None:
        """Leave the sub-process of *token* without doing what is in it."""
        task = next(
            each
            for each in self._case.scopes.values()
            if each.internal_data["number"] == token and each.parent is not None
        )
        self._case.skip(task)
        self._call()

    def complete(self, step: str, data: Data = NO_DATA, *, token: int | None = None) -> None:
        """Complete *step*, adding *data*; raises ``NotRunnable`` TF403 if it is not due.

        *token* says which, where the step is due several times; else it is the oldest.
        """
        task = self._find(step, For.WORK, token)
        self._case.data.update(data)
        self._case.finish(task)
        self._call()

    def repeat(self, node: str, times: int, *, token: int | None = None) -> None:
        """Do the activity *node* *times* more; raises ``NotRunnable`` TF403 or TF406.

        A multi-instance one asks once, before its first round; a loop after each round; neither
        asks where its drawing and the data say how often. Where a condition that is not ours ends
        it, both ask after each round: 0 is enough, and takes off what is under way.
        """
        task = self._find(node, For.ROUNDS, token)
        if not 0 <= times <= MOST_ROUNDS:
            hint = f"give 0 to go on, or how many rounds are still to be done, up to {MOST_ROUNDS}"
            raise NotRunnable("TF406", f"{times} rounds", place=node, hint=hint)
        self._case.repeat(task, times)
        self._call()

    def choose(self, node: str, *edges: str, token: int | None = None) -> None:
        """Leave *node* over *edges*; raises ``NotRunnable`` TF403 or TF404."""
        task = self._find(node, For.CHOICE, token)
        place = task.task_spec.place
        arcs = tuple(arc for arc in place.arcs if arc.id in edges or arc.always)
        single = place.leave is not Leave.SOME
        options = ", ".join(waiting_of(task).options)
        if not arcs or not {*edges} <= {arc.id for arc in arcs} or (single and len(arcs) > 1):
            raise NotRunnable(
                "TF404",
                f"{', '.join(edges) or 'nothing'} cannot be chosen",
                place=node,
                hint=f"choose {'one' if single else 'some'} of {options}",
            )
        self._case.choose(task, arcs)
        self._call()

    def deliver(self, event: str, data: Data = NO_DATA, *, token: int | None = None) -> None:
        """Let *event* happen, which is waited or listened for; else ``NotRunnable`` TF403.

        It is a catching or boundary event, or the start event of an event sub-process. Behind an
        event-based gateway the first event delivered decides the way. *token* says who listens,
        where several do; else it is the oldest.
        """
        for task in self._case.hosts:
            if token not in {None, task.internal_data["number"]}:
                continue
            here = task.task_spec.place
            if event in events_of(task):
                self._case.data.update(data)
                self._case.spring(task, event)
                return self._call()
            if here.leave is Leave.FIRST_EVENT:
                arcs = tuple(arc for arc in here.arcs if arc.target == event)
                if arcs:
                    self._case.data.update(data)
                    self._case.choose(task, arcs[:1])
                    return self._call()
        task = self._find(event, For.EVENT, token)
        self._case.data.update(data)
        self._case.fire(task)
        return self._call()

    def _find(self, node: str, what: For, token: int | None = None) -> Task:
        for task in self._case.waiting.values():
            here = task.task_spec.place.id == node and what_for(task) is what
            if here and token in {None, task.internal_data["number"]}:
                return task
        due = ", ".join(each.node for each in self.waiting)
        raise NotRunnable(
            "TF403",
            f"the case does not wait for this {what}",
            place=node,
            hint=f"it waits at: {due}"
            if due
            else "it has ended"
            if self.finished
            else "it is stuck",
        )

    def _call(self) -> None:
        """Do the automatic steps that have a function; a failing one changes no data."""
        if not self._functions:
            return
        case, at_first = self._case, len(self._case.waiting)
        for calls in count():
            due = next(filter(self._is_automatic, case.waiting.values()), None)
            if due is None:
                return
            place = due.task_spec.place.id
            if calls >= case.limit + case.more_moves + at_first:
                raise NotRunnable("TF402", f"{calls} automatic steps in a row", place=place)
            case.data.update(self._functions[place](MappingProxyType(sight(case.data, due))))
            case.finish(due)

    def _is_automatic(self, task: Task) -> bool:
        known = task.task_spec.place.id in self._functions
        return known and what_for(task) is For.WORK


def new_case(program: Program, *, ask: bool = False) -> Case:
    """Return a case of *program* that has not started; *ask*: no condition decides by itself."""
    from tthc_flow.engine.case import Case

    return Case(program.spec, program.net, limit=program.limit, ask=ask)
