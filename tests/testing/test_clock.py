"""A clock that moves: forwards by time and by the calendar, backwards only on purpose."""

# ruff: noqa: DTZ001 - a moment without a zone is Vietnamese time: that is tested too

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from testing.small import LICENCE
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.errors import BadQuantity, StoreFault
from tthc_flow.moments import VIETNAM
from tthc_flow.testing import Clock, Desk
from tthc_flow.units import Duration, TimeUnit

FRIDAY = datetime(2026, 3, 6, 9)
YEAR = Calendar.load(2026)


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=VIETNAM)


def test_a_clock_stands_until_it_is_moved():
    clock = Clock(FRIDAY)
    assert (clock(), clock()) == (at(2026, 3, 6, 9), at(2026, 3, 6, 9))
    assert clock.tick(days=1, hours=2, minutes=3, seconds=4) == clock() == at(2026, 3, 7, 11, 3, 4)
    assert clock.to(datetime(2026, 3, 8, 0, tzinfo=UTC)) == clock() == at(2026, 3, 8, 7)
    assert repr(clock) == "Clock(2026-03-08T07:00:00+07:00)"


@pytest.mark.parametrize(
    ("by", "end"),
    [
        ("2 ngày làm việc", (2026, 3, 10, 17)),  # Monday and Tuesday
        ("4 giờ làm việc", (2026, 3, 6, 14)),  # three hours to noon, one after one o'clock
        ("1 giờ", (2026, 3, 6, 10)),
        (Duration(amount=3, unit=TimeUnit.CALENDAR_DAY), (2026, 3, 9, 17)),
    ],
)
def test_a_clock_goes_forward_to_where_a_period_ends(by, end):
    assert Clock(FRIDAY).forward(by, YEAR) == at(*end)


def test_a_bare_day_has_to_be_said_what_it_means():
    with pytest.raises(BadQuantity, match="TF107"):
        Clock(FRIDAY).forward("2 ngày", YEAR)
    found = Clock(FRIDAY).forward("2 ngày", YEAR, TimeUnit.WORKING_DAY)
    assert found == at(2026, 3, 10, 17)


TWICE = "2 ngày làm việc (tương đương với 9 giờ làm việc)"


@pytest.mark.parametrize("text", ["", "sớm", "trong ngày", "2 ngày hoặc 3 ngày", "-1 giờ", TWICE])
def test_a_text_that_says_no_length_is_refused(text):
    with pytest.raises(BadQuantity, match=r"TF121 .* says no length of time\n  → write e\.g\. '3"):
        Clock(FRIDAY).forward(text, YEAR)


def test_a_clock_goes_back_only_on_purpose():
    clock = Clock(FRIDAY)
    for move in (lambda: clock.tick(minutes=-1), lambda: clock.to(datetime(2026, 3, 6, 8, 59))):
        with pytest.raises(BadQuantity) as told:
            move()
        assert str(told.value) == (
            "TF122 the clock stands at 2026-03-06 09:00:00, which is after 2026-03-06 08:59:00\n"
            "  → clock.back(...) puts it back on purpose"
        )
        assert clock() == at(2026, 3, 6, 9)
    assert clock.back(minutes=1) == clock() == at(2026, 3, 6, 8, 59)


@pytest.mark.parametrize("days", [10**7, 10**12, float("inf"), float("nan")])
def test_a_moment_that_cannot_be_is_refused(days):
    for move in (Clock(FRIDAY).tick, Clock(FRIDAY).back):
        with pytest.raises(BadQuantity, match=r"TF122 from 2026.* cannot be moved by days="):
            move(days=days)


def test_an_engine_refuses_a_step_when_its_clock_was_put_back():
    with Desk(LICENCE.encode(), clock=Clock(FRIDAY)) as desk:
        desk.start()
        desk.clock.back(hours=1)
        with pytest.raises(StoreFault, match="TF711"):
            desk.do("check")
        assert desk.clock.tick(hours=1) == at(2026, 3, 6, 9)
        desk.do("check")
