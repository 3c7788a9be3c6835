"""A message reaches the one dossier that waits for it, wherever it waits."""

from __future__ import annotations

import pytest

from tthc_flow.errors import StoreFault

from .small import bpmn, engine_with, open_nodes


def test_a_message_is_given_to_the_dossier_that_is_named(url):
    paid = bpmn(
        '<startEvent id="s"/><receiveTask id="m" name="Phí"/><userTask id="a" name="A"/>'
        '<endEvent id="e"/>',
        "s > m > a > e",
    )
    engine, _ = engine_with(url, paid)
    with engine:
        one, two = (engine.start("P", key, by="dân").id for key in ("H1", "H2"))
        engine.happening.message("Phí", by="kho bạc", dossier=two)
        assert [open_nodes(engine, each) for each in (one, two)] == [["m"], ["a"]]


def test_a_message_behind_an_event_gateway_reaches_the_task_that_receives_it(url):
    drawn = bpmn(
        '<startEvent id="s"/><eventBasedGateway id="g"/><receiveTask id="m" name="Phí"/>'
        '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>P9D</timeDuration>'
        '</timerEventDefinition></intermediateCatchEvent><userTask id="a" name="A"/>'
        '<userTask id="b" name="B"/><endEvent id="e"/>',
        "s > g > m > a > e; g > t > b > e",
    )
    engine, _ = engine_with(url, drawn)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        engine.happening.message("Phí", by="kho bạc")
        assert open_nodes(engine, dossier) == ["a"]


def test_a_suspended_listener_gets_no_message(url):
    drawn = '<startEvent id="s"/><receiveTask id="m" name="Phí"/><endEvent id="e"/>'
    paid = bpmn(drawn, "s > m > e")
    engine, _ = engine_with(url, paid)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        engine.life.suspend(dossier, by="an", reason="thử")
        with pytest.raises(StoreFault, match="TF717"):
            engine.happening.message("Phí", by="kho bạc")
