"""consult_in_parallel: bodies that do not need each other are asked at once."""

from __future__ import annotations

import random

import pytest
from attrs import evolve

from growing import grow_flow
from levers.office import (
    AGENCY,
    CONSULTED,
    ONE_STOP,
    arrows,
    case,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    within,
)
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.rewrite import inserted_on
from tthc_flow.levers.consult_in_parallel import LEVER
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.soundness import soundness

EXAMINE = step("examine", "examine", AGENCY["officer"], 1)
ONE = step("one", "opinion", CONSULTED[0], 7)
TWO = step("two", "opinion consult", CONSULTED[1], 5)
THREE = step("three", "opinion", CONSULTED[2], 3)
SIGN = step("sign", "sign", AGENCY["head"], 1)
FREE = "legally-ordered=no"

ASKING = tuple(step(f"ask{n}", "consult", AGENCY["officer"], 1) for n in (1, 2, 3))
LETTER = step("letter", "sign", AGENCY["head"], "0.5")
TAKEN_IN = step("taken", "receive", AGENCY["clerk"], "0.5")
SEVERAL = evolve(
    ONE,
    name="Lấy ý kiến các cơ quan",
    performer=Performer(name="Sở Tài chính, Công an tỉnh", role=Role.CONSULTED_AGENCY),
)
APART = f"{FREE} asked-one-after-another=yes one-opinion-needs-the-other=no"


def in_a_box(*inside, **facts):
    """The procedure with opinions one and two, the second in a sub-process."""
    given = within(
        "s > one > box > sign > e", f"s_in > {' > '.join(inside)} > e_in", ONE, TWO, SIGN
    )
    nodes = tuple(evolve(n, **facts) if n.id == "box" else n for n in given.flow.nodes)
    return evolve(given, flow=evolve(given.flow, nodes=nodes), answers=FREE_GIVEN)


FREE_GIVEN = case(SIGN, answers=FREE).answers

