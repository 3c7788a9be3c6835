"""Joins: when an inclusive one may go on, and what a join takes off."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tthc_flow.engine.places import Net, Place, Start

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

Queues: TypeAlias = "dict[str, deque[Task]]"
"""The tokens that wait before a join, by the arrow they came over."""


class Stage(Protocol):
    """What a join needs of a case."""

    net: Net
    joins: dict[object, dict[str, Queues]]

    def drop(self, task: Task) -> None:
        """Take a token away."""


def arrive_at_join(case: Stage, task: Task, place: Place) -> bool:
    """Let *task* queue before the join *place*; return whether it goes on at once."""
    queues = case.joins.setdefault(task.parent.id, {}).setdefault(place.id, {})
    queues.setdefault(task.internal_data["arc"], deque()).append(task)
    complete = place.start is Start.ALL_IN and len(queues) == len(place.entries)
    if complete:
        merge(case, queues, task)
    return complete


def merge(case: Stage, queues: Queues, goes_on: Task) -> None:
    """Take one token off each of *queues*; only *goes_on* lives on, what is over stays."""
    for arc in list(queues):
        first = queues[arc].popleft()
        if not queues[arc]:
            del queues[arc]
        if first is not goes_on:
            case.drop(first)


def gather(case: Stage) -> Task | None:
    """Return the token that goes on behind an inclusive join no further token can reach."""
    found = next(full_joins(case.net, case.joins), None)
    if found is None:
        return None
    goes_on = next(iter(found.values()))[0]
    merge(case, found, goes_on)
    return goes_on


def full_joins(net: Net, joins: Mapping[object, Mapping[str, Queues]]) -> Iterator[Queues]:
    """Yield what waits before each inclusive join of *joins* that no other token can reach."""
    for nodes in joins.values():
        for node, queues in nodes.items():
            if queues and net.places[node].start is Start.NO_MORE_COMING:
                children = next(iter(queues.values()))[0].parent.children
                elsewhere = {each.task_spec.place.id for each in children} - {node}
                if not may_still_come(net, node, set(queues), elsewhere):
                    yield queues


def may_still_come(net: Net, join: str, filled: set[str], elsewhere: set[str]) -> bool:
    """Return whether the inclusive gateway *join* has to wait for one of the tokens *elsewhere*.

    It has to where a token can reach an entry without a token, but none of the entries *filled*,
    on ways that do not pass the join itself. Linear in the sequence flows of the scope.

    Source: BPMN 2.0.2, 13.4.3.
    """
    hollow = set(net.places[join].entries) - filled
    waited_for = elsewhere & _upstream(net, join, hollow)
    return bool(waited_for) and not waited_for <= _upstream(net, join, filled)


def _upstream(net: Net, join: str, arcs: set[str]) -> set[str]:
    """Return the nodes from which one comes over one of *arcs* without passing *join*."""
    stack = [net.source_of[arc] for arc in arcs]
    found: set[str] = set()
    while stack:
        node = stack.pop()
        if node != join and node not in found:
            found.add(node)
            stack.extend(net.before.get(node, ()))
    return found
