"""The verbs as a library: what they take, what they give, and that they agree with each other."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import pytest

import tthc_flow
from tthc_flow.errors import UnreadableInput, UnsoundFlow
from tthc_flow.measures.change import ChangeKind
from tthc_flow.model.plan import Targets

ROOT = Path(__file__).resolve().parents[2]
PRESS = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la"
FLOW = PRESS / "flow.bpmn"


def test_a_path_its_text_its_bytes_a_file_and_a_reading_are_all_taken():
    reading = tthc_flow.read(FLOW)
    with FLOW.open("rb") as file:
        sources = [FLOW, str(FLOW), FLOW.read_bytes(), file, io.BytesIO(FLOW.read_bytes()), reading]
        measured = {repr(tthc_flow.measure(source).norm_time) for source in sources}
    assert len(measured) == 1


def test_a_table_and_the_bpmn_made_from_it_have_the_same_figures():
    made = tthc_flow.convert(PRESS / "steps.yaml")
    assert tthc_flow.measure(made).norm_time == tthc_flow.measure(FLOW).norm_time
    assert made.document.data == tthc_flow.read(made.document.data).document.data


def test_a_proposal_agrees_with_a_comparison_of_its_two_files():
    found = tthc_flow.propose(FLOW, targets=Targets(time=Fraction(1, 10)))
    again = tthc_flow.compare(FLOW, found.written)
    assert again.time_cut == found.comparison.time_cut
    # Files are compared with their drawings, too; a proposal tells what changes for people.
    moved = [each for each in again.changes if each.kind is ChangeKind.LAYOUT]
    assert [each for each in again.changes if each not in moved] == [*found.comparison.changes]
    assert found.plan.reached is True
    assert tthc_flow.run(found.written).completed


def test_a_proposal_changes_no_input():
    before = FLOW.read_bytes()
    reading = tthc_flow.read(before)
    tthc_flow.papers(tthc_flow.propose(reading))
    assert reading.document.data == before
    assert FLOW.read_bytes() == before


def test_what_a_proposal_leaves_alone_stays_byte_for_byte():
    found = tthc_flow.propose(FLOW)
    touched = {change.element for change in found.comparison.changes}
    before, after = FLOW.read_text("utf-8"), found.written.document.data.decode()
    for step in found.plan.after.flow.steps:
        if step.id not in touched:
            start = before.index(f'id="{step.id}"')
            documented = before[start : before.index("<bpmn:incoming>", start)]
            assert documented in after


def test_papers_in_english_differ_from_the_vietnamese_in_words_only():
    found = tthc_flow.propose(FLOW)
    vietnamese, english = tthc_flow.papers(found), tthc_flow.papers(found, "en")
    assert vietnamese["bpmn"] == english["bpmn"]
    assert vietnamese["report"] != english["report"]
    assert "Thời gian" in vietnamese["svg_both"].decode()
    for name in ("svg_before", "svg_after", "svg_both"):
        assert "Thời gian" not in english[name].decode()
        assert "chưa rõ" not in english[name].decode()


def test_an_unsound_flow_is_refused_with_the_names_on_its_counter_example():
    text = FLOW.read_text("utf-8").replace("<bpmn:endEvent", "<bpmn:task", 1)
    text = text.replace("</bpmn:endEvent>", "</bpmn:task>", 1)
    start = '<bpmn:startEvent id="s2"/><bpmn:parallelGateway id="j"/>'
    text = text.replace("<bpmn:userTask", start + "<bpmn:userTask", 1)
    with pytest.raises((UnsoundFlow, UnreadableInput)) as refused:
        tthc_flow.propose(text.encode())
    assert refused.value.code == "TF310"
    assert refused.value.hint


def test_an_unknown_process_and_a_file_without_one_name_the_file():
    with pytest.raises(UnreadableInput, match="TF230") as refused:
        tthc_flow.measure(FLOW, process="nope")
    assert refused.value.place == str(FLOW)
    empty = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
    with pytest.raises(UnreadableInput, match="TF231"):
        tthc_flow.measure(empty)
