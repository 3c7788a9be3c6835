"""Columns: which arcs lead back, and how far right each node stands."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from attrs import define

from tthc_flow.model.flow import Event, EventPosition, Gateway, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.layout.scopes import Arc, Sheet

_SIDE_OUTCOMES = frozenset({Outcome.REFUSE, Outcome.SUPPLEMENT, Outcome.REWORK, Outcome.WITHDRAW})


@define(kw_only=True)
class Ranks:
    """Columns by node id, node ids in order of column, the arcs that lead back, and main arcs.

    *main* maps a node to the target its straight line goes on to; *dropped* nodes stand in the
    column of the gateway they leave from, in a row of their own.
    """

    column: dict[str, int]
    order: list[str]
    back: set[str]
    main: dict[str, str]
    dropped: set[str]


def ranked(sheet: Sheet, pulls: Iterable[tuple[str, str]] = ()) -> Ranks:
    """Return the columns of *sheet* by longest path, back arcs left out.

    Of each of *pulls* (a message) the target stands no further left than the source, unless that
    would close a circle.

    Example:
        >>> from tthc_flow.layout.scopes import Sheet
        >>> ranked(Sheet(scope=None)).order
        []

    Source: Sugiyama, Tagawa, Toda 1981 (layers by longest path, cycles broken depth first).
    """
    outgoing: dict[str, list[Arc]] = {node.id: [] for node in sheet.nodes}
    indegree = dict.fromkeys(outgoing, 0)
    for arc in sheet.arcs:
        outgoing[arc.source].append(arc)
    back = _back_arcs(sheet, outgoing)
    forward = [arc for arc in sheet.arcs if arc.id not in back]
    for arc in forward:
        indegree[arc.target] += 1
    pulled: dict[str, list[str]] = {}
    for source, target in pulls:
        pulled.setdefault(source, []).append(target)
    order = _topological(outgoing, back, dict(indegree), pulled)
    dropped = _dropped(sheet, outgoing, forward, indegree, back)
    column = _columns(order, outgoing, back, pulled)
    for node, gateway in dropped.items():
        column[node] = column[gateway]
    main = _main_arcs(order, outgoing, back, dropped)
    place = {node: index for index, node in enumerate(order)}
    taken = set(main.values())
    order.sort(key=lambda each: (column[each], each in dropped, each not in taken, place[each]))
    return Ranks(column=column, order=order, back=back, main=main, dropped=set(dropped))


def _columns(
    order: list[str], outgoing: dict[str, list[Arc]], back: set[str], pulled: dict[str, list[str]]
) -> dict[str, int]:
    column = dict.fromkeys(order, 0)
    seen: set[str] = set()
    for node in order:
        seen.add(node)
        for arc in outgoing[node]:
            if arc.id not in back:
                column[arc.target] = max(column[arc.target], column[node] + 1)
        for target in pulled.get(node, ()):
            if target not in seen:
                column[target] = max(column[target], column[node])
    return column


def _back_arcs(sheet: Sheet, outgoing: dict[str, list[Arc]]) -> set[str]:
    """Return the ids of arcs that close a cycle, by depth-first search from the sources."""
    entered = {arc.target for arc in sheet.arcs if arc.source != arc.target}
    starts = [node.id for node in sheet.nodes if node.id not in entered]
    state: dict[str, int] = {}
    back: set[str] = set()
    for start in (*starts, *(node.id for node in sheet.nodes)):
        if start in state:
            continue
        state[start] = 1
        stack = [(start, iter(outgoing[start]))]
        while stack:
            node, arcs = stack[-1]
            arc = next(arcs, None)
            if arc is None:
                state[node] = 2
                stack.pop()
            elif state.get(arc.target) == 1:
                back.add(arc.id)
            elif arc.target not in state:
                state[arc.target] = 1
                stack.append((arc.target, iter(outgoing[arc.target])))
    return back


def _topological(
    outgoing: dict[str, list[Arc]],
    back: set[str],
    indegree: dict[str, int],
    pulled: dict[str, list[str]],
) -> list[str]:
    """Return the nodes, each behind its sources; a pull waits only as long as that can be had."""
    waits = dict.fromkeys(outgoing, 0)
    for targets in pulled.values():
        for target in targets:
            waits[target] += 1
    queue = deque(node for node in outgoing if indegree[node] == waits[node] == 0)
    held = deque(node for node in outgoing if indegree[node] == 0 < waits[node])
    order: list[str] = []
    done: set[str] = set()
    while queue or held:
        node = (queue or held).popleft()
        if node in done:
            continue
        done.add(node)
        order.append(node)
        for target in pulled.get(node, ()):
            waits[target] -= 1
            if waits[target] == indegree[target] == 0:
                queue.append(target)
        for arc in outgoing[node]:
            if arc.id not in back:
                indegree[arc.target] -= 1
                if indegree[arc.target] == 0:
                    (held if waits[arc.target] else queue).append(arc.target)
    return order


def _dropped(
    sheet: Sheet,
    outgoing: dict[str, list[Arc]],
    forward: list[Arc],
    indegree: dict[str, int],
    back: set[str],
) -> dict[str, str]:
    """Return waiting events that only lead back, by the gateway they hang under (one each)."""
    by_id = {node.id: node for node in sheet.nodes}
    found: dict[str, str] = {}
    for arc in forward:
        node, gateway = by_id[arc.target], by_id[arc.source]
        waits = isinstance(node, Event) and node.position in {
            EventPosition.CATCH,
            EventPosition.THROW,
        }
        leads_back = outgoing[arc.target] and all(each.id in back for each in outgoing[arc.target])
        if not (waits and leads_back and indegree[arc.target] == 1):
            continue
        if (
            isinstance(gateway, Gateway)
            and len(outgoing[arc.source]) > 1
            and arc.source not in found.values()
        ):
            found[arc.target] = arc.source
    return found


def _main_arcs(
    order: list[str], outgoing: dict[str, list[Arc]], back: set[str], dropped: dict[str, str]
) -> dict[str, str]:
    """Return the successor that stays in each node's row: the granted, then the longest way."""
    height: dict[str, int] = {}
    main: dict[str, str] = {}
    for node in reversed(order):
        ways = [
            (
                arc.outcome not in _SIDE_OUTCOMES and arc.boundary is None,
                height[arc.target],
                -index,
                arc.target,
            )
            for index, arc in enumerate(outgoing[node])
            if arc.id not in back
        ]
        height[node] = 1 + max((way[1] for way in ways), default=0)
        straight = [way for way in ways if way[3] not in dropped]
        if straight:
            main[node] = max(straight)[3]
    return main
