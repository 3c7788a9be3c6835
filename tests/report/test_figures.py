"""The figures for people: what rests on steps that nobody understood is no plain number."""

from __future__ import annotations

import tthc_flow
from tthc_flow.report.figures import before_after_rows, measure_rows
from tthc_flow.report.record import of_measures

FLOW = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">'
    '<startEvent id="s"/><task id="A" name="{first}"/><task id="B" name="{second}"/>'
    '<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="A"/>'
    '<sequenceFlow id="g" sourceRef="A" targetRef="B"/>'
    '<sequenceFlow id="h" sourceRef="B" targetRef="e"/></process></definitions>'
)


def side(first: str, second: str):
    reading = tthc_flow.read(FLOW.format(first=first, second=second).encode())
    return of_measures(tthc_flow.measure(reading), reading.procedures[0])


def signatures(found) -> str:
    return dict(measure_rows(found, "vi"))["Số lần ký"]


def test_a_count_is_a_number_only_where_every_step_is_understood():
    assert signatures(side("Ký duyệt", "Ký ban hành")) == "2"
    assert signatures(side("Ký duyệt", "Xyz")) == "ít nhất 1"
    assert signatures(side("Xyz", "Abc")) == "chưa rõ"


def test_hand_offs_without_performers_are_unknown_and_no_cut_is_claimed():
    one, two = side("Ký duyệt", "Xyz"), side("Xyz", "Abc")
    plan = {"before": one, "after": two, "cut": {"time": None}}
    rows = {name: rest for name, *rest in before_after_rows(plan, "vi")}
    assert rows["Số lần ký"] == ["ít nhất 1", "chưa rõ", "–"]
    assert rows["Số lần chuyển giao giữa các bên"] == ["chưa rõ", "chưa rõ", "–"]
