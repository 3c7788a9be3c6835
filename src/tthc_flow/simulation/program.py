"""What a kernel executes: flows as instructions, with pools of people, clocks and arrivals.

Both kernels read this one value, so that they differ in how they run it and in nothing else.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from tthc_flow.model.chance import Chance
    from tthc_flow.simulation.clock import Clock, Rate


class Kind(IntEnum):
    """What an instruction does with the token that comes to it."""

    TASK = 0
    DELAY = 1
    CHOICE = 2
    JOIN = 3
    ENTER = 4
    END = 5
    CUT = 6
    SPLIT = 7
    SOME = 8


class Wait(IntEnum):
    """What passes in a ``DELAY``: work without a queue, the applicant's time, or another wait."""

    WORK = 0
    APPLICANT = 1
    OTHER = 2


OWN_CLOCK: Final = -1
"""In place of a clock's number: time as the kernel counts it."""
LAST: Final = 1 << 62
"""Added to the order of a timer: at one moment it goes off after all else that happens then."""
NOWHERE: Final = -1
"""In place of an instruction's number: the case is over."""


@frozen(kw_only=True)
class Batch:
    """Dossiers that are handed on together: each *every* minutes, or sooner when there are *size*.

    The minutes are counted on the kernel's clock from its zero.
    """

    every: float
    size: int | None = None


@frozen(kw_only=True)
class Instruction:
    """One place a token can come to; what its kind does not use is left at its default.

    *node* is the element it was made of and *key* tells its random numbers apart from those of the
    others: both are the same in a changed flow that keeps the element. *scope* is the number of
    the scope it lies in; *opens* the scope that ``ENTER`` opens and ``CUT`` ends. *targets* are
    instructions; *upto* the cumulated shares of a choice, and of ``SOME`` those of each set of its
    targets: at n - 1 the set that n has bits of. *need* is how many tokens a join waits for; 0:
    for all in its scope, which is a block (see :class:`Scope`). *level* is the rank in the queue, 0
    first; *pauses* says that the legal clock stands.
    *rate* is đồng a minute of a ``DELAY`` that is done by people of the office for whom nobody
    waits, NaN where unknown; of a ``TASK`` its crowd knows it.
    """

    kind: Kind
    node: str
    key: str = ""
    scope: int = 0
    targets: tuple[int, ...] = ()
    upto: tuple[float, ...] = ()
    pool: int = -1
    chance: Chance | None = None
    wait: Wait = Wait.WORK
    clock: int = OWN_CLOCK
    level: int = 0
    pauses: bool = False
    batch: Batch | None = None
    need: int = 0
    opens: int = -1
    rate: float | None = None


@frozen(kw_only=True)
class Guard:
    """A timer at the border of a scope: after *minutes* a token goes to *target*.

    What is done at the very moment at which it would go off is in time: it does not go off.
    *interrupting* ends what goes on inside; *clock* is the clock that its minutes are counted on.

    Source: Bộ luật Dân sự 2015 Điều 148: a time limit ends with the end of its last day.
    """

    minutes: float
    target: int
    interrupting: bool = True
    clock: int = OWN_CLOCK


@frozen(kw_only=True)
class Scope:
    """A process, a sub-process, a step with timers at its border, a block of an inclusive join.

    *around* is the scope it lies in (-1: none), *leaves* where a token goes when nothing is left
    inside. Nobody enters a block or leaves it: how many tokens beside the first are in it is all
    that is counted of it.
    """

    around: int = -1
    leaves: int = NOWHERE
    guards: tuple[Guard, ...] = ()


@frozen(kw_only=True)
class Crowd:
    """A pool of alike people: how many, on which clock, at what price.

    *stretch* says how many minutes of office time one minute of work takes (people who give half
    of their hours to this work need two); *other* is the share of their hours that other work
    takes; *rate* is đồng a minute of work, NaN where unknown.
    """

    name: str
    people: int
    clock: int = OWN_CLOCK
    stretch: float = 1.0
    other: float = 0.0
    rate: float = float("nan")


@frozen(kw_only=True)
class Limit:
    """How long a case may take: working *minutes*, or whole working *days* after the day it came.

    Source: Bộ luật Dân sự 2015 Điều 147: the first day is not counted, the last counts whole.
    """

    minutes: float = 0.0
    days: int | None = None


@frozen(kw_only=True)
class Entry:
    """One procedure: its instructions, how its cases come, how long they may take.

    *first* to *last* (not included) are its instructions, *start* that at which its cases begin.
    *trace* are moments of arrival on the kernel's clock, in order; without one cases come at
    random by *rate*. *root* is the number of its outermost scope.
    """

    name: str
    first: int
    last: int
    start: int
    root: int
    rate: Rate | None = None
    trace: tuple[float, ...] = ()
    limit: Limit | None = None


@frozen(kw_only=True)
class Program:
    """All procedures that share their people, ready to run.

    Where *worked* is true the kernels count worked minutes of the first clock, which then only
    says what date a minute is; else they count all minutes, and each pool keeps its own clock.
    """

    instructions: tuple[Instruction, ...]
    scopes: tuple[Scope, ...]
    crowds: tuple[Crowd, ...]
    entries: tuple[Entry, ...]
    clocks: tuple[Clock, ...] = field(default=())
    worked: bool = True

    @property
    def cuts(self) -> bool:
        """Return whether work can be broken off: by a timer, an error or a terminate event."""
        guarded = any(guard.interrupting for scope in self.scopes for guard in scope.guards)
        return guarded or any(each.kind is Kind.CUT for each in self.instructions)

    @property
    def foreseen(self) -> tuple[bool, ...]:
        """Return of each pool whether who comes to it knows at once when it will be their turn.

        So it is where nobody is more urgent than who came before, and no work is broken off.
        """
        ranks: list[set[int]] = [set() for _ in self.crowds]
        for each in self.instructions:
            if each.pool >= 0:
                ranks[each.pool].add(each.level)
        return tuple(len(found) <= 1 and not self.cuts for found in ranks)


def inside(scopes: tuple[Scope, ...]) -> tuple[frozenset[int], ...]:
    """Return of each scope the scopes that lie in it, itself among them.

    Example:
        >>> [sorted(each) for each in inside((Scope(), Scope(around=0), Scope(around=1)))]
        [[0, 1, 2], [1, 2], [2]]
    """
    found: list[set[int]] = [set() for _ in scopes]
    for number in range(len(scopes)):
        outer = number
        while outer >= 0:
            found[outer].add(number)
            outer = scopes[outer].around
    return tuple(map(frozenset, found))
