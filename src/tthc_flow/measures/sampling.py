"""From which share on inspecting a sample after the grant costs less than checking every case.

With the share p of cases inspected afterwards, the share r of cases that the check before the
grant would have stopped, and the harm h of a wrong grant, sampling costs
p·after + fixed + r·(1 − p)·h a case, and checking every one costs *before*. Where both checks cost
the same and nothing is fixed, p drops out: sampling then pays at any share below the whole, or at
none.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.units import exact

if TYPE_CHECKING:
    from tthc_flow.units import Exact


class Pays(StrEnum):
    """At which shares a sample costs less than checking every case."""

    ALWAYS = "always"
    NEVER = "never"
    BELOW = "below"
    ABOVE = "above"


@frozen(kw_only=True)
class BreakEven:
    """Where sampling begins to cost less: *pays* says on which side of *share*, 0 to 1.

    At the share itself both cost the same. With ``ALWAYS`` and ``NEVER`` the share is the end of
    the range (1 and 0): no share costs the same, or none but an end.
    """

    pays: Pays
    share: Fraction


def break_even(
    before: Exact | None,
    after: Exact | None,
    rejected: Exact | None,
    harm: Exact | None,
    fixed: Exact | None = 0,
) -> BreakEven | None:
    """Return at which shares a sample after the grant costs less than checking every case.

    The general form is p* = (before − fixed − rejected·harm) / (after − rejected·harm). Where a
    check afterwards costs more than the harm it may find, sampling pays below p*; where it costs
    less, above it.

    Args:
        before: Cost of one check before the grant, in đồng.
        after: Cost of one check after the grant, in đồng.
        rejected: Share of the cases that the check before the grant stops, 0 to 1.
        harm: Cost of one wrong grant, in đồng. It says nothing where nothing is rejected.
        fixed: What sampling costs a case besides, whatever the share (registers, warning systems).

    Returns:
        The side and the share, or ``None`` where an input that counts is unknown.

    Raises:
        BadQuantity: TF102 for an amount below zero, TF109 for a share that is none.

    Example:
        >>> break_even(before=800, after=1000, rejected="1/10", harm=2000)
        BreakEven(pays=<Pays.BELOW: 'below'>, share=Fraction(3, 4))
        >>> break_even(before=1000, after=1000, rejected="1/10", harm=20_000).pays
        <Pays.NEVER: 'never'>

    Source: derived for this project from p·cost + rejected·(1 − p)·harm < cost of checking all.
    """
    stopped = _share("rejected", rejected)
    risk = Fraction(0) if stopped == 0 else _times(stopped, _amount("harm", harm))
    one, other, besides = (
        _amount(name, value)
        for name, value in (("before", before), ("after", after), ("fixed", fixed))
    )
    if one is None or other is None or besides is None or risk is None:
        return None
    left, slope = one - besides - risk, other - risk
    if slope == 0:
        return _end(always=left > 0)
    share = left / slope
    if slope > 0:
        if 0 < share <= 1:
            return BreakEven(pays=Pays.BELOW, share=share)
        return _end(always=share > 1)
    if 0 <= share < 1:
        return BreakEven(pays=Pays.ABOVE, share=share)
    return _end(always=share < 0)


def bearable_harm(
    before: Exact | None,
    after: Exact | None,
    rejected: Exact | None,
    share: Exact | None,
    fixed: Exact | None = 0,
) -> Fraction | None:
    """Return how much a wrong grant may cost before a sample of *share* is the dearer way.

    What a wrong grant costs is seldom known; whether it is more than an amount may well be.

    Args:
        before: Cost of one check before the grant, in đồng.
        after: Cost of one check after the grant, in đồng.
        rejected: Share of the cases that the check before the grant stops, 0 to 1.
        share: Share of the cases inspected afterwards, 0 to 1.
        fixed: What sampling costs a case besides.

    Returns:
        The amount in đồng, 0 where sampling is dearer whatever the harm; ``None`` where an input
        is unknown or no wrong grant is left unseen, so that no harm makes a difference.

    Raises:
        BadQuantity: TF102 for an amount below zero, TF109 for a share that is none.

    Example:
        >>> bearable_harm(before=1000, after=1000, rejected="1/10", share="1/5")
        Fraction(10000, 1)

    Source: the same inequality, solved for the harm.
    """
    stopped, sampled = _share("rejected", rejected), _share("share", share)
    one, other, besides = (
        _amount(name, value)
        for name, value in (("before", before), ("after", after), ("fixed", fixed))
    )
    if stopped is None or sampled is None or one is None or other is None or besides is None:
        return None
    unseen = stopped * (1 - sampled)
    if unseen == 0:
        return None
    return max(Fraction(0), (one - besides - sampled * other) / unseen)


def _end(*, always: bool) -> BreakEven:
    if always:
        return BreakEven(pays=Pays.ALWAYS, share=Fraction(1))
    return BreakEven(pays=Pays.NEVER, share=Fraction(0))


def _times(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one * other


def _amount(name: str, value: Exact | None) -> Fraction | None:
    if value is None:
        return None
    amount = exact(value)
    if amount < 0:
        raise BadQuantity.negative(name, value)
    return amount


def _share(name: str, value: Exact | None) -> Fraction | None:
    if value is None:
        return None
    share = exact(value)
    if not 0 <= share <= 1:
        raise BadQuantity.no_share(name, value)
    return share
