"""stop_the_clock: the applicant's time is not the agency's."""

from __future__ import annotations

from attrs import evolve

from levers.office import AGENCY, APPLICANT, ONE_STOP, case, length, passed, step, the_one, way
from tthc_flow.levers.stop_the_clock import LEVER
from tthc_flow.model.lever import Verdict

EXAMINE = step("examine", "examine", AGENCY["officer"], 3)
WAIT = step("wait", "supplement", APPLICANT, 5)

FINDS = {
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
