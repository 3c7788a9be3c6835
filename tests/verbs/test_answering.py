"""Answers beside a drawing: taken in, asked for, and never taken for what they are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve

from levers.office import AGENCY, COMMITTEE, case, step
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.actor import Role
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.questions import questions
from tthc_flow.tables.answers_out import answers_text
from tthc_flow.verbs.answering import answered, beside_of
from tthc_flow.verbs.ask import ask
from tthc_flow.verbs.check import check
from tthc_flow.verbs.propose import propose

ROOT = Path(__file__).resolve().parents[2]
GIVEN = case(
    step("Step_1", "receive", AGENCY["clerk"], number="1"),
    step("Step_2", "examine draft", AGENCY["officer"], 2, number="2"),
    step("Step_3", "sign", AGENCY["head"], 1, number="3"),
    step("Step_4", "transfer", AGENCY["clerk"], 1, number="4"),
    step("Step_5", "sign", COMMITTEE["chair"], 2, number="5"),
    step("Step_6", "number_and_stamp", COMMITTEE["clerk"], 1, number="6"),
    step("Step_7", "return", AGENCY["clerk"], 1, number="7"),
    source=Source(document="QĐ 1/QĐ-UBND"),
)


def file_of(procedure):
    return build(procedure, lay_out(procedure)).data


@pytest.fixture
def drawing(tmp_path):
    path = tmp_path / "cap-giay-phep.bpmn"
    path.write_bytes(file_of(GIVEN))
    return path


def filled_in(text):
    """Return an answers file in which every question got the reply that passes, and a source."""
    question = ""
    lines = []
    for line in text.splitlines():
        if found := re.match(r"- question: \"(.+)\"", line):
            question = found[1]
        if line == '  reply: "unknown"':
            line = f"  reply: {questions()[question].passes_on}"  # noqa: PLW2901 - the line filled in
        lines.append(line.replace("document: ''", "document: CV 9/STP"))
    return "\n".join(lines) + "\n"


def test_the_file_beside_the_drawing_is_found_and_another_can_be_named(drawing):
    sheet = answers_text(ask(drawing))
    assert "power-is-own" in sheet
    assert answered(drawing).procedures[0].answers == ()
    beside_of(drawing).write_text(filled_in(sheet), encoding="utf-8")
    assert answered(drawing).procedures[0].answers != ()
    none = "format: tthc-flow-answers/1\nanswers: []\n"
    assert answered(drawing, none).procedures[0].answers == ()
    assert answered(read(drawing)).procedures[0].answers == ()


@pytest.mark.parametrize("name", ["a.bpmn", "a.bpmn20.xml", "a.bpmn2", "a.xml"])
def test_the_file_beside_has_the_name_of_the_drawing(name):
    assert beside_of(Path("x") / name) == Path("x/a.answers.yaml")


def test_a_filled_in_template_decides_what_was_open(drawing):
    before = propose(drawing).plan
    beside_of(drawing).write_text(filled_in(answers_text(ask(drawing))), encoding="utf-8")
    after = propose(drawing).plan
    opened = {
        each.candidate.id for each in before.offers if each.candidate.verdict is Verdict.UNKNOWN
    }
    still = {
        each.candidate.id for each in after.offers if each.candidate.verdict is Verdict.UNKNOWN
    }
    assert opened
    assert still == set()
    assert ask(drawing).answers == tuple(
        row for row in ask(drawing).answers if row.answer.reply is not Reply.UNKNOWN
    )
    assert any("hand_down_decision" in each.id for each in after.applied)


def test_a_barring_reply_keeps_every_proposal_out(drawing):
    text = answers_text(ask(drawing))
    barring = filled_in(text)
    for old, new in (
        ("reply: yes", "reply: X"),
        ("reply: no", "reply: yes"),
        ("reply: X", "reply: no"),
    ):
        barring = barring.replace(old, new)
    found = propose(answered(drawing, barring)).plan
    opened = {
        each.candidate.id
        for each in propose(drawing).plan.offers
        if each.candidate.verdict is Verdict.UNKNOWN
    }
    assert not opened & {each.id for each in found.applied}


def test_the_after_drawing_holds_no_answer_that_its_before_had_not(drawing):
    beside_of(drawing).write_text(filled_in(answers_text(ask(drawing))), encoding="utf-8")
    made = propose(drawing)
    assert made.plan.applied
    assert b"CV 9/STP" not in made.written.document.data


def test_an_answer_about_a_step_that_changed_is_named_and_asked_again(drawing):
    beside = beside_of(drawing)
    beside.write_text(filled_in(answers_text(ask(drawing))), encoding="utf-8")
    changed = evolve(
        GIVEN,
        flow=evolve(
            GIVEN.flow,
            nodes=tuple(
                evolve(node, name="Ký duyệt kết quả liên thông") if node.id == "Step_5" else node
                for node in GIVEN.flow.nodes
            ),
        ),
    )
    drawing.write_bytes(file_of(changed))
    stale = [each for each in check(drawing) if each.code == "check-answers-stale"]
    assert {each.element for each in stale} == {"Step_5"}
    assert all(each.line for each in stale)
    found = propose(drawing).plan
    down = next(e.candidate for e in found.offers if e.candidate.lever == "hand_down_decision")
    assert down.verdict is Verdict.UNKNOWN
    asked = {
        (row.answer.question, row.answer.step)
        for row in ask(drawing).answers
        if row.answer.reply is Reply.UNKNOWN
    }
    assert ("power-is-own", "Step_5") in asked
    old = [row for row in ask(drawing).answers if row.answer.question == "power-is-own"]
    assert [row.answer.reply for row in old] == [Reply.YES, Reply.UNKNOWN]


def test_an_answer_about_a_step_that_is_gone_is_named(drawing):
    text = filled_in(answers_text(ask(drawing)))
    lost = text.replace('"Step_5"', '"Step_99"').replace('fingerprint: "', 'fingerprint: "0')
    lost = lost.replace(GIVEN.flow.by_id["Step_5"].name, "Bước khác")
    codes = [each.code for each in check(answered(drawing, lost))]
    assert "check-answers-stale-lost" in codes


def test_of_file_and_drawing_that_contradict_each_other_the_barring_one_counts(drawing):
    own = evolve(GIVEN, answers=case(answers="power-is-own@Step_5=no").answers)
    drawing.write_bytes(file_of(own))
    text = (
        "format: tthc-flow-answers/1\nanswers:\n"
        "- {question: power-is-own, reply: 'yes', step: {id: Step_5}, source: CV 9}\n"
    )
    assert "check-answers-doubtful-contradict" in {e.code for e in check(answered(drawing, text))}
    found = propose(answered(drawing, text)).plan
    down = next(e.candidate for e in found.offers if e.candidate.lever == "hand_down_decision")
    assert down.verdict is Verdict.FAIL


def test_a_doubt_about_the_answers_file_names_that_file_and_its_line(drawing):
    beside_of(drawing).write_text(
        "format: tthc-flow-answers/1\nanswers:\n- question: power-is-own\n", encoding="utf-8"
    )
    (found,) = [each for each in check(drawing) if each.code == "table-field-missing"]
    assert (found.name, found.line) == ("cap-giay-phep.answers.yaml:3", None)


def test_the_people_of_the_file_are_those_of_the_procedure(drawing):
    asked = ask(drawing)
    assert asked.uncounted == ((AGENCY["head"].office, Role.AGENCY_HEAD),)
    text = (
        answers_text(asked).replace('people: ""', "people: 2").replace('hours: ""', "hours: 1800")
    )
    (crew,) = answered(drawing, text).procedures[0].crews
    assert (crew.office, crew.role, crew.people.value) == (*asked.uncounted[0], 2)
    assert ask(drawing, text).uncounted == ()
    assert ask(drawing, text).crews == (crew,)


def test_a_file_about_a_process_is_for_that_process():
    two = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
    <process id="P"><task id="A" name="Ky"/><task id="B" name="Gui"/></process>
    <process id="Q"><task id="C" name="Luu"/></process></definitions>"""
    text = (
        "format: tthc-flow-answers/1\nprocedure: {process: %s}\n"
        "answers: [{question: power-is-own, reply: 'yes', source: CV 9}]\n"
    )
    for name, counts in (("P", [1, 0]), ("Q", [0, 1]), ("R", [1, 0])):
        found = answered(two, text % name)
        assert [len(each.answers) for each in found.procedures] == counts


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("processes/*/*/flow.bpmn")), ids=lambda p: p.parent.name
)
def test_what_is_asked_of_a_real_procedure_reads_back_and_is_asked_no_more(path):
    text = answers_text(ask(path))
    again = ask(path, text)
    assert answers_text(again) == text
    told = ask(path, filled_in(text))
    kept = {(row.answer.question, row.answer.step) for row in told.answers if row.answer.source}
    opens = [row for row in told.answers if row.answer.source is None]
    assert not [row for row in opens if (row.answer.question, row.answer.step) in kept]


def test_of_two_places_of_answers_only_the_drawing_loses_what_was_about_a_step_that_goes(drawing):
    own = tuple(
        Answer(question="result-is-used", reply=Reply.NO, step=each, source=Source(document="A 1"))
        for each in ("Step_4", "Step_7")
    )
    drawing.write_bytes(file_of(evolve(GIVEN, answers=own)))
    beside_of(drawing).write_text(filled_in(answers_text(ask(drawing))), encoding="utf-8")
    written = propose(drawing).written
    assert "Step_4" not in written.procedures[0].flow.by_id
    assert [(each.step, each.source.document) for each in written.procedures[0].answers] == [
        ("Step_7", "A 1")
    ]
