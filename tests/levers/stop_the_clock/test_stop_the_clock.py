"""stop_the_clock: the applicant's time is not the agency's."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import (
    AGENCY,
    APPLICANT,
    ONE_STOP,
    case,
    days,
    found,
    length,
    passed,
    picture,
    step,
    the_one,
    way,
    within,
)
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers.stop_the_clock import LEVER
from tthc_flow.measures.change import ChangeKind
from tthc_flow.measures.differences import differences
from tthc_flow.model.flow import Event, EventPosition, Lane, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import MessageFlow, Pool
from tthc_flow.model.step import TaskType

EXAMINE = step("examine", "examine", AGENCY["officer"], 3)
WAIT = step("wait", "supplement", APPLICANT, 5)

AGAIN = step("again", "examine", AGENCY["officer"], 2)
TIMER = Event(
    id="timer",
    position=EventPosition.CATCH,
    trigger=Trigger.TIMER,
    name="Chờ bổ sung hồ sơ",
    time=days(5),
)
MESSAGE = evolve(TIMER, id="message", trigger=Trigger.MESSAGE, name="Hồ sơ đã bổ sung")


def told(procedure, target, pool="Tổ chức, cá nhân"):
    """The procedure in which a pool sends a message to *target*."""
    return evolve(
        procedure,
        pools=(Pool(id="Pool_1", name=pool), Pool(id="Pool_2", name="Sở", process="flow")),
        messages=(MessageFlow(id="Message_1", source="Pool_1", target=target),),
    )


def laned(procedure, who):
    """The procedure with its timer in the lane of *who*."""
    lanes = (Lane(id="Lane_1", name="Làn", performer=who),)
    nodes = tuple(
        evolve(n, lane="Lane_1", name="Bổ sung hồ sơ") if n.id == "timer" else n
        for n in procedure.flow.nodes
    )
    return evolve(procedure, flow=evolve(procedure.flow, nodes=nodes, lanes=lanes))


def after_the_grant():
    """A procedure that waits in a sub-process outside the applicant's time."""
    given = within("s > examine > box > e", "s_in > timer > e_in", EXAMINE)
    nodes = tuple(
        evolve(TIMER, scope="box")
        if n.id == "timer"
        else evolve(n, outside_clock=True)
        if n.id == "box"
        else n
        for n in given.flow.nodes
    )
    return evolve(given, flow=evolve(given.flow, nodes=nodes))


RACE = picture(
    "s > examine > wait1 > message > again > e; wait1 > timer > e_no",
    EXAMINE,
    evolve(MESSAGE, time=days(None)),
    evolve(TIMER, name="Quá hạn"),
    AGAIN,
)

