"""Two periods: a real change is seen, luck is not taken for one."""

from __future__ import annotations

import pytest

from by_hand import procedure_of
from calibrate.simulating import CALENDAR, FLOW, Log
from tthc_flow.calibration.calibrate import Reading, what_tells
from tthc_flow.calibration.event import Case
from tthc_flow.calibration.found import LogFound
from tthc_flow.calibration.periods import Verdict, compared
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.procedure import TotalTime
from tthc_flow.report.two_periods import of_periods, period_rows, statement
from tthc_flow.units import Duration, TimeUnit

LIMIT = Duration(amount=1, unit=TimeUnit.WORKING_DAY)
PROCEDURE = procedure_of(FLOW, total_time=TotalTime(duration=LIMIT))
READING = Reading(calendar=CALENDAR, names={})


def told(seed: int, cases: int = 60, **how: float) -> LogFound:
    named = (Case(id=f"{seed}/{c.id}", events=c.events) for c in Log(seed, **how).cases(cases))
    return what_tells(named, PROCEDURE, READING)


def test_a_change_that_is_real_is_said_to_be_so():
    periods = compared(told(1, 150), told(2, 150, faster=0.5, queue=10))
    assert periods.verdict is Verdict.LESS
    mean, median, late, tasks = periods.differences
    assert mean.change.value < 0
    assert median.verdict is Verdict.LESS
    assert late.verdict is Verdict.LESS
    assert 0 < late.after < late.before < 1
    assert tasks.verdict is Verdict.UNKNOWN  # the log says of no task whether it was late
    assert periods.shared == 0
    backwards = compared(periods.after, periods.before)
    assert backwards.verdict is Verdict.MORE
    assert backwards.differences[0].change.value == pytest.approx(-mean.change.value)


def test_luck_is_rarely_taken_for_a_change():
    verdicts = [
        compared(told(seed, 40), told(1000 + seed, 40)).verdict is Verdict.UNCLEAR
        for seed in range(40)
    ]
    assert sum(verdicts) / len(verdicts) >= 0.87


def test_cases_that_are_in_both_logs_are_counted():
    log = told(3)
    periods = compared(log, log)
    assert periods.shared == 60
    assert periods.findings[0].code == "log-case-in-both"
    assert periods.verdict is Verdict.UNCLEAR


def test_too_few_cases_say_nothing():
    with pytest.raises(UnreadableInput, match="TF276"):
        compared(told(4, 9), told(5, 60))


def test_the_statement_is_plain_in_both_languages():
    real = compared(told(1, 150), told(2, 150, faster=0.5, queue=10))
    luck = compared(told(6), told(7))
    assert statement(real, "vi").startswith("Thay đổi là thật: hồ sơ nhanh hơn, trung bình ")
    assert "-" not in statement(real, "en").partition("by ")[2].partition(" in the")[0]
    assert statement(luck, "vi").startswith("Chưa kết luận được")
    assert statement(luck, "en").startswith("Nothing can be concluded")
    assert len(period_rows(real, "en")) == 4
    record = of_periods(real, "en")
    assert record["verdict"] == "less"
    assert record["differences"][0]["change"]["method"] == "mover"
