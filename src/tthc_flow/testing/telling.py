"""What stands in a failure: what a dossier waits for, what went wrong by itself, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.engine.instance import For
from tthc_flow.moments import moment_of
from tthc_flow.testing.naming import node_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from tthc_flow.dossiers.kept import Incident, UserTask
    from tthc_flow.model.flow import Flow

KINDS: Final = {
    For.WORK: "work",
    For.CHOICE: "decision",
    For.EVENT: "event",
    For.ROUNDS: "number of rounds",
}
A_KIND: Final = {
    For.WORK: "work",
    For.CHOICE: "a decision",
    For.EVENT: "an event",
    For.ROUNDS: "a number of rounds",
}
VERBS: Final = {For.WORK: "do", For.CHOICE: "choose", For.EVENT: "report", For.ROUNDS: "repeat"}
_MOST_EVENTS: Final = 30


def waiting_words(tasks: Iterable[UserTask]) -> str:
    """Return what *tasks* wait for, one after the other: ``work 'Ký duyệt' (sign)``."""
    return ", ".join(dict.fromkeys(map(_task, tasks))) or "nothing"


def _task(task: UserTask) -> str:
    name = f"{task.name!r} ({task.node})" if task.name else task.node
    member = "" if task.member is None else f" for {task.member}"
    return f"{KINDS[task.what]} {name}{member}"


def incident_words(incidents: Iterable[Incident]) -> str:
    """Return what could not be done by itself and why; empty where nothing was."""
    return "; ".join(f"{each.kind} at {each.node}: {each.error}" for each in incidents)


def history_lines(flow: Flow, events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield each event in a line: when, what, by whom, and what was passed by it."""
    every = list(events)
    if len(every) > _MOST_EVENTS:
        yield f"({len(every) - _MOST_EVENTS} earlier steps)"
    for event in every[-_MOST_EVENTS:]:
        where = "" if event["node"] is None else f" {_node(flow, event['node'])}"
        by = f", by {event['actor']}" if event["actor"] else ""
        passed = event["payload"].get("passed", ())
        went = f": {' > '.join(passed)}" if passed else ""
        at = moment_words(moment_of(event["at"]))
        yield f"{event['step_no']:>3}  {at}  {event['kind']}{where}{by}{went}"


def _node(flow: Flow, identifier: str) -> str:
    node = flow.by_id.get(identifier)
    return identifier if node is None else node_words(node)


def moment_words(moment: datetime) -> str:
    """Return *moment* without its zone and, where they are none, its seconds."""
    exact = bool(moment.second or moment.microsecond)
    return moment.strftime("%Y-%m-%d %H:%M:%S" if exact else "%Y-%m-%d %H:%M")
