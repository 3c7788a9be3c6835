"""Parts of a row that changed places: the same elements, in another order.

A part is a row of steps and of exclusive gateways that one arrow enters; by one way a case goes on
to the next part, by others it may leave the row. Only where the arrows between the parts lead has
changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.graph.drawn_anew import Redrawn
    from tthc_flow.graph.ground import Ground
    from tthc_flow.model.flow import SequenceFlow


@frozen(kw_only=True)
class Row:
    """Parts in the order they stand in now; *first* is what came first, *rest* follows the last.

    *rest* lies behind where a loop goes round the row.
    """

    parts: tuple[tuple[str, ...], ...]
    first: str
    rest: str

    @property
    def nodes(self) -> tuple[str, ...]:
        """Return all elements of the row, in the order they stand in now."""
        return tuple(node for part in self.parts for node in part)


@frozen(kw_only=True)
class _Part:
    """Elements that stay together; none for the way into the row."""

    nodes: tuple[str, ...] = ()


def resequenced(under: Ground, anew: Redrawn) -> Row | None:
    """Return the row of which parts changed places, where *anew* is nothing but that.

    Example:
        >>> from tthc_flow.graph.drawn_anew import redrawn
        >>> from tthc_flow.graph.ground import ground
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = tuple(Step(id=each, name=each) for each in "sabe")
        >>> def row(*ways: str) -> Flow:
        ...     led = enumerate(ways)
        ...     edges = tuple(SequenceFlow(id=str(n), source=a, target=b) for n, (a, b) in led)
        ...     return Flow(id="p", nodes=steps, edges=edges)
        >>> before, after = row("sa", "ab", "be"), row("sb", "ae", "ba")
        >>> resequenced(ground(before), redrawn(ground(before), after)).parts
        (('b',), ('a',))

    Source: "resequencing" of Reijers & Liman Mansar, Omega 33 (2005); linear in the row.
    """
    lost = {edge.id: edge for edge in anew.lost_edges}
    led = {edge.id: edge for edge in anew.new_edges}
    if anew.old or anew.now or not lost or led.keys() != lost.keys():
        return None
    if any(evolve(edge, target=led[each].target) != led[each] for each, edge in lost.items()):
        return None
    ahead = [under.place[e.target] for e in lost.values() if _forward(under, e.source, e.target)]
    lowest = min(ahead, default=0)
    parts = {each: _part_before(under, edge, lost, lowest) for each, edge in lost.items()}
    known = {each: part for each, part in parts.items() if part is not None}
    return _in_order(known, lost, led) if len(known) == len(lost) else None


def _forward(under: Ground, source: str, target: str) -> bool:
    return under.place[target] > under.place[under.left_at(source)]


def _part_before(
    under: Ground, edge: SequenceFlow, lost: Mapping[str, SequenceFlow], lowest: int
) -> _Part | None:
    """Return the part that *edge* leads on from, none of it for the way into the row."""
    flow, here = under.flow, edge.source
    if under.place[here] < lowest:
        return _Part()
    nodes: list[str] = []
    while _is_plain(under, here):
        nodes.append(here)
        (into,) = flow.incoming[here]
        if into.id in lost:
            return _Part(nodes=tuple(reversed(nodes)))
        here = into.source
    return None


def _is_plain(under: Ground, node: str) -> bool:
    """Return whether one arrow enters *node*, a step with one way out or an exclusive gateway."""
    flow, there = under.flow, under.flow.by_id[node]
    if len(flow.incoming[node]) != 1 or node in flow.guarded:
        return False
    if isinstance(there, Gateway):
        return there.kind is GatewayKind.EXCLUSIVE
    return isinstance(there, Step) and len(flow.outgoing[node]) == 1


def _in_order(
    parts: Mapping[str, _Part], lost: Mapping[str, SequenceFlow], led: Mapping[str, SequenceFlow]
) -> Row | None:
    """Return the row in the order that *led* tells, where it passes every part to the same rest."""
    begins = [each for each, part in parts.items() if not part.nodes]
    after = {part.nodes[0]: each for each, part in parts.items() if part.nodes}
    rest = {edge.target for edge in lost.values()} - after.keys()
    if len(begins) != 1 or len(rest) != 1 or len(after) != len(parts) - 1:
        return None
    at, found = led[begins[0]].target, []
    while at in after:
        leaves = after.pop(at)
        found.append(parts[leaves].nodes)
        at = led[leaves].target
    if after or not found or at not in rest:
        return None
    return Row(parts=tuple(found), first=lost[begins[0]].target, rest=at)
