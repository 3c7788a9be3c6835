"""Separation of duties: who must be two stay two, and nobody newly signs what he prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

NAME: Final = "duties"
_PREPARING: Final = frozenset(
    {StepKind.EXAMINE, StepKind.REEXAMINE, StepKind.INSPECT, StepKind.DRAFT}
)


def duties(before: Procedure, after: Procedure) -> Proof:
    """Return whether *after* keeps every separation of duties that *before* had.

    Both steps of a pair that must be separate are still there and done by different performers;
    no signer signs what the same performer prepared, unless it was so before.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> duties(empty, empty).verdict
        <Verdict.PASS: 'pass'>

    Source: domain rule of this project: preserved by every rewrite.
    """
    proofs = [_pair_kept(before.flow, after.flow, *pair) for pair in _pairs(before.flow)]
    proofs += [_pair_kept(before.flow, after.flow, *pair) for pair in _pairs(after.flow)]
    proofs.append(_no_new_signer(before.flow, after.flow))
    for worst in (Verdict.FAIL, Verdict.UNKNOWN):
        for proof in proofs:
            if proof.verdict is worst:
                return proof
    return Proof(name=NAME, verdict=Verdict.PASS)


def _pairs(flow: Flow) -> list[tuple[str, str]]:
    return [
        (step.id, other)
        for step in flow.steps
        for other in sorted(step.separate_from)
        if other in flow.by_id
    ]


def _who(flow: Flow, step: str) -> tuple[str, str] | None:
    node = flow.by_id.get(step)
    performer = performer_of(flow, node) if isinstance(node, Step) else None
    return None if performer is None else identity(performer)


def _pair_kept(before: Flow, after: Flow, one: str, other: str) -> Proof:
    because = (("separate", f"{one} / {other}"),)
    if one not in after.by_id or other not in after.by_id:
        return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=(one, other))
    had = _who(before, one), _who(before, other)
    has = _who(after, one), _who(after, other)
    if had == has:
        return Proof(name=NAME, verdict=Verdict.PASS)  # as it was, well or badly
    if None in has:
        return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=because)
    verdict = Verdict.FAIL if has[0] == has[1] else Verdict.PASS
    return Proof(name=NAME, verdict=verdict, because=because, trace=(one, other))


def _no_new_signer(before: Flow, after: Flow) -> Proof:
    """Return whether a signer of *after* newly is one of those who prepare."""
    prepared: dict[tuple[str, str], str] = {}
    for step in after.steps:
        who = _who(after, step.id)
        if who is not None and not step.automatic and _PREPARING.intersection(step.kinds):
            prepared.setdefault(who, step.id)
    if not prepared:
        return Proof(name=NAME, verdict=Verdict.PASS)
    preparers = {
        _who(before, step.id) for step in before.steps if _PREPARING.intersection(step.kinds)
    }
    doubt = None
    for step in after.steps:
        if StepKind.SIGN not in step.kinds or step.automatic:
            continue
        had, has = _signed_by(before, step.id), _who(after, step.id)
        if has is None and had is not None:
            doubt = doubt or step.id
        if has is not None and has in prepared and not (had == has and has in preparers):
            because = (("preparer", prepared[has]), ("signer", step.id))
            trace = (prepared[has], step.id)
            return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=trace)
    if doubt is not None:
        return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=(("signer-unknown", doubt),))
    return Proof(name=NAME, verdict=Verdict.PASS)


def _signed_by(before: Flow, step: str) -> tuple[str, str] | None:
    node = before.by_id.get(step)
    signs = isinstance(node, Step) and StepKind.SIGN in node.kinds
    return _who(before, step) if signs else None
