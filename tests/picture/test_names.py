"""Names of any kind stay inside their shapes, however small these are, and on the sheet."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picture.drawn import elements, frame_of, holds, parsed, words_of
from tthc_flow.layout.text import text_width
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import Event, EventPosition, Flow, Lane, SequenceFlow, SubProcess
from tthc_flow.model.procedure import Pool, Procedure
from tthc_flow.model.step import Step
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.svg import draw

NAMES = (
    "Thẩm định hồ sơ, tổng hợp ý kiến các đơn vị và trình Lãnh đạo Ủy ban nhân dân tỉnh phê duyệt",
    "Dòng một\nDòng hai\r\nDòng ba",
    "Nghiêng" * 40,
    "عرض الملف على المدير " * 3,
    "📨 Gửi 👩‍👩‍👧 kết quả 🇻🇳",
    unicodedata.normalize("NFD", "Quyết định cấp phép đặc biệt"),
    "審査" * 30,
    "x " * 1_000,
    "W" * 2_000,
    " \t\n ",
    "<script>&amp;</script>",
)
SIZES = ((100.0, 80.0), (36.0, 30.0), (12.0, 9.0), (1.0, 1.0), (400.0, 20.0), (20.0, 400.0))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_stays_inside_its_shape(name, size):
    width, height = size
    nodes = (Step(id="task", name=name, number="1"), SubProcess(id="open", name=name))
    flow = Flow(id="P", nodes=nodes, lanes=(Lane(id="lane", name=name),))
    pools = (Pool(id="pool", name=name, process="P"), Pool(id="black", name=name))
    kinds = ("task", "open", "lane", "pool", "black")
    shapes = {
        kind: Shape(bounds=Bounds(index * 500, 0, width, height))
        for index, kind in enumerate(kinds)
    }
    svg = draw(Procedure(flow=flow, pools=pools), Drawing(shapes=shapes))
    groups = elements(parsed(svg))
    for kind in kinds:
        frame = frame_of(groups[kind])
        assert frame is not None
        for words in words_of(groups[kind]):
            assert holds(frame, words.box), (kind, words)


@given(
    st.text(max_size=60),
    st.floats(min_value=0, max_value=200),
    st.floats(min_value=0, max_value=120),
    st.booleans(),
)
def test_fitted_lines_are_never_wider_or_higher_than_asked(text, width, height, bold):
    fitted = fit(text, width, height, 12.0, bold=bold)
    for line in fitted.lines:
        assert text_width(line, fitted.size, bold=bold) <= width
    assert len(fitted.lines) * fitted.size * 1.25 <= height or not fitted.lines


def test_a_name_that_fits_is_whole_and_a_cut_one_says_so():
    assert fit("Ký duyệt", 80, 40, 12).lines == ("Ký duyệt",)
    cut = fit("Ký duyệt hồ sơ " * 30, 60, 30, 12)
    assert cut.lines[-1].endswith("…")
    assert fit("Ký", 5, 40, 12).lines == ()


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_the_sheet_is_as_large_as_the_names_outside_of_shapes_need(name):
    nodes = (
        Event(id="a", position=EventPosition.START, name=name),
        Event(id="b", position=EventPosition.END, name=name),
    )
    flow = Flow(
        id="P", nodes=nodes, edges=(SequenceFlow(id="f", source="a", target="b", name=name),)
    )
    shapes = {
        "a": Shape(bounds=Bounds(0, 0, 36, 36)),
        "b": Shape(bounds=Bounds(90, 0, 36, 36), label=Bounds(90, 40, 30, 12)),
    }
    line = Line(points=(Point(36, 18), Point(90, 18)))
    root = parsed(draw(Procedure(flow=flow), Drawing(shapes=shapes, lines={"f": line})))
    sheet = Bounds(*(float(each) for each in root.get("viewBox", "").split()))
    for words in words_of(root):
        assert holds(sheet, words.box), words


def test_a_wider_label_is_used_only_where_it_hits_nothing():
    def rows(beside: float) -> int:
        event = Event(id="a", position=EventPosition.START, name="Start Event Message")
        other = Step(id="b", name="")
        shapes = {
            "a": Shape(bounds=Bounds(100, 0, 36, 36), label=Bounds(88, 40, 60, 12)),
            "b": Shape(bounds=Bounds(beside, 36, 60, 40)),
        }
        flow = Flow(id="P", nodes=(event, other))
        svg = draw(Procedure(flow=flow), Drawing(shapes=shapes))
        return len(list(words_of(elements(parsed(svg))["a"])))

    assert rows(beside=400) == 2
    assert rows(beside=150) == 3


def test_a_line_of_very_many_points_is_named_as_quickly_as_it_is_drawn():
    nodes = (Step(id="a", name=""), Step(id="b", name=""))
    edge = SequenceFlow(id="f", source="a", target="b", name="Đạt")
    shapes = {"a": Shape(bounds=Bounds(0, 0, 99, 80)), "b": Shape(bounds=Bounds(9e4, 0, 99, 80))}

    def took(count: int) -> float:
        points = tuple(Point(99 + each, 40.0 + each % 2) for each in range(count))
        flow = Flow(id="P", nodes=nodes, edges=(edge,))
        drawing = Drawing(shapes=shapes, lines={"f": Line(points=points)})
        start = process_time()
        draw(Procedure(flow=flow), drawing)
        return process_time() - start

    assert min(took(20_000) for _ in range(2)) < 16 * min(took(5_000) for _ in range(3))
