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


def test_the_way_to_a_deadlock_is_numbered_and_its_place_is_framed():
    svg = shown(DEADLOCK)
    assert sorted(badges(svg)) == ["!", "!", "1", "2", "3", "4"]  # one sign at the place, one below
    assert 'stroke-dasharray="8 3"' in svg
    assert "Hồ sơ có thể kẹt lại ở “and1”" in svg
    assert "theo các số 1–4 trên hình" in svg


def test_a_sound_flow_is_drawn_with_a_word_about_it_and_nothing_framed():
    svg = shown("s > a > e")
    assert "Không tìm thấy chỗ sai cấu trúc" in svg
    assert 'stroke-dasharray="8 3"' not in svg


def test_the_words_come_in_english_too():
    assert "A dossier can get stuck at “and1”" in shown(DEADLOCK, lang="en")


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
