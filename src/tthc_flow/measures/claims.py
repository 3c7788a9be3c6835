"""A published cut held against its own figures: as printed, or what contradicts what.

Published tables mix units ("25 ngày → 17,5 ngày làm việc"), state a saving that is not the
difference of the times beside it ("giảm 05 ngày", 17 → 10), and round or cut off percentages and
large amounts. A figure that contradicts itself is named, never mended.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.measures.aggregate import Printed, cut, printed_as
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.units import CONVENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.units import Dong, Duration

_MILLION: Final = 1_000_000


@frozen(kw_only=True)
class Claim:
    """A cut as it was published; what is not printed is ``None``.

    *share* is the percentage as printed ("33,33"); *saved* and *saved_cost* are what the text says
    was cut.
    """

    id: str
    before: Duration | None = None
    after: Duration | None = None
    saved: Duration | None = None
    share: str | None = None
    cost_before: Dong | None = None
    cost_after: Dong | None = None
    saved_cost: Dong | None = None
    cost_share: str | None = None


def contradictions(claim: Claim) -> tuple[Finding, ...]:
    """Return what in *claim* does not fit together; nothing where it comes out as printed.

    Codes: ``claim-units-mixed`` (the two times are in different units: the cut hangs on the
    convention, and the finding gives it under each), ``claim-saved-differs``,
    ``claim-share-differs``, ``claim-cost-saved-differs``, ``claim-cost-share-differs``.

    Example:
        >>> from tthc_flow.units import Duration, TimeUnit
        >>> days = [Duration(amount=each, unit=TimeUnit.DAY) for each in (17, 10, 5)]
        >>> claim = Claim(id="x", before=days[0], after=days[1], saved=days[2])
        >>> [each.code for each in contradictions(claim)]
        ['claim-saved-differs']

    Source: published reforms print both rounded and truncated shares.
    """
    return (*_of_time(claim), *_of_cost(claim))


def _of_time(claim: Claim) -> Iterator[Finding]:
    before, after = claim.before, claim.after
    if before is None or after is None:
        return
    if before.unit is not after.unit:
        yield _found(claim, "claim-units-mixed", cuts="; ".join(_cuts(before, after)))
        return
    saved = claim.saved
    if saved is not None and saved.amount != before.amount - after.amount:
        real = before.amount - after.amount
        yield _found(claim, "claim-saved-differs", stated=_said(saved.amount), real=_said(real))
    yield from _of_share(claim, "claim-share-differs", claim.share, before.amount, after.amount)


def _cuts(before: Duration, after: Duration) -> Iterator[str]:
    """Yield the cut under each convention that can tell it, as text."""
    for convention in CONVENTIONS:
        one, two = convention.minutes(before), convention.minutes(after)
        share = None if one is None or two is None else cut(one, two)
        if share is not None:
            yield f"{convention.name}: {_percent(share)} %"


def _of_cost(claim: Claim) -> Iterator[Finding]:
    before, after, saved = claim.cost_before, claim.cost_after, claim.saved_cost
    if before is None or after is None:
        return
    real = (before - after).amount
    if saved is not None and not _is_printed_of(saved.amount, real):
        yield _found(
            claim, "claim-cost-saved-differs", stated=_said(saved.amount), real=_said(real)
        )
    share = claim.cost_share
    yield from _of_share(claim, "claim-cost-share-differs", share, before.amount, after.amount)


def _of_share(
    claim: Claim, code: str, printed: str | None, before: Fraction, after: Fraction
) -> Iterator[Finding]:
    share = cut(before, after)
    if printed is not None and share is not None and printed_as(share, printed) is Printed.NEITHER:
        yield _found(claim, code, stated=printed, real=_percent(share))


def _is_printed_of(printed: Fraction, real: Fraction) -> bool:
    """Return whether *printed* is *real*, or that in whole millions or more, as tables print it."""
    step = 1
    while printed and printed % (10 * step) == 0:
        step *= 10
    if step < _MILLION:
        return printed == real
    return printed in {real // step * step, (real + Fraction(step, 2)) // step * step}


def _found(claim: Claim, code: str, **values: str) -> Finding:
    told = (("claim", claim.id), *values.items())
    return Finding(code=code, severity=Severity.WARNING, element=claim.id, values=told)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.2f}".replace(".", ",")


def _said(amount: Fraction) -> str:
    return f"{float(amount):g}".replace(".", ",")
