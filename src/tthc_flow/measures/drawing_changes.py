"""What only stands elsewhere on the sheet: one change a diagram, apart from every other change.

A line that was led elsewhere, and what was given to another performer, must be drawn anew: that is
part of their own change and not told here.

Source: domain rule of this project: a drawing may be tidied up without changing the procedure.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, field

from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.model.artifact import Artifact
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tthc_flow.measures.matching import Matching
    from tthc_flow.model.artifact import Association
    from tthc_flow.model.drawing import Bounds, Drawing, Line, Shape
    from tthc_flow.model.flow import Lane, SequenceFlow
    from tthc_flow.model.procedure import MessageFlow, Pool, Procedure

Drawings: TypeAlias = "tuple[Sequence[Drawing], Sequence[Drawing]]"
"""The diagrams of "before" and of "after"."""

Framed: TypeAlias = "Lane | Pool | Artifact"
Joining: TypeAlias = "SequenceFlow | MessageFlow | Association"

VISIBLE: Final = 0.5
"""Pixels that tools round away."""

_REDRAWN: Final = frozenset({ChangeKind.MOVED, ChangeKind.MERGED, ChangeKind.SPLIT})
_WORDS: Final = {
    "moved": "dời chỗ {} hình",
    "resized": "đổi cỡ {} hình",
    "restyled": "đổi cách vẽ {} hình",
    "rerouted": "vẽ lại {} đường nối",
    "relabelled": "dời {} nhãn",
    "hidden": "thôi vẽ {} phần tử",
    "shown": "vẽ thêm {} phần tử",
}
_WHOLE: Final = "dời cả hình vẽ"


def drawing_changes(
    sides: tuple[Procedure, Procedure],
    matching: Matching,
    drawings: Drawings,
    told: Sequence[Change],
) -> Iterator[Change]:
    """Yield one change a diagram of which something stands elsewhere, in file order.

    Args:
        sides: Before and after.
        matching: Which node is which.
        drawings: The diagrams that draw them; without one on a side nothing can be told.
        told: The other changes; what they explain is left out.

    Source: see the module.
    """
    if not drawings[0] or not drawings[1]:
        return
    same = _Same.of(sides, matching, told, drawings)
    several = max(map(len, drawings)) > 1
    for number, (old, new) in enumerate(zip_longest(*drawings), start=1):
        name = f"hình vẽ {number}" if several else "hình vẽ"
        if old is None or new is None:
            code = "change-layout-added" if old is None else "change-layout-removed"
            yield _change(code, name, "", ())
            continue
        found = dict(same.looks(old, new))
        if found:
            code = "change-layout-besides" if told else "change-layout"
            yield _change(code, name, _counted(found, old, new), tuple(found))


def _change(code: str, diagram: str, what: str, pairs: tuple[tuple[str, str], ...]) -> Change:
    return Change(
        kind=ChangeKind.LAYOUT,
        code=code,
        name="",
        was=tuple(one for one, _ in pairs),
        now=tuple(other for _, other in pairs),
        values=(("diagram", diagram), ("what", what)),
    )


def _counted(found: Mapping[tuple[str, str], str], old: Drawing, new: Drawing) -> str:
    shifts = {_shift(old, new, pair) for pair in found}
    if len(found) > 1 and len(shifts) == 1 and None not in shifts and _all(found, old):
        return _WHOLE
    counts = Counter(found.values())
    return ", ".join(words.format(counts[how]) for how, words in _WORDS.items() if counts[how])


def _all(found: Mapping[tuple[str, str], str], old: Drawing) -> bool:
    return len(found) == len(old.shapes) + len(old.lines)


def _shift(old: Drawing, new: Drawing, pair: tuple[str, str]) -> tuple[float, float] | None:
    """Return how far a pair was moved as it is, or ``None`` where it changed its form."""
    one, other = pair
    was, now = _corners(old, one), _corners(new, other)
    if len(was) != len(now) or not was:
        return None
    moves = {(round(b[0] - a[0]), round(b[1] - a[1])) for a, b in zip(was, now, strict=True)}
    return moves.pop() if len(moves) == 1 else None


def _corners(drawing: Drawing, element: str) -> tuple[tuple[float, float], ...]:
    if element in drawing.lines:
        return tuple((point.x, point.y) for point in drawing.lines[element].points)
    if element in drawing.shapes:
        box = drawing.shapes[element].bounds
        return (box.x, box.y), (box.right, box.bottom)
    return ()


@define(eq=False)
class _Same:
    """Elements that both sides have and whose drawing no other change explains."""

    pairs: dict[str, str] = field(factory=dict)

    @classmethod
    def of(
        cls,
        sides: tuple[Procedure, Procedure],
        matching: Matching,
        told: Iterable[Change],
        drawings: Drawings,
    ) -> _Same:
        """Return what *sides* share."""
        before, after = sides
        redrawn = {each for change in told if change.kind in _REDRAWN for each in change.was}
        led = {each for change in told if change.kind is ChangeKind.REROUTED for each in change.was}
        same = {old: new for old, new in matching.to_after.items() if old not in redrawn}
        same |= _by_name(before.flow.lanes, after.flow.lanes)
        same |= _by_name(before.pools, after.pools)
        same |= _by_name(before.artifacts, after.artifacts)
        ways = (each for each in before.flow.edges if each.source not in led)
        between = partial(_between, same, _lines(drawings[0]), _lines(drawings[1]))
        lines = between(ways, after.flow.edges)
        lines |= between(before.messages, after.messages)
        lines |= between(before.associations, after.associations)
        return cls(same | lines)

    def looks(self, old: Drawing, new: Drawing) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield each pair that is drawn otherwise, and in what way."""
        for one, other in self.pairs.items():
            if one in old.shapes and other in new.shapes:
                how = _of_shape(old.shapes[one], new.shapes[other])
            elif one in old.lines and other in new.lines:
                how = _of_line(old.lines[one], new.lines[other])
            else:
                drawn = one in old.shapes or one in old.lines
                now = other in new.shapes or other in new.lines
                how = "" if drawn == now else "hidden" if drawn else "shown"
            if how:
                yield (one, other), how


