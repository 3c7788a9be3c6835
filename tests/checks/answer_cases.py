"""Answers that the checks of answers find, and those that they leave alone, by name of the case."""

from __future__ import annotations

from measures.flows import procedure, step
from tthc_flow.graph.fingerprint import fingerprint, procedure_fingerprint
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import Source
from tthc_flow.model.step import StepKind


def replied(**more) -> Answer:
    """A sourced answer about step ``a``, with what differs."""
    usual = {"question": "rule-names-the-step", "reply": Reply.NO, "step": "a"}
    return Answer(**{**usual, "source": Source(document="CV 1"), **more})


def answered(*answers: Answer) -> Procedure:
    return procedure(step("a", 1), step("b", 2), answers=answers)


NONE = answered()
A_WAS = fingerprint(NONE.flow, NONE.flow.steps[0])
ALL_WAS = procedure_fingerprint(NONE)

DOUBTFUL = {
    "no-such-question": answered(replied(question="rule-names-the-stp")),
    "no-such-step": answered(replied(step="c")),
    "no-source": answered(replied(source=None)),
    "empty-source": answered(replied(source=Source(document=" "))),
    "contradiction": answered(replied(), replied(reply=Reply.YES)),
}
SURE = {
    "none": NONE,
    "sourced": answered(replied(), replied(step="b", reply=Reply.YES)),
    "not-known-yet": answered(replied(reply=Reply.UNKNOWN, source=None)),
}
STALE = {
    "another-name": procedure(step("a", 1, name="Thẩm định"), answers=(replied(about=A_WAS),)),
    "another-kind": procedure(
        step("a", 1, kinds=(StepKind.SIGN,)), answers=(replied(about=A_WAS),)
    ),
    "gone": procedure(step("b", 2), answers=(replied(about=A_WAS),)),
    "another-step": procedure(step("a", 1), answers=(replied(step=None, about=ALL_WAS),)),
}
CURRENT = {
    "the-same-work": answered(replied(about=A_WAS), replied(step=None, about=ALL_WAS)),
    "another-time": procedure(step("a", 5), answers=(replied(about=A_WAS),)),
    "nobody-said": procedure(step("a", 1, name="Thẩm định"), answers=(replied(),)),
}
