"""One case on SpiffWorkflow: our token rules as its task specs, its task tree kept small.

SpiffWorkflow keeps the tasks, their states and their life cycle. What it gets wrong for BPMN
(joins, loops, events) is decided here. A token is a task right under the task of the scope
it lies in, and is dropped when it has passed: the tree never grows, so a case may loop for
ever and no step scans the past. Nothing is predicted and no script or expression of a drawing
is run by SpiffWorkflow.
"""

# ruff: noqa: SLF001 (a task spec drives its tasks through the methods that SpiffWorkflow gives
# to task specs; it marks them as its own, and tests/engine/test_spiff_contract.py pins them)

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from tthc_flow.engine.decide import decide
from tthc_flow.engine.inclusive import Queues, full_joins
from tthc_flow.engine.places import Arc, Leave, Net, Place, Repeat, Start, is_activity, undoes
from tthc_flow.engine.rounds import first_round, goes_round, start_rounds
from tthc_flow.engine.throw import throw
from tthc_flow.engine.undoing import Done, go_on, note, undo
from tthc_flow.errors import NotRunnable

if TYPE_CHECKING:
    from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
    from SpiffWorkflow.task import Task


class Case(Workflow):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """A case: the tokens, what waits for somebody outside, and what has happened.

    *waiting* holds the tasks that need an answer from outside, oldest first; *scopes* the case
    itself and the sub-processes at work; *history* the ids of the nodes passed; *taken* the
    sequence flows.
    """

    def __init__(self, spec: WorkflowSpec, net: Net, *, limit: int, ask: bool = False) -> None:
        """Make the case; nothing runs before :meth:`open`."""
        self.net = net
        self.places = net.places
        self.limit = limit
        self.ask = ask
        self.agenda: deque[Task] = deque()
        self.waiting: dict[object, Task] = {}
        self.scopes: dict[object, Task] = {}
        self.joins: dict[object, dict[str, Queues]] = {}
        self.done: dict[object, list[Done]] = {}
        self.history: list[str] = []
        self.taken: list[str] = []
        self.sent: list[str] = []
        self.moves = 0
        self.next_number = 1
        self.last_moved = ""
        self.step_by_step = False
        self.failed: str | None = None
        super().__init__(spec)
        self.task_tree.internal_data["number"] = 0
        self.agenda.clear()

    def _task_completed_notify(self, task: Task) -> None:
        """Remember the last task; SpiffWorkflow would scan the whole tree here."""
        self.last_task = task

    # Tokens come and go.

    def open(self, nodes: tuple[str, ...]) -> None:
        """Put a token on each of *nodes* and go on until every token waits."""
        self.task_tree._set_state(TaskState.STARTED)
        self.scopes[self.task_tree.id] = self.task_tree
        for node in nodes:
            self.enter(self.task_tree, node)
        if not nodes:
            self.close(self.task_tree)
        self.advance()

    def enter(self, scope: Task, node: str, arc: str | None = None, *, fired: bool = False) -> None:
        """Put a token on *node* in *scope*, coming over *arc*; *fired*: its event has happened."""
        if arc is not None:
            self.taken.append(arc)
        self.put(scope, f"node:{node}", arc=arc, fired=fired)

    def put(self, scope: Task, spec: str, *, arc: str | None = None, fired: bool = False) -> None:
        """Put a token of a number of its own into *scope*, and let it arrive."""
        task = scope._add_child(self.spec.task_specs[spec], TaskState.FUTURE)
        task.internal_data |= {"arc": arc, "fired": fired, "number": self.next_number}
        self.next_number += 1
        task.task_spec._update(task)

    def arrive(self, task: Task, place: Place) -> bool:
        """Return whether *task* may start at once; else it waits where it is."""
        match place.start:
            case Start.EVENT if not task.internal_data["fired"]:
                self.waiting[task.id] = task
            case Start.ALL_IN | Start.NO_MORE_COMING:
                queues = self.joins.setdefault(task.parent.id, {}).setdefault(place.id, {})
                queues.setdefault(task.internal_data["arc"], deque()).append(task)
                if place.start is Start.ALL_IN and len(queues) == len(place.entries):
                    self._merge(queues, task)
                    return True
            case _:
                return True
        task._set_state(TaskState.WAITING)
        return False

    def _merge(self, queues: Queues, goes_on: Task) -> None:
        """Take one token off each of *queues*; only *goes_on* lives on, what is over stays."""
        for arc in list(queues):
            first = queues[arc].popleft()
            if not queues[arc]:
                del queues[arc]
            if first is not goes_on:
                self.drop(first)

    def begin(self, task: Task, place: Place) -> bool:
        """Start *task*; return whether it is done at once."""
        self.moves += 1
        if place.start is Start.WORK and not task.internal_data["fired"]:
            self.waiting[task.id] = task
            return False
        if place.start is Start.INSIDE:
            self.scopes[task.id] = task
            task._set_state(TaskState.STARTED)
            if place.repeat is not Repeat.ONCE:
                first_round(self, task)
                return False
            for node in place.inside:
                self.enter(task, node)
            return not place.inside
        return self._decided(task, place)

    def _decided(self, task: Task, place: Place) -> bool:
        """Return whether it is clear how *task* leaves; else somebody must choose."""
        if place.leave is Leave.ALL or "chosen" in task.internal_data:
            return True
        arcs, because = (None, "") if self.ask else decide(place, self.data)
        if arcs is None:
            task.internal_data["because"] = because
            self.waiting[task.id] = task
            return False
        task.internal_data["chosen"] = arcs
        return True

    def leave(self, task: Task, place: Place) -> None:
        """Take *task* off and put a token on every flow it leaves over."""
        if not place.is_round:
            self.history.append(place.id)
        self.waiting.pop(task.id, None)
        self.scopes.pop(task.id, None)
        scope = task.parent
        if scope is None:
            return
        if is_activity(place):
            note(self, task, place)
        if undoes(place):
            undo(self, task, place)
        elif not place.throws or throw(self, task, place):
            self.depart(task, place)

    def depart(self, task: Task, place: Place) -> None:
        """Put a token on every flow that *task* leaves over, and take it off."""
        scope = task.parent
        fired = place.leave is Leave.FIRST_EVENT
        for arc in task.internal_data.get("chosen", place.arcs):
            self.enter(scope, arc.target, arc.id, fired=fired)
        if place.jump is not None:
            self.enter(scope, place.jump)
        self.drop(task)
        if not scope._children:
            self.close(scope)

    def close(self, scope: Task) -> None:
        """Complete *scope*: its last token is gone."""
        self.joins.pop(scope.id, None)
        if "undoing" in scope.internal_data:
            go_on(self, scope)
            return
        if goes_round(self, scope):
            return
        self.scopes.pop(scope.id, None)
        if scope is self.task_tree:
            self.completed = True
            scope._set_state(TaskState.COMPLETED)
        else:
            scope.internal_data["done"] = True
            if self._decided(scope, scope.task_spec.place):
                scope.complete()

    def catch(self, host: Task, event: str) -> None:
        """Put a token behind *event*; interrupting, it takes *host* off, or all that is in it.

        Source: BPMN 2.0.2, 13.4.3 (boundary events) and 13.4.4 (event sub-processes).
        """
        here = self.places[event]
        if event in host.task_spec.place.armed:
            self.enter(host.parent, event, fired=True)
            if here.interrupting:
                self.drop(host)
            return
        if here.interrupting:
            host.internal_data["overtaken"] = True
            self.joins.pop(host.id, None)
            for each in list(host.children):
                self.drop(each)
        self.enter(host, str(here.scope))

    def drop(self, task: Task) -> None:
        """Take *task* and all within it off the tree and every list."""
        stack = [task]
        while stack:
            each = stack.pop()
            stack.extend(each.children)
            self.waiting.pop(each.id, None)
            self.scopes.pop(each.id, None)
            self.joins.pop(each.id, None)
            self.done.pop(each.id, None)
            if not each.has_state(TaskState.FINISHED_MASK):
                each._set_state(TaskState.CANCELLED)
        self._remove_task(task.id)

    # What comes from outside.

    def finish(self, task: Task) -> None:
        """Complete the work that waits as *task*, then go on."""
        del self.waiting[task.id]
        task.internal_data["done"] = True
        if self._decided(task, task.task_spec.place):
            task.complete()
        self.advance()

    def repeat(self, task: Task, times: int) -> None:
        """Do the content of *task* *times* more, then go on; 0 is enough."""
        del self.waiting[task.id]
        if times:
            start_rounds(self, task, times)
        else:
            task.internal_data |= {"rounds": 0, "enough": True}
            self.close(task)
        self.advance(times)

    def choose(self, task: Task, arcs: tuple[Arc, ...]) -> None:
        """Let *task* leave over *arcs*, then go on."""
        task.internal_data["chosen"] = arcs
        task.complete()
        self.advance()

    def fire(self, task: Task) -> None:
        """Let the event that *task* waits for happen, then go on."""
        del self.waiting[task.id]
        task.internal_data["fired"] = True
        task._ready()
        self.advance()

    def spring(self, host: Task, event: str) -> None:
        """Let *event* happen, at the border of *host* or to an event sub-process in it; go on."""
        self.catch(host, event)
        self.advance()

    def advance(self, rounds: int = 0) -> None:
        """Move every token that needs nobody, unless the case goes step by step.

        Raises:
            NotRunnable: TF402, where tokens go round without ever waiting for somebody.
        """
        most = self.limit + rounds * self.limit // 10  # a tenth is every node and flow once
        stop = self.moves + most
        while not self.step_by_step and self.step():
            if self.moves >= stop:
                raise NotRunnable(
                    "TF402",
                    f"the case goes round without waiting for anybody ({most} moves)",
                    place=self.last_moved,
                    hint="put a step or a waiting event into the loop",
                )

    def step(self, rank: Callable[[Task], int] | None = None) -> bool:
        """Move one token that needs nobody, the oldest of the lowest *rank*; return if one was."""
        while self.agenda or self._gather():
            task = self.agenda[0] if rank is None else min(self.agenda, key=rank)
            self.agenda.remove(task)
            if task.id in self.tasks and task.has_state(TaskState.READY):
                self.last_moved = task.task_spec.place.id
                task.run()
                return True
        return False

    def _gather(self) -> bool:
        """Start one inclusive join that no further token can reach; return whether one did."""
        found = next(full_joins(self.net, self.joins), None)
        if found is None:
            return False
        goes_on = next(iter(found.values()))[0]
        self._merge(found, goes_on)
        goes_on._ready()
        return True
