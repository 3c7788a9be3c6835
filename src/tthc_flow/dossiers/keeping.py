"""From a case that has moved to the step that is kept, and from a kept definition to a program."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tthc_flow.bpmn.read import read
from tthc_flow.engine.compile import Program, compile_flow
from tthc_flow.engine.instance import NO_DATA, Data
from tthc_flow.engine.values import encode
from tthc_flow.errors import StoreFault
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.step import Step as FlowStep
from tthc_flow.store.dossiers import Step, Waiting

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.dossiers.deadlines import Deadlines
    from tthc_flow.engine.instance import Run
    from tthc_flow.engine.instance import Waiting as RunWaiting
    from tthc_flow.model.flow import Flow
    from tthc_flow.store.database import Row


@frozen(kw_only=True)
class Move:
    """One thing done to a dossier: what kind, where, by whom, with which data."""

    kind: str
    by: str
    on_behalf_of: str | None = None
    node: str | None = None
    data: Data = NO_DATA


def definition_hash(process: str, content: bytes) -> str:
    """Return the hash under which *process* of the BPMN *content* is kept."""
    return hashlib.sha256(process.encode() + b"\0" + content).hexdigest()


def opened_program(row: Row[Any] | None) -> Program:
    """Return the program of a kept definition.

    Raises:
        StoreFault: TF710 where it is gone, or not what it was when it was deployed.
    """
    if row is None or definition_hash(row.key, row.content) != row.hash:
        hint = "restore the database from a backup"
        raise StoreFault("TF710", "a definition is gone or was changed", hint=hint)
    flows = {each.flow.id: each.flow for each in read(row.content).procedures}
    return compile_flow(flows[row.key])


def kept_step(run: Run, flow: Flow, move: Move, now: datetime, deadlines: Deadlines | None) -> Step:
    """Return what *move* came to, as it is kept: the new state, what is waited for, what passed."""
    status = "failed" if run.failed else "completed" if run.finished else "running"
    return Step(
        at=now.isoformat(),
        actor=move.by,
        on_behalf_of=move.on_behalf_of,
        kind=move.kind,
        node=move.node,
        payload={
            "passed": list(run.history),
            "taken": list(run.taken),
            "sent": list(run.thrown),
            "data": {name: encode(value) for name, value in move.data.items()},
        },
        state=run.state,
        status=status,
        waiting=tuple(_kept(each, flow, now, deadlines) for each in run.waiting),
    )


def _kept(waiting: RunWaiting, flow: Flow, now: datetime, deadlines: Deadlines | None) -> Waiting:
    node = flow.by_id[waiting.node]
    performer = performer_of(flow, node) if isinstance(node, FlowStep) else None
    due_at = deadlines.due(node, now) if deadlines is not None else None
    return Waiting(
        token=waiting.token,
        node=waiting.node,
        what=waiting.what.value,
        name=" ".join(node.name.split()),
        office=None if performer is None else performer.office,
        role=None if performer is None or performer.role is None else performer.role.value,
        due_at=None if due_at is None else due_at.isoformat(),
    )
