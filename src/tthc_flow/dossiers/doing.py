"""Doing one job of a dossier: each kind in its own way, each as one step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.dossiers.codec import opened
from tthc_flow.dossiers.keeping import OVER
from tthc_flow.dossiers.kept import no_such_dossier
from tthc_flow.dossiers.steps import Begin, in_transaction
from tthc_flow.dossiers.turn import Act, Move, Turn
from tthc_flow.engine.values import decode
from tthc_flow.errors import StoreFault
from tthc_flow.model.flow import Event, Trigger
from tthc_flow.moments import text_of
from tthc_flow.store import instances, jobs
from tthc_flow.store.database import reading

if TYPE_CHECKING:
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.engine.instance import Data
    from tthc_flow.store.database import Connection
    from tthc_flow.store.rows import InstanceRow, JobRow


class JobDone(Exception):
    """The job has nothing to do any more: somebody was faster."""


class BpmnError(Exception):
    """What a function raises to say that its work came to a business error, not to a failure.

    The dossier goes on at the error boundary event of *reference* (or of any error) at the step;
    where none is drawn it is an incident at once.

    Source: BPMN 2.0.2, 10.5.5 (error events).
    """

    def __init__(self, reference: str, message: str = "") -> None:
        """Name the error as the diagram does."""
        super().__init__(f"{reference} {message}".strip())
        self.reference = reference


def do(steps: Steps, job: JobRow) -> str:
    """Do *job*; return ``done``.

    Raises:
        JobDone: Where there is nothing to do any more.
    """
    match job.kind:
        case "timer" | "signal" | "message":
            _happens(steps, job)
        case "function":
            _function(steps, job)
        case "call":
            _call(steps, job)
        case "called":
            _called(steps, job)
        case "broadcast":
            _broadcast(steps, job)
        case "cancel":
            move = Move(kind="cancel", by="", reason="the dossier that called it went on")
            steps.made(job.instance, move, _cancelled, among=("running", "suspended"))
            raise JobDone
    return "done"


def _cancelled(turn: Turn) -> None:
    turn.status = "cancelled"


def _happens(steps: Steps, job: JobRow) -> None:
    payload = {} if job.payload is None else json.loads(job.payload)
    data = decoded(opened(payload.get("data", {}), steps.office.codec))

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        row = jobs.job_of(turn.here, job.instance, *job.key)
        if row is None or row.due_at != job.due_at:  # it came by another worker: our lease was over
            raise JobDone
        turn.fired.add(job.key)
        turn.held.run.deliver(job.node, data, token=job.token)

    steps.made(job.instance, Move(kind=job.kind, by="", node=job.node, data=data), act)


def _function(steps: Steps, job: JobRow) -> None:
    function = steps.office.functions.get(str(job.name))
    if function is None:
        hint = "give the engine a function of that name"
        raise StoreFault("TF712", f"no function {job.name!r}", place=job.node, hint=hint)
    with reading(steps.office.database) as here:
        row = instances.instance_of(here, job.instance)
    if row is None or row.status != "running":
        raise JobDone
    try:
        found = function(_data_of(steps, row))
    except BpmnError as error:
        steps.made(job.instance, Move(kind="error", by="", node=job.node), _caught(job, error))
        return
    if not isinstance(found, Mapping):
        hint = "return a mapping of what it found, e.g. {}"
        fact = f"the function {job.name!r} returned {type(found).__name__}"
        raise StoreFault("TF712", fact, place=job.node, hint=hint)

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        turn.held.run.complete(job.node, found, token=job.token)

    steps.made(job.instance, Move(kind="function", by="", node=job.node, data=found), act)


def _caught(job: JobRow, error: BpmnError) -> Act:
    """Return the act of going on at the error event that catches *error*."""

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        by_id = turn.deployed.flow.by_id
        armed = [by_id[each.node] for each in turn.held.run.armed if each.token == job.token]
        fitting = [
            event
            for event in armed
            if isinstance(event, Event)
            and event.trigger is Trigger.ERROR
            and event.reference in {None, error.reference}
        ]
        if not fitting:
            raise error
        nearest = min(fitting, key=lambda event: event.reference is None)
        turn.said |= {"error": str(error)}
        turn.held.run.deliver(nearest.id, token=job.token)

    return act


def _call(steps: Steps, job: JobRow) -> None:
    """Begin the called procedure, once, with the data of the caller; wait for its end."""
    with reading(steps.office.database) as here:
        row = instances.instance_of(here, job.instance)
    if row is None or row.status != "running":
        raise JobDone
    child = steps.begun(
        Begin(
            key=str(job.name),
            business_key=f"{row.business_key}/{job.node}-{job.token}",
            move=Move(kind="start", by="", data=_data_of(steps, row)),
            parent=(job.instance, job.token),
        ),
        None,
    )

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        now = instances.locked_instance_of(turn.here, child.id)
        over = now is None or now.status in OVER
        turn.jobs[job.key] = evolve(
            turn.held.jobs[job.key],
            kind="called",
            due_at=turn.at if over else None,
            payload=instances.as_text({"child": child.id}),
            tries=0,
            error=None,
        )
        turn.said |= {"called": {"dossier": child.id, "business_key": child.business_key}}

    steps.made(job.instance, Move(kind="call", by="", node=job.node), act)


def _called(steps: Steps, job: JobRow) -> None:
    """Go on with what the called procedure, which has ended, has found."""
    child = str(json.loads(job.payload or "{}").get("child"))
    with reading(steps.office.database) as here:
        row = instances.instance_of(here, child)
    if row is None:
        raise no_such_dossier(child)
    if row.status != "completed":
        hint = "resolve it by hand, or cancel the dossier"
        fact = f"the called dossier {row.business_key} is {row.status}"
        raise StoreFault("TF716", fact, place=job.node, hint=hint)
    found = _data_of(steps, row)

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        turn.fired.add(job.key)
        turn.held.run.complete(job.node, found, token=job.token)

    steps.made(job.instance, Move(kind="called", by="", node=job.node, data=found), act)


def _broadcast(steps: Steps, job: JobRow) -> None:
    """Let every dossier that listens for the signal hear it, as a job of its own."""
    spread(steps, "signal", str(job.name), {}, done=job)


def spread(
    steps: Steps,
    kind: str,
    name: str,
    data: Mapping[str, object] | str,
    *,
    done: JobRow | None = None,
    joined: Connection | None = None,
) -> int:
    """Make the jobs of all who listen for *name* due, with *data* as kept; return how many.

    *done* is the job of the dossier that threw it, which is over then and has heard it itself.
    """
    thrown_by = None if done is None else done.instance
    now = text_of(steps.office.now())
    payload = instances.as_text({"data": data}) if data else None

    def tell(here: Connection) -> int:
        if done is not None and not jobs.drop_job(here, done):
            return 0  # another worker has told it: our lease was over
        heard = [each for each in jobs.listening(here, kind, name) if each.instance != thrown_by]
        for each in heard:
            jobs.put_off(here, each, due_at=now, payload=payload)
        jobs.wake(here)
        return len(heard)

    return in_transaction(steps.office.database, tell, joined)


def _must_be_open(turn: Turn, job: JobRow) -> None:
    turn.node = job.node
    turn.said["token"] = job.token
    row = turn.held.jobs.get(job.key)
    if row is None or row.status != "due":
        raise JobDone


def _data_of(steps: Steps, row: InstanceRow) -> Data:
    state = json.loads(row.state)
    return decoded(opened(state["data"], steps.office.codec))


def decoded(data: Mapping[str, object]) -> Data:
    """Return kept data as values."""
    return {name: decode(value) for name, value in data.items()}  # type: ignore[arg-type]
