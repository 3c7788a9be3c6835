"""Who does a step, and whether two performers are one.

Source: domain rule of this project: two performers of one office and role are the same performer,
whatever the wording.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow, Node

# A search asks for the same few names thousands of times; the key of a text never changes.
_key: Final = lru_cache(maxsize=4096)(key)


def performer_of(flow: Flow, node: Node) -> Performer | None:
    """Return who does *node*: its own performer, else that of the nearest lane that names one.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> performer_of(Flow(id="p"), Step(id="a", name="A")) is None
        True

    Source: BPMN 2.0.2, 10.8: what stands in a lane is done by the lane.
    """
    if isinstance(node, Step) and node.performer is not None:
        return node.performer
    lane, seen = node.lane, set[str]()
    while lane is not None and lane not in seen and lane in flow.lane_by_id:
        seen.add(lane)
        found = flow.lane_by_id[lane]
        if found.performer is not None:
            return found.performer
        lane = found.parent
    return None


@remembered
def performers(flow: Flow) -> Mapping[str, Performer | None]:
    """Return who does each step of *flow*, by its id.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> dict(performers(Flow(id="p", nodes=(Step(id="a", name="A"),))))
        {'a': None}

    Source: see :func:`performer_of`; once for a flow.
    """
    return MappingProxyType({step.id: performer_of(flow, step) for step in flow.steps})


@remembered
def hands(flow: Flow) -> Mapping[str, tuple[str, str] | None]:
    """Return what makes the performer of each step of *flow* the same as another, by its id.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> dict(hands(Flow(id="p", nodes=(Step(id="a", name="A"),))))
        {'a': None}

    Source: see :func:`identity`; once for a flow.
    """
    return MappingProxyType(
        {
            step: None if performer is None else identity(performer)
            for step, performer in performers(flow).items()
        }
    )


def identity(performer: Performer) -> tuple[str, str]:
    """Return what makes two performers one: office and role, or the name where it is unclear.

    Example:
        >>> from tthc_flow.model.actor import Performer, Role
        >>> one = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở Nội vụ")
        >>> two = Performer(name="Công chức Sở", role=Role.OFFICER, office="SỞ NỘI VỤ")
        >>> identity(one) == identity(two)
        True

    Source: contract of the model, :class:`~tthc_flow.model.actor.Performer`.
    """
    if performer.office is None:
        return "", _key(performer.name)
    role = _key(performer.name) if performer.role is None else str(performer.role)
    return _key(performer.office), role
