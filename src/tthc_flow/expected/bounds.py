"""Mean and spread of the time of a whole, from those of its parts; of parallel parts a bound."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.expected.moments import Moments, of_chance
from tthc_flow.expected.within import within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from tthc_flow.model.chance import Chance


@frozen
class Bounds:
    """Reckons with moments; of parallel parts with a mean and a spread that are not too small."""

    times: Mapping[str, Chance]

    def share(self, share: float) -> Moments:
        """Return the moments of no time."""
        return Moments(share)

    def part(self, element: str) -> Moments:
        """Return the moments of an element's time."""
        return of_chance(self.times[element])

    def within(self, element: str, minutes: Fraction) -> Moments:
        """Return the moments of an element's time where it is over by *minutes*."""
        return within(self.times[element], minutes)

    def row(self, one: Moments, two: Moments) -> Moments:
        """Return the moments of one after the other."""
        return one * two

    def either(self, one: Moments, two: Moments) -> Moments:
        """Return the moments of the one or the other."""
        return one + two

    def both(self, one: Moments, two: Moments) -> Moments:
        """Return a mean and a spread that both at once do not pass."""
        variance = one.deviation**2 + two.deviation**2
        mean = max(one.mean, two.mean) + sqrt(variance)
        return Moments(1.0, mean, (variance + mean**2) / 2)

    def beside(self, work: Moments, ways: Sequence[tuple[Moments, Moments]]) -> Moments:
        """Return a mean and a spread that neither the work nor what counts beside it passes."""
        counted = Moments(0.0)
        for each, _ in ways:
            counted += each
        return self.both(work, counted)

    def again(self, each: Moments) -> Moments:
        """Return the moments of any number in a row."""
        return each.again()
