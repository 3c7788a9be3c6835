"""A plan: the chosen candidates, what they do together, and the proof that the result works."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from tthc_flow.model.lever import Candidate, Effect, Precondition, Verdict
from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Proof:
    """One law that a rewritten flow must keep: its name, verdict, and a counter-example."""

    name: str
    verdict: Verdict
    because: tuple[tuple[str, str], ...] = ()
    trace: tuple[str, ...] = ()


@frozen(kw_only=True)
class Targets:
    """The cuts asked for, as shares of "before" (0.3 is 30 %); ``None``: as much as possible."""

    time: Fraction | None = None
    cost: Fraction | None = None


@frozen(kw_only=True)
class Offer:
    """A candidate with its own effect, measured by applying it alone."""

    candidate: Candidate
    effect: Effect


@frozen(kw_only=True)
class Binding:
    """What keeps the plan from more: an offer, and the conditions that bar it."""

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
