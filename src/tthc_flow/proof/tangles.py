"""Tangles of exclusive nodes: regions of choices and merges alone, which act as one node.

In a region of exclusive nodes every way in reaches every way out if the region is strongly
connected, or if only one arrow enters it or only one leaves it. A token that enters then has
exactly the choices it would have at a single exclusive node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.components import knots

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
                found += knots(region, after)
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
