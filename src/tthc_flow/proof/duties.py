"""Separation of duties: who must be two stay two, and nobody newly signs what he prepared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

Hand: TypeAlias = tuple[str, str]

NAME: Final = "duties"
_PREPARING: Final = frozenset(
    {StepKind.EXAMINE, StepKind.REEXAMINE, StepKind.INSPECT, StepKind.DRAFT}
)


def duties(before: Procedure, after: Procedure) -> Proof:
    """Return whether *after* keeps every separation of duties that *before* had.

    Both steps of a pair that must be separate are still there and done by different performers;
    no signer signs what the same performer prepared, unless it was so before. A signature may move
    to another step of its signer: then he signs no more of his own work than he did.

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


def _who(flow: Flow, step: str) -> Hand | None:
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
    prepared = _prepared(after)
    if not prepared:
        return Proof(name=NAME, verdict=Verdict.PASS)
    preparers, signed, gone = _prepared(before), _signed(before), _signatures_gone(before, after)
    doubt = None
    for step, has in _signed(after).items():
        had = signed.get(step)
        if has is None:
            doubt = doubt or (step if had is not None else None)
            continue
        if has not in prepared or (has in preparers and had == has):
            continue
        # Not more than before: of his own work he signs here what he signed elsewhere.
        if has in preparers and had is None and _who(before, step) == has and gone[has]:
            gone[has] -= 1
            continue
        because = (("preparer", prepared[has]), ("signer", step))
        trace = (prepared[has], step)
        return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=trace)
    if doubt is not None:
        return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=(("signer-unknown", doubt),))
    return Proof(name=NAME, verdict=Verdict.PASS)


@remembered
def _prepared(flow: Flow) -> Mapping[Hand, str]:
    """Return the first step that each person prepares."""
    prepared: dict[Hand, str] = {}
    for step in flow.steps:
        if not step.automatic and _PREPARING.intersection(step.kinds):
            who = _who(flow, step.id)
            if who is not None:
                prepared.setdefault(who, step.id)
    return prepared


@remembered
def _signed(flow: Flow) -> Mapping[str, Hand | None]:
    """Return every signature by people, with who signs."""
    return {
        step.id: _who(flow, step.id)
        for step in flow.steps
        if StepKind.SIGN in step.kinds and not step.automatic
    }


def _signatures_gone(before: Flow, after: Flow) -> Counter[Hand]:
    """Return how many signatures of each person are no more."""
    left = _signed(after)
    return Counter(
        who for step, who in _signed(before).items() if who is not None and step not in left
    )
