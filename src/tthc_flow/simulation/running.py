"""What the parts of the reference kernel know of the run that they are parts of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.simulation.counting import Counting
    from tthc_flow.simulation.moving import Case, Later, Place, Token
    from tthc_flow.simulation.program import Program


class Running(Protocol):
    """A run under way: its clock, its places, and how tokens go on."""

    now: float
    program: Program
    places: list[Place]
    count: Counting
    moving: list[Token | Later]
    stamps: Iterator[int]
    cuts: bool
    inside: Sequence[frozenset[int]]

    def push(self, moment: float, what: Token | Later) -> None:
        """Plan that a token moves on, or something else happens, at *moment*."""

    def push_last(self, moment: float, what: Later) -> None:
        """Plan that something happens at *moment*, after all else that happens then."""

    def drawn(self, case: Case, column: int) -> Any:  # noqa: ANN401 - minutes, or a place
        """Return what is drawn at this visit."""

    def token(self, case: Case, place: Place) -> Token:
        """Return a new token of *case* before *place*."""

    def over(self, case: Case) -> None:
        """Note that *case* is over."""
