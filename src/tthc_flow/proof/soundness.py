"""Soundness: every case can end, ends once, and no step is dead. Three-valued, never by a guess.

A flow is sound if no sequence flow ever holds two tokens (safe), every state can still complete
(option to complete), no end is reached twice by one case (proper completion), and every element
can happen (no dead element). Several ends may each take a token of one case; several starts of a
process are alternatives. A sub-process is judged by itself and is then one step of its scope. A
non-interrupting boundary event fires at most once a run of its activity; what comes from outside
(message, signal, timer) may always come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.flow import Event, EventPosition, SubProcess, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.proof.coverage import not_covered, scopes_of
from tthc_flow.proof.net import Kind, net_of
from tthc_flow.proof.reach import unreachable
from tthc_flow.proof.reduction import reduced
from tthc_flow.proof.states import MOST_STATES, Exploration, Property, explored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.proof.coverage import Scope
    from tthc_flow.proof.net import Net

NAME = "soundness"


def soundness(flow: Flow, most_states: int = MOST_STATES) -> Proof:
    """Return whether *flow* is sound, with a counter-example where it is not.

    Structural reduction first, near-linear; only what it leaves is searched state by state, and
    where that passes *most_states* the verdict is unknown ("undecided"), never "sound".

    Args:
        flow: Any flow.
        most_states: How many markings to look at in one scope.

    Returns:
        Pass; fail with ``because`` = violation and element, ``trace`` = the ids that fire up to
        it; or unknown with the element that is not covered or the scope that is undecided.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> soundness(Flow(id="p", nodes=(Step(id="a", name="A"),))).verdict
        <Verdict.PASS: 'pass'>

    Source: van der Aalst, The Application of Petri Nets to Workflow Management (1998); token
        rules of BPMN 2.0.2, chapter 13.
    """
    if not flow.nodes:
        return _unknown("empty", flow.id)
    scopes = scopes_of(flow)
    foreign = not_covered(flow, scopes)
    if foreign is not None:
        return _unknown(foreign[1], foreign[0])
    never_left = _never_left(flow, scopes)
    undecided: Proof | None = None
    for scope in scopes.values():
        found = _decided(net_of(flow, scope, never_left), most_states)
        if found.violation is None:
            if not found.complete:
                undecided = undecided or _unknown("undecided", scope.id or flow.id)
        elif found.violation.broken is Property.OPTION and _rescued(scopes, flow, scope):
            undecided = undecided or _unknown("ends-only-by-interruption", scope.id or flow.id)
        else:
            inside = (scope.id,) if scope.id is not None else ()
            return Proof(
                name=NAME,
                verdict=Verdict.FAIL,
                because=(
                    ("violation", found.violation.broken.value),
                    ("element", found.violation.element or scope.id or flow.id),
                ),
                trace=inside + found.violation.trace,
            )
    return undecided or Proof(name=NAME, verdict=Verdict.PASS)


def _unknown(reason: str, element: str) -> Proof:
    because = (("reason", reason), ("element", element))
    return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=because)


def _decided(net: Net, most: int) -> Exploration:
    """Decide one scope: by reach, by reduction, by the states of what is left."""
    cheap = unreachable(net)
    if cheap is not None and cheap.broken is Property.OPTION and Kind.STOP in net.kinds:
        return explored(net, most)  # what never ends by itself may still be stopped
    if cheap is not None:
        return Exploration(violation=cheap, complete=True)
    left, sound = reduced(net)
    if sound:
        return Exploration(violation=None, complete=True)
    found = explored(left, most)
    if found.violation is None:
        return found
    # The rest is enough for the verdict; the whole net tells the way there step by step.
    whole = explored(net, most)
    return whole if whole.violation is not None else found


def _never_left(flow: Flow, scopes: Mapping[str | None, Scope]) -> frozenset[str]:
    """Return the sub-processes that end by an error alone, so that only its boundary is left."""
    never: set[str] = set()
    for scope in scopes.values():
        ends = [node for node in scope.nodes if not flow.outgoing[node.id]]
        by_error = [
            isinstance(node, Event)
            and node.position is EventPosition.END
            and node.trigger is Trigger.ERROR
            for node in ends
        ]
        if scope.id is not None and ends and all(by_error):
            never.add(scope.id)
    return frozenset(never)


def _rescued(scopes: Mapping[str | None, Scope], flow: Flow, scope: Scope) -> bool:
    """Return whether an interruption can end *scope* or a sub-process around it."""
    inner = scope.id
    while inner is not None:
        around = flow.by_id[inner]
        if not isinstance(around, SubProcess):
            return False
        guards = scopes[around.scope].guards.get(inner, ())
        if any(guard.interrupting for guard in guards):
            return True
        inner = around.scope
    return False
