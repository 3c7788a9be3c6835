"""A simulation as a whole: of what, how, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.capacity import Capacity
    from tthc_flow.simulation.results import Outcome
    from tthc_flow.simulation.run import Settings
    from tthc_flow.simulation.stated import Stated


@frozen(kw_only=True)
class Simulation:
    """What was simulated, how, and what came out; *after* where there is something to compare.

    *after_procedures* are the changed ones and *moves* the steps given to another role, whichever
    *after* is about. *capacity* is the answer to how many people it takes, where that was asked:
    so many that at most *late_share* of the cases are late.
    """

    procedures: tuple[Procedure, ...]
    stated: Stated
    settings: Settings
    before: Outcome
    after: Outcome | None = None
    after_procedures: tuple[Procedure, ...] = ()
    moves: Mapping[str, str] = field(factory=dict)
    capacity: Capacity | None = None
    late_share: float | None = None
