"""Sort at the door (phân luồng hồ sơ).

Finds: a class of cases, known when the dossier comes in, that needs much less: a gateway over data
    that nobody fills in stands behind steps that all cases do, or the declared times differ by
    class while every case goes the long way.
Matters: simple dossiers wait behind the steps that only the hard ones need.
Not when: all must be treated alike, the class is not known at entry, its dossiers need the steps
    too, a rule names them, they decide something, their result is used in the short lane, or
    nobody else examines the dossier.
Source: 949/KH-UBND III.2; "triage" of Reijers & Liman Mansar, Omega 33 (2005).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.grants import granting_ends
from tthc_flow.graph.regions import runs
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.short_lane import decided_earlier, gone_by
from tthc_flow.measures.expected import effort_of, in_the_mean
from tthc_flow.model.lever import Candidate, Evidence, Expected, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.examined import looks
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, barred_by_answer, duties_allow, no_rule_names
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.entry_class import (
    MUCH_SHORTER,
    STAYING,
    Lane,
    drawn_lanes,
    working_minutes,
)
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import decides_nothing, worst_of, writes_unread
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.proof.gates.uses import uses
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tthc_flow.graph.regions import Region
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

_EXTRA: Final = frozenset(
    {
        StepKind.INSPECT,
        StepKind.CONSULT,
        StepKind.OPINION,
        StepKind.COUNCIL,
        StepKind.REEXAMINE,
        StepKind.ASK_SUPERIOR,
    }
)
"""What a simple dossier may do without, where the declared times do not say what it is."""

_FILLERS: Final = frozenset(
    key("trường hợp đối với các hồ sơ việc nếu thì có cần phải được thuộc diện loại").split()
)


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each row of steps that a class known at entry may go by: drawn, then declared."""
    for lane in _lanes(procedure):
        steps, expected = lane.steps, _expected(procedure.flow, lane)
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in steps),
            anchors=() if lane.gateway is None else (lane.gateway,),
            evidence=(lane.said, *(time_of(step) for step in steps), *_lacking(lane, expected)),
            preconditions=(
                _known_at_entry(procedure, lane),
                asked(procedure, "class-needs-the-steps", *steps),
                asked(procedure, "equal-treatment-rule", *steps),
                _decide_nothing(procedure, lane),
                _unread(procedure, lane),
                _still_examined(procedure, lane),
                no_rule_names(procedure, *steps),
                duties_allow(procedure, *steps),
            ),
            amends=who_may_amend(procedure, *steps),
            risk=risk_of(procedure, *steps),
            expected=expected,
            confidence=confidence_of(procedure, *steps),
        )


def _expected(flow: Flow, lane: Lane) -> Expected:
    """Return what is saved in the mean: the steps' effort in the share that goes by them."""
    effort, by_norm = effort_of(*lane.steps)
    share = None if lane.short is None else lane.short.share
    saved = None if effort is None or share is None else share * effort
    return in_the_mean(flow, lane.steps[0].id, saved, by_norm=by_norm)


def _lacking(lane: Lane, expected: Expected) -> Iterator[Evidence]:
    """Yield what would have to be known to tell what is saved, and of whom to ask it."""
    if expected.work is None:
        first = lane.steps[0].id
        if lane.short is None or lane.short.share is None:
            yield Evidence(name="expected-needs-share", value="unknown", element=first)
        if effort_of(*lane.steps)[0] is None:
            yield Evidence(name="expected-needs-effort", value="unknown", element=first)


@remembered
def _lanes(procedure: Procedure) -> tuple[Lane, ...]:
    """Return the lanes that are drawn, then the declared ones over other steps."""
    drawn = tuple(drawn_lanes(procedure.flow))
    taken = {step.id for lane in drawn for step in lane.steps}
    declared = _declared(procedure)
    others = (lane for lane in declared if taken.isdisjoint(step.id for step in lane.steps))
    return (*drawn, *others)


@remembered
def _by_steps(procedure: Procedure) -> Mapping[tuple[str, ...], Lane]:
    """Return the first lane over each row of steps."""
    return {tuple(step.id for step in lane.steps): lane for lane in reversed(_lanes(procedure))}


def _declared(procedure: Procedure) -> Iterator[Lane]:
    """Yield the steps of every case that the shortest of the declared times has no need of.

    They are those that the longest one names ("cần phải xác minh"), else those that only a hard
    dossier has: inspections, opinions, councils, a second look.
    """
    flow = procedure.flow
    timed = [
        (working_minutes(each), case, each) for case, each in procedure.total_time.alternatives
    ]
    known = [(minutes, case) for minutes, case, _ in timed if minutes]
    if len(known) < 2 or max(known)[0] < MUCH_SHORTER * min(known)[0]:  # noqa: PLR2004 - to compare
        return
    passed, ends = dominators(flow), granting_ends(flow)
    words = " ".join(word for word in key(max(known)[1]).split() if word not in _FILLERS)
    named = {s.id for s in flow.steps if words and f" {words} " in f" {key(s.name)} "}

    def extra(region: Region) -> bool:
        step = flow.by_id[region.entry] if region.entry == region.exit else None
        if not isinstance(step, Step) or step.scope is not None or not removable(flow, step):
            return False
        if named:
            wanted = step.id in named and not STAYING & {*step.kinds}
        else:
            wanted = bool(step.kinds) and _EXTRA.issuperset(step.kinds)
        return wanted and bool(ends) and all(passed.holds(step.id, end) for end in ends)

    said = "; ".join(f"{case}: {each.amount} {each.unit.value}" for _, case, each in timed)
    for run in runs(flow):
        for needless, group in groupby(run, key=extra):
            nodes = [flow.by_id[region.entry] for region in group] if needless else []
            steps = tuple(node for node in nodes if isinstance(node, Step))
            if steps:
                yield Lane(steps=steps, said=Evidence(name="declared-times", value=said))


