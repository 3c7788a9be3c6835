"""Soundness: every case can end, ends once, and no step is dead. Three-valued, never by a guess.

A flow is sound if no sequence flow ever holds two tokens (safe), every state can still complete
(option to complete), no end is reached twice by one case (proper completion), and every element
can happen (no dead element). Several ends may each take a token of one case; several starts of a
process are alternatives, those of a sub-process all begin. A closed sub-process is judged by
itself and is then one step of its scope. What comes from outside (message, signal, timer, an error
of a step) may always come, a non-interrupting boundary event once a run of its activity; what is
drawn as thrown (escalation, cancel) comes when it is thrown. Compensation moves no token.

Pools that exchange messages are judged together: ``proof/collaboration.py``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.skeleton import Known
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.proof.assembly import net_of
from tthc_flow.proof.coverage import not_covered, not_exchanged
from tthc_flow.proof.judging import NAME, decided, failed, opened_where_needed, unknown
from tthc_flow.proof.scopes import scopes_of
from tthc_flow.proof.setting import rescued, setting_of
from tthc_flow.proof.states import MOST_STATES

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow


def soundness(flow: Flow, most_states: int = MOST_STATES) -> Proof:
    """Return whether *flow* is sound, with a counter-example where it is not.

    Structural reduction first, near-linear; only what it leaves is searched state by state, and
    where that passes *most_states* the verdict is unknown ("undecided"), never "sound".

    Args:
        flow: Any flow.
        most_states: How many markings to look at in one scope.

    Returns:
        Pass (so for a flow without elements: a case of it ends at once); fail with ``because`` =
        violation and element, ``trace`` = the ids that fire up to it; or unknown with the element
        that is not covered or the scope that is undecided.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> soundness(Flow(id="p", nodes=(Step(id="a", name="A"),))).verdict
        <Verdict.PASS: 'pass'>

    Source: van der Aalst, The Application of Petri Nets to Workflow Management (1998); token
        rules of BPMN 2.0.2, chapter 13.
    """
    return _usual(flow) if most_states == MOST_STATES else _judged(flow, most_states)


_SOUND: Final = Proof(name=NAME, verdict=Verdict.PASS)
_SHOWN: Final = Known()
"""Skeletons that are sound: nothing else moves tokens, so every flow of one of them is."""


@remembered
def _usual(flow: Flow) -> Proof:
    """Return the verdict on *flow* with the usual effort: it is asked for again and again."""
    if _SHOWN.holds_of(flow):
        return _SOUND
    proof = _judged(flow, MOST_STATES)
    if proof == _SOUND:
        _SHOWN.learn(flow)
    return proof


def _judged(flow: Flow, most_states: int) -> Proof:
    if not flow.nodes:
        return _SOUND
    foreign = not_covered(flow, scopes_of(flow))
    if foreign is not None:
        return unknown(foreign[1], foreign[0])
    setting = setting_of(flow)
    foreign = not_exchanged(setting)
    if foreign is not None:
        return unknown(foreign[1], foreign[0])
    setting, inside = opened_where_needed(setting, most_states)
    if inside.failed is not None:
        return inside.failed
    build = partial(net_of, setting, setting.scopes[None])
    found = decided(build, inside.never_left, most_states, ended=rescued(setting, None))
    if found.violation is not None:
        return failed(found.violation, flow.id)
    if not found.complete:
        return inside.undecided or unknown(found.reason, flow.id)
    return inside.undecided or _SOUND
