"""Where the report to the superior stands: after the grant, on every way into it."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.arms import reported_after
from tthc_flow.model.flow import Flow, Outcome
from tthc_flow.model.step import Step
from tthc_flow.proof.soundness import soundness


def arrows(flow: Flow) -> set[str]:
    return {f"{edge.source}>{edge.target}" for edge in flow.edges}


def ended(flow: Flow, **ends: Outcome) -> Flow:
    """Return *flow* whose ends carry the outcomes of *ends*."""
    nodes = (evolve(n, outcome=ends[n.id]) if n.id in ends else n for n in flow.nodes)
    return evolve(flow, nodes=tuple(nodes))


@pytest.mark.parametrize(
    ("picture", "ends", "expected"),
    [
        (
            "s > a > xor1 > r > e; xor1 > e2",
            {"e": Outcome.GRANT, "e2": Outcome.REFUSE},
            {"s>a", "a>xor1", "xor1>r", "r>x", "x>e", "xor1>e2"},
        ),
        ("s > a > r > e", {}, {"s>a", "a>r", "r>x", "x>e"}),
        (
            "s > a > xor1 > r > e; xor1 > q > e",
            {"e": Outcome.GRANT},
            {"s>a", "a>xor1", "xor1>r", "xor1>q", "r>x", "q>x", "x>e"},
        ),
        (
            "s > xor1 > a > e; xor1 > b > e2",
            {"e": Outcome.GRANT, "e2": Outcome.GRANT},
            {"s>xor1", "xor1>a", "xor1>b", "a>x", "x>e", "b>e2"},
        ),
    ],
)
def test_a_report_follows_the_grant_after_the_result_is_handed_over(picture, ends, expected):
    flow = ended(drawn(picture), **ends)
    after = reported_after(flow, "a", Step(id="x", name="x"), flow)
    assert arrows(after) == expected
    assert soundness(after).verdict == "pass"


def test_without_an_end_that_grants_nothing_is_reported():
    refused = ended(drawn("s > a > e"), e=Outcome.REFUSE)
    with pytest.raises(UnsoundFlow, match="TF322"):
        reported_after(refused, "a", Step(id="x", name="x"), refused)
