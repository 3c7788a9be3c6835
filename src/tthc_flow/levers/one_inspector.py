"""One inspection instead of several (một đầu mối kiểm tra).

Finds: inspections of one object by different bodies, one after another or side by side.
Matters: the applicant receives several teams for one site, one stock of goods, one set of papers;
    the reform asks for one contact.
Not when: no text names the body that leads, the bodies must act apart, one inspection needs what
    the other found, or the objects differ.
Source: 949/KH-UBND III.1.2b.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.as_one import any_of, together, total
from tthc_flow.graph.chains import removable
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.regions import between, runs
from tthc_flow.graph.rewrite import given_to, taken_out
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import FormField, Step, StepKind, StepTime, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, barred_by_answer, duties_allow
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, time_of
from tthc_flow.proof.gates.losses import worst_of
from tthc_flow.proof.gates.other_work import does_nothing_else
from tthc_flow.units import DEFAULT_CONVENTION, Duration
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

FEWEST: Final = 2
"""Inspections that can be made one."""

_ALSO = (StepKind.INSPECT, StepKind.REVIEW, StepKind.TRANSFER)


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each group of inspections of one object by different bodies, in file order."""
    flow = procedure.flow
    if len([step for step in flow.steps if step.kind is StepKind.INSPECT]) < FEWEST:
        return
    places = {step.id: place for place, step in enumerate(flow.steps)}
    groups = [*_after_one_another(flow), *_side_by_side(flow)]
    for group in sorted(groups, key=lambda group: places[group[0].id]):
        bodies = [performer_of(flow, step) for step in group]
        named = [evidence for step in group for evidence in _object(step)]
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in group),
            evidence=(
                *named,
                *(done_by(step, body) for step, body in zip(group, bodies, strict=True)),
                *(time_of(step) for step in group),
            ),
            preconditions=(
                worst_of(*(does_nothing_else(procedure, step, *_ALSO) for step in group)),
                _one_object(procedure, group),
                _independent(procedure, group),
                duties_allow(procedure, *group),
                asked(procedure, "lead-body-in-law", *group),
            ),
            amends=who_may_amend(procedure, *group),
            confidence=confidence_of(procedure, *group),
        )


def _object(step: Step) -> Iterator[Evidence]:
    if step.inspects is not None:
        yield Evidence(name="inspected-object", value=step.inspects, element=step.id)


def _inspects(flow: Flow, step: Step) -> bool:
    """Return whether *step* is an inspection by people that one task can stand for."""
    whole = step.task in {TaskType.TASK, TaskType.USER, TaskType.MANUAL} and step.loop is None
    plain = whole and not step.pauses_clock
    return step.kind is StepKind.INSPECT and plain and removable(flow, step)


def _after_one_another(flow: Flow) -> Iterator[tuple[Step, ...]]:
    """Yield the inspections of one object in a row of regions.

    Those that say what they inspect may stand apart; of the others only the ones that follow one
    another directly are taken for inspections of one object, and asked about.
    """
    for run in runs(flow):
        known: dict[str, list[Step]] = defaultdict(list)
        unknown: list[list[Step]] = [[]]
        for region in run:
            node = flow.by_id.get(region.entry) if region.entry == region.exit else None
            step = node if isinstance(node, Step) and _inspects(flow, node) else None
            if step is not None and step.inspects is not None:
                known[key(step.inspects)].append(step)
            if step is None:
                unknown.append([])
            else:
                unknown[-1].append(step)
        vague = (row for row in unknown if any(step.inspects is None for step in row))
        taken = [row for row in vague if len({key(s.inspects) for s in row if s.inspects}) <= 1]
        gone = {step.id for row in taken for step in row}
        rest = ([step for step in row if step.id not in gone] for row in known.values())
        for row in (*taken, *rest):
            if _several(flow, row):
                yield tuple(row)


def _side_by_side(flow: Flow) -> Iterator[tuple[Step, ...]]:
    """Yield the inspections of one object that are arms of one parallel block.

    Where some of a block do not say what they inspect, and the others no two objects, all of them
    are taken for inspections of one object, and asked about.
    """
    for node in flow.nodes:
        if not _is_parallel(flow, node.id):
            continue
        arms: dict[str, list[Step]] = defaultdict(list)
        for edge in flow.outgoing[node.id]:
            step = flow.by_id.get(edge.target)
            if isinstance(step, Step) and _inspects(flow, step):
                join = flow.outgoing[step.id][0].target
                if len(flow.incoming[step.id]) == 1 and _is_parallel(flow, join):
                    arms[join].append(step)
        for row in arms.values():
            for group in _by_object(row):
                if _several(flow, group):
                    yield tuple(group)


def _by_object(row: list[Step]) -> tuple[list[Step], ...]:
    """Return *row* apart by what is inspected; whole where some do not say and it may be one."""
    known: dict[str, list[Step]] = defaultdict(list)
    for step in row:
        if step.inspects is not None:
            known[key(step.inspects)].append(step)
    silent = any(step.inspects is None for step in row)
    return (row,) if silent and len(known) <= 1 else tuple(known.values())


def _is_parallel(flow: Flow, node: str) -> bool:
    gateway = flow.by_id.get(node)
    return isinstance(gateway, Gateway) and gateway.kind is GatewayKind.PARALLEL


def _several(flow: Flow, row: list[Step]) -> bool:
    """Return whether several bodies inspect, in the same kind of time, and one form will do."""
    fields = _fields(row)
    if len({(step.time.counted, step.fields is None) for step in row}) > 1:
        return False
    if len(fields) > len({field.name for field in fields}):
        return False
    bodies = [performer_of(flow, step) for step in row]
    return None not in bodies and len({_body(who) for who in bodies if who is not None}) > 1


