"""Who is believed: the own extension, then engines, then BPSim, then the others.

A fact that nobody stated is taken from the first dialect that knows it; nothing known is ever
overwritten, and what disagrees comes back with both values.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TypeAlias

from attrs import evolve, frozen

from tthc_flow.bpmn.dialects import adonis, bpsim, engines, qbp
from tthc_flow.bpmn.dialects.claim import Claim, Fact, Scene, Value, measure_of
from tthc_flow.bpmn.dialects.own import stated, templated
from tthc_flow.bpmn.facts import plain
from tthc_flow.model.actor import Performer
from tthc_flow.model.flow import Flow, Node, SequenceFlow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepTime
from tthc_flow.units import Duration
from tthc_flow.words.syllables import key

DIALECTS: Final = (engines.claims, bpsim.claims, adonis.claims, qbp.claims)
"""In the order in which they are believed."""

OWN: Final = "tthc"
LANE: Final = "lane"
Claims: TypeAlias = dict[str, dict[Fact, list[Claim]]]


@frozen(kw_only=True)
class Heard:
    """The procedures with what other dialects know, and which facts those state.

    *elsewhere* holds (element, field): to take such a fact away, the file must say so itself.
    """

    procedures: tuple[Procedure, ...]
    elsewhere: frozenset[tuple[str, str]]


def hear(scene: Scene, procedures: tuple[Procedure, ...]) -> Heard:
    """Return *procedures* completed by the claims of all dialects in the file."""
    claims: Claims = {}
    for dialect in DIALECTS:
        for claim in dialect(scene):
            claims.setdefault(claim.element, {}).setdefault(claim.fact, []).append(claim)
    elsewhere = {(element, fact.value) for element, facts in claims.items() for fact in facts}
    heard = []
    for procedure in procedures:
        nodes = tuple(
            _step(scene, procedure.flow, node, claims.get(node.id, {}), elsewhere)
            if isinstance(node, Step)
            else node
            for node in procedure.flow.nodes
        )
        edges = tuple(_edge(scene, edge, claims.get(edge.id, {})) for edge in procedure.flow.edges)
        heard.append(_with(procedure, nodes, edges))
    return Heard(procedures=tuple(heard), elsewhere=frozenset(elsewhere))


def _with(
    procedure: Procedure, nodes: tuple[Node, ...], edges: tuple[SequenceFlow, ...]
) -> Procedure:
    flow = procedure.flow
    same = all(map(_is, nodes, flow.nodes)) and all(map(_is, edges, flow.edges))
    return procedure if same else evolve(procedure, flow=evolve(flow, nodes=nodes, edges=edges))


def _is(one: object, other: object) -> bool:
    return one is other


def _step(
    scene: Scene,
    flow: Flow,
    step: Step,
    claims: dict[Fact, list[Claim]],
    elsewhere: set[tuple[str, str]],
) -> Step:
    element = scene.index.elements[step.id]
    own_facts = stated(element)
    typed = templated(scene, element)
    elsewhere |= {(step.id, name) for name in typed}
    found = {name: value for name, value in typed.items() if name not in own_facts}
    said_own = own_facts | set(found)
    step = evolve(step, **found) if found else step
    for fact in (Fact.TIME, Fact.WORK, Fact.PERFORMER):
        if fact not in claims:
            continue
        known, by = _known(step, fact, flow, said_own)
        taken = _decide(scene, step.id, known, by, claims[fact])
        if taken is not None:
            found[fact.value] = taken
    return evolve(step, **found) if found else step


def _known(
    step: Step, fact: Fact, flow: Flow, said_own: frozenset[str]
) -> tuple[Value | None, str | None]:
    """Return what the file itself says, and by what; a pool's name tells no performer of a step."""
    value: Value | None = getattr(step, fact.value)
    if fact.value in said_own:
        return value, OWN
    drawn = fact is Fact.PERFORMER and any(
        step.performer is lane.performer for lane in flow.lanes if lane.performer is not None
    )
    return (value, LANE) if drawn else (None, None)


def _edge(scene: Scene, edge: SequenceFlow, claims: dict[Fact, list[Claim]]) -> SequenceFlow:
    if Fact.SHARE not in claims:
        return edge
    by = None if edge.share is None else OWN
    taken = _decide(scene, edge.id, edge.share, by, claims[Fact.SHARE])
    return evolve(edge, share=taken) if isinstance(taken, Fraction) else edge


def _decide(
    scene: Scene, element: str, known: Value | None, by: str | None, claims: list[Claim]
) -> Value | None:
    """Return the value to take, or ``None`` to leave what is known; report what disagrees."""
    ordered = sorted(claims, key=lambda claim: claim.rank)
    owner = scene.index.elements[element]
    taken = None
    if by is None:
        first, *ordered = ordered
        taken = known = first.value
        by, words = first.dialect, first.words
        scene.tell(
            "dialect-read",
            owner,
            first.at,
            fact=first.fact.value,
            dialect=first.dialect,
            words=first.words,
        )
    else:
        words = _words(known)
    for claim in ordered:
        if not any(_same(known, each) for each in (claim.value, *claim.also)):
            scene.warn(
                "dialect-conflict",
                owner,
                claim.at,
                fact=claim.fact.value,
                taken=words,
                by=by,
                other=claim.words,
                dialect=claim.dialect,
            )
    return taken


def _same(one: Value | None, other: Value) -> bool:
    match one, other:
        case Performer(), Performer():
            return key(one.name) == key(other.name)
        case ((StepTime() | Duration()), (StepTime() | Duration())):
            return measure_of(_length(one)) == measure_of(_length(other))
        case _:
            return one == other


def _length(value: StepTime | Duration) -> Duration | None:
    return value.duration if isinstance(value, StepTime) else value


def _words(value: Value | None) -> str:
    """Return a value that the file states, as the file writes it."""
    match value:
        case StepTime():
            return value.printed or _words(value.duration)
        case Duration():
            return f"{plain(value.amount)} {value.unit.value}"
        case Performer():
            return value.name
        case None:
            return "–"
        case _:
            return plain(value)
