"""Propose what people can cope with: the plan is simulated, what overloads is barred, and again.

The plan itself is made as ever (:mod:`tthc_flow.verbs.propose`); a candidate that was barred here
carries the failed condition from the moment it is found, as any other gate would have given it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Necessity, Precondition
from tthc_flow.plan.applying import applied
from tthc_flow.simulation.gate import condition, excesses, figure_of
from tthc_flow.simulation.lacking import FactsMissing
from tthc_flow.simulation.run import Settings, run
from tthc_flow.simulation.simulation import Simulation
from tthc_flow.simulation.tally import Length
from tthc_flow.simulation.trial import Trial
from tthc_flow.verbs.propose import Proposal, propose
from tthc_flow.verbs.simulate import compared
from tthc_flow.verbs.simulate_reading import known, stated_of, without_others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.lever import Candidate, Find, Lever
    from tthc_flow.model.plan import Plan
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.gate import Excess
    from tthc_flow.simulation.results import Outcome
    from tthc_flow.simulation.scenario import Scenario
    from tthc_flow.simulation.stated import Stated
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
        office = _Office.of(proposal, facts or {}, settings)
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
    with a failed condition, and the plan is made again without it. Where the interval holds the
    limit the condition is open, and the change stays out too. Where facts lack the proposal is
    that of ``propose``, and what lacks is named.

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
        raise BadQuantity("TF152", "1 run tells no interval", hint="give 2 runs or more")
    levers, barred = tuple(asked.pop("levers", None) or ALL), dict[str, Precondition]()
    office: _Office | None = None
    while True:
        moves = _with_conditions(levers, barred)
        proposal = propose(source, levers=moves, **asked)
        try:
            office = office or _Office.of(proposal, facts or {}, settings)
            found = office.simulation(proposal.plan)
        except FactsMissing as error:
            return proposal, Trial(found=None, lacking=error.lacking, late_share=late_share)
        above = () if found.after is None else excesses(found.before, found.after, late_share)
        culprit = office.culprit(proposal.plan, above[0], moves) if above else None
        if culprit is None or culprit.id in barred:
            break
        barred[culprit.id] = condition(above[0], settings)
    return proposal, Trial(
        found=found,
        no_limit=late_share is not None and found.before.cases[0].late is None,
        barred=tuple(barred.items()),
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


@frozen(kw_only=True)
class _Office:
    """The procedure as it is, simulated once; what a change comes to is held against it.

    *sides* are the procedure before and after the first plan: what is stated is about them.
    """

    sides: tuple[Procedure, Procedure]
    stated: Stated
    settings: Settings
    scenario: Scenario
    before: Outcome

    @classmethod
    def of(cls, proposal: Proposal, facts: Facts, settings: Settings) -> _Office:
        """Return the office of a proposal.

        Raises:
            FactsMissing: TF432, which names what is not known.
        """
        procedure = proposal.plan.before
        own: Facts = {"limit": procedure.total_time.duration, "convention": proposal.convention}
        stated = stated_of({**own, **facts})
        sides = procedure, proposal.plan.after
        scenario = known((procedure,), without_others(stated, (procedure,), sides))
        before = run(scenario, settings)
        return cls(sides=sides, stated=stated, settings=settings, scenario=scenario, before=before)

    def simulation(self, made: Plan) -> Simulation:
        """Return the simulation of a plan: both sides, or today alone where nothing changes."""
        changed = (made.after,) if made.applied else ()
        return Simulation(
            procedures=(made.before,),
            stated=self.stated,
            settings=self.settings,
            before=self.before,
            after=self._after(made.after) if changed else None,
            after_procedures=changed,
        )

    def _after(self, changed: Procedure) -> Outcome:
        stated = without_others(self.stated, (changed,), self.sides)
        return run(compared(self.scenario, (changed,), stated), self.settings)

    def culprit(self, made: Plan, excess: Excess, levers: Sequence[Lever]) -> Candidate | None:
        """Return the change of choice that brings *excess*: without it the figure falls most."""
        by_id = {lever.id: lever for lever in levers}
        best, lowest = None, excess.after.mean
        for each in made.applied:
            if each.necessity is Necessity.OBLIGED:
                continue
            rest = applied(made.before, [e for e in made.applied if e is not each], by_id)
            if rest is None:
                continue  # others stand on it: they are tried themselves
            try:
                found = self.before if rest is made.before else self._after(rest)
            except FactsMissing:
                continue  # what that flow would ask, nobody was asked
            figure = figure_of(found, excess)
            if figure < lowest:
                best, lowest = each, figure
        return best
