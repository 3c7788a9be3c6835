"""Decide, then report, instead of asking a superior first (quyết định rồi báo cáo).

Finds: a step that asks a superior for an opinion or consent, with the superior's answer (a step,
    a message, or a time after which silence is consent), before the agency's own decision.
Matters: the decision already belongs to the agency; the question only adds a wait.
Not when: law names the superior as the one who decides, another body signs after the agency, or
    a branch stands on the answer.
Source: 949/KH-UBND III.2.1(b)(ii).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.arms import reported_after
from tthc_flow.graph.chains import places, reminders
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.relief import bypassed
from tthc_flow.graph.rewrite import fresh_id, taken_out
from tthc_flow.graph.signers import later_signers
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    Outcome,
    SubProcess,
    Trigger,
)
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind, StepTime, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import duties_allow, no_text_demands
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import one_way_between, sways_nothing, worst_of
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure

_ANSWERING: Final = frozenset(
    {StepKind.OPINION, StepKind.REVIEW, StepKind.EXAMINE, StepKind.REEXAMINE, StepKind.TRANSFER}
)
_WAITING: Final = frozenset({StepKind.RECEIVE, StepKind.TRANSFER, StepKind.OPINION})
_DIRECTING: Final = _ANSWERING | {StepKind.ASSIGN}
"""What an answer does that says it is one: "cho ý kiến chỉ đạo" also tells what to do."""
_ANSWER: Final = tuple(key(words) for words in ("ý kiến", "trả lời", "phúc đáp", "chấp thuận"))
_LIMITS: Final = frozenset({Trigger.TIMER, Trigger.MESSAGE})


@frozen(kw_only=True)
class _Question:
    """What asks and waits: its nodes, the steps among them, and what comes *after* it."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    answers: tuple[Step, ...]
    after: str


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each question to a superior that comes before the asker's own signature."""
    flow = procedure.flow
    for ask in flow.steps:
        if ask.kinds != (StepKind.ASK_SUPERIOR,):
            continue
        asked = _question(flow, ask)
        decision = None if asked is None else _decision(flow, ask, asked)
        if asked is None or decision is None or len(flow.outgoing[decision.id]) != 1:
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=asked.nodes,
            anchors=(decision.id,),
            evidence=(
                Evidence(
                    name="superior",
                    value=_superior(procedure, asked),
                    element=asked.steps[-1].id,
                ),
                Evidence(name="own-decision", value=decision.name, element=decision.id),
                *(time_of(step) for step in asked.steps),
            ),
            preconditions=(
                no_text_demands(procedure, "superior-named-by-law", *_told_by_law(asked)),
                _takes_nothing_else(procedure, asked),
                _sways_nothing(procedure, asked, decision),
                _decision_is_own(flow, decision),
                duties_allow(procedure, *asked.steps),
            ),
            amends=who_may_amend(procedure, *asked.steps),
            risk=risk_of(procedure, *asked.answers) if asked.answers else None,
            confidence=confidence_of(procedure, decision, *asked.steps),
        )


def _told_by_law(asked: _Question) -> tuple[Step, ...]:
    """Return the steps law may be about: question, answers, and what else has a basis."""
    core = (asked.steps[0], *asked.answers)
    return (*core, *(s for s in asked.steps if s not in core and (s.mandatory or s.legal_basis)))


def _question(flow: Flow, ask: Step) -> _Question | None:
    """Return what belongs to the question *ask*, where a case leaves it to one place only."""
    asker = performer_of(flow, ask)
    if asker is None or asker.office is None or ask.loop is not None:
        return None
    inside: dict[str, None] = {ask.id: None}
    answers: list[Step] = []
    ends: set[str] = set()
    queue = [ask.id]
    for here in queue:
        hung = _hung_on(flow, here)
        if hung is None:
            return None
        inside.update(dict.fromkeys(hung))
        queue += [each for each in hung if _ends_a_wait(flow.by_id[each])]
        for edge in flow.outgoing[here]:
            node = flow.by_id.get(edge.target)
            if node is None or node.id in inside:
                continue
            if not _belongs(flow, node, ask, answers, inside):
                ends.add(node.id)
                continue
            inside[node.id] = None
            queue.append(node.id)
            if isinstance(node, Step) and _office(flow, node) != _office(flow, ask):
                answers.append(node)
    ends -= inside.keys()
    others = (edge for each in inside if each != ask.id for edge in flow.incoming[each])
    if len(ends) != 1 or any(edge.source not in inside for edge in others):
        return None
    place = places(flow)
    rest = sorted((each for each in inside if each != ask.id), key=lambda each: place.get(each, 0))
    nodes = (ask.id, *rest)
    steps = tuple(n for each in nodes if isinstance(n := flow.by_id[each], Step) and n.kinds)
    return _Question(nodes=nodes, steps=steps, answers=tuple(answers), after=ends.pop())


def _hung_on(flow: Flow, here: str) -> tuple[str, ...] | None:
    """Return what goes with the step *here*: reminders, an event that ends the wait; else none."""
    step = flow.by_id[here]
    if not isinstance(step, Step):
        return ()
    found = reminders(flow, step)
    if found is not None:
        return found
    events = [n for n in flow.nodes if isinstance(n, Event) and n.attached_to == here]
    limits = all(_ends_a_wait(event) and event.trigger in _LIMITS for event in events)
    return tuple(event.id for event in events) if limits else None


