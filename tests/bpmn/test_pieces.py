"""A file cut into pieces: only where it is looked into, and never with a byte lost."""

from __future__ import annotations

import gc
import weakref

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tthc_flow.bpmn.pieces import Layout, Pieces, render, split

LAYOUT = Layout("\n", "  ")
FILE = """\
<?xml version="1.0"?><!-- <a> -->
<a>
  <b x="1 > 0"><c/><!-- </b> --><![CDATA[<c>]]><c y='/>'>t</c >
  </b><?note <c>?>
  <d/> <e
    z=""
  />
</a>
<!-- the end -->
"""


def cut(text: str) -> tuple[Pieces, etree._Element]:
    """Return the pieces of *text* and its tree."""
    root = etree.fromstring(text.encode())
    return split(text, root).whole, root


def test_only_what_an_element_lies_in_is_cut_up() -> None:
    whole, root = cut(FILE)
    whole.of(root[0][0])
    assert sorted(whole.contents) == [0, 1]
    assert [piece.name for piece in whole.known.values()] == ["a", "b", "d", "e", "c", "c"]


def test_tags_in_comments_instructions_and_attributes_are_no_elements() -> None:
    whole, root = cut(FILE)
    found = {each: whole.of(each) for each in root.iter("*")}
    assert [piece.start + piece.between + piece.end for piece in found.values()][1:] == [
        "<b x=\"1 > 0\"><c/><!-- </b> --><![CDATA[<c>]]><c y='/>'>t</c >\n  </b>",
        "<c/>",
        "<c y='/>'>t</c >",
        "<d/>",
        '<e\n    z=""\n  />',
    ]
    assert [piece.indent for piece in found.values()] == ["", "  ", None, None, "  ", None]
    assert render(whole.of(root), LAYOUT) == FILE


TREES = st.recursive(
    st.sampled_from(("<x/>", "<x></x>", "<x>t</x>", "<x\n/>", "t", "\n  ", "<!--<x>-->")),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f"<x>{''.join(parts)}</x>"),
    max_leaves=20,
)


@given(st.lists(TREES, min_size=1, max_size=4), st.data())
def test_whatever_was_looked_into_an_unmarked_file_comes_back(
    parts: list[str], data: st.DataObject
) -> None:
    text = f"<x>{''.join(parts)}</x>\n"
    whole, root = cut(text)
    for each in data.draw(st.lists(st.sampled_from([*root.iter("*")]), min_size=1)):
        assert whole.of(each).element is each
    assert render(whole.of(root), LAYOUT) == text


def test_pieces_that_are_let_go_are_gone_without_a_search_for_circles() -> None:
    whole, root = cut(FILE)
    whole.of(root[0][0])
    there = weakref.ref(whole)
    gc.disable()
    try:
        whole.let_go()
        del whole
        assert there() is None
    finally:
        gc.enable()
