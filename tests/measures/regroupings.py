"""Edits that take several steps together or apart: merge, split, side by side; and other types."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from measures.edits import Draft, in_a_row
from tthc_flow.measures.change import ChangeKind
from tthc_flow.model.flow import Event, Gateway, GatewayKind, SequenceFlow, Trigger
from tthc_flow.model.step import Step, StepTime, TaskType
from tthc_flow.units import Duration
from tthc_flow.words.syllables import key

TASKS = (TaskType.USER, TaskType.MANUAL, TaskType.SERVICE, TaskType.SCRIPT, TaskType.TASK)
CHOICES = (GatewayKind.EXCLUSIVE, GatewayKind.INCLUSIVE)
BRANCHING = (*CHOICES, GatewayKind.PARALLEL)


def retype(draft: Draft) -> bool:
    """Make a step, gateway or start another type of its class."""
    nodes = [node for node in draft.flow.nodes if draft.free(node.id)]
    draft.rng.shuffle(nodes)
    for node in nodes:
        match node:
            case Step(task=task) if task is not TaskType.CALL and key(node.name):
                other = draft.rng.choice([each for each in TASKS if each is not task])
                changed = evolve(node, task=other)
            case Gateway(kind=kind) if kind in BRANCHING:
                # What has a default way or conditions stays a choice.
                kinds = CHOICES if kind in CHOICES else BRANCHING
                other = draft.rng.choice([each for each in kinds if each is not kind])
                changed = evolve(node, kind=other)
            case Event(trigger=Trigger.NONE, position=position) if position.value == "startEvent":
                changed = evolve(node, trigger=Trigger.MESSAGE)
            case _:
                continue
        draft.put(changed)
        draft.tell(ChangeKind.RETYPED, [node.id], [node.id])
        return True
    return False


def rows(draft: Draft) -> Iterator[tuple[Step, Step]]:
    """Yield two free steps of which the second is all that follows the first."""
    flow = draft.flow
    for one in draft.steps(lambda step: in_a_row(flow, step)):
        other = flow.by_id[flow.outgoing[one.id][0].target]
        if not isinstance(other, Step) or other.scope != one.scope or not key(other.name):
            continue
        come, go = flow.incoming[one.id][0], flow.outgoing[other.id]
        loop = come.source in {one.id, other.id, *(each.target for each in go)}
        if in_a_row(flow, other) and draft.free(other.id) and not loop:
            yield one, other


def merge(draft: Draft) -> bool:
    """Make one step of two or three in a row, with the work and the time of all.

    It is named after all of them, or keeps one name where the times add up.
    """
    for one, other in rows(draft):
        row = [one, other, *_third(draft, one, other)]
        # Where one name says the other as well nobody could tell a merge from a cut.
        names = [key(step.name) for step in row]
        if any(a in b for a in names for b in names if a is not b):
            continue
        time = row[0].time
        for step in row[1:]:
            time = _sum(time, step.time)
        stays = draft.rng.choice(row)
        kept = time.duration is not None and draft.rng.random() < 0.3
        joined = draft.rng.choice(("; ", " và ", ", ")).join(step.name for step in row)
        whole = evolve(
            stays,
            id=draft.rng.choice((stays.id, draft.id("Activity"))),
            name=stays.name if kept else joined,
            kinds=tuple(dict.fromkeys(kind for step in row for kind in step.kinds)),
            time=evolve(time, counted=stays.time.counted),
        )
        (come,), (go,) = draft.flow.incoming[one.id], draft.flow.outgoing[row[-1].id]
        gone = {step.id for step in row} | {draft.flow.outgoing[each.id][0].id for each in row[:-1]}
        ends = [evolve(come, target=whole.id), evolve(go, source=whole.id)]
        draft.put(whole, gone=gone - {whole.id}, edges=ends)
        draft.tell(ChangeKind.MERGED, [step.id for step in row], [whole.id])
        return True
    return False


def _third(draft: Draft, one: Step, other: Step) -> list[Step]:
    """Return the step after *other* where it could be taken along, now and then."""
    flow = draft.flow
    third = flow.by_id[flow.outgoing[other.id][0].target]
    fits = isinstance(third, Step) and third.scope == other.scope and key(third.name)
    if draft.rng.random() < 0.6 or not fits or not in_a_row(flow, third):
        return []
    loop = flow.outgoing[third.id][0].target == flow.incoming[one.id][0].source
    return [third] if draft.free(third.id) and not loop else []


def _sum(one: StepTime, other: StepTime) -> StepTime:
    a, b = one.duration, other.duration
    if a is None or b is None or a.unit is not b.unit or a.at_least or b.at_least:
        return evolve(one, duration=None, printed=None)
    return evolve(one, duration=Duration(amount=a.amount + b.amount, unit=a.unit), printed=None)


def split(draft: Draft) -> bool:
    """Make two steps of one: its words shared out, or its name with a number."""
    for step in draft.steps(lambda step: in_a_row(draft.flow, step)):
        words = step.name.split()
        half = len(words) // 2
        parts = (" ".join(words[:half]), " ".join(words[half:]))
        fair = half > 1 and key(parts[0]) != key(parts[1]) and all(map(key, parts))
        if not fair or draft.rng.random() < 0.5:
            parts = (f"{step.name} (đợt một)", f"{step.name} (đợt hai)")
        first, second = draft.rng.choice(
            ((step.id, draft.id("Activity")), (draft.id("Activity"), step.id))
        )
        if draft.rng.random() < 0.3:
            first, second = draft.id("Activity"), draft.id("Activity")
        time = _half(step.time)
        one = evolve(step, id=first, name=parts[0], time=time)
        other = evolve(step, id=second, name=parts[1], time=time)
        (come,), (go,) = draft.flow.incoming[step.id], draft.flow.outgoing[step.id]
        between = SequenceFlow(id=draft.id("Flow"), source=first, target=second, scope=go.scope)
        ends = [evolve(come, target=first), between, evolve(go, source=second)]
        draft.put(one, other, gone={step.id} - {first, second}, edges=ends)
        draft.tell(ChangeKind.SPLIT, [step.id], [first, second])
        return True
    return False


def _half(time: StepTime) -> StepTime:
    if time.duration is None or time.duration.at_least:
        return evolve(time, duration=None, printed=None)
    whole = time.duration
    return evolve(time, duration=evolve(whole, amount=whole.amount / 2), printed=None)


def parallelise(draft: Draft) -> bool:
    """Let two steps in a row run side by side."""
    for one, other in rows(draft):
        (come,), (between,) = draft.flow.incoming[one.id], draft.flow.outgoing[one.id]
        (go,) = draft.flow.outgoing[other.id]
        kind = GatewayKind.PARALLEL
        fork = Gateway(id=draft.id("Gateway"), kind=kind, scope=one.scope, lane=one.lane)
        join = evolve(fork, id=draft.id("Gateway"))
        ways = (
            evolve(come, target=fork.id),
            evolve(between, source=fork.id, target=one.id),
            SequenceFlow(id=draft.id("F"), source=fork.id, target=other.id, scope=one.scope),
            SequenceFlow(id=draft.id("F"), source=one.id, target=join.id, scope=one.scope),
            SequenceFlow(id=draft.id("F"), source=other.id, target=join.id, scope=one.scope),
            evolve(go, source=join.id),
        )
        draft.put(fork, join, edges=ways)
        draft.tell(ChangeKind.ADDED, (), [fork.id])
        draft.tell(ChangeKind.ADDED, (), [join.id])
        both = [one.id, other.id]
        draft.tell(ChangeKind.REROUTED, both, [fork.id, *both])
        return True
    return False
