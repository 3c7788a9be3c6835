"""The picture of a deployed diagram, coloured by what its dossiers have taken."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from dossiers.licence import LICENCE, told
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.errors import BadQuantity
from tthc_flow.verbs.heat_map import heat_map

CALENDAR = Calendar.load(2026)


@pytest.fixture(scope="module")
def rows():
    engine, _, _ = told()
    with engine:
        return list(engine.audit.log())


def words(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter()]  # noqa: S314 - ours


def test_each_step_wears_the_median_of_its_measured_time_and_the_unknown_a_question_mark(rows):
    shown = words(heat_map(LICENCE, rows, calendar=CALENDAR))
    assert {"2,47 ngày", "3 ngày", "0,25 ngày", "0,5 ngày", "?"} <= set(shown)
    assert any("thời gian thực tế (trung vị của 7 lượt xử lý)" in each for each in shown)


def test_waiting_is_another_picture_and_another_language_too(rows):
    shown = words(heat_map(LICENCE, rows, calendar=CALENDAR, heat="wait", lang="en"))
    assert {"0.75 days", "0.13 days", "0 days"} <= set(shown)
    assert any("measured waiting (median of 7 tasks)" in each for each in shown)


def test_rows_of_other_versions_are_left_out_where_one_is_asked_for(rows):
    shown = words(heat_map(LICENCE, rows, calendar=CALENDAR, version=2))
    assert "2,47 ngày" not in shown
    assert shown.count("?") >= 5


def test_what_no_log_can_tell_is_refused(rows):
    with pytest.raises(BadQuantity, match="TF110"):
        heat_map(LICENCE, rows, calendar=CALENDAR, heat="level")
