"""How much is risked where a check goes: points, by a scale that is a convention of this project.

============================  ======
harm if the check is missing  points
============================  ======
low                           1
medium                        2
high                          3
============================  ======

Doubled where the harm cannot be undone; the points of several checks are added. No check removed
is 0. Where a check is removed and its harm is not known, or not whether it can be undone, the
points are unknown, never 0: a plan with a risk budget cannot count on such a change.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.model.law import Reply
from tthc_flow.model.step import Severity, StepKind
from tthc_flow.proof.gates.questions import answer_to

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

CHECKS: Final = frozenset(
    {
        StepKind.EXAMINE,
        StepKind.REEXAMINE,
        StepKind.INSPECT,
        StepKind.REVIEW,
        StepKind.OPINION,
        StepKind.COUNCIL,
        StepKind.SIGN,
    }
)
"""Work in which somebody looks at the content; handling, notices and look-ups are none."""

_POINTS: Final = {Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 3}


def risk_of(procedure: Procedure, *gone: Step) -> Fraction | None:
    """Return the points risked where the work of *gone* is no longer done by anybody.

    Whether harm can be undone is what the step says, else what was answered with a source
    (question ``harm-can-be-undone``).

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Harm, Step
        >>> look = Step(id="a", name="Thẩm định", kinds=(StepKind.EXAMINE,),
        ...             harm=Harm(severity=Severity.HIGH, reversible=False))
        >>> pass_on = Step(id="b", name="Chuyển hồ sơ", kinds=(StepKind.TRANSFER,))
        >>> given = Procedure(flow=Flow(id="p", nodes=(look, pass_on)))
        >>> risk_of(given, look), risk_of(given, pass_on)
        (Fraction(6, 1), Fraction(0, 1))

    Source: convention of this project; severity and reversibility are the two questions of the
        risk gate (NQ 68-NQ/TW, NQ 66/NQ-CP).
    """
    total = Fraction(0)
    for step in gone:
        if CHECKS.isdisjoint(step.kinds):
            continue
        if step.harm is None or step.harm.severity is None:
            return None
        undone = _can_be_undone(procedure, step, step.harm.reversible)
        if undone is None:
            return None
        total += _POINTS[step.harm.severity] * (1 if undone else 2)
    return total


def _can_be_undone(procedure: Procedure, step: Step, stated: bool | None) -> bool | None:  # noqa: FBT001 - a fact that may be unknown
    if stated is not None:
        return stated
    answer = answer_to(procedure, "harm-can-be-undone", step.id)
    known = {Reply.YES: True, Reply.NO: False}
    return None if answer is None else known.get(answer.reply)
