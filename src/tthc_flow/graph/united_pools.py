"""Who several procedures talk to, once they are one: pools of one name are one.

Source: BPMN 2.0.2, 9.3: a message goes between two participants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.united import free_id
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.model.procedure import MessageFlow, Pool, Procedure


def talks_to_itself_only(procedure: Procedure) -> bool:
    """Return whether every other pool is a black box, so that its flow is judged by itself.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> talks_to_itself_only(Procedure(flow=Flow(id="p")))
        True
    """
    return all(pool.process in {None, procedure.flow.id} for pool in procedure.pools)


def told_by_node(procedure: Procedure) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Return what each node says and hears: whether it is said, to or from whom, the message.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> dict(told_by_node(Procedure(flow=Flow(id="p"))))
        {}
    """
    pools = {pool.id: key(pool.name) for pool in procedure.pools}
    told: dict[str, set[tuple[str, ...]]] = {}
    for each in procedure.messages:
        for way, node, other in (
            ("says", each.source, each.target),
            ("hears", each.target, each.source),
        ):
            if node not in pools:
                about = way, pools.get(other, other), key(each.name)
                told.setdefault(node, set()).add(about)
    return {node: frozenset(about) for node, about in told.items()}


def one_collaboration(
    procedures: Sequence[Procedure], ids: Sequence[Mapping[str, str]], taken: set[str]
) -> tuple[tuple[Pool, ...], tuple[MessageFlow, ...]]:
    """Return the pools and messages of all *procedures*; what a shared node says is said once.

    Args:
        procedures: The first one's pool is that of all.
        ids: For each what became of the ids of its nodes.
        taken: Ids that are used; those of new pools and messages are added.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> one_collaboration([Procedure(flow=Flow(id="p"))], [{}], set())
        ((), ())

    Source: see the module; linear in the messages.
    """
    pools: dict[tuple[bool, str], Pool] = {}
    messages: dict[tuple[str, str, str], MessageFlow] = {}
    for procedure, moved in zip(procedures, ids, strict=True):
        here = dict(moved)
        for pool in procedure.pools:
            own = pool.process is not None
            place = own, "" if own else key(pool.name)
            if place not in pools:
                process = procedures[0].flow.id if own else None
                pools[place] = evolve(pool, id=free_id(pool.id, taken), process=process)
            here[pool.id] = pools[place].id
        for each in procedure.messages:
            ends = here.get(each.source, each.source), here.get(each.target, each.target)
            if (*ends, key(each.name)) not in messages:
                messages[*ends, key(each.name)] = evolve(
                    each, id=free_id(each.id, taken), source=ends[0], target=ends[1]
                )
    return tuple(pools.values()), tuple(messages.values())
