"""Inspect after the grant instead of before (chuyển tiền kiểm sang hậu kiểm).

Finds: a site inspection, an appraisal after another one, or another body's opinion with its
    request, before the grant: also on one branch only, or in a sub-process that is done once.
Matters: the applicant waits for a check that a standard, a declaration and a later sample can
    replace; the reform asks for exactly this move. The candidate says at which shares a sample
    costs less than checking every case, or which figure is missing for that.
Not when: any gate question forbids it (defence, order, health, environment, safety, heritage,
    irreversible harm, a treaty or special law) or no standard, capacity or sanction exists; law
    names the consulted body; a branch stands on what it finds or a later step reads it; nobody
    else examines the dossier and nobody said that a declaration suffices; no applicant gets a
    grant (internal procedures); an unanswered question keeps the inspection before the grant.
Source: NQ 68-NQ/TW; NQ 66/NQ-CP; 949/KH-UBND III.1.2a-b.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.branching import always_by, branch_condition
from tthc_flow.graph.chains import removable
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.grants import grants_of
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.post_inspection import Terms, inspected_after
from tthc_flow.graph.requests import ANSWERING, ASKING, PASSING_ON, answers, request_before
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.graph.signers import signed_last
from tthc_flow.measures.post_check import put_off
from tthc_flow.measures.sample_terms import due, one_share, sample_condition
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Flow, SubProcess, SubProcessKind
from tthc_flow.model.lever import Candidate, Lever, Precondition
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.examined import looks
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.committing import somebody_commits
from tthc_flow.proof.gates.conditions import (
    asked,
    duties_allow,
    law_leaves_open,
    stated_or_answered,
)
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of
from tthc_flow.proof.gates.inspecting import can_inspect
from tthc_flow.proof.gates.losses import (
    nobody_sends_back,
    nothing_awaited,
    sways_nothing,
    worst_of,
    writes_unread,
)
from tthc_flow.proof.gates.opinions import nobody_uses_it
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.proof.gates.sampled import sampled
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tthc_flow.model.flow import SequenceFlow
    from tthc_flow.model.procedure import Procedure

GATE: Final = (
    "defence-security",
    "public-order",
    "public-health",
    "environment",
    "fire-construction-safety",
    "heritage-ethics",
    "harm-can-be-undone",
    "prior-check-required",
    "measurable-standard",
    "inspection-capacity",
    "sanction-available",
)
"""The questions of the gate, in the order they are printed; no official numeric criteria exist."""

COMMITMENT: Final = "Bản cam kết đáp ứng điều kiện"
"""What the applicant hands in instead of being inspected beforehand."""

_CHECKS: Final = frozenset({StepKind.INSPECT, StepKind.EXAMINE})
_SETTING_UP: Final = key("thành lập")
_ROW: Final = ANSWERING | ASKING | PASSING_ON


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each inspection, appraisal or opinion before a grant, with every gate answer."""
    flow = procedure.flow
    rows = [row for step in flow.steps if (row := _checking(flow, step))]
    if not rows:
        return
    grants, nearest, share = grants_of(flow), _examinations(flow), _share(procedure)
    for row in rows:
        step = row[-1]
        outer = _outermost(flow, step)
        ends = {edge.target for edge, before in grants if outer in before}
        before = nearest(step.id)
        if not ends or (before is None and StepKind.EXAMINE in step.kinds):
            continue  # the first examination: somebody must still look at the dossier
        resting = {before} if before else {nearest(end) for end in ends}
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(each.id for each in row),
            anchors=tuple(sorted(each for each in resting if each is not None)),
            evidence=(
                done_by(step, performer_of(flow, step)),
                rejections(step),
                *(time_of(each) for each in row),
                *sampled(procedure, step, one_share(share)),
            ),
            preconditions=_conditions(procedure, row, share, examined=None not in resting),
            amends=who_may_amend(procedure, *row),
            terms=(("share", share), ("wait", "")),
            risk=risk_of(procedure, *row),
            confidence=confidence_of(procedure, *row),
        )


def _checking(flow: Flow, step: Step) -> tuple[Step, ...]:
    """Return what is put off with *step*, itself last; nothing where it is no check.

    An opinion is one where another body gives it: whom a leader asks in his own house checks
    nothing, and afterwards there is nobody to inspect.
    """
    row: tuple[Step, ...] = ()
    if step.kind in _CHECKS and not step.automatic and not _sets_up(step):
        row = (*_team(flow, step), step)
    elif answers(step):
        body = performer_of(flow, step)
        if body is not None and body.role is Role.CONSULTED_AGENCY:
            row = (*request_before(flow, step.id), step)
    return row if all(removable(flow, each) for each in row) else ()


def _sets_up(step: Step) -> bool:
    """Return whether *step* only calls a team together: nothing is inspected there."""
    return step.kind is StepKind.INSPECT and key(step.name).startswith(_SETTING_UP)


def _team(flow: Flow, step: Step) -> tuple[Step, ...]:
    """Return the row right before *step* that calls together who inspects: it goes with it."""
    before = [flow.by_id[edge.source] for edge in flow.incoming[step.id]]
    team = tuple(node for node in before if isinstance(node, Step) and _sets_up(node))
    return team if len(before) == 1 else ()


