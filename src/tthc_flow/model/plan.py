"""A plan: the chosen candidates, what they do together, and the proof that the result works."""

from __future__ import annotations

from fractions import Fraction

from attrs import converters, field, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.model.lever import Candidate, Effect, Precondition, Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.units import exact


@frozen(kw_only=True)
class Proof:
    """One law that a rewritten flow must keep: its name, verdict, and a counter-example."""

    name: str
    verdict: Verdict
    because: tuple[tuple[str, str], ...] = ()
    trace: tuple[str, ...] = ()


def _a_share(_instance: object, attribute: object, value: Fraction | None) -> None:
    if value is not None and not 0 <= value <= 1:
        raise BadQuantity.no_share(getattr(attribute, "name", "value"), value)


@frozen(kw_only=True)
class Targets:
    """The cuts asked for, as shares of "before" (0.3 is 30 %); ``None``: as much as possible.

    Raises:
        BadQuantity: TF101 for what is no number, TF109 for what is no share.

    Example:
        >>> Targets(time=0.3).time
        Fraction(3, 10)
    """

    time: Fraction | None = field(
        default=None, converter=converters.optional(exact), validator=_a_share
    )
    cost: Fraction | None = field(
        default=None, converter=converters.optional(exact), validator=_a_share
    )


@frozen(kw_only=True)
class Offer:
    """A candidate with its own effect, measured by applying it alone."""

    candidate: Candidate
    effect: Effect


@frozen(kw_only=True)
class Binding:
    """What keeps the plan from more: an offer of the final flow, and the conditions that bar it.

    Its effect is what it would cut besides all that the plan applies.
    """

    offer: Offer
    conditions: tuple[Precondition, ...]


@frozen(kw_only=True)
class Plan:
    """The best set for the targets, re-measured on the final flow.

    *offers* are all candidates of the original flow, with their effects alone; *applied* those
    that were chosen, in the order they were applied. *reached* is ``None`` where the cut of an
    asked target cannot be known.
    """

    before: Procedure
    after: Procedure
    offers: tuple[Offer, ...]
    applied: tuple[Candidate, ...]
    proofs: tuple[Proof, ...]
    targets: Targets
    reached: bool | None
    binding: tuple[Binding, ...] = ()
