"""Knock out first (loại sớm hồ sơ không đạt).

Finds: independent checks in a row, each of which can end the case, that do not stand in the order
    of their effort for each dossier they reject.
Matters: a dossier that fails must not first go through the dear checks; with independent checks
    ascending effort by rejection rate is the least effort there is.
Not when: a rule orders the checks, or one needs what another found. Where a rate or an effort is
    not known, the order is not guessed.
Source: 949/KH-UBND III.2; van der Aalst, Decision Support Systems 30 (2001), 451-468.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.knock_outs import reordered
from tthc_flow.graph.remembered import remembered
from tthc_flow.measures.expected import in_the_mean
from tthc_flow.measures.knock_out_rows import CHECKING, Row, knock_out_rows
from tthc_flow.model.lever import (
    Candidate,
    Confidence,
    Evidence,
    Expected,
    Lever,
    Precondition,
    Verdict,
)
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import rejections, time_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each row of independent checks that another order would make lighter, or may."""
    for row in knock_out_rows(procedure.flow):
        order = row.order
        if order == tuple(range(len(row.checks))):
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in row.steps),
            anchors=tuple(check.block.gateway for check in row.checks),
            evidence=(*_counted(row), *_better(row, order)),
            preconditions=(
                _efforts_known(row, order),
                _independent(procedure, row.steps),
                asked(procedure, "checks-legally-ordered", *row.steps),
            ),
            amends=who_may_amend(procedure, *row.steps),
            expected=_expected(procedure.flow, row, order),
            confidence=_confidence(procedure, row),
        )


def _confidence(procedure: Procedure, row: Row) -> Confidence:
    """Return how far the figures carry: that people work as long as the norm is an assumption."""
    return confidence_of(procedure, *row.steps) if row.by_work else Confidence.ASSUMED


def _counted(row: Row) -> Iterator[Evidence]:
    """Yield what is known of each check: its rejections, and what it takes."""
    for check in row.checks:
        last = check.steps[-1]
        if check.rate is not None and last.checked is None:
            share = f"{float(100 * check.rate):g} %"
            yield Evidence(name="share-ended", value=share, element=last.id)
        else:
            yield rejections(last)
        for step in check.steps:
            yield _work_of(step) if row.by_work else time_of(step)


def _work_of(step: Step) -> Evidence:
    value = "" if step.work is None else f"{step.work.amount} {step.work.unit.value}"
    return Evidence(name="work", value=value, element=step.id)


def _better(row: Row, order: tuple[int, ...] | None) -> Iterator[Evidence]:
    """Yield the better order, and the mean effort before and after, where they are known."""
    if order is None:
        return
    names = " → ".join(row.checks[place].steps[-1].name for place in order)
    now, then = row.mean(range(len(order))), row.mean(order)
    yield Evidence(name="better-order", value=names)
    yield Evidence(name="mean-effort", value=f"{float(now):.0f} → {float(then):.0f}")


def _expected(flow: Flow, row: Row, order: tuple[int, ...] | None) -> Expected:
    """Return what the better order saves in the mean, a dossier; not known without one."""
    saved = None if order is None else row.mean(range(len(order))) - row.mean(order)
    return in_the_mean(flow, row.steps[0].id, saved, by_norm=not row.by_work)


def _efforts_known(row: Row, order: tuple[int, ...] | None) -> Precondition:
    """Return whether every rate and effort is known; by norm times it is said so."""
    name = "efforts-and-rejections-known"
    if order is not None:
        because = (("effort-by", "work" if row.by_work else "norm-time"),)
        return Precondition(name=name, verdict=Verdict.PASS, because=because)
    missing = [
        check.steps[-1].name
        for check, effort in zip(row.checks, row.efforts, strict=True)
        if effort is None or check.rate is None
    ]
    because = (("not-counted-at", "; ".join(missing)),)
    return Precondition(name=name, verdict=Verdict.UNKNOWN, because=because)


def _independent(procedure: Procedure, steps: tuple[Step, ...]) -> Precondition:
    """Return whether what the checks read and write is known to be apart; else ask."""
    name = "one-check-needs-the-other"
    if any(step.reads is None or step.writes is None for step in steps):
        return asked(procedure, name, *steps)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=(("reads", "none"),))
    return barred_by_answer(procedure, name, *steps) or passed


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the checks in ascending effort for each rejected dossier."""
    row = _by_steps(procedure.flow).get(candidate.targets)
    if row is None or row.order is None:
        return procedure
    blocks = tuple(check.block for check in row.checks)
    return evolve(procedure, flow=reordered(procedure.flow, blocks, row.order))


@remembered
def _by_steps(flow: Flow) -> Mapping[tuple[str, ...], Row]:
    return {tuple(step.id for step in row.steps): row for row in knock_out_rows(flow)}


LEVER = Lever(
    id="knock_out_first",
    title="Loại sớm hồ sơ không đạt",
    source="949/KH-UBND III.2",
    kinds=CHECKING,
    find=find,
    apply=apply,
)
