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
from tthc_flow.report.answering import as_bpmn, open_questions
from tthc_flow.report.blocks import Case
from tthc_flow.report.figures import norm_time
from tthc_flow.report.markdown import markdown
from tthc_flow.report.page import page
from tthc_flow.report.sentences import finding, labels_of, law_reasons
from tthc_flow.report.story import story


def test_every_open_question_has_its_id_and_lines_that_answer_it():
    open_record = record(COUNCIL)
    told = markdown(story(open_record), PICTURES)
    asked = open_questions(open_record)
    assert asked
    assert "## Cách trả lời" in told
    for each in asked:
        assert f"Mã câu hỏi: {each.question}." in told.replace("\\", "")
        assert f"- question: {each.question}" in told
        assert f'<tthc:answers question="{each.question}" reply="unknown"' in told


def test_the_lines_filled_in_are_read_as_sourced_answers():
    asked = open_questions(record(COUNCIL))
    filled = as_bpmn(asked).replace('document=""', 'document="CV 1"')
    filled = filled.replace('reply="unknown"', 'reply="no"')
    source = COUNCIL.read_text("utf-8")
    assert "</tthc:procedure>" in source
    given = read(source.replace("</tthc:procedure>", f"{filled}</tthc:procedure>").encode())
    answers = {(each.question, each.step) for each in given.procedures[0].answers if each.source}
    assert {(each.question, each.step) for each in asked} <= answers


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
    said = "“Trước” ở đây là quy trình theo QĐ 2969/QĐ-UBND tỉnh Sơn La, ngày 21/11/2025"
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
