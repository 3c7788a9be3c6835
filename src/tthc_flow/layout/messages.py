"""Message flows: where they end, and their ways out of sub-processes and between pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field, frozen

from tthc_flow.layout.scopes import host_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tthc_flow.layout.towers import Tower
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import MessageFlow


@frozen(kw_only=True)
class Hop:
    """Where a message passes in one scope: the shape it touches, or the event on its border."""

    scope: str | None
    item: str
    boundary: str | None = None


@frozen(kw_only=True)
class End:
    """One end of a message: its tower, and the hops from the node out; none at a pool."""

    tower: int
    pool: str | None = None
    hops: tuple[Hop, ...] = ()


@frozen(kw_only=True)
class Exit:
    """A message that leaves a sub-process: *part* 0 at its source, 1 at its target."""

    id: str
    part: int
    hop: Hop
    up: bool


@define(kw_only=True)
class Post:
    """All messages with both their ends, and those that leave each sub-process."""

    ends: list[tuple[MessageFlow, End, End]] = field(factory=list)
    exits: dict[str, list[Exit]] = field(factory=dict)

    def pulls(self) -> list[tuple[str, str]]:
        """Return the outermost shapes that a message joins, source first."""
        return [
            (start.hops[-1].item, end.hops[-1].item)
            for _, start, end in self.ends
            if start.hops and end.hops and start.tower != end.tower
        ]

    def count(self) -> dict[str, int]:
        """Return how many messages touch each shape."""
        found: dict[str, int] = {}
        for _, start, end in self.ends:
            for hop in (*start.hops, *end.hops):
                found[hop.item] = found.get(hop.item, 0) + 1
        return found


def post_of(
    towers: Sequence[Tower],
    messages: Sequence[MessageFlow],
    home: Mapping[str, str | None],
    hosts: Collection[str],
) -> Post:
    """Return the messages of which both ends are known; *home* is the scope of every node.

    An end inside another pool counts as that pool where there is only one it can be. Out of a
    sub-process with boundary events (one of *hosts*) all messages go upwards.

    Example:
        >>> post_of((), (), {}, ()).ends
        []

    Source: BPMN 2.0.2, 9.4 (message flows).
    """
    tower_of: dict[str, int] = {}
    pools: dict[str, End] = {}
    for index, tower in enumerate(towers):
        if tower.pool is not None:
            pools[tower.pool.id] = End(tower=index, pool=tower.pool.id)
        if tower.procedure is not None:
            tower_of |= dict.fromkeys(tower.procedure.flow.by_id, index)
    closed = [end for end in pools.values() if towers[end.tower].procedure is None]
    only = closed[0] if len(closed) == 1 else None

    def end_of(element: str) -> End | None:
        index = tower_of.get(element)
        procedure = None if index is None else towers[index].procedure
        if index is None or procedure is None:
            return pools.get(element, only)
        return End(tower=index, hops=hops(element, procedure.flow, home))

    post = Post()
    for message in messages:
        start, end = end_of(message.source), end_of(message.target)
        if start is None or end is None or message.source == message.target or start is end:
            continue
        post.ends.append((message, start, end))
        _note_exits(message.id, (start, end), post.exits, hosts)
    return post


def _note_exits(
    message: str, ends: tuple[End, End], exits: dict[str, list[Exit]], hosts: Collection[str]
) -> None:
    for part, here in enumerate(ends):
        upward = ends[1 - part].tower <= here.tower
        for hop in here.hops:
            if hop.scope is not None:
                up = upward or hop.scope in hosts
                exits.setdefault(hop.scope, []).append(Exit(id=message, part=part, hop=hop, up=up))


def hops(node: str, flow: Flow, home: Mapping[str, str | None]) -> tuple[Hop, ...]:
    """Return what a line from *node* outwards touches, scope by scope.

    Example:
        >>> from tthc_flow.model.flow import Flow, SubProcess
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(SubProcess(id="s"), Step(id="a", name="Ký", scope="s")))
        >>> [hop.item for hop in hops("a", flow, {"a": "s", "s": None})]
        ['a', 's']

    Source: chain of scopes.
    """
    found: list[Hop] = []
    here: str | None = node
    while here is not None:
        host = host_of(flow.by_id[here], flow)
        boundary = None if host is None else here
        found.append(Hop(scope=home[here], item=host or here, boundary=boundary))
        here = home[here]
    return tuple(found)
