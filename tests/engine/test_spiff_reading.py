"""Traps of SpiffWorkflow's own reading of files, of its clock and of its tables; and ours.

The table of all traps stands in ``test_spiff_contract.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.specs.model import (
    DecisionTable,
    HitPolicy,
    Input,
    InputEntry,
    Output,
    OutputEntry,
    Rule,
)

from bpmn.capped import TooLong, capped
from tthc_flow.bpmn.read import read
from tthc_flow.engine.refusals import refusals
from tthc_flow.model.flow import Event, TimerKind

from .stock import Stock, arrows, at, file, ours, raised, simple

FAR_DATA = file(
    '<startEvent id="s"/><dataObject id="D"/><dataObjectReference id="R" dataObjectRef="D"/>'
    '<subProcess id="o"><startEvent id="os"/><subProcess id="i"><startEvent id="is"/>'
    '<userTask id="a"><dataInputAssociation><sourceRef>R</sourceRef></dataInputAssociation>'
    '</userTask><endEvent id="ie"/><sequenceFlow id="i1" sourceRef="is" targetRef="a"/>'
    '<sequenceFlow id="i2" sourceRef="a" targetRef="ie"/></subProcess><endEvent id="oe"/>'
    '<sequenceFlow id="o1" sourceRef="os" targetRef="i"/>'
    '<sequenceFlow id="o2" sourceRef="i" targetRef="oe"/></subProcess><endEvent id="e"/>'
    + arrows("s > o; o > e")
)


def test_trap_data_two_scopes_out_are_looked_for_without_end():
    with capped(1.0, 512):
        stopped = raised(lambda: Stock(FAR_DATA))
    assert TooLong.__name__ in str(stopped)


def test_ours_reads_the_same_file_at_once():
    with capped(1.0, 512):
        assert at(ours(FAR_DATA)) == ["a"]


def chain(length: int) -> bytes:
    steps = "".join(f'<userTask id="t{n}"/>' for n in range(1, length))
    ways = "; ".join(f"t{n} > t{n + 1}" for n in range(length))
    return file(f'<startEvent id="t0"/>{steps}<endEvent id="t{length}"/>' + arrows(ways))


def test_trap_a_long_chain_is_too_deep_for_its_parser_and_not_for_ours():
    assert "RecursionError" in str(raised(lambda: Stock(chain(1000))))
    assert at(ours(chain(1000))) == ["t1"]


WRONG = file(
    '<startEvent id="s"/>\n<businessRuleTask id="a"/>\n<complexGateway id="g"/>\n'
    '<adHocSubProcess id="x"><task id="y"/></adHocSubProcess><endEvent id="e"/>'
    + arrows("s > a; a > g; g > x; x > e")
)


def test_trap_only_the_first_thing_that_is_wrong_is_told_and_without_its_line():
    wrong = raised(lambda: Stock(WRONG))
    assert (wrong.id, wrong.line_number) == ("a", "")


def test_ours_tells_all_that_is_wrong_and_findings_have_their_line():
    found = refusals(read(WRONG).procedures[0].flow)
    assert [each.element for each in found] == ["g", "x"]
    lone = file('<startEvent id="s"/>\n<task id="a"/><sequenceFlow id="f" sourceRef="s"/>')
    assert {each.line for each in read(lone).findings if each.element == "f"} == {2}


def test_trap_a_message_that_is_not_there_is_a_fault_of_its_parser_and_none_of_ours():
    data = simple('<sendTask id="x" messageRef="nowhere"/>')
    assert "TypeError" in str(raised(lambda: Stock(data)))
    assert at(ours(data)) == ["x"]


OPENS = """
import sys
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
BpmnParser().add_bpmn_file(sys.argv[1])
"""
READS = """
import sys
from tthc_flow.bpmn.read import read
print(ascii(read(sys.argv[1]).procedures[0].flow.name))
"""


@pytest.mark.parametrize(("code", "fails"), [(OPENS, True), (READS, False)])
def test_trap_a_file_is_opened_by_the_language_of_the_machine_and_not_by_ours(
    code, fails, tmp_path
):
    path = tmp_path / "flow.bpmn"
    text = file('<startEvent id="s"/>').decode().replace('id="P"', 'id="P" name="Cấp phép"')
    path.write_text(text, encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    folders = os.pathsep.join([str(Path(__file__).parents[2] / "src")])
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        check=False,
        env={**os.environ, **plain, "PYTHONPATH": folders},
    )
    assert ("UnicodeDecodeError" in done.stderr.decode()) is fails
    assert fails or done.stdout.decode().strip() == ascii("Cấp phép")


def timed(text: str) -> bytes:
    return simple(
        '<intermediateCatchEvent id="x"><timerEventDefinition><timeDuration>'
        f"{text}</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    )


def test_trap_a_duration_as_the_standard_writes_it_fails_and_one_in_quotes_is_python():
    assert "PT1H" in str(raised(lambda: Stock(timed("PT1H"))))
    assert Stock(timed('"PT1H"')).ready == []
    assert Stock(timed('"PT" + str(__import__("os").getpid()) + "H"')).ready == []


def test_ours_keeps_the_duration_as_it_is_written_and_waits_to_be_told():
    for text in ("PT1H", '"PT1H"', '"PT" + str(__import__("os").getpid()) + "H"'):
        flow = read(timed(text)).procedures[0].flow
        event = flow.by_id["x"]
        assert isinstance(event, Event)
        assert event.timer is not None
        assert (event.timer.kind, event.timer.text) == (TimerKind.DURATION, text)
        assert at(ours(timed(text))) == ["x"]


def table(policy: str, cell: str = "fee > 0") -> tuple[DecisionTable, object]:
    """Return a table whose two rules both match, and a task with its data."""
    made = DecisionTable("t", "t", policy)
    for number in ("1", "2"):
        rule, asked = Rule(number), InputEntry(number, Input("i", "fee", "fee", "True", "boolean"))
        asked.lhs.append(cell)
        said = OutputEntry(number, Output("o", "o", "o", "number"))
        said.text = number
        rule.inputEntries.append(asked)
        rule.outputEntries.append(said)
        made.rules.append(rule)
    case = SimpleNamespace(script_engine=PythonScriptEngine())
    return made, SimpleNamespace(workflow=case, data={"fee": 1})


@pytest.mark.parametrize(
    "policy", ["ANY", "PRIORITY", "OUTPUT ORDER", "RULE ORDER", "FIRST", "UNIQUE"]
)
def test_trap_every_hit_policy_but_one_gives_the_first_rule(policy):
    made, task = table(policy)
    assert DMNEngine(made).result(task) == {"o": 1}
    made, task = table(HitPolicy.COLLECT.value)
    assert DMNEngine(made).result(task) == {"o": [1, 2]}


def test_trap_a_cell_of_a_decision_table_is_python(tmp_path):
    canary = tmp_path / "canary"
    made, task = table("FIRST", f"__import__('pathlib').Path({str(canary)!r}).touch() is None")
    DMNEngine(made).result(task)
    assert canary.exists()