FINDS = {
    "a-timer": picture("s > examine > timer > again > e", EXAMINE, TIMER, AGAIN),
    "a-timer-in-a-loop-of-supplements": picture(
        "s > xor1 > examine > xor2 > again > e; xor2 > timer > xor1", EXAMINE, TIMER, AGAIN
    ),
    "a-timer-in-the-applicants-lane": laned(
        picture("s > examine > timer > again > e", EXAMINE, TIMER, AGAIN), APPLICANT
    ),
    "a-message-of-the-applicant": told(
        picture("s > examine > message > again > e", EXAMINE, MESSAGE, AGAIN), "message"
    ),
    "a-timer-beside-the-applicants-message": told(RACE, "message"),
    "a-step-that-receives-the-applicants-message": told(
        case(
            EXAMINE,
            step("got", "receive", ONE_STOP, 5, task=TaskType.RECEIVE, name="Nhận bổ sung"),
            AGAIN,
        ),
        "got",
    ),
    "a-row-of-the-agency-that-says-it-waits": case(
        EXAMINE,
        step("wait", "supplement", AGENCY["officer"], 5, name="Chờ công dân bổ sung hồ sơ"),
        AGAIN,
    ),
    "supplement": case(EXAMINE, WAIT, step("again", "examine", AGENCY["officer"], 2)),
    "payment": case(EXAMINE, step("pay", "payment", APPLICANT, 1)),
}
BARRED = {
    "the-row-also-examines": (
        case(EXAMINE, step("wait", "supplement examine", APPLICANT, 5)),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "a-timer-that-waits-for-nobody": picture(
        "s > examine > timer > again > e", EXAMINE, evolve(TIMER, name="Niêm yết công khai"), AGAIN
    ),
    "a-timer-that-is-not-counted": picture(
        "s > examine > timer > again > e",
        EXAMINE,
        evolve(TIMER, time=evolve(TIMER.time, counted=False)),
        AGAIN,
    ),
    "a-timer-at-a-border": picture(
        "s > examine > again > e; timer > e_no",
        EXAMINE,
        AGAIN,
        evolve(TIMER, position=EventPosition.BOUNDARY, attached_to="examine"),
    ),
    "a-message-of-another-body": told(
        picture("s > examine > message > again > e", EXAMINE, MESSAGE, AGAIN),
        "message",
        "Sở Tài chính",
    ),
    "a-timer-beside-another-bodys-message": told(
        evolve(
            RACE,
            flow=evolve(
                RACE.flow,
                nodes=tuple(
                    evolve(n, name="Văn bản trả lời") if n.id == "message" else n
                    for n in RACE.flow.nodes
                ),
            ),
        ),
        "message",
        "Sở Tài chính",
    ),
    "a-wait-after-the-grant": after_the_grant(),
    "the-agency-asks-for-it": case(EXAMINE, step("ask", "supplement", ONE_STOP, 1)),
    "stopped-already": case(EXAMINE, evolve(WAIT, pauses_clock=True)),
    "no-time-printed": case(EXAMINE, step("wait", "supplement", APPLICANT, None)),
    "no-time-at-all": case(EXAMINE, step("wait", "supplement", APPLICANT, 0)),
    "nobody-known": case(EXAMINE, step("wait", "supplement", None, 5)),
}


def test_five_days_of_the_applicant_leave_the_agencys_limit():
    given = FINDS["supplement"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, passed(candidate)) == (
        ("wait",),
        ["applicant-acts", "does-nothing-else"],
    )
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (10, 5)
    assert way(after) == ["start", "examine", "wait", "again", "end"]
    assert after.flow.by_id["wait"].time == given.flow.by_id["wait"].time


def test_paying_stops_the_clock_too():
    given = FINDS["payment"]
    assert length(LEVER.apply(given, the_one(LEVER, given))) == 3


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a-timer", 10, 5),
        ("a-timer-in-a-loop-of-supplements", 5, 5),
        ("a-timer-in-the-applicants-lane", 10, 5),
        ("a-message-of-the-applicant", 5, 5),
        ("a-timer-beside-the-applicants-message", 8, 5),
        ("a-step-that-receives-the-applicants-message", 10, 5),
        ("a-row-of-the-agency-that-says-it-waits", 10, 5),
    ],
)
def test_the_wait_stays_and_its_time_leaves_the_limit(name, before, after):
    given = FINDS[name]
    candidate = the_one(LEVER, given)
    made = LEVER.apply(given, candidate)
    assert (length(given), length(made)) == (before, after)
    (target,) = candidate.targets
    was, now = given.flow.by_id[target].time, made.flow.by_id[target].time
    assert now.duration == was.duration
    assert found(LEVER, made) == ()


@pytest.mark.parametrize("name", FINDS)
def test_what_is_emitted_is_read_again_equal_and_runs_on_every_branch(name):
    made = LEVER.apply(FINDS[name], the_one(LEVER, FINDS[name]))
    (again,) = read(build(made, lay_out(made)).data).procedures
    assert same(again.flow, made.flow)
    assert run_every_branch(again).completed
    assert length(again) == length(made)


@pytest.mark.parametrize("name", FINDS)
def test_a_comparison_tells_that_the_clock_stops(name):
    given = FINDS[name]
    candidate = the_one(LEVER, given)
    (told,) = differences(given, LEVER.apply(given, candidate))
    assert (told.kind, told.was) == (ChangeKind.RETIMED, candidate.targets)
