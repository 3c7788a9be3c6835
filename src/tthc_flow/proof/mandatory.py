"""Mandatory steps: what a national text demands is still there, before the same decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.view import live, view
from tthc_flow.model.law import LegalRank
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

NAME: Final = "mandatory"
_NATIONAL: Final = frozenset(
    {LegalRank.TREATY, LegalRank.LAW, LegalRank.DECREE, LegalRank.CIRCULAR}
)


def mandatory(before: Procedure, after: Procedure) -> Proof:
    """Return whether each step that law demands is still done, and not put off to after the grant.

    Demanded is a step marked mandatory or with a basis of rank treaty, law, decree or circular. A
    step that took over its kinds and its bases stands for it.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> mandatory(empty, empty).verdict
        <Verdict.PASS: 'pass'>

    Source: domain rule of this project: who may change a step follows from its legal basis.
    """
    wanted = [step for step in before.flow.steps if demanded(step)]
    if not wanted:
        return Proof(name=NAME, verdict=Verdict.PASS)
    was_late, is_late = scopes_outside_clock(before.flow), scopes_outside_clock(after.flow)
    had, has = live(view(before.flow)), live(view(after.flow))
    for step in wanted:
        if step.id not in had:
            continue
        heirs = [other for other in after.flow.steps if other.id in has and _stands(other, step)]
        if not heirs:
            because = (("mandatory-gone", step.id),)
            return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=(step.id,))
        put_off = all(other.scope in is_late for other in heirs)
        if put_off and step.scope not in was_late:
            because = (("mandatory-late", step.id),)
            return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=(step.id,))
    return Proof(name=NAME, verdict=Verdict.PASS)


def demanded(step: Step) -> bool:
    """Return whether a text the province cannot amend demands *step*, or it is marked so."""
    return bool(step.mandatory) or bool(_national(step))


def _national(step: Step) -> frozenset[tuple[str, str | None]]:
    return frozenset(
        (basis.document, basis.clause) for basis in step.legal_basis if basis.rank in _NATIONAL
    )


def _stands(other: Step, step: Step) -> bool:
    if other.id == step.id:
        return True
    took_over = set(step.kinds) <= set(other.kinds) and _national(step) <= _national(other)
    return took_over and bool(step.kinds) and (bool(other.mandatory) or not step.mandatory)
