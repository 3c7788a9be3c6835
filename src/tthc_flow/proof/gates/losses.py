"""What would be lost with a step: a decision, an answer waited for, a result that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.chains import places
from tthc_flow.graph.components import knots
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import node_of, view
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Outcome, Trigger
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.proof.gates.rates import upper_rate
from tthc_flow.proof.gates.uses import uses
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure

IDLE_REJECTION_RATE: Final = 0.01
"""A check whose rejection rate is, with 95 % confidence, below this changes nothing in practice."""

_NAME: Final = "decides-no-branch"
_ECHOING: Final = frozenset({StepKind.REVIEW, StepKind.TRANSFER, StepKind.NUMBER_AND_STAMP})
_BACK: Final = frozenset({Outcome.REWORK, Outcome.SUPPLEMENT})


def decides_nothing(procedure: Procedure, step: Step) -> Precondition:
    """Return whether *step* decides no branch.

    It decides one where an exclusive or inclusive gateway follows it, where ``decides`` says so,
    or where it rejected a real share of its dossiers (upper 95 % bound above 1 %). Only where the
    dossiers were counted does the condition say that almost none is rejected.
    """
    return _decides_nothing(procedure, step, frozenset())


def sways_nothing(procedure: Procedure, step: Step) -> Precondition:
    """Return whether no branch stands on what *step* found.

    As :func:`decides_nothing`; a branch after steps that only review or pass on what *step*
    found is decided by *step* as well.
    """
    return _decides_nothing(procedure, step, _ECHOING)


def _decides_nothing(
    procedure: Procedure, step: Step, echoing: frozenset[StepKind]
) -> Precondition:
    counted = _rejects(step)
    if counted is not None and counted.verdict is Verdict.FAIL:
        return counted
    branching = _branching_after(procedure.flow, step, echoing)
    if branching is not None:
        because = (("gateway", branching),)
        return Precondition(name=_NAME, verdict=Verdict.FAIL, because=because, curable=True)
    if step.decides:
        return Precondition(name=_NAME, verdict=Verdict.FAIL, because=(("decides", "true"),))
    if counted is not None:
        return counted
    return Precondition(name=_NAME, verdict=Verdict.PASS, because=(("gateway", "none"),))


def one_way_between(procedure: Procedure, first: str, last: str) -> Precondition:
    """Return whether every case that goes on to *last* takes one way to it from *first*.

    Where several lead there, which one may stand on what was found out before *first*. Parallel
    ways, a way back, and one that ends before *last* are no such choice.
    """
    flow = procedure.flow
    place = places(flow)
    onward: dict[str, list[str]] = {}
    queue = [first]
    for here in queue:
        if here == last or here in onward:
            continue
        onward[here] = [
            edge.target
            for edge in flow.outgoing[here]
            if place.get(edge.target, 0) > place.get(here, 0)  # else it leads back
        ]
        queue += onward[here]
    leads = {last}
    for here in sorted(onward, key=lambda each: place.get(each, 0), reverse=True):
        ways = [each for each in onward[here] if each in leads]
        node = flow.by_id[here]
        if len(ways) > 1 and not (isinstance(node, Gateway) and node.kind is GatewayKind.PARALLEL):
            because = (("gateway", here),)
            return Precondition(name=_NAME, verdict=Verdict.FAIL, because=because, curable=True)
        if ways:
            leads.add(here)
    return Precondition(name=_NAME, verdict=Verdict.PASS, because=(("gateway", "none"),))


def _branching_after(flow: Flow, step: Step, echoing: frozenset[StepKind]) -> str | None:
    """Return the first element after *step* at which the case takes one way of several.

    Parallel ways that meet, and the end of a sub-process, decide nothing: what follows may.
    """
    if len(flow.outgoing[step.id]) > 1:
        return step.id
    after = view(flow).after
    seen, queue = {step.id}, [step.id]
    while queue:
        for vertex in after[queue.pop()]:
            node = flow.by_id[node_of(vertex)]
            if vertex in seen or not _leads_on(node, vertex, echoing):
                continue
            seen.add(vertex)
            parallel = isinstance(node, Gateway) and node.kind is GatewayKind.PARALLEL
            if len(flow.outgoing[node.id]) > 1 and not parallel:
                return node.id
            queue.append(vertex)
    return None


def _leads_on(node: Node, vertex: str, echoing: frozenset[StepKind]) -> bool:
    """Return whether nothing is found out at *vertex* that was not before."""
    match node:
        case Gateway():
            return True
        case Step():
            return bool(node.kinds) and echoing.issuperset(node.kinds)
        case Event(position=EventPosition.END, trigger=Trigger.NONE):
            return True
        case _:
            return vertex != node.id  # where a sub-process is left


@remembered
def _rejects(step: Step) -> Precondition | None:
    """Return what the counted rejections say, where there are any counts."""
    if not step.checked or step.rejected is None:
        return None
    bound = upper_rate(step.rejected, step.checked)
    because = (("rejected", f"{step.rejected}/{step.checked}"), ("upper-bound", f"{bound:.4f}"))
    if bound <= IDLE_REJECTION_RATE:
        verdict = Verdict.PASS
    else:
        verdict = Verdict.FAIL if step.rejected else Verdict.UNKNOWN
    return Precondition(name="rejects-almost-nothing", verdict=verdict, because=because)


def nobody_sends_back(procedure: Procedure, step: Step) -> Precondition:
    """Return whether no branch sends a case back to *step*, to have its work done again."""
    name = "nobody-sends-back-to-it"
    flow = procedure.flow
    seen, queue = {step.id}, [step.id]
    while queue:
        at = queue.pop()
        edges = flow.incoming[at]
        back = [e for e in edges if _goes_round(flow, e.source, step.id)] if len(edges) > 1 else []
        for edge in edges:
            if edge.outcome in _BACK or (edge in back and len(back) < len(edges)):
                because = (("sent-back-from", edge.source),)
                return Precondition(name=name, verdict=Verdict.FAIL, because=because, curable=True)
            if isinstance(flow.by_id.get(edge.source), Gateway | Event) and edge.source not in seen:
                seen.add(edge.source)
                queue.append(edge.source)
    return Precondition(name=name, verdict=Verdict.PASS)


def _goes_round(flow: Flow, source: str, step: str) -> bool:
    """Return whether *source*, which leads to *step*, comes after it too."""
    on_loops = _knots(flow)
    return source == step or (source in on_loops and on_loops[source] == on_loops.get(step))


@remembered
def _knots(flow: Flow) -> Mapping[str, int]:
    """Return, for each node on a loop, which ones lead to each other."""
    found = knots(flow.outgoing, lambda node: (e.target for e in flow.outgoing.get(node, ())))
    return {node: number for number, group in enumerate(found) for node in group}


def nothing_awaited(procedure: Procedure, step: Step) -> Precondition:
    """Return whether nothing that stays in the flow waits for the answer to *step*.

    A message event right after it, or a step that receives "văn bản trả lời", would wait for ever.
    """
    name = "no-answer-awaited"
    flow = procedure.flow
    for edge in flow.outgoing[step.id]:
        node = flow.by_id.get(edge.target)
        if node is not None and _waits(node):
            because = (("waits-at", node.id),)
            return Precondition(name=name, verdict=Verdict.FAIL, because=because, curable=True)
    return Precondition(name=name, verdict=Verdict.PASS)


def _waits(node: Node) -> bool:
    if isinstance(node, Event):
        return node.position is EventPosition.CATCH and node.trigger is not Trigger.LINK
    if isinstance(node, Gateway):
        return node.kind is GatewayKind.EVENT_BASED
    if not isinstance(node, Step) or StepKind.RECEIVE not in node.kinds:
        return False
    said = key(node.name)
    return any(key(words) in said for words in ("ý kiến", "trả lời", "góp ý", "phúc đáp"))


def reads_nothing_new(procedure: Procedure, first: Step, again: Step) -> Precondition:
    """Return whether *again* reads only documents, by only criteria, that *first* had already.

    Where neither reads nor criteria of both are known, the answer to the question decides.
    """
    name = "examines-anything-new"
    pairs = [
        (had, needs)
        for had, needs in ((first.reads, again.reads), (first.criteria, again.criteria))
        if had is not None and needs is not None
    ]
    for had, needs in pairs:
        if needs - had:
            new = ", ".join(sorted(needs - had))
            return Precondition(name=name, verdict=Verdict.FAIL, because=(("new", new),))
    if first.reads is not None and again.reads is not None:
        passed = Precondition(name=name, verdict=Verdict.PASS, because=(("first", first.id),))
        return barred_by_answer(procedure, name, again) or passed
    return asked(procedure, name, again)


def worst_of(*conditions: Precondition) -> Precondition:
    """Return the worst of *conditions* (one question, several steps); the first of equals."""
    order = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS)
    return min(conditions, key=lambda condition: order.index(condition.verdict))


def writes_unread(procedure: Procedure, question: str, *steps: Step) -> Precondition:
    """Return whether nobody but *steps* reads what they write; unknown asks *question*."""
    name = "nobody-reads-its-result"
    barred = barred_by_answer(procedure, question, *steps)
    if barred is not None:
        return barred
    ids = {step.id for step in steps}
    written = frozenset[str]().union(*(step.writes or () for step in steps))
    used = uses(procedure.flow)
    reader = used.reader(written, ids)
    if reader is not None:
        return Precondition(name=name, verdict=Verdict.FAIL, because=(("reader", reader.id),))
    if any(step.writes is None for step in steps):
        return asked(procedure, question, *steps)
    if not written:
        return Precondition(name=name, verdict=Verdict.PASS, because=(("writes", "nothing"),))
    if used.unsaid(ids):
        return asked(procedure, question, *steps)
    return Precondition(name=name, verdict=Verdict.PASS, because=(("reader", "none"),))
