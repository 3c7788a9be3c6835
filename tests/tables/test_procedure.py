"""A table becomes exactly the flow it documents: lanes, branches, pauses, readable ids."""

from __future__ import annotations

import pytest

from tthc_flow.measure.norm_time import norm_time
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event, EventPosition, Gateway, Outcome, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import TaskType
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table
from tthc_flow.units import DEFAULT_CONVENTION


def converted(*rows: str, head: str = ""):
    """Return the procedure and the finding codes of a table with one flow mapping a row."""
    listed = "".join(f"- {{{row}}}\n" for row in rows)
    reading = read_table(f"id: t\nname: a\nsource: b\n{head}steps:\n{listed}")
    procedure, doubts = to_procedure(reading.table)
    assert soundness(procedure.flow).verdict is Verdict.PASS
    return procedure, [finding.code for finding in doubts]


def a(no: str, kinds: str, more: str = "", performer: str = "Chuyên viên Sở Y tế") -> str:
    return (
        f"no: '{no}', content: Việc {no}, performer: {performer}, level: province, "
        f"kinds: [{kinds}], time: {{value: 1, unit: day}}{more}"
    )


def arrows(procedure) -> list[str]:
    return [edge.id.removeprefix("Flow_") for edge in procedure.flow.edges]


def outcomes(procedure) -> dict[str, str]:
    return {e.id.removeprefix("Flow_"): e.outcome for e in procedure.flow.edges if e.outcome}


def test_rows_follow_each_other_from_a_start_to_an_end_with_the_result():
    procedure, _ = converted(a("1", "receive"), a("2.2", "examine"), a("II.3b", "return"))
    assert arrows(procedure) == ["Start_1", "1_2_2", "2_2_II_3b", "II_3b_End"]
    assert [step.id for step in procedure.flow.steps] == ["Step_1", "Step_2_2", "Step_II_3b"]
    assert procedure.flow.by_id["End"].outcome is Outcome.GRANT


def test_a_repeated_step_number_gets_an_id_of_its_own_and_a_finding():
    procedure, codes = converted(a("1", "receive"), a("1", "sign"))
    assert [step.id for step in procedure.flow.steps] == ["Step_1", "Step_1_2"]
    assert "table-number-twice" in codes


def test_one_office_and_role_is_one_lane_whatever_the_wording():
    procedure, _ = converted(
        a("1", "examine"),
        a("2", "sign", performer="Lãnh đạo Sở Y tế"),
        a("3", "draft", performer="Công chức Sở Y tế"),
    )
    first, second, third = (step.lane for step in procedure.flow.steps)
    assert first == third != second
    assert len(procedure.flow.lanes) == 2


def test_the_applicant_is_a_black_box_that_sends_the_dossier_and_gets_the_result():
    procedure, _ = converted(a("1", "receive"), a("2", "sign"), a("3", "return"))
    applicant, agency = procedure.pools
    assert (applicant.name, applicant.process) == ("Tổ chức, cá nhân", None)
    assert agency.process == procedure.flow.id
    assert [(message.source, message.target) for message in procedure.messages] == [
        (applicant.id, "Step_1"),
        ("Step_3", applicant.id),
    ]


def test_a_step_of_the_applicant_has_a_lane_of_his_own_and_gets_no_message():
    his = a("1", "submit", performer="Cá nhân").replace("level: province", "level: citizen")
    again = a("3", "payment", performer="Người dân").replace("level: province", "level: citizen")
    procedure, _ = converted(his, a("2", "receive"), again, a("4", "return"))
    first, _, third, _ = procedure.flow.steps
    assert first.performer is not None
    assert first.performer.role is Role.APPLICANT
    assert first.lane == third.lane
    assert procedure.messages[0].target == "Step_2"


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


def test_the_clock_stands_still_between_a_pause_and_its_end():
    procedure, _ = converted(
        a("1", "payment", ", pause: true"),
        a("2", "payment"),
        a("3", "payment", ", unpause: true"),
    )
    assert [step.pauses_clock for step in procedure.flow.steps] == [False, True, False]
    time = norm_time(procedure.flow, DEFAULT_CONVENTION).work
    assert time is not None
    assert time.days == 2


