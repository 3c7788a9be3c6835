"""Procedures with any value in any field: what a round trip through a file must keep."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from chances.strategies import chances
from tthc_flow.bpmn.handlers import with_handlers
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association, AssociationKind, Direction
from tthc_flow.model.chance import Chance
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
    Trigger,
)
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.step import Behavior, Loop, Step, TaskType

TEXT = st.text(
    st.one_of(
        st.sampled_from("aĐệ<&>\"' \n\t\r]"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    ),
    max_size=8,
)
# A name, as people draw it, or any text; an empty one is how a file says that there is none.
NAMED = st.sampled_from(["n", "danh_sách", "3", "a > 1", "không (đủ)"]) | TEXT.filter(bool)
TO_RUN = st.one_of(st.none(), NAMED)
NUMBER = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)
_WITH_DEFAULT = (GatewayKind.EXCLUSIVE, GatewayKind.INCLUSIVE, GatewayKind.COMPLEX)
_NAMED = (Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ERROR, Trigger.ESCALATION, Trigger.LINK)


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return any value of the annotation *kind*, model values with any fields."""
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(st.none(), *(values(a) for a in get_args(kind) if a is not NoneType))
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is not Ellipsis:
            return st.tuples(*(values(each) for each in inner))
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if get_origin(kind) is frozenset:
        return st.frozensets(values(get_args(kind)[0]), max_size=2)
    if kind is Chance:
        return chances(NUMBER)
    if attrs.has(kind):
        return st.builds(kind, **fields(kind))
    plain = {str: TEXT, int: st.integers(0, 10**9), Fraction: NUMBER, bool: st.booleans()}
    return plain[kind] if kind in plain else st.sampled_from(list(kind))


def fields(kind: type, *leave_out: str) -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy for each field of the model class *kind*."""
    hints = get_type_hints(kind)
    named = dict.fromkeys(("function", "calls"), TO_RUN)
    named |= dict.fromkeys(("start_quantity", "completion_quantity"), st.integers(1, 10**9 - 1))
    return {
        name: named.get(name, values(hint)) for name, hint in hints.items() if name not in leave_out
    }


LOOP_FACTS = ("times", "each", "member", "until", "printed", "foreign")
_PLACED = ("id", "scope", "lane", "default")
STEP = fields(Step, "id", "scope", "lane", "loop", "default")
PROCEDURE = fields(Procedure, "flow", "pools", "messages", "links", "artifacts", "associations")


@st.composite
def anything(draw: st.DrawFn) -> Procedure:
    """Return a procedure of up to eight nodes, sub-processes in each other, lanes in lanes."""
    lanes = _lanes(draw)
    scopes: list[str | None] = [None]
    nodes: list[Node] = []
    for number in range(draw(st.integers(1, 8))):
        while len(scopes) > 1 and draw(st.booleans()):
            scopes.pop()
        lane = draw(st.sampled_from([None, *(each.id for each in lanes)]))
        node = _node(draw, f"N{number}", {"scope": scopes[-1], "lane": lane}, nodes)
        nodes.append(node)
        if isinstance(node, SubProcess):
            scopes.append(node.id)
    edges = _edges(draw, [node.id for node in nodes], scopes, "F", draw(st.integers(0, 5)))
    artifacts = _artifacts(draw, scopes)
    lines = _associations(draw, artifacts, nodes, scopes)
    flow = Flow(
        id="P",
        name=draw(TEXT),
        # Who undoes a step is drawn as a dotted line, and read from there.
        nodes=with_handlers(_defaults(draw, nodes, edges), lines),
        edges=edges,
        lanes=_outer_first(lanes),
        executable=draw(st.booleans()),
    )
    ends = ["Elsewhere", "Nowhere"]
    return Procedure(
        flow=flow,
        artifacts=artifacts,
        associations=lines,
        pools=draw(st.sampled_from([(), (Pool(id="A"), Pool(id="B", name="b", process="P"))])),
        messages=draw(st.sampled_from([(), (MessageFlow(id="M", source="N0", target="N0"),)])),
        links=_edges(draw, ends, [None], "X", draw(st.integers(0, 1))),
        **{name: draw(strategy) for name, strategy in PROCEDURE.items()},
    )


def _lanes(draw: st.DrawFn) -> tuple[Lane, ...]:
    return tuple(
        Lane(
            id=f"L{number}",
            name=draw(TEXT),
            parent=f"L{number - 1}" if number and draw(st.booleans()) else None,
            performer=draw(values(get_type_hints(Lane)["performer"])),
        )
        for number in range(draw(st.integers(0, 3)))
    )


def loop_of(loop: Loop) -> Loop:
    """Return *loop* without what only the other kind of marker has a place for."""
    no_place = {"sequential": False, "behavior": Behavior.ALL}
    return attrs.evolve(loop, **({"test_before": False} if loop.multi_instance else no_place))


def _node(draw: st.DrawFn, identifier: str, place: dict[str, Any], nodes: list[Node]) -> Node:
    which = draw(st.integers(0, 5))
    name = draw(TEXT)
    loop = draw(values(get_type_hints(Step)["loop"]))
    if loop is not None:
        said = {name: draw(TO_RUN) for name in LOOP_FACTS}
        loop = attrs.evolve(loop_of(loop), **said)
    if which <= 2:
        facts = {field: draw(strategy) for field, strategy in STEP.items()}
        facts["instantiates"] &= facts["task"] is TaskType.RECEIVE
        return Step(id=identifier, loop=loop, **place, **facts)
    if which == 3:
        kind = draw(st.sampled_from(GatewayKind))
        waits = ("instantiates", "parallel") if kind is GatewayKind.EVENT_BASED else ()
        signs = {each: draw(st.booleans()) for each in waits}
        return Gateway(id=identifier, name=name, kind=kind, **signs, **place)
    if which == 4:
        facts = {field: draw(s) for field, s in fields(SubProcess, *_PLACED).items()}
        return SubProcess(**{**facts, **place, "id": identifier, "name": name, "loop": loop})
    return _event(draw, identifier, place, [node.id for node in nodes])


def _event(draw: st.DrawFn, identifier: str, place: dict[str, Any], hosts: list[str]) -> Event:
    event = draw(st.builds(Event, id=st.just(identifier), **fields(Event, "id", "scope", "lane")))
    position = event.position
    if position is EventPosition.BOUNDARY and not hosts:
        position = EventPosition.CATCH
    boundary = position is EventPosition.BOUNDARY
    reference = event.reference
    if event.trigger in _NAMED:
        reference = reference or None
    elif event.trigger is Trigger.COMPENSATION:
        reference = None
    return attrs.evolve(
        event,
        position=position,
        attached_to=draw(st.sampled_from(hosts)) if boundary else None,
        interrupting=event.interrupting or not (boundary or position is EventPosition.START),
        reference=reference,
        handler=None,
        **place,
    )


def _edges(
    draw: st.DrawFn, ends: list[str], scopes: list[str | None], stem: str, count: int
) -> tuple[SequenceFlow, ...]:
    facts = fields(SequenceFlow, "id", "source", "target", "scope")
    return tuple(
        SequenceFlow(
            id=f"{stem}{number}",
            source=draw(st.sampled_from(ends)),
            target=draw(st.sampled_from(ends)),
            scope=draw(st.sampled_from(scopes)),
            **{name: draw(strategy) for name, strategy in facts.items()},
        )
        for number in range(count)
    )


def _artifacts(draw: st.DrawFn, scopes: list[str | None]) -> tuple[Artifact, ...]:
    """Return artifacts with what BPMN can say of each kind."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(ArtifactKind))
        bare = kind in {ArtifactKind.NOTE, ArtifactKind.GROUP}
        specified = kind in {ArtifactKind.DATA_INPUT, ArtifactKind.DATA_OUTPUT}
        shared = bare and draw(st.booleans())
        known = [each for each in found if each.kind is ArtifactKind.DATA_OBJECT]
        behind = known[-1] if known and kind is ArtifactKind.DATA_REFERENCE else None
        collects = kind is ArtifactKind.DATA_OBJECT or specified
        found.append(
            Artifact(
                id=f"A{number}",
                kind=kind,
                text=draw(TEXT) or (behind.text if behind else ""),
                scope=None if shared or specified else draw(st.sampled_from(scopes)),
                shared=shared,
                refers=behind.id if behind else None,
                state=None if bare else draw(st.sampled_from([None, "đã ký"])),
                collection=draw(st.booleans())
                if collects
                else behind is not None and behind.collection,
            )
        )
    return tuple(found)


