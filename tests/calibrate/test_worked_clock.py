"""The fast count of office hours is the one that is used everywhere else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calendars.stops import worked_minutes
from tthc_flow.calibration.worked_clock import WorkedClock, minutes
from tthc_flow.errors import BadQuantity
from tthc_flow.moments import VIETNAM

CALENDAR = Calendar.load(2025, 2026)
CLOCK = WorkedClock(CALENDAR)
FIRST = datetime(2025, 1, 1, tzinfo=VIETNAM)
moments = st.timedeltas(timedelta(0), timedelta(days=729)).map(lambda since: FIRST + since)


@given(moments, moments)
@settings(max_examples=150)  # the other count walks through every day
def test_it_counts_as_the_calendar_does(start, end):
    assert minutes(CLOCK.between(start, end)) == worked_minutes(start, end, CALENDAR)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_an_open_moment_is_worked(moment, span):
    later = moment + span
    if CLOCK.covers(later) and CLOCK.between(moment, later) == span // timedelta(microseconds=1):
        assert not span or CLOCK.is_open(moment)


def test_a_year_without_calendar_is_refused():
    with pytest.raises(BadQuantity, match="TF106"):
        CLOCK.between(datetime(2026, 1, 5, tzinfo=VIETNAM), datetime(2031, 1, 5, tzinfo=VIETNAM))
