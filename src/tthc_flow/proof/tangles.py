"""Tangles of exclusive nodes: regions of choices and merges alone, which act as one node.

In a region of exclusive nodes every way in reaches every way out if the region is strongly
connected, or if only one arrow enters it or only one leaves it. A token that enters then has
exactly the choices it would have at a single exclusive node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Neighbours = Callable[[int], list[int]]


def tangles(exclusive: Iterable[int], after: Neighbours, before: Neighbours) -> list[list[int]]:
    """Return disjoint regions of at least two *exclusive* nodes, each one node's worth."""
    members = dict.fromkeys(exclusive)
    found: list[list[int]] = []
    for region in _connected(members, after, before):
        if len(region) > 1:
            inside = set(region)
            enters = sum(source not in inside for node in region for source in before(node))
            leaves = sum(target not in inside for node in region for target in after(node))
            if enters and leaves and min(enters, leaves) == 1:
                found.append(region)
            else:
                found += [c for c in _strong(region, inside, after) if len(c) > 1]
    return found


def _connected(
    members: dict[int, None], after: Neighbours, before: Neighbours
) -> Iterable[list[int]]:
    """Yield the regions that hang together, direction aside."""
    seen: set[int] = set()
    for root in members:
        if root in seen:
            continue
        seen.add(root)
        region = [root]
        for node in region:
            for near in (*after(node), *before(node)):
                if near in members and near not in seen:
                    seen.add(near)
                    region.append(near)
        yield region


def _strong(region: list[int], inside: set[int], after: Neighbours) -> list[list[int]]:
    """Return the strongly connected components (Tarjan 1972, with a stack of its own)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    path: list[int] = []
    on_path: set[int] = set()
    components: list[list[int]] = []
    for root in region:
        if root in index:
            continue
        work = [(root, iter(after(root)))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            node, following = work[-1]
            for target in filter(inside.__contains__, following):
                if target not in index:
                    index[target] = low[target] = len(index)
                    path.append(target)
                    on_path.add(target)
                    work.append((target, iter(after(target))))
                    break
                if target in on_path:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = [path.pop()]
                    while component[-1] != node:
                        component.append(path.pop())
                    components.append(component)
                    on_path.difference_update(component)
    return components
