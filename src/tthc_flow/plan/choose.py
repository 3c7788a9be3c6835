"""Choosing the best set of offers: an exact mixed-integer programme, solved by HiGHS.

One binary variable an offer; at most one rewrite an element; the norm time is the longest path of
the flow's acyclic order with each step's time after its rewrites. First the time is made as short
as can be, then, at that time, as many steps and hand-offs as can be are saved.

Source: longest path as linear programme (potentials on the nodes); HiGHS: Huangfu & Hall,
Mathematical Programming Computation 10 (2018), 119-142.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Final

from tthc_flow.graph.paths import acyclic, alive, longest_path
from tthc_flow.graph.view import view
from tthc_flow.measures.norm_time import timed
from tthc_flow.model.lever import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from highspy import Highs
    from highspy.highs import highs_var

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.lever import Lever
    from tthc_flow.model.plan import Offer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

_SLACK: Final = 1e-6
_HAND_OFF_WEIGHT: Final = 2
"""A saved hand-off counts as two saved steps: rows can be gamed, hand-offs cannot."""


def choose(
    procedure: Procedure,
    passing: Sequence[Offer],
    levers: Sequence[Lever],
    convention: Convention,
    together_barred: Sequence[frozenset[str]] = (),
) -> tuple[Offer, ...]:
    """Return the set of *passing* offers with the shortest norm time, then the fewest hand-offs.

    Args:
        procedure: The flow to make lighter.
        passing: Offers whose every precondition passes; others must not be handed in.
        levers: The levers behind them (their ``apply`` tells what each saves where).
        convention: The time convention.
        together_barred: Sets of candidate ids that may not all be chosen together.

    Raises:
        ValueError: An offer that does not pass was handed in.
    """
    if any(offer.candidate.verdict is not Verdict.PASS for offer in passing):
        message = "only offers that pass may be chosen"
        raise ValueError(message)
    if not passing:
        return ()
    solver = _solver()
    picks = [solver.addBinary() for _ in passing]
    _conflicts(solver, passing, picks, together_barred)
    end = _longest_path(solver, procedure, passing, picks, levers, convention)
    solver.minimize(end)
    shortest = solver.val(end)
    solver.addConstr(end <= shortest + _SLACK)
    solver.maximize(
        solver.qsum(pick * gain for pick, gain in zip(picks, gains(passing), strict=True))
    )
    chosen = [o for o, pick in zip(passing, picks, strict=True) if round(solver.val(pick))]
    return tuple(chosen)


def _solver() -> Highs:
    from highspy import Highs  # 120 ms to import, needed only to plan

    solver = Highs()  # type: ignore[no-untyped-call]  # highspy leaves it bare
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver


def gains(passing: Sequence[Offer]) -> tuple[int, ...]:
    """Return what each offer counts where the norm time is equal: steps, hand-offs and the like.

    Each offer's own effect is added up: hand-offs that only two offers together save are found by
    measuring, not here. An offer that saves nothing counts below zero. Of sets that weigh the
    same, the one that stands earlier is taken, so that the answer does not hang on the solver.
    """
    finer = len(passing) ** 2 + 1
    return tuple(
        _lightness(offer) * finer + len(passing) - place for place, offer in enumerate(passing)
    )


def _lightness(offer: Offer) -> int:
    effect = offer.effect
    light = effect.steps + _HAND_OFF_WEIGHT * effect.hand_offs + effect.documents + effect.visits
    return light if light > 0 else -1


def conflict(one: Offer, other: Offer) -> bool:
    """Return whether two offers rewrite one element, or one rewrites what the other stands on.

    Two offers may stand on one element: neither rewrites what the other looks for.
    """
    a, b = one.candidate, other.candidate
    ours, theirs = set(a.targets), set(b.targets)
    return bool(ours & theirs) or a.anchor in theirs or b.anchor in ours


def _conflicts(
    solver: Highs,
    passing: Sequence[Offer],
    picks: Sequence[highs_var],
    together_barred: Sequence[frozenset[str]],
) -> None:
    by_element: dict[str, list[int]] = {}
    for index, offer in enumerate(passing):
        for element in {*offer.candidate.targets, offer.candidate.anchor} - {None}:
            by_element.setdefault(str(element), []).append(index)
    pairs = {
        pair
        for touching in by_element.values()
        for pair in combinations(touching, 2)
        if conflict(passing[pair[0]], passing[pair[1]])
    }
    for i, j in sorted(pairs):
        solver.addConstr(picks[i] + picks[j] <= 1)
    index_of = {offer.candidate.id: index for index, offer in enumerate(passing)}
    for barred in together_barred:
        members = [picks[index_of[id_]] for id_ in sorted(barred) if id_ in index_of]
        if len(members) == len(barred):
            solver.addConstr(solver.qsum(members) <= len(members) - 1)


def _longest_path(
    solver: Highs,
    procedure: Procedure,
    passing: Sequence[Offer],
    picks: Sequence[highs_var],
    levers: Sequence[Lever],
    convention: Convention,
) -> highs_var:
    """Add the potentials of the flow's acyclic order; return the variable of the norm time."""
    flow = procedure.flow
    minutes = timed(flow, convention)
    by_id = {lever.id: lever for lever in levers}
    saved: dict[str, list[tuple[Fraction, highs_var]]] = {}
    for offer, pick in zip(passing, picks, strict=True):
        lever = by_id[offer.candidate.lever]
        takes_time = any(minutes.get(target) for target in offer.candidate.targets)
        amount = saved_alone(procedure, offer, lever, convention) if takes_time else Fraction(0)
        if amount:
            saved.setdefault(offer.candidate.targets[0], []).append((amount, pick))
    seen = view(flow)
    way, there = acyclic(seen), alive(flow)
    unbounded, ends = solver.inf, frozenset(seen.ends)
    end: highs_var = solver.addVariable(0, unbounded)
    begun = {each: solver.addVariable(-unbounded, unbounded) for each in way.order if each in there}
    entered = {target for each in begun for target in way.after[each]}
    for vertex, start in begun.items():
        if vertex not in entered:
            solver.addConstr(start >= 0)
        left = start + float(minutes.get(vertex, 0))
        for amount, pick in saved.get(vertex, []):
            left = left - float(amount) * pick
        for target in way.after[vertex]:
            solver.addConstr(begun[target] >= left)
        if vertex in ends:
            solver.addConstr(end >= left)
    return end


def saved_alone(
    procedure: Procedure, offer: Offer, lever: Lever, convention: Convention
) -> Fraction:
    """Return how much shorter the way over what an offer changes becomes, the rest at zero.

    Its effect on the whole flow would not do: off the critical path it is zero alone, but counts
    once another offer has shortened what was longer.
    """
    after = lever.apply(procedure, offer.candidate).flow
    had, has = timed(procedure.flow, convention), timed(after, convention)
    own = {each for each in had.keys() | has.keys() if had.get(each) != has.get(each)}
    own.update(offer.candidate.targets)
    return _longest(procedure.flow, had, own) - _longest(after, has, own)


def _longest(flow: Flow, weights: Mapping[str, Fraction], own: set[str]) -> Fraction:
    return longest_path(flow, {each: weights[each] for each in own & weights.keys()}).weight
