"""Scenarios written for other tools: schema, inheritance, and what reading makes of them."""

from __future__ import annotations

from importlib import resources

import pytest
from attrs import evolve
from lxml import etree

from bpmn.dialects.drawn import doubts, file_with, floating, iso, scenario, simulated, step, timed
from tthc_flow.bpmn.dialects.scenarios import parameters, read_scenarios
from tthc_flow.bpmn.dialects.write_scenarios import write_scenarios
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepTime
from tthc_flow.units import Duration, TimeUnit


def proposed(data: bytes, **facts: object) -> bytes:
    """Return the file of a proposal in which step A got *facts*, with its scenarios."""
    reading = read(data)
    before = reading.procedures[0]
    after = with_facts(before, **facts)
    written = read(write(reading.document, [after]))
    return write_scenarios(written.document, before, written.procedures[0]).data


def with_facts(procedure: Procedure, **facts: object) -> Procedure:
    nodes = tuple(
        evolve(node, **facts) if isinstance(node, Step) else node for node in procedure.flow.nodes
    )
    return evolve(procedure, flow=evolve(procedure.flow, nodes=nodes))


def limit(amount: int | str, unit: TimeUnit) -> StepTime:
    return StepTime(duration=Duration(amount=amount, unit=unit))


def said(data: bytes) -> dict[str, dict[str, str]]:
    """Return by scenario what each says of A: the parameters with the values as written."""
    known = read_scenarios(read(data).document.root)
    found = {}
    for name, each in known.items():
        of_a = parameters(known, each).get("A", {})
        found[name] = {part: value.element[0].get("value", "") for part, value in of_a.items()}
    return found


def is_bpmn(data: bytes) -> bool:
    place = resources.files("SpiffWorkflow").joinpath("bpmn", "parser", "schema", "BPMN20.xsd")
    schema = etree.XMLSchema(etree.parse(str(place)))
    schema.assertValid(etree.fromstring(data))
    return True


DAY = '<tthc:step><tthc:time amount="1" unit="working_day"/></tthc:step>'


def test_today_and_the_proposal_stand_beside_each_other():
    data = proposed(file_with(inside=DAY), time=limit(4, TimeUnit.WORKING_HOUR))
    assert said(data) == {
        "baseline": {"ProcessingTime": "PT8H"},
        "proposed": {"ProcessingTime": "PT4H"},
    }
    known = read_scenarios(read(data).document.root)
    assert known["proposed"].inherits == "baseline"
    assert known["proposed"].dialect == "BPSim 2.0"
    assert is_bpmn(data)


def test_the_written_file_means_what_it_meant():
    plain = file_with(inside=DAY)
    data = proposed(plain, time=limit(4, TimeUnit.WORKING_HOUR))
    assert step(data) == evolve(step(plain), time=limit(4, TimeUnit.WORKING_HOUR))
    assert doubts(data) == ["dialect-scenarios"]


def test_only_lines_at_the_end_are_new():
    plain = file_with(inside=DAY)
    reading = read(plain)
    before = reading.procedures[0]
    data = write_scenarios(reading.document, before, before).data
    start = plain.removesuffix(b"</definitions>")
    assert data.replace(b' xmlns:bpsim2="http://www.bpsim.org/schemas/2.0"', b"").startswith(start)


def test_a_scenario_that_the_file_has_is_inherited_in_its_version():
    old = simulated(scenario(timed(ProcessingTime=floating("480")), 'id="Default"'))
    data = proposed(file_with(behind=old, version="1.0"), time=limit(2, TimeUnit.HOUR), work=None)
    assert said(data) == {
        "Default": {"ProcessingTime": "480"},
        "proposed": {"ProcessingTime": "PT2H"},
    }
    assert data.count(b"<bpsim:BPSimData>") == 1
    assert b"schemas/2.0" not in data


def test_next_years_proposal_inherits_this_years():
    first = proposed(file_with(inside=DAY), time=limit(4, TimeUnit.WORKING_HOUR))
    second = proposed(first, time=limit(2, TimeUnit.WORKING_HOUR))
    known = read_scenarios(read(second).document.root)
    assert [each.inherits for each in known.values()] == [None, "baseline", "proposed"]
    assert said(second)["proposed_2"] == {"ProcessingTime": "PT2H"}


@pytest.mark.parametrize(
    ("time", "work", "expected"),
    [
        (limit(2, TimeUnit.WORKING_DAY), 3, {"WaitTime": "PT13H", "ProcessingTime": "PT3H"}),
        (limit(3, TimeUnit.WORKING_HOUR), 3, {"WaitTime": "PT0S", "ProcessingTime": "PT3H"}),
        (limit("3/2", TimeUnit.HOUR), None, {"ProcessingTime": "PT1H30M"}),
        (limit("1/7", TimeUnit.HOUR), None, {}),
        (limit(2, TimeUnit.CALENDAR_DAY), None, {"ProcessingTime": "P2D"}),
        (limit("1/2", TimeUnit.CALENDAR_DAY), None, {"ProcessingTime": "0.5"}),
        (limit(2, TimeUnit.DAY), None, {}),
        (limit(2, TimeUnit.CALENDAR_DAY), 3, {}),
        (StepTime(), 3, {}),
    ],
)
def test_a_limit_and_its_work_become_waiting_and_processing(time, work, expected):
    hours = None if work is None else Duration(amount=work, unit=TimeUnit.HOUR)
    reading = read(write(*_facts(time, hours)))
    before = reading.procedures[0]
    result = write_scenarios(reading.document, before, before)
    assert said(result.data)["baseline"] == expected
    assert [each.code for each in result.findings] == ([] if expected else ["dialect-not-written"])
    again = step(result.data)
    assert (again.time, again.work) == (time, hours)


def _facts(time: StepTime, work: Duration | None):
    reading = read(file_with())
    return reading.document, [with_facts(reading.procedures[0], time=time, work=work)]


def test_a_time_parameter_that_a_person_changes_later_is_a_conflict():
    data = proposed(file_with(inside=DAY), time=limit(4, TimeUnit.WORKING_HOUR))
    changed = data.replace(iso("PT8H").encode(), iso("PT9H").encode())
    changed = changed.replace(iso("PT4H").encode(), iso("PT5H").encode())
    assert "dialect-conflict" in doubts(changed)
