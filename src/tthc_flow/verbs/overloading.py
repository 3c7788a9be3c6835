"""Which change of a plan overloads people: each is left out in turn, and the rest is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.savings import saving, sized
from tthc_flow.model.lever import Necessity
from tthc_flow.plan.applying import applied
from tthc_flow.plan.ranking import gain
from tthc_flow.simulation.gate import condition, excesses, figure_of
from tthc_flow.simulation.lacking import FactsMissing
from tthc_flow.simulation.run import Settings, run
from tthc_flow.simulation.simulation import Simulation
from tthc_flow.simulation.trial import Barred
from tthc_flow.verbs.simulate import compared
from tthc_flow.verbs.simulate_reading import known, stated_of, without_others

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.plan import Plan
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.ranking import Gain
    from tthc_flow.simulation.gate import Excess
    from tthc_flow.simulation.results import Outcome
    from tthc_flow.simulation.scenario import Scenario
    from tthc_flow.simulation.stated import Stated
    from tthc_flow.units import Convention
    from tthc_flow.verbs.propose import Proposal
    from tthc_flow.verbs.simulate_reading import Facts


@frozen(kw_only=True)
class Blamed:
    """A change of choice: the *figure* without it, whether that *clears* it, and what it gains."""

    candidate: Candidate
    figure: float
    clears: bool
    gains: Gain


@frozen(kw_only=True)
class Culprit:
    """The change that is taken out, and those along with which alone it brings too much."""

    candidate: Candidate
    together: tuple[Candidate, ...] = ()

    def barred(self, excess: Excess, settings: Settings) -> Barred:
        """Return it with the condition that it fails, as it brings *excess*."""
        return Barred(
            candidate=self.candidate.id,
            condition=condition(excess, settings),
            together=tuple(each.id for each in self.together),
        )


@frozen(kw_only=True)
class Office:
    """The procedure as it is, simulated once; what a change comes to is held against it.

    *sides* are the procedure before and after the first plan: what is stated is about them.
    *late_share* is the share late that is not to be passed, where one is.
    """

    sides: tuple[Procedure, Procedure]
    stated: Stated
    settings: Settings
    scenario: Scenario
    before: Outcome
    convention: Convention
    late_share: float | None = None

    @classmethod
    def of(
        cls,
        proposal: Proposal,
        facts: Facts,
        settings: Settings,
        late_share: float | None = None,
    ) -> Office:
        """Return the office of a proposal.

        Raises:
            FactsMissing: TF432, which names what is not known.
        """
        procedure = proposal.plan.before
        own: Facts = {"limit": procedure.total_time.duration, "convention": proposal.convention}
        stated = stated_of({**own, **facts})
        sides = procedure, proposal.plan.after
        scenario = known((procedure,), without_others(stated, (procedure,), sides))
        return cls(
            sides=sides,
            stated=stated,
            settings=settings,
            scenario=scenario,
            before=run(scenario, settings),
            convention=proposal.convention,
            late_share=late_share,
        )

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

    def above(self, after: Outcome | None) -> tuple[Excess, ...]:
        """Return what *after* raises above its limit."""
        return () if after is None else excesses(self.before, after, self.late_share)

    def culprit(self, made: Plan, excess: Excess, levers: Sequence[Lever]) -> Culprit | None:
        """Return the change of choice that brings *excess*, if there is one.

        Where each of several alone, left out, brings the figure below the limit, they are too much
        together only: the one that gains the least goes, as a plan would have it. Else it is the
        one without which the figure falls most.
        """
        some = tuple(self._blamed(made, excess, levers))
        clearing = sorted((e for e in some if e.clears), key=lambda each: (each.gains, each.figure))
        if clearing:
            first, *others = clearing
            return Culprit(
                candidate=first.candidate, together=tuple(each.candidate for each in others)
            )
        worst = min(some, key=lambda each: each.figure, default=None)
        return None if worst is None else Culprit(candidate=worst.candidate)

    def _after(self, changed: Procedure) -> Outcome:
        stated = without_others(self.stated, (changed,), self.sides)
        return run(compared(self.scenario, (changed,), stated), self.settings)

    def _blamed(self, made: Plan, excess: Excess, levers: Sequence[Lever]) -> Iterator[Blamed]:
        """Yield the changes of choice without which the figure of *excess* is lower."""
        by_id = {lever.id: lever for lever in levers}
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
            if figure < excess.after.mean:
                yield Blamed(
                    candidate=each,
                    figure=figure,
                    clears=all(e.role != excess.role for e in self.above(found)),
                    gains=self._gains(made, rest),
                )

    def _gains(self, made: Plan, rest: Procedure) -> Gain:
        """Return what a change gains given the others, under the objective of the plan."""
        method = made.targets.cost_method
        sides = (sized(each, self.convention, method) for each in (rest, made.after))
        return gain(saving(*sides), made.objective)