def _by_name(old: Iterable[Framed], new: Iterable[Framed]) -> dict[str, str]:
    """Pair what is not in the flow by its id and, where ids were given anew, by its name."""
    waiting = {each.id: _name(each) for each in new}
    named: dict[str, list[str]] = {}
    for mark, name in waiting.items():
        named.setdefault(name, []).append(mark)
    pairs: dict[str, str] = {}
    for each in old:
        same = named.get(_name(each), [])
        found = each.id if each.id in waiting else same[0] if len(same) == 1 else None
        if found is not None and found in waiting:
            pairs[each.id] = found
            del waiting[found]
    return pairs


def _name(each: Framed) -> str:
    return f"{each.kind} {key(each.text)}" if isinstance(each, Artifact) else key(each.name)


def _between(
    nodes: Mapping[str, str],
    was: Mapping[str, Line],
    now: Mapping[str, Line],
    old: Iterable[Joining],
    new: Iterable[Joining],
) -> dict[str, str]:
    """Pair lines between the same two nodes: by id, by their course, then in the order of file."""
    ends = {each.id: (each.source, each.target) for each in new}
    joins: dict[str, object] = {
        each.id: (nodes.get(each.source), nodes.get(each.target)) for each in old
    }
    pairs = {one: one for one, join in joins.items() if join == ends.get(one)}
    for alike in (True, False):
        taken = set(pairs.values())
        waiting: dict[object, list[str]] = {}
        for other, end in ends.items():
            if other not in taken:
                waiting.setdefault((end, now.get(other) if alike else None), []).append(other)
        for one, join in joins.items():
            there = waiting.get((join, was.get(one) if alike else None))
            if one not in pairs and there:
                pairs[one] = there.pop(0)
    return pairs


def _lines(drawings: Sequence[Drawing]) -> dict[str, Line]:
    return {name: line for drawing in drawings for name, line in drawing.lines.items()}


def _of_shape(old: Shape, new: Shape) -> str:
    one, other = old.bounds, new.bounds
    if _differ((one.width, one.height), (other.width, other.height)):
        return "resized"
    if _differ((one.x, one.y), (other.x, other.y)):
        return "moved"
    if (old.horizontal, old.expanded, old.marker) != (new.horizontal, new.expanded, new.marker):
        return "restyled"
    return _of_label(old.label, new.label)


def _of_line(old: Line, new: Line) -> str:
    was = [each for point in old.points for each in (point.x, point.y)]
    now = [each for point in new.points for each in (point.x, point.y)]
    if len(was) != len(now) or _differ(was, now):
        return "rerouted"
    return _of_label(old.label, new.label)


def _of_label(old: Bounds | None, new: Bounds | None) -> str:
    if old is None or new is None:  # a label without a place of its own stands where tools put it
        return ""
    was, now = (old.x, old.y, old.width, old.height), (new.x, new.y, new.width, new.height)
    return "relabelled" if _differ(was, now) else ""


def _differ(was: Iterable[float], now: Iterable[float]) -> bool:
    return any(abs(one - other) > VISIBLE for one, other in zip(was, now, strict=True))
