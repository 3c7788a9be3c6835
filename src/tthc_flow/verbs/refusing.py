"""Refusing what no figure and no rewrite can be worked out for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.errors import UnsoundFlow
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.soundness import soundness
from tthc_flow.report.sentences import labels_of, law_reasons, names_of

if TYPE_CHECKING:
    from tthc_flow.model.plan import Proof
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
    if proof.verdict is not Verdict.PASS:
        raise unsound(procedure, proof, code, place)


def unsound(procedure: Procedure, proof: Proof, code: str, place: str) -> UnsoundFlow:
    """Return the error *code* at *place*: why *procedure* is not proven sound, by its names.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> procedure = Procedure(flow=Flow(id="p"))
        >>> proof = soundness(procedure.flow)
        >>> unsound(procedure, proof, "TF330", "p").place
        'p'

    Source: see :func:`refuse_unsound`.
    """
    english, vietnamese = (_reasons(procedure, proof, lang) for lang in ("en", "vi"))
    names = names_of(procedure)
    trace = " → ".join(names.get(each, each) for each in proof.trace)
    way = f": {trace}" if trace else ""
    return UnsoundFlow(
        code,
        f"the flow is not proven sound ({english}){way}",
        place=place,
        hint="run `tthc-flow check`, see it drawn by `tthc-flow show --counter-example`, "
        "and repair the drawing first",
        fact_vi=f"{vietnamese}{way}",
    )


def _reasons(procedure: Procedure, proof: Proof, lang: str) -> str:
    return "; ".join(law_reasons(proof.because, labels_of(procedure, lang=lang), lang))
