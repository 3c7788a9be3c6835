"""Which element always comes before another, and which always after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import view

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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

    def common(self, elements: Collection[str]) -> str | None:
        """Return the nearest element that every path to each of *elements* passes, or ``None``.

        It may be one of them.
        """
        opened = [self.ranges[each][0] for each in elements if each in self.ranges]
        if not opened or len(opened) < len(elements):
            return None
        first, last = min(opened), max(opened)
        here = next(iter(elements))
        while here != _ROOT and not (self.ranges[here][0] <= first and last < self.ranges[here][1]):
            here = self.nearest.get(here, _ROOT)
        return None if here == _ROOT else here

    def above(self, element: str) -> Iterator[str]:
        """Yield what every path to *element* passes, the nearest first, itself left out."""
        while (over := self.nearest.get(element, _ROOT)) != _ROOT:
            yield over
            element = over


@remembered
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

    Source: Cooper, Harvey, Kennedy, A Simple, Fast Dominance Algorithm (2001), by networkx.
    """
    seen = view(flow)
    return _tree(seen.after, seen.starts)


@remembered
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
    return _tree(seen.before, seen.ends)


def _tree(near: Mapping[str, tuple[str, ...]], roots: tuple[str, ...]) -> Dominators:
    from networkx import DiGraph, immediate_dominators  # 115 ms to import, needed only to rewrite

    graph: DiGraph[str] = DiGraph()
    graph.add_node(_ROOT)
    graph.add_edges_from((_ROOT, root) for root in roots)
    graph.add_edges_from((a, b) for a, following in near.items() for b in following)
    # networkx leaves the start out of its answer since 3.6, before that it mapped it to itself.
    nearest = {v: over for v, over in immediate_dominators(graph, _ROOT).items() if v != _ROOT}
    below: dict[str, list[str]] = {}
    for vertex, over in nearest.items():
        below.setdefault(over, []).append(vertex)
    return Dominators(nearest=nearest, ranges=_ranges(below))


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
