"""Events from outside: one that a dossier waits for, messages by name, signals to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, evolve

from tthc_flow.dossiers.arguments import may_be, must_be, must_be_by_names
from tthc_flow.dossiers.codec import sealed
from tthc_flow.dossiers.doing import comes, fresh, spread
from tthc_flow.dossiers.texts import move_must_be_kept, must_be_kept
from tthc_flow.dossiers.turn import Move, Turn
from tthc_flow.engine.instance import NO_DATA, Data
from tthc_flow.engine.values import encode
from tthc_flow.errors import StoreFault
from tthc_flow.store import instances, jobs
from tthc_flow.store.database import reading

if TYPE_CHECKING:
    from tthc_flow.dossiers.kept import Dossier
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.store.database import Connection
    from tthc_flow.store.rows import JobRow


@define
class Happening:
    """What reaches dossiers from outside."""

    _steps: Steps

    def deliver(
        self,
        dossier: str,
        event: str,
        data: Data = NO_DATA,
        *,
        by: str,
        connection: Connection | None = None,
    ) -> Dossier:
        """Let *event*, a node, happen to *dossier*, which waits or listens for it.

        Where several of its tokens do, it happens to the oldest. Signals that were given are heard
        all the same.

        Raises:
            NotRunnable: TF403 where it does not.
            StoreFault: TF706, TF709.
        """
        must_be(str, event=event)
        move = Move(kind="deliver", by=by, node=event, data=data)

        def act(turn: Turn) -> None:
            keys = [key for key in turn.held.jobs if key[1] == event]
            oldest = min(keys, default=None)
            if oldest is None:
                turn.held.run.deliver(event, data)
                return
            row = fresh(turn, oldest)
            if row is not None and row.kind != "signal":
                turn.fired.add(oldest)
            turn.said["token"] = oldest[0]
            turn.held.run.deliver(event, data, token=oldest[0])

        return self._steps.made(dossier, move, act, connection)

    def message(
        self,
        name: str,
        data: Data = NO_DATA,
        *,
        by: str,
        business_key: str | None = None,
        dossier: str | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Give the message *name* to the one dossier that waits for it, by its code or its id.

        *name* is the message's name, or the node that receives it.

        Raises:
            StoreFault: TF717 where none waits for it, or several do.
        """
        must_be(str, name=name)
        may_be(str, business_key=business_key, dossier=dossier)
        must_be_kept("name", name)
        said = Move(kind="message", by=by, data=data)
        move_must_be_kept(said)
        with reading(self._steps.office.database, connection) as here:
            found = [
                each
                for each in jobs.listening(here, "message", name)
                if dossier in {None, each.instance}
                and (business_key is None or _code(here, each) == business_key)
            ]
        if len(found) != 1:
            which = "nobody waits" if not found else f"{len(found)} wait"
            hint = "give the code of the dossier" if found else "look at what it waits for"
            fact = f"{which} for the message {name!r}"
            raise StoreFault("TF717", fact, place=business_key or dossier or "", hint=hint)
        (job,) = found

        def act(turn: Turn) -> None:
            turn.fired.add(job.key)
            turn.said["token"] = job.token
            comes(turn, job, data)

        return self._steps.made(job.instance, evolve(said, node=job.node), act, connection)

    def signal(
        self, name: str, data: Data = NO_DATA, *, connection: Connection | None = None
    ) -> int:
        """Let all dossiers that listen for the signal *name* hear it; return how many do.

        Each hears it as a job of its own, done when due jobs are run; a suspended one once it goes
        on. Several are heard one after the other, in the order in which they were given.
        """
        must_be(str, name=name)
        must_be_by_names(data=data)
        must_be_kept("name", name)
        must_be_kept("data", data)
        encoded = {each: encode(value) for each, value in data.items()}
        kept = sealed(encoded, self._steps.office.codec)
        return spread(self._steps, name, kept, joined=connection)


def _code(here: Connection, job: JobRow) -> str | None:
    row = instances.instance_of(here, job.instance)
    return None if row is None else row.business_key
