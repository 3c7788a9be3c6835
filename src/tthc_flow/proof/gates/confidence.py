"""How far the evidence of a candidate carries: stated facts, printed words, or an assumption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.lever import Confidence

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step


def confidence_of(procedure: Procedure, *steps: Step) -> Confidence:
    """Return how far what is known of *steps* carries; the weakest of them counts.

    ``ASSUMED`` where the drawing of one of them had to be assumed, ``STATED`` where what each
    reads and writes was stated, else ``READ``: kinds and performers come from printed words.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> known = Step(id="a", name="A", reads=frozenset({"Đơn"}), writes=frozenset())
        >>> given = Procedure(flow=Flow(id="p", nodes=(known,)))
        >>> confidence_of(given, known).value, confidence_of(given, Step(id="b", name="B")).value
        ('stated', 'read')
    """
    ids = {step.id for step in steps}
    if any(doubt.element in ids for doubt in procedure.assumptions):
        return Confidence.ASSUMED
    stated = all(step.reads is not None and step.writes is not None for step in steps)
    return Confidence.STATED if steps and stated else Confidence.READ
