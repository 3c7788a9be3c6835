"""Annotating: the table's facts are in the file, and nothing else in it has changed."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tthc_flow.bpmn.read import read
from tthc_flow.verbs.annotate import annotate, changed_facts
from tthc_flow.words.messages import message

FLOW = (
    Path(__file__).resolve().parents[2] / "processes/bao-chi-xuat-ban/1.014464-cao-bang/flow.bpmn"
)


def differing(before: bytes, after: bytes) -> list[str]:
    """Return the lines by which two files differ, with their sign."""
    lines = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_one_fact_of_one_step_changes_only_that_steps_lines():
    reading = read(FLOW)
    step = reading.procedures[0].flow.steps[2]
    after = annotate(reading, f"id,amended\n{step.id},7\n")
    assert [(each.id, names) for each, names in changed_facts(reading, after)] == [
        (step.id, ("amended",))
    ]
    removed, added = differing(FLOW.read_bytes(), after.document.data)
    assert removed[0] == "-"
    assert added.replace(' amended="7"', "")[1:] == removed[1:]


def test_a_table_of_what_is_there_already_changes_no_byte():
    reading = read(FLOW)
    rows = "".join(
        f"{step.id};{step.name};{step.result}\n"
        for step in reading.procedures[0].flow.steps
        if step.result
    )
    assert annotate(reading, f"id;name;result\n{rows}").document.data == FLOW.read_bytes()


def test_stated_facts_stay_and_the_table_is_told_so():
    reading = read(FLOW)
    step = next(each for each in reading.procedures[0].flow.steps if each.time.duration)
    table = f"id,time\n{step.id},999 giờ làm việc\n"
    kept = annotate(reading, table)
    assert kept.document.data == FLOW.read_bytes()
    finding = next(each for each in kept.findings if each.code == "dialect-row-kept")
    assert (finding.element, finding.name, finding.line) == (step.id, step.name, 2)
    assert "999 giờ làm việc" in message(finding.code, dict(finding.values)).text
    taken = annotate(reading, table, replace=True)
    found = {each.id: each for each in taken.procedures[0].flow.steps}
    assert found[step.id].time.printed == "999 giờ làm việc"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_finding_of_a_merge_has_its_words(lang):
    table = "id,name,time,result\nnone,none,soon,X\n"
    codes = {each.code for each in annotate(FLOW, table).findings if "row" in each.code}
    assert codes == {"dialect-row-length", "dialect-row-unknown"}
    for each in annotate(FLOW, table).findings:
        assert message(each.code, dict(each.values), lang).text


def test_facts_of_another_tool_give_way_to_the_table():
    flow = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        b'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="P">'
        b'<userTask id="A" name="Ky" camunda:assignee="demo"/></process></definitions>'
    )
    after = annotate(flow, "id,performer\nA,Văn thư\n")
    performer = after.procedures[0].flow.steps[0].performer
    assert performer is not None
    assert performer.name == "Văn thư"
    assert "dialect-row-over" in {each.code for each in after.findings}


def test_the_scenarios_of_a_proposal_stand_behind_everything_else():
    lighter = annotate(FLOW, _halved(), replace=True)
    after = annotate(lighter, before=FLOW)
    assert after.procedures == lighter.procedures
    lines = differing(lighter.document.data, after.document.data)
    assert [line for line in lines if line[0] == "-" and "<bpmn:definitions" not in line] == []
    assert after.document.data.count(b"<bpsim:Scenario ") == 2


def _halved() -> str:
    steps = [each for each in read(FLOW).procedures[0].flow.steps if each.time.duration]
    rows = "".join(
        f"{each.id},{float(each.time.duration.amount) / 2},{each.time.duration.unit.value}\n"
        for each in steps
        if each.time.duration
    )
    return f"id,time,unit\n{rows}"
