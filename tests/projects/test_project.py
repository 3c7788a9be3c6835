"""The project as a value: any actions can be undone, saved and opened again; facts read back."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import flows
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.errors import BadQuantity, UnreadableInput
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.plan import Targets
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.ruling import Ruling, Seen, Stand
from tthc_flow.model.source import Source
from tthc_flow.projects import project as projects
from tthc_flow.projects.actions import acted
from tthc_flow.projects.outlook import outlook
from tthc_flow.projects.project import Project, State, moved_on, new_project, redone, undone
from tthc_flow.projects.saved import loaded, saved
from tthc_flow.projects.step_facts import FIELDS, facts_of, with_facts
from tthc_flow.projects.view import view
from tthc_flow.proof.gates.standing import Kept
from tthc_flow.tables.answers import AnswerSheet

LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=20).map(
    lambda text: " ".join(text.split())
)
NAME = LINE.filter(bool)
ANSWERS = st.builds(
    lambda question, reply, step, document, by: Kept(
        answer=Answer(
            question=question, reply=reply, step=step, source=Source(document=document), by=by
        )
    ),
    st.sampled_from(["power-is-own", "rule-names-the-step"]),
    st.sampled_from([Reply.YES, Reply.NO]),
    NAME,
    NAME,
    NAME,
)
RULINGS = st.builds(
    lambda step, stand, reason, by: Ruling(
        lever="drop_relay",
        targets=(step,),
        stand=stand,
        reason=reason,
        by=by,
        seen=(Seen(id=step, name=reason, fingerprint="77"),),
    ),
    NAME,
    st.sampled_from([Stand.ACCEPT, Stand.REJECT]),
    NAME,
    NAME,
)
SHARES = st.none() | st.fractions(0, 1, max_denominator=999)
STATES = st.builds(
    lambda bpmn, process, answers, rulings, time, cost: State(
        bpmn=bpmn,
        process=process,
        answers=AnswerSheet(process=process, answers=tuple(answers)),
        rulings=tuple(rulings),
        targets=Targets(time=time, cost=cost),
    ),
    st.binary(max_size=40),
    NAME,
    st.lists(ANSWERS, max_size=3),
    st.lists(RULINGS, max_size=3),
    SHARES,
    SHARES,
)
PROJECTS = st.builds(
    lambda file, original, now, past, future: Project(
        file=file, original=original, now=now, past=tuple(past), future=tuple(future)
    ),
    NAME,
    st.binary(max_size=60),
    STATES,
    st.lists(STATES, max_size=3),
    st.lists(STATES, max_size=3),
)


@given(PROJECTS)
def test_what_is_saved_opens_as_it_was_and_saves_to_the_same_bytes(project):
    data = saved(project)
    assert loaded(data) == project
    assert saved(loaded(data)) == data


@given(st.binary(max_size=300), PROJECTS, st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_project_is_refused_with_a_code_or_opens_whole(noise, project, place, change):
    data, refused = bytearray(saved(project)), set()
    data[place % len(data)] ^= change
    for each in (bytes(data), data[: place % len(data)] + noise, b"PK\x03\x04" + noise):
        try:
            assert isinstance(loaded(bytes(each)), Project)
        except UnreadableInput as error:
            refused.add(error.code)
    assert refused <= {"TF261", "TF262"}


def a_project(flow) -> Project:
    procedure = Procedure(flow=flow)
    data = build(procedure, lay_out(procedure)).data
    return new_project(read(data), "a.bpmn", data)


@settings(max_examples=25)  # each example proposes for several states
@given(flows(), st.data())
def test_any_actions_are_undone_and_redone_one_by_one(flow, data):
    project = a_project(flow)
    steps = [step.id for step in outlook(project.now).procedure.flow.steps]
    passed = [project]
    for _ in range(data.draw(st.integers(1, 4))):
        fields = {
            "time": data.draw(st.sampled_from(["", "0,5 ngày", "3 giờ làm việc"])),
            "result": data.draw(LINE),
        }
        actions = [{"kind": "targets", "time": data.draw(st.sampled_from([None, 0.3, 1]))}]
        actions += [{"kind": "facts", "element": each, "fields": fields} for each in steps[:1]]
        passed.append(acted(passed[-1], data.draw(st.sampled_from(actions))))
    states = [passed[0].now]
    states += [each.now for before, each in pairwise(passed) if each is not before]
    last = passed[-1]
    assert (*last.past, last.now) == tuple(states)
    back = last
    for expected in states[-2::-1]:
        back = undone(back)
        assert back.now == expected
    for expected in states[1:]:
        back = redone(back)
        assert back.now == expected
    assert back == last
    assert loaded(saved(last)) == last


@settings(max_examples=40)  # each example reads and writes a file
@given(flows(), st.data())
def test_typing_what_is_shown_already_changes_nothing_and_what_is_typed_is_shown(flow, data):
    project = a_project(flow)
    procedure = outlook(project.now).procedure
    for step in procedure.flow.steps:
        assert with_facts(procedure, step.id, facts_of(procedure, step)) == procedure
    if not procedure.flow.steps:
        return
    step = data.draw(st.sampled_from(procedure.flow.steps))
    typed = {"inspects": data.draw(NAME), "result": data.draw(NAME), "mandatory": "không"}
    typed["legal_basis"] = "Luật Đất đai 2024, Điều 7|NĐ 30/2020/NĐ-CP"
    after = acted(project, {"kind": "facts", "element": step.id, "fields": typed})
    shown = view(after)["facts"][step.id]
    assert {name: shown[name] for name in typed} == typed


@given(st.dictionaries(st.sampled_from(FIELDS), LINE, min_size=1, max_size=3))
def test_any_text_is_a_fact_or_refused_with_a_code(fields):
    procedure = read(IN_A_ROW).procedures[0]
    try:
        after = with_facts(procedure, "A", fields)
    except BadQuantity as refused:
        after, code = procedure, refused.code
    else:
        code = "TF143"
    assert (code, after.flow.edges) == ("TF143", procedure.flow.edges)


IN_A_ROW = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">
<startEvent id="s"/><task id="A" name="Ky"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="A"/>
<sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>"""


