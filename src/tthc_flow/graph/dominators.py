"""Which element always comes before another, and which always after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.view import View, reached, view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow

_ROOT: Final = ""


@frozen(kw_only=True)
class Dominators:
    """The tree of what must come before (or after): each vertex's nearest one, and its range."""

    nearest: Mapping[str, str]
    ranges: Mapping[str, tuple[int, int]]

    def holds(self, first: str, then: str) -> bool:
        """Return whether every path to *then* passes *first* (an element dominates itself)."""
        if first not in self.ranges or then not in self.ranges:
            return False
        opens, closes = self.ranges[first]
        return opens <= self.ranges[then][0] < closes

    def above(self, element: str) -> Iterator[str]:
        """Yield what every path to *element* passes, the nearest first, itself left out."""
        while (over := self.nearest.get(element, _ROOT)) != _ROOT:
            yield over
            element = over


def dominators(flow: Flow) -> Dominators:
    """Return what every path from a start to an element must pass.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> dominators(flow).holds("a", "b"), dominators(flow).holds("b", "a")
        (True, False)
        >>> list(dominators(flow).above("b"))
        ['a']

    Source: Cooper, Harvey, Kennedy, A Simple, Fast Dominance Algorithm (2001).
    """
    return _tree(view(flow))


def post_dominators(flow: Flow) -> Dominators:
    """Return what every path from an element to an end must pass.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> post_dominators(flow).holds("b", "a")
        True

    Source: dominators of the reversed graph.
    """
    seen = view(flow)
    return _tree(View(after=seen.before, before=seen.after, starts=seen.ends, ends=seen.starts))


def _tree(seen: View) -> Dominators:
    """Intersect along predecessors until nothing changes (two rounds where loops are structured).

    networkx would do the same, but to import it costs more than a whole proposal.
    """
    live = reached(seen, *seen.starts)
    order = [vertex for vertex in acyclic(seen).order if vertex in live]
    rank = {vertex: place for place, vertex in enumerate(order, start=1)}
    rank[_ROOT] = 0
    nearest: dict[str, str] = {_ROOT: _ROOT}
    roots = set(seen.starts)
    changed = True
    while changed:
        changed = False
        for vertex in order:
            known = [_ROOT] if vertex in roots else []
            known += [before for before in seen.before[vertex] if before in nearest]
            over = known[0]
            for other in known[1:]:
                over = _meeting(nearest, rank, over, other)
            if nearest.get(vertex) != over:
                nearest[vertex] = over
                changed = True
    del nearest[_ROOT]
    below: dict[str, list[str]] = {}
    for vertex, over in nearest.items():
        below.setdefault(over, []).append(vertex)
    return Dominators(nearest=nearest, ranges=_ranges(below))


def _meeting(nearest: Mapping[str, str], rank: Mapping[str, int], one: str, other: str) -> str:
    while one != other:
        while rank[one] > rank[other]:
            one = nearest[one]
        while rank[other] > rank[one]:
            other = nearest[other]
    return one


def _ranges(below: Mapping[str, list[str]]) -> dict[str, tuple[int, int]]:
    """Number the tree so that what a vertex dominates lies in its range."""
    opened: dict[str, int] = {}
    ranges: dict[str, tuple[int, int]] = {}
    todo = [(_ROOT, False)]
    while todo:
        vertex, closing = todo.pop()
        if closing:
            ranges[vertex] = (opened[vertex], len(opened))
            continue
        opened[vertex] = len(opened)
        todo.append((vertex, True))
        todo += [(child, False) for child in below.get(vertex, ())]
    del ranges[_ROOT]
    return ranges
