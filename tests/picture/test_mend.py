"""What tools write wrongly is mended in the picture; what they write rightly is left alone."""

from __future__ import annotations

from attrs import evolve

from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    SequenceFlow,
)
from tthc_flow.model.procedure import Pool, Procedure
from tthc_flow.model.step import Step
from tthc_flow.picture.mend import mended

GATE = Gateway(id="g", kind=GatewayKind.EXCLUSIVE, name="Đủ?")
STEP = Step(id="a", name="Ký")
EDGE = SequenceFlow(id="f", source="g", target="a")
FLOW = Flow(id="P", nodes=(GATE, STEP), edges=(EDGE,), lanes=(Lane(id="l", name="Sở"),))
BOTH = Procedure(flow=FLOW, pools=(Pool(id="p", name="UBND", process="P"),))
SHAPES = {"g": Shape(bounds=Bounds(200, 100, 50, 50)), "a": Shape(bounds=Bounds(400, 85, 100, 80))}
RIGHT = Line(points=(Point(250, 125), Point(400, 125)))


def line_of(*points: tuple[float, float], label: Bounds | None = None) -> Line:
    line = Line(points=tuple(Point(*each) for each in points), label=label)
    return mended((BOTH,), Drawing(shapes=SHAPES, lines={"f": line})).lines["f"]


def test_a_right_line_is_left_alone():
    assert mended((BOTH,), Drawing(shapes=SHAPES, lines={"f": RIGHT})).lines["f"] == RIGHT


def test_ends_at_the_origin_go_to_their_shapes():
    assert line_of((0, 0), (320, 125), (0, 0)).points == (
        Point(250, 125),
        Point(320, 125),
        Point(400, 125),
    )
    assert line_of((0, 0), (0, 0)) == RIGHT


def test_ends_inside_a_shape_stop_at_its_border_the_diamond_s_too():
    assert line_of((225, 125), (450, 125)) == RIGHT
    slanted = line_of((225, 125), (225, 300), (450, 300), (450, 125))
    assert slanted.points[0] == Point(225, 150)
    assert slanted.points[-1] == Point(450, 165)


def test_a_name_far_from_its_line_or_on_its_own_event_has_no_place():
    near, far = Bounds(300, 110, 20, 12), Bounds(0, 900, 20, 12)
    assert line_of((250, 125), (400, 125), label=near).label == near
    assert line_of((250, 125), (400, 125), label=far).label is None
    event = Event(id="e", position=EventPosition.START, name="Có hồ sơ")
    alone = Procedure(flow=Flow(id="P", nodes=(event,)))
    for label, kept in ((Bounds(5, 10, 30, 12), False), (Bounds(0, 40, 30, 12), True)):
        shape = Shape(bounds=Bounds(0, 0, 36, 36), label=label)
        found = mended((alone,), Drawing(shapes={"e": shape})).shapes["e"].label
        assert (found is not None) == kept


def test_a_pool_covered_by_its_lanes_gets_a_header_beside_them():
    for horizontal, grown in (
        (True, Bounds(-30, 0, 530, 200)),
        (False, Bounds(0, -30, 500, 230)),
    ):
        frame = Shape(bounds=Bounds(0, 0, 500, 200), horizontal=horizontal)
        shapes = {"p": frame, "l": frame}
        assert mended((BOTH,), Drawing(shapes=shapes)).shapes["p"].bounds == grown
        clear = evolve(frame, bounds=Bounds(30, 30, 470, 170))
        shapes = {"p": frame, "l": clear}
        assert mended((BOTH,), Drawing(shapes=shapes)).shapes["p"] == frame
