"""Random procedures of any shape, with all that a file may draw: for the layout's laws."""

from __future__ import annotations

import random

from attrs import evolve

from tthc_flow.model.artifact import Artifact, ArtifactKind, Association
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    Node,
    SequenceFlow,
    SubProcess,
)
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.step import Step

NAMES = (
    "",
    "Ký",
    "Tiếp nhận hồ sơ",
    "Thẩm định hồ sơ và dự thảo văn bản trả lời",
    "Rà soát, kiểm tra thực tế, lấy ý kiến các cơ quan có liên quan, tổng hợp và trình lãnh đạo",
)
KINDS = (GatewayKind.EXCLUSIVE, GatewayKind.PARALLEL, GatewayKind.EVENT_BASED)
POSITIONS = (EventPosition.START, EventPosition.CATCH, EventPosition.THROW, EventPosition.END)


def any_procedure(rng: random.Random, size: int, process: str = "P") -> Procedure:
    """Return about *size* nodes in lanes and sub-processes, with all that hangs on them."""
    maker = _Maker(rng, process)
    for _ in range(size):
        maker.add_node()
    for _ in range(rng.randint(0, size // 2)):
        maker.add_boundary_event()
    for _ in range(rng.randint(size // 2, 2 * size)):
        maker.add_edge()
    flow = Flow(
        id=process, nodes=tuple(maker.nodes), edges=tuple(maker.edges), lanes=tuple(maker.lanes)
    )
    pools, messages = _around(rng, flow)
    artifacts, ties = _beside(rng, flow)
    return Procedure(
        flow=flow, pools=pools, messages=messages, artifacts=artifacts, associations=ties
    )


def any_collaboration(rng: random.Random, size: int) -> tuple[Procedure, ...]:
    """Return two or three processes that write to each other, in one collaboration or beside it."""
    count = rng.randint(2, 3)
    single = [any_procedure(rng, size, f"P{number}") for number in range(count)]
    pools = [
        Pool(id=f"{each.flow.id}own", name=rng.choice(NAMES), process=each.flow.id)
        for each in single
        if rng.random() < 0.9
    ]
    pools += [Pool(id=f"pool{number}", name="Dân") for number in range(rng.choice((0, 0, 1, 2)))]
    rng.shuffle(pools)
    ends = [node.id for each in single for node in each.flow.nodes] + [pool.id for pool in pools]
    messages = []
    for number in range(rng.randint(0, 2 * size)):
        source, target = rng.choice(ends), rng.choice(ends)
        if source != target and source.split("n")[0] != target.split("n")[0]:
            name = rng.choice(NAMES[:3])
            messages.append(MessageFlow(id=f"m{number}", source=source, target=target, name=name))
    return tuple(evolve(each, pools=tuple(pools), messages=tuple(messages)) for each in single)


class _Maker:
    def __init__(self, rng: random.Random, process: str) -> None:
        self.rng, self.process = rng, process
        self.nodes: list[Node] = []
        self.edges: list[SequenceFlow] = []
        self.scopes: list[str | None] = [None]
        self.lanes: list[Lane] = []
        for number in range(rng.choice((0, 0, 1, 2, 4, 6))):
            parents = [None, None, *(lane.id for lane in self.lanes)]
            name = rng.choice(NAMES)
            lane = Lane(id=f"{process}lane{number}", name=name, parent=rng.choice(parents))
            self.lanes.append(lane)

    def add_node(self) -> None:
        rng, number = self.rng, len(self.nodes)
        scope = rng.choice(self.scopes)
        lane = rng.choice(self.lanes).id if self.lanes and rng.random() < 0.9 else None
        key, name = f"{self.process}n{number}", rng.choice(NAMES)
        match rng.choice("ttttggeess" if len(self.scopes) < 6 else "ttttggee"):
            case "t":
                self.nodes.append(Step(id=key, name=name, scope=scope, lane=lane))
            case "g":
                kind = rng.choice(KINDS)
                self.nodes.append(Gateway(id=key, kind=kind, name=name, scope=scope, lane=lane))
            case "e":
                position = rng.choice(POSITIONS)
                self.nodes.append(
                    Event(id=key, position=position, name=name, scope=scope, lane=lane)
                )
            case _:
                self.nodes.append(SubProcess(id=key, name=name, scope=scope, lane=lane))
                self.scopes.append(key)

    def add_boundary_event(self) -> None:
        hosts = [node for node in self.nodes if isinstance(node, Step | SubProcess)]
        if hosts:
            host = self.rng.choice(hosts)
            self.nodes.append(
                Event(
                    id=f"{self.process}n{len(self.nodes)}",
                    position=EventPosition.BOUNDARY,
                    attached_to=host.id,
                    name=self.rng.choice(NAMES),
                    scope=host.scope,
                    lane=host.lane,
                )
            )

    def add_edge(self) -> None:
        source = self.rng.choice(self.nodes)
        same = [node for node in self.nodes if node.scope == source.scope and _enterable(node)]
        if same:
            self.edges.append(
                SequenceFlow(
                    id=f"{self.process}f{len(self.edges)}",
                    source=source.id,
                    target=self.rng.choice(same).id,
                    name=self.rng.choice(NAMES[:4]) if self.rng.random() < 0.3 else "",
                    scope=source.scope,
                )
            )


def _enterable(node: Node) -> bool:
    return not (isinstance(node, Event) and node.position is EventPosition.BOUNDARY)


def _around(rng: random.Random, flow: Flow) -> tuple[tuple[Pool, ...], tuple[MessageFlow, ...]]:
    others = [f"{flow.id}pool{number}" for number in range(rng.choice((0, 0, 1, 2, 3)))]
    if not others:
        return (), ()
    pools = [Pool(id=each, name=rng.choice(NAMES)) for each in others]
    pools.insert(rng.randint(0, len(pools)), Pool(id=f"{flow.id}own", process=flow.id))
    messages = []
    for number in range(rng.randint(0, len(flow.nodes))):
        ends = [rng.choice(flow.nodes).id, rng.choice(others)]
        if len(others) > 1 and rng.random() < 0.15:
            ends = rng.sample(others, 2)
        rng.shuffle(ends)
        name = rng.choice(NAMES[:3])
        messages.append(
            MessageFlow(id=f"{flow.id}m{number}", source=ends[0], target=ends[1], name=name)
        )
    return tuple(pools), tuple(messages)


def _beside(rng: random.Random, flow: Flow) -> tuple[tuple[Artifact, ...], tuple[Association, ...]]:
    kinds = (ArtifactKind.NOTE, ArtifactKind.DATA_REFERENCE, ArtifactKind.DATA_STORE)
    artifacts = tuple(
        Artifact(id=f"{flow.id}a{number}", kind=rng.choice(kinds), text=rng.choice(NAMES))
        for number in range(rng.choice((0, 0, 1, 3, 8)))
    )
    ties = [
        Association(id=f"{each.id}t{number}", source=each.id, target=rng.choice(flow.nodes).id)
        for each in artifacts
        for number in range(rng.choice((0, 1, 1, 2)))
    ]
    return artifacts, tuple(ties)
