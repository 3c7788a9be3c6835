"""Where to look in both diagrams for one change; what is on one side only has a place on the other.

Source: own design: a reader who sees a step go wants to see the gap that it leaves.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.matching import match_nodes
from tthc_flow.report.marks import mark_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class Place:
    """Elements of one diagram; *near* says that they only stand beside what is not there."""

    ids: tuple[str, ...] = ()
    near: bool = False


@frozen(kw_only=True)
class Focus:
    """Where one change is seen, before and after, and the mark that it has in the pictures."""

    before: Place
    after: Place
    mark: str


def focuses(comparison: Comparison) -> tuple[Focus, ...]:
    """Return where to look for each change of *comparison*, in their order.

    Example:
        >>> from tthc_flow.measures.comparison import comparison
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Procedure(flow=Flow(id="p"))
        >>> focuses(comparison(one, one))
        ()

    Source: see the module.
    """
    old, new = (each.flow for each in comparison.procedures)
    matching = match_nodes(old, new)
    found = []
    for change in comparison.changes:
        before, after = Place(ids=change.was), Place(ids=change.now)
        if change.was and not change.now:
            after = Place(ids=_beside(old, change.was, matching.to_after), near=True)
        elif change.now and not change.was:
            before = Place(ids=_beside(new, change.now, matching.to_before), near=True)
        found.append(Focus(before=before, after=after, mark=mark_of(change)))
    return tuple(found)


def _beside(flow: Flow, ids: tuple[str, ...], there: Mapping[str, str]) -> tuple[str, ...]:
    """Return what stood right before and after *ids*, by its ids on the other side."""
    beside = []
    for forwards in (False, True):
        seen = {each for each in ids if each in flow.by_id}
        waiting = deque(sorted(seen))
        while waiting:
            edges = (flow.outgoing if forwards else flow.incoming)[waiting.popleft()]
            ends = [edge.target if forwards else edge.source for edge in edges]
            known = [there[end] for end in ends if end in there]
            if known:
                beside.append(known[0])
                break
            waiting.extend(end for end in ends if end not in seen and end in flow.by_id)
            seen.update(ends)
    return tuple(dict.fromkeys(beside))
