"""Which sequence flows a token leaves over, by the conditions and the data of the case."""

from __future__ import annotations

from collections.abc import Mapping

from tthc_flow.engine.places import Arc, Leave, Place
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import Value


def decide(place: Place, data: Mapping[str, Value]) -> tuple[tuple[Arc, ...] | None, str]:
    """Return the flows *place* is left over by its conditions, or ``None`` and the reason.

    A flow without a condition of ours leaves the decision to a person: it is never guessed.
    The conditions of an exclusive gateway are tried in file order.
    """
    open_ones = [arc for arc in place.arcs if not arc.default and not arc.always]
    if place.leave is Leave.FIRST_EVENT:
        return None, "run-waits-for-event"
    if any(arc.condition is None for arc in open_ones):
        return None, "run-waits-for-choice"
    chosen = [arc for arc in place.arcs if arc.always]
    for arc in open_ones:
        try:
            holds = arc.condition is not None and arc.condition.holds(data)
        except BadExpression as error:
            return None, str(error)
        if holds:
            chosen.append(arc)
            if place.leave is Leave.ONE:
                break
    if not any(not arc.always for arc in chosen):
        chosen += [arc for arc in place.arcs if arc.default]
    return (tuple(chosen), "") if chosen else (None, "run-no-condition-holds")
