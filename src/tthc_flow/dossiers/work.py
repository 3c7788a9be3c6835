"""What people do to one task: take it, give it on, complete it, decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from attrs import define

from tthc_flow.dossiers.arguments import must_be
from tthc_flow.dossiers.forms import check_form, form_of
from tthc_flow.dossiers.texts import must_be_kept
from tthc_flow.dossiers.turn import Act, Move, Turn, must_be_said
from tthc_flow.engine.instance import NO_DATA, Data
from tthc_flow.errors import StoreFault
from tthc_flow.store.database import reading
from tthc_flow.store.instances import instance_of
from tthc_flow.store.tasks import task_of

if TYPE_CHECKING:
    from tthc_flow.dossiers.kept import Dossier
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.model.step import FormField
    from tthc_flow.store.database import Connection

MOST_DIGITS: Final = 9
"""No token has a longer number; every database can be asked for such a one."""


@define
class Work:
    """What people do to one task, each as one step; every call returns the dossier afterwards.

    Each may join the caller's transaction and raises ``StoreFault`` TF706 where there is no such
    dossier, TF707 where the task is not open, TF708 where somebody else has claimed it, TF709
    where the dossier is suspended or has ended.
    """

    _steps: Steps

    def form(
        self, task: str, *, connection: Connection | None = None
    ) -> tuple[FormField, ...] | None:
        """Return the fields that *task* declares; ``None`` where it declares none.

        Raises:
            StoreFault: TF707 where the task is not open.
        """
        instance, token = parts(task)
        with reading(self._steps.office.database, connection) as here:
            row, dossier = task_of(here, instance, token), instance_of(here, instance)
            if row is None or dossier is None:
                hint = "list the tasks again"
                raise StoreFault("TF707", "the task is not open", place=task, hint=hint)
            program = self._steps.program(here, dossier.definition)
            return form_of(program.flow.by_id[row.node])

    def complete(
        self,
        task: str,
        data: Data = NO_DATA,
        *,
        by: str,
        on_behalf_of: str | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Complete the work of *task*, adding *data*.

        Raises:
            NotRunnable: TF403 where it is no work, TF411 where *data* do not fit its form.
        """

        def act(turn: Turn, token: int, node: str) -> None:
            check_form(turn.deployed.flow.by_id[node], data)
            turn.held.run.complete(node, data, token=token)

        move = Move(kind="complete", by=by, on_behalf_of=on_behalf_of, data=data)
        return self._steps.made(*_at(task, move, act), connection)

    def choose(
        self,
        task: str,
        *flows: str,
        by: str,
        on_behalf_of: str | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Decide *task*: the dossier leaves over *flows*; raises ``NotRunnable`` TF403, TF404."""
        for flow in flows:
            must_be(str, flows=flow)

        def act(turn: Turn, token: int, node: str) -> None:
            turn.held.run.choose(node, *flows, token=token)

        move = Move(kind="choose", by=by, on_behalf_of=on_behalf_of)
        return self._steps.made(*_at(task, move, act), connection)

    def repeat(
        self, task: str, times: int, *, by: str, connection: Connection | None = None
    ) -> Dossier:
        """Say how many (more) rounds *task* has; raises ``NotRunnable`` TF403, TF406."""
        must_be(int, times=times)

        def act(turn: Turn, token: int, node: str) -> None:
            turn.held.run.repeat(node, times, token=token)

        return self._steps.made(*_at(task, Move(kind="repeat", by=by), act), connection)

    def claim(self, task: str, *, by: str, connection: Connection | None = None) -> Dossier:
        """Make *task* the work of *by* alone; who has it already makes no step."""

        def act(turn: Turn, token: int, _node: str) -> None:
            turn.assign(token, by)

        return self._steps.made(*_at(task, Move(kind="claim", by=by), act), connection)

    def unclaim(self, task: str, *, by: str, connection: Connection | None = None) -> Dossier:
        """Give *task*, which *by* has claimed, back to all who may do it; twice is once."""

        def act(turn: Turn, token: int, _node: str) -> None:
            turn.assign(token, None)

        return self._steps.made(*_at(task, Move(kind="unclaim", by=by), act), connection)

    def delegate(
        self, task: str, to: str, *, by: str, connection: Connection | None = None
    ) -> Dossier:
        """Give *task* to *to*, who then does it on behalf of *by*.

        Raises:
            StoreFault: TF724 where it is not said to whom.
        """
        must_be_said("to", to, "do")
        must_be_kept("to", to)

        def act(turn: Turn, token: int, _node: str) -> None:
            turn.assign(token, to, owner=by)

        move = Move(kind="delegate", by=by, reason=to)
        return self._steps.made(*_at(task, move, act), connection)


def parts(task: str) -> tuple[str, int]:
    """Return the dossier and the token of a task's id; a wrong id is one that nobody has.

    Raises:
        StoreFault: TF725 where it is no text, e.g. the task itself.

    Example:
        >>> parts("7f3a:2")
        ('7f3a', 2)
    """
    must_be(str, task=task)
    instance, _, token = task.rpartition(":")
    is_number = token.isdecimal() and len(token) <= MOST_DIGITS
    return (instance, int(token)) if is_number else (task, -1)


def _at(task: str, move: Move, act: Callable[[Turn, int, str], None]) -> tuple[str, Move, Act]:
    """Return *move* of the task's dossier, whose *act* finds the task open."""
    instance, token = parts(task)

    def at_task(turn: Turn) -> None:
        act(turn, token, turn.task(token).node)

    return instance, move, at_task
