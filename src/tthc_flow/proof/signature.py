"""A signature for every result: what was reached only past a signature still is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.supply import supply
from tthc_flow.model.flow import Event, EventPosition
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.graph.supply import Supply
    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure

NAME: Final = "signature"
_RESULTS: Final = frozenset({StepKind.RETURN, StepKind.ISSUE, StepKind.NUMBER_AND_STAMP})
_SIGNED: Final = 1
_UNCLEAR: Final = 2


def signature(before: Procedure, after: Procedure) -> Proof:
    """Return whether every end of the process and step that gives a result follows a signature.

    Compared with *before*: what needed none there (a refusal at the door) needs none after. A
    step of unknown kind may sign; where only such a step is lost, the verdict is unknown.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> signature(empty, empty).verdict
        <Verdict.PASS: 'pass'>

    Source: domain rule of this project: preserved by every rewrite.
    """
    had, has = _signed(before.flow), _signed(after.flow)
    doubt = None
    usual = _always_signed(before.flow, had.surely)
    for node in after.flow.nodes:
        if node.id not in has.surely or not _gives_result(node):
            continue
        known = node.id in had.surely
        if known:
            less = had.surely[node.id] & ~has.surely[node.id]
            less |= had.maybe[node.id] & ~has.maybe[node.id]
        else:
            less = _SIGNED & ~has.surely[node.id] if _sort_of(node) in usual else 0
        if less & _SIGNED:
            because = (("unsigned", node.id),)
            return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=(node.id,))
        if less & _UNCLEAR and not has.surely[node.id] & _SIGNED:
            doubt = doubt or node.id
    if doubt is not None:
        return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=(("unsigned", doubt),))
    return Proof(name=NAME, verdict=Verdict.PASS)


@remembered
def _signed(flow: Flow) -> Supply:
    marks = {
        step.id: _UNCLEAR if not step.kinds else _SIGNED
        for step in flow.steps
        if not step.kinds or StepKind.SIGN in step.kinds
    }
    return supply(flow, marks)


def _gives_result(node: Node) -> bool:
    """Return whether *node* gives a result; at the end of a sub-process the case goes on."""
    if isinstance(node, Event):
        return node.position is EventPosition.END and node.scope is None
    return isinstance(node, Step) and not _RESULTS.isdisjoint(node.kinds)


def _sort_of(node: Node) -> str:
    """Return what a new node is compared by: the outcome of an end, the kind of a step."""
    if isinstance(node, Event):
        return "" if node.outcome is None else node.outcome.value
    return node.kind.value if isinstance(node, Step) and node.kind else ""


def _always_signed(flow: Flow, surely: Mapping[str, int]) -> frozenset[str]:
    """Return the sorts of results that all follow a signature in *flow*."""
    signed: dict[str, bool] = {}
    for node in flow.nodes:
        if _gives_result(node) and node.id in surely and node.scope is None:
            ok = bool(surely[node.id] & _SIGNED)
            signed[_sort_of(node)] = signed.get(_sort_of(node), True) and ok
    return frozenset(sort for sort, always in signed.items() if always and sort)
