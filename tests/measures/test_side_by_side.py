"""What is put side by side is one sentence: single steps, requests with answers, blocks."""

from __future__ import annotations

from attrs import evolve

from measures.flows import both, chain, end, flow, start, step, xor
from tthc_flow.graph.consultations import rows_of_consultations, side_by_side
from tthc_flow.measures.differences import differences, sentence
from tthc_flow.model.actor import Performer
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import StepKind

FIRST, LAST = step("a", 1, name="Thẩm định hồ sơ"), step("z", 1, name="Dự thảo kết quả")
POLICE = Performer(name="Công an tỉnh", office="Công an tỉnh")
COMMUNE = Performer(name="UBND cấp xã", office="UBND cấp xã")
ASK, ANSWER = "Gửi lấy ý kiến", "Cho ý kiến"


def pair(number: str, body: Performer, ask: str = ASK, answer: str = ANSWER):
    return (
        step(f"ask{number}", 1, name=ask, kinds=(StepKind.CONSULT,)),
        step(f"say{number}", 5, name=answer, kinds=(StepKind.OPINION,), performer=body),
    )


def told(before, after):
    changes = differences(Procedure(flow=before), Procedure(flow=after))
    return [(each.code, sentence(each)) for each in changes if each.code != "change-added-node"]


def aside(before):
    """The flow with its one row of consultations side by side, as the lever draws it."""
    (row,) = rows_of_consultations(before)
    return side_by_side(before, row)


def test_requests_with_their_answers_are_told_side_by_side():
    one = pair("1", POLICE, "Hỏi Công an", "Công an trả lời")
    two = pair("2", COMMUNE, "Hỏi xã", "Xã trả lời")
    before = chain(FIRST, *one, *two, LAST)
    text = (
        "Thực hiện song song các bước “Hỏi Công an” – “Công an trả lời”, "
        "“Hỏi xã” – “Xã trả lời”, không chờ nhau."
    )
    assert told(before, aside(before)) == [("change-parallel", text)]


def test_what_has_one_name_is_told_apart_by_who_does_it():
    before = chain(FIRST, *pair("1", POLICE), *pair("2", COMMUNE), LAST)
    after = aside(before)
    text = (
        "Thực hiện song song các bước “Gửi lấy ý kiến” – “Cho ý kiến” (Công an tỉnh), "
        "“Gửi lấy ý kiến” – “Cho ý kiến” (UBND cấp xã), không chờ nhau."
    )
    assert told(before, after) == [("change-parallel", text)]
    changes = differences(Procedure(flow=before), Procedure(flow=after))
    (change,) = (each for each in changes if each.code == "change-parallel")
    assert change.was == ("ask1", "say1", "ask2", "say2")
    assert set(change.now) == {"Split_ask1", *change.was}


def test_a_single_opinion_beside_a_request_with_its_answer_is_told():
    alone = pair("2", COMMUNE)[1]
    before = chain(FIRST, *pair("1", POLICE), evolve(alone, name="Xã cho ý kiến"), LAST)
    text = (
        "Thực hiện song song các bước “Gửi lấy ý kiến” – “Cho ý kiến”, “Xã cho ý kiến”, "
        "không chờ nhau."
    )
    assert told(before, aside(before)) == [("change-parallel", text)]


def test_a_block_of_branches_put_beside_a_step_is_told():
    x, y, one = (step(each, 1, name=f"Hỏi {each}") for each in "XYO")
    nodes = (start(), FIRST, xor("g"), x, y, xor("h"), one, LAST, end())
    before = flow(nodes, "start a g X h O z end", "g Y h")
    after = flow(
        (*nodes, both("split"), both("join")),
        "start a split g X h join z end",
        "g Y h",
        "split O join",
    )
    text = "Thực hiện song song các bước “Hỏi X” – “Hỏi Y”, “Hỏi O”, không chờ nhau."
    assert told(before, after) == [("change-parallel", text)]


def test_what_changed_within_an_arm_is_told_beside_it():
    one, two, other = (step(each, 1, name=f"Hỏi {each}") for each in "XYO")
    nodes = (start(), FIRST, one, two, other, LAST, end())
    before = flow(nodes, "start a X Y O z end")
    after = flow(
        (*nodes, both("split"), both("join")), "start a split Y X join z end", "split O join"
    )
    assert told(before, after) == [
        (
            "change-parallel",
            "Thực hiện song song các bước “Hỏi Y” – “Hỏi X”, “Hỏi O”, không chờ nhau.",
        ),
        ("change-way-gone", "Bỏ đường đi từ bước “Hỏi X” tới bước “Hỏi Y”."),
        ("change-way-added", "Thêm đường đi từ bước “Hỏi Y” tới bước “Hỏi X”."),
    ]


def test_a_split_within_an_arm_is_a_sentence_of_its_own():
    x, y, other = (step(each, 1, name=f"Hỏi {each}") for each in "XYO")
    before = chain(FIRST, x, y, other, LAST)
    after = flow(
        (*before.nodes, both("s"), both("t"), both("s2"), both("t2")),
        "start a s s2 X t2 t z end",
        "s2 Y t2",
        "s O t",
    )
    assert told(before, after) == [
        (
            "change-parallel",
            "Thực hiện song song các bước “Hỏi X” – “Hỏi Y”, “Hỏi O”, không chờ nhau.",
        ),
        ("change-parallel", "Thực hiện song song các bước “Hỏi X”, “Hỏi Y”, không chờ nhau."),
    ]


def test_a_way_past_the_arms_is_none_of_them_and_told_by_itself():
    x, y = (step(each, 1, name=f"Hỏi {each}") for each in "XY")
    late = step("late", 1, name="Tổng hợp ý kiến")
    before = chain(FIRST, x, y, late, LAST)
    after = flow((*before.nodes, both("s"), both("t")), "start a s X t late z end", "s Y t", "s t")
    assert told(before, after) == [
        ("change-parallel", "Thực hiện song song các bước “Hỏi X”, “Hỏi Y”, không chờ nhau."),
        (
            "change-way-added",
            "Thêm đường đi từ bước “Thẩm định hồ sơ” tới bước “Tổng hợp ý kiến”.",
        ),
    ]
