"""Drop a relay (bỏ bước trung chuyển).

Finds: a step that only receives from one office and forwards to the next, with no work of its own.
Matters: each relay adds a waiting time and a hand-off; the electronic system forwards at once.
Not when: it makes a legal record of its own or a document that others read, a rule names it, it
    carries paper that must move, or it is how the result reaches the applicant.
Source: 949/KH-UBND III.2, III.3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.chains import detachable
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.graph.view import reached, view
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event, EventPosition
from tthc_flow.model.lever import Candidate, Lever, Precondition, Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, duties_allow, needs_no_paper, no_rule_names
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, time_of
from tthc_flow.proof.gates.losses import decides_nothing, writes_unread
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.words.kinds import read_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each step that only passes a dossier on, except the first of the procedure."""
    flow = procedure.flow
    before_return = _leading_to_a_return(flow)
    for step in flow.steps:
        if step.automatic or not _passes_on(step):
            continue
        going = detachable(flow, step)
        if going is None:
            continue
        before = (flow.by_id.get(edge.source) for edge in flow.incoming[step.id])
        if step.scope is None and any(_starts(node) for node in before):
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=going,
            evidence=(done_by(step, performer_of(flow, step)), time_of(step)),
            preconditions=(
                takes_nothing_else(procedure, step, allowed=_allowed(flow, step)),
                _result_still_handed_over(step, before_return),
                decides_nothing(procedure, step),
                no_rule_names(procedure, step),
                asked(procedure, "registers-legal-record", step),
                *((writes_unread(procedure, "result-is-used", step),) if step.writes else ()),
                needs_no_paper(procedure, step),
                duties_allow(procedure, step),
            ),
            amends=who_may_amend(procedure, step),
            risk=risk_of(procedure, step),
            confidence=confidence_of(procedure, step),
        )


def _passes_on(step: Step) -> bool:
    """Return whether *step* forwards a dossier, also one that it says it receives first."""
    if step.kind is StepKind.RECEIVE:
        return StepKind.TRANSFER in step.kinds or _says_it_passes_on(step)
    return step.kind is StepKind.TRANSFER


@remembered
def _says_it_passes_on(step: Step) -> bool:
    return any(kind is StepKind.TRANSFER for kind, _ in read_kinds(step.name, step.performer).also)


def _starts(node: Node | None) -> bool:
    return isinstance(node, Event) and node.position is EventPosition.START


def _allowed(flow: Flow, step: Step) -> frozenset[StepKind]:
    """Return what a relay may do; the one-stop shop's receipt is the applicant's, no relay."""
    performer = performer_of(flow, step)
    if performer is not None and performer.role is Role.ONE_STOP_SHOP:
        return frozenset({StepKind.TRANSFER})
    return frozenset({StepKind.TRANSFER, StepKind.RECEIVE})


def _leading_to_a_return(flow: Flow) -> frozenset[str]:
    """Return the elements after which the result is still returned to the applicant."""
    returns = tuple(step.id for step in flow.steps if StepKind.RETURN in step.kinds)
    return reached(view(flow), *returns, backwards=True) - set(returns) if returns else frozenset()


def _result_still_handed_over(step: Step, before_return: frozenset[str]) -> Precondition:
    """Return whether a later step returns the result; the last transfer may be the return."""
    verdict = Verdict.PASS if step.id in before_return else Verdict.FAIL
    because = () if verdict is Verdict.PASS else (("end", step.id),)
    return Precondition(name="result-still-handed-over", verdict=verdict, because=because)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the relay; its neighbours are joined."""
    return taken_out(procedure, *candidate.targets)


LEVER = Lever(
    id="drop_relay",
    title="Bỏ bước trung chuyển",
    source="949/KH-UBND III.2, III.3.1",
    kinds=frozenset({StepKind.TRANSFER, StepKind.RECEIVE}),
    find=find,
    apply=apply,
)
