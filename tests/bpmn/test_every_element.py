"""Every element of the BPMN 2.0 schema: kept byte for byte, and in the model or in a finding.

``files/every_element.bpmn`` is written by hand; that it is valid and complete is what the schema
says (OMG dtc/10-05-04, BPMN20.xsd and Semantic.xsd, as SpiffWorkflow ships them), not the reader.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from lxml import etree

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.model.flow import Event, Gateway, Trigger
from tthc_flow.model.step import Step

FILE = Path(__file__).parent / "files" / "every_element.bpmn"
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
XS = "{http://www.w3.org/2001/XMLSchema}"
SCHEMA = resources.files("SpiffWorkflow").joinpath("bpmn", "parser", "schema")
XSDS = ("BPMN20", "Semantic")
# Named by the schema as flow elements (its substitution groups): what a process is made of.
FLOW_ELEMENTS = frozenset(
    (
        *("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask"),
        *("sendTask", "receiveTask", "callActivity", "subProcess", "transaction"),
        *("adHocSubProcess", "startEvent", "endEvent", "boundaryEvent", "implicitThrowEvent"),
        *("intermediateCatchEvent", "intermediateThrowEvent", "exclusiveGateway", "event"),
        *("parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"),
        *("choreographyTask", "subChoreography", "callChoreography", "sequenceFlow"),
        *("dataObject", "dataObjectReference", "dataStoreReference"),
    )
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(FILE)


def named_by_the_schema() -> set[str]:
    """Return the names of all elements that can stand in a file: no abstract type can."""
    roots = [etree.fromstring(SCHEMA.joinpath(f"{name}.xsd").read_bytes()) for name in XSDS]
    types = [each for root in roots for each in root.iter(f"{XS}complexType")]
    abstract = {each.get("name") for each in types if each.get("abstract") == "true"}
    elements = [each for root in roots for each in root.iter(f"{XS}element") if each.get("name")]
    return {each.get("name") for each in elements if each.get("type") not in abstract}


# Global elements that nothing may hold: the heads that others stand in for.
NEVER_IN_A_FILE = frozenset(
    (
        *("artifact", "baseElement", "baseElementWithMixedContent", "callableElement"),
        *("dataAssociation", "gateway"),
    )
)


def test_the_file_is_valid_and_holds_every_element_that_the_schema_names():
    tree = etree.parse(FILE)
    with resources.as_file(SCHEMA) as folder:
        schema = etree.XMLSchema(etree.parse(folder / "BPMN20.xsd"))
    assert schema.validate(tree), schema.error_log
    held = {str(each.tag).removeprefix(MODEL) for each in tree.iter(f"{MODEL}*")}
    assert named_by_the_schema() - held - NEVER_IN_A_FILE == set()


def test_it_comes_back_byte_for_byte(reading):
    assert write(reading.document, reading.procedures) == FILE.read_bytes()


def test_every_flow_element_is_in_the_model_or_named_by_a_finding(reading):
    procedure = reading.procedures[0]
    flow = procedure.flow
    known = {each.id for each in (*flow.nodes, *flow.edges, *procedure.links)}
    known |= {each.id for each in procedure.artifacts}
    told = {each.element for each in reading.findings}
    kinds = {dict(each.values).get("kind") for each in reading.findings}
    lost = [
        element.get("id")
        for element in etree.parse(FILE).iter(f"{MODEL}*")
        if str(element.tag).removeprefix(MODEL) in FLOW_ELEMENTS
        and element.get("id") not in known | told
        and str(element.tag).removeprefix(MODEL) not in kinds
        # A part of complexBehaviorDefinition, which belongs to a repetition that is told.
        and element.get("id") != "Implicit_1"
    ]
    assert lost == []


def test_all_kinds_of_tasks_gateways_and_triggers_are_told_apart(reading):
    nodes = reading.procedures[0].flow.nodes
    assert len({node.task for node in nodes if isinstance(node, Step)}) == 9
    assert len({node.kind for node in nodes if isinstance(node, Gateway)}) == 5
    triggers = {node.trigger for node in nodes if isinstance(node, Event)}
    assert set(Trigger) - triggers == {Trigger.NONE, Trigger.MULTIPLE}


def test_what_is_kept_only_is_counted_by_kind_with_the_line_of_the_first(reading):
    kept = {
        dict(each.values)["kind"]: each
        for each in reading.findings
        if each.code == "read-kept-only"
    }
    lines = FILE.read_text("utf-8").splitlines()
    assert {"globalTask", "conversation", "interface", "resource", "script", "property"} <= set(
        kept
    )
    for kind, finding in kept.items():
        assert finding.line is not None
        assert f"<{kind}" in lines[finding.line - 1]
