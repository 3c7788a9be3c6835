"""The answers file: read with its doubts, refused with a code and a line, written to be read."""

from __future__ import annotations

import re

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.actor import Role
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.procedure import Crew
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.gates.standing import Kept
from tthc_flow.tables.answers import AnswerSheet, read_answers
from tthc_flow.tables.answers_out import answers_text

WHOLE = """\
format: tthc-flow-answers/1
procedure: {process: Process_1, code: '1.014464', name: Cấp giấy phép}
answers:
- question: rule-names-the-step
  step: {id: Step_4, number: '4', name: Chuyển hồ sơ, fingerprint: 91ab}
  reply: no
  source: {document: CV 12/STP-VB, place: mục 2, date: '2026-01-15'}
  by: Sở Tư pháp
  on: '2026-01-16'
- {question: public-health, reply: 'yes', fingerprint: 77cd, source: CV 3/SYT}
crews:
- office: Sở Xây dựng
  role: officer
  people: {value: '3', evidence: measured, source: {document: BC 5/BC-SXD}}
  hours: '1800'
  other_load: '0.4'
- {office: Sở Xây dựng, role: agency_head, people: '', hours: ''}
"""


def test_a_whole_file_is_read_without_a_doubt():
    read = read_answers(WHOLE)
    assert read.findings == ()
    sheet = read.sheet
    assert (sheet.process, sheet.code, sheet.name) == ("Process_1", "1.014464", "Cấp giấy phép")
    first, second = sheet.answers
    assert (first.number, first.name, first.line) == ("4", "Chuyển hồ sơ", 4)
    assert first.answer == Answer(
        question="rule-names-the-step",
        reply=Reply.NO,
        step="Step_4",
        source=Source(document="CV 12/STP-VB", place="mục 2", date="2026-01-15"),
        by="Sở Tư pháp",
        on="2026-01-16",
        about="91ab",
    )
    assert (second.answer.step, second.answer.about) == (None, "77cd")
    (crew,) = sheet.crews
    assert (crew.people.value, crew.people.evidence) == (3, EvidenceKind.MEASURED)
    assert sheet.uncounted == (("Sở Xây dựng", Role.AGENCY_HEAD),)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("reply: no\n", "reply: maybe\n", "table-unknown-label", 4),
        ("  reply: no\n", "", "table-field-missing", 4),
        ("question: rule-names-the-step", "by: ai", "table-field-missing", 4),
        (
            "  source: {document: CV 12",
            "  ghi_chu: x\n  source: {document: CV 12",
            "table-unknown-field",
            7,
        ),
        ("{document: CV 12/STP-VB, place", "{place", "table-answer-without-source", 4),
        ("role: officer", "role: boss", "table-unknown-label", 12),
        ("hours: '1800'", "hours: nhiều", "table-bad-number", 12),
    ],
)
def test_what_is_doubtful_is_told_with_its_line(old, new, code, line):
    assert WHOLE.count(old) == 1
    found = read_answers(WHOLE.replace(old, new)).findings
    assert (code, line) in {(each.code, each.line) for each in found}


@pytest.mark.parametrize("place", ["", "', date: '"])
def test_an_empty_source_is_none_and_only_missed_where_something_was_replied(place):
    text = "format: tthc-flow-answers/1\nanswers:\n- question: q\n  reply: {reply}\n"
    text += f"  source: {{document: '', place: '{place}'}}\n"
    open_ = read_answers(text.replace("{reply}", "unknown"))
    assert open_.sheet.answers[0].answer.source is None
    assert open_.findings == ()
    told = read_answers(text.replace("{reply}", "'yes'"))
    assert told.sheet.answers[0].answer.source is None
    assert [each.code for each in told.findings] == ["table-answer-without-source"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (WHOLE.replace("answers/1", "answers/2"), "TF228", "text:1"),
        ("answers: []\n", "TF228", "text:1"),
        ("- một\n- hai\n", "TF228", "text:1"),
        (f"{WHOLE}- x: [\n", "TF222", "text:"),
        (f"{WHOLE}a: &x 1\nb: *x\n", "TF225", "text:19"),
        ("format: tthc-flow-answers/1\na: " + "[" * 40 + "]" * 40 + "\n", "TF225", "text:2"),
        ("<a/>\n", "TF227", "text"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "TF221", "bytes:1"),
        (b"x" * 5_000_001, "TF225", "bytes"),
        ("khong-co.answers.yaml", "TF220", "khong-co.answers.yaml"),
    ],
)
def test_what_is_no_answers_file_is_refused_with_its_place(text, code, place):
    with pytest.raises(UnreadableInput) as raised:
        read_answers(text)
    assert raised.value.code == code
    assert (raised.value.place or "").startswith(place)


