"""Applying several changes: in order, each while it still stands, and lawful in the end."""

from __future__ import annotations

from collections import OrderedDict
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from tthc_flow.errors import TthcFlowError
from tthc_flow.graph.patch import patch
from tthc_flow.graph.remembered import KEPT, remembered_with
from tthc_flow.model.lever import Verdict
from tthc_flow.plan.made import made
from tthc_flow.plan.offers import broken_laws

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.procedure import Procedure

    Item = TypeVar("Item")


ANY: Final = "any"


def rewritten(
    before: Procedure, candidates: Iterable[Candidate], levers: Mapping[str, Lever]
) -> Procedure | None:
    """Return *before* with *candidates* applied in this order; ``None`` where one cannot be.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> rewritten(Procedure(flow=Flow(id="p")), (), {}).flow.id
        'p'

    Source: domain rule of this project: a set is re-measured and proven, never summed.
    """
    after = before
    try:
        for candidate in candidates:
            after = made(levers[candidate.lever], after, candidate)
    except (TthcFlowError, KeyError):
        return None  # one took away what another needs
    return after


def applied(
    before: Procedure, candidates: Sequence[Candidate], levers: Mapping[str, Lever]
) -> Procedure | None:
    """Return *before* with *candidates* applied in this order; ``None`` where one falls away.

    One falls away where an earlier one took from it what it stands on: its lever then no longer
    finds it, or no longer lets it pass. A longer row than the one offered stands for it.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> applied(Procedure(flow=Flow(id="p")), (), {}).flow.id
        'p'

    Source: domain rule of this project: what a change stands on must still be there.
    """
    some, kept = tuple(candidates), _kept(before, levers)
    place = tuple(map(id, some))
    known = kept.pop(place, None)
    if known is None:
        known = some, _applied(before, some, levers)
    kept[place] = known
    if len(kept) > KEPT:
        kept.popitem(last=False)
    return known[1]


@remembered_with
def _kept(
    _before: Procedure, _levers: Mapping[str, Lever]
) -> OrderedDict[tuple[int, ...], tuple[tuple[Candidate, ...], Procedure | None]]:
    """Return the sets applied last, by identity: a search asks for one set again and again.

    What is known of the flow that one gives (its laws, its size) is then known too.
    """
    return OrderedDict()


def _applied(
    before: Procedure, candidates: Sequence[Candidate], levers: Mapping[str, Lever]
) -> Procedure | None:
    after: Procedure | None = before
    for name, batch in groupby(candidates, key=lambda each: each.lever):
        some = tuple(batch)
        if after is None or (after is not before and not _stand(after, levers[name], some)):
            return None
        after = rewritten(after, some, levers)
    return after


def _stand(now: Procedure, lever: Lever, some: Sequence[Candidate]) -> bool:
    """Return whether *lever* still finds each of *some* on *now*, and lets it pass."""
    rows = [(set(each.targets), _failing(each)) for each in lever.find(now)]
    return all(
        any(
            row.issuperset(each.targets) and failing.isdisjoint(_conditions(each))
            for row, failing in rows
        )
        for each in some
    )


def _failing(candidate: Candidate) -> frozenset[str]:
    """Return the conditions of *candidate* that do not pass; ``ANY`` beside where one fails."""
    held = [each for each in candidate.preconditions if each.verdict is not Verdict.PASS]
    worst = {ANY for each in held if each.verdict is Verdict.FAIL}
    return frozenset(each.name for each in held) | worst


def _conditions(candidate: Candidate) -> frozenset[str]:
    """Return the conditions that let *candidate* pass: one it was not asked may stay open."""
    return frozenset(each.name for each in candidate.preconditions) | {ANY}


def lawful(
    before: Procedure, candidates: Sequence[Candidate], levers: Mapping[str, Lever]
) -> Procedure | None:
    """Return *before* with *candidates* applied; ``None`` where one falls away or a law breaks."""
    after = applied(before, candidates, levers)
    return after if after is not None and keeps_laws(before, after) else None


@remembered_with
def keeps_laws(before: Procedure, after: Procedure) -> bool:
    """Return whether *after* breaks no law that *before* keeps.

    What it does not touch is not proven again, as with a single change.
    """
    if after is before:
        return True
    return not any(broken_laws(before, after, patch(before.flow, after.flow)))


def smallest(items: Sequence[Item], holds: Callable[[Sequence[Item]], bool]) -> tuple[Item, ...]:
    """Return a part of *items*, in their order, that *holds*, of which no one may be left out.

    Args:
        items: All of them together hold.
        holds: Asked of parts of *items* in their order.

    Example:
        >>> smallest((1, 2, 3, 4), lambda some: {2, 4} <= set(some))
        (2, 4)

    Source: QuickXplain: Junker, AAAI 2004, 167-172.
    """
    place = {item: number for number, item in enumerate(items)}

    def ordered(some: Sequence[Item]) -> list[Item]:
        return sorted(some, key=lambda item: place[item])

    def part(kept: list[Item], rest: list[Item], *, more: bool) -> list[Item]:
        if more and holds(ordered(kept)):
            return []
        if len(rest) == 1:
            return rest
        left, right = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        second = part([*kept, *left], right, more=True)
        first = part([*kept, *second], left, more=bool(second))
        return [*first, *second]

    return tuple(ordered(part([], list(items), more=True))) if items else ()