def _outermost(flow: Flow, step: Step) -> str | None:
    """Return what stands for *step* in the process itself; ``None`` where that is not one check.

    In a sub-process that is repeated, or begins by an event of its own, one check afterwards does
    not stand for what was checked each time.
    """
    node: Step | SubProcess = step
    while node.scope is not None:
        around = flow.by_id[node.scope]
        if not isinstance(around, SubProcess) or around.kind is not SubProcessKind.EMBEDDED:
            return None
        if around.loop is not None or around.outside_clock:
            return None
        node = around
    return node.id


def _examinations(flow: Flow) -> Callable[[str], str | None]:
    """Return how to tell the nearest examination by people that surely precedes an element."""
    examining = {step.id for step in flow.steps if looks(step)}
    passed = dominators(flow) if examining else None
    known: dict[str, str | None] = {}

    def nearest(element: str) -> str | None:
        way = [element]
        found = None
        for over in () if passed is None else passed.above(element):
            if over in examining or over in known:
                found = over if over in examining else known[over]
                break
            way.append(over)
        known.update(dict.fromkeys(way, found))
        return found

    return nearest


def _share(procedure: Procedure) -> str:
    """Return the share to be inspected that the procedure states; empty where it is to be fixed."""
    return "" if procedure.post_check is None else str(procedure.post_check.share.value)


def _conditions(
    procedure: Procedure, row: tuple[Step, ...], share: str, *, examined: bool
) -> tuple[Precondition, ...]:
    step = row[-1]
    opinion = _CHECKS.isdisjoint(step.kinds)
    used: tuple[Precondition, ...] = (writes_unread(procedure, "result-is-used", step),)
    alone = takes_nothing_else(procedure, step, allowed=_CHECKS)
    if opinion:
        alone = worst_of(
            takes_nothing_else(procedure, step, allowed=ANSWERING),
            takes_nothing_else(procedure, *row, allowed=_ROW),
        )
        used = (
            law_leaves_open(procedure, "consulted-body-named-by-law", *row),
            nothing_awaited(procedure, step),
            nobody_uses_it(procedure, step.id, *row),
        )
    return (
        alone,
        sways_nothing(procedure, step),
        nobody_sends_back(procedure, step),
        *used,
        duties_allow(procedure, *row),
        somebody_commits(procedure),
        *(() if examined else (asked(procedure, "declaration-suffices", step),)),
        *(_gate(procedure, question, row, share) for question in GATE),
    )


def _gate(procedure: Procedure, question: str, row: tuple[Step, ...], share: str) -> Precondition:
    """Return the verdict of one question of the gate: texts and attributes, then the answers."""
    step = row[-1]
    if question == "prior-check-required":
        return law_leaves_open(procedure, question, *row)
    if question == "harm-can-be-undone":
        fact = ("reversible", None if step.harm is None else step.harm.reversible)
        return stated_or_answered(procedure, question, step, fact, passing=True)
    if question == "inspection-capacity":
        return can_inspect(procedure, step, one_share(share), *row)
    return asked(procedure, question, step)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the inspection in a sampled sub-process after the grant.

    The sub-process waits for its date, takes a sample, inspects, and keeps, has corrected,
    suspends or revokes the result; what was only inspected in some cases before is only in these
    afterwards. It lies outside the applicant's time; its cost is counted from share and hours
    (``post_check``) and is unknown without them. Where the dossier is known, the applicant's
    commitment joins it.

    Raises:
        BadQuantity: TF101 or TF109 where the term ``share`` is no share.
    """
    flow = procedure.flow
    step = flow.by_id[candidate.targets[-1]]
    if not isinstance(step, Step):
        return procedure
    outer = _outermost(flow, step)
    said = dict(candidate.terms)
    for edge, before in grants_of(flow):
        if outer in before:
            flow = inspected_after(flow, edge, step, _terms(procedure, step, edge, said))
    paid = put_off(procedure, step, one_share(said.get("share", "")))
    said_so = evolve(paid, flow=flow, documents=_with_commitment(paid.documents))
    return taken_out(said_so, *candidate.targets)


def _terms(procedure: Procedure, step: Step, edge: SequenceFlow, said: Mapping[str, str]) -> Terms:
    """Return how *step* is done after the grant at *edge*: what staff *said*, and what is drawn."""
    flow = procedure.flow
    always = always_by(flow, step.id, edge)
    time, timer = due(said.get("wait", ""))
    signer = signed_last(flow)[edge.source]
    return Terms(
        sample=sample_condition(said.get("share", "")),
        subject="" if always else branch_condition(flow, step.id, edge.source),
        time=time,
        timer=timer,
        decider=None if signer is None else performer_of(flow, signer),
        lane=None if signer is None else signer.lane,
    )


def _with_commitment(documents: tuple[Document, ...] | None) -> tuple[Document, ...] | None:
    if documents is None or any(document.name == COMMITMENT for document in documents):
        return documents
    return (*documents, Document(name=COMMITMENT, copies=1, original=True))


LEVER = Lever(
    id="inspect_afterwards",
    title="Chuyển tiền kiểm sang hậu kiểm",
    source="NQ 66/NQ-CP; 949/KH-UBND III.1.2a",
    kinds=frozenset({StepKind.INSPECT, StepKind.EXAMINE, StepKind.OPINION}),
    find=find,
    apply=apply,
)
