"""One small drawing for each kind of repair, and the element that the repair is about."""

from __future__ import annotations

from attrs import evolve

from by_hand import drawn
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Loop, Step, StepTime, TaskType

START, CATCH, THROW, BOUNDARY, END = EventPosition


def event(identifier: str, position: EventPosition, trigger: Trigger, **more: object) -> Event:
    return Event(id=identifier, position=position, trigger=trigger, **more)


def having(flow: Flow, **edges: dict[str, object]) -> Flow:
    """Return *flow* with facts of some flows changed, by their ids."""
    return evolve(flow, edges=tuple(evolve(e, **edges.get(e.id, {})) for e in flow.edges))


def within(flow: Flow, scope: str, *names: str) -> Flow:
    """Return *flow* with some nodes and the flows between them inside a sub-process."""
    return evolve(
        flow,
        nodes=tuple(evolve(n, scope=scope) if n.id in names else n for n in flow.nodes),
        edges=tuple(evolve(e, scope=scope) if e.source in names else e for e in flow.edges),
    )


def block(**more: object) -> SubProcess:
    return SubProcess(id="sub", **more)


PLAIN = drawn("s > a > e")
CERTAIN: dict[str, tuple[Flow, str]] = {
    "repair-condition-unread": (
        having(drawn("s > xor1; xor1 > a > e; xor1 > b > e"), f2={"condition": "os.system('id')"}),
        "f2",
    ),
    "repair-default-dropped": (
        drawn(
            "s > xor1; xor1 > a > e; xor1 > b > e",
            Gateway(id="xor1", kind=GatewayKind.EXCLUSIVE, default="f9"),
        ),
        "xor1",
    ),
    "repair-link-joined": (
        drawn(
            "s > a > out; in > e",
            event("out", THROW, Trigger.LINK, reference="1"),
            event("in", CATCH, Trigger.LINK, reference="1"),
        ),
        "out",
    ),
    "repair-link-labelled": (
        drawn(
            "s > a > out; in > e",
            event("out", THROW, Trigger.LINK, name="Trang 2"),
            event("in", CATCH, Trigger.LINK, name="trang  2"),
        ),
        "out",
    ),
    "repair-error-interrupts": (
        drawn(
            "s > a > e; late > b > e",
            event("late", BOUNDARY, Trigger.ERROR, attached_to="a", interrupting=False),
        ),
        "late",
    ),
    "repair-boundary-reported": (
        drawn("s > a > e; late > b > e", event("late", BOUNDARY, Trigger.NONE, attached_to="a")),
        "late",
    ),
    "repair-start-added": (drawn("a > b > e"), "flow"),
    "repair-end-added": (drawn("s > a > b"), "b"),
    "repair-conditions-split": (
        having(drawn("s > a; a > b > e; a > c > e"), f2={"printed": "${x}"}),
        "a",
    ),
    "repair-split-drawn": (drawn("s > a; a > b > e; a > c > e"), "a"),
    "repair-merge-drawn": (drawn("s > xor1; xor1 > a; xor1 > b > a; a > e"), "a"),
    "repair-process-chosen": (PLAIN, "flow"),
}
"""A flow, and the element of its repair: what the standard says, or what nobody has to guess."""

