"""Where a new boundary event goes in a drawing that is kept, and where its name stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.sizes import EVENT_SIZE, label_size
from tthc_flow.layout.spots import hits
from tthc_flow.model.drawing import Bounds, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.layout.draft import Draft
    from tthc_flow.model.flow import Node

_LABEL_WIDTH: Final = 60.0
_AWAY: Final = (2.0, 20.0, 40.0, 80.0, 120.0)
"""How far from its event a name may stand, the nearest first."""
_BETWEEN: Final = 8.0
_ROOMY: Final = 32.0
_TIGHT: Final = 2.0
"""How far from other shapes an event should stand, and how far it must."""


def attach(draft: Draft, node: Node, host: str) -> None:
    """Put a boundary event on the border of *host*: below from the right, above, else beside.

    Example:
        >>> from tthc_flow.layout.draft import Draft
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="a")
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="Ký"), late))
        >>> draft = Draft(after=Procedure(flow=flow))
        >>> draft.shapes["a"] = Shape(bounds=Bounds(0, 0, 110, 80))
        >>> attach(draft, late, "a")
        >>> draft.bounds("late").centre.y
        80.0

    Source: usual place in BPMN editors.
    """
    box = draft.bounds(host)
    scope = draft.after.flow.by_id[host].scope
    frame = draft.bounds(scope) if scope is not None and scope in draft.shapes else None
    around = draft.around(host) | {host}
    taken = [
        shape.bounds
        for key, shape in draft.shapes.items()
        if key not in around and not draft.is_band(key)
    ]
    places = list(_border_places(box))
    inside = [each for each in places if frame is None or _within(frame, each)] or places
    # A line from the event needs room as well, if it can be had.
    free = (each for gap in (_ROOMY, _TIGHT) for each in inside if not hits(each, taken, gap))
    bounds = next(free, None) or min(
        inside, key=lambda each: sum(hits(each, [other], _TIGHT) for other in taken)
    )
    draft.shapes[node.id] = Shape(bounds=bounds)
    draft.fresh.add(node.id)
    size = label_size(node.name, _LABEL_WIDTH)
    if size[1]:
        label = _name_place(draft, bounds, size, under=bounds.y > box.y)
        draft.shapes[node.id] = Shape(bounds=bounds, label=label)


def _border_places(host: Bounds) -> Iterator[Bounds]:
    """Yield places on the border: below and above from the right, then on the two sides."""
    half, pitch = EVENT_SIZE / 2, EVENT_SIZE + _BETWEEN
    for y in (host.bottom, host.y):
        x = host.right - 12 - EVENT_SIZE
        while x >= host.x - half:
            yield Bounds(x, y - half, EVENT_SIZE, EVENT_SIZE)
            x -= pitch
    for x in (host.right, host.x):
        y = host.y + half
        while y <= host.bottom - half:
            yield Bounds(x - half, y - half, EVENT_SIZE, EVENT_SIZE)
            y += pitch


def _within(frame: Bounds, box: Bounds) -> bool:
    return (
        box.x >= frame.x
        and box.right <= frame.right
        and box.y >= frame.y
        and box.bottom <= frame.bottom
    )


def _name_place(draft: Draft, event: Bounds, size: tuple[float, float], *, under: bool) -> Bounds:
    """Return the nearest free place for a name, else that which covers least."""
    open_frames = {
        key for key, shape in draft.shapes.items() if draft.is_frame(key) and shape.expanded
    }
    taken = [
        shape.bounds
        for key, shape in draft.shapes.items()
        if key not in open_frames and not draft.is_band(key)
    ]
    taken += [shape.label for shape in draft.shapes.values() if shape.label is not None]
    taken += [line.label for line in draft.lines.values() if line.label is not None]
    places = list(_name_places(event, size, under=under))
    covered = [sum(hits(place, [other], gap=1.0) for other in taken) for place in places]
    return places[covered.index(min(covered))]


def _name_places(event: Bounds, size: tuple[float, float], *, under: bool) -> Iterator[Bounds]:
    width, height = size
    for away in _AWAY:
        low, high = event.bottom - 12 + away, event.y + 12 - height - away
        left, right = event.x - width - away, event.right + away
        for y in (low, high) if under else (high, low):
            yield Bounds(left, y, width, height)
            yield Bounds(right, y, width, height)
        yield Bounds(event.centre.x - width / 2, event.bottom + away, width, height)
        yield Bounds(event.centre.x - width / 2, event.y - away - height, width, height)