def _ends_a_wait(node: Node) -> bool:
    return isinstance(node, Event) and node.attached_to is not None and node.interrupting


def _belongs(
    flow: Flow, node: Node, ask: Step, answers: list[Step], inside: dict[str, None]
) -> bool:
    """Return whether *node* is the superior's answer, or the wait for it."""
    match node:
        case Step():
            office = _office(flow, node)
            if len(flow.outgoing[node.id]) != 1 or not node.kinds or office is None:
                return False
            said = any(words in key(node.name) for words in _ANSWER)
            if office == _office(flow, ask):
                waits = _WAITING.issuperset(node.kinds) and node.kinds != (StepKind.TRANSFER,)
                return waits and said
            one_body = not answers or office == _office(flow, answers[0])
            return one_body and (_DIRECTING if said else _ANSWERING).issuperset(node.kinds)
        case Event(position=EventPosition.CATCH, trigger=Trigger.MESSAGE | Trigger.TIMER):
            return True
        case Gateway(kind=GatewayKind.EVENT_BASED):
            return True
        case Gateway(kind=GatewayKind.EXCLUSIVE):
            joins = len(flow.outgoing[node.id]) == 1
            return joins and all(edge.source in inside for edge in flow.incoming[node.id])
        case _:
            return False


def _decision(flow: Flow, ask: Step, asked: _Question) -> Step | None:
    """Return the asker's own signature, to which every case comes that is not refused before it.

    ``None`` where another office works between, something is granted without, or several sign.
    """
    own, found = _office(flow, ask), dict[str, Step]()
    queue = [asked.after]
    for here in queue:
        node = flow.by_id[here]
        if here in asked.nodes:
            continue
        match node:
            case Step() if _office(flow, node) != own or node.id in flow.guarded:
                return None
            case Step() if StepKind.SIGN in node.kinds:
                found[node.id] = node
                continue
            case Event(position=EventPosition.END, outcome=Outcome.REFUSE | Outcome.WITHDRAW):
                continue
            case Event() | SubProcess() | Gateway(kind=GatewayKind.EVENT_BASED):
                return None
            case _:
                queue += [e.target for e in flow.outgoing[here] if e.target not in queue]
    return next(iter(found.values())) if len(found) == 1 else None


def _superior(procedure: Procedure, asked: _Question) -> str:
    """Return who is asked: who answers, else the pool that the question is sent to."""
    if asked.answers:
        who = performer_of(procedure.flow, asked.answers[-1])
        return "unknown" if who is None else who.name
    pools = {pool.id: pool.name for pool in procedure.pools}
    for message in procedure.messages:
        ends = {message.source, message.target}
        if not ends.isdisjoint(asked.nodes) and (named := ends & pools.keys()):
            return pools[min(named)] or "unknown"
    return "unknown"


def _takes_nothing_else(procedure: Procedure, asked: _Question) -> Precondition:
    """Return whether nothing but the question and its answer goes, messages included."""
    events = (
        Step(id=each, name="")
        for each in asked.nodes
        if isinstance(procedure.flow.by_id[each], Event)
    )
    allowed = _DIRECTING | _WAITING | {StepKind.ASK_SUPERIOR, StepKind.REPORT}
    return takes_nothing_else(procedure, *asked.steps, *events, allowed=allowed)


def _sways_nothing(procedure: Procedure, asked: _Question, decision: Step) -> Precondition:
    """Return whether no branch stands on the answer; how it was waited for is no branch."""
    way = one_way_between(procedure, asked.after, decision.id)
    if len(asked.nodes) == len(asked.steps):
        return worst_of(way, *(sways_nothing(procedure, step) for step in asked.steps))
    ask = asked.steps[0]
    short = bypassed(procedure, asked.nodes[1:], asked.after)
    sways = (sways_nothing(short, evolve(step, id=ask.id)) for step in asked.steps)
    return worst_of(way, *sways)


def _office(flow: Flow, step: Step) -> str | None:
    who = performer_of(flow, step)
    return None if who is None else identity(who)[0]


def _decision_is_own(flow: Flow, decision: Step) -> Precondition:
    """Return whether no other body signs after *decision*: else, as drawn, that one decides."""
    name = "decision-is-own"
    later = later_signers(flow).get(decision.id, ())
    others = [step for step in later if _office(flow, step) != _office(flow, decision)]
    if others:
        because = (("signed-later", others[0].id),)
        return Precondition(name=name, verdict=Verdict.FAIL, because=because, curable=True)
    return Precondition(name=name, verdict=Verdict.PASS)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the question and its answer; a report follows the decision.

    The report is sent after the decision and is no part of the time the applicant waits.
    """
    flow = procedure.flow
    ask, decision = flow.by_id[candidate.targets[0]], flow.by_id[candidate.anchors[0]]
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
    inside = set(candidate.targets)
    leaving = (e.target for each in candidate.targets for e in flow.outgoing[each])
    (beyond,) = {target for target in leaving if target not in inside}
    short = bypassed(procedure, candidate.targets[1:], beyond)
    after = taken_out(short, candidate.targets[0])
    return evolve(after, flow=reported_after(after.flow, decision.id, report, flow))


LEVER = Lever(
    id="decide_then_report",
    title="Quyết định rồi báo cáo, thay vì xin ý kiến cấp trên",
    source="949/KH-UBND III.2.1(b)(ii)",
    kinds=frozenset({StepKind.ASK_SUPERIOR}),
    find=find,
    apply=apply,
)
