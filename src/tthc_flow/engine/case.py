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
from tthc_flow.engine.inclusive import Queues, arrive_at_join, gather
from tthc_flow.engine.listening import catch
from tthc_flow.engine.noticing import notice
from tthc_flow.engine.places import Arc, Leave, Net, Place, Repeat, Start, is_activity, undoes
from tthc_flow.engine.rounds import begin_answered, begin_rounds, goes_round, round_over, sight
from tthc_flow.engine.throw import throw
from tthc_flow.engine.tokens import Token
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
        self.closing: list[Task] = []
        self.moves = 0
        self.more_moves = 0
        self.next_number = 1
        self.last_moved = ""
        self.step_by_step = False
        self.failed: str | None = None
        super().__init__(spec, deserializing=True)  # it makes no root of its own then
        self.task_tree = Token(self, spec.start, number=0)

    def _task_completed_notify(self, task: Task) -> None:
        """Do nothing; SpiffWorkflow would scan the whole tree here."""

    @property
    def hosts(self) -> list[Task]:
        """Return what waits for somebody, then the scopes at work, each once."""
        return list({**self.waiting, **self.scopes}.values())

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

    def put(self, scope: Task, spec: str, *, arc: str | None = None, fired: bool = False) -> Task:
        """Put a token of a number of its own into *scope*, and let it arrive; return it."""
        task = Token(self, self.spec.task_specs[spec], scope, number=self.next_number)
        task.internal_data |= {"arc": arc, "fired": fired}
        self.next_number += 1
        task.task_spec._update(task)
        return task

    def arrive(self, task: Task, place: Place) -> bool:
        """Return whether *task* may start at once; else it waits where it is."""
        match place.start:
            case Start.EVENT if not task.internal_data["fired"]:
                self.waiting[task.id] = task
            case Start.ALL_IN | Start.NO_MORE_COMING if not arrive_at_join(self, task, place):
                pass
            case _:
                return True
        task._set_state(TaskState.WAITING)
        return False

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
                begin_rounds(self, task)
            for node in place.inside if place.repeat is Repeat.ONCE else ():
                self.enter(task, node)
            idle = not task.children and task.id not in self.waiting
            return idle and self._ended(task)
        return self._decided(task, place)

    def _decided(self, task: Task, place: Place) -> bool:
        """Return whether it is clear how *task* leaves; else somebody must choose."""
        if place.leave is Leave.ALL or "chosen" in task.internal_data:
            return True
        arcs, because = (None, "") if self.ask else decide(place, sight(self.data, task))
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
        if place.is_round:
            round_over(self, scope, task)
        if not scope._children:
            self.close(scope)

    def close(self, scope: Task) -> None:
        """Complete *scope*: its last token is gone. Scopes around it follow in a loop."""
        self.closing.append(scope)
        if len(self.closing) > 1:
            return
        while self.closing:
            self._close(self.closing[0])
            self.closing.pop(0)

    def _close(self, scope: Task) -> None:
        self.joins.pop(scope.id, None)
        if "undoing" in scope.internal_data:
            go_on(self, scope)
            return
        if goes_round(self, scope):
            return
        if scope is self.task_tree:
            self.scopes.pop(scope.id, None)
            self.completed = True
            scope._set_state(TaskState.COMPLETED)
        elif self._ended(scope):
            scope.complete()

    def _ended(self, scope: Task) -> bool:
        """Note that *scope* is done; return whether it is clear how it is left."""
        self.scopes.pop(scope.id, None)
        scope.internal_data["done"] = True
        return self._decided(scope, scope.task_spec.place)

    def drop(self, task: Task) -> None:
        """Take *task* and all within it off the tree and every list."""
        task.parent._children.remove(task.id)
        stack = [task]
        while stack:
            each = stack.pop()
            stack.extend(each.children)
            for held in (self.tasks, self.waiting, self.scopes, self.joins, self.done):
                held.pop(each.id, None)
            if not each.has_state(TaskState.FINISHED_MASK):
                each._set_state(TaskState.CANCELLED)

    # What comes from outside.

    def finish(self, task: Task) -> None:
        """Complete the work that waits as *task*, then go on."""
        del self.waiting[task.id]
        task.internal_data["done"] = True
        if self._decided(task, task.task_spec.place):
            task.complete()
        self.advance()

    def skip(self, scope: Task) -> None:
        """Complete *scope* without what is in it, then go on."""
        scope.internal_data |= {"rounds": 0, "enough": True}
        self.joins.pop(scope.id, None)
        for each in list(scope.children):
            self.drop(each)
        self.close(scope)
        self.advance()

    def repeat(self, task: Task, times: int) -> None:
        """Do *task* *times* more, then go on; 0 is enough."""
        del self.waiting[task.id]
        task.internal_data.pop("because", None)
        if not times:
            return self.skip(task)
        begin_answered(self, task, times)
        return self.advance()

    def choose(self, task: Task, arcs: tuple[Arc, ...]) -> None:
        """Let *task* leave over *arcs*, then go on."""
        task.internal_data["chosen"] = arcs
        task.complete()
        self.advance()

    def fire(self, task: Task) -> None:
        """Let the event that *task* waits for happen, then go on."""
        self.wake(task)
        self.advance()

    def wake(self, task: Task) -> None:
        """Let the event that *task* waits for happen."""
        del self.waiting[task.id]
        task.internal_data["fired"] = True
        task._ready()

    def spring(self, host: Task, event: str) -> None:
        """Let *event* happen, at the border of *host* or to an event sub-process in it; go on."""
        catch(self, host, event)
        self.advance()

    def advance(self) -> None:
        """Move every token that needs nobody, unless the case goes step by step.

        Raises:
            NotRunnable: TF402, where tokens go round without ever waiting for somebody.
        """
        begun = self.moves
        while not self.step_by_step and self.step():
            if self.moves - begun >= self.limit + self.more_moves:
                raise NotRunnable(
                    "TF402",
                    f"the case goes round without waiting for anybody ({self.moves - begun} moves)",
                    place=self.last_moved,
                    hint="put a step or a waiting event into the loop",
                )

    def step(self, rank: Callable[[Task], int] | None = None) -> bool:
        """Move one token that needs nobody, the oldest of the lowest *rank*; return if one was."""
        while self.agenda or self._at_rest():
            task = self.agenda[0] if rank is None else min(self.agenda, key=rank)
            self.agenda.remove(task)
            if task.id in self.tasks and task.has_state(TaskState.READY):
                self.last_moved = task.task_spec.place.id
                task.run()
                return True
        return False

    def _at_rest(self) -> bool:
        """Let one thing happen that waits for the others to rest; return whether there was one."""
        goes_on = gather(self)
        if goes_on is not None:
            goes_on._ready()
            return True
        return self.net.watches and not self.ask and notice(self)
