"""A repair as data, and a kind of repair: where it is due and how it is carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from tthc_flow.repairs.sheet import Sheet


@frozen(kw_only=True)
class Repair:
    """One repair of one element; its reason is the message of *code*, filled with *values*.

    *certain*: the standard says that the drawing means this, or a person is asked: nothing is
    guessed, so it is on by default. *changes*: the flow is changed; else it is only said how the
    drawing is understood. *applied* tells whether it was carried out (or the reading accepted).
    """

    code: str
    element: str
    name: str = ""
    line: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    certain: bool = True
    changes: bool = True
    applied: bool = True

    @property
    def id(self) -> str:
        """Return what names this one repair when it is switched on or left out."""
        return f"{self.code}:{self.element}"


@frozen(kw_only=True)
class Spot:
    """A place where a repair is due: the element of the drawing, and words for its message."""

    element: str
    values: tuple[tuple[str, str], ...] = ()


Find = Callable[[Sheet], Iterator[Spot]]
Mend = Callable[[Sheet, Spot], None]


@frozen(kw_only=True)
class Kind:
    """A kind of repair; without *mend* it is a reading: nothing changes, an assumption is told."""

    code: str
    certain: bool
    find: Find
    mend: Mend | None = None
