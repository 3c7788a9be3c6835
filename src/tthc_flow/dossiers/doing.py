"""Doing one job of a dossier: each kind in its own way, each as one step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.dossiers.codec import opened, opened_state
from tthc_flow.dossiers.heard import heard_next, with_one_more
from tthc_flow.dossiers.held import data_of
from tthc_flow.dossiers.job_ends import BpmnError, JobDone
from tthc_flow.dossiers.keeping import OVER
from tthc_flow.dossiers.kept import no_such_dossier
from tthc_flow.dossiers.steps import Begin, child_of, in_transaction
from tthc_flow.dossiers.texts import cleaned, why_of
from tthc_flow.dossiers.turn import Act, Move, Turn
from tthc_flow.engine.instance import Run
from tthc_flow.engine.values import decode
from tthc_flow.errors import StoreFault
from tthc_flow.model.flow import Event, Trigger
from tthc_flow.model.step import Step
from tthc_flow.moments import text_of
from tthc_flow.store import instances, jobs
from tthc_flow.store.database import reading

if TYPE_CHECKING:
    from tthc_flow.dossiers.heard import Sealed
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.engine.instance import Data
    from tthc_flow.store.database import Connection
    from tthc_flow.store.rows import JobRow


LONGEST_CODE: Final = 200
_SHORTENED: Final = 16


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
            move = Move(
                kind="cancel", by="", itself=True, reason="the dossier that called it went on"
            )
            steps.made(job.instance, move, _cancelled, among=("running", "suspended"))
            raise JobDone
    return "done"


def _cancelled(turn: Turn) -> None:
    turn.status = "cancelled"


def _happens(steps: Steps, job: JobRow) -> None:
    data = decoded(opened(heard_next(job), steps.office.codec))

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        if turn.held.jobs[job.key].due_at != job.due_at:  # another has it: our lease was over
            raise JobDone
        turn.fired.add(job.key)
        comes(turn, job, data)

    steps.made(job.instance, Move(kind=job.kind, by="", itself=True, node=job.node, data=data), act)


def comes(turn: Turn, job: JobRow, data: Data) -> None:
    """Let what *job* waits for come: its event, or the message that a receive task waits for."""
    is_received = isinstance(turn.deployed.flow.by_id[job.node], Step)
    task = turn.held.tasks.get(job.token)  # a gateway before it has that token, too
    if is_received and task is not None and task.node == job.node:
        turn.held.run.complete(job.node, data, token=job.token)
    else:
        turn.held.run.deliver(job.node, data, token=job.token)


def fresh(turn: Turn, key: tuple[int, str]) -> JobRow | None:
    """Return the job of *key* as it is kept, which nobody changes before the step is kept.

    A dossier at hand knows its jobs as its last step left them: who has taken one, or has told it
    a signal, has written since. The dossier is locked before its job, as every step does it.
    """
    held = turn.held
    instances.locked_instance_of(turn.here, held.row.id)
    row = jobs.job_of(turn.here, held.row.id, *key)
    if row is not None and key in held.jobs:
        held.jobs[key] = row
    return row


def _function(steps: Steps, job: JobRow) -> None:
    function = steps.office.functions.get(str(job.name))
    if function is None:
        hint = "give the engine a function of that name"
        raise StoreFault("TF712", f"no function {job.name!r}", place=job.node, hint=hint)
    data = _seen_by(steps, job)
    try:
        found = function(data)
    except BpmnError as error:
        steps.made(
            job.instance, Move(kind="error", by="", itself=True, node=job.node), _caught(job, error)
        )
        return
    except SystemExit as error:  # it is a function that leaves, not the program that is to end
        hint = "let it return what it found, or raise an error"
        fact = f"the function {job.name!r} would end the program: {why_of(error)}"
        raise StoreFault("TF712", fact, place=job.node, hint=hint) from error
    if not isinstance(found, Mapping):
        hint = "return a mapping of what it found, e.g. {}"
        fact = f"the function {job.name!r} returned {type(found).__name__}"
        raise StoreFault("TF712", fact, place=job.node, hint=hint)

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        turn.held.run.complete(job.node, found, token=job.token)

    steps.made(
        job.instance, Move(kind="function", by="", itself=True, node=job.node, data=found), act
    )


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
        turn.said |= {"error": cleaned(str(error))}
        turn.held.run.deliver(nearest.id, token=job.token)

    return act


def _call(steps: Steps, job: JobRow) -> None:
    """Begin the called procedure with the data of the caller, in the step that notes it."""
    data = _seen_by(steps, job)

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        code = _code_of_called(turn, job)
        child = steps.begun(
            Begin(
                key=str(job.name),
                business_key=code,
                move=Move(kind="start", by="", itself=True, data=data),
                parent=(job.instance, job.token),
            ),
            turn.here,
        )
        if child.parent != job.instance:
            hint = "resolve it by hand, or withdraw the dossier that bears that code"
            fact = f"another dossier bears the code of the called one: {code}"
            raise StoreFault("TF722", fact, place=job.node, hint=hint)
        turn.jobs[job.key] = evolve(
            turn.held.jobs[job.key],
            kind="called",
            due_at=turn.at if child.status in OVER else None,
            since=None,
            payload=instances.as_text({"child": child.id}),
            tries=0,
            error=None,
        )
        turn.said |= {"called": {"dossier": child.id, "business_key": child.business_key}}

    steps.made(job.instance, Move(kind="call", by="", itself=True, node=job.node), act)


def _code_of_called(turn: Turn, job: JobRow) -> str:
    """Return the code of the dossier that *job* calls: the caller's, its procedure, the place."""
    row = turn.held.row
    code = f"{row.business_key}/{row.key}.{job.node}-{job.token}"
    if len(code) <= LONGEST_CODE:
        return code
    rest = hashlib.sha256(code.encode()).hexdigest()[:_SHORTENED]
    return f"{code[: LONGEST_CODE - _SHORTENED - 1]}~{rest}"


