"""A built file says everything the model says, to us and to every other BPMN 2.0 reader."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bpmn.anything import anything, in_order
from bpmn.test_read import codes
from strategies import procedures
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.names import OWN
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.errors import CannotWrite
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow
from tthc_flow.model.procedure import Pool, Procedure
from tthc_flow.model.step import Step


def schema() -> etree.XMLSchema:
    place = resources.files("SpiffWorkflow").joinpath("bpmn", "parser", "schema", "BPMN20.xsd")
    return etree.XMLSchema(etree.parse(str(place)))


def own_schema() -> etree.XMLSchema:
    place = resources.files("tthc_flow.bpmn").joinpath("tthc-flow-1.xsd")
    return etree.XMLSchema(etree.fromstring(place.read_bytes()))


BPMN20 = schema()
OURS = own_schema()


@settings(max_examples=60)  # a procedure with every field drawn costs 20 ms to draw
@given(procedure=anything())
def test_any_procedure_that_is_built_reads_as_the_same_procedure(procedure):
    reading = read(build(procedure).data)
    assert in_order(reading.procedures[0]) == in_order(procedure)


@settings(max_examples=60)  # as above
@given(procedure=anything())
def test_any_built_file_is_valid_by_both_schemas(procedure):
    root = etree.fromstring(build(procedure).data)
    BPMN20.assertValid(root)
    for facts in root.iterfind(f".//{{*}}extensionElements/{{{OWN}}}*"):
        OURS.assertValid(etree.fromstring(etree.tostring(facts, with_tail=False)))


@settings(max_examples=40)  # the laws above look further; these are the flows levers work on
@given(procedure=procedures())
def test_realistic_procedures_survive_being_built_and_read(procedure):
    assert in_order(build(procedure).procedures[0]) == in_order(procedure)


def test_a_drawing_is_read_back_as_it_was_given():
    drawing = Drawing(
        shapes={
            "Pool": Shape(bounds=Bounds(0, 0, 600, 200.5), horizontal=False),
            "A": Shape(bounds=Bounds(60, 40, 100, 80), label=Bounds(61, 41, 10, 10)),
            "G": Shape(bounds=Bounds(1 / 3, -4, 50, 50), marker=False),
        },
        lines={"F": Line(points=(Point(160, 80), Point(200, 80.25)), label=Bounds(1, 2, 3, 4))},
    )
    flow = Flow(
        id="P",
        nodes=(Step(id="A", name="Vào sổ"), Gateway(id="G", kind=GatewayKind.EXCLUSIVE)),
        edges=(SequenceFlow(id="F", source="A", target="G"),),
    )
    document = build(Procedure(flow=flow, pools=(Pool(id="Pool", process="P"),)), drawing)
    assert document.drawings == (drawing,)
    BPMN20.assertValid(etree.fromstring(document.data))


@given(name=st.text(max_size=20))
def test_a_name_is_either_kept_exactly_or_refused_with_a_code(name):
    procedure = Procedure(flow=Flow(id="P", nodes=(Step(id="A", name=name),)))
    try:
        document = build(procedure)
    except CannotWrite as error:
        assert error.code == "TF612"  # noqa: PT017 (either outcome is right)
    else:
        assert document.procedures[0].flow.nodes[0].name == name


@pytest.mark.parametrize("identifier", ["1a", "a b", "", "a:b"])
def test_an_id_that_xml_does_not_allow_is_refused(identifier):
    procedure = Procedure(flow=Flow(id="P", nodes=(Step(id=identifier, name="x"),)))
    with pytest.raises(CannotWrite, match="TF611"):
        build(procedure)


@pytest.mark.parametrize("place", ["scope", "lane"])
def test_a_node_that_lies_nowhere_is_refused_not_lost(place):
    flow = Flow(id="P", nodes=(Step(id="A", name="a", **{place: "gone"}),))
    with pytest.raises(CannotWrite, match="TF614"):
        build(Procedure(flow=flow))
    document = build(Procedure(flow=Flow(id="P")))
    with pytest.raises(CannotWrite, match="TF614"):
        write(document, [Procedure(flow=flow)])


def test_facts_of_a_built_file_are_never_replaced_by_guesses():
    step = Step(id="A", name="Văn thư vào sổ, đóng dấu")
    flow = Flow(id="P", nodes=(step,))
    reading = read(build(Procedure(flow=flow)).data)
    assert reading.procedures[0].flow.nodes == (step,)
    assert codes(reading) == []
