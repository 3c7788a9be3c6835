"""Decide, then report, instead of asking a superior first (quyết định rồi báo cáo).

Finds: a step that asks a superior for an opinion or consent, with the superior's answer, before
    the agency's own decision.
Matters: the decision already belongs to the agency; the question only adds a wait.
Not when: law names the superior as the one who decides, another body signs after the agency, or
    a branch stands on the answer.
Source: 949/KH-UBND III.2.1(b)(ii).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.arms import reported_after
from tthc_flow.graph.chains import follower, removable
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.rewrite import fresh_id, taken_out
from tthc_flow.graph.view import reached, view
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind, StepTime, TaskType
from tthc_flow.proof.gates.conditions import duties_allow, no_text_demands, who_may_amend
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import sways_nothing, worst_of
from tthc_flow.proof.gates.other_work import takes_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_ANSWERING = frozenset(
    {StepKind.OPINION, StepKind.REVIEW, StepKind.EXAMINE, StepKind.REEXAMINE, StepKind.TRANSFER}
)


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each question to a superior that comes before the asker's own signature."""
    flow = procedure.flow
    for ask in flow.steps:
        if ask.kinds != (StepKind.ASK_SUPERIOR,) or not removable(flow, ask):
            continue
        answers, decision = _answer_and_decision(procedure, ask)
        if decision is None or len(flow.outgoing[decision.id]) != 1:
            continue
        row = (ask, *answers)
        authority, instrument = who_may_amend(procedure, *row)
        superior = performer_of(flow, answers[-1]) if answers else None
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in row),
            anchor=decision.id,
            evidence=(
                Evidence(
                    name="superior",
                    value="unknown" if superior is None else superior.name,
                    element=row[-1].id,
                ),
                Evidence(name="own-decision", value=decision.name, element=decision.id),
                *(time_of(step) for step in row),
            ),
            preconditions=(
                no_text_demands(procedure, "superior-named-by-law", *row),
                takes_nothing_else(procedure, *row, allowed=_ANSWERING | {StepKind.ASK_SUPERIOR}),
                worst_of(*(sways_nothing(procedure, step) for step in row)),
                _decision_is_own(procedure, decision),
                duties_allow(procedure, *row),
            ),
            authority=authority,
            instrument=instrument,
        )


def _answer_and_decision(procedure: Procedure, ask: Step) -> tuple[tuple[Step, ...], Step | None]:
    """Return the steps that answer *ask*, and the asker's own decision that follows, if any."""
    flow = procedure.flow
    asker = performer_of(flow, ask)
    answers: list[Step] = []
    step = follower(flow, ask)
    while step is not None and step.kinds and _ANSWERING.issuperset(step.kinds):
        who = performer_of(flow, step)
        if asker is None or asker.office is None or who is None or who.office == asker.office:
            break
        if answers and _office(procedure, answers[0]) != identity(who)[0]:
            break  # a second body: no longer the superior's answer
        if not removable(flow, step):
            return (), None
        answers.append(step)
        step = follower(flow, step)
    while step is not None:
        who = performer_of(flow, step)
        if who is None or asker is None or asker.office is None:
            return tuple(answers), None
        if identity(who)[0] != identity(asker)[0]:
            return tuple(answers), None
        if StepKind.SIGN in step.kinds:
            return tuple(answers), step
        step = follower(flow, step)
    return tuple(answers), None


def _office(procedure: Procedure, step: Step) -> str | None:
    who = performer_of(procedure.flow, step)
    return None if who is None else identity(who)[0]


def _decision_is_own(procedure: Procedure, decision: Step) -> Precondition:
    """Return whether no other body signs after *decision*: else that one decides."""
    name = "decision-is-own"
    flow, office = procedure.flow, _office(procedure, decision)
    later = reached(view(flow), decision.id)
    for step in flow.steps:
        signs = step.id in later and StepKind.SIGN in step.kinds
        if signs and _office(procedure, step) != office:
            because = (("signed-later", step.id),)
            return Precondition(name=name, verdict=Verdict.FAIL, because=because)
    return Precondition(name=name, verdict=Verdict.PASS)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the question and its answer; a report follows the decision.

    The report is sent after the decision and is no part of the time the applicant waits.
    """
    flow = procedure.flow
    ask, decision = flow.by_id[candidate.targets[0]], flow.by_id[candidate.anchor or ""]
    report = Step(
        id=fresh_id(flow, f"Report_{decision.id}"),
        name="Báo cáo cấp trên sau khi quyết định",
        task=TaskType.SEND,
        scope=decision.scope,
        lane=decision.lane,
        kinds=(StepKind.REPORT,),
        performer=ask.performer if isinstance(ask, Step) else None,
        time=StepTime(counted=False),
    )
    after = taken_out(procedure, *candidate.targets)
    return evolve(after, flow=reported_after(after.flow, decision.id, report))


LEVER = Lever(
    id="decide_then_report",
    title="Quyết định rồi báo cáo, thay vì xin ý kiến cấp trên",
    source="949/KH-UBND III.2.1(b)(ii)",
    find=find,
    apply=apply,
)