def test_a_pause_that_no_row_fills_waits_for_the_applicants_message():
    procedure, _ = converted(
        a("1", "payment", ", pause: true"), a("2", "examine", ", unpause: true")
    )
    assert arrows(procedure) == ["Start_1", "1_Event_1_wait", "Event_1_wait_2", "2_End"]


def test_pauses_inside_a_row_with_tasks_count_too():
    tasks = ", tasks: [{name: báo, pause: true, time_as_printed: 1}, {name: nhận, unpause: true}]"
    procedure, codes = converted(a("1", "payment", tasks), a("2", "examine"))
    assert "1_Event_1_wait" in arrows(procedure)
    assert "table-nested-tasks" in codes
    assert "Việc nhỏ: báo (1)" in (procedure.flow.steps[0].documentation or "")


def test_a_row_in_which_the_applicant_completes_the_dossier_stops_the_clock():
    fix = a("2", "applicant_fix", ", role: unit", performer="Tổ chức thực hiện TTHC")
    procedure, _ = converted(a("1", "examine"), fix, a("3", "sign"))
    step = procedure.flow.steps[1]
    assert step.performer is not None
    assert (step.performer.role, step.pauses_clock) == (Role.APPLICANT, True)


def test_an_automatic_row_is_done_by_a_machine():
    procedure, _ = converted(a("1", "payment", ", automatic: true"), a("2", "sign"))
    assert [step.task for step in procedure.flow.steps] == [TaskType.SERVICE, TaskType.USER]


def test_a_long_content_is_kept_whole_beside_a_short_name():
    content = "- Sau khi có ý kiến, thẩm định hồ sơ theo quy định của pháp luật; " + "dài " * 40
    procedure, _ = converted(a("1", "examine").replace("Việc 1", f"'{content}'"))
    (step,) = procedure.flow.steps
    assert step.name == "Thẩm định hồ sơ theo quy định của pháp luật"
    assert step.documentation == content.strip()


def test_separate_duties_and_answers_point_to_steps_by_their_id():
    head = "answers: [{question: power-is-own, reply: yes, step: '2.2', source: Luật 72}]\n"
    procedure, codes = converted(
        a("1", "examine"), a("2.2", "sign", ", separate_from: ['1', '9']"), head=head
    )
    assert procedure.flow.steps[1].separate_from == {"Step_1"}
    assert procedure.answers[0].step == "Step_2_2"
    assert codes.count("table-no-such-step") == 1


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        ("Lãnh đạo Sở Y tế", ProcedureKind.WITHIN_AGENCY),
        ("UBND tỉnh", ProcedureKind.BETWEEN_AGENCIES),
    ],
)
def test_an_internal_procedure_is_between_agencies_when_more_than_one_office_works(second, kind):
    procedure, codes = converted(
        a("1", "examine"), a("2", "sign", performer=second), head="kind: tthc_noi_bo\n"
    )
    assert procedure.kind is kind
    assert procedure.pools[0].name == "Cơ quan, đơn vị đề nghị"
    assert "table-kind-assumed" in codes


@pytest.mark.parametrize(
    ("total", "code"),
    [
        ("{value: 2, unit: day}", "table-total-agrees"),
        ("{value: 3, unit: day}", "table-total-differs"),
        ("{value: 2, unit: working_day}", "table-units-mixed"),
    ],
)
def test_the_printed_total_is_compared_exactly(total, code):
    _, codes = converted(a("1", "receive"), a("2", "sign"), head=f"total_time: {total}\n")
    assert [each for each in codes if each.startswith(("table-total", "table-units"))] == [code]


def test_twenty_thousand_rows_convert_without_recursion():
    rows = "".join(f"- {{no: {n}, content: Ký, kinds: [sign]}}\n" for n in range(1, 15_001))
    procedure, _ = to_procedure(read_table(f"steps:\n{rows}").table)
    assert len(procedure.flow.edges) == 15_001