def test_a_person_finds_the_question_whom_to_ask_and_the_reply_that_passes():
    about = Answer(question="power-is-own", reply=Reply.UNKNOWN, step="Step_6", about="aa")
    row = Kept(answer=about, number="6", name="Ký duyệt")
    text = answers_text(AnswerSheet(process="P", name="Thủ tục", answers=(row,)))
    lines = text.splitlines()
    assert "# Hỏi: Sở Tư pháp" in lines
    assert any("“6. Ký duyệt”: Thẩm quyền này có phải" in line for line in lines)
    assert "# Trả lời yes (có) thì đề xuất được xét tiếp" in lines
    assert any("Luật 72/2025/QH15" in line for line in lines)
    english = answers_text(AnswerSheet(process="P", answers=(row,)), "en").splitlines()
    assert "# The reply yes lets the proposal on" in english


def test_a_filled_in_line_reads_back_as_the_answer():
    row = Kept(answer=Answer(question="power-is-own", reply=Reply.UNKNOWN, step="a"))
    text = answers_text(AnswerSheet(answers=(row,)))
    filled = re.sub('reply: "unknown"', "reply: yes", text).replace(
        "document: ''", "document: CV 7/STP"
    )
    (back,) = read_answers(filled).sheet.answers
    assert (back.answer.reply, back.answer.source) == (Reply.YES, Source(document="CV 7/STP"))


words = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
maybe = st.none() | words
sources = st.builds(Source, document=words, place=maybe, date=maybe, url=maybe)
numbers = st.fractions(min_value=0, max_value=9999, max_denominator=50)
quantities = st.builds(
    Quantity, value=numbers, evidence=st.sampled_from(EvidenceKind), source=st.none() | sources
)
answers = st.builds(
    Answer,
    question=st.sampled_from(sorted(questions())) | words,
    reply=st.sampled_from(Reply),
    step=maybe,
    source=st.none() | sources,
    by=maybe,
    on=maybe,
    about=maybe,
)
rows = st.builds(Kept, answer=answers, number=maybe, name=maybe)
sheets = st.builds(
    AnswerSheet,
    process=maybe,
    code=maybe,
    name=maybe,
    answers=st.lists(rows, max_size=4).map(tuple),
    crews=st.lists(
        st.builds(
            Crew,
            office=words,
            role=st.sampled_from(Role),
            people=quantities,
            hours=quantities,
            other_load=st.none() | quantities,
        ),
        max_size=2,
    ).map(tuple),
    uncounted=st.lists(st.tuples(words, st.sampled_from(Role)), max_size=2).map(tuple),
)


@given(sheets, st.sampled_from(["vi", "en"]))
def test_what_is_written_reads_back_as_it_was(sheet, lang):
    read = read_answers(answers_text(sheet, lang))
    assert read.sheet == sheet
    missed = [each for each in read.findings if each.code != "table-answer-without-source"]
    assert missed == []


def test_where_an_answer_stands_does_not_make_it_another():
    row = Kept(answer=Answer(question="q", reply=Reply.NO), line=4)
    assert row == evolve(row, line=9)
