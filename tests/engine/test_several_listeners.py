"""Where several listen for one event: who hears it, and which way is taken."""

from __future__ import annotations

from by_hand import drawn
from tthc_flow.engine.instance import Run
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Trigger
from tthc_flow.model.step import Step


def test_an_event_that_several_listen_for_happens_to_the_one_that_is_named():
    flow = drawn(
        "s > and1 > a > x > e; and1 > b > x; late > l > e2",
        Step(id="x", name="x"),
        Event(id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="x"),
    )
    run = Run(flow)
    run.complete("a")
    run.complete("b")
    first, second = (each.token for each in run.waiting)
    run.deliver("late", token=second)
    assert [(each.node, each.token == first) for each in run.waiting] == [("x", True), ("l", False)]


def test_a_signal_that_two_events_behind_a_gateway_wait_for_takes_one_way():
    bell = {"trigger": Trigger.SIGNAL, "reference": "bell"}
    flow = drawn(
        "s > and1 > first > x1 > a > e; first > x2 > b > e2; and1 > c > t > e3",
        Gateway(id="first", kind=GatewayKind.EVENT_BASED),
        *(Event(id=each, position=EventPosition.CATCH, **bell) for each in ("x1", "x2")),
        Event(id="t", position=EventPosition.THROW, **bell),
    )
    run = Run(flow)
    assert [each.node for each in run.waiting] == ["first", "c"]
    run.complete("c")
    assert [each.node for each in run.waiting] == ["a"]
