"""Steps that were merged into one, or one that was split, told apart from cuts and additions.

A step that is gone was merged into its neighbour where the neighbour now does its kind of work
and shows it: by the name, by a kind it did not do before, or by a time that is the sum of both.

Source: domain rule of this project; a split is a merge read backwards.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow


_LONGEST_ROW: Final = 8
"""Steps on one side of another that may have become one with it; more are a new procedure."""


@frozen(kw_only=True)
class Group:
    """Steps of the one side that are *one* step of the other,."""

    one: Step
    many: tuple[Step, ...]


def merged(before: Flow, after: Flow, to_after: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the groups of steps of *before* that became one step of *after*.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> merged(Flow(id="p"), Flow(id="p"), {})
        ()

    Source: see the module.
    """
    to_before = {new: old for old, new in to_after.items()}
    gone = {step.id for step in before.steps if step.id not in to_after}
    if not gone:
        return ()
    order = {step.id: place for place, step in enumerate(before.steps)}
    groups: list[Group] = []
    for one in after.steps:
        old = before.by_id.get(to_before.get(one.id, ""))
        if isinstance(old, Step):
            many = _absorbed(before, old, one, gone)
        else:
            many = _replaced(before, after, one, gone, to_before)
        if len(many) > 1:
            gone -= {step.id for step in many}
            ranked = tuple(sorted(many, key=lambda step: order[step.id]))
            groups.append(Group(one=one, many=ranked))
    return tuple(groups)


def _absorbed(before: Flow, old: Step, one: Step, gone: set[str]) -> tuple[Step, ...]:
    """Return *old* and the steps next to it, one after another, that *one* now does as well."""
    if one.name == old.name and one.kinds == old.kinds and one.time == old.time:
        return (old,)
    found = [old]
    seen = {old.id}
    waiting = deque([old])
    while waiting:
        for step in _next_to(before, waiting.popleft()):
            if step.id in gone and step.id not in seen and _shows(old, one, step):
                seen.add(step.id)
                found.append(step)
                waiting.append(step)
    return max(tuple(found), _added_up(before, old, one, gone), key=len)


def _shows(old: Step, one: Step, step: Step) -> bool:
    if _named(old, one, step):
        return True
    return set(step.kinds) <= set(one.kinds) and bool(set(step.kinds) - set(old.kinds))


def _added_up(before: Flow, old: Step, one: Step, gone: set[str]) -> tuple[Step, ...]:
    """Return the row of gone steps round *old* whose times add up to that of *one*."""
    if one.time.duration is None or one.time.duration == old.time.duration:
        return (old,)
    back, on = (_row(before, old, gone, forwards=each) for each in (False, True))
    for length in range(1, len(back) + len(on) + 1):
        for first in range(length + 1):
            row = (*reversed(back[:first]), old, *on[: length - first])
            if len(row) == length + 1 and _adds_up(one, row):
                return row
    return (old,)


def _row(flow: Flow, step: Step, gone: set[str], *, forwards: bool) -> list[Step]:
    """Return the gone steps that follow *step* one after another, or come before it."""
    row: list[Step] = []
    while len(row) < _LONGEST_ROW:
        edges = (flow.outgoing if forwards else flow.incoming)[(row[-1] if row else step).id]
        ends = [flow.by_id.get(edge.target if forwards else edge.source) for edge in edges]
        if len(ends) != 1 or not isinstance(ends[0], Step) or ends[0].id not in gone:
            break
        if ends[0] in row:
            break
        row.append(ends[0])
    return row


def _adds_up(one: Step, many: tuple[Step, ...]) -> bool:
    total = one.time.duration
    durations = [step.time.duration for step in many]
    if total is None or any(each is None or each.unit is not total.unit for each in durations):
        return False
    if not all(set(step.kinds) <= set(one.kinds) for step in many):
        return False
    return sum(each.amount for each in durations if each is not None) == total.amount


def _named(old: Step, one: Step, step: Step) -> bool:
    """Return whether the name of *one* holds that of *step* besides its old one, or is in both."""
    whole, had, told = (f" {key(each.name)} " for each in (one, old, step))
    if not told.strip() or not whole.strip() or whole == had:
        return False
    return (told in whole.replace(had, "  ", 1) and whole != told) or (
        whole in had and whole in told
    )


def _replaced(
    before: Flow, after: Flow, one: Step, gone: set[str], to_before: Mapping[str, str]
) -> tuple[Step, ...]:
    """Return the row of gone steps in whose place *one* stands and whose work it does."""
    places = {to_before[edge.source] for edge in after.incoming[one.id] if edge.source in to_before}
    row: list[Step] = []
    seen: set[str] = set()
    waiting = deque(
        step
        for place in sorted(places)
        for edge in before.outgoing[place]
        if isinstance(step := before.by_id.get(edge.target), Step)
    )
    while waiting:
        step = waiting.popleft()
        if step.id in gone and step.id not in seen and _done_by(one, step):
            seen.add(step.id)
            row.append(step)
            waiting.extend(_next_to(before, step))
    return tuple(row)


def _done_by(one: Step, step: Step) -> bool:
    """Return whether *one* does the kinds of work of *step*, or names it among what it does."""
    whole, told = f" {key(one.name)} ", f" {key(step.name)} "
    named = bool(told.strip()) and told in whole and told != whole
    return named or (bool(step.kinds) and set(step.kinds) <= set(one.kinds))


def _next_to(flow: Flow, step: Step) -> Iterator[Step]:
    for edge in flow.incoming[step.id]:
        if isinstance(node := flow.by_id.get(edge.source), Step):
            yield node
    for edge in flow.outgoing[step.id]:
        if isinstance(node := flow.by_id.get(edge.target), Step):
            yield node
