"""Gates on a comparison: what a script requires; what is unknown is never taken for enough."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.measures.matching import match_nodes
from tthc_flow.model.finding import Severity
from tthc_flow.model.procedure import CostMethod

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.model.finding import Finding


@frozen(kw_only=True)
class Gate:
    """One requirement and its verdict: ``time``, ``cost``, ``hand_offs`` or ``findings``.

    *required* and *cut* are exact shares, *cut* is ``None`` where it is unknown; of hand-offs
    *required* is how many there may be at most, and *left* how many are counted. *missing* names
    what would have to be known (steps without a time or performer, inputs of the cost), *method*
    how the cost was counted. *findings* are those that came with "after".
    """

    name: str
    passed: bool
    required: Fraction | None = None
    cut: Fraction | None = None
    left: int | None = None
    missing: tuple[str, ...] = ()
    method: CostMethod | None = None
    findings: tuple[Finding, ...] = ()


def gates(
    found: Comparison,
    time: Fraction | None = None,
    cost: Fraction | None = None,
    new: Iterable[Finding] | None = None,
    *,
    hand_offs: int | None = None,
    method: CostMethod = CostMethod.TT02_2017,
) -> tuple[Gate, ...]:
    """Return the verdict on each thing that is required of *found*.

    Args:
        found: The comparison.
        time: The least cut in norm time, as an exact share.
        cost: The least cut in the yearly compliance cost.
        new: The findings that came with "after", where none may; see :func:`new_findings`.
        hand_offs: How many hand-offs there may be "after", at most.
        method: How the cost is counted.

    Example:
        >>> from fractions import Fraction
        >>> from tthc_flow.measures.comparison import comparison
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> [each.passed for each in gates(comparison(empty, empty), time=Fraction(3, 10))]
        [False]

    Source: domain rule of this project: an unknown cut is not enough.
    """
    judged = []
    if time is not None:
        sides = (found.before, found.after)
        open_times = dict.fromkeys(each for side in sides for each in side.unknown_times)
        judged.append(_gate("time", time, found.time_cut, tuple(open_times)))
    if cost is not None:
        counted = next(each for each in found.benefits if each.method is method)
        gate = _gate("cost", cost, counted.rate, counted.missing)
        judged.append(evolve(gate, method=method))
    if hand_offs is not None:
        left, unsaid = found.after.hand_offs, found.after.without_performer
        judged.append(
            Gate(
                name="hand_offs",
                passed=left <= hand_offs and not unsaid,
                required=Fraction(hand_offs),
                left=left,
                missing=unsaid if left <= hand_offs else (),
            )
        )
    if new is not None:
        came = tuple(new)
        judged.append(Gate(name="findings", passed=not came, findings=came))
    return tuple(judged)


def _gate(name: str, required: Fraction, cut: Fraction | None, missing: tuple[str, ...]) -> Gate:
    passed = cut is not None and cut >= required
    lacking = missing if cut is None else ()
    return Gate(name=name, passed=passed, required=required, cut=cut, missing=lacking)


def new_findings(
    found: Comparison, before: Iterable[Finding], after: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Return the findings of *after* that *before* has not: same code, at the same element.

    Elements are the same where the comparison matches them, whatever their ids; a code without an
    element counts as often as it is there. Remarks (``INFO``) are no reason to stop.

    Example:
        >>> from tthc_flow.measures.comparison import comparison
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> new_findings(comparison(empty, empty), (), ())
        ()

    Source: domain rule of this project.
    """
    one, two = (each.flow for each in found.procedures)
    matched = match_nodes(one, two).to_before
    names = {two.id: one.id, **matched}
    known = Counter((each.code, each.element) for each in before)
    came = []
    for each in after:
        place = each.code, None if each.element is None else names.get(each.element, each.element)
        if known[place]:
            known[place] -= 1
        elif each.severity is not Severity.INFO:
            came.append(each)
    return tuple(came)
