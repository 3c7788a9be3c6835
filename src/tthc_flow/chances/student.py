"""Student's t: the point that is passed, up or down, in one sample of twenty."""

from __future__ import annotations

from math import cos, exp, pi, sqrt
from statistics import NormalDist
from typing import Final

_TWO_TAILED: Final = 0.05
_TINY: Final = 0.002


def student(freedom: float) -> float:
    """Return the point that Student's t exceeds, up or down, in 5 % of samples.

    Example:
        >>> [round(student(each), 3) for each in (1, 4, 30)]
        [12.706, 2.776, 2.042]

    Source: Hill, CACM 13 (1970), algorithm 396; exact for 1 and 2, right in six digits above 4.
    """
    if freedom <= 1:
        return cos(_TWO_TAILED * pi / 2) / sqrt(1 - cos(_TWO_TAILED * pi / 2) ** 2)
    if freedom == 2:  # noqa: PLR2004 - the closed form
        return sqrt(2 / (_TWO_TAILED * (2 - _TWO_TAILED)) - 2)
    a = 1 / (freedom - 0.5)
    b = 48 / (a * a)
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * freedom
    x = d * _TWO_TAILED
    y = x ** (2 / freedom)
    if y > _TWO_TAILED + a:
        x = NormalDist().inv_cdf(_TWO_TAILED / 2)
        y = x * x
        if freedom < 5:  # noqa: PLR2004 - Hill's own limit
            c += 0.3 * (freedom - 4.5) * (x + 0.6)
        c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = a * y * y
        y = exp(y) - 1 if y > _TINY else 0.5 * y * y + y
    else:
        y = (
            (
                1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3)
                + 0.5 / (freedom + 4)
            )
            * y
            - 1
        ) * (freedom + 1) / (freedom + 2) + 1 / y
    return sqrt(freedom * y)
