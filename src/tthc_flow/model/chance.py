"""A length of time that is not always the same: the family of its distribution, what fixes it."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final, Self

from attrs import field, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.units import Exact, exact


class Spread(StrEnum):
    """How times lie about their mean.

    ``EMPIRICAL`` are values that were seen, each as likely as the others.
    """

    FIXED = "fixed"
    EXPONENTIAL = "exponential"
    GAMMA = "gamma"
    LOGNORMAL = "lognormal"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    EMPIRICAL = "empirical"


_NEEDED: Final = {
    Spread.FIXED: ("mean",),
    Spread.EXPONENTIAL: ("mean",),
    Spread.GAMMA: ("mean", "deviation"),
    Spread.LOGNORMAL: ("mean", "deviation"),
    Spread.UNIFORM: ("least", "most"),
    Spread.TRIANGULAR: ("least", "mode", "most"),
    Spread.EMPIRICAL: ("values",),
}


def _number(value: Exact | float | None) -> Fraction | None:
    return None if value is None else exact(value)


def _numbers(values: tuple[Exact | float, ...]) -> tuple[Fraction, ...]:
    return tuple(sorted(exact(value) for value in values))


@frozen(kw_only=True)
class Chance:
    """A random time in working minutes.

    *mean* and *deviation* (the standard deviation) fix the first four families, *least*, *mode*
    and *most* the uniform and the triangular one, *values* (kept in ascending order) the empirical
    one; what a family does not need is ``None``.

    Raises:
        BadQuantity: TF101 or TF102 for what is no number or below zero; TF116 where a family lacks
            what fixes it, has what it does not need, or where its numbers contradict each other.

    Example:
        >>> Chance.fixed(90).mean
        Fraction(90, 1)
        >>> Chance(spread=Spread.UNIFORM, least=10, most=30).average
        Fraction(20, 1)

    Source: Law, Simulation Modeling and Analysis (2015), chapter 6.
    """

    spread: Spread
    mean: Fraction | None = field(default=None, converter=_number)
    deviation: Fraction | None = field(default=None, converter=_number)
    least: Fraction | None = field(default=None, converter=_number)
    mode: Fraction | None = field(default=None, converter=_number)
    most: Fraction | None = field(default=None, converter=_number)
    values: tuple[Fraction, ...] = field(default=(), converter=_numbers)

    def __attrs_post_init__(self) -> None:
        """Refuse what no distribution is."""
        given = {name for names in _NEEDED.values() for name in names if self._has(name)}
        if given != {*_NEEDED[self.spread]}:
            raise BadQuantity.no_distribution(self.spread, _NEEDED[self.spread])
        numbers = [self.mean, self.deviation, self.least, self.mode, self.most, *self.values]
        for number in numbers:
            if number is not None and number < 0:
                raise BadQuantity.negative("time", number)
        ends = [each for each in (self.least, self.mode, self.most) if each is not None]
        only_zero = self.spread in {Spread.GAMMA, Spread.LOGNORMAL} and not self.mean
        if ends != sorted(ends) or only_zero:
            raise BadQuantity.no_distribution(self.spread, _NEEDED[self.spread])

    def _has(self, name: str) -> bool:
        value = getattr(self, name)
        return bool(value) if name == "values" else value is not None

    @classmethod
    def fixed(cls, minutes: Exact | float) -> Self:
        """Return the time that is always *minutes*."""
        return cls(spread=Spread.FIXED, mean=minutes)

    @property
    def average(self) -> Fraction:
        """Return the mean in minutes, whatever the family.

        Example:
            >>> Chance(spread=Spread.EMPIRICAL, values=(1, 2, 6)).average
            Fraction(3, 1)
        """
        if self.mean is not None:
            return self.mean
        numbers = self.values or tuple(
            each for each in (self.least, self.mode, self.most) if each is not None
        )
        return sum(numbers, Fraction(0)) / len(numbers)

    @property
    def variance(self) -> Fraction:
        """Return the variance in minutes squared.

        Example:
            >>> Chance(spread=Spread.UNIFORM, least=0, most=12).variance
            Fraction(12, 1)
            >>> Chance(spread=Spread.TRIANGULAR, least=0, mode=0, most=6).variance
            Fraction(2, 1)
        """
        zero = Fraction(0)
        low, mode, high = (zero if x is None else x for x in (self.least, self.mode, self.most))
        match self.spread:
            case Spread.FIXED:
                return zero
            case Spread.EXPONENTIAL:
                return self.average**2
            case Spread.GAMMA | Spread.LOGNORMAL:
                return zero if self.deviation is None else self.deviation**2
            case Spread.UNIFORM:
                return (high - low) ** 2 / 12
            case Spread.TRIANGULAR:
                sums = low**2 + mode**2 + high**2 - low * mode - low * high - mode * high
                return sums / 18
            case Spread.EMPIRICAL:
                squares = sum((each**2 for each in self.values), zero) / len(self.values)
                return squares - self.average**2
