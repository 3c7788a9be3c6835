"""A step that kept its id is the same one where its name only says more; and wider is no lower."""

from __future__ import annotations

from attrs import evolve

from measures.flows import procedure, step
from tthc_flow.measures.differences import differences, sentence
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.step import StepKind

CHAIR = Performer(
    name="Chủ tịch UBND tỉnh",
    role=Role.CHAIRPERSON,
    office="UBND tỉnh",
    levels=frozenset({Level.PROVINCE}),
)
RECEIVE = step("a", "0.5", name="Tiếp nhận hồ sơ", kinds=(StepKind.RECEIVE,))
EXAMINE = step("b", 3, name="Thẩm định hồ sơ")


def test_a_name_that_only_says_more_is_the_same_step_and_no_merge():
    sign = step("d", None, name="Ký giấy chứng nhận", kinds=(StepKind.SIGN,), performer=CHAIR)
    back = step("e", None, name="Trả kết quả, thống kê", kinds=(StepKind.RETURN,))
    online = evolve(back, name="Trả kết quả, thống kê (trực tuyến)", paper=False)
    before, after = procedure(RECEIVE, EXAMINE, sign, back), procedure(RECEIVE, EXAMINE, online)
    found = {each.code: (each.was, each.now) for each in differences(before, after)}
    assert found["change-removed-step"] == (("d",), ())
    assert found["change-renamed"] == (("e",), ("e",))
    assert "change-merged" not in found


def test_a_receipt_that_may_be_anywhere_is_wider_and_no_lower():
    here = step("e", "0.5", name="Vào sổ", performer=CHAIR)
    both_levels = evolve(CHAIR, levels=frozenset({Level.PROVINCE, Level.COMMUNE}))
    wider = evolve(here, performer=both_levels)
    (change,) = differences(procedure(RECEIVE, here), procedure(RECEIVE, wider))
    assert sentence(change).startswith("Mở rộng nơi thực hiện bước")
