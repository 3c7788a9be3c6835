"""A case at rest as plain JSON values, and a case from them: what a store keeps between steps.

Only the tokens that are about now are in it. Its size hangs on how much is open, never on how
long the case has run: what has happened belongs into the history of whoever keeps it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from SpiffWorkflow.exceptions import WorkflowException

from tthc_flow.engine.case import Case
from tthc_flow.engine.places import Start
from tthc_flow.engine.repeated import MOST_ROUNDS
from tthc_flow.engine.tokens import Token
from tthc_flow.engine.undoing import Done
from tthc_flow.engine.values import Json, decode, encode
from tthc_flow.errors import NotRunnable

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from tthc_flow.engine.compile import Program

VERSION: Final = 1
_DAMAGED: Final = (AttributeError, LookupError, TypeError, ValueError, WorkflowException)
_KEPT: Final = frozenset(
    {
        *("number", "arc", "fired", "done", "because", "overtaken", "held"),
        *("rounds", "later", "enough", "over"),
    }
)
"""What a token knows that is JSON already."""

_PACKED: Final[Mapping[str, Callable[[Any], list[Any] | Json]]] = {
    "chosen": lambda arcs: [arc.id for arc in arcs],
    "undoing": list,
    "member": encode,
    "members": lambda members: [encode(each) for each in members],
}
"""What else it knows, and how it becomes JSON."""


def saved(case: Case) -> dict[str, Any]:
    """Return *case*, which must be at rest, as JSON values; linear in its tokens."""
    return {
        "version": VERSION,
        "data": {name: encode(value) for name, value in case.data.items()},
        "completed": bool(case.completed),
        "failed": case.failed,
        "next": case.next_number,
        "tokens": [_token(case, task) for task in case.tasks.values()],
        "waiting": [task.internal_data["number"] for task in case.waiting.values()],
        "joins": [
            [task.internal_data["number"] for task in queue]
            for places in case.joins.values()
            for queues in places.values()
            for queue in queues.values()
        ],
    }


def _token(case: Case, task: Task) -> dict[str, Any]:
    data, parent = task.internal_data, task.parent
    token = {
        "in": None if parent is None else parent.internal_data["number"],
        "node": task.task_spec.name,
        "state": task.state,
    }
    for name, value in data.items():
        if name in _KEPT:
            if value is not None and value is not False:
                token[name] = value
        elif name in _PACKED:
            token[name] = _PACKED[name](value)
    if task.id in case.done:
        token["was"] = [_done(each) for each in case.done[task.id]]
    return token


def _done(done: Done) -> list[Any]:
    return [done.place.id, done.place.is_round, [_done(each) for each in done.inner]]


def restored(program: Program, state: Mapping[str, Any]) -> Case:
    """Return the case of *program* that :func:`saved` made *state* of.

    Raises:
        NotRunnable: TF408 for data that is none, TF409 where *state* is of another version, names
            what *program* lacks, or is damaged.
    """
    try:
        return _restored(program, state)
    except _DAMAGED as error:
        raise NotRunnable("TF409", f"the state is damaged ({error!r})") from error


def _restored(program: Program, state: Mapping[str, Any]) -> Case:
    if state.get("version") != VERSION:
        raise NotRunnable("TF409", f"a state of version {state.get('version')!r}")
    case = Case(program.spec, program.net, limit=program.limit, ask=False)
    case.data.update({name: decode(value) for name, value in state["data"].items()})
    case.completed, case.failed = state["completed"], state["failed"]
    tasks: dict[int, Task] = {}
    for token in state["tokens"]:
        tasks[token["number"]] = _placed(case, token, tasks)
    case.waiting.update((tasks[number].id, tasks[number]) for number in state["waiting"])
    for queue in state["joins"]:
        first = tasks[queue[0]]
        queues = case.joins.setdefault(first.parent.id, {})
        arrived = queues.setdefault(first.task_spec.place.id, {})
        arrived[first.internal_data["arc"]] = deque(tasks[number] for number in queue)
    case.next_number = state["next"]
    return case


def _placed(case: Case, token: Mapping[str, Any], tasks: Mapping[int, Task]) -> Task:
    """Return the task of *token*, put where it was."""
    if token["in"] is None:
        task = case.task_tree
        task._set_state(token["state"])  # noqa: SLF001 - as in case.py
    else:
        spec = case.spec.task_specs.get(token["node"])
        if spec is None:
            raise NotRunnable("TF409", f"the flow has no node for {token['node']!r}")
        scope = tasks[token["in"]]
        task = Token(case, spec, scope, number=token["number"], state=token["state"])
    task.internal_data |= {"arc": None, "fired": False}
    _remember(case, task, token)
    opened = token["in"] is None or task.task_spec.place.start is Start.INSIDE
    if opened and not case.completed and "done" not in task.internal_data:
        case.scopes[task.id] = task
    return task


def _remember(case: Case, task: Task, token: Mapping[str, Any]) -> None:
    """Let *task* know again what it knew as *token*."""
    data = task.internal_data
    for name, value in token.items():
        if name in _KEPT:
            data[name] = value
    if not all(0 <= data.get(name, 0) <= MOST_ROUNDS for name in ("rounds", "later")):
        raise ValueError(data)
    if "was" in token:
        case.done[task.id] = [_was(case, each) for each in token["was"]]
    if not _PACKED.keys() & token.keys():
        return
    if "chosen" in token:
        arcs = task.task_spec.place.arcs
        data["chosen"] = tuple(arc for arc in arcs if arc.id in token["chosen"])
    if "undoing" in token:
        data["undoing"] = deque(token["undoing"])
    if "member" in token:
        data["member"] = decode(token["member"])
    if "members" in token:
        data["members"] = [decode(each) for each in token["members"]]


def _was(case: Case, done: list[Any]) -> Done:
    node, is_round, inner = done
    name = f"{'round' if is_round else 'node'}:{node}"
    return Done(case.spec.task_specs[name].place, tuple(_was(case, each) for each in inner))
