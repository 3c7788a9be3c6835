"""How the time of a whole is made of those of its parts: the process tree, a list of makings.

Each making refers to earlier ones by their number, so that a part that several ways share stands
there once. A tree is made once and then worked out with moments, or on any grid of times.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = TypeVar("Value")

ALWAYS: Final = 0
"""The making of what takes no time and always happens: the first of every tree."""


@frozen
class Share:
    """No time, with a probability: a way of a choice."""

    share: Fraction


@frozen
class Part:
    """The time of an element."""

    element: str


@frozen
class Within:
    """The time of an element where it is over by so many minutes, with that probability."""

    element: str
    minutes: Fraction


@frozen
class Stood:
    """The time of an element during which the clock of the whole dossier stands.

    *cut* says that it is broken off before its end, nobody knows after how long.
    """

    element: str
    cut: bool = False


@frozen
class Row:
    """One after the other."""

    one: int
    two: int


@frozen
class Either:
    """The one or the other, each with the probability it carries."""

    one: int
    two: int


@frozen
class Both:
    """At once: over when both are."""

    one: int
    two: int


@frozen
class Beside:
    """At once: *work* all of which counts, and a branch in which the clock stands in between.

    *ways* are what the branch may come to: what counts of it, with its probability, and how long
    the clock stands. Of the work as much does not count.
    """

    work: int
    ways: tuple[tuple[int, int], ...]


@frozen
class Again:
    """Never, once, twice … in a row: as often as the probability that it carries lets it."""

    each: int


Making: TypeAlias = Share | Part | Within | Stood | Row | Either | Both | Beside | Again


class Reckoning(Protocol[Value]):
    """What makes a value of a part, and of the values of parts that of the whole."""

    def share(self, share: float) -> Value:
        """Return the value of no time, with a probability."""

    def part(self, element: str) -> Value:
        """Return the value of the time of an element."""

    def within(self, element: str, minutes: Fraction) -> Value:
        """Return the value of the time of an element where it is over by *minutes*."""

    def row(self, one: Value, two: Value) -> Value:
        """Return the value of one after the other."""

    def either(self, one: Value, two: Value) -> Value:
        """Return the value of the one or the other."""

    def both(self, one: Value, two: Value) -> Value:
        """Return the value of both at once."""

    def beside(self, work: Value, ways: Sequence[tuple[Value, Value]]) -> Value:
        """Return the value of work beside what stops its clock (see :class:`Beside`)."""

    def again(self, each: Value) -> Value:
        """Return the value of any number in a row."""


@define
class Tree:
    """The makings so far; ``makings[0]`` is :data:`ALWAYS`."""

    makings: list[Making] = field(factory=lambda: [Share(Fraction(1))])

    def add(self, making: Making) -> int:
        """Add a making and return its number."""
        self.makings.append(making)
        return len(self.makings) - 1

    def share(self, share: Fraction) -> int:
        """Return the number of no time with a probability."""
        return ALWAYS if share == 1 else self.add(Share(share))

    def row(self, *parts: int) -> int:
        """Return the number of one after the other."""
        whole = ALWAYS
        for each in parts:
            if whole == ALWAYS:
                whole = each
            elif each != ALWAYS:
                whole = self.add(Row(whole, each))
        return whole

    def both(self, one: int, two: int) -> int:
        """Return the number of both at once; what takes no time is over before the other."""
        if ALWAYS in {one, two}:
            return max(one, two)
        return self.add(Both(one, two))

    def times(self, each: int, number: int, *, at_once: bool) -> int:
        """Return the number of *each*, *number* times in a row or all at once."""
        whole, power = ALWAYS, each
        while number and each != ALWAYS:
            if number % 2:
                whole = power if whole == ALWAYS else self._two(whole, power, at_once=at_once)
            number //= 2
            power = self._two(power, power, at_once=at_once) if number else power
        return whole

    def _two(self, one: int, two: int, *, at_once: bool) -> int:
        return self.both(one, two) if at_once else self.row(one, two)

    def last_use(self, whole: int) -> dict[int, int]:
        """Return the makings that *whole* is made of, each with the last that asks for it."""
        last = {whole: len(self.makings)}
        for number in range(whole, -1, -1):
            if number in last:
                for each in _parts(self.makings[number]):
                    last.setdefault(each, number)
        return last

    def value(self, whole: int, by: Reckoning[Value]) -> Value:
        """Return the value of *whole*; parts are forgotten when nothing asks for them again."""
        last = self.last_use(whole)
        found: dict[int, Value] = {}
        for number in sorted(last):
            making = self.makings[number]
            found[number] = _made(making, found, by)
            for each in set(_parts(making)):
                if last[each] == number:
                    del found[each]
        return found[whole]


def _parts(making: Making) -> tuple[int, ...]:
    match making:
        case Beside():
            return (making.work, *(each for way in making.ways for each in way))
        case Row() | Either() | Both():
            return making.one, making.two
        case Again():
            return (making.each,)
        case _:
            return ()


def _made(making: Making, found: dict[int, Value], by: Reckoning[Value]) -> Value:
    match making:
        case Share():
            return by.share(float(making.share))
        case Part():
            return by.part(making.element)
        case Within():
            return by.within(making.element, making.minutes)
        case Stood():  # by itself it takes none of the applicant's time
            return by.share(1.0)
        case Row():
            return by.row(found[making.one], found[making.two])
        case Either():
            return by.either(found[making.one], found[making.two])
        case Both():
            return by.both(found[making.one], found[making.two])
        case Beside():
            ways = [(found[counted], found[stood]) for counted, stood in making.ways]
            return by.beside(found[making.work], ways)
        case Again():
            return by.again(found[making.each])
