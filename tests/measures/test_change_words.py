"""Changes of a procedure as a whole, and the texts of all changes."""

from __future__ import annotations

import csv
import re
from importlib import resources

from attrs import evolve

from measures.edited_pairs import grown, pairs_of
from measures.flows import both, end, flow, procedure, start, step, xor
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.change import ChangeKind
from tthc_flow.measures.differences import differences, sentence
from tthc_flow.measures.wording import node_words
from tthc_flow.model.flow import Event, EventPosition, Lane, Outcome, Trigger
from tthc_flow.model.procedure import (
    ApplicantWork,
    CostItem,
    Document,
    PostCheck,
    Procedure,
    TotalTime,
)
from tthc_flow.model.source import Quantity
from tthc_flow.report.sentences import change as worded
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.verbs.opening import drawings_of, picked

BEFORE = procedure(step("a", 1, name="Tiếp nhận hồ sơ"), step("b", 3, name="Thẩm định hồ sơ"))


def told(before, after):
    return [(each.kind.value, sentence(each)) for each in differences(before, after)]


def test_a_gateway_with_several_ways_in_and_one_out_is_called_a_join():
    ways = "start x a j end", "x b j"
    for gateway, split, join in (
        (xor, "điểm rẽ nhánh", "điểm gộp"),
        (both, "điểm chia việc song song", "điểm gộp song song"),
    ):
        nodes = start(), gateway("x"), step("a"), step("b"), gateway("j"), end()
        drawn = flow(nodes, *ways)
        assert node_words(drawn, drawn.by_id["x"]) == split
        assert node_words(drawn, drawn.by_id["j"]) == f"{join} sau “a”"


def test_a_join_of_another_kind_is_told_as_a_join_and_one_that_got_an_arrow_is_not_retyped():
    ways = "start x a j end", "x b j"
    parts = start(), xor("x"), step("a"), step("b")
    before = Procedure(flow=flow((*parts, xor("j"), end()), *ways))
    other = Procedure(flow=flow((*parts, both("j"), end()), *ways))
    assert told(before, other) == [
        ("retyped", "Đổi điểm gộp sau “a”: từ điểm gộp thành điểm gộp song song.")
    ]
    more = Procedure(flow=flow((*parts, xor("j"), end()), *ways, "j a"))
    assert "retyped" not in {kind for kind, _ in told(before, more)}


def test_a_step_that_loses_its_performer_reads_well():
    before = procedure(step("a", 1), step("b", 1))
    after = procedure(step("a", 1, performer=None), step("b", 1))
    assert told(before, after) == [
        ("moved", "Chuyển bước “a” từ Chuyên viên, Sở Nội vụ sang người thực hiện chưa rõ.")
    ]


def test_limit_dossier_and_cost_sheet_have_their_sentences():
    one = evolve(
        BEFORE,
        total_time=TotalTime(duration=Duration(amount=10, unit=TimeUnit.WORKING_DAY)),
        documents=(Document(name="Đơn"), Document(name="Bản sao căn cước")),
        work=(
            ApplicantWork(item=CostItem.FEE, name="Lệ phí", other=Quantity(value=500_000)),
            ApplicantWork(item=CostItem.SUBMIT, name="Đi lại", hours=Quantity(value=4)),
        ),
    )
    two = evolve(
        BEFORE,
        total_time=TotalTime(duration=Duration(amount=7, unit=TimeUnit.WORKING_DAY)),
        documents=(Document(name="Đơn", known_in="CSDL quốc gia về dân cư"),),
        work=(ApplicantWork(item=CostItem.FEE, name="Lệ phí", other=Quantity(value=250_000)),),
        post_check=PostCheck(share=Quantity(value="0.2"), hours=Quantity(value=8)),
    )
    assert [text for _, text in told(one, two)] == [
        "Thời hạn giải quyết đổi từ 10 ngày làm việc thành 7 ngày làm việc.",
        "Bỏ thành phần hồ sơ “Bản sao căn cước”.",
        (
            "Thành phần hồ sơ “Đơn” khai thác từ CSDL quốc gia về dân cư, "
            "người nộp không phải cung cấp."
        ),
        "Người nộp hồ sơ không còn phải chịu mục “Đi lại” (4 giờ).",
        "Chi phí mục “Lệ phí” đổi từ chi phí khác 500.000 đồng thành chi phí khác 250.000 đồng.",
        "Thêm kiểm tra theo mẫu sau khi trả kết quả: kiểm tra 20 % số hồ sơ, 8 giờ một lần.",
    ]


