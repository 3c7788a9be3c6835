"""Propose a lighter procedure: found, chosen, applied, proven, executed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.bpmn.read import Reading
from tthc_flow.engine.run import BranchRun, run_every_branch
from tthc_flow.levers import ALL
from tthc_flow.measures.comparison import Comparison, comparison
from tthc_flow.model.plan import Plan, Targets, Wishes
from tthc_flow.plan.make import plan
from tthc_flow.plan.replay import Replay, known_candidates, replayed
from tthc_flow.plan.terms import with_terms
from tthc_flow.plan.untouched import untouched
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.opening import chosen, picked
from tthc_flow.verbs.refusing import refuse_unsound
from tthc_flow.verbs.write import rewritten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.lever import Lever
    from tthc_flow.model.ruling import Ruling
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


@frozen(kw_only=True)
class Proposal:
    """A plan with its figures, its executed branches, and the file that holds it.

    *reading* is the file as it came; *written* the after-BPMN, read back from what was written;
    *replay* what earlier rulings came to.
    """

    reading: Reading
    written: Reading
    plan: Plan
    comparison: Comparison
    executed: tuple[BranchRun, BranchRun]
    convention: Convention
    replay: Replay


def propose(  # noqa: PLR0913 - keyword-only settings
    source: Openable,
    *,
    targets: Targets | None = None,
    wishes: Wishes | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    process: str | None = None,
    levers: Sequence[Lever] | None = None,
    rulings: Sequence[Ruling] = (),
) -> Proposal:
    """Return the best lawful, proven, lighter version of a procedure.

    Args:
        source: The BPMN file. Answers to gate questions are taken from the file beside it
            (``<name>.answers.yaml``); with others, give what ``answered`` returns.
        targets: The cuts asked for (0.3 is 30 %); whether they are reached is measured.
        wishes: What is made small first, what is pinned or forbidden, whose power is enough.
        convention: The rule that turns printed units into working minutes.
        process: Which process, where the file has several.
        levers: The moves to look for; else all of them.
        rulings: What was ruled on candidates before: accepted ones are pinned, rejected ones stay
            out; what cannot be carried out any more is told in ``replay``.

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
    targets, wishes = targets or Targets(), wishes or Wishes()
    convention, reading = chosen(convention), answered(source)
    before = picked(reading, process)
    refuse_unsound(before, "TF310", f"{reading.document.source.place} {before.flow.id}")
    moves = ALL if levers is None else levers
    made = plan(before, moves, targets=targets, wishes=wishes, convention=convention)
    replay = replayed(rulings, before, known_candidates(made).values()) if rulings else Replay()
    if replay.pinned or replay.forbidden:
        moves = with_terms(moves, {name: dict(terms) for name, terms in replay.terms})
        wishes = evolve(
            wishes,
            pinned=(*wishes.pinned, *replay.pinned),
            forbidden=(*wishes.forbidden, *replay.forbidden),
            reasons=(*wishes.reasons, *replay.reasons),
        )
        made = plan(before, moves, targets=targets, wishes=wishes, convention=convention)
    made = evolve(made, untouched=untouched(made, moves))
    written = rewritten(reading, made.after)
    after = picked(written, made.after.flow.id)
    return Proposal(
        reading=reading,
        written=written,
        plan=made,
        comparison=comparison(before, after, convention),
        executed=(run_every_branch(before), run_every_branch(after)),
        convention=convention,
        replay=replay,
    )
