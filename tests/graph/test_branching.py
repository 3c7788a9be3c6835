"""On which ways a case comes past a step, and by which conditions."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings

from by_hand import drawn
from strategies import flows
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.graph.branching import always_before, always_by, branch_condition
from tthc_flow.graph.rewrite import inserted_on
from tthc_flow.model.flow import Event, EventPosition, Flow


def said(picture, default=None, **conditions):
    """A picture whose arrows ``xor1__a="x > 1"`` have conditions; *default* names one arrow."""
    flow = drawn(picture)
    edges = tuple(
        evolve(edge, condition=conditions.get(f"{edge.source}__{edge.target}"))
        for edge in flow.edges
    )
    ids = {f"{edge.source}__{edge.target}": edge.id for edge in edges}
    nodes = tuple(
        evolve(node, default=ids[default])
        if default and node.id == default.split("__")[0]
        else node
        for node in flow.nodes
    )
    return evolve(flow, nodes=nodes, edges=edges)


FORK = "s > xor1 > a > xor2 > c > e; xor1 > b > xor2"


@pytest.mark.parametrize(
    ("flow", "wanted"),
    [
        (said("s > a > c > e"), ""),
        (said("s > and1 > a > and2 > c > e; and1 > b > and2"), ""),
        (said(FORK), None),
        (said(FORK, xor1__a="x > 1"), None),
        (said(FORK, xor1__a="x > 1", xor1__b="x < 2"), "(x > 1)"),
        (said(FORK, "xor1__b", xor1__a="x > 1"), "(x > 1)"),
        (said(FORK, "xor1__a", xor1__b="x > 1"), "không (x > 1)"),
        (
            said("s > xor1 > b > xor2 > c > e; xor1 > a > xor2", "xor1__a", xor1__b="x > 1"),
            "không (x > 1)",
        ),
        (
            said(
                "s > xor1 > xor3 > a > xor2 > c > e; xor1 > b > xor2; xor3 > d > xor2",
                "xor3__a",
                xor1__xor3="x > 1",
                xor1__b="x < 2",
                xor3__d="y > 1",
            ),
            "(x > 1) và không (y > 1)",
        ),
        (said("s > or1 > a > or2 > c > e; or1 > b > or2", or1__a="x > 1", or1__b="y > 1"), None),
        (said("s > xor1 > xor3 > a > xor2 > c > e; xor1 > d > xor3; xor1 > xor2"), None),
    ],
)
def test_the_condition_is_that_of_the_decisions_on_the_way(flow, wanted):
    found = branch_condition(flow, "a", "c")
    assert found == wanted
    if found:
        compile_expression(found)


def test_an_earlier_condition_that_holds_keeps_a_case_from_the_later_way():
    flow = said("s > xor1 > b > xor2 > c > e; xor1 > a > xor2", xor1__b="x > 1", xor1__a="x > 0")
    found = branch_condition(flow, "a", "c")
    holds = compile_expression(found).holds
    assert [holds({"x": number}) for number in (0, 1, 2)] == [False, True, False]


@pytest.mark.parametrize(
    ("picture", "always"),
    [
        ("s > a > c > e", True),
        ("s > and1 > a > and2 > c > e; and1 > b > and2", True),
        ("s > xor1 > a > xor2 > c > e; xor1 > b > xor2", False),
        ("s > xor1 > a > xor2 > c > e; xor2 > xor1", True),
        ("s > c > a > e", False),
    ],
)
def test_a_parallel_way_is_always_gone_and_one_of_two_is_not(picture, always):
    assert always_before(drawn(picture), "a", "c") is always


@settings(max_examples=100, deadline=None)
@given(flows())
def test_what_is_always_done_before_an_arrow_is_what_is_before_an_event_on_it(flow: Flow) -> None:
    ends = [
        e for e in flow.edges if not flow.outgoing[e.target] and flow.by_id[e.target].scope is None
    ]
    for edge in ends[:3]:
        here = Event(id="here", position=EventPosition.THROW, scope=edge.scope)
        on_it = inserted_on(flow, edge, here)
        for node in flow.nodes:
            assert always_by(flow, node.id, edge) is always_before(on_it, node.id, "here")
