"""Whether a branch sends a case back: against following every arrow ahead of the step."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mutating import wild
from strategies import SEEDS, flows
from tthc_flow.model.flow import Event, Flow, Gateway, Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.gates.losses import nobody_sends_back


def ahead(flow: Flow, step: str) -> set[str]:
    queue = [step]
    seen: set[str] = set()
    while queue:
        for edge in flow.outgoing[queue.pop()]:
            if edge.target not in seen:
                seen.add(edge.target)
                queue.append(edge.target)
    return seen


def sends_back(flow: Flow, step: str) -> bool:
    """Return whether an arrow back leads, by gateways and events only, to *step*."""
    after, queue = ahead(flow, step), [step]
    for at in queue:
        edges = flow.incoming[at]
        back = [edge for edge in edges if edge.source in after]
        if any(edge.outcome in {Outcome.REWORK, Outcome.SUPPLEMENT} for edge in edges):
            return True
        if len(edges) > 1 and back and len(back) < len(edges):
            return True
        nodes = (flow.by_id[edge.source] for edge in edges)
        queue += [n.id for n in nodes if isinstance(n, Gateway | Event) and n.id not in queue]
    return False


def wild_flow(size: int, seed: int) -> Flow:
    return wild(random.Random(seed), size)


@settings(max_examples=200, deadline=None)
@given(st.one_of(flows(), st.builds(wild_flow, st.integers(3, 12), SEEDS)))
def test_it_is_found_wherever_a_loop_leads_back(flow: Flow) -> None:
    for step in flow.steps:
        found = nobody_sends_back(Procedure(flow=flow), step).verdict is Verdict.FAIL
        assert found is sends_back(flow, step.id), step.id
