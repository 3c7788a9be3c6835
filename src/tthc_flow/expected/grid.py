"""The time of a whole on a grid of equal steps, in the frequency domain.

One after the other is a product, a choice a sum, a loop 1 / (1 - it); both at once is a product of
the cumulated shares, in the time domain. What is later than the grid would come back at its
beginning: each point is weighed less than the one before, so that what comes back is next to
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from tthc_flow.chances.masses import masses
from tthc_flow.expected.beside import Lasting, later, left, reduced
from tthc_flow.expected.moments import Moments, of_chance
from tthc_flow.expected.within import masses_within, within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from tthc_flow.chances.gamma import Numbers
    from tthc_flow.model.chance import Chance

    Frequencies: TypeAlias = NDArray[np.complex128]

_COMES_BACK: Final = 1e-6
"""The weight at the end of the grid: of the tail, only this part comes back."""


@frozen
class Wave:
    """A time in the frequency domain, with its moments, which no grid makes less exact."""

    moments: Moments
    heights: Frequencies | float


@frozen
class Grid:
    """Reckons with times on *count* points, *width* minutes apart; *count* is a power of two."""

    times: Mapping[str, Chance]
    width: float
    count: int
    _known: dict[Chance, Wave] = field(factory=dict, init=False)
    _weights: Numbers = field(init=False, eq=False, repr=False)

    @_weights.default
    def _lighter_and_lighter(self) -> Numbers:
        import numpy as np

        return np.asarray(_COMES_BACK ** (np.arange(self.count) / self.count))

    def share(self, share: float) -> Wave:
        """Return no time, with a probability."""
        return Wave(Moments(share), share)

    def part(self, element: str) -> Wave:
        """Return the time of an element."""
        chance = self.times[element]
        if chance not in self._known:
            heights = self.forth(masses(chance, self.width, self.count))
            self._known[chance] = Wave(of_chance(chance), heights)
        return self._known[chance]

    def within(self, element: str, minutes: Fraction) -> Wave:
        """Return the time of an element where it is over by *minutes*."""
        chance = self.times[element]
        heights = self.forth(masses_within(chance, minutes, self.width, self.count))
        return Wave(within(chance, minutes), heights)

    def row(self, one: Wave, two: Wave) -> Wave:
        """Return one after the other."""
        return Wave(one.moments * two.moments, one.heights * two.heights)

    def either(self, one: Wave, two: Wave) -> Wave:
        """Return the one or the other."""
        return Wave(one.moments + two.moments, one.heights + two.heights)

    def again(self, each: Wave) -> Wave:
        """Return any number in a row."""
        return Wave(each.moments.again(), 1 / (1 - each.heights))

    def both(self, one: Wave, two: Wave) -> Wave:
        """Return both at once; the mean is what both take less the shorter of them."""
        import numpy as np

        over = [np.cumsum(self.back(each.heights)) for each in (one, two)]
        open_ = (1 - over[0]) * (1 - over[1])
        places = np.arange(self.count)
        shorter = self.width * float(open_.sum())
        shorter_square = self.width**2 * float(((places + 1 / 2) * open_).sum())
        moments = Moments(
            1.0,
            one.moments.mean + two.moments.mean - shorter,
            one.moments.second / one.moments.share
            + two.moments.second / two.moments.share
            - shorter_square,
        )
        return Wave(moments, self.forth(np.diff(over[0] * over[1], prepend=0.0)))

    def beside(self, work: Wave, ways: Sequence[tuple[Wave, Wave]]) -> Wave:
        """Return work beside a branch that stops its clock: what is later, but for the stop."""
        import numpy as np

        over = np.cumsum(self.back(work.heights))
        moments, shares = Moments(0.0), np.zeros(self.count)
        for counted, stood in ways:
            stops = self.back(stood.heights)
            rest = Lasting(reduced(work.moments, over, stops, self.width), left(over, stops))
            mine = Lasting(counted.moments, np.cumsum(self.back(counted.heights)))
            moments += later(mine, rest, self.width)
            shares += mine.over * rest.over
        return Wave(moments, self.forth(np.diff(shares, prepend=0.0)))

    def forth(self, shares: Numbers) -> Frequencies:
        """Return the shares of the points in the frequency domain."""
        import numpy as np

        return np.asarray(np.fft.rfft(shares * self._weights))

    def back(self, heights: Frequencies | float) -> Numbers:
        """Return the shares of the points."""
        import numpy as np

        whole = np.broadcast_to(np.asarray(heights, dtype=complex), self.count // 2 + 1)
        return np.asarray(np.fft.irfft(whole, self.count) / self._weights)
