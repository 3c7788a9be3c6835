"""Data, notes and groups are drawn as BPMN draws them, with their names."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from attrs import evolve

from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.model.artifact import (
    Artifact,
    ArtifactKind,
    Association,
    AssociationKind,
    Direction,
)
from tthc_flow.model.drawing import Bounds, Colours, Drawing, Line, Point, Shape
from tthc_flow.model.flow import Flow, Gateway, GatewayKind
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.picture.svg import draw


def with_artifact(kind: ArtifactKind, text: str = "Hồ sơ", **facts: object) -> Procedure:
    tied = Association(id="T", source="A", target="D", direction=Direction.ONE)
    artifact = Artifact(id="D", kind=kind, text=text, **facts)
    flow = Flow(id="P", nodes=(Step(id="A", name="Ký"),))
    return Procedure(flow=flow, artifacts=(artifact,), associations=(tied,))


def part(svg: str, element: str) -> str:
    found = re.search(rf'<g data-element="{element}">.*?</g>', svg)
    assert found is not None, element
    return found.group()


@pytest.mark.parametrize("kind", [each for each in ArtifactKind if each is not ArtifactKind.GROUP])
def test_every_kind_is_laid_out_drawn_and_named(kind):
    procedure = with_artifact(kind)
    drawing = lay_out(procedure)
    svg = draw(procedure, drawing)
    assert "Hồ sơ</tspan>" in part(svg, "D")
    assert 'stroke-dasharray="2 4"' in part(svg, "T")
    step, beside = drawing.shapes["A"].bounds, drawing.shapes["D"].bounds
    assert abs(step.centre.x - beside.centre.x) + abs(step.centre.y - beside.centre.y) < 200
    assert beside.y >= step.bottom or beside.bottom <= step.y or beside.x >= step.right


def test_a_group_is_a_dashed_frame_with_its_name_and_hides_nothing():
    procedure = with_artifact(ArtifactKind.GROUP, "Một cửa")
    shapes = {"A": Shape(bounds=Bounds(0, 0, 100, 80)), "D": Shape(bounds=Bounds(-9, -9, 200, 200))}
    svg = draw(procedure, Drawing(shapes=shapes))
    assert 'fill="none"' in part(svg, "D")
    assert "stroke-dasharray" in part(svg, "D")
    assert "Một cửa</tspan>" in part(svg, "D")
    assert svg.index('data-element="D"') > svg.index('data-element="A"')


def test_the_state_of_data_stands_in_brackets_under_it():
    procedure = with_artifact(ArtifactKind.DATA_REFERENCE, state="đã ký")
    assert "[đã ký]" in re.sub(r"</tspan><tspan[^>]*>", " ", draw(procedure, lay_out(procedure)))


def test_arrow_heads_stand_where_the_association_has_them():
    line = Line(points=(Point(0, 0), Point(90, 0)))
    flow = Flow(id="P", nodes=(Step(id="A", name=""),))
    shapes = {"A": Shape(bounds=Bounds(0, 0, 9, 9))}
    heads = {}
    for direction in Direction:
        tied = Association(id="T", source="A", target="A", direction=direction)
        svg = draw(
            Procedure(flow=flow, associations=(tied,)), Drawing(shapes=shapes, lines={"T": line})
        )
        heads[direction] = part(svg, "T").count("<path") - 1
    assert heads == {Direction.NONE: 0, Direction.ONE: 1, Direction.BOTH: 2}
    data = Association(id="T", source="A", target="A", kind=AssociationKind.INPUT)
    svg = draw(
        Procedure(flow=flow, associations=(data,)), Drawing(shapes=shapes, lines={"T": line})
    )
    assert part(svg, "T").count("<path") == 2


def test_a_kept_drawing_keeps_notes_and_places_only_new_ones():
    before = with_artifact(ArtifactKind.NOTE)
    drawing = lay_out(before)
    more = Artifact(id="E", kind=ArtifactKind.NOTE, text="Xem lại")
    after = Procedure(
        flow=before.flow,
        artifacts=(*before.artifacts, more),
        associations=(*before.associations, Association(id="U", source="A", target="E")),
    )
    kept = keep(drawing, before, after)
    assert {kept.shapes[each] for each in drawing.shapes} == set(drawing.shapes.values())
    assert kept.lines["T"] == drawing.lines["T"]
    assert {"E"} == set(kept.shapes) - set(drawing.shapes)
    assert "U" in kept.lines


def test_a_damaged_number_in_a_drawing_costs_no_time():
    procedure = with_artifact(ArtifactKind.NOTE)
    gate = Gateway(id="G", kind=GatewayKind.EXCLUSIVE, name="Đủ?")
    procedure = evolve(procedure, flow=evolve(procedure.flow, nodes=(*procedure.flow.nodes, gate)))
    shapes = {each: Shape(bounds=Bounds(0, 0, 1e12, 1e12)) for each in ("A", "D", "G")}
    lines = {"T": Line(points=(Point(0, 0), Point(4e12, 4e12)))}
    start = perf_counter()
    assert draw(procedure, Drawing(shapes=shapes, lines=lines)).startswith("<svg")
    assert perf_counter() - start < 1


@pytest.mark.parametrize("kind", list(ArtifactKind))
def test_the_file_s_colours_are_those_of_artifacts_too(kind):
    shapes = {
        "A": Shape(bounds=Bounds(0, 0, 100, 80)),
        "D": Shape(
            bounds=Bounds(200, 0, 100, 80), colours=Colours(fill="#ddeeff", stroke="#112233")
        ),
    }
    drawn = part(draw(with_artifact(kind), Drawing(shapes=shapes)), "D")
    assert 'stroke="#112233"' in drawn
    bare = kind in {ArtifactKind.NOTE, ArtifactKind.GROUP}  # these have no inside
    assert ('fill="#ddeeff"' in drawn) == (not bare)
