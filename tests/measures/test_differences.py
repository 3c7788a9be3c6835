"""Differences of two procedures: exactly what was changed, and how staff read it."""

from __future__ import annotations

import pytest
from attrs import evolve

from measures.flows import OFFICER, both, chain, days, end, flow, procedure, start, step, xor
from tthc_flow.measures.change import ChangeKind
from tthc_flow.measures.differences import differences, sentence
from tthc_flow.measures.regrouped import merged
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import Flow, Lane, Outcome, SubProcess
from tthc_flow.model.procedure import (
    Procedure,
)
from tthc_flow.model.step import StepKind, StepTime, TaskType
from tthc_flow.units import TimeUnit

OFFICE = Performer(name="Văn phòng UBND tỉnh", office="Văn phòng UBND tỉnh")
CHAIR = Performer(
    name="Chủ tịch UBND tỉnh",
    role=Role.CHAIRPERSON,
    office="UBND tỉnh",
    levels=frozenset({Level.PROVINCE}),
)
COMMUNE = Performer(
    name="Chủ tịch UBND xã",
    role=Role.CHAIRPERSON,
    office="UBND xã",
    levels=frozenset({Level.COMMUNE}),
)
RECEIVE = step("a", "0.5", name="Tiếp nhận hồ sơ", kinds=(StepKind.RECEIVE,))
EXAMINE = step("b", 3, name="Thẩm định hồ sơ")
AGAIN = step("c", "1.25", name="Thẩm tra hồ sơ", performer=OFFICE, kinds=(StepKind.REEXAMINE,))
SIGN = step("d", 1, name="Ký quyết định", performer=CHAIR, kinds=(StepKind.SIGN,))
STAMP = step("e", "0.5", name="Vào sổ, đóng dấu", kinds=(StepKind.NUMBER_AND_STAMP,))
BEFORE = procedure(RECEIVE, EXAMINE, AGAIN, SIGN, STAMP)


def told(before, after):
    return [(each.kind.value, sentence(each)) for each in differences(before, after)]


def only(before_step, after_step):
    return told(procedure(RECEIVE, before_step), procedure(RECEIVE, after_step))


def renumbered(given: Procedure) -> Procedure:
    """The same drawing as another tool saves it: every id new."""
    new = {node.id: f"Activity_{index:03}" for index, node in enumerate(given.flow.nodes)}
    nodes = tuple(evolve(node, id=new[node.id]) for node in given.flow.nodes)
    edges = tuple(
        evolve(edge, id=f"Flow_{index}", source=new[edge.source], target=new[edge.target])
        for index, edge in enumerate(given.flow.edges)
    )
    return evolve(given, flow=evolve(given.flow, nodes=nodes, edges=edges))


def test_a_procedure_does_not_differ_from_itself():
    assert differences(BEFORE, BEFORE) == ()
    assert differences(BEFORE, evolve(BEFORE, flow=evolve(BEFORE.flow))) == ()


def test_new_ids_alone_are_no_difference():
    assert differences(BEFORE, renumbered(BEFORE)) == ()


def test_a_removed_step_is_one_change_and_its_join_none():
    sentences = [("removed", "Bỏ bước “Thẩm tra hồ sơ” (Văn phòng UBND tỉnh, 1,25 ngày làm việc).")]
    after = procedure(RECEIVE, EXAMINE, SIGN, STAMP)
    assert told(BEFORE, after) == sentences
    assert told(BEFORE, renumbered(after)) == sentences


def test_an_added_step_is_one_change():
    assert told(procedure(RECEIVE, EXAMINE, SIGN, STAMP), BEFORE) == [
        ("added", "Thêm bước “Thẩm tra hồ sơ” (Văn phòng UBND tỉnh, 1,25 ngày làm việc).")
    ]


def test_ids_shifted_by_a_cut_do_not_turn_steps_into_each_other():
    one = procedure(step("s1", 1, name="Một"), step("s2", 2, name="Hai"), step("s3", 3, name="Ba"))
    two = procedure(step("s1", 1, name="Một"), step("s2", 3, name="Ba"))
    assert [(each.kind, each.element) for each in differences(one, two)] == [
        (ChangeKind.REMOVED, "s2")
    ]


def test_two_steps_of_one_name_are_told_apart_by_their_neighbours():
    one = procedure(step("p", 1, name="Ký"), step("q", 1, name="Soát"), step("r", 2, name="Ký"))
    two = procedure(step("x", 1, name="Soát"), step("y", 2, name="Ký"))
    assert [(each.kind, each.element) for each in differences(one, two)] == [
        (ChangeKind.REMOVED, "p")
    ]


