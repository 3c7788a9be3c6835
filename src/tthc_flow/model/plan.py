"""A plan: the chosen candidates, what they do together, and the proof that the result works."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from attrs import converters, field, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.model.law import Authority, LegalBasis
from tthc_flow.model.lever import Candidate, Effect, Precondition, Verdict
from tthc_flow.model.procedure import CostMethod, Procedure
from tthc_flow.model.source import Source
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


class Objective(StrEnum):
    """What a plan makes as small as can be, before anything else.

    ``STRUCTURE`` needs no times: hand-offs first, then performers, hand-overs between levels of
    government, visits of the applicant.
    """

    TIME = "time"
    COST = "cost"
    HAND_OFFS = "hand_offs"
    PERFORMERS = "performers"
    LEVELS = "levels"
    VISITS = "visits"
    RISK = "risk"
    STRUCTURE = "structure"


@frozen(kw_only=True)
class Targets:
    """The cuts asked for, as shares of "before" (0.3 is 30 %); ``None``: as much as possible.

    *cost_method* is the one by which the cost is counted; *hand_offs* how many may be left at most;
    *risk* the budget in points (see :mod:`tthc_flow.proof.gates.risk`).

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
    cost_method: CostMethod = CostMethod.TT02_2017
    hand_offs: int | None = None
    risk: Fraction | None = field(default=None, converter=converters.optional(exact))


ANY_AUTHORITY = frozenset(Authority)


@frozen(kw_only=True)
class Wishes:
    """What whoever plans wants besides the targets.

    *objective* is what is made small first; ``None``: the time where every step has one, else the
    structure, as of a time that is known in part only the known part could be made small.
    *pinned* and *forbidden* are candidate ids, *reasons* why, by candidate id; *authority* says
    whose changes may be chosen (the province's own only, say).

    Example:
        >>> wishes = Wishes(objective=Objective.HAND_OFFS, forbidden=("drop_relay:Step_4",),
        ...                 reasons=(("drop_relay:Step_4", "trials until June"),))
        >>> wishes.reason("drop_relay:Step_4")
        'trials until June'
    """

    objective: Objective | None = None
    pinned: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    authority: frozenset[Authority] = ANY_AUTHORITY

    def reason(self, candidate: str) -> str:
        """Return why *candidate* is pinned or forbidden; empty where nobody said."""
        return dict(self.reasons).get(candidate, "")


def _told(measured: Effect | Callable[[], Effect]) -> Effect:
    return measured if isinstance(measured, Effect) else measured()


@frozen(kw_only=True)
class Offer:
    """A candidate with its own effect, measured by applying it alone.

    *measured* is the effect, or what works it out: that is done once, when it is first asked for.
    """

    candidate: Candidate
    measured: Effect | Callable[[], Effect] = field(eq=_told, repr=lambda each: repr(_told(each)))

    @cached_property
    def effect(self) -> Effect:
        """Return what the candidate changes when it is applied alone: before minus after."""
        return _told(self.measured)


@frozen(kw_only=True)
class Binding:
    """What keeps the plan from more: an offer of the final flow, and the conditions that bar it.

    Its effect is what it would cut besides all that the plan applies.
    """

    offer: Offer
    conditions: tuple[Precondition, ...]


@frozen(kw_only=True)
class Attribution:
    """What one applied change does: *alone*, and *marginal*, given all the others.

    *alone* is ``None`` for a change that only others made possible.
    """

    candidate: str
    alone: Effect | None
    marginal: Effect


@frozen(kw_only=True)
class Tradeoff:
    """One point of the frontier: what is chosen, and the figures re-measured on that flow."""

    minutes: Fraction | None
    cost: Fraction | None
    risk: Fraction | None
    hand_offs: int
    chosen: tuple[str, ...]


class WhyNot(StrEnum):
    """Why a candidate that may be applied was not chosen."""

    CLASHES = "clashes"
    NEEDS_ABSENT = "needs-absent"
    SAVES_NOTHING = "saves-nothing"
    OVER_RISK = "over-risk"
    FORBIDDEN = "forbidden"
    OTHER_AUTHORITY = "other-authority"
    BREAKS_LAW = "breaks-law"


@frozen(kw_only=True)
class NotChosen:
    """A candidate that passes and is not in the plan; *beside* are the chosen ones in its way."""

    candidate: str
    why: WhyNot
    beside: tuple[str, ...] = ()


@frozen(kw_only=True)
class Reason:
    """One reason why a step stays as it is: a code of the texts, its values, the text behind it."""

    code: str
    values: tuple[tuple[str, str], ...] = ()
    rule: LegalBasis | None = None
    source: Source | None = None


@frozen(kw_only=True)
class Untouched:
    """A step that no applied change touches, and why; the strongest reason first."""

    step: str
    reasons: tuple[Reason, ...]


@frozen(kw_only=True)
class Bound:
    """What keeps the plan from a target: one constraint, and what lifting it would reach.

    *minutes*, *cost* and *hand_offs* are what the best plan would have without it: norm time,
    đồng a year by the named method, hand-overs; *reaches* whether the asked targets would be met
    then, ``None`` where that cannot be known.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()
    minutes: Fraction | None = None
    cost: Fraction | None = None
    hand_offs: int | None = None
    reaches: bool | None = None


@frozen(kw_only=True)
class Explanation:
    """Why a plan is as it is.

    *binding* is what keeps it from more, what gains the most first; *attributions* what each
    applied change does; *bounds* what keeps it from a target; *frontier* what else can be had,
    the shortest first.
    """

    binding: tuple[Binding, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    bounds: tuple[Bound, ...] = ()
    frontier: tuple[Tradeoff, ...] = ()


@frozen(kw_only=True)
class Plan:
    """The best set for the targets, re-measured on the final flow.

    *offers* are all candidates of the original flow, with their effects alone; *applied* those
    that were chosen, in the order they were applied. *reached* is ``None`` where the cut of an
    asked target cannot be known. *optimal*: the choice was proven to be the best there is, for the
    *objective* that was wished for or, without a wish, taken. *explain* works out the explanation,
    which is done once, when it is first asked for.
    """

    before: Procedure
    after: Procedure
    offers: tuple[Offer, ...]
    applied: tuple[Candidate, ...]
    proofs: tuple[Proof, ...]
    targets: Targets
    reached: bool | None
    wishes: Wishes = Wishes()
    not_chosen: tuple[NotChosen, ...] = ()
    untouched: tuple[Untouched, ...] = ()
    objective: Objective = Objective.TIME
    optimal: bool = False
    explain: Callable[[], Explanation] = field(default=Explanation, eq=False, repr=False)

    @cached_property
    def explanation(self) -> Explanation:
        """Return why the plan is as it is."""
        return self.explain()
