"""Pictures beside a record: ours are taken, whatever could do harm is refused."""

from __future__ import annotations

import pytest

from report.told import COUNCIL, PRESS, made
from tthc_flow.errors import UnreadableInput
from tthc_flow.report.foreign_picture import checked_picture

HEAD = '<svg xmlns="http://www.w3.org/2000/svg">'


@pytest.mark.parametrize("path", [PRESS, COUNCIL], ids=lambda path: path.parent.name)
def test_what_was_drawn_here_is_taken_as_it_is(path):
    for name in ("svg_before", "svg_after", "svg_both"):
        drawn = made(path)[name]
        assert checked_picture(drawn.encode(), name) == drawn


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="file:///etc/hostname"/>',
        '<use href="#a"/>',
        "<foreignObject/>",
        "<style>*{}</style>",
        '<a href="http://a"><text>x</text></a>',
        '<rect onclick="alert(1)"/>',
        '<rect fill="URL(http://a)"/>',
        '<rect style="fill:red"/>',
        '<g xmlns="http://www.w3.org/1999/xhtml"><title/></g>',
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>",
        "<?xml-stylesheet href='a.css'?>",
        "<rect>",
    ],
)
def test_whatever_is_not_ours_is_refused(inside):
    with pytest.raises(UnreadableInput) as caught:
        checked_picture(f"{HEAD}{inside}</svg>".encode(), "a.svg")
    assert (caught.value.code, caught.value.place) == ("TF284", "a.svg")


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b"\xff\xfe",
        b"",
        (HEAD + "<g/>" * 2_000_001 + "</svg>").encode(),
    ],
    ids=["doctype", "bytes", "empty", "huge"],
)
def test_what_is_no_picture_at_all_is_refused(data):
    with pytest.raises(UnreadableInput):
        checked_picture(data, "a.svg")
