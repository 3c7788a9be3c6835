"""Longest paths, back edges and following steps: known answers by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from attrs import evolve
from hypothesis import given, settings

from by_hand import chain, drawn
from strategies import flows
from tthc_flow.graph.paths import acyclic, longest_path, next_steps
from tthc_flow.graph.view import view
from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind
from tthc_flow.model.step import Step, TaskType

LOOP = "s > xor1 > a > xor2; xor2 > c > xor1; xor2 > b > e"


def weights(**given):
    return {name: Fraction(value) for name, value in given.items()}


def test_parallel_branches_and_alternatives_count_by_the_longest():
    flow = drawn("s > and1; and1 > a > and2; and1 > b > c > and2; and2 > d > e")
    path = longest_path(flow, weights(a=5, b=2, c=2, d=1))
    assert path.weight == 6
    assert path.nodes == ("s", "and1", "a", "and2", "d", "e")
    alternatives = drawn("s > xor1; xor1 > a > e1; xor1 > b > e2")
    assert longest_path(alternatives, weights(a=1, b=Fraction(3, 2))).weight == Fraction(3, 2)


def test_a_loop_counts_once_and_the_way_back_not_at_all():
    path = longest_path(drawn(LOOP), weights(a=2, b=1, c=100))
    assert path.weight == 3
    assert acyclic(view(drawn(LOOP))).back == {("c", "xor1")}


def test_a_boundary_path_starts_at_its_activity():
    late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="a")
    flow = drawn("s > a > e; late > b > e2", late)
    assert longest_path(flow, weights(a=2, b=3)).weight == 5


def test_where_no_end_is_reached_the_longest_way_to_anywhere_is_meant():
    assert longest_path(drawn("s > a > b > a"), weights(a=1, b=1)).weight == 2


def test_what_no_start_leads_to_counts_only_in_an_event_sub_process():
    weight = weights(a=2, x=5, y=7)
    assert longest_path(drawn("s > a > e; x > y"), weight).weight == 2
    aside = SubProcess(id="sub", kind=SubProcessKind.EVENT)
    flow = drawn("s > a > e; x > y", aside)
    inside = tuple(evolve(n, scope="sub") if n.id in {"x", "y"} else n for n in flow.nodes)
    assert longest_path(evolve(flow, nodes=inside), weight).weight == 12


def test_an_empty_flow_has_an_empty_path():
    assert longest_path(drawn(""), {}).nodes == ()


def test_a_step_follows_another_over_gateways_events_and_automatic_steps():
    machine = Step(id="m", name="Cấp số", task=TaskType.SERVICE)
    flow = drawn("s > a > xor1; xor1 > m > catch1 > b > e1; xor1 > c > e2", machine)
    pairs = {(one.id, other.id) for one, other in next_steps(flow)}
    assert pairs == {("a", "b"), ("a", "c")}


def test_no_step_follows_over_a_back_edge():
    pairs = {(one.id, other.id) for one, other in next_steps(drawn(LOOP))}
    assert pairs == {("a", "c"), ("a", "b")}


@given(flows())
@settings(max_examples=80)  # each example walks the whole flow twice
def test_a_longest_path_is_a_path_and_weighs_what_it_passes(flow):
    heavy = {step.id: Fraction(len(step.name), 3) for step in flow.steps}
    path = longest_path(flow, heavy)
    assert path.weight == sum(heavy.get(node, Fraction(0)) for node in path.nodes)
    doubled = longest_path(flow, {name: weight * 2 for name, weight in heavy.items()})
    assert doubled.weight == path.weight * 2
    joined = view(flow).after
    straight = [node for node in path.nodes if flow.by_id[node].scope is None]
    plain = not any(node.scope for node in flow.nodes)
    assert not plain or all(b in joined[a] for a, b in pairwise(straight))


def test_twenty_thousand_steps_take_no_deep_stack():
    flow = chain(*["1 ngày"] * 20_000)
    ones = {step.id: Fraction(1) for step in flow.steps}
    assert longest_path(flow, ones).weight == 20_000
    assert len(next_steps(evolve(flow))) == 19_999
