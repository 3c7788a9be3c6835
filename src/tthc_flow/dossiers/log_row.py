"""A row of the event log: what was done where, by whom, from when to when, and why it waited.

Source: van der Aalst, Process Mining (2016), chapter 5: events refer to a case, an activity, a
time, a resource.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from attrs import field, frozen


class Kind(StrEnum):
    """What a row is about: the four things that people do, and what the engine does by itself."""

    WORK = "work"
    CHOICE = "choice"
    ROUNDS = "rounds"
    EVENT = "event"
    FUNCTION = "function"
    CALL = "call"
    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"


class Ended(StrEnum):
    """How far a row has come: still open, completed, or taken off before it was completed."""

    OPEN = "open"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class WaitKind(StrEnum):
    """Why a task stood still.

    In the *queue* nobody had taken it yet; the legal *clock* stood; the dossier was *suspended*;
    a *called* procedure was at work; an *incident* of the engine waited for somebody.
    """

    QUEUE = "queue"
    CLOCK = "clock"
    SUSPENDED = "suspended"
    CALLED = "called"
    INCIDENT = "incident"


@frozen(kw_only=True)
class Wait:
    """A time in which a task stood still; *until* is ``None`` while it lasts.

    *reason* is in the words of whoever stopped it, or the name of the step that stops the clock.
    """

    kind: WaitKind = field(converter=WaitKind)
    since: datetime
    until: datetime | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """Return the kind and the reason as one text.

        Example:
            >>> Wait(kind="clock", since=datetime(2026, 3, 2), reason="Bổ sung hồ sơ").words
            'clock: Bổ sung hồ sơ'
        """
        said = " ".join(self.reason.split())
        return f"{self.kind.value}: {said}" if said else self.kind.value


@frozen(kw_only=True)
class LogRow:
    """One task of a dossier, or one step that the engine did by itself.

    Attributes:
        case: The dossier's id.
        business_key: Its code (mã hồ sơ).
        procedure: The key of its procedure.
        version: The version by which the row ended, or is open now.
        task: The task's id as ``Engine.tasks`` gives it; empty for what the engine did by itself.
        activity: The node.
        name: The node's name, empty where it has none.
        kind: What it is.
        office: The body that answers for it, as the diagram says; empty where it does not.
        role: The role that does it, as :class:`~tthc_flow.model.actor.Role` names it, or empty.
        resource: Who completed it; of one that is open or was taken off, who had it. Empty for
            what the engine did by itself.
        on_behalf_of: For whom they did.
        created: When it came up; ``None`` where the events do not say.
        start: When it was taken (claimed or given to somebody) by who then kept it; of one that
            was completed and that nobody had taken before, when it came up; ``None`` of others.
            A called procedure starts when it is called.
        complete: When it ended, completed or taken off; ``None`` while it is open.
        ended: How it ended.
        due_at: When it was due by the last count; ``None`` where unknown.
        late: Whether it ended, or is still open, after that; ``None`` where that is not known.
        waits: When and why it stood still, in the order of their beginning.
    """

    case: str
    business_key: str
    procedure: str
    version: int
    task: str
    activity: str
    name: str
    kind: Kind
    office: str
    role: str
    resource: str
    on_behalf_of: str
    created: datetime | None
    start: datetime | None
    complete: datetime | None
    ended: Ended
    due_at: datetime | None
    late: bool | None
    waits: tuple[Wait, ...] = ()

    @property
    def waiting_reason(self) -> str:
        """Return why it stood still, each reason once; empty where the events say none."""
        return "; ".join(dict.fromkeys(wait.words for wait in self.waits))

    @property
    def since(self) -> datetime | None:
        """Return the first moment that is known of it."""
        return self.created or self.start or self.complete

    def touches(self, since: datetime | None, until: datetime | None) -> bool:
        """Return whether any of it lies in the period from *since* until before *until*."""
        first = self.since
        if until is not None and (first is None or first >= until):
            return False
        return since is None or self.complete is None or self.complete >= since
