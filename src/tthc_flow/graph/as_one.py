"""The facts of several steps that become one: added up, put together, and unknown where one is."""

from __future__ import annotations

from fractions import Fraction

from tthc_flow.units import Duration


def total(*durations: Duration | None) -> Duration | None:
    """Return the sum of *durations* of one unit; unknown where one is unknown or units differ.

    Example:
        >>> from tthc_flow.units import TimeUnit
        >>> day, hour = (Duration(amount=1, unit=each) for each in (TimeUnit.DAY, TimeUnit.HOUR))
        >>> total(day, day).amount, total(day, hour), total(day, None)
        (Fraction(2, 1), None, None)
    """
    known = [duration for duration in durations if duration is not None]
    units = {duration.unit for duration in known}
    if len(known) < len(durations) or len(units) != 1:
        return None
    at_least = None
    if any(duration.at_least is not None for duration in known):
        at_least = sum((d.amount if d.at_least is None else d.at_least for d in known), Fraction(0))
    amount = sum((duration.amount for duration in known), Fraction(0))
    return Duration(amount=amount, unit=known[0].unit, at_least=at_least)


def together(*sets: frozenset[str] | None) -> frozenset[str] | None:
    """Return the union of *sets*; unknown where one is.

    Example:
        >>> sorted(together(frozenset("a"), frozenset("b"))), together(frozenset("a"), None)
        (['a', 'b'], None)
    """
    known = [each for each in sets if each is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def any_of(*values: bool | None) -> bool | None:
    """Return whether one of *values* is true; unknown where none is and one is unknown.

    Example:
        >>> any_of(None, True), any_of(False, None), any_of(False, False)
        (True, None, False)
    """
    if True in values:
        return True
    return None if None in values else False
