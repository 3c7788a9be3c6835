"""What a plant is: known waste of one lever, and the traps that look like it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from attrs import frozen

from planting.garden import Garden, Planted
from planting.traps import Twist

Build: TypeAlias = Callable[[Garden], Planted]


class Ground(StrEnum):
    """Where a plant may be put."""

    ANYWHERE = "anywhere"
    TOP = "top"
    DOOR = "door"
    EXIT = "exit"


@frozen(kw_only=True)
class Plant:
    """Known waste that *lever* must find, in one of its shapes.

    *traps* turn it into what must stay. *besides* names levers that may rightly find something in
    it too. No two plants of one *bed* grow in one garden: together they would be something else.
    """

    lever: str
    name: str
    build: Build
    traps: tuple[Twist, ...] = ()
    ground: Ground = Ground.ANYWHERE
    besides: frozenset[str] = frozenset()
    bed: str | None = None

    @property
    def rivals(self) -> frozenset[str]:
        """Return the beds it takes up."""
        return frozenset(filter(None, (self.lever, self.bed)))
