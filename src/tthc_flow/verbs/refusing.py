"""Refusing what no figure and no rewrite can be worked out for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.errors import UnsoundFlow
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.soundness import soundness
from tthc_flow.report.sentences import labels_of, law_reasons, names_of

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure


def refuse_unsound(procedure: Procedure, code: str, place: str) -> None:
    """Raise the error *code* at *place* where *procedure* is not proven sound; else do nothing.

    Raises:
        UnsoundFlow: With the reasons and the counter-example, by the names of the drawing.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> refuse_unsound(Procedure(flow=flow), "TF310", "a.bpmn")

    Source: soundness by van der Aalst (1998); see :mod:`tthc_flow.proof.soundness`.
    """
    proof = soundness(procedure.flow)
    if proof.verdict is Verdict.PASS:
        return
    names = names_of(procedure)
    because = "; ".join(law_reasons(proof.because, labels_of(procedure, lang="en"), "en"))
    trace = " → ".join(names.get(each, each) for each in proof.trace)
    raise UnsoundFlow(
        code,
        f"the flow is not proven sound ({because})" + (f": {trace}" if trace else ""),
        place=place,
        hint="run `tthc-flow check`, see it drawn by `tthc-flow show --counter-example`, "
        "and repair the drawing first",
    )
