"""What a test says about a dossier; where it does not hold, what waits and what happened is told.

Names are those of the diagram (or ids). One that the procedure does not have is an error
(``NotRunnable`` TF423), not a failure: a misspelt name would never be waited at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tthc_flow.dossiers.kept import Dossier
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, EventPosition, Outcome
from tthc_flow.moments import in_vietnam
from tthc_flow.testing.desk import Desk
from tthc_flow.testing.naming import is_called, known_nodes
from tthc_flow.testing.telling import (
    history_lines,
    incident_words,
    moment_words,
    waiting_words,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.engine.instance import Data
    from tthc_flow.model.flow import Flow


def waits_at(where: Desk | Dossier, *names: str) -> None:
    """Fail unless the dossier waits at exactly what *names* say, in any order; none: at nothing.

    Rounds of one step, or several tokens at it, count as one. A dossier is taken as it was when
    it was handed out, and by itself; a desk as it is now, with what its dossier called.

    Raises:
        AssertionError: It waits elsewhere.
        NotRunnable: TF423 for a name that the procedure does not have.
    """
    __tracebackhide__ = True
    if isinstance(where, Dossier):
        missing = [name for name in names if not any(is_called(task, name) for task in where.tasks)]
        more = [task for task in where.tasks if not any(is_called(task, name) for name in names)]
    else:
        flows = [where.flow_of(each) for each in where.family]
        wanted = [(name, known_nodes(flows, name)) for name in names]
        open_nodes = {task.node for task in where.waiting}
        missing = [name for name, nodes in wanted if not nodes & open_nodes]
        every = {node for _, nodes in wanted for node in nodes}
        more = [task for task in where.waiting if task.node not in every]
    if missing or more:
        said = ", ".join(map(repr, names)) or "nothing"
        _fail(where, f"the dossier does not wait at {said}")


def never_waited_at(desk: Desk, *names: str) -> None:
    """Fail if the dossier, or one that it called, ever came to one of *names*.

    Raises:
        AssertionError: It did; it waited there, or passed it without waiting.
        NotRunnable: TF423 for a name that the procedure does not have.
    """
    __tracebackhide__ = True
    flows = [desk.flow_of(each) for each in desk.family]
    came_to = {
        node
        for each in desk.family
        for event in desk.engine.audit.history(each.id)
        for node in (
            *event["payload"].get("passed", ()),
            *(task["node"] for task in event["payload"].get("opened", ())),
        )
    }
    for name in names:
        if known_nodes(flows, name) & came_to:
            _fail(desk, f"the dossier came to {name!r}")


def passed(desk: Desk, *names: str) -> None:
    """Fail unless the dossier passed *names* in this order; others may come in between.

    Raises:
        AssertionError: It did not; the first one that is missing is named.
        NotRunnable: TF423 for a name that the procedure does not have.
    """
    __tracebackhide__ = True
    flow = desk.flow_of(desk.dossier)
    wanted = [(name, known_nodes((flow,), name)) for name in names]
    went = iter([node for event in desk.history for node in event["payload"].get("passed", ())])
    before = ""
    for name, nodes in wanted:
        if not any(node in nodes for node in went):
            _fail(desk, f"the dossier did not pass {name!r}{before}")
        before = f" after {name!r}"


def is_due(desk: Desk, moment: datetime | None, at: str | None = None) -> None:
    """Fail unless the dossier (or the task *at*) is due at *moment*; ``None``: has no due date.

    Raises:
        AssertionError: It is due at another moment.
        NotRunnable: TF423 where the procedure has nothing that is called *at*.
    """
    __tracebackhide__ = True
    wanted = None if moment is None else in_vietnam(moment)
    if at is None:
        _compare_due(desk, "the dossier", desk.dossier.due_at, wanted)
        return
    nodes = known_nodes([desk.flow_of(each) for each in desk.family], at)
    tasks = [task for task in desk.waiting if task.node in nodes]
    if not tasks:
        _fail(desk, f"nothing waits at {at!r}")
    for task in tasks:
        _compare_due(desk, repr(at), task.due_at, wanted)


def _compare_due(desk: Desk, what: str, found: datetime | None, wanted: datetime | None) -> None:
    __tracebackhide__ = True
    if found != wanted:
        is_at = "has no due date" if found is None else f"is due {moment_words(found)}"
        meant = "without one" if wanted is None else moment_words(wanted)
        _fail(desk, f"{what} {is_at}, not {meant}")


def completed_with(
    desk: Desk,
    *,
    data: Data | None = None,
    outcome: Outcome | str | None = None,
    status: str = "completed",
) -> None:
    """Fail unless the dossier has ended with *status*, and with *data* and *outcome* if given.

    *data* may name some of the data only. The outcome is that of the last end event that says
    one, or else of the last sequence flow taken that does.

    Raises:
        AssertionError: It goes on, or has ended otherwise.
        NotRunnable: TF423 for an outcome that there is not.
    """
    __tracebackhide__ = True
    dossier = desk.dossier
    if dossier.status != status:
        _fail(desk, f"the dossier is {dossier.status}, not {status}")
    has = desk.data
    for name, value in (data or {}).items():
        if name not in has:
            _fail(desk, f"the data have no {name!r}; they are {_data_words(has)}")
        if has[name] != value:
            _fail(desk, f"{name!r} is {has[name]!r}, not {value!r}")
    if outcome is not None:
        wanted, found = _outcome(outcome), _came_out(desk.flow_of(dossier), desk.history)
        if found is not wanted:
            came = "without an outcome" if found is None else f"with {found.value}"
            _fail(desk, f"the dossier ended {came}, not with {wanted.value}")


def _data_words(data: Data) -> str:
    return ", ".join(f"{name!r}: {value!r}" for name, value in data.items()) or "empty"


def _outcome(named: Outcome | str) -> Outcome:
    known = tuple(each.value for each in Outcome)
    if named not in known:
        hint = f"choose one of {', '.join(known)}"
        raise NotRunnable("TF423", f"no outcome is called {named!r}", hint=hint)
    return Outcome(named)


def _came_out(flow: Flow, events: tuple[Mapping[str, Any], ...]) -> Outcome | None:
    """Return what came out for the applicant, as the diagram says it."""
    nodes = [
        flow.by_id.get(each) for event in events for each in event["payload"].get("passed", ())
    ]
    of_flow = {edge.id: edge.outcome for edge in flow.edges}
    ends = [
        node.outcome
        for node in nodes
        if isinstance(node, Event) and node.position is EventPosition.END and node.outcome
    ]
    taken = [of_flow.get(each) for event in events for each in event["payload"].get("taken", ())]
    said = ends or [outcome for outcome in taken if outcome]
    return said[-1] if said else None


def _fail(where: Desk | Dossier, fact: str) -> None:
    """Raise the failure *fact* with what waits and what happened."""
    __tracebackhide__ = True
    dossier = where if isinstance(where, Dossier) else where.dossier
    tasks = dossier.tasks if isinstance(where, Dossier) else where.waiting
    lines = [
        f"{dossier.business_key}: {fact}",
        f"  status:   {dossier.status}",
        f"  waits at: {waiting_words(tasks)}",
    ]
    if isinstance(where, Desk):
        troubles = incident_words(where.incidents)
        lines += [f"  not done: {troubles}"] if troubles else []
        told = history_lines(where.flow_of(dossier), where.history)
        lines += ["  history:", *(f"    {line}" for line in told)]
    raise AssertionError("\n".join(lines))
