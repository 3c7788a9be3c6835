"""Steps that were merged into one, or one that was split, told apart from cuts and additions.

A step that is gone was merged into its neighbour where the neighbour now does its kind of work
and shows it: by the name, by a kind it did not do before, or by a time that is the sum of both.

Source: domain rule of this project; a split is a merge read backwards.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow


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
            if step.id in gone and step.id not in seen and _shows(old, one, step, found):
                seen.add(step.id)
                found.append(step)
                waiting.append(step)
    return tuple(found)


def _shows(old: Step, one: Step, step: Step, found: list[Step]) -> bool:
    """Return whether *one*, which was *old*, shows that it does the work of *step* as well."""
    if _named(old, one, step):
        return True
    if not set(step.kinds) <= set(one.kinds):
        return False
    return bool(set(step.kinds) - set(old.kinds)) or _adds_up(one, [*found, step])


def _named(old: Step, one: Step, step: Step) -> bool:
    """Return whether the name of *one* holds that of *step* besides its old one, or is in both."""
    whole, had, told = (f" {key(each.name)} " for each in (one, old, step))
    if not told.strip() or not whole.strip() or whole == had:
        return False
    return (told in whole.replace(had, "  ", 1) and whole != told) or (
        whole in had and whole in told
    )


def _adds_up(one: Step, many: list[Step]) -> bool:
    durations = [step.time.duration for step in many]
    total = one.time.duration
    if total is None or any(each is None or each.unit is not total.unit for each in durations):
        return False
    own = durations[0]
    amounts = sum(each.amount for each in durations if each is not None)
    return own is not None and own.amount != total.amount and amounts == total.amount


def _replaced(
    before: Flow, after: Flow, one: Step, gone: set[str], to_before: Mapping[str, str]
) -> tuple[Step, ...]:
    """Return the row of gone steps in whose place *one* stands and whose work it does."""
    kinds = set(one.kinds)
    if not kinds:
        return ()
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
        if step.id in gone and step.id not in seen and step.kinds and set(step.kinds) <= kinds:
            seen.add(step.id)
            row.append(step)
            waiting.extend(_next_to(before, step))
    return tuple(row)


def _next_to(flow: Flow, step: Step) -> Iterator[Step]:
    for edge in flow.incoming[step.id]:
        if isinstance(node := flow.by_id.get(edge.source), Step):
            yield node
    for edge in flow.outgoing[step.id]:
        if isinstance(node := flow.by_id.get(edge.target), Step):
            yield node
