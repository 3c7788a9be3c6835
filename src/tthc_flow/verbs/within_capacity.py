"""Propose what people can cope with: the plan is simulated, what overloads is barred, and again.

The plan itself is made as ever (:mod:`tthc_flow.verbs.propose`); a candidate that was barred here
carries the failed condition from the moment it is found, as any other gate would have given it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.errors import BadQuantity
from tthc_flow.levers import ALL
from tthc_flow.simulation.lacking import FactsMissing
from tthc_flow.simulation.run import Settings
from tthc_flow.simulation.tally import Length
from tthc_flow.simulation.trial import Barred, Trial
from tthc_flow.verbs.overloading import Office
from tthc_flow.verbs.propose import Proposal, propose
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.lever import Candidate, Find, Lever, Precondition
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.verbs.opening import Openable
    from tthc_flow.verbs.simulate_reading import Facts

USUAL: Final = Settings(length=Length(cases=2_000, warm=200, batches=2), replications=10)
"""Ten runs of 2,000 cases, of which the first 200 fill the empty office."""


def trial_of(
    proposal: Proposal, facts: Facts | None = None, *, settings: Settings = USUAL
) -> Trial:
    """Return what simulating a proposal says, before and after; nothing is barred.

    The time limit is that of today on both sides: nobody has declared a new one. What is not known
    is named in the result.

    Args:
        proposal: What :func:`~tthc_flow.verbs.propose.propose` returned.
        facts: What is stated beside the file, as for
            :func:`~tthc_flow.verbs.simulate.simulate`.
        settings: How it is run.

    Raises:
        NotRunnable: TF433 where cases never end, TF434 where numba is not installed.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> trial_of(propose(text)).lacking.nobody
        ('A',)

    Source: see :mod:`tthc_flow.simulation`.
    """
    try:
        office = Office.of(proposal, facts or {}, settings)
        return Trial(found=office.simulation(proposal.plan))
    except FactsMissing as error:
        return Trial(found=None, lacking=error.lacking)


def within_capacity(
    source: Openable,
    *,
    late_share: float | None = None,
    facts: Facts | None = None,
    settings: Settings = USUAL,
    **asked: Any,  # noqa: ANN401 - as propose() names them
) -> tuple[Proposal, Trial]:
    """Return the best proposal with which people cope, and the simulation that says so.

    The chosen plan is simulated. Where it raises a role's load above 0.85, or the share of late
    cases above *late_share*, the change of choice without which that figure falls most is barred
    with a failed condition, and the plan is made again without it. Of changes that are too much
    together only, the one that gains the least is barred, and the others are named with it. Where
    the interval holds the limit the condition is open, and the change stays out too. Where facts
    lack the proposal is that of ``propose``, and what lacks is named.

    Args:
        source: The BPMN file, as for :func:`~tthc_flow.verbs.propose.propose`.
        late_share: The share late that is not to be passed, 0 to 1; ``None``: only loads count.
        facts: What is stated beside the file, as for
            :func:`~tthc_flow.verbs.simulate.simulate`.
        settings: How each simulation is run, two runs or more.
        asked: The other arguments of :func:`~tthc_flow.verbs.propose.propose`.

    Raises:
        BadQuantity: TF109 for no share, TF152 for a single run, which does not tell how sure a
            load is.
        NotRunnable: TF401, TF433 and TF434, as for proposing and simulating.
        UnreadableInput: TF2xx where the file cannot be read.
        UnsoundFlow: TF310 where the flow is not sound.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> proposal, trial = within_capacity(text, late_share=0.05)
        >>> proposal.plan.applied, trial.held, trial.lacking.dossiers
        ((), False, (0,))

    Source: docs/decisions/0027-capacity-by-simulation.md.
    """
    if late_share is not None and not 0 <= late_share <= 1:
        raise BadQuantity.no_share("late_share", late_share)
    if settings.replications < 2:  # noqa: PLR2004 - no spread in one
        fact = fact_words("simulate-fact-runs", runs=settings.replications)
        raise BadQuantity("TF152", **fact, hint="give 2 runs or more")
    levers, barred = tuple(asked.pop("levers", None) or ALL), list[Barred]()
    office: Office | None = None
    while True:
        moves = _with_conditions(levers, {each.candidate: each.condition for each in barred})
        proposal = propose(source, levers=moves, **asked)
        try:
            office = office or Office.of(proposal, facts or {}, settings, late_share)
            found = office.simulation(proposal.plan)
        except FactsMissing as error:
            return proposal, Trial(found=None, lacking=error.lacking, late_share=late_share)
        above = office.above(found.after)
        culprit = office.culprit(proposal.plan, above[0], moves) if above else None
        if culprit is None or culprit.candidate.id in {each.candidate for each in barred}:
            break
        barred.append(culprit.barred(above[0], settings))
    return proposal, Trial(
        found=found,
        no_limit=late_share is not None and found.before.cases[0].late is None,
        barred=tuple(barred),
        remaining=above,
        late_share=late_share,
    )


def _with_conditions(
    levers: Sequence[Lever], conditions: Mapping[str, Precondition]
) -> tuple[Lever, ...]:
    """Return *levers* whose candidates have these *conditions* besides their own, by their ids."""
    touched = {candidate.partition(":")[0] for candidate in conditions}
    return tuple(
        evolve(each, find=_finding(each.find, conditions)) if each.id in touched else each
        for each in levers
    )


def _finding(find: Find, conditions: Mapping[str, Precondition]) -> Find:
    known_then = dict(conditions)

    def found(procedure: Procedure) -> Iterator[Candidate]:
        for candidate in find(procedure):
            more = known_then.get(candidate.id)
            own = candidate.preconditions
            yield candidate if more is None else evolve(candidate, preconditions=(*own, more))

    return found