def _called(steps: Steps, job: JobRow) -> None:
    """Go on with what the called procedure, which has ended, has found."""
    child = str(child_of(job))
    with reading(steps.office.database) as here:
        row = instances.instance_of(here, child)
    if row is None:
        raise no_such_dossier(child)
    if row.status != "completed":
        hint = "resolve it by hand, or cancel the dossier"
        fact = f"the called dossier {row.business_key} is {row.status}"
        raise StoreFault("TF716", fact, place=job.node, hint=hint)
    found = data_of(row, steps.office.codec)

    def act(turn: Turn) -> None:
        _must_be_open(turn, job)
        turn.fired.add(job.key)
        turn.held.run.complete(job.node, found, token=job.token)

    steps.made(
        job.instance, Move(kind="called", by="", itself=True, node=job.node, data=found), act
    )


def _broadcast(steps: Steps, job: JobRow) -> None:
    """Let every dossier that listens for the signal hear it, as a job of its own."""
    spread(steps, str(job.name), {}, done=job)


def spread(
    steps: Steps,
    name: str,
    data: Sealed,
    *,
    done: JobRow | None = None,
    joined: Connection | None = None,
) -> int:
    """Let all who listen for the signal *name* hear it, with *data* as kept; return how many do.

    Each hears all its signals, one after the other in the order in which they were given; one that
    stands (its dossier is suspended, its job an incident) once it goes on. *done* is the job of the
    dossier that threw it, which is over then and has heard it itself.
    """
    thrown_by = None if done is None else done.instance
    now = text_of(steps.office.now())

    def tell(here: Connection) -> int:
        if done is not None and not jobs.drop_job(here, done):
            return 0  # another worker has told it: our lease was over
        heard = [each for each in jobs.hearers(here, name) if each.instance != thrown_by]
        for each in heard:
            payload = with_one_more(each, data)
            if each.due_at is None and each.status != "incident":
                jobs.put_off(here, each, payload=payload, due_at=now, since=None)
            else:
                jobs.put_off(here, each, payload=payload)
        jobs.wake(here)
        return len(heard)

    return in_transaction(steps.office.database, tell, joined)


def _must_be_open(turn: Turn, job: JobRow) -> None:
    turn.node = job.node
    turn.said["token"] = job.token
    row = fresh(turn, job.key)
    if row is None or row.status != "due":
        raise JobDone


def _seen_by(steps: Steps, job: JobRow) -> Data:
    """Return the data as the work of *job* sees them; raises ``JobDone`` where it is no more."""
    with reading(steps.office.database) as here:
        row = instances.instance_of(here, job.instance)
        if row is None or row.status != "running":
            raise JobDone
        program = steps.program(here, row.definition).program
    state = opened_state(json.loads(row.state), steps.office.codec)
    return Run.resumed(program, state).seen_by(job.token)


def decoded(data: Mapping[str, object]) -> Data:
    """Return kept data as values."""
    return {name: decode(value) for name, value in data.items()}  # type: ignore[arg-type]