def test_states_far_back_are_forgotten_by_number_and_by_size(monkeypatch):
    project = Project(file="a", original=b"", now=State(bpmn=b"", process="P"))
    for number in range(projects.MOST_STEPS_BACK + 5):
        project = moved_on(
            project, evolve(project.now, targets=Targets(time=Fraction(1, number + 2)))
        )
    assert len(project.past) == projects.MOST_STEPS_BACK
    monkeypatch.setattr(projects, "MOST_BYTES_BACK", 25)
    for letter in b"abcdef":
        project = moved_on(project, evolve(project.now, bpmn=bytes([letter]) * 10))
    assert [each.bpmn[:1] for each in project.past] == [b"d", b"e"]
    assert undone(project).now.bpmn == b"e" * 10


def test_an_action_that_changes_nothing_is_no_step_to_undo():
    project = new_project(read(IN_A_ROW), "a.bpmn", IN_A_ROW)
    assert acted(project, {"kind": "targets", "time": None}) is project
    facts = {"kind": "facts", "element": "A", "fields": {"name": "Ky", "time": ""}}
    assert acted(project, facts) is project


def test_a_lone_process_gets_a_file_of_its_own_with_a_drawing():
    lone = (
        IN_A_ROW.split(b">", 1)[1]
        .removesuffix(b"</definitions>")
        .replace(b"<process", b'<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"', 1)
    )
    project = new_project(read(lone), "a.bpmn", lone)
    assert b"BPMNShape" in project.now.bpmn
    assert "read-fragment" in {each.code for each in project.notes}
    assert view(project)["facts"].keys() == {"A"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_view_of_the_same_project_is_the_same(lang):
    project = new_project(read(IN_A_ROW), "a.bpmn", IN_A_ROW)
    again = loaded(saved(project))
    assert view(project, lang) == view(again, lang)
