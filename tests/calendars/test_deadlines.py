"""The table of deadlines counted by hand, each with its counting, against the library."""

from __future__ import annotations

from datetime import datetime

import pytest

from calendars.table import Case, cases
from tthc_flow.calendars.due import due
from tthc_flow.errors import BadQuantity

CASES = cases()


def answer(case: Case) -> str:
    try:
        end = due(case.start, case.duration, case.calendar, case.bare_day, case.stops)
    except BadQuantity as error:
        return error.code
    return "none" if end is None else end.isoformat(timespec="seconds")


def by_hand(case: Case) -> str:
    return datetime.fromisoformat(case.due).isoformat() if "T" in case.due[1:] else case.due


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"line-{case.line}")
def test_a_deadline_is_the_one_counted_by_hand(case):
    assert answer(case) == by_hand(case), case.why


def test_the_table_is_large_and_every_row_says_how_it_was_counted():
    assert len(CASES) >= 200
    assert all(case.why for case in CASES)
    asked = [
        (case.start, case.duration, case.bare_day, case.stops, case.calendar) for case in CASES
    ]
    assert len(set(asked)) == len(asked)