def test_every_sentence_has_its_places_filled():
    table = resources.files("tthc_flow.words").joinpath("messages", "change.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert all(all(row.values()) for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)


def test_every_kind_of_change_has_its_sentence_in_both_languages():
    told = {}
    for pair in (each for seed in range(12) for each in pairs_of(*grown(seed), 6)):
        readings = read(pair.before), read(pair.after)
        one, two = (picked(*each) for each in zip(readings, pair.processes, strict=True))
        drawings = drawings_of(readings[0], one), drawings_of(readings[1], two)
        for change in differences(one, two, drawings):
            told.setdefault(change.kind, []).append((worded(change, "vi"), worded(change, "en")))
    assert set(told) == set(ChangeKind) - {ChangeKind.RESTATED}  # see the next test
    for sentences in told.values():
        for vietnamese, english in sentences:
            assert vietnamese != english
            assert vietnamese.endswith(".")
            assert english.endswith(".")
            assert not {"bước", "ngày", "giờ", "hình", "điểm"} & set(unquoted(english).split())


def unquoted(sentence_):
    """The words of a sentence that are ours: without the names that stand in quotes."""
    return re.sub("“[^”]*”", "", sentence_)


def test_facts_of_events_and_gateways_have_their_sentences():
    nodes = (start(), step("a", 1, name="Ký"), step("b", 1, name="Gửi"), end())
    late = Event(
        id="late",
        name="Quá hạn",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.TIMER,
        attached_to="a",
        lane="l1",
    )
    lanes = (Lane(id="l1", name="Phòng A"), Lane(id="l2", name="Phòng B"))
    one = flow((*nodes, late), "start a b end", lanes=lanes)
    moved = evolve(
        late,
        trigger=Trigger.MESSAGE,
        attached_to="b",
        outcome=Outcome.REFUSE,
        interrupting=False,
        lane="l2",
    )
    two = evolve(one, nodes=(*nodes, moved))
    changes = differences(Procedure(flow=one), Procedure(flow=two))
    assert [worded(each) for each in changes] == [
        (
            "Đổi sự kiện gắn vào bước “Quá hạn”: từ sự kiện gắn vào bước, theo thời gian thành "
            "sự kiện gắn vào bước, theo thông điệp, không làm dừng việc đang làm."
        ),
        "Chuyển sự kiện gắn vào bước “Quá hạn”: từ Phòng A sang Phòng B.",
        "Đổi ý nghĩa của sự kiện gắn vào bước “Quá hạn” từ “không có” thành “từ chối”.",
        (
            "Chuyển sự kiện gắn vào bước “Quá hạn” sang gắn vào bước “Gửi”, "
            "trước đây gắn vào bước “Ký”."
        ),
    ]
    assert worded(changes[0], "en") == (
        "Changed boundary event “Quá hạn”: from boundary event, timer to "
        "boundary event, message, non-interrupting."
    )


def test_the_drawing_alone_is_one_sentence_a_diagram():
    nodes = (start(), step("a", 1, name="Ký"), end())
    given = Procedure(flow=flow(nodes, "start a end"))
    drawing = lay_out(given)
    box = drawing.shapes["a"]
    wide = evolve(box, bounds=evolve(box.bounds, width=200))
    other = evolve(drawing, shapes={**drawing.shapes, "a": wide})
    (told,) = differences(given, given, ((drawing, drawing), (drawing, other)))
    assert worded(told) == "Chỉ đổi hình vẽ 2: đổi cỡ 1 hình; nội dung quy trình giữ nguyên."
    assert worded(told, "en") == (
        "Only drawing 2 changed: shapes resized: 1; the procedure is the same."
    )
    assert (told.was, told.now, told.element) == (("a",), ("a",), None)
    assert differences(given, given, ((drawing,), ())) == ()
