"""Who does a step of a drawing without lanes: whom its name begins with, told as a finding."""

from __future__ import annotations

from tthc_flow.bpmn.read import read
from tthc_flow.levers import number_by_machine, post_by_courier
from tthc_flow.model.actor import Role

FILE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
{lanes[0]}<process id="P">{lanes[1]}<startEvent id="s"/>
<userTask id="a" name="Bộ phận Một cửa tiếp nhận hồ sơ"/>
<userTask id="b" name="Thẩm định hồ sơ"/><userTask id="c" name="Giám đốc Sở ký duyệt"/>
<userTask id="d" name="Văn thư vào sổ, đóng dấu"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
<sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
<sequenceFlow id="f3" sourceRef="b" targetRef="c"/>
<sequenceFlow id="f4" sourceRef="c" targetRef="d"/>
<sequenceFlow id="f5" sourceRef="d" targetRef="e"/></process></definitions>"""
LANE = """<laneSet id="l">
<lane id="L" name="Chuyên viên"><flowNodeRef>a</flowNodeRef></lane></laneSet>"""
POOL = """<collaboration id="C">
<participant id="p" name="Sở Xây dựng" processRef="P"/></collaboration>"""


def roles(*lanes: str):
    reading = read(FILE.format(lanes=lanes).encode())
    (procedure,) = reading.procedures
    found = {s.id: s.performer and s.performer.role for s in procedure.flow.steps}
    named = [f.element for f in reading.findings if f.code == "read-performer-named"]
    return procedure, found, named


def test_without_lanes_the_name_says_who_and_a_finding_tells_it():
    procedure, found, named = roles("", "")
    assert found == {
        "a": Role.ONE_STOP_SHOP,
        "b": None,
        "c": Role.AGENCY_HEAD,
        "d": Role.CLERICAL_OFFICE,
    }
    assert named == ["a", "c", "d"]
    assert [each.id for each in number_by_machine.find(procedure)] == ["number_by_machine:d"]
    assert [each.targets for each in post_by_courier.find(procedure)] == [("a",)]


def test_a_lane_says_it_before_the_name():
    _, found, named = roles("", LANE)
    assert (found["a"], "a" in named) == (Role.OFFICER, False)


def test_the_name_says_who_in_the_house_of_the_pool():
    procedure, found, named = roles(POOL, "")
    assert (found["b"], found["d"]) == (Role.UNIT, Role.CLERICAL_OFFICE)
    assert named == ["a", "c", "d"]
    assert {step.performer.office for step in procedure.flow.steps} == {
        "Bộ phận Một cửa",
        "Sở Xây dựng",
    }
