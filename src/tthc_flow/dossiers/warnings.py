"""Telling that a time is nearly up or over: once each, for the dossier and for each task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.dossiers.job_ends import JobDone
from tthc_flow.dossiers.jobs import NOT_THERE
from tthc_flow.dossiers.keeping import OPEN
from tthc_flow.dossiers.turn import Move, Turn
from tthc_flow.errors import StoreFault, TthcFlowError
from tthc_flow.moments import text_of
from tthc_flow.store.database import reading
from tthc_flow.store.warnings import pressing

if TYPE_CHECKING:
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.store.rows import InstanceRow, TaskRow

NEARLY: Final = 1
OVER: Final = 2
_TOPICS: Final = {NEARLY: "near_due", OVER: "overdue"}


def warn(steps: Steps, most: int = 100) -> int:
    """Tell of up to *most* dossiers that a time is nearly up or over; return of how many.

    Each warning is an event of the dossier and a letter of the outbox: ``near_due`` before the
    end, ``overdue`` after it; for the whole dossier, or for the *task* it names.

    Raises:
        StoreFault: TF704 where the database fails.
        TthcFlowError: What keeps a dossier from being told of (TF711, a clock that was put back;
            TF106, a year without a calendar …), once all others were told of.
    """
    with reading(steps.office.database) as here:
        found = pressing(here, text_of(steps.office.now()), most)
    told, held_up = 0, list[TthcFlowError]()
    for each in found:
        try:
            told += _warned(steps, each)
        except TthcFlowError as error:
            if error.code == "TF704":
                raise
            held_up.append(error)
    if held_up:
        raise held_up[0]
    return told


def _warned(steps: Steps, instance: str) -> int:
    try:
        steps.made(instance, Move(kind="warn", by="", itself=True), _tell, among=OPEN)
    except JobDone:
        return 0
    except StoreFault as error:
        if error.code not in NOT_THERE:
            raise
        return 0
    return 1


def _tell(turn: Turn) -> None:
    now = turn.at
    told: list[dict[str, Any]] = []
    row = turn.held.row
    if row.answered_at is None and (level := _level(row, now)) > row.told:
        turn.told = level
        told.append({"topic": _TOPICS[level], "due_at": row.due_at})
    for task in turn.held.tasks.values():
        level = _level(task, now)
        if level > task.told:
            turn.tasks[task.token] = evolve(task, told=level)
            told.append({"topic": _TOPICS[level], **_about(task)})
    if not told:
        raise JobDone
    turn.said |= {"told": told}
    turn.sent += [(each["topic"], {**each, "dossier_due_at": row.due_at}) for each in told]


def _level(row: InstanceRow | TaskRow, now: str) -> int:
    if row.due_at is not None and row.due_at <= now:
        return OVER
    return NEARLY if row.near_at is not None and row.near_at <= now else 0


def _about(task: TaskRow) -> dict[str, Any]:
    return {
        "task": f"{task.instance}:{task.token}",
        "node": task.node,
        "name": task.name,
        "office": task.office,
        "role": task.role,
        "assignee": task.assignee,
        "due_at": task.due_at,
    }
