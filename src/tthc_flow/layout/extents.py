"""How wide columns and channels are and how high rows and bands: all places on the two axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.routes import Channel, Side, above, after, below
from tthc_flow.layout.sizes import EDGE_LABEL_WIDTH, EVENT_SIZE, Size, label_size

if TYPE_CHECKING:
    from tthc_flow.layout.routes import Route
    from tthc_flow.layout.rows import Grid, Storey
    from tthc_flow.layout.scopes import Sheet

TRACK: Final = 14.0
COLUMN_GAP: Final = 44.0
ROW_GAP: Final = 16.0
BAND_GAP: Final = 10.0
LABEL_GAP: Final = 5.0
POOL_HEIGHT: Final = 60.0
POOL_GAP: Final = 44.0
MARGIN: Final = 12.0
BOUNDARY_LABEL: Final = 50.0
_BESIDE_POOLS: Final = 28.0


@define(kw_only=True)
class Plan:
    """What the coordinates are made from; *least* are heights that lanes need for their names."""

    sheet: Sheet
    grid: Grid
    routes: list[Route]
    tracks: dict[Channel, int]
    sizes: dict[str, Size]
    least: dict[str, float] = field(factory=dict)
    label_sides: dict[str, Side] = field(factory=dict)


@define(kw_only=True)
class Axes:
    """Centres of columns and rows, and of each channel the first track and its direction.

    *bands* are the storeys with their top and bottom; *width* and *height* those of the sheet.
    """

    columns: list[float] = field(factory=list)
    rows: list[float] = field(factory=list)
    channels: dict[Channel, tuple[float, int]] = field(factory=dict)
    bands: list[tuple[Storey, float, float]] = field(factory=list)
    width: float = 0.0
    height: float = 0.0

    def place(self, channel: Channel, track: int) -> float:
        """Return where a track of *channel* runs."""
        first, direction = self.channels[channel]
        return first + direction * track * TRACK


def axes_of(plan: Plan) -> Axes:
    """Return the places on both axes that *plan* needs.

    Example:
        >>> from tthc_flow.layout.rows import Grid
        >>> from tthc_flow.layout.scopes import Sheet
        >>> grid = Grid(row={}, column={}, cells={}, bands=[], columns=1)
        >>> sheet = Sheet(scope=None)
        >>> axes_of(Plan(sheet=sheet, grid=grid, routes=[], tracks={}, sizes={})).columns
        [46.0]

    Source: cumulated extents of columns, rows and channels.
    """
    axes = Axes()
    _set_columns(plan, axes)
    _set_rows(plan, axes)
    return axes


def _set_columns(plan: Plan, axes: Axes) -> None:
    widths = _widths(plan)
    zones = _label_zones(plan)
    x = 0.0
    for column in range(-1, plan.grid.columns):
        strip = after(column)
        if column >= 0:
            axes.columns.append(x + widths[column] / 2)
            x += widths[column]
        count = plan.tracks.get(strip, 0)
        before, behind = zones.get(column, (0.0, 0.0))
        edge = column in {-1, plan.grid.columns - 1}
        gap = (16.0 if edge else COLUMN_GAP) + max(0, count - (not edge)) * TRACK
        lead = max(0.0 if not count else 16.0, before)
        first = x + max(lead, (gap - count * TRACK) / 2 + TRACK / 2)
        axes.channels[strip] = (first, 1)
        x += max(gap, lead + count * TRACK + max(behind, 14.0 if count else 0.0), before)
    axes.width = x
    axes.channels[after(plan.grid.columns)] = (x + MARGIN + _BESIDE_POOLS, 1)


def _widths(plan: Plan) -> list[float]:
    widths = [60.0] * plan.grid.columns
    for node in plan.sheet.items:
        size = plan.sizes[node.id]
        beside = plan.label_sides[node.id] is Side.LEFT
        label = 2 * (size.label_width + LABEL_GAP) if beside else size.label_width
        column = plan.grid.column[node.id]
        widths[column] = max(widths[column], size.width, label)
    return widths


def _label_zones(plan: Plan) -> dict[int, tuple[float, float]]:
    """Return the room for flow names before and behind the tracks, by the column they follow."""
    names = {arc.id: arc.name for arc in plan.sheet.arcs if arc.name}
    zones: dict[int, tuple[float, float]] = {}
    for route in plan.routes:
        width = label_size(names.get(route.id, ""), EDGE_LABEL_WIDTH)[0]
        if not width or route.stop is not None:
            continue
        column = plan.grid.column[route.source]
        forward = plan.grid.column[route.target] > column
        before, behind = zones.get(column, (0.0, 0.0))
        if forward and route.channels and route.channels[0] == after(column):
            behind = max(behind, width + 22)
        elif forward or route.leave is Side.RIGHT:
            before = max(before, width + 22)
        zones[column] = (before, behind)
    return zones


def _set_rows(plan: Plan, axes: Axes) -> None:
    up, down = _heights(plan)
    y, owner = 0.0, None
    for band in plan.grid.bands:
        if owner is not None and owner != band.storey.owner:
            y += POOL_GAP
        owner, top = band.storey.owner, y
        rows = range(band.first, band.first + band.count)
        if band.storey.closed:
            axes.rows += [y + POOL_HEIGHT / 2 for _ in rows]
            y += POOL_HEIGHT
        else:
            y = _set_band(
                plan, axes, rows, (up, down), y, plan.least.get(band.storey.lane or "", 0.0)
            )
        axes.bands.append((band.storey, top, y))
    axes.height = y


def _set_band(
    plan: Plan,
    axes: Axes,
    rows: range,
    heights: tuple[list[float], list[float]],
    top: float,
    least: float,
) -> float:
    """Place the rows of a band that starts at *top*; return where it ends."""
    up, down = heights
    tracks = sum(plan.tracks.get(strip(row), 0) for row in rows for strip in (above, below))
    height = sum(up[row] + down[row] + ROW_GAP for row in rows) + tracks * TRACK + 2 * BAND_GAP
    spare = max(0.0, least - height) / 2
    y = top + BAND_GAP + spare
    for row in rows:
        y += ROW_GAP / 2 + plan.tracks.get(above(row), 0) * TRACK
        axes.channels[above(row)] = (y - TRACK / 2, -1)
        axes.rows.append(y + up[row])
        y += up[row] + down[row]
        axes.channels[below(row)] = (y + TRACK / 2, 1)
        y += ROW_GAP / 2 + plan.tracks.get(below(row), 0) * TRACK
    return y + BAND_GAP + spare


def _heights(plan: Plan) -> tuple[list[float], list[float]]:
    """Return how far each row reaches above and below its centre."""
    up = [30.0] * plan.grid.rows
    down = [30.0] * plan.grid.rows
    for node in plan.sheet.items:
        size = plan.sizes[node.id]
        row, side = plan.grid.row[node.id], plan.label_sides[node.id]
        label = size.label_height + LABEL_GAP if size.label_height else 0.0
        up[row] = max(up[row], size.height / 2 + (0.0 if side is Side.BOTTOM else label))
        lower = label if side is Side.BOTTOM else 0.0
        down[row] = max(down[row], size.height / 2 + max(lower, _overhang(plan, node.id)))
    return up, down


def _overhang(plan: Plan, host: str) -> float:
    """Return how far boundary events and their labels reach below *host*."""
    events = plan.sheet.boundary.get(host, ())
    if not events:
        return 0.0
    pitch = plan.sizes[host].pitch
    return (
        EVENT_SIZE / 2
        + 4
        + max(label_size(event.name, pitch - BOUNDARY_LABEL)[1] for event in events)
    )