@pytest.mark.parametrize(
    ("after", "kind", "text"),
    [
        (
            evolve(SIGN, performer=COMMUNE),
            "moved",
            (
                "Phân cấp bước “Ký quyết định” từ Chủ tịch UBND tỉnh (cấp tỉnh) xuống "
                "Chủ tịch UBND xã (cấp xã)."
            ),
        ),
        (
            evolve(SIGN, performer=OFFICER),
            "moved",
            "Chuyển bước “Ký quyết định” từ Chủ tịch UBND tỉnh sang Chuyên viên, Sở Nội vụ.",
        ),
        (
            evolve(SIGN, performer=evolve(CHAIR, levels=frozenset({Level.COMMUNE}))),
            "moved",
            "Phân cấp bước “Ký quyết định” từ cấp tỉnh xuống cấp xã.",
        ),
        (
            evolve(SIGN, time=days("0.5")),
            "retimed",
            "Rút ngắn thời gian bước “Ký quyết định” từ 1 ngày làm việc xuống 0,5 ngày làm việc.",
        ),
        (
            evolve(SIGN, time=days(2)),
            "retimed",
            "Kéo dài thời gian bước “Ký quyết định” từ 1 ngày làm việc lên 2 ngày làm việc.",
        ),
        (
            evolve(SIGN, time=days(4, TimeUnit.WORKING_HOUR)),
            "retimed",
            "Đổi thời gian bước “Ký quyết định” từ 1 ngày làm việc thành 4 giờ làm việc.",
        ),
        (
            evolve(SIGN, time=StepTime()),
            "retimed",
            "Không còn quy định thời gian bước “Ký quyết định” (trước là 1 ngày làm việc).",
        ),
        (
            evolve(SIGN, pauses_clock=True),
            "retimed",
            "Không tính thời gian bước “Ký quyết định” vào thời hạn giải quyết.",
        ),
        (
            evolve(SIGN, name="Phê duyệt"),
            "renamed",
            "Đổi tên bước “Ký quyết định” thành “Phê duyệt”.",
        ),
        (
            evolve(SIGN, task=TaskType.SERVICE),
            "retyped",
            "Bước “Ký quyết định” do hệ thống tự động thực hiện.",
        ),
        (
            evolve(SIGN, decides=True),
            "restated",
            "Đổi quyền quyết định của bước “Ký quyết định” từ “chưa rõ” thành “có”.",
        ),
    ],
)
def test_one_changed_fact_is_one_sentence(after, kind, text):
    assert only(SIGN, after) == [(kind, text)]


def test_another_way_of_writing_the_same_name_or_performer_is_no_difference():
    retyped = evolve(SIGN, name="KÝ  quyết định", performer=evolve(CHAIR, name="Ô. Chủ tịch"))
    assert only(SIGN, retyped) == []


def test_merged_handling_is_one_change_and_not_a_cut():
    both_at_once = evolve(
        SIGN,
        name="Ký quyết định; Vào sổ, đóng dấu",
        kinds=(StepKind.SIGN, StepKind.NUMBER_AND_STAMP),
        time=days("1.5"),
    )
    text = (
        "Gộp 2 bước “Ký quyết định”, “Vào sổ, đóng dấu” thành một bước "
        "“Ký quyết định; Vào sổ, đóng dấu” (Chủ tịch UBND tỉnh, 1,5 ngày làm việc)."
    )
    after = procedure(RECEIVE, EXAMINE, AGAIN, both_at_once)
    assert told(BEFORE, after) == [("merged", text)]
    anew = procedure(RECEIVE, EXAMINE, AGAIN, evolve(both_at_once, id="z", name="Ký và đóng dấu"))
    assert [each.kind for each in differences(BEFORE, anew)] == [ChangeKind.MERGED]


@pytest.mark.parametrize(("name", "many"), [("Đọc và ghi", ("r", "w")), ("Xem hồ sơ", ())])
def test_steps_of_unknown_kinds_are_merged_into_a_new_one_that_names_them(name, many):
    row = [step(id_, 1, name=told, kinds=()) for id_, told in (("r", "Đọc"), ("w", "Ghi"))]
    before, new = chain(RECEIVE, *row, SIGN), step("new", 2, name=name, kinds=())
    stayed = {each: each for each in ("start", "a", "d", "end")}
    groups = merged(before, chain(RECEIVE, new, SIGN), stayed)
    assert [tuple(each.id for each in group.many) for group in groups] == ([many] if many else [])


def test_a_split_is_a_merge_read_backwards():
    at_once = evolve(SIGN, kinds=(StepKind.SIGN, StepKind.NUMBER_AND_STAMP), time=days("1.5"))
    found = differences(procedure(RECEIVE, at_once), procedure(RECEIVE, SIGN, STAMP))
    assert [each.kind for each in found] == [ChangeKind.SPLIT]
    assert sentence(found[0]) == (
        "Tách bước “Ký quyết định” thành 2 bước “Ký quyết định”, “Vào sổ, đóng dấu”."
    )


