"""Mean and spread of a time, with a probability, as they are added and multiplied."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.expected.known import LEAST_WAY_OUT, never_left

if TYPE_CHECKING:
    from tthc_flow.model.chance import Chance


@frozen
class Moments:
    """A probability, and the mean and the half mean square of a time, each times it.

    They are the first terms of its moment generating function, and are multiplied as such.
    """

    share: float
    first: float = 0.0
    second: float = 0.0

    def __add__(self, other: Moments) -> Moments:
        """Return the moments of the one or the other."""
        return Moments(
            self.share + other.share, self.first + other.first, self.second + other.second
        )

    def __mul__(self, other: Moments) -> Moments:
        """Return the moments of one after the other."""
        return Moments(
            self.share * other.share,
            self.share * other.first + self.first * other.share,
            self.share * other.second + self.first * other.first + self.second * other.share,
        )

    def again(self) -> Moments:
        """Return the moments of any number in a row: 1 / (1 - them)."""
        if 1 - self.share < LEAST_WAY_OUT:
            raise never_left("")
        stays = 1 / (1 - self.share)
        first = self.first * stays**2
        second = (self.second + self.first**2 * stays) * stays**2
        return Moments(stays, first, second)

    @property
    def mean(self) -> float:
        """Return the mean of the time where it happens."""
        return self.first / self.share

    @property
    def deviation(self) -> float:
        """Return the standard deviation of the time where it happens."""
        return sqrt(max(2 * self.second / self.share - self.mean**2, 0.0))


def of_chance(chance: Chance) -> Moments:
    """Return the moments of a random time.

    Example:
        >>> from tthc_flow.model.chance import Chance
        >>> of_chance(Chance.fixed(3))
        Moments(share=1.0, first=3.0, second=4.5)
    """
    mean, variance = chance.average, chance.variance
    return Moments(1.0, float(mean), float((variance + mean**2) / 2))
