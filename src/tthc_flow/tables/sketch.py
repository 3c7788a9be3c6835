"""A flow in the making: nodes, arrows, lanes and messages with readable, stable ids."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event, Gateway, Lane, Outcome, SequenceFlow
from tthc_flow.model.procedure import MessageFlow, Pool
from tthc_flow.tables.short_name import lane_name
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Node


def token(text: str) -> str:
    """Return *text* as a part of an XML id: ASCII letters, digits, underscore.

    Example:
        >>> token("II.3b"), token("Đ 2")
        ('II_3b', 'D_2')
    """
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"\W+", "_", plain.encode("ascii", "ignore").decode()).strip("_") or "x"


class Sketch:
    """Everything of one procedure that is drawn, until it is frozen into a flow."""

    def __init__(self, process: str, applicant: str, agency: str) -> None:
        """Start with two pools: the applicant's, which is a black box, and the agency's."""
        self.nodes: list[Node] = []
        self.edges: list[SequenceFlow] = []
        self.messages: list[MessageFlow] = []
        self.pools = (
            Pool(id="Pool_applicant", name=applicant),
            Pool(id="Pool_agency", name=agency, process=process),
        )
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._ids: set[str] = {process, *(pool.id for pool in self.pools)}

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Return the lanes in the order of their first step."""
        return tuple(self._lanes.values())

    def free_id(self, wanted: str) -> str:
        """Return *wanted*, or *wanted* with a number where that id is taken."""
        chosen, again = wanted, 2
        while chosen in self._ids:
            chosen, again = f"{wanted}_{again}", again + 1
        self._ids.add(chosen)
        return chosen

    def lane_of(self, performer: Performer) -> str | None:
        """Return the id of the performer's lane: one lane for one office and role."""
        if performer.role is Role.APPLICANT:
            identity = ("", Role.APPLICANT.value)
        elif performer.office is not None and performer.role is not None:
            identity = (key(performer.office), performer.role.value)
        else:
            identity = ("", key(performer.name))
        if not performer.name:
            return None
        if identity not in self._lanes:
            self._lanes[identity] = Lane(
                id=self.free_id(f"Lane_{len(self._lanes) + 1}"),
                name=lane_name(performer.name),
                performer=performer,
            )
        return self._lanes[identity].id

    def put(self, node: Node) -> Node:
        """Add *node* and return it."""
        self.nodes.append(node)
        return node

    def arrow(
        self, source: Node, target: Node, outcome: Outcome | None = None, name: str = ""
    ) -> None:
        """Draw an arrow from *source* to *target*."""
        wanted = f"Flow_{_short(source)}_{_short(target)}"
        self.edges.append(
            SequenceFlow(
                id=self.free_id(wanted),
                source=source.id,
                target=target.id,
                name=name,
                outcome=outcome,
            )
        )

    def message(self, name: str, source: str, target: str, title: str) -> None:
        """Send a message between the applicant's pool and a node."""
        wanted = self.free_id(f"Message_{name}")
        self.messages.append(MessageFlow(id=wanted, source=source, target=target, name=title))


def _short(node: Node) -> str:
    kind, _, rest = node.id.partition("_")
    if isinstance(node, Gateway):
        return f"G{rest}"
    if isinstance(node, Event):
        return node.id if not rest else f"{kind}_{rest}"
    return rest or node.id
