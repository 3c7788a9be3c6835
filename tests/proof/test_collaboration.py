"""Soundness of pools that exchange messages: known answers, and the token game on random pools."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from pools import pools, renamed
from token_game import TooLarge, brute_force
from tthc_flow.checks import check_together
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import MessageFlow, Pool
from tthc_flow.model.step import Step, TaskType
from tthc_flow.proof.collaboration import groups, sound_together
from tthc_flow.proof.soundness import soundness


def receives(name):
    return Step(id=name, name=name, task=TaskType.RECEIVE)


def begun_by_message(name):
    return Event(id=name, position=EventPosition.START, trigger=Trigger.MESSAGE)


def pool(prefix, picture, *nodes):
    """Return a procedure whose every id begins with *prefix* and an underscore."""
    return procedure_of(renamed(drawn(picture, *nodes), prefix))


def together(procedures, *pairs):
    """Return the procedures with a message flow a pair: M1, M2 and so on."""
    messages = tuple(
        MessageFlow(id=f"M{number}", source=one, target=other)
        for number, (one, other) in enumerate(pairs, start=1)
    )
    known = tuple(
        Pool(id=f"pool_{p.flow.id}", name=p.flow.id, process=p.flow.id) for p in procedures
    )
    return tuple(evolve(each, messages=messages, pools=known) for each in procedures)


def answer(procedures, *pairs):
    """Return what is broken, after the token game has said the same."""
    drawn_together = together(procedures, *pairs)
    proof = sound_together(drawn_together)
    wrong = brute_force(*(each.flow for each in procedures), messages=pairs)
    assert (proof.verdict is Verdict.PASS) == (wrong is None)
    because = dict(proof.because)
    return because.get("violation"), because.get("element")


def test_a_message_that_is_sent_is_what_another_pool_waits_for():
    sender, reader = pool("A", "s > a > e"), pool("B", "s > r > e", receives("r"))
    assert answer((sender, reader), ("A_a", "B_r")) == (None, None)
    maybe = pool("A", "s > xor1; xor1 > a > e; xor1 > e2")
    assert answer((maybe, reader), ("A_a", "B_r")) == ("cannot-complete", "B_r")
    assert soundness(reader.flow).verdict is Verdict.PASS  # alone, it may always come


def test_two_pools_that_wait_for_each_other_first_are_stuck():
    one = pool("A", "s > r > a > e", receives("r"))
    other = pool("B", "s > r > a > e", receives("r"))
    assert answer((one, other), ("A_a", "B_r"), ("B_a", "A_r"))[0] == "cannot-complete"
    first = pool("B", "s > a > r > e", receives("r"))
    assert answer((one, first), ("A_a", "B_r"), ("B_a", "A_r")) == (None, None)


def test_a_message_that_nobody_reads_is_told_and_alone_it_is_a_warning():
    sender = pool("A", "s > a > e")
    reader = pool("B", "s > xor1; xor1 > r > e; xor1 > e2", receives("r"))
    assert answer((sender, reader), ("A_a", "B_r")) == ("unread-message", "M1")
    found = check_together(together((sender, reader), ("A_a", "B_r")))
    (told,) = [each for each in found if each.code.startswith("check-unsound")]
    assert (told.code, told.severity) == ("check-unsound-unread-message", Severity.WARNING)
    assert told.element == "M1"
    assert "(B)" in dict(told.values)["place"]


def test_a_wait_in_vain_names_the_pool_that_waits():
    sender = pool("A", "s > xor1; xor1 > a > e; xor1 > e2")
    reader = pool("B", "s > r > e", receives("r"))
    found = check_together(together((sender, reader), ("A_a", "B_r")))
    (told,) = [each for each in found if each.code.startswith("check-unsound")]
    assert told.code == "check-unsound-waits-in-vain"
    assert dict(told.values)["place"] == "“r” (B)"
    assert "A_s" in dict(told.values)["trace"]


def test_a_pool_without_content_and_the_border_of_a_pool_may_always_send():
    reader = pool("B", "s > r > e", receives("r"))
    empty = procedure_of(evolve(drawn(""), id="A"))
    assert sound_together(together((reader, empty), ("A", "B_r"))).verdict is Verdict.PASS
    sender = pool("A", "s > xor1; xor1 > a > e; xor1 > e2")
    both = together((reader, sender), ("A_a", "B_r"), ("pool_A", "B_r"))
    assert sound_together(both).verdict is Verdict.PASS


def test_a_message_to_plain_work_holds_nobody_up():
    sender = pool("A", "s > xor1; xor1 > a > e; xor1 > e2")
    assert answer((sender, pool("B", "s > b > e")), ("A_a", "B_b")) == (None, None)


def test_the_first_message_decides_and_one_message_is_read_once():
    asked = pool("A", "s > xor1; xor1 > yes > e; xor1 > no > e")
    waits = pool("B", "s > wait1; wait1 > catch1 > xor1; wait1 > catch2 > xor1; xor1 > e")
    pairs = (("A_yes", "B_catch1"), ("A_no", "B_catch2"))
    assert answer((asked, waits), *pairs) == (None, None)
    # One message drawn to both: whichever waits reads it.
    one = (("A_yes", "B_catch1"), ("A_yes", "B_catch2"))
    assert answer((pool("A", "s > yes > e"), waits), *one) == (None, None)


def test_a_process_that_a_message_begins_need_not_begin():
    caller = pool("A", "s > xor1; xor1 > a > e; xor1 > e2")
    called = pool("B", "s > b > e", begun_by_message("s"))
    assert answer((caller, called), ("A_a", "B_s")) == (None, None)
    twice = pool("A", "s > a > b > e")
    proof = sound_together(together((twice, called), ("A_a", "B_s"), ("A_b", "B_s")))
    assert dict(proof.because)["reason"] == "begins-anew"


@pytest.mark.parametrize(("interrupting", "violation"), [(True, None), (False, "unsafe")])
def test_a_message_at_a_boundary_comes_while_the_work_goes_on(interrupting, violation):
    late = Event(
        id="late",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.MESSAGE,
        attached_to="b",
        interrupting=interrupting,
    )
    worker = pool("B", "s > b > xor1; late > xor1; xor1 > c > e", late)
    found = answer((pool("A", "s > a > e"), worker), ("A_a", "B_late"))[0]
    assert found == (violation or "unread-message")  # too late, nobody reads it


def test_an_event_sub_process_is_begun_by_the_message_of_another_pool():
    nodes = (
        SubProcess(id="aside", kind=SubProcessKind.EVENT),
        Event(id="begun", position=EventPosition.START, trigger=Trigger.MESSAGE, scope="aside"),
        Step(id="stop", name="Dừng", scope="aside"),
    )
    worker = pool("B", "s > r > e; begun > stop", receives("r"), *nodes)
    stopping = pool("A", "s > xor1; xor1 > a > e; xor1 > b > e")
    pairs = (("A_a", "B_r"), ("A_b", "B_begun"))
    assert answer((stopping, worker), *pairs) == (None, None)


def test_messages_without_end_are_unknown_unless_something_is_stuck():
    chatter = pool("A", "s > xor1 > a > xor2; xor2 > xor1; xor2 > e")
    once = pool("B", "s > r > e", receives("r"))
    proof = sound_together(together((chatter, once), ("A_a", "B_r")))
    assert dict(proof.because)["violation"] == "unread-message"
    deaf = pool("B", "s > xor1 > r > xor1", receives("r"))
    proof = sound_together(together((chatter, deaf), ("A_a", "B_r")))
    assert proof.verdict is not Verdict.PASS


def test_pools_that_say_nothing_to_each_other_are_judged_alone():
    one, other = pool("A", "s > a > e"), pool("B", "s > a > and1; xor1 > and1; and1 > e")
    assert [len(each.procedures) for each in groups((one, other))] == [1, 1]
    assert sound_together((one, other)).verdict is Verdict.FAIL


def compared(seeds):
    """Return how often each answer came, and the seeds on which the two disagree."""
    counted, differ = Counter(), []
    for seed in seeds:
        rng = random.Random(seed)
        made = pools(rng, rng.randint(1, 3), rng.randint(1, 4), rng.choice((0, 0, 1, 2)))
        proof = sound_together(made)
        if proof.verdict is Verdict.UNKNOWN:
            counted[dict(proof.because)["reason"]] += 1
            continue
        pairs = tuple((m.source, m.target) for m in made[0].messages)
        try:
            wrong = brute_force(*(each.flow for each in made), messages=pairs, most=1500)
        except TooLarge:
            continue
        counted[wrong] += 1
        if (proof.verdict is Verdict.PASS) != (wrong is None):
            differ.append((seed, proof.because, wrong))
    return counted, differ


def test_the_verdict_on_random_pools_is_that_of_the_token_game():
    counted, differ = compared(range(150))
    assert differ == []
    kinds = {None, "cannot-complete", "dead-element", "unread-message"}
    assert all(counted[kind] >= 10 for kind in kinds), counted


@pytest.mark.nightly
def test_the_verdict_on_very_many_random_pools_is_that_of_the_token_game():
    _, differ = compared(range(1_000, 20_000))
    assert differ == []


def test_a_message_flow_inside_a_pool_is_none_and_holds_nobody_up():
    flow = drawn("s > xor1; xor1 > a > xor2; xor1 > r > xor2; xor2 > e", receives("r"))
    (alone,) = together((procedure_of(flow),), ("a", "r"))
    assert sound_together((alone,)).verdict is Verdict.PASS
