"""What a change is worth under an objective, to tell the weightier ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tthc_flow.model.plan import Objective

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.model.lever import Effect

Gain: TypeAlias = "tuple[Fraction | int, ...]"


def gain(effect: Effect, objective: Objective) -> Gain:
    """Return what *effect* is worth under *objective*; the larger, the better.

    What is not known gains nothing that could be told.

    Args:
        effect: What a change saves.
        objective: What is made small first.

    Example:
        >>> from tthc_flow.model.lever import Effect
        >>> some = (Effect(steps=3), Effect(hand_offs=1), Effect(visits=1))
        >>> [each.hand_offs for each in sorted(some, key=lambda e: gain(e, Objective.STRUCTURE))]
        [0, 0, 1]

    Source: domain rule of this project: without times, hand-offs come first, then performers,
        levels and visits.
    """
    minutes: Fraction | int = effect.minutes or 0
    hands, performers = effect.hand_offs, effect.performers
    levels, visits, steps = effect.levels, effect.visits, effect.steps
    match objective:
        case Objective.TIME | Objective.RISK:
            return (minutes,)
        case Objective.COST:
            return effect.cost or 0, minutes
        case Objective.HAND_OFFS:
            return hands, minutes, steps
        case Objective.PERFORMERS:
            return performers, minutes, hands, steps
        case Objective.LEVELS:
            return levels, minutes, hands, steps
        case Objective.VISITS:
            return visits, minutes, hands, steps
        case Objective.STRUCTURE:
            return hands, performers, levels, visits, steps, minutes
