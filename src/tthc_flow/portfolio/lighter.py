"""How the lightest of several twins does it: what each other one would have to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.bpmn.read import read
from tthc_flow.errors import TthcFlowError
from tthc_flow.measures.change import Change
from tthc_flow.measures.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.portfolio.item import Source
    from tthc_flow.portfolio.twins import Twin, Twins


@frozen(kw_only=True)
class Lighter:
    """What *key* would have to change to be as *lightest* is, in the order of its flow."""

    key: str
    lightest: str
    changes: tuple[Change, ...]


def lighter(groups: Iterable[Twins], source: Source) -> tuple[tuple[Lighter, ...], ...]:
    """Return for each group the changes of all its members but the first.

    A member whose file is not in *source* any more, or not as it was, is left out.

    Args:
        groups: Twins of a portfolio.
        source: What the portfolio was made of; it is read once.

    Source: :func:`tthc_flow.measures.differences.differences`.
    """
    told = tuple(groups)
    wanted = {twin.file for group in told for twin in group.members}
    texts = {item.key: item.data for item in source.items() if item.key in wanted}
    return tuple(tuple(_of_group(group, texts)) for group in told)


def _of_group(group: Twins, texts: Mapping[str, bytes]) -> Iterable[Lighter]:
    first, *others = group.members
    goal = _procedure(first, texts)
    for each in others:
        own = _procedure(each, texts)
        if own is not None and goal is not None:
            changes = differences(own, goal)
            yield Lighter(key=each.key, lightest=first.key, changes=changes)


def _procedure(twin: Twin, texts: Mapping[str, bytes]) -> Procedure | None:
    """Return the procedure of *twin* as its file has it; ``None`` where it has none like it."""
    try:
        found = read(texts[twin.file]).procedures
    except (KeyError, TthcFlowError):
        return None
    process = twin.key.removeprefix(twin.file).removeprefix("#")
    if process:
        return next((each for each in found if each.flow.id == process), None)
    return max(found, key=lambda each: len(each.flow.steps), default=None)
