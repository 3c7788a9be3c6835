"""What the parts of the reference kernel know of the run that they are parts of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tthc_flow.simulation.counting import Counting
    from tthc_flow.simulation.moving import Case, Place, Pool, Token
    from tthc_flow.simulation.program import Program


class Running(Protocol):
    """A run under way: its clock, its places, and how tokens go on."""

    now: float
    program: Program
    places: list[Place]
    count: Counting
    serial: Iterator[int]
    cuts: bool
    inside: Sequence[frozenset[int]]

    def push(self, moment: float, what: Token | Callable[[], object]) -> None:
        """Plan that work on a token is done, or something else happens, at *moment*."""

    def token(self, case: Case, place: Place) -> Token:
        """Return a new token of *case* before *place*."""

    def go(self, token: Token, place: Place | None) -> None:
        """Move *token* on until it waits, is worked on, or is no more."""

    def take(self, pool: Pool) -> None:
        """Let the idle people of *pool* take up who waits."""

    def line_up(self, token: Token, place: Place, pool: Pool) -> None:
        """Let *token* be taken up, or stand in the line of *pool*."""

    def over(self, case: Case) -> None:
        """Note that *case* is over."""
