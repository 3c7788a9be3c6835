"""Files that hold several procedures: which one is asked, and found again by what was said."""

from __future__ import annotations

import pytest

from tthc_flow.errors import UnreadableInput
from tthc_flow.projects.opening import open_project
from tthc_flow.projects.project import Project

BPMN = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
TWO = f"""<definitions {BPMN}>
<process id="P" name="Cấp"><task id="A" name="Ký"/><task id="B" name="Ký"/></process>
<process id="Q"><task id="C" name="Thu hồi"/></process>
<process id="Hộp đen"/>
</definitions>""".encode()


def test_of_several_processes_one_is_asked_for():
    found = open_project(TWO, "a.bpmn")
    assert isinstance(found, tuple)
    told = [(each.number, each.code, each.name, each.steps) for each in found]
    assert told == [(1, "P", "Cấp", 2), (2, "Q", "Q", 1)]


@pytest.mark.parametrize(("choice", "process"), [(1, "P"), (2, "Q"), ("Q", "Q")])
def test_the_chosen_one_is_opened(choice, process):
    found = open_project(TWO, "a.bpmn", choice)
    assert isinstance(found, Project)
    assert found.now.process == process


def test_a_choice_that_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(UnreadableInput) as error:
        open_project(TWO, "a.bpmn", 3)
    assert (error.value.code, error.value.choices) == ("TF230", ("1 (P)", "2 (Q)"))


def test_one_process_with_steps_beside_empty_ones_is_opened_at_once():
    processes = '<process id="E"/><process id="P"><task id="A"/></process>'
    text = f"<definitions {BPMN}>{processes}</definitions>"
    found = open_project(text.encode(), "a.bpmn")
    assert isinstance(found, Project)
    assert found.now.process == "P"
