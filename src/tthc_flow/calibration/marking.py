"""Where the tokens of one case are, while it is played on a net."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import Factory, define

from tthc_flow.calibration.net import EVERYTHING

if TYPE_CHECKING:
    from tthc_flow.calibration.net import Move


@define
class Marking:
    """Where tokens are, and where maybes."""

    sure: dict[str, int] = Factory(dict)
    maybe: dict[str, int] = Factory(dict)

    def copy(self) -> Marking:
        """Return another marking of the same tokens."""
        return Marking(dict(self.sure), dict(self.maybe))

    def has(self, place: str) -> bool:
        """Return whether *place* has a token or a maybe."""
        return place in self.sure or place in self.maybe

    def take(self, place: str) -> bool:
        """Take a token, else a maybe, from *place*; return whether it was a maybe."""
        from_ = self.sure if place in self.sure else self.maybe
        left = from_[place] - 1
        if left:
            from_[place] = left
        else:
            del from_[place]
        return from_ is self.maybe

    def put(self, move: Move) -> None:
        """Take away what *move* clears and put down what it puts."""
        if move.clears is EVERYTHING:
            self.sure.clear()
            self.maybe.clear()
        for place in move.clears:
            self.sure.pop(place, None)
            self.maybe.pop(place, None)
        for place in move.puts:
            self.sure[place] = self.sure.get(place, 0) + 1
        for place in move.maybe:
            self.maybe[place] = 1
