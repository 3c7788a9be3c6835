"""A law that is surely kept is one that the full proof does not refute."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from attrs import evolve
from hypothesis import given, settings

from levers.office import AGENCY, LAW, NOTHING, case, labelled, papers, picture, step
from rewriting import rewritten, told
from strategies import SEEDS, procedures
from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.consultations import follow_each_other, side_by_side
from tthc_flow.graph.patch import patch
from tthc_flow.graph.rewrite import inserted_on, replaced, without
from tthc_flow.levers import ALL
from tthc_flow.model.flow import Flow, Lane, Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Document, Procedure
from tthc_flow.proof import duties, signature
from tthc_flow.proof.locally import GIVING, PREPARING, surely_kept
from tthc_flow.proof.prove import prove

MANY = settings(max_examples=300, deadline=None)
OFFICER, HEAD = AGENCY["officer"], AGENCY["head"]
EVERY_LAW = {proof.name for proof in prove(case(), case())}


def kept(before: Procedure, after: Procedure) -> frozenset[str]:
    part = patch(before.flow, after.flow)
    return frozenset() if part is None else surely_kept(before, after, part)


def broken(before: Procedure, after: Procedure) -> set[str]:
    return {proof.name for proof in prove(before, after) if proof.verdict is Verdict.FAIL}


@MANY
@given(procedures(), SEEDS)
def test_what_is_surely_kept_after_a_candidate_is_not_broken(
    procedure: Procedure, seed: int
) -> None:
    before = evolve(procedure, flow=told(random.Random(seed), procedure.flow))
    for lever in ALL:
        for candidate in lever.find(before):
            try:
                after = lever.apply(before, candidate)
            except UnsoundFlow:
                continue
            assert kept(before, after).isdisjoint(broken(before, after)), candidate.id


@MANY
@given(procedures(), SEEDS)
def test_what_is_surely_kept_after_any_rewrite_is_not_broken(
    procedure: Procedure, seed: int
) -> None:
    rng = random.Random(seed)
    before = evolve(procedure, flow=told(rng, procedure.flow))
    after = evolve(before, flow=rewritten(rng, before.flow))
    assert kept(before, after).isdisjoint(broken(before, after))


def test_laws_left_out_are_the_only_ones_not_proven() -> None:
    names = [proof.name for proof in prove(case(), case(), kept={"duties", "soundness"})]
    assert {*names, "duties", "soundness"} == EVERY_LAW
    assert "duties" not in names
    assert "soundness" not in names


def test_every_law_is_surely_kept_where_a_plain_relay_goes() -> None:
    before = case(
        step("a", "examine", OFFICER), step("b", "transfer", HEAD), step("c", "sign", HEAD)
    )
    assert kept(before, evolve(before, flow=without(before.flow, "b"))) == EVERY_LAW


@pytest.mark.parametrize(
    ("gone", "law"),
    [
        (step("b", "sign", HEAD), "signature"),
        (step("b", "transfer", HEAD, legal_basis=LAW), "mandatory"),
        (step("b", "transfer", HEAD, writes=papers("D")), "read-after-write"),
        (step("b", "transfer", HEAD, separate_from=papers("a")), "duties"),
        (step("b", "examine", HEAD), "examined"),
    ],
)
def test_a_law_that_the_step_that_goes_is_about_is_not_surely_kept(gone, law: str) -> None:
    before = case(
        step("a", "draft", OFFICER, reads=NOTHING),
        gone,
        step("c", "return", OFFICER, reads=papers("D")),
    )
    after = evolve(before, flow=without(before.flow, "b"))
    assert law in broken(before, after)
    assert law not in kept(before, after)


def test_a_component_of_the_dossier_that_is_read_and_dropped_is_not_surely_kept() -> None:
    before = case(step("a", "examine", OFFICER, reads=papers("D")), documents=(Document(name="D"),))
    after = evolve(before, documents=())
    assert "read-after-write" in broken(before, after)
    assert "read-after-write" not in kept(before, after)
    assert "read-after-write" in kept(before, before)


def test_a_signature_that_comes_after_one_may_go() -> None:
    before = case(
        step("a", "draft", OFFICER),
        step("b", "sign", HEAD),
        step("c", "sign", AGENCY["division"]),
        step("d", "return", OFFICER),
    )
    assert "signature" in kept(before, evolve(before, flow=without(before.flow, "c")))
    assert "signature" not in kept(before, evolve(before, flow=without(before.flow, "b")))


def test_an_examination_on_every_way_stands_for_one_that_goes() -> None:
    two = case(step("a", "examine", OFFICER), step("b", "examine", HEAD), step("c", "sign", HEAD))
    assert "examined" in kept(two, evolve(two, flow=without(two.flow, "b")))
    arms = picture(
        "start > x; x > a > y; x > b > y; y > g > end",
        step("a", "examine", OFFICER),
        step("b", "examine", OFFICER),
        step("g", "examine", HEAD),
    )
    assert "examined" not in kept(arms, evolve(arms, flow=without(arms.flow, "g")))


def test_an_outcome_that_only_a_lost_arrow_said_is_not_surely_kept() -> None:
    plain = case(step("a", "examine", OFFICER), step("b", "transfer", HEAD))
    before = labelled(plain, b__end=Outcome.WITHDRAW)
    after = evolve(before, flow=without(before.flow, "b"))
    assert "outcomes" in broken(before, after)
    assert "outcomes" not in kept(before, after)


def test_a_block_that_goes_whole_was_one_piece() -> None:
    before = picture(
        "start > and1; and1 > a > and2; and1 > b > and2; and2 > end",
        step("a", "opinion", OFFICER),
        step("b", "opinion", HEAD),
    )
    after = evolve(before, flow=without(before.flow, "b"))
    assert set(after.flow.by_id) == {"start", "a", "end"}
    assert kept(before, after) == EVERY_LAW


def test_a_block_of_which_a_way_leads_elsewhere_is_proven_in_full() -> None:
    before = picture(
        "start > and1; and1 > xor1; xor1 > a > and2; xor1 > end2; and1 > b > and2; and2 > end",
        step("a", "opinion", OFFICER),
        step("b", "opinion", HEAD),
    )
    assert not kept(before, evolve(before, flow=without(before.flow, "b")))


WRITING = (
    step("a", "opinion", OFFICER, reads=NOTHING, writes=papers("A")),
    step("b", "opinion", HEAD, reads=NOTHING, writes=papers("B")),
)


def led(flow: Flow, leads: Mapping[tuple[str, str], str]) -> Flow:
    """Return *flow* of which the arrows named by their ends lead elsewhere."""
    edges = (
        evolve(edge, target=leads[edge.source, edge.target])
        if (edge.source, edge.target) in leads
        else edge
        for edge in flow.edges
    )
    return evolve(flow, edges=tuple(edges))


def in_parallel(before: Procedure, *steps: str) -> Procedure:
    arms = follow_each_other(before.flow, steps)
    return evolve(before, flow=side_by_side(before.flow, arms))


def test_what_is_written_side_by_side_is_there_for_who_comes_after() -> None:
    reader = step("c", "draft", OFFICER, reads=papers("A", "B"), writes=NOTHING)
    before = case(*WRITING, reader)
    assert "read-after-write" in kept(before, in_parallel(before, "a", "b"))


@pytest.mark.parametrize(
    "before",
    [
        case(WRITING[0], evolve(WRITING[1], reads=papers("A"))),
        picture("start > xor0; xor0 > a > b > xor1; xor0 > xor1; xor1 > c > end", *WRITING,
                step("c", "draft", OFFICER, reads=papers("A"), writes=NOTHING)),
    ],
)  # fmt: skip
def test_what_is_written_side_by_side_is_not_surely_there_for_others(before: Procedure) -> None:
    assert "read-after-write" not in kept(before, in_parallel(before, "a", "b"))


def test_a_gateway_that_moves_before_its_steps_leaves_the_row_by_the_same_way() -> None:
    before = picture("start > a > xor1 > b > xor2 > end; xor1 > xor2")
    leads = {("start", "a"): "xor1", ("a", "xor1"): "b", ("xor1", "b"): "a"}
    assert kept(before, evolve(before, flow=led(before.flow, leads))) == EVERY_LAW


def test_a_step_that_another_way_leaves_is_no_piece() -> None:
    before = picture("start > a > b > end; a > c > end2")
    into, over = before.flow.incoming["a"][0], before.flow.incoming["b"][0]
    one = inserted_on(before.flow, into, step("n", "transfer", HEAD))
    two = inserted_on(one, over, step("m", "transfer", HEAD))
    assert patch(before.flow, two).touched == {"a"}
    assert not kept(before, evolve(before, flow=two))


def test_a_component_that_a_database_holds_needs_nobody_to_write_it() -> None:
    reader = step("a", "examine", OFFICER, reads=papers("D"), writes=NOTHING)
    before = case(reader, documents=(Document(name="D", known_in="CSDL dân cư"),))
    after = evolve(before, documents=())
    assert "read-after-write" not in broken(before, after)
    assert "read-after-write" in kept(before, after)


def test_what_a_row_in_another_order_writes_is_not_surely_there() -> None:
    before = case(*WRITING, step("c", "draft", OFFICER, reads=papers("A"), writes=NOTHING))
    edges = before.flow.edges
    into, over, leaving, *rest = edges
    swapped = (
        evolve(into, target="b"),
        evolve(over, target="c"),
        evolve(leaving, target="a"),
        *rest,
    )
    after = evolve(before, flow=evolve(before.flow, edges=swapped))
    assert patch(before.flow, after.flow).row is not None
    assert kept(before, after) == EVERY_LAW - {"read-after-write"}


def test_a_piece_with_two_ways_in_is_proven_in_full() -> None:
    before = picture("start > xor1; xor1 > a > end; xor1 > b > end")
    edge = next(each for each in before.flow.edges if each.target == "end")
    one = inserted_on(before.flow, edge, step("r", "report", HEAD))
    edges = tuple(
        evolve(each, target="r") if (each.source, each.target) == ("b", "end") else each
        for each in one.edges
    )
    after = evolve(before, flow=evolve(one, edges=edges))
    assert patch(before.flow, after.flow) is not None
    assert not kept(before, after)
    assert kept(before, evolve(before, flow=one)) == EVERY_LAW


def test_another_default_way_is_proven_in_full() -> None:
    before = picture("start > xor1; xor1 > a > end; xor1 > b > end")
    split = before.flow.by_id["xor1"]
    other = evolve(split, default=before.flow.outgoing["xor1"][0].id)
    assert not kept(before, evolve(before, flow=replaced(before.flow, other)))
    named = evolve(before, flow=replaced(before.flow, evolve(split, name="Đủ?")))
    assert kept(before, named) == EVERY_LAW


def test_a_lane_of_another_signer_is_proven_in_full() -> None:
    laned = evolve(step("b", "sign", None), lane="L")
    one = case(step("a", "examine", OFFICER), laned)
    lane = Lane(id="L", name="Lãnh đạo", performer=HEAD)
    before = evolve(one, flow=evolve(one.flow, lanes=(lane,)))
    after = evolve(before, flow=evolve(before.flow, lanes=(evolve(lane, performer=OFFICER),)))
    assert "duties" in broken(before, after)
    assert "duties" not in kept(before, after)


def test_a_new_signer_is_proven_in_full() -> None:
    before = case(step("a", "examine", OFFICER), step("b", "sign", HEAD))
    b = before.flow.by_id["b"]
    after = evolve(before, flow=replaced(before.flow, evolve(b, performer=OFFICER)))
    assert "duties" in broken(before, after)
    assert "duties" not in kept(before, after)


def test_the_kinds_of_work_are_those_that_the_laws_look_at() -> None:
    assert PREPARING >= duties._PREPARING
    assert GIVING >= signature._RESULTS
