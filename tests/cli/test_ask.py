"""`tthc-flow ask`, and the answers that propose and check take."""

from __future__ import annotations

import shutil

import pytest

from cli.calling import PRESS
from tthc_flow.cli.leaving import Code

NAMED = "named.answers.yaml"


@pytest.fixture
def flow(tmp_path):
    return shutil.copy(PRESS / "flow.bpmn", tmp_path / "a.bpmn")


def test_the_questions_are_printed_or_written(tthc, flow, tmp_path):
    printed = tthc("ask", flow)
    assert printed.code == Code.OK
    assert printed.out.startswith("# Câu trả lời")
    goal = tmp_path / "moi" / NAMED
    written = tthc("ask", flow, "-o", goal)
    assert written.out == f"{goal}\n"
    assert goal.read_text("utf-8") == printed.out
    assert tthc("ask", flow, "--lang", "en").out.startswith("# Answers")


def test_answers_are_taken_from_beside_or_by_name(tthc, flow, tmp_path):
    def codes(*more):
        return [each["code"] for each in tthc("check", flow, "--json", *more).json["findings"]]

    text = (
        "format: tthc-flow-answers/1\n"
        "answers: [{question: power-is-own, reply: 'yes', step: {id: Step_99}, source: CV 1}]\n"
    )
    told = "check-answers-doubtful-step"
    assert told not in codes()
    named = tmp_path / NAMED
    named.write_text(text, "utf-8")
    assert told in codes("--answers", named)
    named.rename(tmp_path / "a.answers.yaml")
    assert told in codes()


def test_a_barring_answer_changes_what_is_proposed(tthc, flow, tmp_path):
    def verdicts(*more):
        record = tthc("propose", flow, "-o", tmp_path / "out", "--json", *more).json
        return {each["id"]: each["verdict"] for each in record["candidates"]}

    before = {id_ for id_, verdict in verdicts().items() if verdict == "unknown"}
    assert before
    reply, lines = "", []
    for line in tthc("ask", flow).out.splitlines():
        if line.startswith("# Trả lời "):
            reply = "'no'" if " yes " in line else "'yes'"
        filled = line.replace('reply: "unknown"', f"reply: {reply}")
        lines.append(filled.replace("document: ''", "document: CV 1"))
    named = tmp_path / NAMED
    named.write_text("\n".join(lines) + "\n", "utf-8")
    after = verdicts("--answers", named)
    assert before <= {id_ for id_, verdict in after.items() if verdict == "fail"}


@pytest.mark.parametrize("verb", ["propose", "check", "ask"])
def test_what_is_no_answers_file_is_refused(tthc, flow, tmp_path, verb):
    named = tmp_path / NAMED
    named.write_text("answers: []\n", "utf-8")
    left = tthc(verb, flow, "--answers", named)
    assert left.code == Code.UNREADABLE
    assert f"TF228 {named}:1" in left.err
