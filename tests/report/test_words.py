"""What the report says: answers to give, steps by number, targets, growth, what is unknown."""

from __future__ import annotations

from report.told import COUNCIL, PICTURES, PRESS, record
from tthc_flow.bpmn.read import read
from tthc_flow.checks import check
from tthc_flow.measures.wording import step_time_words
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepTime
from tthc_flow.proof.gates.questions import questions
from tthc_flow.report.answering import answering, open_questions
from tthc_flow.report.blocks import Case
from tthc_flow.report.cases import told_apart
from tthc_flow.report.figures import norm_time
from tthc_flow.report.markdown import markdown
from tthc_flow.report.page import page
from tthc_flow.report.sentences import finding, labels_of, law_reasons
from tthc_flow.report.story import story


def test_every_open_question_is_told_once_with_whom_to_ask_its_steps_and_its_id():
    open_record = record(COUNCIL)
    told = markdown(story(open_record), PICTURES).replace("\\", "")
    asked = open_questions(open_record)
    assert asked
    rows = told.split("## Cách trả lời")[1].split("##")[0].splitlines()
    for each in asked:
        question = questions()[each.question]
        (row,) = (line for line in rows if f"| {each.question} |" in line)
        assert row.startswith(f"| {question.ask} | {question.vi} |")
        assert all(step in row for step in each.steps)
        assert "tthc-flow ask" in told


def test_whom_to_ask_stands_together():
    rows = answering(record(COUNCIL), "vi")[0].blocks[1].rows
    whom = [row[0] for row in rows]
    assert whom == sorted(whom)
    assert len(set(whom)) > 1


def test_steps_are_told_by_their_number():
    told = markdown(story(record(PRESS)), PICTURES)
    numbered = [step for step in read(PRESS).procedures[0].flow.steps if step.number == "4"]
    assert f"bước 4 “{numbered[0].name}”" in told.replace("\\", "")


def test_an_internal_procedure_is_held_against_its_own_target():
    changed = record(PRESS)
    changed["procedure"]["kind"] = "within_agency"
    text = markdown(story(changed), PICTURES)
    assert "1085/QĐ-TTg ngày 15/9/2022" in text
    assert "66/NQ-CP" not in text
    assert "mục tiêu năm 2025" not in text
    assert "Năm 2025" not in page(story(changed), PICTURES)


def test_the_report_says_what_before_is_unless_it_is_the_baseline():
    changed = record(PRESS)
    said = "trong tệp (nguồn: QĐ 2969/QĐ-UBND tỉnh Sơn La, ngày 21/11/2025), có thể không phải"
    assert said in markdown(story(changed), PICTURES).replace("\\", "")
    changed["procedure"]["baseline"] = True
    assert "“Trước” ở đây" not in markdown(story(changed), PICTURES)


def test_a_time_that_grows_is_called_growth_and_no_cut():
    changed = record(PRESS)
    changed["plan"]["cut"]["time"] = -0.1
    text = markdown(story(changed), PICTURES)
    assert "Thời gian giải quyết tăng 10 %." in text
    assert "tăng 10 % |" in text
    assert "-10 %" not in text + page(story(changed), PICTURES)


def test_where_nothing_changed_nothing_is_called_proven():
    changed = record(PRESS)
    assert "Không có thay đổi để chứng minh." not in markdown(story(changed), PICTURES)
    changed["plan"]["changes"] = []
    told = markdown(story(changed), PICTURES).partition("## Chứng minh")[2].partition("\n## ")[0]
    assert "Không có thay đổi để chứng minh." in told
    assert "đạt" not in told


def test_no_paragraph_of_a_proposal_begins_in_lower_case():
    for path in (PRESS, COUNCIL):
        told = story(record(path))
        blocks = [block for part in told.sections for block in part.blocks]
        cases = [each for each in blocks if isinstance(each, Case)]
        assert cases
        assert all(each.facts[0][0].isupper() for each in cases)


def test_a_time_that_does_not_count_is_not_called_unknown():
    assert step_time_words(StepTime(counted=False)) == "không tính thời gian"
    assert step_time_words(StepTime()) == "chưa rõ thời gian"


def test_no_outcome_is_told_by_its_english_name():
    told = law_reasons((("outcome", "refuse"),), {})
    assert told == ("Không còn đường dẫn đến kết quả “từ chối”",)
    convention = (("convention", "strict"), ("stated", "1"), ("sum", "2"), ("path", "2"))
    found = Finding(code="check-total-disagrees", severity=Severity.WARNING, values=convention)
    assert "strict" not in finding(found).text


def test_a_lower_bound_of_nothing_is_unknown():
    side = {"norm_time": {"minutes": 0, "complete": False}}
    assert norm_time(side, "vi") == "chưa rõ"
    side["norm_time"]["minutes"] = 480
    assert norm_time(side, "vi") == "ít nhất 1 ngày làm việc"


def test_a_source_without_any_time_is_said_to_be_one():
    changed = record(PRESS)
    plan = changed["plan"]
    plan["cut"]["time"] = None
    plan["before"]["norm_time"]["minutes"] = None
    plan["before"]["unknown_times"] = plan["before"]["norm_time"]["path"]
    text = markdown(story(changed), PICTURES)
    assert "quy trình nguồn không ghi thời gian của bước nào" in text


def test_line_breaks_in_names_are_folded():
    broken = Step(id="a", name="Tiếp nhận\n  hồ sơ", number="1")
    given = Procedure(flow=Flow(id="p", nodes=(broken,)))
    assert labels_of(given) == {"a": "bước 1 “Tiếp nhận hồ sơ”"}
    texts = [finding(each).text for each in check(given)]
    assert any("Tiếp nhận hồ sơ" in each for each in texts)
    assert [each for each in texts if "\n" in each] == []
    named = Finding(code="check-performer-missing", severity=Severity.INFO, name=broken.name)
    assert "“Tiếp nhận hồ sơ”" in finding(named).text


def test_an_empty_role_is_said_to_be_unknown():
    found = Finding(code="read-performer-inferred", severity=Severity.INFO, values=(("role", ""),))
    assert "(vai trò: chưa rõ)" in finding(found).text


def test_what_is_left_of_a_proposal_after_another_is_not_told_twice():
    told = record(PRESS)
    hand_down = [each for each in told["candidates"] if each["lever"] == "hand_down_decision"]
    assert [each["targets"] for each in hand_down] == [["Step_4", "Step_5"], ["Step_5"]]
    assert [each["targets"] for each in told_apart(hand_down)] == [["Step_4", "Step_5"]]
    applied = [{**each, "applied": True} for each in hand_down]
    assert told_apart(applied) == applied
