"""Outcomes: whatever could come out for the applicant before can still come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import live, view
from tthc_flow.model.flow import Event, EventPosition, Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

NAME: Final = "outcomes"
_FOR_THE_APPLICANT: Final = frozenset(
    {Outcome.GRANT, Outcome.REFUSE, Outcome.SUPPLEMENT, Outcome.WITHDRAW}
)


def outcomes(before: Procedure, after: Procedure) -> Proof:
    """Return whether every outcome reachable in *before* is reachable in *after*.

    Grant, refuse, supplement and withdraw count; rework inside the agencies does not. An end
    that says no outcome and is gone makes the verdict unknown.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> outcomes(empty, empty).verdict
        <Verdict.PASS: 'pass'>

    Source: domain rule of this project: preserved by every rewrite.
    """
    had, silent = _reachable(before.flow)
    has, still = _reachable(after.flow)
    for outcome in Outcome:
        if outcome in had and outcome not in has:
            because = (("outcome", outcome.value),)
            return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=had[outcome])
    gone = [end for end in silent if end not in still]
    if gone:
        return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=(("end", gone[0]),))
    return Proof(name=NAME, verdict=Verdict.PASS)


@remembered
def _reachable(flow: Flow) -> tuple[dict[Outcome, tuple[str, ...]], tuple[str, ...]]:
    """Return where each outcome is reached, and the reachable ends that say none."""
    there = live(view(flow))
    found: dict[Outcome, tuple[str, ...]] = {}
    silent = []
    for node in flow.nodes:
        if isinstance(node, Event) and node.position is EventPosition.END and node.id in there:
            if node.outcome is None:
                silent.append(node.id)
            else:
                found.setdefault(node.outcome, (node.id,))
    for edge in flow.edges:
        if edge.outcome is not None and edge.source in there:
            found.setdefault(edge.outcome, (edge.source, edge.target))
    kept = {outcome: where for outcome, where in found.items() if outcome in _FOR_THE_APPLICANT}
    return kept, tuple(silent)