def test_a_cut_next_to_an_untouched_step_is_no_merge():
    twice = procedure(RECEIVE, EXAMINE, step("b2", 3, name="Thẩm định lần hai"), SIGN)
    found = differences(twice, procedure(RECEIVE, EXAMINE, SIGN))
    assert [(each.kind, each.element) for each in found] == [(ChangeKind.REMOVED, "b2")]


def test_steps_put_side_by_side_are_one_sentence():
    one, two = step("x", 5, name="Hỏi Sở A"), step("y", 5, name="Hỏi Sở B")
    row = procedure(RECEIVE, one, two, SIGN)
    nodes = (start(), RECEIVE, both("split"), one, two, both("join"), SIGN, end())
    ways = ("start a split x join d end", "split y join")
    found = told(row, Procedure(flow=flow(nodes, *ways)))
    assert ("rerouted", "Thực hiện song song các bước “Hỏi Sở A”, “Hỏi Sở B”, không chờ nhau.") in (
        found
    )
    assert [kind for kind, _ in found] == ["added", "added", "rerouted"]


def test_a_way_led_elsewhere_names_both_ends():
    nodes = (start(), RECEIVE, xor("x", name="Đạt?"), SIGN, STAMP, end())
    one = Procedure(flow=flow(nodes, "start a x d e end", "x a"))
    two = Procedure(flow=flow(nodes, "start a x d e end", "x e"))
    assert told(one, two) == [
        (
            "rerouted",
            (
                "Sau điểm rẽ nhánh “Đạt?”, hồ sơ chuyển tới bước “Vào sổ, đóng dấu”, "
                "không tới bước “Tiếp nhận hồ sơ” như trước."
            ),
        )
    ]


def test_what_a_branch_means_is_a_fact_of_its_own():
    nodes = (start(), xor("x"), SIGN, end("no", name="Từ chối"), end())
    one = flow(nodes, "start x d end", "x no")
    edges = tuple(
        evolve(edge, outcome=Outcome.REFUSE) if edge.id == "x-no" else edge for edge in one.edges
    )
    found = differences(Procedure(flow=one), Procedure(flow=evolve(one, edges=edges)))
    assert [(each.kind, each.element) for each in found] == [(ChangeKind.RESTATED, "x-no")]


def test_a_check_moved_behind_the_grant_is_told_as_post_inspection():
    inside = SubProcess(id="s", name="Kiểm tra")
    nodes = (start(), RECEIVE, inside, evolve(EXAMINE, scope="s"), end())
    one = flow(nodes, "start a s end")
    two = evolve(one, nodes=(*nodes[:2], evolve(inside, outside_clock=True), *nodes[3:]))
    found = told(Procedure(flow=one), Procedure(flow=two))
    text = "Chuyển bước “Thẩm định hồ sơ” sang hậu kiểm, thực hiện sau khi trả kết quả."
    assert ("moved", text) in found
    assert len(found) == 2


def test_a_check_taken_into_a_post_inspection_is_a_move_and_its_frame_one_addition():
    frame = SubProcess(id="h", name="Hậu kiểm sau khi cấp", outside_clock=True)
    inside = evolve(EXAMINE, id="h1", name="Hậu kiểm: Thẩm định hồ sơ", scope="h")
    nodes = (
        start(),
        RECEIVE,
        SIGN,
        frame,
        start("i", scope="h"),
        xor("g", scope="h"),
        inside,
        end("o", scope="h"),
        end(),
    )
    found = differences(
        procedure(RECEIVE, EXAMINE, SIGN),
        Procedure(flow=flow(nodes, "start a d h end", "i g h1 o")),
    )
    assert [(each.kind.value, each.was, each.now) for each in found] == [
        ("moved", ("b",), ("h1",)),
        ("added", (), ("h", "i", "g", "o")),
    ]


def test_who_drops_out_of_the_flow_is_told():
    lanes = (Lane(id="l1", name="Sở Nội vụ"), Lane(id="l2", name="Văn phòng UBND tỉnh"))
    one = evolve(BEFORE, flow=evolve(BEFORE.flow, lanes=lanes))
    two = evolve(BEFORE, flow=evolve(BEFORE.flow, lanes=lanes[:1]))
    assert told(one, two) == [("removed", "Văn phòng UBND tỉnh không còn tham gia quy trình.")]


def test_a_thousand_steps_are_compared_in_a_moment():
    many = [step(f"s{each}", 1, name=f"Bước {each}") for each in range(1_000)]
    one = Procedure(flow=chain(*many))
    two = Procedure(flow=chain(*(each for index, each in enumerate(many) if index % 10)))
    assert len(differences(one, two)) == 100
    assert isinstance(two.flow, Flow)
