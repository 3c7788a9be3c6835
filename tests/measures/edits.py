"""Edits of a procedure that people make in a modeller, each with the change that it is.

An edit says what it did by what it did, never by what a comparison finds. It takes elements that no
earlier edit touched or stood next to, so that the changes of several edits stay apart. What nobody
could tell from the two drawings is not made, and the edit says where it holds back.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from attrs import define, evolve, field

from tthc_flow.measures.change import ChangeKind
from tthc_flow.model.actor import Level
from tthc_flow.model.flow import Event, EventPosition, Flow, Node, SequenceFlow, SubProcess
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.syllables import key

Told = tuple[ChangeKind, frozenset[str], frozenset[str]]
"""A change: its kind, the ids it is about in "before" and those in "after"."""

WORDS = [
    "chuyển",
    "kiểm",
    "đối",
    "soát",
    "lập",
    "ghi",
    "nhận",
    "rà",
    "thẩm",
    "đối",
    "chiếu",
    "xin",
    "mời",
    "hẹn",
    "giao",
    "nộp",
]
UNITS = (TimeUnit.WORKING_DAY, TimeUnit.WORKING_HOUR, TimeUnit.CALENDAR_DAY)


@define(eq=False)
class Draft:
    """A procedure being edited: what it was, what it is now, what that changes."""

    rng: random.Random
    before: Procedure
    after: Procedure
    told: list[Told] = field(factory=list)
    busy: set[str] = field(factory=set)
    fresh: int = 0
    relaned: list[tuple[str, str]] = field(factory=list)
    """Steps to be named in another lane of the written file."""

    @property
    def flow(self) -> Flow:
        """Return the flow as it is now."""
        return self.after.flow

    def steps(self, fits: Callable[[Step], bool] = bool) -> list[Step]:
        """Return the steps that an edit may take and that fit, in an order of chance."""
        free = [step for step in self.flow.steps if self.free(step.id) and step.name]
        self.rng.shuffle(free)
        return [step for step in free if fits(step)]

    def free(self, node: str) -> bool:
        """Return whether nothing at or next to *node* was edited."""
        return not self.busy & {node, *around(self.flow, node)}

    def tell(self, kind: ChangeKind, was: Iterable[str] = (), now: Iterable[str] = ()) -> None:
        """Note a change."""
        self.told.append((kind, frozenset(was), frozenset(now)))

    def put(self, *nodes: Node, gone: Iterable[str] = (), edges: Iterable[SequenceFlow] = ()):
        """Take *nodes* and *edges* in place of those of their ids, or as new; drop *gone*."""
        dropped = frozenset(gone)
        new, arrows = {each.id: each for each in nodes}, {each.id: each for each in edges}
        touched = {*new, *dropped, *(end for e in arrows.values() for end in (e.source, e.target))}
        self.busy |= touched.union(*(around(self.flow, each) for each in touched))
        flow = evolve(
            self.flow,
            nodes=_replaced(self.flow.nodes, new, dropped),
            edges=_replaced(self.flow.edges, arrows, dropped),
        )
        self.after = evolve(self.after, flow=flow)

    def id(self, stem: str) -> str:
        """Return an id nobody has."""
        self.fresh += 1
        return f"{stem}_{self.rng.getrandbits(28):07x}{self.fresh}"

    def name(self) -> str:
        """Return a name that no node has."""
        return " ".join(self.rng.sample(WORDS, 3)).capitalize() + f" {self.id('v')[2:]}"


def _replaced(old, new, dropped):
    kept = tuple(new.get(each.id, each) for each in old if each.id not in dropped)
    known = {each.id for each in old}
    return (*kept, *(each for each in new.values() if each.id not in known))


def around(flow: Flow, node: str) -> set[str]:
    """Return the nodes next to *node*, and the sub-process it stands in."""
    found = {edge.source for edge in flow.incoming.get(node, ())}
    found |= {edge.target for edge in flow.outgoing.get(node, ())}
    at = flow.by_id.get(node)
    return found | {each for each in (getattr(at, "scope", None), host(at)) if each}


def host(node: Node | None) -> str | None:
    """Return what a boundary event is attached to."""
    return node.attached_to if isinstance(node, Event) else None


def move_lane(draft: Draft) -> bool:
    """Give a step to the performer of another lane."""
    lanes = {key(lane.name): lane for lane in draft.flow.lanes if key(lane.name)}
    for step in draft.steps(lambda step: step.lane in draft.flow.lane_by_id):
        here = draft.flow.lane_by_id[step.lane]
        # Lanes of one name are one performer: nobody would see the move.
        others = [lane for name, lane in lanes.items() if key(here.name) not in {"", name}]
        if others:
            lane = draft.rng.choice(others)
            if draft.rng.random() < 0.5:  # a modeller moves the shape and says no more
                draft.put(step)
                draft.relaned.append((step.id, lane.id))
            else:
                draft.put(evolve(step, lane=lane.id, performer=lane.performer))
            draft.tell(ChangeKind.MOVED, [step.id], [step.id])
            return True
    return False


def move_level(draft: Draft) -> bool:
    """Let the same office do a step at another level of government: phân cấp."""
    for step in draft.steps(lambda step: bool(step.performer and step.performer.levels)):
        levels = {Level.PROVINCE, Level.COMMUNE, Level.MINISTRY} - step.performer.levels
        level = draft.rng.choice(sorted(levels))
        draft.put(evolve(step, performer=evolve(step.performer, levels=frozenset({level}))))
        draft.tell(ChangeKind.MOVED, [step.id], [step.id])
        return True
    return False


def retime(draft: Draft) -> bool:
    """Give a step another time limit."""
    for step in draft.steps():
        amount = draft.rng.choice(("0.25", "1.5", "4", "9"))
        duration = Duration(amount=amount, unit=draft.rng.choice(UNITS))
        if duration != step.time.duration:
            draft.put(evolve(step, time=evolve(step.time, duration=duration, printed=None)))
            draft.tell(ChangeKind.RETIMED, [step.id], [step.id])
            return True
    return False


def recost(draft: Draft) -> bool:
    """Change what one row of the cost sheet costs the applicant."""
    rows = [row for row in draft.after.work if row.hours is not None]
    if not rows or any(kind is ChangeKind.RECOSTED for kind, _, _ in draft.told):
        return False
    row = draft.rng.choice(rows)
    dearer = evolve(row, hours=evolve(row.hours, value=row.hours.value + 3))
    work = tuple(dearer if each is row else each for each in draft.after.work)
    draft.after = evolve(draft.after, work=work)
    draft.tell(ChangeKind.RECOSTED)
    return True


def rename(draft: Draft) -> bool:
    """Call a step, decision or event otherwise: a word more, or other words altogether."""
    nodes = [node for node in draft.flow.nodes if key(node.name) and draft.free(node.id)]
    # What stands next to nothing and is called otherwise is another step to anybody.
    nodes = [node for node in nodes if around(draft.flow, node.id)]
    if not nodes:
        return False
    node = draft.rng.choice(nodes)
    name = draft.rng.choice((f"{node.name} {draft.name()}", draft.name()))
    draft.put(evolve(node, name=name))
    draft.tell(ChangeKind.RENAMED, [node.id], [node.id])
    return True


def remove(draft: Draft) -> bool:
    """Cut a step out of a row and join its neighbours."""
    for step in draft.steps(lambda step: in_a_row(draft.flow, step)):
        (come,), (go,) = draft.flow.incoming[step.id], draft.flow.outgoing[step.id]
        if step.id not in {come.source, go.target} and come.source != go.target:
            draft.busy.add(step.id)
            draft.put(gone=[step.id, go.id], edges=[evolve(come, target=go.target)])
            draft.tell(ChangeKind.REMOVED, [step.id])
            return True
    return False


def add(draft: Draft) -> bool:
    """Put a new step on an arrow."""
    for edge in arrows(draft):
        near = draft.flow.by_id[edge.source]
        new = Step(id=draft.id("Activity"), name=draft.name(), scope=near.scope, lane=near.lane)
        onward = SequenceFlow(
            id=draft.id("Flow"), source=new.id, target=edge.target, scope=edge.scope
        )
        draft.put(new, edges=[evolve(edge, target=new.id), onward])
        draft.tell(ChangeKind.ADDED, (), [new.id])
        return True
    return False


def reroute(draft: Draft) -> bool:
    """Lead an arrow to another node."""
    for edge in arrows(draft):
        # One of two arrows between the same nodes: the other still leads there.
        if sum(each.target == edge.target for each in draft.flow.outgoing[edge.source]) > 1:
            continue
        followers = {each.target for each in draft.flow.outgoing[edge.source]}
        goals = [
            node.id
            for node in draft.flow.nodes
            if node.scope == draft.flow.by_id[edge.source].scope
            and node.id not in followers | {edge.source}
            and enterable(node)
            and key(node.name)
            and draft.free(node.id)
        ]
        if goals:
            draft.put(edges=[evolve(edge, target=draft.rng.choice(goals))])
            draft.busy |= {edge.target, *around(draft.flow, edge.target)}
            draft.tell(ChangeKind.REROUTED, [edge.source], [edge.source])
            return True
    return False


def arrows(draft: Draft) -> list[SequenceFlow]:
    """Return arrows whose two ends are free and stand in one scope, in an order of chance."""
    by_id = draft.flow.by_id
    found = [
        edge
        for edge in draft.flow.edges
        if edge.source != edge.target
        and draft.free(edge.source)
        and draft.free(edge.target)
        and by_id[edge.source].scope == by_id[edge.target].scope
        and not isinstance(by_id[edge.source], SubProcess)
    ]
    draft.rng.shuffle(found)
    return found


def enterable(node: Node) -> bool:
    """Return whether an arrow may lead to *node*."""
    borders = {EventPosition.START, EventPosition.BOUNDARY}
    return not (isinstance(node, Event) and node.position in borders)


def in_a_row(flow: Flow, step: Step) -> bool:
    """Return whether one arrow enters *step*, one leaves it, and no event hangs on it."""
    ends = flow.incoming[step.id], flow.outgoing[step.id]
    return all(len(each) == 1 for each in ends) and step.id not in flow.guarded
