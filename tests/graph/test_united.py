"""United flows: for each case exactly the flow that it was, whatever the others do."""

from __future__ import annotations

import random
from collections import Counter

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from by_hand import drawn
from near_twins import twin
from strategies import SEEDS, flows
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.graph.shared_nodes import shared, ties
from tthc_flow.graph.united import CASE, United, Variant, condition_of, united
from tthc_flow.measures.matching import match_nodes
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import Flow, Gateway
from tthc_flow.model.step import Step

CASES = ("cấp mới", "cấp lại", "gia hạn")


def of_twins(flow: Flow, seed: int, many: int) -> tuple[tuple[Variant, ...], United]:
    """Return *flow* united with twins of it, and the variants it was united from."""
    rng = random.Random(seed)
    variants = [Variant(case=CASES[0], flow=flow)]
    for case in CASES[1:many]:
        other = twin(rng, flow, rng.randint(0, 3))
        pairs = shared(flow, other, match_nodes(flow, other).to_after)
        same = {theirs: mine for mine, theirs in pairs.items()}
        variants.append(Variant(case=case, flow=other, same=same))
    return tuple(variants), united(variants)


def follows(flow: Flow, node: str, case: str, own: set[str]) -> Counter[str]:
    """Return the nodes of *own* that come next in *case*, past the gateways that were put in."""
    found: Counter[str] = Counter()
    for edge in flow.outgoing[node]:
        asks = node not in own and edge.condition is not None
        if asks and not compile_expression(edge.condition or "").holds({CASE: case}):
            continue
        found += (
            Counter([edge.target])
            if edge.target in own
            else follows(flow, edge.target, case, own)
            if edge.target not in own and edge.target.startswith(("Case_", "Joined_"))
            else Counter(["a node of another case"])
        )
    return found


@given(flows(10), SEEDS, st.integers(2, 3))
def test_for_each_case_what_follows_a_node_is_what_followed_it(flow, seed, many):
    variants, whole = of_twins(flow, seed, many)
    for variant, ids in zip(variants, whole.ids, strict=True):
        own = {ids[node.id] for node in variant.flow.nodes}
        assert len(own) == len(variant.flow.nodes)
        for node in variant.flow.nodes:
            were = Counter(ids[edge.target] for edge in variant.flow.outgoing[node.id])
            assert follows(whole.flow, ids[node.id], variant.case, own) == were, node.id


@given(flows(10), SEEDS)
def test_every_arrow_keeps_what_it_says_and_every_default_its_arrow(flow, seed):
    variants, whole = of_twins(flow, seed, 2)
    arrows = {edge.id: edge for edge in whole.flow.edges}
    for variant, ids in zip(variants, whole.ids, strict=True):
        for edge in variant.flow.edges:
            now = arrows[ids[edge.id]]
            assert (now.condition, now.outcome) == (edge.condition, edge.outcome)
            default = getattr(variant.flow.by_id[edge.source], "default", None) == edge.id
            there = getattr(whole.flow.by_id[ids[edge.source]], "default", None) == now.id
            assert default == there
    assert len(arrows) == len(whole.flow.edges)


@given(flows(10), SEEDS)
def test_a_flow_drawn_anew_is_one_with_itself_and_asks_for_no_case(flow, seed):
    other = twin(random.Random(seed), flow, 0)
    same = {theirs: theirs.removeprefix("t_") for theirs in other.by_id}
    pairs = shared(flow, other, {mine: theirs for theirs, mine in same.items()})
    assert len(pairs) == len(flow.nodes)
    whole = united((Variant(case="a", flow=flow), Variant(case="b", flow=other, same=same)))
    assert whole.flow.nodes == flow.nodes
    assert set(whole.flow.edges) == set(flow.edges)


