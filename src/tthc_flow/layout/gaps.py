"""Closing gaps: what lies right of a place that became empty moves left, on the whole sheet."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.layout.around import holds
from tthc_flow.model.drawing import Bounds, Line, Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.layout.draft import Draft

_LEAST: Final = 44.0
"""The room that is left between neighbours: that of a fresh drawing."""
_TRACK: Final = 14.0

Span = tuple[float, float]


@frozen(kw_only=True)
class _Squeeze:
    """A map of x: stretches of *spans* become as long as *room* says, all right of them follows."""

    spans: tuple[Span, ...]
    room: tuple[float, ...]

    def __call__(self, x: float) -> float:
        shift = 0.0
        for (low, high), room in zip(self.spans, self.room, strict=True):
            if x >= high:
                shift += high - low - room
            elif x > low:
                share = (x - low) / (high - low)
                return low - shift + share * room
        return x - shift

    def box(self, box: Bounds) -> Bounds:
        """Return where *box* goes, and how wide it becomes."""
        left, right = self(box.x), self(box.right)
        return (
            box if (left, right) == (box.x, box.right) else evolve(box, x=left, width=right - left)
        )


def close_gaps(draft: Draft, gone: Iterable[Bounds]) -> None:
    """Move left what lies right of the places *gone*, where no lane has anything at that height.

    Columns stay columns: a place is only closed where nothing else on the sheet stands above or
    below it, and the drawing keeps its order from left to right. Frames become narrower.

    Example:
        >>> from tthc_flow.layout.draft import Draft
        >>> from tthc_flow.model.drawing import Bounds, Shape
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name=""), Step(id="b", name=""))
        >>> draft = Draft(after=Procedure(flow=Flow(id="p", nodes=steps)))
        >>> draft.shapes["a"] = Shape(bounds=Bounds(0, 0, 100, 80))
        >>> draft.shapes["b"] = Shape(bounds=Bounds(300, 0, 100, 80))
        >>> close_gaps(draft, [Bounds(150, 0, 100, 80)])
        >>> draft.shapes["b"].bounds.x
        150.0

    Source: mental map by orthogonal order (Misue, Eades, Lai, Sugiyama 1995).
    """
    places = list(gone)
    empty = _joined((box.x, box.right) for box in places)
    if not empty:
        return
    free = _between(_occupied(draft, places), draft.right())
    squeeze = _squeeze(draft, [(gap, holes) for gap in free if (holes := _within(gap, empty))])
    if not squeeze.spans:
        return
    for element, shape in draft.shapes.items():
        label = shape.label
        if label is not None:
            label = evolve(label, x=squeeze(shape.bounds.x) + label.x - shape.bounds.x)
        draft.shapes[element] = evolve(shape, bounds=squeeze.box(shape.bounds), label=label)
    for element, line in draft.lines.items():
        points = tuple(Point(squeeze(point.x), point.y) for point in line.points)
        label = line.label
        if label is not None:
            label = evolve(label, x=squeeze(label.x))
        draft.lines[element] = Line(points=points, label=label)


def _occupied(draft: Draft, gone: list[Bounds]) -> list[Span]:
    """Return where something stands from left to right; no pools, lanes, or frames of *gone*."""
    found = []
    for element, shape in draft.shapes.items():
        if draft.is_band(element):
            continue
        if draft.is_frame(element) and any(holds(shape.bounds, box) for box in gone):
            continue
        found.append((shape.bounds.x, shape.bounds.right))
        if shape.label is not None:
            found.append((shape.label.x, shape.label.right))
    found += [(each.label.x, each.label.right) for each in draft.lines.values() if each.label]
    return _joined(found)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return *spans* from left to right, those that overlap as one."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def _between(spans: list[Span], right: float) -> list[Span]:
    """Return the gaps between *spans*, and that up to the *right* end of the frames."""
    found = [(one[1], other[0]) for one, other in pairwise(spans)]
    if spans and spans[-1][1] < right:
        found.append((spans[-1][1], right))
    return found


def _within(gap: Span, spans: list[Span]) -> list[Span]:
    """Return the parts of *spans* that lie in *gap*."""
    parts = [(max(low, gap[0]), min(high, gap[1])) for low, high in spans]
    return [(low, high) for low, high in parts if high - low > 1]


def _squeeze(draft: Draft, gaps: list[tuple[Span, list[Span]]]) -> _Squeeze:
    """Return the map that closes *gaps*, each with the places in it that became empty."""
    upright = sorted(
        one.x
        for line in draft.lines.values()
        for one, other in pairwise(line.points)
        if one.x == other.x
    )
    spans, room = [], []
    for (low, high), holes in gaps:
        left = high - low - sum(end - start for start, end in holes)
        pieces = 1 + len(holes)
        inside = bisect_right(upright, high) - bisect_right(upright, low)
        wanted = max(_LEAST, left / pieces, _TRACK * (inside + 1))
        if wanted < high - low:
            spans.append((low, high))
            room.append(wanted)
    return _Squeeze(spans=tuple(spans), room=tuple(room))
