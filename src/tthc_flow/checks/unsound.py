"""A flow that cannot work as drawn (quy trình không đúng cấu trúc).

Finds: a deadlock, a part that may run twice, a step that can never happen, an end reached twice;
in pools that exchange messages also a wait for what nobody sends, and a message nobody reads.
Matters: dossiers hang or are done twice; no cut of such a flow can be proven.
Not when: the flow is sound; what cannot be decided is told as such, never as a fault.
Source: soundness, van der Aalst 1998, of pools Corradini et al. 2018; see ``proof/soundness.py``
and ``proof/collaboration.py`` for the verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.checks._check import Check, about
from tthc_flow.model.finding import Severity
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.collaboration import Group, groups, judged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.plan import Proof
    from tthc_flow.model.procedure import MessageFlow, Procedure
    from tthc_flow.units import Convention

_REASONS: Final = frozenset(
    {
        "undecided",
        "messages-pile-up",
        "begins-anew",
        "ends-only-by-interruption",
        "complex-gateway",
        "flow-across-scopes",
        "flow-into-start",
        "flow-out-of-end",
    }
)
"""Why a verdict is open, where that has words of its own; else it is "not covered"."""
_STUCK: Final = "cannot-complete"
_UNREAD: Final = "unread-message"


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the counter-example, or that the verdict is open; what others send may always come."""
    for group in groups((procedure,)):
        yield from find_together(evolve(group, messages=()))


def find_together(group: Group) -> Iterator[Finding]:
    """Yield the counter-example of pools that exchange messages, or that the verdict is open.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> alone = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> list(find_together(groups((alone,))[0]))
        []

    Source: see ``proof/collaboration.py``.
    """
    proof = judged(group)
    if proof.verdict is Verdict.PASS:
        return
    yield told(group, proof)


def told(group: Group, proof: Proof) -> Finding:
    """Return what is said of a *proof* about *group* that is no pass.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.plan import Proof
        >>> from tthc_flow.model.procedure import Procedure
        >>> group = Group(procedures=(Procedure(flow=Flow(id="p")),), messages=())
        >>> because = (("reason", "undecided"), ("element", "p"))
        >>> told(group, Proof(name="s", verdict=Verdict.UNKNOWN, because=because)).code
        'check-unsound-undecided'

    Source: see ``proof/soundness.py``.
    """
    because = dict(proof.because)
    element = because.get("element", "")
    message = next((each for each in group.messages if each.id == element), None)
    owner = next((each for each in group.procedures if element in each.flow.by_id), None)
    node = None if owner is None else owner.flow.by_id[element]
    place = _place(group, owner, element) if message is None else _letter(group, message)
    if proof.verdict is Verdict.UNKNOWN:
        reason = because.get("reason", "")
        code = f"{CHECK.code}-{reason if reason in _REASONS else 'not-covered'}"
        return about(code, Severity.INFO, node, reason=reason, place=place)
    violation = because["violation"]
    severity = CHECK.severity
    if violation == _STUCK and any(each.target == element for each in group.messages):
        violation = "waits-in-vain"
    if violation == _UNREAD:
        severity = Severity.WARNING
    found = about(
        f"{CHECK.code}-{violation}", severity, node, trace=_trace(group, proof), place=place
    )
    if message is None:
        return found
    return evolve(found, element=message.id, name=message.name or None)


def _trace(group: Group, proof: Proof) -> str:
    return " → ".join(_name(group, each) for each in proof.trace) or "–"


def _name(group: Group, element: str) -> str:
    for procedure in group.procedures:
        node = procedure.flow.by_id.get(element)
        if node is not None:
            return f"“{node.name or element}”"
    return f"“{element}”"


def _place(group: Group, owner: Procedure | None, element: str) -> str:
    """Return the name of an element, with its pool where there are several."""
    name = _name(group, element)
    if owner is None or len(group.procedures) == 1:
        return name
    return f"{name} ({_pool(owner)})"


def _pool(procedure: Procedure) -> str:
    pool = next((each for each in procedure.pools if each.process == procedure.flow.id), None)
    name = "" if pool is None else pool.name
    return name or procedure.name or procedure.flow.id


def _letter(group: Group, message: MessageFlow) -> str:
    """Return what a message is called, and from whom to whom it goes."""
    ends = []
    for element in (message.source, message.target):
        owner = next((each for each in group.procedures if element in each.flow.by_id), None)
        ends.append(_place(group, owner, element))
    name = f"“{message.name}”: " if message.name else ""
    return f"{name}{' → '.join(ends)}"


CHECK: Final = Check(id="unsound", severity=Severity.ERROR, find=find)
