"""Who is believed: the own extension, then engines, BPMN's own roles, BPSim, and the others.

A fact that nobody stated is taken from the first dialect that knows it; nothing known is ever
overwritten, and what disagrees comes back with both values.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TypeAlias

from attrs import define, evolve, field, frozen

from tthc_flow.bpmn.dialects import adonis, bpsim, engines, qbp, roles, running
from tthc_flow.bpmn.dialects.claim import Claim, Fact, Scene, Value, measure_of
from tthc_flow.bpmn.dialects.own import stated, templated
from tthc_flow.bpmn.facts import Anything, plain
from tthc_flow.model.actor import Performer
from tthc_flow.model.flow import SequenceFlow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import FormField, Step, StepTime
from tthc_flow.units import Duration
from tthc_flow.words.syllables import key

DIALECTS: Final = (
    engines.claims,
    roles.claims,
    running.claims,
    bpsim.claims,
    adonis.claims,
    qbp.claims,
)
"""In the order in which they are believed."""

OWN: Final = "tthc"
LANE: Final = "lane"
TO_RUN: Final = (Fact.FUNCTION, Fact.FIELDS, Fact.CANDIDATES)
OF_STEPS: Final = (Fact.TIME, Fact.WORK, Fact.PERFORMER, *TO_RUN)
TEMPLATE: Final = "tthc:…"
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
    hearing = _Hearing(scene)
    for dialect in DIALECTS:
        for claim in dialect(scene):
            hearing.claims.setdefault(claim.element, {}).setdefault(claim.fact, []).append(claim)
    heard = tuple(hearing.procedure(each) for each in procedures)
    hearing.report_unused()
    return Heard(procedures=heard, elsewhere=frozenset(hearing.elsewhere))


@define
class _Hearing:
    """The claims of one file, and which of them were used."""

    scene: Scene
    claims: Claims = field(factory=dict)
    elsewhere: set[tuple[str, str]] = field(factory=set)

    def procedure(self, procedure: Procedure) -> Procedure:
        """Return *procedure* with what the claims say of its steps and flows."""
        flow = procedure.flow
        drawn = frozenset(id(lane.performer) for lane in flow.lanes if lane.performer is not None)
        nodes = tuple(
            self._step(node, drawn) if isinstance(node, Step) else node for node in flow.nodes
        )
        edges = tuple(self._edge(edge) for edge in flow.edges)
        same = all(map(_is, nodes, flow.nodes)) and all(map(_is, edges, flow.edges))
        return procedure if same else evolve(procedure, flow=evolve(flow, nodes=nodes, edges=edges))

    def report_unused(self) -> None:
        """Report what was said of elements that have no such fact, such as an event's work."""
        for element, facts in self.claims.items():
            for fact, members in facts.items():
                if (element, fact.value) in self.elsewhere:
                    continue
                for claim in members:
                    said = f"{fact.value} {claim.words}"
                    owner = self.scene.index.elements[element]
                    self.scene.tell(
                        "dialect-kept", owner, claim.at, dialect=claim.dialect, facts=said
                    )

    def _step(self, step: Step, drawn: frozenset[int]) -> Step:
        """Return *step* with what was said of it; *drawn* are performers of lanes, by identity."""
        scene, element = self.scene, self.scene.index.elements[step.id]
        typed = templated(scene, element)
        if not typed and step.id not in self.claims:
            return step
        own_facts = stated(element)
        self.elsewhere |= {(step.id, name) for name in typed}
        for name in own_facts & typed.keys():
            if not _same(getattr(step, name), typed[name]):
                scene.warn(
                    "dialect-conflict",
                    element,
                    fact=name,
                    taken=_words(getattr(step, name)),
                    by=OWN,
                    other=_words(typed[name]),
                    dialect=TEMPLATE,
                )
        found = {name: value for name, value in typed.items() if name not in own_facts}
        said_own = own_facts | set(found)
        step = evolve(step, **found) if found else step
        for fact in OF_STEPS:
            claims = self._claims(step.id, fact)
            if not claims:
                continue
            known, by = _known(step, fact, drawn, said_own)
            taken = _decide(scene, step.id, known, by, claims)
            if taken is not None:
                found[fact.value] = taken
        return evolve(step, **found) if found else step

    def _edge(self, edge: SequenceFlow) -> SequenceFlow:
        claims = self._claims(edge.id, Fact.SHARE)
        if not claims:
            return edge
        by = None if edge.share is None else OWN
        taken = _decide(self.scene, edge.id, edge.share, by, claims)
        return evolve(edge, share=taken) if isinstance(taken, Fraction) else edge

    def _claims(self, element: str, fact: Fact) -> list[Claim]:
        told = self.claims.get(element)
        found = [] if told is None else told.get(fact, [])
        if found:
            self.elsewhere.add((element, fact.value))
        return found


def _is(one: object, other: object) -> bool:
    return one is other


def _known(
    step: Step, fact: Fact, drawn: frozenset[int], said_own: frozenset[str]
) -> tuple[Value | None, str | None]:
    """Return what the file itself says, and by what; a pool's name tells no performer of a step."""
    value: Value | None = getattr(step, fact.value)
    if fact.value in said_own:
        return value, OWN
    by_lane = fact is Fact.PERFORMER and id(step.performer) in drawn
    return (value, LANE) if by_lane else (None, None)


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
            "dialect-taken" if first.fact in TO_RUN else "dialect-read",
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


def _same(one: Anything, other: Anything) -> bool:
    match one, other:
        case Performer(), Performer():
            return key(one.name) == key(other.name)
        case ((StepTime() | Duration()), (StepTime() | Duration())):
            return measure_of(_length(one)) == measure_of(_length(other))
        case _:
            return bool(one == other)


def _length(value: StepTime | Duration) -> Duration | None:
    return value.duration if isinstance(value, StepTime) else value


def _words(value: Anything) -> str:
    """Return a value that the file states, as the file writes it."""
    match value:
        case StepTime():
            return value.printed or _words(value.duration)
        case Duration():
            return f"{plain(value.amount)} {value.unit.value}"
        case Performer():
            return value.name
        case (FormField(), *_):
            return ", ".join(each.name for each in value)
        case tuple() | frozenset():
            return " | ".join(sorted(plain(each) for each in value))
        case None:
            return "–"
        case _:
            return plain(value)
