"""Small files in which other tools left their facts."""

from __future__ import annotations

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.model.flow import SequenceFlow
from tthc_flow.model.step import Step

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tthc="urn:tthc-flow:bpmn:1" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:activiti="http://activiti.org/bpmn" xmlns:adonis="http://www.boc-group.com" '
    'xmlns:qbp="http://www.qbp-simulator.com/Schema201212" targetNamespace="urn:test"'
)


def file_with(
    attributes: str = "", inside: str = "", behind: str = "", version: str = "2.0"
) -> bytes:
    """Return a file with the task A, what lies in its extension, and what follows the process."""
    extension = f"<extensionElements>{inside}</extensionElements>" if inside else ""
    return (
        f'<definitions {NAMESPACES} xmlns:bpsim="http://www.bpsim.org/schemas/{version}">\n'
        '<process id="P"><startEvent id="S"/>\n'
        f'<userTask id="A" name="Ký duyệt" {attributes}>{extension}</userTask>\n'
        '<sequenceFlow id="F" sourceRef="S" targetRef="A"/>\n'
        f"</process>\n{behind}</definitions>"
    ).encode()


def simulated(*scenarios: str) -> str:
    """Return BPSim data with *scenarios*."""
    data = f"<bpsim:BPSimData>{''.join(scenarios)}</bpsim:BPSimData>"
    return (
        '<relationship type="BPSimData"><extensionElements>'
        f"{data}</extensionElements><source>P</source><target>P</target></relationship>"
    )


def scenario(parameters: str, attributes: str = 'id="baseline"', element: str = "A") -> str:
    """Return one scenario that says *parameters* of *element*."""
    return (
        f"<bpsim:Scenario {attributes}>"
        f'<bpsim:ElementParameters elementRef="{element}">{parameters}</bpsim:ElementParameters>'
        "</bpsim:Scenario>"
    )


def timed(**parts: str) -> str:
    """Return time parameters, each with the value given as XML."""
    inside = "".join(f"<bpsim:{name}>{value}</bpsim:{name}>" for name, value in parts.items())
    return f"<bpsim:TimeParameters>{inside}</bpsim:TimeParameters>"


def iso(text: str) -> str:
    return f'<bpsim:DurationParameter value="{text}"/>'


def floating(value: str, unit: str = "") -> str:
    said = f' timeUnit="{unit}"' if unit else ""
    return f'<bpsim:FloatingParameter value="{value}"{said}/>'


def adonis(**values: str) -> str:
    """Return ADONIS attributes by name."""
    inside = "".join(
        f'<adonis:attribute name="{name}"><adonis:value>{value}</adonis:value></adonis:attribute>'
        for name, value in values.items()
    )
    return f"<adonis:attributes>{inside}</adonis:attributes>"


def qbp(element: str, resources: str = "", flows: str = "") -> str:
    """Return QBP data about the task A."""
    return (
        "<extensionElements><qbp:processSimulationInfo>"
        f"<qbp:resources>{resources}</qbp:resources>"
        f'<qbp:elements><qbp:element elementId="A">{element}</qbp:element></qbp:elements>'
        f"<qbp:sequenceFlows>{flows}</qbp:sequenceFlows>"
        "</qbp:processSimulationInfo></extensionElements>"
    )


def fixed(mean: str, unit: str, raw: str | None = None, kind: str = "FIXED") -> str:
    said = "" if raw is None else f' rawMean="{raw}"'
    return (
        f'<qbp:durationDistribution type="{kind}" mean="{mean}"{said}>'
        f"<qbp:timeUnit>{unit}</qbp:timeUnit></qbp:durationDistribution>"
    )


def step(data: bytes | Reading) -> Step:
    """Return the task A as it is read."""
    reading = data if isinstance(data, Reading) else read(data)
    return reading.procedures[0].flow.steps[0]


def arrow(data: bytes) -> SequenceFlow:
    """Return the flow F as it is read."""
    return read(data).procedures[0].flow.edges[0]


def doubts(data: bytes | Reading) -> list[str]:
    """Return the codes of what the dialects left to say, without what was simply read."""
    reading = data if isinstance(data, Reading) else read(data)
    found = [each.code for each in reading.findings if each.code.startswith("dialect-")]
    return [code for code in found if code != "dialect-read"]
