"""What lies outside the applicant's time: sub-processes after the grant, and those inside them."""

from __future__ import annotations

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.model.flow import Flow, SubProcess


def nested(*boxes: tuple[str, str | None, bool]) -> Flow:
    nodes = (SubProcess(id=id_, scope=scope, outside_clock=out) for id_, scope, out in boxes)
    return Flow(id="p", nodes=tuple(nodes))


def test_what_lies_inside_is_outside_the_clock_too_in_any_order_of_the_file():
    flow = nested(("c", "b", False), ("b", "a", False), ("a", None, True), ("d", None, False))
    assert scopes_outside_clock(flow) == {"a", "b", "c"}


def test_what_lies_around_it_is_not():
    assert scopes_outside_clock(nested(("a", None, False), ("b", "a", True))) == {"b"}


def test_boxes_that_lie_in_each_other_end():
    assert scopes_outside_clock(nested(("a", "b", True), ("b", "a", False))) == {"a", "b"}
