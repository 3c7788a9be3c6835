"""The rules by which the analyser that computed verdicts reads a diagram differently.

Each is a rewrite of the procedures after which *our* rules give *its* reading, so that a
difference is explained only where the rewrite makes it go away. Its rules, from its sources: plain
start events all begin together, others only by a message that is drawn; what is awaited and not
drawn never comes; a sub-process is one task, or its content part of the process; ends are plain,
unless they terminate; conditions are not read; nothing begins without a
start; only tasks can be dead, and messages may be left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
    SubProcess,
    Trigger,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, TaskType
from tthc_flow.proof.collaboration import sound_together

Procedures = tuple[Procedure, ...]
Rule = Callable[[Procedures], Procedures]


def explained(procedures: Procedures, *, theirs: bool) -> str | None:
    """Return the rule by which the difference goes away, or ``None``."""
    names = [*RULES, "all of these rules"]
    for name, rules in zip(names, [*((rule,) for rule in RULES.values()), ALL], strict=True):
        read = procedures
        for rule in rules:
            read = rule(read)
        if _sound(read) == theirs:
            return name
    return None


def _sound(procedures: Procedures) -> bool | None:
    """Return their verdict on what we read: only tasks can be dead, messages may be left."""
    proof = sound_together(procedures)
    nodes = {n.id: n for each in procedures for n in each.flow.nodes}
    because = dict(proof.because)
    dead = nodes.get(because.get("element", ""))
    if because.get("violation") == "dead-element" and not isinstance(dead, Step | None):
        return _sound(_each(procedures, lambda flow, _: _without(flow, dead.id)))
    if proof.verdict is Verdict.UNKNOWN:
        return None
    return proof.verdict is Verdict.PASS or because["violation"] == "unread-message"


def _without(flow: Flow, gone: str) -> Flow:
    edges = tuple(e for e in flow.edges if gone not in {e.source, e.target})
    return evolve(flow, nodes=tuple(n for n in flow.nodes if n.id != gone), edges=edges)


def as_drawn(procedures: Procedures) -> Procedures:
    """Only what :func:`_sound` says: tasks alone can be dead, messages may be left."""
    return procedures


def starts_together(procedures: Procedures) -> Procedures:
    """Let all plain starts of a process begin at once, and no other."""
    return _each(procedures, _starts_together)


def _starts_together(flow: Flow, awaited: frozenset[str]) -> Flow:
    starts = [n for n in flow.nodes if _at(n, EventPosition.START) and n.scope is None]
    if not any(s.trigger is Trigger.NONE or s.id in awaited for s in starts):
        return _not_begun(flow)
    never = {s.id for s in starts if s.trigger is not Trigger.NONE and s.id not in awaited}
    plain = [s for s in starts if s.trigger is Trigger.NONE]
    if len(plain) < 2:
        return _never_begun(flow, never) if never else flow
    first = Event(id="first", position=EventPosition.START)
    split = Gateway(id="together", kind=GatewayKind.PARALLEL)
    begun = [Step(id=s.id, name=s.name) for s in plain]
    flow = _replaced(_never_begun(flow, never), begun)
    edges = [SequenceFlow(id="to-split", source="first", target="together")]
    edges += [SequenceFlow(id=f"to-{s.id}", source="together", target=s.id) for s in plain]
    return evolve(flow, nodes=(*flow.nodes, first, split), edges=(*flow.edges, *edges))


def _not_begun(flow: Flow) -> Flow:
    """Return a process in which no task is ever done, if *flow* has any."""
    start = Event(id=f"{flow.id}-start", position=EventPosition.START)
    end = Event(id=f"{flow.id}-end", position=EventPosition.END)
    edge = SequenceFlow(id=f"{flow.id}-flow", source=start.id, target=end.id)
    dead = tuple(evolve(step, scope=None) for step in flow.steps[:1])
    return evolve(flow, nodes=(start, end, *dead), edges=(edge,) if flow.nodes else ())


def _never_begun(flow: Flow, never: set[str]) -> Flow:
    """Turn starts that nothing triggers into steps that nothing leads to."""
    return _replaced(flow, [Step(id=name, name=name) for name in never])


def nothing_from_outside(procedures: Procedures) -> Procedures:
    """Let nothing come that is not drawn."""
    return _each(procedures, _nothing_from_outside)


def _nothing_from_outside(flow: Flow, awaited: frozenset[str]) -> Flow:
    never = set()
    for node in flow.nodes:
        catches = _at(node, EventPosition.CATCH) and node.trigger not in {
            Trigger.NONE,
            Trigger.LINK,
        }
        receives = isinstance(node, Step) and node.task is TaskType.RECEIVE
        if (catches or receives) and node.id not in awaited:
            never.add(node.id)
    return _stuck(flow, never)


def sub_processes_are_tasks(procedures: Procedures) -> Procedures:
    """Forget what is inside sub-processes, and what hangs at activities."""
    return _each(procedures, lambda flow, _: _outermost(flow))


def _outermost(flow: Flow) -> Flow:
    kept = [n for n in flow.nodes if n.scope is None and not _at(n, EventPosition.BOUNDARY)]
    names = {n.id for n in kept}
    edges = tuple(e for e in flow.edges if e.source in names and e.target in names)
    return evolve(flow, nodes=tuple(kept), edges=edges)


def sub_processes_begin_at_once(procedures: Procedures) -> Procedures:
    """Let what is inside a sub-process be part of the process, its starts among those of it."""
    return starts_together(_each(procedures, lambda flow, _: _flat(flow)))


def _flat(flow: Flow) -> Flow:
    nodes = [
        Step(id=n.id, name=n.name) if isinstance(n, SubProcess) else evolve(n, scope=None)
        for n in flow.nodes
    ]
    return evolve(flow, nodes=tuple(nodes))


def tasks_know_no_conditions(procedures: Procedures) -> Procedures:
    """Take every flow out of a task, whatever its condition."""
    return _each(procedures, lambda flow, _: _unconditional(flow))


def _unconditional(flow: Flow) -> Flow:
    tasks = [evolve(n, default=None) for n in flow.nodes if isinstance(n, Step | SubProcess)]
    names = {task.id for task in tasks}
    edges = tuple(
        evolve(e, condition=None, printed=None) if e.source in names else e for e in flow.edges
    )
    return evolve(_replaced(flow, tasks), edges=edges)


def ends_are_plain(procedures: Procedures) -> Procedures:
    """Let an error end end its own path alone."""
    return _each(procedures, lambda flow, _: _plain_ends(flow))


def _plain_ends(flow: Flow) -> Flow:
    ends = [
        evolve(n, trigger=Trigger.NONE)
        for n in flow.nodes
        if _at(n, EventPosition.END) and n.trigger is Trigger.ERROR
    ]
    return _replaced(flow, ends)


def _each(procedures: Procedures, change: Callable[[Flow, frozenset[str]], Flow]) -> Procedures:
    messages = {m.target for each in procedures for m in each.messages}
    awaited = frozenset(messages)
    return tuple(evolve(each, flow=change(each.flow, awaited)) for each in procedures)


def _stuck(flow: Flow, never: set[str]) -> Flow:
    """Make each of *never* wait for itself, as nothing else would let it go on."""
    joins = [
        Gateway(id=name, kind=GatewayKind.PARALLEL, scope=flow.by_id[name].scope) for name in never
    ]
    loops = tuple(
        SequenceFlow(id=f"{j.id}-waits", source=j.id, target=j.id, scope=j.scope) for j in joins
    )
    changed = _replaced(flow, joins)
    return evolve(changed, edges=(*changed.edges, *loops))


def _replaced(flow: Flow, nodes: Sequence[Node]) -> Flow:
    new = {node.id: node for node in nodes}
    return evolve(flow, nodes=tuple(new.get(node.id, node) for node in flow.nodes))


def _at(node: Node, position: EventPosition) -> bool:
    return isinstance(node, Event) and node.position is position


RULES: dict[str, Rule] = {
    "only tasks can be dead, and messages may be left": as_drawn,
    "plain starts begin together, others only by a drawn message": starts_together,
    "what is awaited and not drawn never comes": nothing_from_outside,
    "a sub-process is one task, and nothing hangs at it": sub_processes_are_tasks,
    "what is inside a sub-process begins with the process": sub_processes_begin_at_once,
    "every flow out of a task is taken, whatever its condition": tasks_know_no_conditions,
    "an error ends its own path alone": ends_are_plain,
}
ALL = tuple(rule for rule in RULES.values() if rule is not sub_processes_begin_at_once)
