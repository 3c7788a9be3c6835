"""`tthc-flow expect`: options, the printed table, the record, what lacks."""

from __future__ import annotations

import pytest

from cli.calling import Calls, problems
from verbs.test_expect import LOOP

KNOWN = ("--share", "back=20%", "--time", "A=1 ngày làm việc", "--time", "B=2 giờ làm việc")


@pytest.fixture
def loop(tmp_path):
    path = tmp_path / "loop.bpmn"
    path.write_bytes(LOOP)
    return path


def test_the_table_and_what_it_rests_on(tthc: Calls, loop):
    left = tthc("expect", loop, *KNOWN, "--limit", "10 giờ làm việc", "--hourly-cost", "60000")
    assert left.code == 0
    assert "1,5 ngày làm việc" in left.out
    assert "20 %" in left.out
    assert "720.000 đồng" in left.out
    assert "Giả định" in left.out
    assert "Còn thiếu" not in left.out


@pytest.mark.parametrize("share", ["back=0,2", "back=1/5", "back = 20 %"])
def test_a_share_may_be_written_as_people_write_it(tthc: Calls, loop, share):
    record = tthc("expect", loop, *KNOWN[2:], "--share", share, "--json").json
    assert record["times"]["alone"]["mean"] == pytest.approx(720)


def test_the_record_is_as_the_schema_says(tthc: Calls, loop):
    known = tthc("expect", loop, *KNOWN, "--json").json
    assert problems(known) == []
    assert known["effort"]["minutes"] == 720
    lacking = tthc("expect", loop, "--json", "--lang", "en").json
    assert problems(lacking) == []
    assert {each["what"] for each in lacking["missing"]} == {"share", "time"}


def test_what_lacks_is_told_with_what_to_do(tthc: Calls, loop):
    left = tthc("expect", loop, "--lang", "en")
    assert left.code == 0
    assert left.out.count("it is not known how long") == 2
    assert left.out.count("--time A=") == 1  # what to do is told once
    assert "not known yet" in left.out


def test_csv_holds_both_tables(tthc: Calls, loop):
    left = tthc("expect", loop, *KNOWN, "--csv")
    assert 'Tham dinh,"1,25",1 ngày làm việc' in left.out


@pytest.mark.parametrize(
    "wrong",
    [
        ("--share", "back"),
        ("--share", "back=often"),
        ("--time", "A="),
        ("--time", "A=1 giờ", "--time", "A=2 giờ"),
        ("--basis", "guess"),
    ],
)
def test_what_is_written_wrong_is_a_usage_error(tthc: Calls, loop, wrong):
    left = tthc("expect", loop, *wrong)
    assert left.code == 2
    assert "TF001" in left.err
