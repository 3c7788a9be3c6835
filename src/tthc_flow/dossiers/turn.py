"""One move of a dossier while it is being made: what is done, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import Factory, define, evolve, field, frozen

from tthc_flow.dossiers.arguments import may_be
from tthc_flow.dossiers.clock import LegalClock, clock_of
from tthc_flow.engine.instance import NO_DATA, Data
from tthc_flow.errors import StoreFault
from tthc_flow.moments import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tthc_flow.dossiers.deployed import Deployed
    from tthc_flow.dossiers.held import Held
    from tthc_flow.store.database import Connection
    from tthc_flow.store.rows import JobRow, TaskRow


def must_be_said(place: str, who: str | None, kind: str) -> None:
    """Refuse a step of this *kind* where it is not said *who*; raises ``StoreFault`` TF724, TF725.

    Example:
        >>> must_be_said("by", " ", "claim")
        Traceback (most recent call last):
        tthc_flow.errors.StoreFault: TF724 by: nobody is said to claim it
          → say who, e.g. by='Nguyễn Văn A'
    """
    may_be(str, **{place: who})
    if not (who or "").strip():
        hint = f"say who, e.g. {place}='Nguyễn Văn A'"
        raise StoreFault("TF724", f"nobody is said to {kind} it", place=place, hint=hint)


def _is_by_somebody(move: Move, _attribute: object, by: str) -> None:
    if not move.itself:
        must_be_said("by", by, move.kind)


def _is_nobody_or_said(move: Move, _attribute: object, on_behalf_of: str | None) -> None:
    if on_behalf_of is not None:
        must_be_said("on_behalf_of", on_behalf_of, move.kind)


@frozen(kw_only=True)
class Move:
    """One thing done to a dossier: what kind, where, by whom, with which data, and why.

    *itself*: the engine does it, and nobody's name stands there.

    Raises:
        StoreFault: TF724 where it is not said who does it, TF725 for a name that is no text.
    """

    kind: str
    by: str = field(validator=_is_by_somebody)
    itself: bool = False
    on_behalf_of: str | None = field(default=None, validator=_is_nobody_or_said)
    node: str | None = None
    data: Data = NO_DATA
    reason: str | None = None


@define
class Turn:
    """A move of *held* at the moment *now*, filled in while it is made.

    *here* is the transaction, *at* the moment as it is kept; *known* are the sub-processes that
    were at work before. *status* is set where the move itself ends or suspends the dossier. *fired*
    names the timers that came by this move. *said* goes into the event, *sent* into the outbox.
    *idle*: what is asked for is so already, and no step is made.
    """

    here: Connection
    held: Held
    move: Move
    now: datetime
    at: str = Factory(lambda self: text_of(self.now), takes_self=True)
    node: str | None = None
    status: str | None = None
    clock: LegalClock = Factory(lambda self: clock_of(self.held.row.clock), takes_self=True)
    deployed: Deployed = Factory(lambda self: self.held.deployed, takes_self=True)
    known: frozenset[int] = Factory(
        lambda self: frozenset(each.token for each in self.held.run.scopes), takes_self=True
    )
    told: int | None = None
    idle: bool = False
    tasks: dict[int, TaskRow] = Factory(dict)
    jobs: dict[tuple[int, str], JobRow] = Factory(dict)
    fired: set[tuple[int, str]] = Factory(set)
    said: dict[str, Any] = Factory(dict)
    sent: list[tuple[str, Mapping[str, Any]]] = Factory(list)

    def task(self, token: int) -> TaskRow:
        """Return the open task of *token*, which whoever moves may do.

        Raises:
            StoreFault: TF707 where it is not open, TF708 where somebody else has claimed it.
        """
        row = self.held.tasks.get(token)
        identifier = f"{self.held.row.id}:{token}"
        if row is None:
            hint = "it was done meanwhile, or an event took it off"
            raise StoreFault("TF707", "the task is not open", place=identifier, hint=hint)
        if row.assignee not in {None, self.move.by, self.move.on_behalf_of}:
            hint = "let them give it back, or act on their behalf"
            fact = f"{row.assignee} has claimed it"
            raise StoreFault("TF708", fact, place=identifier, hint=hint)
        if row.owner is not None and self.move.on_behalf_of is None:
            self.move = evolve(self.move, on_behalf_of=row.owner)
        self.node = row.node
        self.said["token"] = token
        return row

    def assign(self, token: int, assignee: str | None, owner: str | None = None) -> None:
        """Make the task of *token* the work of *assignee*, unless it is so already."""
        row = self.task(token)
        self.idle = row.assignee == assignee
        self.tasks[token] = evolve(row, assignee=assignee, owner=owner)


Act: TypeAlias = Callable[[Turn], None]
"""Makes the move: works on the case, sets what else it comes to."""
