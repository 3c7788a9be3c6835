"""What every step needs: the database, the clock on the wall, the rules, what is at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from tthc_flow.dossiers.deployed import Shelf
from tthc_flow.dossiers.held import Hot
from tthc_flow.dossiers.waiting import Rules
from tthc_flow.engine.instance import Data
from tthc_flow.errors import StoreFault
from tthc_flow.moments import in_vietnam, moment_of

if TYPE_CHECKING:
    from tthc_flow.dossiers.codec import Codec
    from tthc_flow.dossiers.deadlines import Deadlines
    from tthc_flow.dossiers.sampling import Sampling
    from tthc_flow.store.database import Database
    from tthc_flow.store.rows import InstanceRow

Functions: TypeAlias = Mapping[str, Callable[[Data], Data]]

MOST_BACKWARDS: Final = timedelta(seconds=5)
"""Clocks of several machines differ by so much; a step is then said to be at the later moment."""


@frozen(kw_only=True)
class Retries:
    """How often a failing job is tried, and after how long: *first*, then *factor* times longer."""

    most: int = 3
    first: timedelta = timedelta(minutes=1)
    factor: int = 5

    def wait(self, tries: int) -> timedelta | None:
        """Return how long to wait after so many failures; ``None``: it is an incident.

        Example:
            >>> [Retries().wait(tries) for tries in (1, 2, 3)]
            [datetime.timedelta(seconds=60), datetime.timedelta(seconds=300), None]
        """
        return None if tries >= self.most else self.first * self.factor ** (tries - 1)


@frozen(kw_only=True)
class Office:
    """The engine's own things, shared by all that works on dossiers."""

    database: Database
    clock: Callable[[], datetime]
    deadlines: Deadlines | None
    functions: Functions
    codec: Codec | None
    sampling: Sampling | None
    retries: Retries
    shelf: Shelf = field(factory=Shelf, eq=False)
    hot: Hot = field(factory=Hot, eq=False)

    @property
    def rules(self) -> Rules:
        """Return what decides how a case is waited for."""
        return Rules(
            deadlines=self.deadlines, functions=self.functions, seals=self.codec is not None
        )

    def now(self) -> datetime:
        """Return the moment by the clock on the wall, in Vietnamese time."""
        return in_vietnam(self.clock())

    def now_for(self, row: InstanceRow) -> datetime:
        """Return the moment of the next step of a dossier, never before its last one.

        Raises:
            StoreFault: TF711 where the clock was put back.
        """
        now = self.now()
        last = moment_of(row.moved_at) if row.moved_at is not None else now
        if now < last - MOST_BACKWARDS:
            raise StoreFault(
                "TF711",
                f"the clock says {now.isoformat()}, the last step was at {last.isoformat()}",
                place=row.id,
                hint="set the clock of this machine, then do the step again",
            )
        return max(now, last)
