"""The audit and the outbox refuse what they do not take; a letter belongs to whoever has it."""

from __future__ import annotations

import pytest

from tthc_flow.errors import TthcFlowError

from .loop import LOOP
from .small import bpmn, do, engine_with

SENT = bpmn(
    '<startEvent id="s"/><userTask id="grant" name="Trả"/><intermediateThrowEvent id="m"'
    ' name="Gửi đi"><messageEventDefinition messageRef="M"/></intermediateThrowEvent>'
    '<endEvent id="e"/>',
    "s > grant > m > e",
    more='<message id="M" name="kết quả"/>',
)
SHORT = bpmn('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>', "s > a > e", process="Q")


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda engine: engine.audit.history(5), "TF725 dossier"),
        (lambda engine: engine.audit.breaks(5), "TF725 dossier"),
        (lambda engine: engine.audit.breaks(since="heads.json"), "TF725 since"),
        (lambda engine: engine.audit.log(5), "TF725 dossier"),
        (lambda engine: engine.audit.log(since="hôm qua"), "TF725 since"),
        (lambda engine: engine.audit.log(until=5), "TF725 until"),
        (lambda engine: engine.outbox.waiting(most="1"), "TF725 most"),
        (lambda engine: engine.outbox.delivered(most=-1), "TF102"),
        (lambda engine: engine.outbox.deliver(print, most=-1), "TF102"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_code(ask, code):
    engine, _ = engine_with("sqlite://", LOOP)
    with engine, pytest.raises(TthcFlowError, match=code):
        ask(engine)


def test_who_fails_after_the_lease_does_not_call_back_what_another_has_delivered(url):
    engine, wall = engine_with(url, SHORT)
    other, _ = engine_with(url, now=wall)
    heard = []

    def slowly(_letter):
        wall.forward(minutes=6)
        assert other.outbox.deliver(heard.append) == 1
        raise ConnectionError

    with engine, other:
        engine.life.withdraw(engine.start("Q", "H1", by="dân").id, by="dân", reason="thôi")
        assert engine.outbox.deliver(slowly) == 0
        assert [letter.topic for letter in heard] == ["ended"]
        assert engine.outbox.waiting() == ()
        assert engine.audit.breaks() == ()


def test_a_letter_waits_an_hour_at_most_before_it_is_tried_again(url):
    engine, wall = engine_with(url, SHORT)
    with engine:
        do(engine, engine.start("Q", "H", by="an").id, "a")
        tried = []

        def deaf(letter: object) -> None:
            tried.append(letter)
            raise TimeoutError

        waits = [1, 2, 4, 8, 16, 32, 60, 60]
        for wait in waits:
            engine.outbox.deliver(deaf)
            before = len(tried)
            wall.forward(minutes=wait, seconds=-1)
            engine.outbox.deliver(deaf)
            assert len(tried) == before
            wall.forward(seconds=1)
        assert len(tried) == len(waits)


def test_a_letter_bears_the_name_of_its_message_not_of_the_event(url):
    engine, _ = engine_with(url, SENT)
    with engine:
        do(engine, engine.start("P", "H", by="an").id, "grant")
        (letter, _) = engine.outbox.waiting()
        assert (letter.topic, letter.payload["name"]) == ("message", "kết quả")