FINDS = {
    "requests-with-their-answers": case(
        EXAMINE, ASKING[0], ONE, ASKING[1], TWO, SIGN, answers=FREE
    ),
    "requests-with-letters-and-receipts": case(
        EXAMINE, ASKING[0], LETTER, ONE, TAKEN_IN, ASKING[1], TWO, SIGN, answers=FREE
    ),
    "a-block-asks-the-second-where-needed": picture(
        "s > xor1 > one > xor2 > two > sign > e; xor1 > xor2", ONE, TWO, SIGN, answers=FREE
    ),
    "two-at-once-after-the-first": picture(
        "s > one > and1 > two > and2 > sign > e; and1 > three > and2",
        ONE,
        TWO,
        THREE,
        SIGN,
        answers=FREE,
    ),
    "the-second-in-a-sub-process": in_a_box("two"),
    "a-branch-stands-on-both": picture(
        "s > one > two > xor1 > sign > e; xor1 > e_no", ONE, TWO, SIGN, answers=FREE
    ),
    "the-last-often-refuses": case(ONE, evolve(TWO, checked=40, rejected=10), SIGN, answers=FREE),
    "one-row-names-two-bodies": case(EXAMINE, SEVERAL, SIGN, answers=APART),
    "two-bodies": case(EXAMINE, ONE, TWO, SIGN, answers=FREE),
    "three-bodies": case(ONE, TWO, THREE, SIGN, answers=FREE),
}
BARRED = {
    "a-rule-orders-them": (
        case(ONE, TWO, SIGN, answers="legally-ordered=yes"),
        "legally-ordered",
        Verdict.FAIL,
    ),
    "a-rule-orders-the-second-after-the-first": (
        case(ONE, TWO, SIGN, answers="legally-ordered=no legally-ordered@two=yes"),
        "legally-ordered",
        Verdict.FAIL,
    ),
    "nobody-asked": (case(ONE, TWO, SIGN), "legally-ordered", Verdict.UNKNOWN),
    "the-second-reads-the-first": (
        case(
            evolve(ONE, writes=papers("Góp ý")),
            evolve(TWO, reads=papers("Góp ý")),
            SIGN,
            answers=FREE,
        ),
        "one-opinion-needs-the-other",
        Verdict.FAIL,
    ),
    "nobody-knows-what-they-read": (
        case(ONE, evolve(TWO, reads=None), SIGN, answers=FREE),
        "one-opinion-needs-the-other",
        Verdict.UNKNOWN,
    ),
    "the-first-often-refuses": (
        case(evolve(ONE, checked=40, rejected=10), TWO, SIGN, answers=FREE),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
    "a-branch-after-the-first-decides-if-the-second-is-asked": (
        picture(
            "s > one > xor1 > two > xor2 > sign > e; xor1 > xor2", ONE, TWO, SIGN, answers=FREE
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "the-second-request-reads-the-first-answer": (
        case(
            ASKING[0],
            evolve(ONE, writes=papers("Góp ý")),
            evolve(ASKING[1], reads=papers("Góp ý")),
            TWO,
            SIGN,
            answers=FREE,
        ),
        "one-opinion-needs-the-other",
        Verdict.FAIL,
    ),
    "nobody-knows-how-the-bodies-of-one-row-are-asked": (
        case(EXAMINE, SEVERAL, SIGN, answers=APART.replace("asked-one-after-another=yes", "")),
        "asked-one-after-another",
        Verdict.UNKNOWN,
    ),
    "the-bodies-of-one-row-are-asked-at-once": (
        case(EXAMINE, SEVERAL, SIGN, answers=APART.replace("another=yes", "another=no")),
        "asked-one-after-another",
        Verdict.FAIL,
    ),
}
ALONE = {
    "one-row-names-one-body-and-who-advises-it": case(
        EXAMINE,
        evolve(SEVERAL, performer=Performer(name="UBND tỉnh (Sở Tài chính tham mưu)")),
        SIGN,
        answers=APART,
    ),
    "one-row-names-one-body-and-others": case(
        EXAMINE,
        evolve(SEVERAL, performer=Performer(name="Sở Tài chính và các cơ quan có liên quan")),
        SIGN,
        answers=APART,
    ),
    "the-row-is-the-request-of-an-answer-below": case(
        evolve(ASKING[0], performer=SEVERAL.performer), ONE, SIGN, answers=APART
    ),
    "other-work-between": case(ONE, EXAMINE, TWO, SIGN, answers=FREE),
    "the-second-in-a-sub-process-with-other-work": in_a_box("examine", "two"),
    "the-second-in-a-sub-process-after-the-grant": in_a_box("two", outside_clock=True),
    "a-branch-of-the-block-ends-the-case": picture(
        "s > xor1 > one > two > e; xor1 > xor3; xor3 > sign > e2; xor3 > e_no",
        ONE,
        evolve(TWO, performer=CONSULTED[0]),
        SIGN,
        answers=FREE,
    ),
    "one-body-twice": case(ONE, evolve(TWO, performer=CONSULTED[0]), SIGN, answers=FREE),
    "somebody-unknown": case(ONE, evolve(TWO, performer=None), SIGN, answers=FREE),
    "one-opinion": case(ONE, SIGN),
    "side-by-side-already": picture(
        "s > and1 > one > and2 > sign > e; and1 > two > and2", ONE, TWO, SIGN, answers=FREE
    ),
}


def test_the_wait_is_the_longest_and_not_the_sum():
    given = FINDS["two-bodies"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("one", "two")
    assert passed(candidate) == [
        "legally-ordered",
        "one-opinion-needs-the-other",
        "decides-no-branch",
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (1 + 7 + 5 + 1, 1 + 7 + 1)
    assert set(arrows(after)) == {
        "start>examine",
        "examine>Split_one",
        "Split_one>one",
        "Split_one>two",
        "one>Join_two",
        "two>Join_two",
        "Join_two>sign",
        "sign>end",
    }


def test_a_request_stays_before_its_answer_and_the_receipt_after_it():
    given = FINDS["requests-with-letters-and-receipts"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("ask1", "letter", "one", "taken", "ask2", "two")
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {
        "start>examine",
        "examine>Split_ask1",
        "Split_ask1>ask1",
        "ask1>letter",
        "letter>one",
        "one>taken",
        "taken>Join_two",
        "Split_ask1>ask2",
        "ask2>two",
        "two>Join_two",
        "Join_two>sign",
        "sign>end",
    }
    assert (length(given), length(after)) == (1 + 9 + 6 + 1, 1 + 9 + 1)


def test_the_receipt_of_the_dossier_is_no_part_of_a_consultation():
    receive = step("receive", "receive", ONE_STOP, 1)
    given = case(receive, ASKING[0], ONE, ASKING[1], TWO, TAKEN_IN, SIGN, answers=FREE)
    assert the_one(LEVER, given).targets == ("ask1", "one", "ask2", "two")


def test_a_block_is_an_arm_as_it_is():
    given = FINDS["a-block-asks-the-second-where-needed"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert {"Split_one>xor1", "xor2>Join_two", "Split_one>two"} <= set(arrows(after))
    assert (length(given), length(after)) == (13, 8)


def test_a_sub_process_is_an_arm_as_it_is():
    given = FINDS["the-second-in-a-sub-process"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert {"Split_one>one", "Split_one>box", "box>Join_two"} <= set(arrows(after))


def test_a_row_of_several_bodies_becomes_one_for_each_with_the_limit_of_the_row():
    given = FINDS["one-row-names-two-bodies"]
    after = LEVER.apply(given, the_one(LEVER, given))
    rows = [each for each in after.flow.steps if each.id.startswith("one")]
    assert [(each.id, each.performer.office) for each in rows] == [
        ("one", "Sở Tài chính"),
        ("one_2", "Công an tỉnh"),
    ]
    assert {each.time for each in rows} == {ONE.time}
    assert {"Split_one>one", "Split_one>one_2"} <= set(arrows(after))
    assert length(given) == length(after)
    assert found(LEVER, after) == ()


@pytest.mark.parametrize("name", FINDS)
def test_what_is_emitted_is_sound_and_runs_on_every_branch(name):
    given = FINDS[name]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert soundness(after.flow).verdict is Verdict.PASS
    assert run_every_branch(after).completed


@pytest.mark.parametrize("seed", range(60))
def test_two_requests_with_their_answers_are_found_wherever_they_stand(seed):
    rng = random.Random(seed)
    flow = grow_flow(rng, 8)
    edge = rng.choice(flow.edges)
    row = (ASKING[0], ONE, ASKING[1], TWO)
    scoped = tuple(evolve(each, id=f"P_{each.id}", scope=edge.scope) for each in row)
    given = Procedure(flow=inserted_on(flow, edge, *scoped), answers=FREE_GIVEN)
    wanted = tuple(each.id for each in scoped)
    targets = [each.targets for each in found(LEVER, given) if each.verdict is Verdict.PASS]
    assert any(set(wanted) <= set(each) for each in targets)


def test_three_are_asked_at_once():
    given = FINDS["three-bodies"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert (length(given), length(after)) == (16, 8)
