"""The control graph: sub-processes opened, boundary events and links joined in."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings

from by_hand import drawn
from strategies import mutated_flows
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.paths import longest_path, next_steps
from tthc_flow.graph.view import exit_of, node_of, reached, view
from tthc_flow.model.flow import Event, EventPosition, SubProcess, Trigger
from tthc_flow.model.step import Step


def with_inside():
    sub = SubProcess(id="sub", name="Hội đồng")
    flow = drawn("s > a > sub > b > e; x > y", sub)
    return evolve(
        flow,
        nodes=tuple(
            evolve(node, scope="sub") if node.id in {"x", "y"} else node for node in flow.nodes
        ),
    )


def test_a_sub_process_is_entered_and_left():
    seen = view(with_inside())
    assert seen.after["sub"] == ("x",)
    assert seen.after["y"] == (exit_of("sub"),)
    assert seen.after[exit_of("sub")] == ("b",)
    assert node_of(exit_of("sub")) == "sub"
    assert seen.starts == ("s",)
    assert seen.ends == ("e",)


def test_a_boundary_event_follows_its_activity_and_does_not_end_it():
    late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="a")
    seen = view(drawn("s > a; late > b > e", late))
    assert seen.after["a"] == ("late",)
    assert seen.ends == ("a", "e")


def test_a_sub_process_may_be_interrupted_before_and_after_what_is_inside():
    late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="sub")
    flow = with_inside()
    handled = drawn("late > h > e2", late)
    flow = evolve(flow, nodes=(*flow.nodes, *handled.nodes), edges=(*flow.edges, *handled.edges))
    seen = view(flow)
    assert "late" in seen.after["sub"]
    assert "late" in seen.after[exit_of("sub")]
    tree = dominators(flow)
    assert tree.holds("a", "h")
    assert not tree.holds("x", "h")
    weights = {"x": Fraction(2), "y": Fraction(3), "h": Fraction(4), "b": Fraction(1)}
    assert longest_path(flow, weights).weight == 9
    pairs = {(one.id, other.id) for one, other in next_steps(flow)}
    assert ("y", "h") in pairs
    assert ("a", "h") not in pairs


def test_a_link_throw_leads_to_the_catch_of_its_name():
    throw = Event(id="t", position=EventPosition.THROW, trigger=Trigger.LINK, reference="A")
    catch = Event(id="c", position=EventPosition.CATCH, trigger=Trigger.LINK, reference="A")
    assert view(drawn("s > t; c > e", throw, catch)).after["t"] == ("c",)


def test_parallel_arrows_between_two_nodes_are_one():
    assert view(drawn("s > a; s > a; a > e")).after["s"] == ("a",)


def test_what_reaches_an_element_is_found_backwards():
    flow = drawn("s > a > xor1; xor1 > b > e1; xor1 > c > e2")
    assert reached(view(flow), "b", backwards=True) == {"s", "a", "xor1", "b"}


@given(mutated_flows())
@settings(max_examples=60)  # the shape of a view does not depend on size
def test_a_view_says_the_same_forwards_and_backwards(flow):
    seen = view(flow)
    forwards = {(a, b) for a, following in seen.after.items() for b in following}
    assert forwards == {(a, b) for b, preceding in seen.before.items() for a in preceding}
    assert {node_of(vertex) for vertex in seen.after} == {node.id for node in flow.nodes}


def test_a_step_alone_is_start_and_end():
    seen = view(drawn("a", Step(id="a", name="A")))
    assert (seen.starts, seen.ends) == (("a",), ("a",))
