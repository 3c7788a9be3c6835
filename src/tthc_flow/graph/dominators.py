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

    Source: Cooper, Harvey, Kennedy, A Simple, Fast Dominance Algorithm (2001).
    """
    seen = view(flow)
    return _tree(seen.after, seen.before, seen.starts)


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
    return _tree(seen.before, seen.after, seen.ends)


def _tree(
    after: Mapping[str, tuple[str, ...]],
    before: Mapping[str, tuple[str, ...]],
    roots: tuple[str, ...],
) -> Dominators:
    order = _last_left_first(after, roots)
    place = {vertex: n for n, vertex in enumerate(order)}
    begun = frozenset(roots)
    nearest = {_ROOT: _ROOT}
    changed = True
    while changed:
        changed = False
        for vertex in order[1:]:
            over = _ROOT if vertex in begun else None
            for each in before[vertex]:
                if each in nearest:
                    over = each if over is None else _met(nearest, place, over, each)
            if over is not None and nearest.get(vertex) != over:
                nearest[vertex] = over
                changed = True
    del nearest[_ROOT]
    below: dict[str, list[str]] = {}
    for vertex, over in nearest.items():
        below.setdefault(over, []).append(vertex)
    return Dominators(nearest=nearest, ranges=_ranges(below))


def _last_left_first(after: Mapping[str, tuple[str, ...]], roots: tuple[str, ...]) -> list[str]:
    """Return what *roots* lead to, in the reverse of the order in which a search leaves it."""
    left: list[str] = []
    seen = {_ROOT}
    stack = [(_ROOT, iter(roots))]
    while stack:
        vertex, following = stack[-1]
        for other in following:
            if other not in seen:
                seen.add(other)
                stack.append((other, iter(after[other])))
                break
        else:
            left.append(vertex)
            stack.pop()
    return left[::-1]


def _met(nearest: Mapping[str, str], place: Mapping[str, int], one: str, other: str) -> str:
    """Return the nearest vertex above both *one* and *other*, or one of them."""
    while one != other:
        if place[one] > place[other]:
            one = nearest[one]
        else:
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
