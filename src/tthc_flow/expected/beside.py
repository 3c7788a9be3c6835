"""Work whose clock is stopped from beside, on a grid: what is left of it, and the later of two.

Where work W goes on beside a branch that counts for C and stops the clock of the whole for P, the
case is over after max(C + P, W), and P of that does not count: max(C, W - P) does. C and P do not
depend on W.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.expected.moments import Moments

if TYPE_CHECKING:
    from tthc_flow.chances.gamma import Numbers


@frozen
class Lasting:
    """A time by its moments, and how likely it is *over* by each point of a grid."""

    moments: Moments
    over: Numbers


def left(over: Numbers, stops: Numbers) -> Numbers:
    """Return how likely what is left of work is over by each point, 0 where nothing is left.

    Args:
        over: How likely the work is over by each point.
        stops: How likely the clock stands for as long as each point.

    Example:
        >>> import numpy as np
        >>> left(np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 0.0])).round(9).tolist()
        [0.0, 1.0, 1.0, 1.0]

    Source: P(W - P <= t) = sum of P(P = k) P(W <= t + k), a correlation by fast transforms.
    """
    import numpy as np

    count = len(over)
    longer = np.concatenate((over, np.full(count, over[-1])))
    heights = np.fft.rfft(longer) * np.conj(np.fft.rfft(stops, 2 * count))
    found = np.fft.irfft(heights, 2 * count)[:count] + (1 - stops.sum())
    return np.asarray(np.maximum.accumulate(np.clip(found, 0.0, 1.0)))


def reduced(work: Moments, over: Numbers, stops: Numbers, width: float) -> Moments:
    """Return the moments of what is left of *work* after the stop, 0 where nothing is.

    Args:
        work: The moments of the work, which happens always.
        over: How likely it is over by each point.
        stops: How likely the clock stands for as long as each point.
        width: Minutes between two points.

    Example:
        >>> import numpy as np
        >>> over, stops = np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0, 0.0])
        >>> found = reduced(Moments(1.0, 30.0, 450.0), over, stops, 10.0)
        >>> found.mean, found.deviation
        (20.0, 0.0)

    Source: E min(W, P) = sum of P(W > u) P(P > u); W^2 / 2 less that of what is left is the sum of
        the mean of max(W - u, 0) over the stop. The tail of the work keeps its exact moments.
    """
    import numpy as np

    longer, stands = 1 - over, 1 - np.cumsum(stops)
    beyond = work.mean / width - np.concatenate(([0.0], np.cumsum(longer)[:-1]))
    first = work.first - width * float(longer @ stands)
    second = work.second - width**2 * float(stands @ (beyond - longer / 2))
    return Moments(1.0, first, second)


def later(mine: Lasting, other: Lasting, width: float) -> Moments:
    """Return the moments of the later of two; *mine* carries a probability, *other* is certain.

    Example:
        >>> import numpy as np
        >>> one = Lasting(Moments(0.5, 10.0, 100.0), np.array([0.0, 0.0, 0.5, 0.5]))
        >>> two = Lasting(Moments(1.0, 30.0, 450.0), np.array([0.0, 0.0, 0.0, 1.0]))
        >>> later(one, two, 10.0)
        Moments(share=0.5, first=15.0, second=225.0)

    Source: the later of two is both less the sooner.
    """
    import numpy as np

    share = mine.moments.share
    sooner = (share - mine.over) * (1 - other.over)
    places = np.arange(len(sooner)) + 1 / 2
    return Moments(
        share,
        mine.moments.first + share * other.moments.first - width * float(sooner.sum()),
        mine.moments.second + share * other.moments.second - width**2 * float(places @ sooner),
    )
