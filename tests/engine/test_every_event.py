"""Every event of BPMN 2.0, in every place: it runs as the standard says, or is refused by code.

Nothing is left out: a new trigger or place of the model has no row here, and fails. What runs is
played by us and by the token game (``one_case.py``), and against what is written here by hand; the
three must agree. The other elements stand in ``test_every_element.py``.

Source: BPMN 2.0.2, 10.5 (events, tables 10.84 to 10.93) and 13.5.
"""

from __future__ import annotations

import pytest

from tthc_flow.engine.instance import Run
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import (
    EventPosition,
    Trigger,
)

from . import element_traces as seen
from .element_traces import GAME_KNOWS_NOT, Both, at, codes

MISPLACED, SEVERAL = "run-trigger-misplaced", "run-several-triggers"
UNDO, CANCEL = "run-compensation", "run-cancel"
T = Trigger

STARTS = dict.fromkeys(T, "begins") | {
    **dict.fromkeys((T.LINK, T.ERROR, T.ESCALATION, T.TERMINATE), MISPLACED),
    T.COMPENSATION: UNDO,
    T.CANCEL: CANCEL,
    T.MULTIPLE: SEVERAL,
}
"""A start event of the process (table 10.84): a case begins with it."""

STARTS_INSIDE = (
    dict.fromkeys(T, MISPLACED)
    | {T.NONE: "begins"}
    | {
        T.COMPENSATION: f"{UNDO} {MISPLACED}",
        T.CANCEL: f"{CANCEL} {MISPLACED}",
        T.MULTIPLE: f"{SEVERAL} {MISPLACED}",
    }
)
"""One of a sub-process: it has no trigger (10.3.5)."""

STARTS_ASIDE = dict.fromkeys(T, "listens") | {
    **dict.fromkeys((T.LINK, T.TERMINATE), f"{MISPLACED}"),
    T.NONE: "run-event-sub-process",
    T.CANCEL: CANCEL,
    T.MULTIPLE: SEVERAL,
    T.COMPENSATION: UNDO,  # of the whole process: there is nobody who could undo it from outside
}
"""One of an event sub-process (table 10.87): it happens while the work goes on."""

CATCHES = dict.fromkeys(T, "waits") | {
    **dict.fromkeys((T.NONE, T.LINK), "passes"),
    **dict.fromkeys((T.ERROR, T.ESCALATION, T.TERMINATE), MISPLACED),
    T.COMPENSATION: UNDO,
    T.CANCEL: CANCEL,
    T.MULTIPLE: SEVERAL,
}
"""One on the way (table 10.89): it waits until it happens."""

BORDERS = dict.fromkeys(T, "listens") | {
    **dict.fromkeys((T.LINK, T.TERMINATE), MISPLACED),
    T.NONE: "run-boundary-without-trigger",
    T.MULTIPLE: SEVERAL,
    T.COMPENSATION: "undoes",
    T.CANCEL: "is cancelled",
}
"""One at a border (table 10.90): it takes the work off, or leaves it."""

THROWS = dict.fromkeys(T, "passes") | {
    **dict.fromkeys((T.TIMER, T.CONDITIONAL, T.ERROR, T.TERMINATE), MISPLACED),
    T.CANCEL: CANCEL,
    T.MULTIPLE: SEVERAL,
}
"""One that is thrown on the way (table 10.89): the token goes on behind it."""

ENDS = dict.fromkeys(T, "ends") | {
    **dict.fromkeys((T.TIMER, T.CONDITIONAL), MISPLACED),
    T.MULTIPLE: SEVERAL,
    T.TERMINATE: "ends all",
    T.ERROR: "fails",
    T.LINK: "goes on",
    T.CANCEL: "cancels",
}
"""One at an end (table 10.88): one token is over, or all of them."""

TABLE = {
    EventPosition.START: ((seen.starting, STARTS), (seen.starting_inside, STARTS_INSIDE)),
    EventPosition.CATCH: ((seen.catching, CATCHES),),
    EventPosition.BOUNDARY: ((seen.bordering, BORDERS),),
    EventPosition.THROW: ((seen.throwing, THROWS),),
    EventPosition.END: ((seen.ending, ENDS),),
}
ASIDE = ((seen.starting_aside, STARTS_ASIDE),)

