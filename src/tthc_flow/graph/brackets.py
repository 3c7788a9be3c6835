"""Which arrows of a graph lie on exactly the same cycles: they are passed equally often.

In a graph with an arrow from its end back to its start, two arrows bound a part with one way in
and one way out if and only if they lie on the same cycles.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Arc: TypeAlias = tuple[int, int]
"""Where an arrow leaves and where it arrives; vertices are numbered from 0."""


class _Search:
    """A depth-first search of an undirected graph: order, parents, tree and back arrows."""

    def __init__(self, near: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Search from vertex 0; *near* holds (arrow, neighbour) of each vertex."""
        self.number = {0: 0}
        self.order = [0]
        self.over: dict[int, int] = {}
        self.children: list[list[int]] = [[] for _ in near]
        self.up: list[list[int]] = [[] for _ in near]
        self.down: list[list[int]] = [[] for _ in near]
        self.target: dict[int, int] = {}
        seen: set[int] = set()
        stack: list[tuple[int, Iterator[tuple[int, int]]]] = [(0, iter(near[0]))]
        while stack:
            vertex, following = stack[-1]
            for arrow, other in following:
                if arrow in seen:
                    continue
                seen.add(arrow)
                if other in self.number:
                    self.up[vertex].append(arrow)
                    self.down[other].append(arrow)
                    self.target[arrow] = self.number[other]
                    continue
                self.number[other] = len(self.order)
                self.order.append(other)
                self.over[other] = arrow
                self.children[vertex].append(other)
                stack.append((other, iter(near[other])))
                break
            else:
                stack.pop()


def cycle_classes(vertices: int, arcs: Sequence[Arc]) -> list[int]:
    """Return the class of each of *arcs*: equal for those that lie on the same cycles.

    Args:
        vertices: How many there are; all are connected with vertex 0.
        arcs: Arrows, without regard to their direction; several may join the same two vertices.

    Example:
        >>> a, b, c, d = cycle_classes(3, [(0, 1), (1, 2), (1, 2), (2, 0)])
        >>> a == d, b == a, b == c
        (True, False, False)

    Source: Johnson, Pearson, Pingali, The Program Structure Tree, PLDI (1994), figure 4; rows of
        brackets are joined smaller to larger, so that it is near-linear.
    """
    chains, ends, corners = _chains(vertices, arcs)
    found = iter(_classes(corners, [(a, b) for a, b in ends if a != b]))
    own = count(len(arcs))
    classes = [0] * len(arcs)
    for chain, (a, b) in zip(chains, ends, strict=True):
        class_ = next(own) if a == b else next(found)
        for arrow in chain:
            classes[arrow] = class_
    return classes


def _near(vertices: int, arcs: Sequence[Arc]) -> list[list[tuple[int, int]]]:
    """Return (arrow, neighbour) for each end of an arrow at each vertex."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(vertices)]
    for arrow, (a, b) in enumerate(arcs):
        near[a].append((arrow, b))
        near[b].append((arrow, a))
    return near


def _chains(vertices: int, arcs: Sequence[Arc]) -> tuple[list[list[int]], list[Arc], int]:
    """Return the longest rows of *arcs* between corners, the corners they join, how many there are.

    What two arrows alone meet at is no corner: every cycle through one goes through the other.
    """
    near = _near(vertices, arcs)
    corners = [v for v, ways in enumerate(near) if v == 0 or len(ways) != 2]  # noqa: PLR2004 - in and out
    number = {vertex: n for n, vertex in enumerate(corners)}
    chains: list[list[int]] = []
    ends: list[Arc] = []
    seen: set[int] = set()
    for corner in corners:
        for arrow, other in near[corner]:
            if arrow in seen:
                continue
            chain, here = [arrow], other
            while here not in number:
                one, two = near[here]
                onward, here = two if one[0] == chain[-1] else one
                chain.append(onward)
            seen.update(chain)
            chains.append(chain)
            ends.append((number[corner], number[here]))
    return chains, ends, len(corners)


def _classes(vertices: int, arcs: Sequence[Arc]) -> list[int]:
    """Return the class of each of *arcs*, each of which joins two vertices."""
    search = _Search(_near(vertices, arcs))
    numbers = count()
    classes: dict[int, int] = {}
    sizes: dict[int, tuple[int, int]] = {}
    brackets: list[dict[int, None]] = [{} for _ in range(vertices)]
    capping: list[list[int]] = [[] for _ in range(vertices)]
    caps = count(len(arcs))
    highest = [vertices] * vertices
    for vertex in reversed(search.order):
        children = search.children[vertex]
        row = _joined([brackets[child] for child in children])
        for bracket in (*capping[vertex], *search.down[vertex]):
            row.pop(bracket, None)
            if bracket < len(arcs) and bracket not in classes:
                classes[bracket] = next(numbers)
        row.update(dict.fromkeys(search.up[vertex]))
        own = min((search.target[each] for each in search.up[vertex]), default=vertices)
        first, second = _two_lowest([highest[child] for child in children], vertices)
        if second < min(own, search.number[vertex]):
            cap = next(caps)
            capping[search.order[second]].append(cap)
            row[cap] = None
        highest[vertex] = min(own, first)
        brackets[vertex] = row
        if vertex in search.over:
            classes[search.over[vertex]] = _class_of(row, sizes, numbers, classes)
    return [classes[arrow] for arrow in range(len(arcs))]


def _joined(rows: list[dict[int, None]]) -> dict[int, None]:
    """Return all brackets of *rows*, the longest one grown by the others."""
    if not rows:
        return {}
    longest = max(rows, key=len)
    for row in rows:
        if row is not longest:
            longest.update(row)
    return longest


def _two_lowest(values: list[int], none: int) -> tuple[int, int]:
    lowest = sorted(values)[:2]
    first, second = (*lowest, none, none)[:2]
    return first, second


def _class_of(
    row: dict[int, None],
    sizes: dict[int, tuple[int, int]],
    numbers: Iterator[int],
    classes: dict[int, int],
) -> int:
    """Return the class of the tree arrow that *row* spans: one per topmost bracket and size."""
    if not row:
        return next(numbers)  # a bridge: it lies on no cycle
    top = next(reversed(row))
    size, name = sizes.get(top, (0, 0))
    if size != len(row):
        name = next(numbers)
        sizes[top] = len(row), name
    if len(row) == 1:
        classes[top] = name
    return name