def _known_at_entry(procedure: Procedure, lane: Lane) -> Precondition:
    """Return whether the class is known when the dossier comes in: nobody fills in its data."""
    name = "class-known-at-entry"
    if not lane.of_the_entry:
        return asked(procedure, name, *lane.steps)
    because = (("data-of-entry", lane.said.value),)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=because)
    return barred_by_answer(procedure, name, *lane.steps) or passed


def _decide_nothing(procedure: Procedure, lane: Lane) -> Precondition:
    """Return whether the steps decide nothing; the gateway behind them is not theirs."""
    if lane.gateway is None:
        return worst_of(*(decides_nothing(procedure, step) for step in lane.steps))
    name = "decides-no-branch"
    for step in lane.steps:
        if step.decides or step.rejected:
            reason = ("rejected", str(step.rejected)) if step.rejected else ("decides", "true")
            return Precondition(name=name, verdict=Verdict.FAIL, because=(reason,))
    because = (("gateway", "none"),)
    return Precondition(name=name, verdict=Verdict.PASS, because=because)


def _unread(procedure: Procedure, lane: Lane) -> Precondition:
    """Return whether nobody in the short lane reads what the steps write."""
    question = "result-is-used"
    if lane.gateway is None or lane.short is None:
        return writes_unread(procedure, question, *lane.steps)
    barred = barred_by_answer(procedure, question, *lane.steps)
    if barred is not None:
        return barred
    name, flow = "nobody-reads-its-result", procedure.flow
    stays = _not_in_the_short_lane(flow, lane)
    used = uses(flow)
    for document in sorted({each for step in lane.steps for each in step.writes or ()}):
        for place in used.readers.get(document, ()):
            reader = used.steps[place].id
            if not stays(reader):
                because = (("reader", reader),)
                return Precondition(name=name, verdict=Verdict.FAIL, because=because)
    written = [step for step in lane.steps if step.writes != frozenset()]
    unsaid = any(not stays(used.steps[place].id) for place in used.unread)
    if written and (unsaid or any(step.writes is None for step in written)):
        return asked(procedure, question, *lane.steps)
    return Precondition(name=name, verdict=Verdict.PASS, because=(("reader", "none"),))


def _not_in_the_short_lane(flow: Flow, lane: Lane) -> Callable[[str], bool]:
    """Return how to tell whether a step is done only on the long way, or is gone by."""
    ids = {step.id for step in lane.steps}
    ways = () if lane.gateway is None else flow.outgoing[lane.gateway]
    long = [way.target for way in ways if lane.short is None or way.id != lane.short.id]
    alone = [target for target in long if len(flow.incoming[target]) == 1]
    tree = dominators(flow)
    return lambda step: step in ids or any(tree.holds(target, step) for target in alone)


def _still_examined(procedure: Procedure, lane: Lane) -> Precondition:
    """Return whether people examine every dossier elsewhere, where the steps do."""
    name = "still-examined"
    ids = {step.id for step in lane.steps}
    if not any(looks(step) for step in lane.steps):
        return Precondition(name=name, verdict=Verdict.PASS)
    for first in _always_examined(procedure.flow):
        if first not in ids:
            return Precondition(name=name, verdict=Verdict.PASS, because=(("first", first),))
    because = (("only-examination", lane.steps[0].id),)
    return Precondition(name=name, verdict=Verdict.FAIL, because=because)


@remembered
def _always_examined(flow: Flow) -> tuple[str, ...]:
    """Return the examinations by people that come before every grant."""
    tree, ends = dominators(flow), granting_ends(flow)
    return tuple(
        step.id
        for step in flow.steps
        if looks(step) and all(tree.holds(step.id, end) for end in ends)
    )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the class sorted out early: it goes by the steps.

    A gateway that is drawn moves to the door. Where the class is only declared, a gateway asks for
    it before the steps.
    """
    flow = procedure.flow
    lane = _by_steps(procedure).get(candidate.targets)
    if lane is None:
        return procedure
    if lane.gateway is not None and lane.short is not None:
        moved = decided_earlier(flow, lane.gateway, candidate.targets, lane.short.id)
        return evolve(procedure, flow=moved)
    question = f"Hồ sơ thuộc trường hợp: {_longest(procedure)}?"
    return evolve(procedure, flow=gone_by(flow, candidate.targets, question, ("Có", "Không")))


def _longest(procedure: Procedure) -> str:
    known = [(working_minutes(each), case) for case, each in procedure.total_time.alternatives]
    return max((minutes, case) for minutes, case in known if minutes)[1]


LEVER = Lever(
    id="sort_at_the_door",
    title="Phân luồng hồ sơ",
    source="949/KH-UBND III.2",
    kinds=frozenset(StepKind) - STAYING,
    find=find,
    apply=apply,
)