def _fields(row: Iterable[Step]) -> tuple[FormField, ...]:
    """Return the fields of all forms of *row*, each once."""
    return tuple(dict.fromkeys(field for step in row for field in step.fields or ()))


def _body(performer: Performer) -> str:
    return identity(performer)[0] if performer.office is not None else identity(performer)[1]


def _one_object(procedure: Procedure, group: tuple[Step, ...]) -> Precondition:
    """Return whether all inspect one object: they say so, else the answer decides."""
    name = "inspects-one-object"
    if any(step.inspects is None for step in group):
        return asked(procedure, name, *group)
    because = (("inspects", group[0].inspects or ""),)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=because)
    return barred_by_answer(procedure, name, *group) or passed


def _independent(procedure: Procedure, group: tuple[Step, ...]) -> Precondition:
    """Return whether no inspection reads what an earlier one, or a step between, writes."""
    name = "one-inspection-needs-the-other"
    flow = procedure.flow
    inside = between(flow, group[0].id, group[-1].id) or frozenset()
    others = (flow.by_id[each] for each in inside.difference(step.id for step in group))
    middle = [node for node in others if isinstance(node, Step)]
    before = {name for step in middle for name in step.writes or ()}
    for earlier, later in pairwise(group):
        before |= earlier.writes or frozenset()
        needed = (later.reads or frozenset()) & before
        if needed:
            because = (("reads", min(needed)), ("reader", later.id))
            return Precondition(name=name, verdict=Verdict.FAIL, because=because)
    silent = any(step.reads is None for step in group[1:])
    if silent or any(step.writes is None for step in (*group[:-1], *middle)):
        return asked(procedure, name, *group)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=(("reads", "none"),))
    return barred_by_answer(procedure, name, *group) or passed


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with one inspection by all the bodies, at the place of the first.

    It takes as long as the longest of them, and the work of all. The procedure's own agency leads
    where it is one of them, else the body that inspects first.
    """
    flow = procedure.flow
    group = tuple(node for id_ in candidate.targets if isinstance(node := flow.by_id[id_], Step))
    joined = dict.fromkeys((step.id for step in group[1:]), group[0].id)
    messages = tuple(
        evolve(
            message,
            source=joined.get(message.source, message.source),
            target=joined.get(message.target, message.target),
        )
        for message in procedure.messages
    )
    lead, others = _lead(procedure, group)
    joint = _joint(group, f"chủ trì: {lead.name}; phối hợp: {', '.join(others)}")
    together = evolve(procedure, flow=given_to(flow, joint, lead), messages=messages)
    return taken_out(together, *joined)


def _lead(procedure: Procedure, group: tuple[Step, ...]) -> tuple[Performer, tuple[str, ...]]:
    """Return who leads the inspection, and the names of the other bodies."""
    flow = procedure.flow
    inspecting = [who for step in group if (who := performer_of(flow, step)) is not None]
    own = None if procedure.agency is None else key(procedure.agency)
    lead = next((who for who in inspecting if _body(who) == own), inspecting[0])
    others = {_body(who): who.office or who.name for who in inspecting}
    return lead, tuple(name for body, name in others.items() if body != _body(lead))


def _joint(group: tuple[Step, ...], bodies: str) -> Step:
    first = group[0]
    objects = dict.fromkeys(step.inspects for step in group if step.inspects)
    what = next(iter(objects), None) or "; ".join(dict.fromkeys(step.name for step in group))
    counted = first.time.counted
    return evolve(
        first,
        name=f"Kiểm tra một lần: {what} ({bodies})",
        kinds=tuple(dict.fromkeys(kind for step in group for kind in step.kinds)),
        inspects=next(iter(objects), None),
        time=StepTime(duration=_longest(*(step.time.duration for step in group)), counted=counted),
        work=total(*(step.work for step in group)),
        handling=None,
        reads=together(*(step.reads for step in group)),
        writes=together(*(step.writes for step in group)),
        criteria=together(*(step.criteria for step in group)),
        legal_basis=tuple(dict.fromkeys(basis for step in group for basis in step.legal_basis)),
        databases=tuple(dict.fromkeys(base for step in group for base in step.databases)),
        mandatory=any_of(*(step.mandatory for step in group)),
        decides=any_of(*(step.decides for step in group)),
        harm=first.harm if {step.harm for step in group} == {first.harm} else None,
        discretion=any_of(*(step.discretion for step in group)),
        paper=any_of(*(step.paper for step in group)),
        applicant_visit=any_of(*(step.applicant_visit for step in group)),
        fields=None if first.fields is None else _fields(group),
        checked=None,
        rejected=None,
        amended=None,
        result="; ".join(dict.fromkeys(s.result for s in group if s.result)) or None,
        documentation="\n".join(s.documentation for s in group if s.documentation) or None,
    )


def _longest(*durations: Duration | None) -> Duration | None:
    """Return the longest of *durations*; unknown where one of them is, or cannot be compared."""
    known = [(DEFAULT_CONVENTION.minutes(each), each) for each in durations if each is not None]
    comparable = [(minutes, each) for minutes, each in known if minutes is not None]
    if len(comparable) < len(durations):
        return None
    return max(comparable, key=lambda pair: pair[0])[1]


LEVER = Lever(
    id="one_inspector",
    title="Một đầu mối kiểm tra",
    source="949/KH-UBND III.1.2b",
    kinds=frozenset({StepKind.INSPECT}),
    find=find,
    apply=apply,
)
