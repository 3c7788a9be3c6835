"""What a worker has done, and how it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from attrs import fields, frozen

from tthc_flow.errors import TthcFlowError

if TYPE_CHECKING:
    from tthc_flow.store.backlog import Backlog


@frozen(kw_only=True)
class Worked:
    """What a worker has done: jobs by how they ended, letters, warnings, dossiers forgotten.

    *failed* jobs and *undelivered* letters are tried again later; *dropped* jobs had nothing to
    do any more.

    Example:
        >>> (Worked(done=1) + Worked(done=2, warned=1)).done
        3
    """

    done: int = 0
    failed: int = 0
    incidents: int = 0
    dropped: int = 0
    delivered: int = 0
    undelivered: int = 0
    warned: int = 0
    forgotten: int = 0

    @property
    def is_nothing(self) -> bool:
        """Return whether there was nothing to do."""
        return self == Worked()

    def __add__(self, other: Worked) -> Worked:
        """Return both together."""
        names = [field.name for field in fields(Worked)]
        return Worked(**{name: getattr(self, name) + getattr(other, name) for name in names})


@frozen(kw_only=True)
class Health:
    """How a worker is.

    *alive*: it is running and was heard of lately. *database*: it could be asked just now.
    *fault* is what kept it from its work when it last tried, or keeps the database from
    answering. *backlog* is what waits at all workers, ``None`` where that is not known.
    """

    alive: bool
    last_tick: datetime | None
    database: bool
    fault: str | None = None
    next_due: datetime | None = None
    backlog: Backlog | None = None

    @property
    def is_good(self) -> bool:
        """Return whether it does its work."""
        return self.alive and self.database


Told: TypeAlias = Worked | TthcFlowError
"""What a worker tells of: a round in which it did something, or what keeps it from its work."""
