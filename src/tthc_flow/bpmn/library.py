"""Which process each call activity means, over several files; linear, and no call is followed.

A call names a process or a global task by id. The file of the call is asked first, unless the
prefix of the id names the target namespace of another one; then the files in the order given.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from tthc_flow.bpmn.called import GLOBAL_TASKS, Named, named
from tthc_flow.bpmn.names import PROCESS
from tthc_flow.graph.components import knots
from tthc_flow.model.step import TaskType

if TYPE_CHECKING:
    from lxml import etree

    from tthc_flow.bpmn.read import Reading

_CALLABLE: Final = frozenset((PROCESS, *GLOBAL_TASKS))


@frozen
class Place:
    """A process or global task: the number of its file among those given, and its id."""

    file: int
    id: str


@frozen(kw_only=True)
class Call:
    """A call activity: its process and step, what it names, and what that is (``None``: nothing).

    *circular* says that following it leads back to its own process; *others* are the files that
    hold another process of that id.
    """

    caller: Place
    step: str
    target: str
    goal: Place | None
    task: bool = False
    circular: bool = False
    others: tuple[int, ...] = ()


@frozen
class Library:
    """Files that were read, and the calls of each: callers stand behind what they call."""

    readings: tuple[Reading, ...]
    calls: tuple[Call, ...]
    circles: tuple[tuple[Place, ...], ...] = field(default=())


def library(readings: Iterable[Reading]) -> Library:
    """Return the calls of all processes of *readings*, resolved among them.

    Linear in the files; circles of calls are found, never walked.

    Source: BPMN 2.0.2, 10.3.6 (callActivity); Zeebe's ``calledElement`` extension element.
    """
    files = tuple(readings)
    homes: dict[str, list[int]] = {}
    spaces = [each.document.root.get("targetNamespace") for each in files]
    for number, reading in enumerate(files):
        for identifier, element in reading.document.index.elements.items():
            if element.tag in _CALLABLE:
                homes.setdefault(identifier, []).append(number)
    calls = [
        _resolved(call, said, files, homes, spaces)
        for number, reading in enumerate(files)
        for call, said in _calls(number, reading)
    ]
    return _ordered(files, calls)


def _calls(number: int, reading: Reading) -> Iterable[tuple[Call, Named]]:
    for procedure in reading.procedures:
        caller = Place(number, procedure.flow.id)
        for step in procedure.flow.steps:
            if step.task is TaskType.CALL:
                said = named(reading.document.index.elements[step.id])
                if said is not None:
                    yield Call(caller=caller, step=step.id, target=said.id, goal=None), said


def _resolved(
    call: Call,
    said: Named,
    files: tuple[Reading, ...],
    homes: dict[str, list[int]],
    spaces: list[str | None],
) -> Call:
    known = homes.get(said.id, [])
    in_space = [each for each in known if said.namespace and spaces[each] == said.namespace]
    choice = in_space or known
    if not choice:
        return call
    home = call.caller.file if call.caller.file in choice else choice[0]
    element: etree._Element = files[home].document.index.elements[said.id]
    return evolve(
        call,
        goal=Place(home, said.id),
        task=element.tag != PROCESS,
        others=tuple(each for each in choice if each != home),
    )


def _ordered(files: tuple[Reading, ...], calls: list[Call]) -> Library:
    """Return the library with calls of circles marked and every callee before its callers."""
    goals: dict[Place, list[Place]] = {}
    for call in calls:
        ends = goals.setdefault(call.caller, [])
        if call.goal is not None and not call.task:
            goals.setdefault(call.goal, [])
            ends.append(call.goal)
    circles = _circles(goals)
    ring = {place: number for number, members in enumerate(circles) for place in members}
    marked = [_circled(call, ring) for call in calls]
    rank = _ranks(goals, ring)
    marked.sort(key=lambda call: rank[call.caller])  # stable: files and steps keep their order
    return Library(files, tuple(marked), tuple(circles))


def _circles(goals: dict[Place, list[Place]]) -> list[tuple[Place, ...]]:
    """Return the processes that call each other, and those that call themselves."""
    if not any(goals.values()):
        return []  # most files: nothing is called
    circles = [tuple(each) for each in knots(goals, goals.__getitem__)]
    inside = {place for members in circles for place in members}
    alone = [place for place, ends in goals.items() if place in ends and place not in inside]
    return [*circles, *((place,) for place in alone)]


def _circled(call: Call, ring: dict[Place, int]) -> Call:
    if call.goal is None or call.task:
        return call
    same = ring.get(call.caller, -1) == ring.get(call.goal, -2)
    return evolve(call, circular=True) if same else call


def _ranks(goals: dict[Place, list[Place]], ring: dict[Place, int]) -> dict[Place, int]:
    """Return a number for each process that is above those of all it calls, circles left aside."""
    rank: dict[Place, int] = {}
    open_ = dict.fromkeys(goals, 0)
    callers: dict[Place, list[Place]] = {place: [] for place in goals}
    for place, ends in goals.items():
        for end in ends:
            if ring.get(place, -1) != ring.get(end, -2):
                open_[place] += 1
                callers[end].append(place)
    ready = [place for place, many in open_.items() if many == 0]
    for place in ready:  # grows while it is walked
        rank[place] = len(rank)
        for caller in callers[place]:
            open_[caller] -= 1
            if open_[caller] == 0:
                ready.append(caller)
    return rank
