"""Rows: the bands of pools and lanes from top to bottom, and each node's row within its band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.layout.ranks import Ranks
    from tthc_flow.layout.scopes import Arc, Sheet
    from tthc_flow.model.flow import Lane

_BESIDE: Final = ((-1, 0), (1, 0), (-1, 1), (1, 1), (-1, -1), (1, -1), (-2, 0), (2, 0))
"""Where an artifact may stand, counted in rows and columns from what it belongs to."""


@frozen(kw_only=True)
class Storey:
    """What takes rows of its own: a lane, what lies in no lane, or a pool without content.

    *owner* is the id of the process, or of the closed pool.
    """

    lane: str | None = None
    owner: str = ""
    closed: bool = False


@frozen(kw_only=True)
class Band:
    """The rows of a storey, counted from the top over all bands."""

    storey: Storey
    first: int
    count: int


@define(kw_only=True)
class Grid:
    """Cells: each node's row and column, the node of each cell, and the rows of each band."""

    row: dict[str, int]
    column: dict[str, int]
    cells: dict[tuple[int, int], str]
    bands: list[Band]
    columns: int

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return sum(band.count for band in self.bands)


@define(kw_only=True)
class _Rows:
    count: int = 0
    cells: set[tuple[int, int]] = field(factory=set)
    next_free: dict[tuple[int, bool], dict[int, int]] = field(factory=dict)

    def settle(self, wish: int, column: int, *, not_at: int | None = None) -> int:
        """Take the free row nearest to *wish*, downwards first, and return it."""
        down = self._next(wish, column, down=True)
        up = self._next(wish - 1, column, down=False)
        if down == not_at:
            down = self._next(down + 1, column, down=True)
        if up == not_at:
            up = self._next(up - 1, column, down=False)
        row = up if up >= 0 and wish - up < down - wish else down
        self.take(row, column)
        return row

    def take(self, row: int, column: int) -> None:
        """Note that a cell is used."""
        self.cells.add((row, column))
        self.count = max(self.count, row + 1)

    def _next(self, row: int, column: int, *, down: bool) -> int:
        """Return the first free row at or beyond *row*; what was passed is skipped next time."""
        known = self.next_free.setdefault((column, down), {})
        step = 1 if down else -1
        passed = []
        while (row, column) in self.cells:
            passed.append(row)
            row = known.get(row, row + step)
        for each in passed:
            known[each] = row
        return row


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


def storeys(owner: str, lanes: tuple[Lane, ...], used: Iterable[str | None]) -> list[Storey]:
    """Return the lanes that need rows: leaves, lanes with nodes of their own, then no lane.

    Example:
        >>> [storey.lane for storey in storeys("P", (), ())] == [None]
        True

    Source: lanes tile their pool (BPMN 2.0.2, 10.8).
    """
    parents = {lane.parent for lane in lanes}
    wanted = {each if each in {lane.id for lane in lanes} else None for each in used}
    order = [
        Storey(lane=lane.id, owner=owner)
        for lane, _ in lane_order(lanes)
        if lane.id not in parents or lane.id in wanted
    ]
    if None in wanted or not order:
        order.append(Storey(owner=owner))
    return order


def gridded(sheet: Sheet, ranks: Ranks, floors: list[Storey], home: dict[str, Storey]) -> Grid:
    """Return the cells of *sheet*: a node stays in its predecessor's row where its lane lets it.

    *home* tells the storey of each node; *floors* are all storeys from top to bottom.

    Example:
        >>> from tthc_flow.layout.ranks import ranked
        >>> from tthc_flow.layout.scopes import Sheet
        >>> gridded(Sheet(scope=None), ranked(Sheet(scope=None)), [Storey()], {}).rows
        1

    Source: one band a storey; first free row, in order of columns.
    """
    rows = {storey: _Rows() for storey in floors}
    incoming: dict[str, list[Arc]] = {node.id: [] for node in sheet.nodes}
    for arc in sheet.arcs:
        if arc.id not in ranks.back:
            incoming[arc.target].append(arc)
    row: dict[str, int] = {}
    for node in ranks.order:
        wish, not_at = _wish(node, incoming[node], row, home, ranks)
        row[node] = rows[home[node]].settle(wish, ranks.column[node], not_at=not_at)
    column, home = dict(ranks.column), dict(home)
    _set_beside(sheet, rows, row, column, home)
    return _joined(row, column, home, rows)


def _wish(
    node: str,
    incoming: list[Arc],
    row: dict[str, int],
    home: dict[str, Storey],
    ranks: Ranks,
) -> tuple[int, int | None]:
    """Return the row *node* would like, and the row it must not take."""
    near = [arc for arc in incoming if home[arc.source] == home[node]]
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


def _set_beside(
    sheet: Sheet,
    rows: dict[Storey, _Rows],
    row: dict[str, int],
    column: dict[str, int],
    home: dict[str, Storey],
) -> None:
    """Give artifacts the free cells next to what they belong to."""
    for artifact in sheet.beside:
        host = sheet.anchors[artifact.id]
        band = rows[home[host]]
        places = [
            (row[host] + down, column[host] + right)
            for down, right in _BESIDE
            if row[host] + down >= 0 and column[host] + right >= 0
        ]
        free = next((place for place in places if place not in band.cells), None)
        if free is None:
            free = band.settle(row[host] + 1, column[host]), column[host]
        band.take(*free)
        row[artifact.id], column[artifact.id] = free
        home[artifact.id] = home[host]


def _joined(
    row: dict[str, int],
    column: dict[str, int],
    home: dict[str, Storey],
    rows: dict[Storey, _Rows],
) -> Grid:
    first: dict[Storey, int] = {}
    bands: list[Band] = []
    total = 0
    for storey, band in rows.items():
        first[storey] = total
        count = max(band.count, 1)
        bands.append(Band(storey=storey, first=total, count=count))
        total += count
    whole = {node: first[home[node]] + local for node, local in row.items()}
    return Grid(
        row=whole,
        column=column,
        cells={(whole[node], column[node]): node for node in whole},
        bands=bands,
        columns=max(column.values(), default=0) + 1,
    )
