"""How many people it takes, in words: the answer, other ways, what is open, how sure it is."""

from __future__ import annotations

import pytest
from attrs import evolve

from report.simulation.offices import simulated
from tthc_flow.model.lever import Verdict
from tthc_flow.report.simulation.capacity import (
    capacity_blocks,
    capacity_rows,
    capacity_told,
    of_capacity,
)
from tthc_flow.report.simulation.page import simulation_page
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.simulation.capacity import Capacity
from tthc_flow.simulation.confidence import Interval
from tthc_flow.simulation.staffing import Staffing


def people(*counts, late=0.02, half=0.01, verdict=Verdict.PASS):
    interval = Interval(mean=late, half=half)
    return Staffing(people=counts, late=interval, verdict=verdict, waits=(0.0, 0.0))


FOUND = Capacity(
    roles=("Chuyên viên", "Lãnh đạo"),
    now=(2, 2),
    least=(2, 1),
    exact=True,
    best=people(3, 2),
    others=(people(2, 3, late=0.03),),
    open=None,
    fewer=(people(2, 2, late=0.09, verdict=Verdict.FAIL),),
    many=people(8, 8, late=0.0, half=0.001),
    limit=0.05,
    priced=False,
    monotone=True,
    proven=True,
    runs=1234,
)


def told(found, lang="vi"):
    whole = evolve(simulated(changed=False), capacity=found)
    return list(capacity_told(of_capacity(whole), lang))


def test_the_answer_is_what_to_add_and_the_other_way_too():
    first, other, fewer, _, proof = told(FOUND)
    assert "không quá 5 % hồ sơ quá hạn" in first
    assert "5 người, thêm 1 “Chuyên viên”" in first
    assert "quá hạn 2 % (±1 %)" in first
    assert "thêm 1 “Lãnh đạo” (quá hạn 3 % (±1 %))" in other
    assert fewer == "Bớt 1 “Chuyên viên” thì không đạt: quá hạn 9 % (±1 %)."
    assert "1.234 lần mô phỏng" in proof
    assert (
        "Fewest people with whom at most 5 % are late: 5, 1 more “Chuyên viên”"
        in told(FOUND, "en")[0]
    )


def test_the_table_has_who_is_there_who_the_work_needs_and_who_it_takes():
    whole = evolve(simulated(changed=False), capacity=FOUND)
    heading, *rows = capacity_rows(of_capacity(whole), "vi")
    assert heading == ("Vai trò", "Hiện có", "Tối thiểu theo khối lượng việc", "Cần có")
    assert rows == [("Chuyên viên", "2", "2", "3"), ("Lãnh đạo", "2", "1", "2")]


def test_what_is_open_says_what_would_tell():
    """The interval of 4 % (±1.5 %) leaves 5 % out at (1.5 / 1)² = 2.25 times as many cases: 3."""
    maybe = people(2, 2, late=0.04, half=0.015, verdict=Verdict.UNKNOWN)
    lines = told(evolve(FOUND, open=maybe, others=()))
    assert "Chưa kết luận được với 4 người, như hiện có: quá hạn 4 % (±1,5 %)" in lines[1]
    assert "khoảng 3 lần số hồ sơ" in lines[2]
    assert not any("Bớt 1 “Chuyên viên”" in line for line in lines)
    at = people(2, 2, late=0.05, half=0.015, verdict=Verdict.UNKNOWN)
    assert "Không số hồ sơ nào kết luận được" in told(evolve(FOUND, open=at, others=()))[2]
    alone = evolve(FOUND, best=None, others=(), fewer=(), open=maybe)
    assert alone.verdict is Verdict.UNKNOWN
    assert told(alone)[0].startswith("Chưa kết luận được thêm người có đạt không")
    whole = evolve(simulated(changed=False), capacity=alone)
    assert capacity_rows(of_capacity(whole), "vi")[0][3] == "Chưa kết luận được"


def test_where_nobody_would_do_no_table_pretends_otherwise():
    bad = people(8, 8, late=0.2, verdict=Verdict.FAIL)
    none = evolve(FOUND, best=None, others=(), fewer=(), many=bad)
    assert none.verdict is Verdict.FAIL
    assert told(none)[0].startswith("Thêm người cũng không đạt")
    whole = evolve(simulated(changed=False), capacity=none)
    record = of_capacity(whole)
    assert not any("ít tốn hơn" in line for line in told(none))
    assert capacity_rows(record, "vi") == []
    assert [type(each).__name__ for each in capacity_blocks(record, "vi")] == [
        "Heading", "Paragraph", "Bullets",
    ]  # fmt: skip


def test_where_all_roles_are_unlimited_nothing_is_looked_for():
    all_ = people(late=0.02)
    free = evolve(FOUND, roles=(), now=(), least=(), best=all_, others=(), fewer=(), many=all_)
    (only,) = told(free)
    assert "Không có vai trò nào giới hạn số người" in only
    assert "quá hạn 2 % (±1 %)" in only
    whole = evolve(simulated(changed=False), capacity=free)
    assert capacity_rows(of_capacity(whole), "vi") == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"priced": True}, "Chi phí nhân lực thấp nhất"),
        ({"exact": False}, "tìm từ 1 người"),
        ({"monotone": False, "proven": False}, "nhiều người hơn mà kết quả lại kém hơn"),
        ({"proven": False}, "Đã dừng sau 1.234 lần mô phỏng"),
        ({"best": people(1, 3), "others": ()}, "bớt 1 “Chuyên viên”, thêm 1 “Lãnh đạo”"),
        (
            {"fewer": (people(2, 2, late=0.045, verdict=Verdict.UNKNOWN),)},
            "Bớt 1 “Chuyên viên” thì chưa chắc đạt",
        ),
    ],
)
def test_how_it_was_found_is_said(change, words):
    assert any(words in line for line in told(evolve(FOUND, **change)))


def test_the_page_and_the_record_of_a_change_tell_it_of_the_side_after():
    whole = evolve(simulated(changed=True), capacity=FOUND)
    record = of_simulation(whole, "vi")
    assert record["capacity"]["side"] == "after"
    page = simulation_page(record, "vi")
    assert "Cần bao nhiêu người" in page
    assert "Số người này là cho phía sau thay đổi" in page
    assert "Cần bao nhiêu người" not in simulation_page({**record, "capacity": None}, "vi")


def test_the_times_that_few_pass_have_their_changes_in_table_and_words():
    record = of_simulation(simulated(changed=True), "vi")
    change = record["quantile_differences"][0]["p50"]
    assert change["verdict"] == "less"
    assert change["least"] <= change["mean"] <= change["most"]
    assert record["quantile_differences"][0]["p99"] is not None
    (said,) = (each for each in record["statements"] if "50 % hồ sơ không vượt" in each)
    assert "giảm" in said
    page = simulation_page(record, "vi")
    assert said in page
