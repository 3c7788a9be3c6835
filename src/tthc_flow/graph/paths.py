"""Back edges, the longest path without them, and which step comes directly after which."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import live, node_of, reached, view
from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.graph.view import View
    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class Path:
    """A longest path: its weight, and the ids of the nodes on it from start to end."""

    weight: Fraction
    nodes: tuple[str, ...]


@frozen(kw_only=True)
class Acyclic:
    """A control graph without its back edges: vertices in topological order."""

    order: tuple[str, ...]
    after: Mapping[str, tuple[str, ...]]
    back: frozenset[tuple[str, str]]


@remembered
def acyclic(seen: View) -> Acyclic:
    """Return *seen* without the arrows that close a loop, in topological order.

    A back edge points to a vertex of the path that a depth-first search is on; in a reducible
    flow that is the same set whatever the order of the file.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"), Step(id="c", name="C"))
        >>> pairs = (("a", "b"), ("b", "b"), ("b", "c"))
        >>> edges = tuple(SequenceFlow(id=s + t, source=s, target=t) for s, t in pairs)
        >>> acyclic(view(Flow(id="p", nodes=steps, edges=edges))).back
        frozenset({('b', 'b')})

    Source: Tarjan, Depth-first search and linear graph algorithms (1972).
    """
    finished: dict[str, None] = {}
    open_: set[str] = set()
    back: set[tuple[str, str]] = set()
    for root in (*seen.starts, *seen.after):
        if root in finished:
            continue
        open_.add(root)
        stack = [(root, iter(seen.after[root]))]
        while stack:
            vertex, following = stack[-1]
            for target in following:
                if target in open_:
                    back.add((vertex, target))
                elif target not in finished:
                    open_.add(target)
                    stack.append((target, iter(seen.after[target])))
                    break
            else:
                stack.pop()
                open_.discard(vertex)
                finished[vertex] = None
    after = {
        vertex: tuple(target for target in following if (vertex, target) not in back)
        for vertex, following in seen.after.items()
    }
    return Acyclic(order=tuple(reversed(finished)), after=after, back=frozenset(back))


def longest_path(flow: Flow, weights: Mapping[str, Fraction]) -> Path:
    """Return the heaviest way from a start to an end, loops once, the first of equal ones.

    Parallel branches and alternatives both count by their heaviest. A part that only leads back
    lies on no way to an end and does not count. A node without a weight weighs nothing.

    Args:
        flow: Any flow; where no end can be reached, the heaviest way to anywhere is meant.
        weights: By node id; negative ones are not meant.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> longest_path(flow, {"a": Fraction(60), "b": Fraction(1, 2)})
        Path(weight=Fraction(121, 2), nodes=('a', 'b'))

    Source: longest path in a directed acyclic graph by topological order; linear.
    """
    seen = view(flow)
    way = acyclic(seen)
    there = alive(flow)
    # Whole numbers of the common fraction: as exact, and several times as quick to add.
    unit = lcm(*(weight.denominator for weight in weights.values()))
    whole = {each: _parts(weight, unit) for each, weight in weights.items()}
    best: dict[str, tuple[int, str | None]] = {}
    for vertex in way.order:
        if vertex not in there:
            continue
        so_far, _ = best.setdefault(vertex, (whole.get(vertex, 0), None))
        for target in way.after[vertex]:
            total = so_far + whole.get(target, 0)
            if target not in best or total > best[target][0]:
                best[target] = (total, vertex)
    ends = [end for end in seen.ends if end in best] or list(best)
    if not ends:
        return Path(weight=Fraction(0), nodes=())
    last: str | None = max(ends, key=lambda end: best[end][0])
    weight = Fraction(best[last][0], unit) if last is not None else Fraction(0)
    nodes = []
    while last is not None:
        nodes.append(node_of(last))
        last = best[last][1]
    return Path(weight=weight, nodes=tuple(dict.fromkeys(reversed(nodes))))


def _parts(weight: Fraction, unit: int) -> int:
    return weight.numerator * (unit // weight.denominator)


def alive(flow: Flow) -> frozenset[str]:
    """Return every vertex that may be reached: from a start, or by an event sub-process.

    No arrow enters an event sub-process, but it may happen, and then its steps take time.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> sorted(alive(Flow(id="p", nodes=(Step(id="a", name="A"),))))
        ['a']
    """
    seen = view(flow)
    set_off = [
        node.id
        for node in flow.nodes
        if isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT
    ]
    return live(seen) | reached(seen, *set_off) if set_off else live(seen)


@remembered
def next_steps(flow: Flow) -> tuple[tuple[Step, Step], ...]:
    """Return each pair of steps of which the second directly follows the first.

    Only gateways, events, borders of sub-processes and automatic steps lie between; what closes
    a loop is not followed. In the order of the flow, each pair once.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> [(a.id, b.id) for a, b in next_steps(flow)]
        [('a', 'b')]

    Source: hand-off counting of this project; linear in the flow and the pairs.
    """
    return _following(flow, frozenset())


@remembered
def next_in_time(flow: Flow) -> tuple[tuple[Step, Step], ...]:
    """Return each pair of steps of which the second directly follows the first, before the grant.

    As :func:`next_steps`, but what lies outside the applicant's time only lies between.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> nodes = (Step(id="a", name="A"), SubProcess(id="late", outside_clock=True),
        ...          Step(id="b", name="B", scope="late"))
        >>> flow = Flow(id="p", nodes=nodes,
        ...             edges=(SequenceFlow(id="f", source="a", target="late"),))
        >>> len(next_steps(flow)), len(next_in_time(flow))
        (1, 0)

    Source: domain rule of this project: post-inspection comes after the result was given.
    """
    late = scopes_outside_clock(flow)
    return _following(flow, late) if late else next_steps(flow)


def _following(flow: Flow, late: frozenset[str]) -> tuple[tuple[Step, Step], ...]:
    """Return the pairs of steps of people, those in the scopes *late* left out."""
    way = acyclic(view(flow))
    arriving: dict[str, dict[str, Step]] = {}
    pairs: dict[tuple[str, str], tuple[Step, Step]] = {}
    for vertex in way.order:
        node = flow.by_id[node_of(vertex)]
        here = arriving.pop(vertex, {})
        if isinstance(node, Step) and not node.automatic and node.scope not in late:
            for earlier in here.values():
                pairs[earlier.id, node.id] = earlier, node
            here = {node.id: node}
        if not here:
            continue
        # A sub-process is interrupted after something inside it, not before: that follows.
        interrupted = isinstance(node, SubProcess) and vertex == node.id
        for target in way.after[vertex]:
            if interrupted and _guards(flow, target):
                continue
            if target in arriving:
                arriving[target].update(here)
            else:
                arriving[target] = {**here}
    return tuple(pairs.values())


def _guards(flow: Flow, vertex: str) -> bool:
    node = flow.by_id.get(vertex)
    return isinstance(node, Event) and node.position is EventPosition.BOUNDARY
