"""The answers file of a folder: read with its doubts, refused with a code, written to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.actor import Role
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.procedure import Crew
from tthc_flow.model.ruling import Seen
from tthc_flow.model.source import Quantity, Source
from tthc_flow.proof.gates.questions import questions
from tthc_flow.tables.folder_answers import (
    FORMAT,
    FolderSheet,
    KeptTogether,
    folder_answers_text,
    read_folder_answers,
)

WHOLE = """\
format: tthc-flow-folder-answers/1
answers:
- question: results-differ
  reply: no
  procedures:
  - {id: cap.bpmn, name: Cấp giấy phép, fingerprint: 91ab}
  - so/gia-han.bpmn
  source: {document: CV 12/STP-VB, place: mục 2}
  by: Sở Tư pháp
  on: '2026-01-16'
crews:
- {office: Sở Xây dựng, role: officer, people: '3', hours: '1800', other_load: '0.4'}
- {office: Sở Xây dựng, role: agency_head, people: '', hours: ''}
"""


def test_a_whole_file_is_read_without_a_doubt():
    sheet, findings = read_folder_answers(WHOLE)
    assert findings == ()
    (kept,) = sheet.answers
    assert kept.answer == Answer(
        question="results-differ",
        reply=Reply.NO,
        source=Source(document="CV 12/STP-VB", place="mục 2"),
        by="Sở Tư pháp",
        on="2026-01-16",
    )
    assert kept.procedures == (
        Seen(id="cap.bpmn", name="Cấp giấy phép", fingerprint="91ab"),
        Seen(id="so/gia-han.bpmn", name="", fingerprint=""),
    )
    assert [each.people.value for each in sheet.crews] == [3]
    assert sheet.uncounted == (("Sở Xây dựng", Role.AGENCY_HEAD),)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  reply: no\n", "  reply: maybe\n", "table-unknown-label"),
        ("  reply: no\n", "", "table-field-missing"),
        ("  by: Sở Tư pháp\n", "  step: a\n", "table-unknown-field"),
        ("  source: {document: CV 12/STP-VB, place: mục 2}\n", "", "table-answer-without-source"),
        ("{id: cap.bpmn, name: Cấp", "{name: Cấp", "table-field-missing"),
    ],
)
def test_what_is_doubtful_is_told_with_its_line(old, new, code):
    assert WHOLE.count(old) == 1
    _, findings = read_folder_answers(WHOLE.replace(old, new))
    assert code in {each.code for each in findings}
    assert all(each.line for each in findings)


def test_an_answer_about_no_procedure_is_left_out():
    text = f"format: {FORMAT}\nanswers:\n- {{question: q, reply: 'no', source: CV 1}}\n"
    sheet, findings = read_folder_answers(text)
    assert sheet.answers == ()
    assert [each.code for each in findings] == ["table-field-missing"]


@pytest.mark.parametrize("text", ["answers: []\n", "format: tthc-flow-answers/1\n", "- một\n"])
def test_what_is_no_answers_file_of_a_folder_is_refused(text):
    with pytest.raises(UnreadableInput, match="TF228"):
        read_folder_answers(text)


words = st.text(min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
seen = st.builds(Seen, id=words, name=st.just("") | words, fingerprint=st.just("") | words)


@st.composite
def kept(draw) -> KeptTogether:
    reply = draw(st.sampled_from(Reply))
    sources = st.builds(Source, document=words, place=st.none() | words)
    answer = Answer(
        question=draw(st.sampled_from(sorted(questions())) | words),
        reply=reply,
        source=draw(sources if reply is not Reply.UNKNOWN else st.none() | sources),
        by=draw(st.none() | words),
        on=draw(st.none() | st.just("2026-01-16")),
    )
    procedures = draw(st.lists(seen, min_size=1, max_size=3))
    return KeptTogether(answer=answer, procedures=tuple(procedures))


crew = st.builds(
    Crew,
    office=words,
    role=st.sampled_from(Role),
    people=st.builds(Quantity, value=st.integers(0, 9)),
    hours=st.builds(Quantity, value=st.integers(1, 2000)),
    other_load=st.none() | st.builds(Quantity, value=st.just("0.4")),
)


@given(st.lists(kept(), max_size=3), st.lists(crew, max_size=2), st.sampled_from(["vi", "en"]))
def test_whatever_was_written_is_read_again(rows, crews, lang):
    sheet = FolderSheet(answers=tuple(rows), crews=tuple(crews))
    read, findings = read_folder_answers(folder_answers_text(sheet, "Thư mục", lang))
    assert read == sheet
    assert findings == ()


def test_a_person_finds_the_question_the_procedures_and_whom_to_ask():
    about = (Seen(id="a.bpmn", name="Cấp", fingerprint=""), Seen(id="b", name="", fingerprint=""))
    row = KeptTogether(
        answer=Answer(question="results-differ", reply=Reply.UNKNOWN), procedures=about
    )
    lines = folder_answers_text(FolderSheet(answers=(row, row))).splitlines()
    assert lines.count("# Hỏi: Sở Tư pháp") == 1
    assert any(line.startswith("# “Cấp”; “b”: Pháp luật có buộc") for line in lines)
    assert "# Trả lời no (không) thì đề xuất được xét tiếp" in lines
