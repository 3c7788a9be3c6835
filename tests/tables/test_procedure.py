"""A table becomes exactly the flow it documents: lanes, branches, pauses, readable ids."""

from __future__ import annotations

import pytest
from attrs import evolve

from small_tables import a, arrows, converted
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Outcome
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import TaskType
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.convert import convert


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
    rows = "".join(f"- {{no: {n}, content: Ký, kinds: [sign]}}\n" for n in range(1, 20_001))
    procedure, _ = to_procedure(read_table(f"steps:\n{rows}").table)
    assert len(procedure.flow.edges) == 20_001


def test_a_doubt_about_a_step_names_its_element():
    rows = "steps:\n- content: Nhận\n  kinds: [receive]\n  branches: [{kind: supplement}]\n"
    _, doubts = to_procedure(read_table(rows).table)
    assert [(doubt.code, doubt.element, doubt.line) for doubt in doubts] == [
        ("table-supplement-target", "Step_1", 4)
    ]


def test_what_was_assumed_is_written_into_the_drawing_and_told_when_it_is_read():
    text = (
        "name: Thủ tục thử\nsteps:\n"
        "- {no: '1', content: Thẩm định hồ sơ, branches: [{kind: refuse}]}\n"
        "- {no: '2', content: Ký quyết định, performer: Chủ tịch UBND tỉnh, kinds: [sign]}\n"
    )
    procedure, findings = to_procedure(read_table(text).table)
    (moved,) = (each for each in findings if each.code == "table-refusal-moved")
    assert evolve(moved, line=None) in procedure.assumptions
    back = read(build(procedure, lay_out(procedure)).data)
    assert back.procedures[0].assumptions == procedure.assumptions
    assert set(procedure.assumptions) <= set(back.findings)
    told = [each.code for each in convert(text.encode()).findings]
    assert told.count("table-refusal-moved") == 1