def _associations(
    draw: st.DrawFn, artifacts: tuple[Artifact, ...], nodes: list[Node], scopes: list[str | None]
) -> tuple[Association, ...]:
    activities = [node.id for node in nodes if isinstance(node, Step | SubProcess)]
    found = []
    for number in range(draw(st.integers(0, 3)) if artifacts and activities else 0):
        kind = draw(st.sampled_from(AssociationKind))
        plain = kind is AssociationKind.PLAIN
        ends = draw(st.sampled_from(artifacts)).id, draw(st.sampled_from(activities))
        outward = kind is AssociationKind.OUTPUT or (plain and draw(st.booleans()))
        shared = plain and draw(st.booleans())
        association = draw(st.builds(Association, **fields(Association, "id"), id=st.just("")))
        found.append(
            attrs.evolve(
                association,
                id=f"T{number}",
                kind=kind,
                source=ends[outward],
                target=ends[not outward],
                direction=association.direction if plain else Direction.NONE,
                shared=shared,
                scope=draw(st.sampled_from(scopes)) if plain and not shared else None,
            )
        )
    return tuple(found)


def _defaults(
    draw: st.DrawFn, nodes: list[Node], edges: tuple[SequenceFlow, ...]
) -> tuple[Node, ...]:
    choice = st.sampled_from([None, *(edge.id for edge in edges)])
    return tuple(
        attrs.evolve(node, default=draw(choice))
        if isinstance(node, Step | SubProcess)
        or (isinstance(node, Gateway) and node.kind in _WITH_DEFAULT)
        else node
        for node in nodes
    )


def _outer_first(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    """Return the lanes as a file nests them: each behind the lane it lies in."""
    ordered: list[Lane] = []
    stack = [lane for lane in reversed(lanes) if lane.parent is None]
    while stack:
        lane = stack.pop()
        ordered.append(lane)
        stack.extend(each for each in reversed(lanes) if each.parent == lane.id)
    return tuple(ordered)


def in_order(procedure: Procedure) -> Procedure:
    """Return *procedure* with its parts by id: a file nests what the model lists."""
    flow = procedure.flow
    return attrs.evolve(
        procedure,
        artifacts=tuple(sorted(procedure.artifacts, key=lambda each: each.id)),
        associations=tuple(sorted(procedure.associations, key=lambda each: each.id)),
        flow=attrs.evolve(
            flow,
            nodes=tuple(sorted(flow.nodes, key=lambda each: each.id)),
            edges=tuple(sorted(flow.edges, key=lambda each: each.id)),
            lanes=tuple(sorted(flow.lanes, key=lambda each: each.id)),
        ),
    )
