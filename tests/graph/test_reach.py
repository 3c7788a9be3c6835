"""What leads to an element, within its own scope."""

from __future__ import annotations

from attrs import evolve

from by_hand import drawn
from tthc_flow.graph.reach import reaching
from tthc_flow.model.flow import Event, EventPosition, SubProcess


def test_loops_and_boundary_events_lead_on_and_other_branches_do_not():
    late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="a")
    flow = drawn("s > xor1 > a > xor2; xor2 > xor1; xor2 > b > e; late > c > e2", late)
    assert reaching(flow, "c") == {"s", "xor1", "a", "xor2", "late", "c"}
    assert reaching(flow, "b") == {"s", "xor1", "a", "xor2", "b"}


def test_a_sub_process_stands_for_what_lies_inside_it():
    flow = drawn("s > a > sub > b > e; x > y", SubProcess(id="sub", name="Hội đồng"))
    inside = tuple(evolve(n, scope="sub") if n.id in {"x", "y"} else n for n in flow.nodes)
    flow = evolve(flow, nodes=inside)
    assert reaching(flow, "b") == {"s", "a", "sub", "b"}
    assert reaching(flow, "y") == {"x", "y"}


def test_what_an_arrow_from_nowhere_leads_to_is_led_to_by_nothing():
    flow = drawn("s > a > e")
    assert reaching(flow, "gone") == frozenset()
