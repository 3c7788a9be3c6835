"""Conditions are compiled once for a flow: for what bars a run, and for the net."""

from __future__ import annotations

import pytest

from tthc_flow.engine import conditions as room
from tthc_flow.engine.compile import compile_flow
from tthc_flow.engine.conditions import conditions
from tthc_flow.engine.net import net_of
from tthc_flow.errors import BadExpression, NotRunnable
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
)


def choice(condition: str) -> Flow:
    """Return a flow in which *condition* leads to one of two ends."""
    return Flow(
        id="p",
        nodes=(
            Event(id="s", position=EventPosition.START),
            Gateway(id="x", kind=GatewayKind.EXCLUSIVE, default="h"),
            Event(id="a", position=EventPosition.END),
            Event(id="b", position=EventPosition.END),
        ),
        edges=(
            SequenceFlow(id="f", source="s", target="x"),
            SequenceFlow(id="g", source="x", target="a", condition=condition),
            SequenceFlow(id="h", source="x", target="b"),
        ),
    )


def test_each_condition_is_compiled_once_for_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def counted(text: str, place: str = "") -> object:
        compiled.append(text)
        return compile_expression(text, place)

    monkeypatch.setattr(room, "compile_expression", counted)
    program = compile_flow(choice("phí > 0"))
    (way, *_) = program.net.places["x"].arcs
    assert compiled == ["phí > 0"]
    assert way.condition is not None
    assert way.condition.holds({"phí": 1})


def test_one_that_cannot_be_compiled_bars_the_run_and_has_no_net() -> None:
    flow = choice("phí >")
    (found,) = conditions(flow).values()
    assert isinstance(found, BadExpression)
    with pytest.raises(NotRunnable, match="run-bad-condition g"):
        compile_flow(flow)
    with pytest.raises(BadExpression):
        net_of(flow)
