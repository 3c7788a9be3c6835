"""Which nodes of near-identical flows can be one node: what is done there is the same work.

Source: configurable process models (La Rosa, Dumas, Uba, Dijkman, Business Process Model Merging,
ACM TOSEM 22, 2013): what is common stands once, what differs is chosen by the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.regions import content, regions
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.flow import Event, Gateway, GatewayKind, SubProcess
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from tthc_flow.model.flow import Flow, Node, SequenceFlow

Ties: TypeAlias = "tuple[frozenset[str], ...]"


def shared(one: Flow, other: Flow, matched: Mapping[str, str]) -> dict[str, str]:
    """Return the pairs of *matched* (an id of *one* → an id of *other*) that can be one node.

    Steps are one where the same performer does the same kind of work; a split only where its ways
    are told alike; a parallel block, a sub-process and a step with its boundary events as a whole.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> one = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> two = Flow(id="q", nodes=(Step(id="x", name="Ký"),))
        >>> shared(one, two, {"a": "x"})
        {'a': 'x'}

    Source: see the module; each round takes away at least one pair or is the last.
    """
    pairs = {
        mine: theirs
        for mine, theirs in matched.items()
        if work(one, one.by_id[mine]) == work(other, other.by_id[theirs])
        and _ways_told(one, mine) == _ways_told(other, theirs)
    }
    while True:
        back = {theirs: mine for mine, theirs in pairs.items()}
        lost = {mine for tie in ties(one) if not tie <= pairs.keys() for mine in tie}
        lost |= {
            back[theirs]
            for tie in ties(other)
            if not tie <= back.keys()
            for theirs in tie & back.keys()
        }
        lost |= {mine for mine, theirs in pairs.items() if not _stands(one, other, pairs, mine)}
        lost &= pairs.keys()
        if not lost:
            return pairs
        pairs = {mine: theirs for mine, theirs in pairs.items() if mine not in lost}


def _stands(one: Flow, other: Flow, pairs: Mapping[str, str], mine: str) -> bool:
    """Return whether the two stand in the same sub-process, at the same host, with one undoer."""
    here, there = one.by_id[mine], other.by_id[pairs[mine]]
    near = [(here.scope, there.scope)]
    if isinstance(here, Event) and isinstance(there, Event):
        near += [(here.attached_to, there.attached_to), (here.handler, there.handler)]
    return all((None if a is None else pairs.get(a, "")) == b for a, b in near)


def work(flow: Flow, node: Node) -> Hashable:
    """Return what two nodes must have in common to be one; facts about it may still differ.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> flow = Flow(id="p")
        >>> work(flow, Step(id="a", name="Ký")) == work(flow, Step(id="b", name="Duyệt"))
        False

    Source: contract of the model: kinds say the work, performers who answers for it.
    """
    match node:
        case Step():
            who = performer_of(flow, node)
            return (
                "step",
                node.task,
                frozenset(node.kinds),
                None if who is None else (identity(who), who.levels),
                None if node.kinds else key(node.name),
                (node.loop, node.pauses_clock, node.time.counted, node.calls, node.function),
                (node.fields, node.candidates, node.instantiates, node.result),
                (node.start_quantity, node.completion_quantity),
            )
        case Gateway():
            return "gateway", node.kind, node.instantiates, node.parallel
        case Event():
            return (
                "event",
                (node.position, node.trigger, node.interrupting, node.outcome),
                (node.reference, node.timer, node.condition),
            )
        case SubProcess():
            return (
                "sub-process",
                (node.kind, node.loop, node.outside_clock),
                (node.start_quantity, node.completion_quantity),
            )


def ways(flow: Flow, node: str) -> tuple[SequenceFlow, ...]:
    """Return the flows that leave *node*, in an order that does not hang on the file's.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> ways(Flow(id="p", nodes=(Step(id="a", name="A"),)), "a")
        ()
    """
    return tuple(sorted(flow.outgoing[node], key=lambda each: repr(told(flow, each))))


def _ways_told(flow: Flow, node: str) -> tuple[Hashable, ...]:
    return tuple(told(flow, each) for each in ways(flow, node))


def told(flow: Flow, edge: SequenceFlow) -> tuple[object, ...]:
    """Return what is told of *edge*: its name and condition, what taking it means, the default.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> edge = SequenceFlow(id="f", source="a", target="b", name="Đạt")
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),), edges=(edge,))
        >>> told(flow, edge)[0]
        'đat6'
    """
    outcome = None if edge.outcome is None else edge.outcome.value
    default = getattr(flow.by_id[edge.source], "default", None) == edge.id
    return key(edge.name), edge.condition or "", edge.printed or "", outcome or "", default


@remembered
def ties(flow: Flow) -> Ties:
    """Return the sets of nodes of *flow* that are one with another flow's as a whole or not at all.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> ties(Flow(id="p"))
        ()

    Source: BPMN 2.0.2, 10.6 and 13.4: what is begun together has to be joined together.
    """
    found = [
        content(flow, region)
        for region in regions(flow)
        if isinstance(node := flow.by_id[region.entry], Gateway)
        and node.kind is not GatewayKind.EXCLUSIVE
    ]
    inside: dict[str, set[str]] = {}
    for node in flow.nodes:
        bound = {node.scope}
        if isinstance(node, Event):
            bound |= {node.attached_to, node.handler}
        for whole in bound - {None}:
            inside.setdefault(str(whole), {str(whole)}).add(node.id)
    return (*found, *(frozenset(each) for each in inside.values()))