TRACES = {
    # What waits at first, then after each move: written by hand.
    (seen.starting, "begins"): [("", "a"), ("a", "")],
    (seen.starting_inside, "begins"): [("", "a"), ("a", "")],
    (seen.starting_aside, "listens"): [("", "b"), ("x", "a"), ("a", "")],
    (seen.catching, "waits"): [("", "x"), ("x", "a"), ("a", "")],
    (seen.catching, "passes"): [("", "a"), ("a", "")],
    (seen.bordering, "listens"): [("", "b"), ("x", "a"), ("a", "")],
    (seen.bordering, "undoes"): [("", "b"), ("b", "a"), ("a", "")],
    (seen.bordering, "is cancelled"): [("", "in"), ("in", "a"), ("a", "")],
    (seen.throwing, "passes"): [("", "b"), ("b", "a"), ("a", "")],
    (seen.ending, "ends"): [("", "b c"), ("b", "c"), ("c", "")],
    (seen.ending, "ends all"): [("", "b c"), ("b", "")],
    (seen.ending, "fails"): [("", "b c"), ("b", "")],
    (seen.ending, "goes on"): [("", "b c"), ("b", "a c"), ("c", "a"), ("a", "")],
    (seen.ending, "cancels"): [("", "b c"), ("b", "a"), ("a", "")],
}


def test_the_tables_are_about_every_place_and_every_trigger():
    assert set(TABLE) == set(EventPosition)
    for drawings in (*TABLE.values(), ASIDE):
        for _, expected in drawings:
            assert set(expected) == set(Trigger)


ROWS = [
    (drawing, trigger, expected)
    for drawings in (*TABLE.values(), ASIDE)
    for drawing, table in drawings
    for trigger, expected in table.items()
]


@pytest.mark.parametrize(
    ("drawing", "trigger", "expected"), ROWS, ids=[f"{d.__name__} {t}: {e}" for d, t, e in ROWS]
)
def test_an_event_does_what_the_standard_says_or_is_refused(drawing, trigger, expected):
    flow = drawing(trigger)
    if expected.startswith("run-"):
        assert codes(flow) == expected
        with pytest.raises(NotRunnable, match="TF401"):
            Run(flow)
        return
    thrown = drawing in {seen.throwing, seen.ending} and trigger in GAME_KNOWS_NOT
    both = Both(flow, alone=thrown)
    (_, first), *moves = TRACES[drawing, expected]
    assert " ".join(at(both.run)) == first
    for node, waits in moves:
        assert " ".join(both.do(node)) == waits
    assert both.run.finished
    assert both.run.failed == ("x" if expected == "fails" else None)


OUTSIDE = {T.MESSAGE, T.SIGNAL, T.ESCALATION, T.ERROR}


@pytest.mark.parametrize("drawing", [seen.throwing, seen.ending])
@pytest.mark.parametrize("trigger", sorted(OUTSIDE))
def test_what_nobody_catches_inside_is_told_to_the_outside(drawing, trigger):
    flow = drawing(trigger)
    if (drawing, trigger) == (seen.throwing, T.ERROR):  # an error is thrown at an end only
        assert codes(flow) == MISPLACED
        return
    assert not codes(flow)
    run = Run(flow)
    run.complete("b")
    assert run.thrown == ("x",)


LASTING = {T.TIMER, T.MESSAGE, T.SIGNAL, T.ESCALATION, T.CONDITIONAL}
"""What may leave the work going on; an error never does (10.5.4)."""


@pytest.mark.parametrize("drawing", [seen.bordering, seen.starting_aside])
@pytest.mark.parametrize("trigger", sorted({*LASTING, T.ERROR}))
def test_an_event_that_does_not_interrupt_leaves_the_work_and_may_happen_again(drawing, trigger):
    both = Both(drawing(trigger, interrupting=False))
    if trigger is T.ERROR:
        assert both.do("x") == ("a",)
    else:
        assert both.do("x") == ("a", "b")
        assert both.run.listening == ("x",)