@given(flows(12), SEEDS)
def test_what_belongs_together_is_shared_as_a_whole_or_not_at_all(flow, seed):
    other = twin(random.Random(seed), flow, 2)
    pairs = shared(flow, other, match_nodes(flow, other).to_after)
    for whole, taken in ((ties(flow), set(pairs)), (ties(other), set(pairs.values()))):
        assert all(tie <= taken or tie.isdisjoint(taken) for tie in whole)


def test_a_choice_stands_before_what_differs_and_a_join_before_what_is_common_again():
    one = drawn("s > a > b > e")
    two = drawn("s > a > x > b > e")
    variants = (
        Variant(case="một", flow=one),
        Variant(case="hai", flow=two, same={each: each for each in ("s", "a", "b", "e")}),
    )
    flow = united(variants).flow
    assert {f"{edge.source}>{edge.target}" for edge in flow.edges} == {
        "s>a",
        "a>Case_a",
        "Case_a>Joined_b",
        "Case_a>x",
        "x>Joined_b",
        "Joined_b>b",
        "b>e",
    }
    assert [each.id for each in flow.nodes if isinstance(each, Gateway)] == ["Case_a", "Joined_b"]
    assert flow.outgoing["Case_a"][1].condition == condition_of("hai")


def test_only_the_same_work_of_the_same_performer_is_one():
    one = Flow(id="p", nodes=(Step(id="a", name="Ký"), Step(id="b", name="Ký", pauses_clock=True)))
    two = Flow(id="q", nodes=(Step(id="x", name="Ký"), Step(id="y", name="Ký")))
    assert shared(one, two, {"a": "x", "b": "y"}) == {"a": "x"}


def choosing(text: str, default: str = "", **names: str) -> Flow:
    """Return the flow of a text picture whose arrows have names and whose choice has a default."""
    flow = drawn(text)
    edges = tuple(
        evolve(edge, name=names.get(f"{edge.source}_{edge.target}", "")) for edge in flow.edges
    )
    nodes = tuple(
        evolve(node, default=default or None) if isinstance(node, Gateway) else node
        for node in flow.nodes
    )
    return evolve(flow, nodes=nodes, edges=edges)


def test_ways_without_a_name_are_paired_by_where_they_lead():
    one = choosing("s > xor > a > e; xor > b > e1")
    two = choosing("s > xor > b > e1; xor > a > e")
    pairs = shared(one, two, {each: each for each in one.by_id})
    whole = united((Variant(case="một", flow=one), Variant(case="hai", flow=two, same=pairs)))
    assert not [each for each in whole.flow.by_id if each.startswith("Case_")]


def test_a_choice_whose_ways_are_told_otherwise_is_another_choice():
    one = choosing("s > xor > a > e; xor > b > e1", xor_a="Đạt", xor_b="Không đạt")
    two = choosing("s > xor > a > e; xor > b > e1", xor_a="Đủ hồ sơ", xor_b="Thiếu hồ sơ")
    pairs = shared(one, two, {each: each for each in one.by_id})
    assert "xor" not in pairs
    assert {"a", "b"} <= pairs.keys()


def test_the_default_of_a_choice_is_told_by_its_new_id():
    one = drawn("s > a > b > e")
    two = choosing("s > a > xor > x > e; xor > b > e1", default="f3")
    same = {each: each for each in ("s", "a", "b")}
    whole = united((Variant(case="một", flow=one), Variant(case="hai", flow=two, same=same)))
    gateway = whole.flow.by_id[whole.ids[1]["xor"]]
    assert isinstance(gateway, Gateway)
    assert gateway.default == whole.ids[1]["f3"] != "f3"


def test_steps_of_two_roles_of_one_office_are_two():
    officer = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở Nội vụ")
    head = evolve(officer, name="Lãnh đạo Sở", role=Role.AGENCY_HEAD)
    one = Flow(id="p", nodes=(Step(id="a", name="Ký", performer=officer),))
    two = Flow(id="q", nodes=(Step(id="a", name="Ký", performer=head),))
    assert shared(one, two, {"a": "a"}) == {}
