"""Offering with all that is told of an offer: the effects of what may not be applied too."""

from __future__ import annotations

from collections.abc import Sequence

from tthc_flow.levers import ALL
from tthc_flow.model.lever import Effect, Lever
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION


def effects(procedure: Procedure, levers: Sequence[Lever] = ALL) -> list[Effect]:
    """Return what each candidate of *levers* changes when it is applied alone."""
    return [each.effect for each in offers(procedure, levers, DEFAULT_CONVENTION)]
