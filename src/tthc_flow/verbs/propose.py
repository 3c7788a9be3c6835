"""Propose a lighter procedure: found, chosen, applied, proven, executed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.bpmn.read import Reading
from tthc_flow.engine.run import BranchRun, run_every_branch
from tthc_flow.errors import UnsoundFlow
from tthc_flow.levers import ALL
from tthc_flow.measures.comparison import Comparison, comparison
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Plan, Targets
from tthc_flow.plan.make import plan
from tthc_flow.proof.soundness import soundness
from tthc_flow.report.sentences import labels_of, law_reasons, names_of
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.opening import chosen, opened, picked
from tthc_flow.verbs.write import rewritten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.lever import Lever
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


@frozen(kw_only=True)
class Proposal:
    """A plan with its figures, its executed branches, and the file that holds it.

    *reading* is the file as it came; *written* the after-BPMN, read back from what was written.
    """

    reading: Reading
    written: Reading
    plan: Plan
    comparison: Comparison
    executed: tuple[BranchRun, BranchRun]
    convention: Convention


def propose(
    source: Openable,
    *,
    targets: Targets = Targets(),  # noqa: B008 - a frozen value
    convention: Convention | str = DEFAULT_CONVENTION,
    process: str | None = None,
    levers: Sequence[Lever] | None = None,
) -> Proposal:
    """Return the best lawful, proven, lighter version of a procedure.

    Args:
        source: The BPMN file.
        targets: The cuts asked for (0.3 is 30 %); whether they are reached is measured.
        convention: The rule that turns printed units into working minutes.
        process: Which process, where the file has several.
        levers: The moves to look for; else all of them.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read.
        UnsoundFlow: TF310 where the flow is not sound, with the counter-example: no rewrite of
            it could be proven.
        NotRunnable: TF401 where a branch cannot be executed faithfully.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> propose(text).plan.applied
        ()

    Source: domain rules of plan 949/KH-UBND; the levers name their own.
    """
    convention, reading = chosen(convention), opened(source)
    before = picked(reading, process)
    _refuse_unsound(before, reading.document.source.place)
    made = plan(before, ALL if levers is None else levers, targets=targets, convention=convention)
    written = rewritten(reading, made.after)
    after = picked(written, made.after.flow.id)
    return Proposal(
        reading=reading,
        written=written,
        plan=made,
        comparison=comparison(before, after, convention),
        executed=(run_every_branch(before), run_every_branch(after)),
        convention=convention,
    )


def _refuse_unsound(procedure: Procedure, file: str) -> None:
    proof = soundness(procedure.flow)
    if proof.verdict is Verdict.PASS:
        return
    names = names_of(procedure)
    because = "; ".join(law_reasons(proof.because, labels_of(procedure, lang="en"), "en"))
    trace = " → ".join(names.get(each, each) for each in proof.trace)
    raise UnsoundFlow(
        "TF310",
        f"the flow is not proven sound ({because})" + (f": {trace}" if trace else ""),
        place=f"{file} {procedure.flow.id}",
        hint="run `tthc-flow check`, see it drawn by `tthc-flow show --counter-example`, "
        "and repair the drawing first",
    )
