"""What breaks a flow, drawn: the numbers of the way, the broken place, the words."""

from __future__ import annotations

import re

from attrs import evolve

from by_hand import drawn, procedure_of
from tthc_flow.bpmn.build import build
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.picture.counter_example import CounterExample, with_counter_example
from tthc_flow.picture.svg import Picture
from tthc_flow.verbs.show import show

DEADLOCK = "s > a > xor1; xor1 > b > and1; xor1 > c > and1; and1 > d > e"
EMPTY = Picture(body="", box=Bounds(0, 0, 400, 200))
SHAPES = {name: Shape(bounds=Bounds(x, 0, 100, 80)) for x, name in ((0, "a"), (200, "b"))}


def shown(picture, **options):
    procedure = procedure_of(drawn(picture))
    document = build(procedure, lay_out(procedure)).data
    return show(document, counter_example=True, **options)


def badges(svg):
    """Return the texts in white letters: numbers, and exclamation marks."""
    return re.findall(r'fill="#ffffff"[^>]*><tspan[^>]*>([^<]*)</tspan>', svg)


def words(svg):
    """Return all that is written, wrapped lines joined."""
    return " ".join(re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg))


def test_the_way_to_a_deadlock_is_numbered_and_its_place_is_framed():
    svg = shown(DEADLOCK)
    assert sorted(badges(svg)) == ["!", "!", "1", "2", "3", "4"]  # one sign at the place, one below
    assert 'stroke-dasharray="8 3"' in svg
    assert "Hồ sơ có thể kẹt lại ở điểm gộp song song sau “b”" in words(svg)
    assert "theo các số 1–4 trên hình" in words(svg)


def test_a_sound_flow_is_drawn_with_a_word_about_it_and_nothing_framed():
    svg = shown("s > a > e")
    assert "Không tìm thấy chỗ sai cấu trúc" in svg
    assert 'stroke-dasharray="8 3"' not in svg


def test_the_words_come_in_english_too():
    assert "can get stuck at parallel join after “b”" in words(shown(DEADLOCK, lang="en"))


def test_only_the_flows_between_what_fires_are_thick():
    flow = drawn("a > b > c")
    points = (Point(100, 40), Point(200, 40))
    drawing = Drawing(shapes=SHAPES, lines={edge.id: Line(points=points) for edge in flow.edges})
    example = CounterExample(way=("a", "b"), broken=None, words="–")
    body = with_counter_example(EMPTY, drawing, flow.edges, example).body
    assert body.count("<polyline") == 1
    back = evolve(example, way=("b", "a"))
    assert "<polyline" not in with_counter_example(EMPTY, drawing, flow.edges, back).body


def test_what_fires_again_carries_all_its_numbers_and_a_long_way_is_cut():
    example = CounterExample(way=("a", "b") * 5, broken=None, words="–")
    body = with_counter_example(EMPTY, Drawing(shapes=SHAPES), (), example).body
    assert "1, 3, 5…" in body
    assert "2, 4, 6…" in body


def test_a_message_that_nobody_reads_is_a_red_line():
    line = Line(points=(Point(0, 0), Point(0, 100)))
    drawing = Drawing(shapes=SHAPES, lines={"m": line})
    example = CounterExample(way=(), broken="m", words="–")
    body = with_counter_example(EMPTY, drawing, (), example).body
    assert body.count("<polyline") == 1
    assert 'cy="50"' in body


def test_long_words_are_broken_into_lines_and_the_picture_grows():
    example = CounterExample(way=(), broken=None, words="Hồ sơ kẹt lại " * 30)
    grown = with_counter_example(EMPTY, Drawing(shapes=SHAPES), (), example)
    assert grown.box.height > EMPTY.box.height + 60
    assert grown.box.width < 2 * EMPTY.box.width


def test_the_way_lies_on_the_lines_as_drawn_where_a_tool_led_them_to_the_origin():
    procedure = procedure_of(drawn(DEADLOCK))
    data = build(procedure, lay_out(procedure)).data
    astray = re.sub(
        rb'(<di:waypoint )x="[^"]*" y="[^"]*"(/>\s*</bpmndi)', rb'\1x="0" y="0"\2', data
    )
    assert astray != data
    ways = re.findall(r'<polyline points="([^"]*)"', show(astray, counter_example=True))
    assert ways
    assert not [way for way in ways if way.endswith(" 0,0")]


def test_the_numbers_of_a_small_element_leave_its_right_corner_to_the_sign():
    event = Drawing(shapes={"e": Shape(bounds=Bounds(100, 0, 36, 36))})
    example = CounterExample(way=("e",) * 3, broken="e", words="–")
    body = with_counter_example(EMPTY, event, (), example).body
    badge = re.search(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)" height="20"', body)
    assert badge is not None
    assert float(badge[1]) + float(badge[2]) <= 118
