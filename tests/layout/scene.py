"""What a drawing must show of some procedures, and what lies in what: for the geometric check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from layout.boxes import Raster, inside, spans
from tthc_flow.model.artifact import ArtifactKind
from tthc_flow.model.flow import Event, EventPosition, SubProcess

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Bounds, Drawing
    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure


@define
class Scene:
    """A drawing with its elements by what they are.

    *outer* says what an element lies in or on, all the way out; *frames* what must hold it.
    """

    drawing: Drawing
    solid: set[str] = field(factory=set)
    open: set[str] = field(factory=set)
    top: set[str] = field(factory=set)
    bands: set[str] = field(factory=set)
    pools: set[str] = field(factory=set)
    outer: dict[str, set[str]] = field(factory=dict)
    frames: dict[str, list[str]] = field(factory=dict)
    hosts: dict[str, str] = field(factory=dict)
    lines: list[tuple[str, str, str]] = field(factory=list)
    ends: dict[str, tuple[str, str]] = field(factory=dict)
    labels: dict[str, Bounds] = field(factory=dict)
    missing: list[str] = field(factory=list)
    shape_raster: Raster = field(factory=Raster)
    line_raster: Raster = field(factory=Raster)
    label_raster: Raster = field(factory=Raster)

    @classmethod
    def of(cls, drawing: Drawing, procedures: tuple[Procedure, ...]) -> Scene:
        """Return the scene of *procedures*."""
        scene = cls(drawing)
        for procedure in procedures:
            scene.add_pools(procedure)
        for procedure in procedures:
            scene.add_flow(procedure)
            scene.add_artifacts(procedure)
            scene.add_lines(procedure)
        scene.index()
        return scene

    def box(self, element: str) -> Bounds:
        """Return the bounds of *element*."""
        return self.drawing.shapes[element].bounds

    def spans(self, line: str) -> list[Bounds]:
        """Return the stretches of *line*."""
        return spans(self.drawing.lines[line].points)

    def related(self, one: str, other: str) -> bool:
        """Return whether one lies in or on the other."""
        return one in self.outer[other] or other in self.outer[one]

    def around(self, elements: set[str]) -> set[str]:
        """Return all that any of *elements* lies in or on."""
        return set().union(*(self.outer.get(each, set()) for each in elements))

    def has(self, element: str) -> bool:
        """Return whether *element* has a shape; note it if not."""
        if element not in self.drawing.shapes and element not in self.missing:
            self.missing.append(element)
        return element in self.drawing.shapes

    def add_pools(self, procedure: Procedure) -> None:
        """Note the pools of *procedure*."""
        for pool in procedure.pools:
            if self.has(pool.id):
                self.pools.add(pool.id)
                self.bands.add(pool.id)
                self.outer.setdefault(pool.id, set())

    def add_flow(self, procedure: Procedure) -> None:
        """Note lanes and nodes of *procedure*."""
        flow = procedure.flow
        pools = (each.id for each in procedure.pools if each.process == flow.id)
        pool = next((each for each in pools if each in self.drawing.shapes), None)
        parents = {lane.id: lane.parent for lane in flow.lanes}
        for lane in flow.lanes:
            if self.has(lane.id):
                self.bands.add(lane.id)
                self.outer[lane.id] = climb(lane.id, parents) | ({pool} if pool else set())
                self.frames[lane.id] = [
                    each for each in (parents[lane.id], pool) if each in self.drawing.shapes
                ]
        holders = {node.id: holder(node, flow) for node in flow.nodes}
        scopes = {node.id: node.scope for node in flow.nodes}
        for node in flow.nodes:
            if not self.visible(node.id, scopes) or not self.has(node.id):
                continue
            self.solid.add(node.id)
            if isinstance(node, SubProcess) and self.drawing.shapes[node.id].expanded:
                self.open.add(node.id)
            self.add_node(node, holders, pool, flow)

    def visible(self, node: str, scopes: dict[str, str | None]) -> bool:
        """Return whether no closed sub-process hides *node*, or it is drawn all the same."""
        shapes = self.drawing.shapes
        hidden = any(each in shapes and not shapes[each].expanded for each in climb(node, scopes))
        return not hidden or node in shapes

    def add_node(
        self, node: Node, holders: dict[str, str | None], pool: str | None, flow: Flow
    ) -> None:
        """Note what *node* lies in or on."""
        outer = climb(node.id, holders)
        frames = [] if node.scope not in self.drawing.shapes else [str(node.scope)]
        if node.scope not in flow.by_id and holders[node.id] is None:
            self.top.add(node.id)
            lane = node.lane if node.lane in self.drawing.shapes else None
            frames = [each for each in (lane, pool) if each is not None]
        root = next((each for each in (node.id, *outer) if each in self.top), node.id)
        if root in flow.by_id:
            lane = flow.by_id[root].lane
            parents = {each.id: each.parent for each in flow.lanes}
            outer |= ({lane} | climb(lane, parents)) if lane in parents else set()
        self.outer[node.id] = outer | ({pool} if pool else set())
        host = holders[node.id]
        if host is not None and host != node.scope:
            self.hosts[node.id] = host
        else:
            self.frames[node.id] = frames

    def add_artifacts(self, procedure: Procedure) -> None:
        """Note data, stores and notes that are drawn; one may stand wholly in an open frame."""
        for artifact in procedure.artifacts:
            if artifact.kind is ArtifactKind.GROUP or artifact.id not in self.drawing.shapes:
                continue
            self.solid.add(artifact.id)
            box = self.box(artifact.id)
            self.outer[artifact.id] = {
                frame for frame in self.open | self.bands if inside(box, self.box(frame))
            }

    def add_lines(self, procedure: Procedure) -> None:
        """Note flows, messages and associations between things that are drawn."""
        for each in (*procedure.flow.edges, *procedure.messages, *procedure.associations):
            known = each.source in self.drawing.shapes and each.target in self.drawing.shapes
            if each.id in self.ends or not known:
                continue
            if each.id not in self.drawing.lines:
                self.missing.append(each.id)
                continue
            self.lines.append((each.id, each.source, each.target))
            self.ends[each.id] = (each.source, each.target)

    def index(self) -> None:
        """Sort shapes, lines and labels into rasters."""
        for element in self.solid:
            self.shape_raster.add(element, self.box(element))
            label = self.drawing.shapes[element].label
            if label is not None and label.width * label.height > 0:
                self.labels[element] = label
        for line, _, _ in self.lines:
            for each in self.spans(line):
                self.line_raster.add(line, each)
            label = self.drawing.lines[line].label
            if label is not None and label.width * label.height > 0:
                self.labels[line] = label
        for owner, label in self.labels.items():
            self.label_raster.add(owner, label)


def holder(node: Node, flow: Flow) -> str | None:
    """Return what *node* lies on or in: the host of a boundary event, else its sub-process."""
    if isinstance(node, Event) and node.position is EventPosition.BOUNDARY:
        host = flow.by_id.get(node.attached_to or "")
        if host is not None and host.id != node.id and host.scope == node.scope:
            return host.id
    return node.scope if node.scope in flow.by_id else None


def climb(start: str | None, parents: dict[str, str | None]) -> set[str]:
    """Return what *start* lies in, all the way out."""
    found: set[str] = set()
    here = parents.get(start or "")
    while here is not None and here not in found:
        found.add(here)
        here = parents.get(here)
    return found
