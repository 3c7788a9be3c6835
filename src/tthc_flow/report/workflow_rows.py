"""The internal workflow as a record: which step comes when, what changed in it, where it leads.

What a step is (who, how long, with what result) stands in ``steps``, by its id.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.view import node_of, view
from tthc_flow.measures.wording import outcome_words
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.step import Step
from tthc_flow.report.english import english
from tthc_flow.report.record import Json
from tthc_flow.report.sentences import labels_of, on_one_line
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.measures.change import Change
    from tthc_flow.model.flow import Flow, Node, SequenceFlow
    from tthc_flow.model.procedure import Procedure


def of_workflow(before: Procedure, after: Procedure, changes: Iterable[Change], lang: str) -> Json:
    """Return the rows of both workflows: ``before`` and ``after``, the changed steps marked.

    Args:
        before: The procedure as it is.
        after: The procedure as it is proposed.
        changes: What differs; ids are those of each side.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký"),)))
        >>> of_workflow(one, one, (), "vi")["after"][0]["position"]
        1

    Source: the columns of published workflows (nội dung công việc, người thực hiện, thời gian,
        kết quả).
    """
    was, now = dict[str, list[str]](), dict[str, list[str]]()
    for change in changes:
        for marked, ids in ((was, change.was), (now, change.now)):
            for each in ids if change.element is not None else ():
                marked.setdefault(each, []).append(change.kind.value)
    return {"before": _rows(before, was, lang), "after": _rows(after, now, lang)}


def _rows(procedure: Procedure, changed: Mapping[str, list[str]], lang: str) -> list[Json]:
    flow, labels = procedure.flow, labels_of(procedure, lang=lang)
    return [
        {
            "position": position,
            "step": step.id,
            "changed": list(dict.fromkeys(changed.get(step.id, ()))),
            "ways": [_way(edges, node, flow, labels, lang) for edges, node in _ways(flow, step)],
        }
        for position, step in enumerate(steps_in_order(flow), start=1)
    ]


def steps_in_order(flow: Flow) -> list[Step]:
    """Return the steps so that each stands after those that lead to it; loops lead nowhere.

    Where several could come next, the order of the file decides: what was added stands where it
    is done, not at the end.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = (Step(id="b", name="B"), Step(id="a", name="A"))
        >>> edges = (SequenceFlow(id="f", source="a", target="b"),)
        >>> [step.id for step in steps_in_order(Flow(id="p", nodes=steps, edges=edges))]
        ['a', 'b']

    Source: Kahn, Topological sorting of large networks (1962).
    """
    way = acyclic(view(flow))
    place = {node.id: number for number, node in enumerate(flow.nodes)}
    rank = {vertex: (place.get(node_of(vertex), 0), vertex) for vertex in way.after}
    waiting = dict.fromkeys(way.after, 0)
    for target in (target for targets in way.after.values() for target in targets):
        waiting[target] += 1
    ready = [rank[vertex] for vertex, count in waiting.items() if not count]
    heapq.heapify(ready)
    order: dict[str, None] = {}
    while ready:
        _, vertex = heapq.heappop(ready)
        order.setdefault(node_of(vertex))
        for target in way.after[vertex]:
            waiting[target] -= 1
            if not waiting[target]:
                heapq.heappush(ready, rank[target])
    every = (flow.by_id[each] for each in (*order, *(place.keys() - order.keys())))
    return [node for node in every if isinstance(node, Step)]


def _ways(flow: Flow, step: Step) -> Iterator[tuple[tuple[SequenceFlow, ...], Node]]:
    """Yield each way out of *step* through gateways to what is done next; none where it is one."""
    found: list[tuple[tuple[SequenceFlow, ...], Node]] = []
    trail: list[tuple[tuple[SequenceFlow, ...], str]] = [((), step.id)]
    seen = {step.id}
    while trail:
        edges, at = trail.pop(0)
        for edge in flow.outgoing[at]:
            node = flow.by_id.get(edge.target)
            if node is None or node.id in seen:
                continue
            if isinstance(node, Gateway):
                seen.add(node.id)
                trail.append(((*edges, edge), node.id))
            else:
                found.append(((*edges, edge), node))
    yield from found if len(found) > 1 else ()


def _way(
    edges: tuple[SequenceFlow, ...],
    node: Node,
    flow: Flow,
    labels: Mapping[str, str],
    lang: str,
) -> Json:
    said = [_when(edge, lang) for edge in edges]
    splits = [flow.by_id[edge.source] for edge in edges]
    together = any(isinstance(at, Gateway) and at.kind is GatewayKind.PARALLEL for at in splits)
    return {
        "when": "; ".join(each for each in said if each),
        "together": together,
        "to": labels.get(node.id) or text("flow-end", lang),
    }


def _when(edge: SequenceFlow, lang: str) -> str:
    if edge.name:
        return on_one_line(edge.name)
    if edge.outcome is None:
        return ""
    words = outcome_words(edge.outcome)
    return english(words) if lang == "en" else words