GUESSES: dict[str, tuple[Flow, str]] = {
    "repair-default-assumed": (
        having(drawn("s > xor1; xor1 > a > e; xor1 > b > e"), f2={"condition": "phí > 5"}),
        "xor1",
    ),
    "repair-flow-lifted": (
        within(drawn("s > sub > e; a > b; a > c > e", block()), "sub", "a", "b"),
        "f4",
    ),
    "repair-undoing-dropped": (
        drawn("s > a > e", event("undo", BOUNDARY, Trigger.COMPENSATION, attached_to="a")),
        "undo",
    ),
    "repair-boundary-dropped": (
        drawn("s > xor1 > a > e", event("late", BOUNDARY, Trigger.TIMER, attached_to="xor1")),
        "late",
    ),
    "repair-triggers-reported": (
        drawn("s > catch1 > a > e", event("catch1", CATCH, Trigger.MULTIPLE)),
        "catch1",
    ),
    "repair-cancel-as-error": (
        within(
            drawn(
                "s > sub > e; off > b > e; c > xor1; xor1 > e2; xor1 > e3",
                block(),
                event("off", BOUNDARY, Trigger.CANCEL, attached_to="sub"),
                event("e2", END, Trigger.CANCEL),
            ),
            "sub",
            *("c", "xor1", "e2", "e3"),
        ),
        "off",
    ),
    "repair-link-guessed": (
        drawn(
            "s > a > out; in > e",
            event("out", THROW, Trigger.LINK, name="tới"),
            event("in", CATCH, Trigger.LINK),
        ),
        "out",
    ),
    "repair-start-fed": (drawn("s > a > xor1; xor1 > s; xor1 > e"), "s"),
    "repair-end-left": (drawn("s > e1 > a > e"), "e1"),
    "repair-ad-hoc-once": (
        within(drawn("s > sub > e; x; y", block(kind=SubProcessKind.AD_HOC)), "sub", "x", "y"),
        "sub",
    ),
    "repair-complex-inclusive": (
        drawn(
            "s > g; g > a > or2; g > b > or2; or2 > e", Gateway(id="g", kind=GatewayKind.COMPLEX)
        ),
        "g",
    ),
    "repair-events-chosen": (drawn("s > wait1; wait1 > a > e; wait1 > catch1 > e"), "wait1"),
    "repair-inner-starts": (
        within(drawn("s > sub > e; s1 > x; s2 > y", block()), "sub", "s1", "s2", "x", "y"),
        "sub",
    ),
    "repair-inner-trigger": (
        within(
            drawn("s > sub > e; s1 > x", block(), event("s1", START, Trigger.MESSAGE)),
            "sub",
            "s1",
            "x",
        ),
        "s1",
    ),
    "repair-beginning-plain": (
        drawn("s > a > e", Step(id="a", name="Nhận", task=TaskType.RECEIVE, instantiates=True)),
        "a",
    ),
    "repair-tokens-single": (
        drawn("s > a > e", Step(id="a", name="Ký", start_quantity=2, completion_quantity=3)),
        "a",
    ),
    "repair-isolated-dropped": (drawn("s > a > e; note"), "note"),
    "repair-unreached-dropped": (drawn("s > a > e; x > y > e"), "x"),
    "repair-join-parallel": (drawn("s > and1; and1 > a > c; and1 > b > c; c > e"), "c"),
    "repair-join-exclusive": (
        drawn("s > xor1; xor1 > a > and1; xor1 > b > and1; and1 > e"),
        "and1",
    ),
}
"""A flow that one guess makes runnable (or better), and the element it is about."""

READINGS: dict[str, tuple[Flow, str]] = {
    "repair-question": (drawn("s > xor1; xor1 > a > e; xor1 > b > e"), "xor1"),
    "repair-timer-by-hand": (
        drawn("s > catch1 > e", event("catch1", CATCH, Trigger.TIMER)),
        "catch1",
    ),
    "repair-timer-unread": (
        drawn("s > catch1 > e", event("catch1", CATCH, Trigger.TIMER, time=StepTime(printed="R/"))),
        "catch1",
    ),
    "repair-event-by-hand": (drawn("s > catch1 > e"), "catch1"),
    "repair-message-by-hand": (drawn("s > a > e", Step(id="a", name="", task=TaskType.SEND)), "a"),
    "repair-call-by-hand": (drawn("s > a > e", Step(id="a", name="", task=TaskType.CALL)), "a"),
    "repair-machine-by-hand": (
        drawn("s > a > e", Step(id="a", name="", task=TaskType.SCRIPT)),
        "a",
    ),
    "repair-rounds-asked": (
        within(drawn("s > sub > e; x", block(loop=Loop(multi_instance=True))), "sub", "x"),
        "sub",
    ),
    "repair-loop-asked": (
        within(drawn("s > sub > e; x", block(loop=Loop(multi_instance=False))), "sub", "x"),
        "sub",
    ),
    "repair-transaction-plain": (
        within(drawn("s > sub > e; x", block(kind=SubProcessKind.TRANSACTION)), "sub", "x"),
        "sub",
    ),
    "repair-undrawn-as-work": (drawn("s > sub > e", block()), "sub"),
    "repair-starts-several": (drawn("s1 > a > e; s2 > b > e"), "flow"),
    "repair-start-by-hand": (drawn("s > a > e", event("s", START, Trigger.TIMER)), "s"),
}
