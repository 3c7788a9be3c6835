"""`expect`: from a file to the numbers of a dossier, and back in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

import tthc_flow
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.errors import BadQuantity, UnsoundFlow
from tthc_flow.expected.known import Need, What
from tthc_flow.model.chance import Chance
from tthc_flow.report.expectation_rows import length, step_rows, time_rows
from tthc_flow.report.expectations import of_expectation
from tthc_flow.units import Duration
from tthc_flow.verbs.expect import expect

HEAD = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">'
TAIL = b"</process></definitions>"
LOOP = (
    HEAD
    + b"""<startEvent id="s"/><task id="A" name="Tham dinh"/><exclusiveGateway id="x"/>
<exclusiveGateway id="y"/><task id="B" name="Ky"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="y"/>
<sequenceFlow id="f2" sourceRef="y" targetRef="A"/>
<sequenceFlow id="f3" sourceRef="A" targetRef="x"/>
<sequenceFlow id="back" sourceRef="x" targetRef="y"/>
<sequenceFlow id="on" sourceRef="x" targetRef="B"/>
<sequenceFlow id="f6" sourceRef="B" targetRef="e"/>"""
    + TAIL
)
KNOWN = {"shares": {"back": 0.2}, "times": {"A": "1 ngày làm việc", "B": "2 giờ làm việc"}}


def test_from_a_file_to_its_numbers():
    found = expect(LOOP, limit="9 giờ làm việc", hourly=60_000, **KNOWN)
    assert found.passing.done["A"] == Fraction(5, 4)
    assert found.effort.minutes == 720
    assert found.effort.cost.amount == 720_000
    assert found.times.mean == pytest.approx(720)
    assert (found.times.p50, found.times.limit) == (600, 540)
    assert found.times.late == 1
    assert expect(
        LOOP, limit=Duration(amount=10, unit="hour"), **KNOWN
    ).times.late == pytest.approx(0.2)


def test_a_procedure_and_a_distribution_are_taken_too():
    procedure = read(LOOP).procedures[0]
    times = {"A": Chance(spread="exponential", mean=100), "B": Chance.fixed(0)}
    found = expect(procedure, shares={"on": "1/2"}, times=times)
    assert found.times.mean == pytest.approx(200)
    assert found.times.p50 == pytest.approx(200 * 0.693147, rel=0.002)


def test_nothing_is_made_up():
    found = expect(LOOP)
    assert set(found.needs) == {
        Need("back", What.SHARE), Need("on", What.SHARE),
        Need("A", What.TIME), Need("B", What.TIME),
    }  # fmt: skip
    record = of_expectation(found, "vi")
    assert record["times"]["alone"] is None
    assert record["effort"] is None
    assert {each["element"] for each in record["missing"]} == {"back", "on", "A", "B"}
    assert "--share back=20%" in record["missing"][0]["hint"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"shares": {"zz": 0.1}}, "TF117"),
        ({"shares": {"back": 0.2, "on": 0.3}}, "TF118"),
        ({"shares": {"back": 1.2}}, "TF109"),
        ({"rounds": {"A": -1}}, "TF102"),
        ({"times": {"A": "trong ngày"}}, "TF119"),
        ({"times": {"A": "2 ngày"}, "convention": "strict"}, "TF119"),
        ({"limit": "sớm"}, "TF119"),
        ({"basis": ["guess"]}, "TF119"),
        ({"convention": "none"}, "TF103"),
    ],
)
def test_what_cannot_be_is_refused(asked, code):
    with pytest.raises(BadQuantity) as error:
        expect(LOOP, **asked)
    assert error.value.code == code


def test_an_unsound_flow_is_refused_with_what_is_wrong():
    stuck = (
        HEAD
        + (
            b'<startEvent id="s"/><exclusiveGateway id="x"/><parallelGateway id="p"/>'
            b'<endEvent id="e"/><task id="A"/><task id="B"/>'
            b'<sequenceFlow id="f1" sourceRef="s" targetRef="x"/>'
            b'<sequenceFlow id="f2" sourceRef="x" targetRef="A"/>'
            b'<sequenceFlow id="f3" sourceRef="x" targetRef="B"/>'
            b'<sequenceFlow id="4" sourceRef="A" targetRef="p"/>'
            b'<sequenceFlow id="5" sourceRef="B" targetRef="p"/>'
            b'<sequenceFlow id="f6" sourceRef="p" targetRef="e"/>'
        )
        + TAIL
    )
    with pytest.raises(UnsoundFlow) as error:
        expect(stuck)
    assert error.value.code == "TF330"
    assert "p" in error.value.fact


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_three_times_stand_apart(lang):
    record = of_expectation(expect(LOOP, basis=["norm"], **KNOWN), lang)
    assert set(record["times"]) == {"norm", "alone", "with_queues"}
    assert record["times"]["with_queues"] is None
    rows = dict(time_rows(record, lang))
    assert any("simulate" in words for words in rows.values())
    assert len(rows) == len(time_rows(record, lang))
    assert len(step_rows(record, lang)) == 3


def test_lengths_as_people_read_them():
    assert length(None, "vi") == "chưa rõ"
    assert length(0, "en") == "0 minutes"
    assert length(119.999, "vi") == "2 giờ làm việc"


def test_the_front_door_has_it():
    assert tthc_flow.expect is expect


def test_a_share_that_was_written_is_read_again():
    procedure = read(LOOP).procedures[0]
    known = {"back": Fraction(1, 5)}
    edges = (evolve(edge, share=known.get(edge.id)) for edge in procedure.flow.edges)
    procedure = evolve(procedure, flow=evolve(procedure.flow, edges=tuple(edges)))
    found = expect(build(procedure).data, times=KNOWN["times"])
    assert found.times.mean == pytest.approx(720)
