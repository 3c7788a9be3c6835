"""What an element of BPMN is seen to do in a small flow: by us, and by the token game."""

from __future__ import annotations

from attrs import evolve

from by_hand import drawn
from tthc_flow.engine.instance import For, Run
from tthc_flow.engine.refusals import refusals
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

from .one_case import OneCase
from .playing import due

NAMED = {
    Trigger.MESSAGE: "M",
    Trigger.SIGNAL: "S",
    Trigger.ERROR: "E",
    Trigger.ESCALATION: "X",
    Trigger.LINK: "L",
}
GAME_KNOWS_NOT = {Trigger.SIGNAL}
"""Signals thrown: the game has nobody to hear them."""

Seen = tuple[str, ...]


def codes(flow: Flow) -> str:
    """Return the reasons why *flow* is not run, or nothing."""
    return " ".join(sorted({each.code for each in refusals(flow)}))


def event(position: EventPosition, trigger: Trigger, **said: object) -> Event:
    """Return the event ``x``."""
    known = {"id": "x", "position": position, "trigger": trigger}
    return Event(**known | {"reference": NAMED.get(trigger)} | said)


def at(run: Run) -> Seen:
    return tuple(sorted(each.node for each in run.waiting))


class Both:
    """A case played by ours and by the token game: after each move they wait for the same."""

    def __init__(self, flow: Flow, *, alone: bool = False) -> None:
        """Begin; *alone* leaves the game out, where it does not know a rule."""
        self.flow = flow
        self.run = Run(flow)
        self.game = None if alone else OneCase(flow)
        self._same()

    def _same(self) -> None:
        if self.game is not None:
            assert due(self.run, self.flow) == self.game.due()
            assert self.run.finished == self.game.over

    def do(self, node: str) -> Seen:
        """Complete the work, or let the event happen, that waits at *node*; return what waits."""
        waits = {each.node: each.what for each in self.run.waiting}
        if waits.get(node) is For.WORK:
            self.run.complete(node)
            if self.game is not None:
                self.game.work(node)
        else:
            self.run.deliver(node)
            if self.game is not None:
                (self.game.work if waits.get(node) is For.EVENT else self.game.happen)(node)
        self._same()
        return at(self.run)


def starting(trigger: Trigger) -> Flow:
    """``x > a > e`` in the process itself."""
    return drawn("x > a > e", event(EventPosition.START, trigger))


def starting_inside(trigger: Trigger) -> Flow:
    """``s > sub > e``, in which ``x > a > e2``."""
    start = event(EventPosition.START, trigger)
    return scoped(drawn("s > sub > e; x > a > e2", start, SubProcess(id="sub")), "x a e2", "sub")


def starting_aside(trigger: Trigger, *, interrupting: bool = True) -> Flow:
    """``s > b > e`` with ``x > a > e2`` in an event sub-process of the process."""
    start = event(EventPosition.START, trigger, interrupting=interrupting)
    block = SubProcess(id="sub", kind=SubProcessKind.EVENT)
    return scoped(drawn("s > b > e; x > a > e2", start, block), "x a e2", "sub")


def catching(trigger: Trigger) -> Flow:
    """``s > x > a > e``, or behind a link of its name."""
    link = Event(id="t", position=EventPosition.THROW, trigger=Trigger.LINK, reference="L")
    picture = "s > t; x > a > e" if trigger is Trigger.LINK else "s > x > a > e"
    nodes = (link,) if trigger is Trigger.LINK else ()
    return drawn(picture, event(EventPosition.CATCH, trigger), *nodes)


def bordering(trigger: Trigger, *, interrupting: bool = True) -> Flow:
    """``s > b > e`` with ``x > a > e2`` at the border of *b*; one that undoes is tied to *a*."""
    if trigger is Trigger.COMPENSATION:
        mark = event(EventPosition.BOUNDARY, trigger, attached_to="b", handler="a")
        throw = Event(id="t", position=EventPosition.THROW, trigger=trigger)
        return drawn("s > b > t > e", mark, throw, Step(id="a", name="Hủy"))
    border = event(EventPosition.BOUNDARY, trigger, attached_to="b", interrupting=interrupting)
    if trigger is Trigger.CANCEL:
        block = SubProcess(id="b", kind=SubProcessKind.TRANSACTION)
        end = Event(id="e3", position=EventPosition.END, trigger=trigger)
        flow = drawn("s > b > e; x > a > e2; in > e3", border, block, end)
        return scoped(flow, "in e3", "b")
    return drawn("s > b > e; x > a > e2", border)


def throwing(trigger: Trigger) -> Flow:
    """``s > b > x > a > e``; a link comes out before *a*."""
    thrown = event(EventPosition.THROW, trigger)
    if trigger is Trigger.LINK:
        return drawn("s > b > x; c > a > e", thrown, event(EventPosition.CATCH, trigger, id="c"))
    return drawn("s > b > x > a > e", thrown)


def ending(trigger: Trigger) -> Flow:
    """``b > x`` beside the step *c*; inside a transaction for a cancel."""
    end = event(EventPosition.END, trigger)
    if trigger is Trigger.CANCEL:
        border = event(EventPosition.BOUNDARY, trigger, attached_to="sub", id="off")
        block = SubProcess(id="sub", kind=SubProcessKind.TRANSACTION)
        flow = drawn("s > sub > e; off > a > e2; b > x; c > e3", end, border, block)
        return scoped(flow, "b x c e3", "sub")
    if trigger is Trigger.LINK:
        come = event(EventPosition.CATCH, trigger, id="come")
        return drawn("s > and1; and1 > b > x; and1 > c > e; come > a > e2", end, come)
    return drawn("s > and1; and1 > b > x; and1 > c > e", end)


def scoped(flow: Flow, inside: str, scope: str) -> Flow:
    """Return *flow*, the nodes named in *inside* lying in *scope*."""
    names = set(inside.split())
    nodes = tuple(evolve(n, scope=scope) if n.id in names else n for n in flow.nodes)
    return evolve(flow, nodes=nodes)
