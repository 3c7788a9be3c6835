"""Rows: the bands of the lanes from top to bottom, and each node's row within its band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from tthc_flow.layout.ranks import Ranks
    from tthc_flow.layout.scopes import Arc, Sheet
    from tthc_flow.model.flow import Lane


@define(kw_only=True)
class Grid:
    """Cells: each node's row and column, the node of each cell, and the rows of each band.

    Rows count from the top over all bands; ``bands`` holds (lane id or ``None``, first row, rows).
    """

    row: dict[str, int]
    column: dict[str, int]
    cells: dict[tuple[int, int], str]
    bands: list[tuple[str | None, int, int]]
    columns: int

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return sum(count for _, _, count in self.bands)


@define(kw_only=True)
class _Band:
    lane: str | None
    count: int = 0
    cells: set[tuple[int, int]] = field(factory=set)

    def settle(self, wish: int, column: int, *, not_at: int | None = None) -> int:
        """Take the free row nearest to *wish*, downwards first, and return it."""
        distance = 0
        while True:
            for row in (wish + distance, wish - distance):
                if row >= 0 and row != not_at and (row, column) not in self.cells:
                    self.cells.add((row, column))
                    self.count = max(self.count, row + 1)
                    return row
            distance += 1


def lane_order(lanes: tuple[Lane, ...]) -> tuple[tuple[Lane, int], ...]:
    """Return the lanes with their depth, each before the lanes nested in it, in file order.

    A parent that is missing or leads in a circle counts as none.

    Example:
        >>> from tthc_flow.model.flow import Lane
        >>> lanes = (Lane(id="in", parent="out"), Lane(id="out"))
        >>> [(lane.id, depth) for lane, depth in lane_order(lanes)]
        [('out', 0), ('in', 1)]

    Source: preorder of the lane tree.
    """
    known = {lane.id for lane in lanes}
    children: dict[str | None, list[Lane]] = {}
    for lane in lanes:
        parent = lane.parent if lane.parent in known and lane.parent != lane.id else None
        children.setdefault(parent, []).append(lane)
    ordered: list[tuple[Lane, int]] = []
    seen: set[str] = set()
    stack = [(lane, 0) for lane in reversed(children.get(None, []))]
    while stack:
        lane, depth = stack.pop()
        if lane.id in seen:
            continue
        seen.add(lane.id)
        ordered.append((lane, depth))
        stack.extend((child, depth + 1) for child in reversed(children.get(lane.id, [])))
    ordered.extend((lane, 0) for lane in lanes if lane.id not in seen)
    return tuple(ordered)


def gridded(sheet: Sheet, ranks: Ranks, lanes: tuple[Lane, ...]) -> Grid:
    """Return the cells of *sheet*: a node stays in its predecessor's row where its lane lets it.

    Example:
        >>> from tthc_flow.layout.ranks import ranked
        >>> from tthc_flow.layout.scopes import Sheet
        >>> gridded(Sheet(scope=None), ranked(Sheet(scope=None)), ()).rows
        1

    Source: one band a lane; first free row, in order of columns.
    """
    lane_of = _lanes_of(sheet, lanes)
    bands = {lane: _Band(lane=lane) for lane in _band_order(lane_of, lanes)}
    incoming: dict[str, list[Arc]] = {node.id: [] for node in sheet.nodes}
    for arc in sheet.arcs:
        if arc.edge.id not in ranks.back:
            incoming[arc.target].append(arc)
    row: dict[str, int] = {}
    for node in ranks.order:
        band = bands[lane_of[node]]
        wish, not_at = _wish(node, incoming[node], row, lane_of, ranks)
        row[node] = band.settle(wish, ranks.column[node], not_at=not_at)
    return _joined(ranks, row, lane_of, bands)


def _wish(
    node: str,
    incoming: list[Arc],
    row: dict[str, int],
    lane_of: dict[str, str | None],
    ranks: Ranks,
) -> tuple[int, int | None]:
    """Return the row *node* would like, and the row it must not take."""
    near = [arc for arc in incoming if lane_of[arc.source] == lane_of[node]]
    if node in ranks.dropped and near:
        return row[near[0].source] + 1, row[near[0].source]
    straight = [
        arc.source for arc in near if ranks.main.get(arc.source) == node and not arc.boundary
    ]
    if straight:
        return min(row[source] for source in straight), None
    if near:
        return row[near[-1].source] + 1, None
    return 0, None


def _lanes_of(sheet: Sheet, lanes: tuple[Lane, ...]) -> dict[str, str | None]:
    known = {lane.id for lane in lanes}
    return {node.id: node.lane if node.lane in known else None for node in sheet.nodes}


def _band_order(lane_of: dict[str, str | None], lanes: tuple[Lane, ...]) -> list[str | None]:
    """Return the lanes that need rows: leaves, lanes with nodes of their own, then no lane."""
    parents = {lane.parent for lane in lanes}
    used = set(lane_of.values())
    order: list[str | None] = [
        lane.id for lane, _ in lane_order(lanes) if lane.id not in parents or lane.id in used
    ]
    if None in used or not order:
        order.append(None)
    return order


def _joined(
    ranks: Ranks,
    row: dict[str, int],
    lane_of: dict[str, str | None],
    bands: dict[str | None, _Band],
) -> Grid:
    first: dict[str | None, int] = {}
    listed: list[tuple[str | None, int, int]] = []
    total = 0
    for lane, band in bands.items():
        first[lane] = total
        count = max(band.count, 1)
        listed.append((lane, total, count))
        total += count
    rows = {node: first[lane_of[node]] + local for node, local in row.items()}
    return Grid(
        row=rows,
        column=dict(ranks.column),
        cells={(rows[node], ranks.column[node]): node for node in rows},
        bands=listed,
        columns=max(ranks.column.values(), default=0) + 1,
    )
