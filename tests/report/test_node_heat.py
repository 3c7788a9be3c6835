"""What the event log says of each node: counted by hand on one dossier."""

from __future__ import annotations

from fractions import Fraction
from statistics import mean, median

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from dossiers.licence import told
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.log_row import Ended, Wait
from tthc_flow.report.node_heat import _spread, node_heats

CALENDAR = Calendar.load(2026)


@pytest.fixture(scope="module")
def rows():
    engine, _, _ = told()
    with engine:
        return list(engine.audit.log())


def test_office_hours_are_counted_and_what_stood_still_is_waiting(rows):
    found = {each.node: each for each in node_heats(rows, procedure="P", calendar=CALENDAR)}
    assert list(found) == ["check", "full", "give", "more", "receive", "sign"]
    parts = {
        node: (int(each.time.median), int(each.work.median), int(each.waiting.median))
        for node, each in found.items()
        if each.time is not None
    }
    assert parts == {
        "check": (1185, 825, 360),  # 900 and 1470 minutes; 420 in the queue, 300 suspended
        "full": (15, 15, 0),
        "more": (1440, 0, 1440),  # the clock stood all the time
        "receive": (120, 60, 60),
        "sign": (240, 240, 0),
    }
    check = found["check"]
    assert (check.visits, check.open, check.late, check.due) == (2, 0, 1, 2)
    assert check.late_share == Fraction(1, 2)
    assert (check.time.count, check.time.mean, check.time.p90) == (2, 1185, 1470)
    give = found["give"]
    assert (give.visits, give.open, give.time, give.late_share) == (1, 1, None, None)


def test_without_a_calendar_minutes_are_counted_as_they_pass(rows):
    found = {each.node: each for each in node_heats(rows)}
    receive, more = found["receive"], found["more"]
    assert (receive.time.mean, receive.work.mean, receive.waiting.mean) == (120, 60, 60)
    assert (more.time.mean, more.work.mean) == (5 * 24 * 60, 0)


def test_other_procedures_and_versions_are_left_out(rows):
    assert node_heats(rows, procedure="Q") == ()
    assert node_heats(rows, version=2) == ()
    assert len(node_heats(rows, version=1)) == 6


def test_an_incident_is_counted_and_what_was_taken_off_gives_no_time(rows):
    wait = Wait(kind="incident", since=rows[0].created, until=rows[0].complete)
    (found,) = node_heats([evolve(rows[0], waits=(wait, wait), ended=Ended.WITHDRAWN)])
    assert (found.incidents, found.visits, found.withdrawn, found.time) == (2, 1, 1, None)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=40))
def test_mean_median_and_p90_are_those_of_the_numbers(minutes):
    found = _spread([Fraction(each) for each in minutes])
    assert found.mean == mean(map(Fraction, minutes))
    assert found.median == median(map(Fraction, minutes))
    assert sum(each <= found.p90 for each in minutes) * 10 >= 9 * len(minutes)
    assert sum(each < found.p90 for each in minutes) * 10 < 9 * len(minutes)
    assert found.p90 in minutes
