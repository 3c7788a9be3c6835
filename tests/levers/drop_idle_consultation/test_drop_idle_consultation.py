"""drop_idle_consultation: an opinion that changes nothing goes, with its request."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.drop_idle_consultation.cases import (
    ALONE,
    ASK,
    BARRED,
    EXAMINE,
    FINDS,
    OPINION,
    OTHER,
    SIGN,
    silent,
)
from levers.office import (
    AGENCY,
    CONSULTED,
    case,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    way,
)
from tthc_flow.engine.run import run_every_branch
from tthc_flow.levers.drop_idle_consultation import LEVER
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.soundness import soundness

__all__ = ["ALONE", "BARRED", "FINDS"]


def test_request_letter_and_wait_go_together():
    given = FINDS["request-letter-and-answer"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("ask", "letter", "opinion")
    assert passed(candidate) == [
        "consulted-body-named-by-law",
        "does-nothing-else",
        "decides-no-branch",
        "no-answer-awaited",
        "nobody-reads-its-result",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert float(length(given)) == 2 + 1 + 0.5 + 7 + 1
    assert length(after) == 3
    assert way(after) == ["start", "examine", "sign", "end"]


SHAPES = {
    "the-wait-is-a-message-event": (("ask", "letter", "catch1"), 3),
    "every-body-is-asked-at-once": (("ask", "opinion"), 3),
    "one-request-and-parallel-answers": (("ask", "opinion", "other"), 3),
    "a-sub-process-for-each-body": (("box", "s_in", "ask", "letter", "opinion", "e_in"), 3),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_request_goes_with_the_wait_however_it_is_drawn(name):
    targets, left = SHAPES[name]
    given = FINDS[name]
    (candidate,) = [each for each in found(LEVER, given) if set(each.targets) == set(targets)]
    assert candidate.verdict is Verdict.PASS
    after = LEVER.apply(given, candidate)
    assert [each for each in way(after) if each not in {"start", "s"}][:2] == ["examine", "sign"]
    assert length(after) == left
    assert not {node.id for node in after.flow.nodes} & set(targets)


def test_the_message_goes_with_the_event():
    given = FINDS["another-body-sends-the-message"]
    assert LEVER.apply(given, the_one(LEVER, given)).messages == ()


@pytest.mark.parametrize("inside", [("ask", "opinion", "draft"), ("ask", "letter")])
def test_a_sub_process_with_other_work_or_without_an_answer_stays(inside):
    assert "box" not in {t for each in found(LEVER, silent(*inside)) for t in each.targets}


@pytest.mark.parametrize("arm", ["other > draft > and2", "other > and3 > and2; and1 > more > and3"])
def test_a_block_with_other_ways_keeps_its_request(arm):
    more = evolve(OTHER, id="more")
    given = picture(
        f"s > ask > and1 > opinion > and2 > sign > e; and1 > {arm}", ASK, OPINION, OTHER, more, SIGN
    )
    assert "ask" not in {target for each in found(LEVER, given) for target in each.targets}


@pytest.mark.parametrize("name", FINDS)
def test_what_is_emitted_is_sound_and_runs_on_every_branch(name):
    for candidate in found(LEVER, FINDS[name]):
        after = LEVER.apply(FINDS[name], candidate)
        assert soundness(after.flow).verdict is Verdict.PASS
        assert run_every_branch(after).completed


def test_advice_on_an_appraisal_is_still_advice():
    opinion = evolve(OPINION, name="Các Sở có ý kiến thẩm định về hồ sơ")
    assert the_one(LEVER, case(EXAMINE, ASK, opinion, SIGN)).verdict is Verdict.PASS


def test_a_return_of_a_result_never_goes_with_a_request():
    handed = step("handed", "return", AGENCY["clerk"], 1, mandatory=False)
    given = case(EXAMINE, ASK, handed, OPINION, SIGN)
    assert all("handed" not in each.targets for each in found(LEVER, given))


def test_one_of_two_parallel_opinions_goes_and_the_block_with_it():
    other = evolve(OPINION, id="other", performer=CONSULTED[1], writes=papers("B"))
    reads = evolve(SIGN, reads=papers("B"))
    given = picture(
        "s > ask > and1 > opinion > and2 > sign > e; and1 > other > and2",
        ASK,
        OPINION,
        other,
        reads,
    )
    passing = [each for each in found(LEVER, given) if each.verdict is Verdict.PASS]
    assert [each.targets for each in passing] == [("opinion",)]
    assert way(LEVER.apply(given, passing[0])) == ["s", "ask", "other", "sign", "e"]
