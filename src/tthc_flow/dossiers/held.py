"""A dossier in the hand: its row, its case, its tasks and jobs; and those worked on lately."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import define

from tthc_flow.dossiers.codec import opened, opened_state, sealed_state
from tthc_flow.engine.instance import Data, Run
from tthc_flow.engine.values import decode
from tthc_flow.errors import StoreConflict, StoreFault
from tthc_flow.store import instances
from tthc_flow.store.audit import differs, hash_of_tasks

if TYPE_CHECKING:
    from tthc_flow.dossiers.codec import Codec
    from tthc_flow.dossiers.deployed import Deployed
    from tthc_flow.store.database import Connection
    from tthc_flow.store.rows import InstanceRow, JobRow, TaskRow

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
MOST_HELD: Final = 256


@define
class Held:
    """A dossier as it is kept, and its case as it goes on from there."""

    row: InstanceRow
    run: Run
    deployed: Deployed
    tasks: dict[int, TaskRow]
    jobs: dict[tuple[int, str], JobRow]
    hash_of_tasks: str = ""


class Hot:
    """Dossiers as the last step of this program left them; one at a time has each.

    What is taken out was perhaps changed by another program meanwhile: the step number tells when
    it is written.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = Lock()

    def take(self, instance: str) -> Held | None:
        """Return the dossier, which is here no more."""
        with self._lock:
            return self._held.pop(instance, None)

    def give(self, held: Held) -> None:
        """Put the dossier here."""
        with self._lock:
            self._held[held.row.id] = held
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)


def picked_up(
    connection: Connection, row: InstanceRow, deployed: Deployed, codec: Codec | None
) -> Held:
    """Return the dossier of *row* as it is kept.

    Raises:
        StoreFault: TF723 where it is not what its last event says: nobody goes on from there.
    """
    tasks = instances.tasks_at(connection, row.id)
    hash_of_open = hash_of_tasks(tasks.values())
    event = instances.last_event(connection, row)
    said = {**json.loads(event.get("payload", "{}")), "at": event.get("at")}
    said.pop("dossier", None)  # names are looked at by who verifies the whole chain
    if event.get("hash") != row.last_hash or differs(row, said, hash_of_open):
        fact = "the dossier was changed in the database, beside its steps"
        hint = "verify its chain, and restore it from a backup"
        raise StoreFault("TF723", fact, place=row.id, hint=hint)
    return Held(
        row=row,
        run=Run.resumed(deployed.program, opened_state(json.loads(row.state), codec)),
        deployed=deployed,
        tasks=tasks,
        jobs=instances.jobs_at(connection, row.id),
        hash_of_tasks=hash_of_open,
    )


def must_be_the_last_step(connection: Connection, held: Held) -> None:
    """Refuse a dossier at hand that another program has moved; raises ``StoreConflict`` TF703."""
    row = instances.locked_instance_of(connection, held.row.id)
    if row is None or row.step_no != held.row.step_no:
        hint = "look at the dossier again and go on"
        raise StoreConflict("TF703", "somebody has moved it", place=held.row.id, hint=hint)


def data_of(row: InstanceRow, codec: Codec | None) -> Data:
    """Return the data of a dossier; raises ``StoreFault`` TF713 where they are sealed."""
    kept = opened(json.loads(row.state)["data"], codec)
    return MappingProxyType({name: decode(value) for name, value in kept.items()})


def state_text(run: Run, codec: Codec | None) -> str:
    """Return the state of *run* as it is kept; the case says it in the same order every time."""
    return _ENCODER.encode(sealed_state(run.state, codec))
