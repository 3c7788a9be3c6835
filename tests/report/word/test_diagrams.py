"""Diagrams on paper: whole on a page, and in parts that can be read where they are too large."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from report.word.cases_of import press
from tthc_flow.picture.png import png
from tthc_flow.report.word.blocks import Figure
from tthc_flow.report.word.diagrams import diagrams
from tthc_flow.report.word.enlarged import LEAST, fits, parts, whole
from tthc_flow.report.word.page import text_height, text_width

VIEW = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')


def drawing(width, height):
    return (
        f'<svg viewBox="-20 -60 {width} {height}" width="{width}" height="{height}">'
        f'<rect x="0" y="0" width="30" height="{height - 90}" fill="#e8eef5"/>'
        '<text font-size="12">Sở</text><g/></svg>'
    )


def view(svg):
    return tuple(map(float, VIEW.search(svg).groups()))


@given(st.integers(300, 9_000), st.integers(300, 5_000), st.booleans())
def test_parts_hold_every_place_fit_their_page_and_can_be_read(width, height, wide):
    made = parts(drawing(width, height), wide=wide, spare=20)
    boxes = [view(each.svg) for each in made]
    for each, (_, _, across, down) in zip(made, boxes, strict=True):
        scale = each.width / across
        assert scale >= LEAST - 1e-6
        assert each.width <= text_width(wide=wide) + 0.01
        assert down * scale <= text_height(wide=wide) - 20 + 0.01
    assert min(x for x, _, _, _ in boxes) == -20
    assert abs(max(x + across for x, _, across, _ in boxes) - (width - 20)) < 0.1
    assert min(y for _, y, _, _ in boxes) == -60
    assert abs(max(y + down for _, y, _, down in boxes) - (height - 60)) < 0.1
    starts = sorted({(x + 50, x + across) for x, _, across, _ in boxes})  # beside the names
    for (_, end), (start, _) in pairwise(starts):
        assert end - start >= 129.9  # a step of 110 units is whole in one of them


def test_the_names_of_the_lanes_stand_in_every_part():
    made = parts(drawing(4_000, 500), wide=True, spare=20)
    assert len(made) > 1
    assert [each.svg.count('fill="#e8eef5"') for each in made] == [1, *[2] * (len(made) - 1)]
    for each in made:
        assert png(each.svg).startswith(b"\x89PNG")


def test_a_small_diagram_is_not_blown_up_and_has_no_parts():
    small = drawing(400, 300)
    assert len(parts(small, wide=True, spare=20)) == 1
    assert whole(small, wide=True, spare=58).width / 400 <= 0.26
    assert fits(small, wide=True, spare=58) >= LEAST


def test_the_title_is_left_to_the_caption():
    one = press()
    figures = [each for each in diagrams(one, 1) if isinstance(each, Figure)]
    assert view(figures[0].svg)[1] == view(one.before)[1] + 50


def test_the_same_picture_is_the_same_bytes_each_time_it_is_drawn():
    """The tests of the papers draw each picture once: this one does not."""
    assert png(drawing(400, 300)) == png(drawing(400, 300))
