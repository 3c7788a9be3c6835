"""With the share late of one dossier it is told how its limit was counted."""

from __future__ import annotations

import pytest

from expected.drawn import drawn, takes
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.model.procedure import Procedure
from tthc_flow.report.expectations import of_expectation
from tthc_flow.units import Duration


def notes(lang, limit):
    asked = Asked(given=takes(a=60), limit=limit)
    return of_expectation(expectation(Procedure(flow=drawn("a")), asked), lang)["notes"]


@pytest.mark.parametrize(
    ("lang", "unit", "amount", "told"),
    [
        (
            "vi",
            "working_day",
            2,
            "960 phút làm việc (2 ngày làm việc; 1 ngày làm việc là 480 phút)",
        ),
        ("en", "working_day", 2, "960 working minutes (2 working days; a working day is 480 min"),
        ("vi", "working_day", "1.5", "720 phút làm việc (1,5 ngày làm việc), kể từ lúc nhận, như"),
        ("en", "working_hour", 3, "180 working minutes (3 working hours) from the receipt on, as"),
    ],
)
def test_days_are_counted_as_480_minutes_which_a_simulation_does_not(lang, unit, amount, told):
    last = notes(lang, Duration(amount=amount, unit=unit))[-1]
    assert told in last
    assert ("147" in last) is (amount == 2)


def test_without_a_limit_nothing_is_told_of_it():
    assert len(notes("vi", None)) == 1
