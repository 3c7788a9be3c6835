"""Mandatory steps: what a national text demands is still there, before the same decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.view import live, view
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.amending import is_national
from tthc_flow.proof.gates.conditions import asked

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure

NAME: Final = "mandatory"
LEGAL_QUESTIONS: Final = (
    "rule-names-the-step",
    "superior-named-by-law",
    "consulted-body-named-by-law",
    "prior-check-required",
)
"""The gate questions whose answer says whether a text demands the step."""


def mandatory(before: Procedure, after: Procedure) -> Proof:
    """Return whether each step that law demands is still done, and not put off to after the grant.

    Demanded is a step marked mandatory, with a basis of rank treaty, law, decree or circular, or
    of which a sourced answer says so. A step that took over its kinds and its bases stands for
    it. Where a step is gone or put off of which nobody said whether a text demands it, the
    verdict is unknown.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> mandatory(empty, empty).verdict
        <Verdict.PASS: 'pass'>

    Source: domain rule of this project: who may change a step follows from its legal basis.
    """
    was_late, is_late = scopes_outside_clock(before.flow), scopes_outside_clock(after.flow)
    had, has = live(view(before.flow)), live(view(after.flow))
    left = tuple(step for step in after.flow.steps if step.id in has)
    in_time = {step.id for step in left if step.scope not in is_late}
    grown = tuple(step for step in left if _grew(before, step))
    unknown = []
    for step in before.flow.steps:
        if step.id not in had or step.id in in_time:
            continue  # what still stands in its time needs no more looking at: linear in all
        late_before = step.scope in was_late
        said = demanded(step) or _said_to_be(before, step)
        if said:
            heirs = [other for other in left if _stands(other, step)]
            broken = _broken(step, heirs, is_late, late_before=late_before)
            if broken is not None:
                return Proof(name=NAME, verdict=Verdict.FAIL, because=(broken,), trace=(step.id,))
        elif said is None:
            kept = step.id in has and late_before
            takers = (each for each in grown if late_before or each.id in in_time)
            if not kept and not any(_took_over(each, step) for each in takers):
                unknown.append(step.id)
    if unknown:
        because = (("mandatory-unknown", ", ".join(unknown)),)
        return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=because, trace=tuple(unknown))
    return Proof(name=NAME, verdict=Verdict.PASS)


def _broken(
    step: Step, heirs: list[Step], is_late: frozenset[str], *, late_before: bool
) -> tuple[str, str] | None:
    """Return what is broken where *step* is demanded: it is gone, or put off to after the grant."""
    if not heirs:
        return "mandatory-gone", step.id
    put_off = all(other.scope in is_late for other in heirs)
    return ("mandatory-late", step.id) if put_off and not late_before else None


def _said_to_be(procedure: Procedure, step: Step) -> bool | None:
    """Return whether a text demands *step*, by its bases, its mark or an answer; else ``None``."""
    replies = {
        condition.verdict
        for condition in (asked(procedure, question, step) for question in LEGAL_QUESTIONS)
    }
    if Verdict.FAIL in replies:
        return True
    known = step.legal_basis or step.mandatory is not None or Verdict.PASS in replies
    return False if known else None


def _grew(before: Procedure, step: Step) -> bool:
    """Return whether *step* is new, or does other kinds of work than it did."""
    was = before.flow.by_id.get(step.id)
    return not isinstance(was, Step) or was.kinds != step.kinds


def _took_over(other: Step, step: Step) -> bool:
    """Return whether *other*, which grew, now does what *step* did."""
    return bool(step.kinds) and set(step.kinds) <= set(other.kinds)


def demanded(step: Step) -> bool:
    """Return whether a text the province cannot amend demands *step*, or it is marked so."""
    return bool(step.mandatory) or bool(_national(step))


def _national(step: Step) -> frozenset[tuple[str, str | None]]:
    return frozenset(
        (basis.document, basis.clause) for basis in step.legal_basis if is_national(basis)
    )


def _stands(other: Step, step: Step) -> bool:
    if other.id == step.id:
        return True
    took_over = set(step.kinds) <= set(other.kinds) and _national(step) <= _national(other)
    return took_over and bool(step.kinds) and (bool(other.mandatory) or not step.mandatory)
