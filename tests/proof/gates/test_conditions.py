"""Answers, texts and losses: who wins, what is only unknown, what is never passed silently."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import (
    AGENCY,
    LAW,
    PROVINCIAL,
    case,
    labelled,
    papers,
    picture,
    step,
)
from tthc_flow.model.flow import Outcome
from tthc_flow.model.law import Answer, LegalBasis, LegalRank, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.conditions import (
    asked,
    duties_allow,
    law_leaves_open,
    needs_no_paper,
    no_text_demands,
    stated_or_answered,
)
from tthc_flow.proof.gates.losses import (
    decides_nothing,
    nobody_sends_back,
    nothing_awaited,
    reads_nothing_new,
    sways_nothing,
    worst_of,
    writes_unread,
)
from tthc_flow.proof.gates.questions import answer_to, questions

A = step("a", "examine", AGENCY["officer"])
B = step("b", "sign", AGENCY["head"])
RULE = "rule-names-the-step"


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ("", Verdict.UNKNOWN),
        ("q=unknown", Verdict.UNKNOWN),
        ("q=no", Verdict.PASS),
        ("q=yes", Verdict.FAIL),
        ("q@a=no", Verdict.PASS),
        ("q@elsewhere=no", Verdict.UNKNOWN),
        ("q=yes q@a=no q@b=no", Verdict.PASS),
        ("q=no q@b=yes", Verdict.FAIL),
        ("q@a=no q@b=yes", Verdict.FAIL),
        ("q=no q@a=unknown q@b=unknown", Verdict.UNKNOWN),
        ("q=no q=yes", Verdict.FAIL),
        ("q=yes q=no", Verdict.FAIL),
        ("q@a=unknown q@a=yes", Verdict.FAIL),
    ],
)
def test_the_nearest_answer_counts_and_a_barring_one_wins(answers, verdict):
    given = case(A, B, answers=answers.replace("q", RULE))
    found = asked(given, RULE, A, B)
    assert found.verdict is verdict
    assert (found.question == RULE) == (verdict is Verdict.UNKNOWN)


def test_an_answer_brings_its_source():
    source = Source(document="Công văn 5/STP", place="mục 2")
    given = evolve(case(A), answers=(Answer(question=RULE, reply=Reply.NO, source=source),))
    assert asked(given, RULE, A).source == source


@pytest.mark.parametrize("question", questions())
def test_every_question_passes_on_one_reply_and_fails_on_the_other(question):
    passing = questions()[question].passes_on
    other = "no" if passing is Reply.YES else "yes"
    assert asked(case(A, answers=f"{question}={passing}"), question, A).verdict is Verdict.PASS
    assert asked(case(A, answers=f"{question}={other}"), question, A).verdict is Verdict.FAIL


def test_the_answer_for_a_step_goes_before_the_one_for_all():
    given = case(A, answers=f"{RULE}=yes {RULE}@a=no")
    assert answer_to(given, RULE, "a").reply is Reply.NO
    assert answer_to(given, RULE, "b").reply is Reply.YES


@pytest.mark.parametrize(
    ("facts", "answers", "verdict"),
    [
        ({}, "", Verdict.UNKNOWN),
        ({"mandatory": False}, "", Verdict.PASS),
        ({"mandatory": False}, f"{RULE}=yes", Verdict.FAIL),
        ({"mandatory": True}, f"{RULE}=no", Verdict.FAIL),
        ({"legal_basis": LAW}, f"{RULE}=no", Verdict.FAIL),
        ({"legal_basis": PROVINCIAL}, "", Verdict.PASS),
        ({"legal_basis": PROVINCIAL}, f"{RULE}=yes", Verdict.FAIL),
        ({"legal_basis": PROVINCIAL, "mandatory": True}, "", Verdict.FAIL),
        ({"legal_basis": (*PROVINCIAL, *LAW)}, "", Verdict.FAIL),
    ],
)
def test_a_national_text_and_a_barring_answer_beat_every_attribute(facts, answers, verdict):
    changed = evolve(A, **facts)
    assert no_text_demands(case(changed, answers=answers), RULE, changed).verdict is verdict


@pytest.mark.parametrize(
    "rank", [LegalRank.TREATY, LegalRank.LAW, LegalRank.DECREE, LegalRank.CIRCULAR]
)
def test_every_national_rank_bars(rank):
    changed = evolve(A, legal_basis=(LegalBasis(document="X", rank=rank, clause="Điều 1"),))
    found = law_leaves_open(case(changed, answers=f"{RULE}=no"), RULE, B, changed)
    assert found.verdict is Verdict.FAIL
    assert found.source == Source(document="X", place="Điều 1")


def test_one_provincial_basis_does_not_speak_for_the_other_step():
    based = evolve(A, legal_basis=PROVINCIAL)
    assert no_text_demands(case(based, B), RULE, based, B).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("value", "answers", "verdict"),
    [
        (False, "", Verdict.PASS),
        (True, "", Verdict.FAIL),
        (True, f"{RULE}=no", Verdict.FAIL),
        (None, "", Verdict.UNKNOWN),
        (False, f"{RULE}=yes", Verdict.FAIL),
        (None, f"{RULE}=no", Verdict.PASS),
    ],
)
def test_an_attribute_is_believed_unless_an_answer_bars(value, answers, verdict):
    fact = ("discretion", value)
    given = case(A, answers=answers)
    assert stated_or_answered(given, RULE, A, fact, passing=False).verdict is verdict


def test_a_paper_step_is_asked_about_and_not_barred():
    assert needs_no_paper(case(A), evolve(A, paper=True)).verdict is Verdict.UNKNOWN
    free = case(A, answers="paper-original-required=no")
    assert needs_no_paper(free, evolve(A, paper=True)).verdict is Verdict.PASS


def test_duties_bar_from_both_sides():
    apart = evolve(A, separate_from=papers("b"))
    given = case(apart, B)
    assert duties_allow(given, apart).verdict is Verdict.FAIL
    assert duties_allow(given, B).verdict is Verdict.FAIL
    other = step("c", "review", AGENCY["head"])
    assert duties_allow(case(apart, B, other), other).verdict is Verdict.PASS


def test_a_branch_after_a_review_stands_on_what_was_examined():
    review = step("r", "review", AGENCY["division"])
    given = picture("s > a > r > xor1 > b > e; xor1 > e_no", A, review, B)
    assert decides_nothing(given, A).verdict is Verdict.PASS
    assert sways_nothing(given, A).because == (("gateway", "xor1"),)
    signed = picture("s > a > r > b > xor1 > e; xor1 > e_no", A, review, B)
    assert sways_nothing(signed, A).verdict is Verdict.PASS


def test_a_parallel_gateway_decides_nothing():
    given = picture("s > a > and1 > b > and2 > e; and1 > c > and2", A, B)
    assert decides_nothing(given, A).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("checked", "rejected", "verdict"),
    [
        (None, None, Verdict.PASS),
        (0, 0, Verdict.PASS),
        (299, 0, Verdict.PASS),
        (298, 0, Verdict.UNKNOWN),
        (1000, 1, Verdict.PASS),
        (300, 1, Verdict.FAIL),
    ],
)
def test_few_dossiers_prove_little(checked, rejected, verdict):
    counted = evolve(A, checked=checked, rejected=rejected)
    assert decides_nothing(case(counted), counted).verdict is verdict


def test_being_sent_back_is_found_through_events_and_joins():
    given = labelled(
        picture("s > xor1 > a > b > xor2 > e; xor2 > catch > xor1", A, B),
        xor2__catch=Outcome.SUPPLEMENT,
    )
    assert nobody_sends_back(given, A).verdict is Verdict.FAIL
    assert nobody_sends_back(given, B).verdict is Verdict.PASS


def test_two_ways_meeting_is_no_way_back():
    given = picture("s > xor1 > a > xor2 > b > e; xor1 > c > xor2", A, B)
    assert nobody_sends_back(given, B).verdict is Verdict.PASS


def test_an_event_or_a_reply_step_waits():
    asking = step("ask", "consult", AGENCY["officer"])
    assert nothing_awaited(picture("s > ask > catch > e", asking), asking).verdict is Verdict.FAIL
    got = step("got", "receive", AGENCY["clerk"], name="Tiếp nhận hồ sơ")
    assert nothing_awaited(case(asking, got), asking).verdict is Verdict.PASS


def test_unknown_reads_and_writes_are_asked_about():
    silent = evolve(A, writes=None)
    assert writes_unread(case(silent, B), "result-is-used", silent).question == "result-is-used"
    wrote = evolve(A, writes=papers("X"))
    unread = evolve(B, reads=None)
    assert writes_unread(case(wrote, unread), "result-is-used", wrote).verdict is Verdict.UNKNOWN
    assert writes_unread(case(wrote, B), "result-is-used", wrote).verdict is Verdict.PASS


def test_a_known_reader_bars_even_where_other_writings_are_unknown():
    wrote, silent = evolve(A, writes=papers("X")), evolve(B, id="c", writes=None)
    reader = evolve(B, reads=papers("X"))
    found = writes_unread(case(wrote, silent, reader), "result-is-used", wrote, silent)
    assert found.because == (("reader", "b"),)


def test_readers_that_go_too_do_not_count():
    wrote, reader = evolve(A, writes=papers("X")), evolve(B, reads=papers("X"))
    given = case(wrote, reader)
    assert writes_unread(given, "result-is-used", wrote, reader).verdict is Verdict.PASS


def test_nothing_new_needs_documents_of_both():
    one, two = evolve(A, reads=papers("X", "Y")), evolve(B, reads=papers("X"))
    assert reads_nothing_new(case(one, two), one, two).verdict is Verdict.PASS
    assert reads_nothing_new(case(one, two), two, one).verdict is Verdict.FAIL
    blind = evolve(one, reads=None)
    assert reads_nothing_new(case(blind, two), blind, two).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("counts", "name"),
    [({}, "decides-no-branch"), ({"checked": 900, "rejected": 0}, "rejects-almost-nothing")],
)
def test_only_counted_dossiers_let_it_say_that_almost_none_is_rejected(counts, name):
    one = evolve(A, **counts)
    found = decides_nothing(case(one, B), one)
    assert (found.name, found.verdict) == (name, Verdict.PASS)


def test_the_worst_of_several_is_told():
    good = asked(case(A, answers=f"{RULE}=no"), RULE, A)
    open_, bad = asked(case(A), RULE, A), asked(case(A, answers=f"{RULE}=yes"), RULE, A)
    assert worst_of(good, open_) is open_
    assert worst_of(open_, bad, good) is bad


@pytest.mark.parametrize("reply", [Reply.NO, Reply.YES])
@pytest.mark.parametrize("source", [None, Source(document=" ")])
def test_an_answer_without_a_source_neither_passes_nor_bars(reply, source):
    answer = Answer(question=RULE, reply=reply, source=source)
    found = asked(evolve(case(A), answers=(answer,)), RULE, A)
    assert (found.verdict, found.question) == (Verdict.UNKNOWN, RULE)
    assert found.because == (("answer-without-source", reply.value),)


def test_an_answer_with_a_source_decides_beside_one_without():
    given = case(A, answers=f"{RULE}=no")
    loose = Answer(question=RULE, reply=Reply.YES, step="a")
    assert asked(evolve(given, answers=(*given.answers, loose)), RULE, A).verdict is Verdict.PASS
