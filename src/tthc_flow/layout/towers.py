"""Which pools and processes stand on the sheet, from top to bottom."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.procedure import MessageFlow, Pool, Procedure

_MOST_TRIED: Final = 6
"""How many pools are put in the best order; 720 orders of six, more keep that of the file."""


@frozen(kw_only=True)
class Tower:
    """A process with or without a pool round it, or a pool without content."""

    pool: Pool | None = None
    procedure: Procedure | None = None

    @property
    def owner(self) -> str:
        """Return the id that its rows go by."""
        if self.procedure is not None:
            return self.procedure.flow.id
        return self.pool.id if self.pool is not None else ""


def towers(procedures: Sequence[Procedure]) -> tuple[Tower, ...]:
    """Return the pools of *procedures*, those that write to each other beside each other.

    Pools of one process stand in turn above and below it; several processes keep the order of the
    file where no message asks for another.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Pool, Procedure
        >>> procedure = Procedure(flow=Flow(id="p"), pools=(Pool(id="citizen"),))
        >>> [tower.owner for tower in towers([procedure])]
        ['citizen', 'p']

    Source: usual drawings put the applicant on top.
    """
    found = _in_file_order(procedures)
    messages = tuple(each for procedure in procedures for each in procedure.messages)
    if not messages or len(found) > _MOST_TRIED:
        return found
    number = {end: index for index, tower in enumerate(found) for end in _ends(tower)}
    pairs: dict[tuple[int, int], int] = {}
    for message in messages:
        one, other = number.get(message.source), number.get(message.target)
        if one is not None and other is not None and one != other:
            pair = (min(one, other), max(one, other))
            pairs[pair] = pairs.get(pair, 0) + 1
    best = min(permutations(range(len(found))), key=lambda order: _distance(order, pairs))
    return tuple(found[index] for index in best)


def _in_file_order(procedures: Sequence[Procedure]) -> tuple[Tower, ...]:
    by_flow = {procedure.flow.id: procedure for procedure in procedures}
    pools: dict[str, Pool] = {}
    for procedure in procedures:
        for pool in procedure.pools:
            pools.setdefault(pool.id, pool)
    found: list[Tower] = []
    drawn: set[str] = set()
    for pool in pools.values():
        process = pool.process if pool.process not in drawn else None
        own = by_flow.get(process or "")
        if own is not None:
            drawn.add(own.flow.id)
        found.append(Tower(pool=pool, procedure=own))
    found += [Tower(procedure=each) for key, each in by_flow.items() if key not in drawn]
    if len(by_flow) > 1:
        return tuple(found)
    inner = [each for each in found if each.procedure is not None]
    others = [each for each in found if each.procedure is None]
    return (*reversed(others[::2]), *inner, *others[1::2])


def _ends(tower: Tower) -> Iterator[str]:
    if tower.pool is not None:
        yield tower.pool.id
    if tower.procedure is not None:
        yield from tower.procedure.flow.by_id


def _distance(order: tuple[int, ...], pairs: Mapping[tuple[int, int], int]) -> int:
    """Return over how many pools messages jump: those beside each other cost nothing."""
    place = {index: position for position, index in enumerate(order)}
    return sum(
        count * (abs(place[one] - place[other]) - 1) for (one, other), count in pairs.items()
    )


def messages_of(procedures: Sequence[Procedure]) -> tuple[MessageFlow, ...]:
    """Return the messages of *procedures*, each once.

    Example:
        >>> messages_of([])
        ()

    Source: every process of a collaboration holds all its messages.
    """
    return tuple(
        {each.id: each for procedure in procedures for each in procedure.messages}.values()
    )
