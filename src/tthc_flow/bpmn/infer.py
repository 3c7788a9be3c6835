"""What a file does not state but its words say: performers from lanes or names, kinds from names.

Every fact found this way carries a finding of severity INFO; what the file states itself (also
"unknown": an empty ``performer`` or ``kinds``) is never overruled.
"""

from __future__ import annotations

from typing import Final

from attrs import define, evolve, field

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index
from tthc_flow.bpmn.lanes import Lanes
from tthc_flow.bpmn.nodes import extension
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Lane, Node
from tthc_flow.model.step import Step
from tthc_flow.words.actors import named_first, read_performer
from tthc_flow.words.kinds import read_kinds

_LONGEST: Final = 2_000
"""A name says what it says at its beginning; what follows is no name any more."""


@define
class Inference:
    """Fills the gaps of one process; *pool* is the name of the pool that draws it."""

    index: Index
    findings: Findings
    pool: str
    performers: dict[str, Performer | None] = field(factory=dict)

    def lanes(self, lanes: Lanes) -> tuple[Lane, ...]:
        """Return the lanes with their performers, stated or read from their names."""
        filled = []
        for lane in lanes.lanes:
            performer = lane.performer
            if lane.id not in lanes.stated and lane.name.strip():
                performer = self._performer(lane.id, lane.name)
            if performer is None and lane.id not in lanes.stated and lane.parent:
                performer = self.performers.get(lane.parent)
            self.performers[lane.id] = performer
            filled.append(
                lane if performer is lane.performer else evolve(lane, performer=performer)
            )
        return tuple(filled)

    def nodes(self, nodes: list[Node]) -> tuple[Node, ...]:
        """Return the nodes, each step with performer and kinds, stated or inferred."""
        lane_of: dict[str | None, str | None] = {None: None}
        filled: list[Node] = []
        for node in nodes:
            lane_of[node.id] = node.lane or lane_of.get(node.scope)
            filled.append(self._step(node, lane_of[node.id]) if isinstance(node, Step) else node)
        return tuple(filled)

    def _step(self, step: Step, lane: str | None) -> Step:
        element = self.index.elements[step.id]
        stated = extension(element, "step")
        performer = step.performer
        if stated is None or stated.find("{*}performer") is None:
            performer = self.performers.get(lane) if lane else self._in_no_lane(step)
        kinds = step.kinds
        if (stated is None or stated.get("kinds") is None) and step.name.strip():
            kinds = read_kinds(step.name[:_LONGEST], performer).kinds
            if kinds:
                words = " ".join(kind.value for kind in kinds)
                self.findings.add("read-kinds-inferred", Severity.INFO, element, kinds=words)
        if performer is step.performer and kinds is step.kinds:
            return step
        return evolve(step, performer=performer, kinds=kinds)

    def _in_no_lane(self, step: Step) -> Performer | None:
        """Return whom the name of *step* begins with, in the house of its pool; else the pool."""
        house = self._pool_performer()
        named = named_first(step.name[:_LONGEST])
        if named is None:
            return house
        self.findings.add(
            "read-performer-named",
            Severity.INFO,
            self.index.elements[step.id],
            performer=named.name,
        )
        if house is None or named.office is not None or named.role is Role.APPLICANT:
            return named
        return evolve(named, office=house.office, levels=named.levels or house.levels)

    def _pool_performer(self) -> Performer | None:
        if "" not in self.performers:
            known = bool(self.pool.strip())
            self.performers[""] = read_performer(self.pool[:_LONGEST]).performer if known else None
        return self.performers[""]

    def _performer(self, lane: str, name: str) -> Performer:
        performer = read_performer(name[:_LONGEST]).performer
        role = performer.role.value if performer.role else ""
        self.findings.add(
            "read-performer-inferred", Severity.INFO, self.index.elements[lane], role=role
        )
        return performer
