"""Every documented branch is drawn where it belongs, and no other."""

from __future__ import annotations

import pytest

from small_tables import a, arrows, converted, outcomes
from tthc_flow.model.flow import Event, EventPosition, Gateway, Outcome, Trigger
from tthc_flow.tables.branches import ways_of
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.read import read_table


def test_a_supplement_waits_for_the_applicants_message_and_goes_back():
    procedure, codes = converted(
        a("1", "receive", ", branches: [{kind: supplement, text: thiếu}, {kind: pass, text: đủ}]"),
        a("2", "sign"),
    )
    assert arrows(procedure) == [
        "Start_1", "1_G1", "G1_Event_1_supplement", "Event_1_supplement_1", "G1_2", "2_End",
    ]  # fmt: skip
    assert outcomes(procedure) == {
        "G1_Event_1_supplement": Outcome.SUPPLEMENT,
        "G1_2": Outcome.OTHER,
    }
    wait = procedure.flow.by_id["Event_1_supplement"]
    assert isinstance(wait, Event)
    assert (wait.position, wait.trigger) == (EventPosition.CATCH, Trigger.MESSAGE)
    ends = {(message.source, message.target) for message in procedure.messages}
    assert {("Step_1", "Pool_applicant"), ("Pool_applicant", wait.id)} <= ends
    assert "table-supplement-target" in codes


def test_a_supplement_may_name_the_earlier_step_it_goes_back_to():
    branch = ", branches: [{kind: supplement, target: 1}]"
    procedure, codes = converted(a("1", "receive"), a("2", "examine", branch), a("3", "sign"))
    assert "Event_2_supplement_1" in arrows(procedure)
    assert "table-supplement-target" not in codes


def test_a_row_for_handing_in_is_the_wait_of_a_supplement_itself():
    branch = ", branches: [{kind: reject_or_return, text: trả lại, target: 1}]"
    procedure, _ = converted(a("1", "submit"), a("2", "examine", branch), a("3", "sign"))
    assert outcomes(procedure) == {"G2_1": Outcome.SUPPLEMENT, "G2_3": Outcome.OTHER}


def test_a_refusal_at_the_counter_ends_at_once():
    procedure, codes = converted(a("1", "receive", ", branches: [{kind: refuse}]"), a("2", "sign"))
    assert outcomes(procedure) == {"G1_End_1_refuse": Outcome.REFUSE, "G1_2": Outcome.OTHER}
    assert procedure.flow.by_id["End_1_refuse"].outcome is Outcome.REFUSE
    assert "table-refusal-moved" not in codes


def test_a_refusal_of_an_examination_stands_after_the_next_signature():
    procedure, codes = converted(
        a("1", "receive"),
        a("2", "examine", ", branches: [{kind: refuse}]"),
        a("3", "review"),
        a("4", "sign"),
        a("5", "return"),
    )
    assert outcomes(procedure) == {"G4_End_4_refuse": Outcome.REFUSE, "G4_5": Outcome.GRANT}
    assert "table-refusal-moved" in codes


def test_a_refusal_may_name_the_row_that_signs_it():
    branch = ", branches: [{kind: refuse, target: 3}]"
    procedure, codes = converted(a("1", "examine", branch), a("2", "sign"), a("3", "sign"))
    assert "G3_End_3_refuse" in arrows(procedure)
    assert "table-refusal-moved" not in codes


def test_a_refusal_that_nobody_signs_is_drawn_where_it_stands_and_reported():
    procedure, codes = converted(
        a("1", "examine", ", branches: [{kind: refuse}]"), a("2", "return")
    )
    assert "G1_End_1_refuse" in arrows(procedure)
    assert "table-refusal-unsigned" in codes


def test_rework_is_a_back_edge_and_withdrawal_an_end():
    branches = ", branches: [{kind: rework, target: 1}, {kind: withdraw}]"
    procedure, _ = converted(a("1", "examine"), a("2", "review", branches), a("3", "sign"))
    assert outcomes(procedure) == {
        "G2_1": Outcome.REWORK,
        "G2_End_2_withdraw": Outcome.WITHDRAW,
        "G2_3": Outcome.OTHER,
    }


def test_a_branch_may_skip_rows_or_go_straight_to_the_end():
    skip = ", branches: [{kind: pass, target: 4}]"
    end = ", branches: [{kind: pass, target: end}]"
    procedure, _ = converted(
        a("1", "examine", skip), a("2", "consult"), a("3", "sign", end), a("4", "sign")
    )
    assert outcomes(procedure) == {
        "G1_4": Outcome.OTHER,
        "G1_2": Outcome.OTHER,
        "G3_End_3_grant": Outcome.GRANT,
        "G3_4": Outcome.OTHER,
    }


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("hồ sơ không đủ điều kiện thì dự thảo văn bản thông báo", {Outcome.REFUSE}),
        ("văn bản trả, yêu cầu bổ sung hồ sơ không đủ điều kiện", {Outcome.SUPPLEMENT}),
        ("hồ sơ chưa đầy đủ", {Outcome.SUPPLEMENT}),
        ("hồ sơ cần bổ sung, không đủ điều kiện", {Outcome.SUPPLEMENT, Outcome.REFUSE}),
        ("chuyển hồ sơ giấy đến Sở", set()),
    ],
)
def test_reject_or_return_is_settled_by_its_words_and_always_reported(text, drawn):
    branch = f", branches: [{{kind: reject_or_return, text: '{text}'}}]"
    procedure, codes = converted(a("1", "receive", branch), a("2", "sign"))
    assert set(outcomes(procedure).values()) - {Outcome.OTHER, Outcome.GRANT} == drawn
    assert "table-reject-or-return" in codes


@pytest.mark.parametrize(
    ("branch", "code"),
    [
        ("{kind: other, text: nếu đăng ký}", "table-remark-branch"),
        ("{kind: pass, text: hồ sơ không đồng ý}", "table-pass-reads-negative"),
        ("{kind: pass, target: 1}", "table-pass-backwards"),
        ("{kind: rework}", "table-rework-target"),
        ("{kind: rework, target: 9}", "table-no-such-step"),
    ],
)
def test_a_branch_that_cannot_be_drawn_is_reported_and_not_drawn(branch, code):
    procedure, codes = converted(
        a("1", "receive"), a("2", "examine", f", branches: [{branch}]"), a("3", "sign")
    )
    assert code in codes
    assert not [node for node in procedure.flow.nodes if isinstance(node, Gateway)]


def test_a_refusal_is_signed_by_the_last_signature_before_the_result():
    rows = (
        "- {no: '1', content: Thẩm định hồ sơ, branches: [{kind: refuse}]}\n"
        "- {no: '2', content: Ký tờ trình, performer: Lãnh đạo Sở, kinds: [sign]}\n"
        "- {no: '3', content: Ký quyết định, performer: Chủ tịch UBND tỉnh, kinds: [sign]}\n"
        "- {no: '4', content: Trả kết quả, kinds: [return]}\n"
        "- {no: '5', content: Ký báo cáo, performer: Lãnh đạo Sở, kinds: [sign]}\n"
    )
    notes = Notes()
    (way,) = ways_of(read_table("steps:\n" + rows).table, notes)
    assert (way.at, way.outcome) == (2, Outcome.REFUSE)
    (moved,) = (each for each in notes.found if each.code == "table-refusal-moved")
    assert dict(moved.values)["target"] == "3"
