"""Simulate cases through procedures: queues, calendars, people who are busy with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.errors import BadQuantity
from tthc_flow.simulation.capacity import fewest_people
from tthc_flow.simulation.horizon import cases_within
from tthc_flow.simulation.run import Kernel, Settings, run
from tthc_flow.simulation.simulation import Simulation
from tthc_flow.simulation.tally import Length
from tthc_flow.verbs.simulate_reading import (
    Picking,
    kernel_of,
    known,
    refuse_wrong,
    stated_of,
    without_others,
)
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.capacity import Capacity
    from tthc_flow.simulation.scenario import Scenario
    from tthc_flow.simulation.stated import Stated
    from tthc_flow.simulation.tally import Tell
    from tthc_flow.verbs.opening import Openable
    from tthc_flow.verbs.simulate_reading import Facts

    Source = Openable | Procedure

CASES: Final = 20_000
"""Cases of a run where neither a number nor a horizon is asked for; told with the result."""


def simulate(  # noqa: PLR0913 - settings, each with its usual value
    source: Source | Sequence[Source],
    *,
    after: Source | Sequence[Source] | None = None,
    moves: Mapping[str, str] | None = None,
    late_share: float | None = None,
    cases: int | None = None,
    horizon: float | None = None,
    seed: int = 1,
    warm_up: float = 0.1,
    batches: int = 30,
    replications: int = 1,
    kernel: Kernel | str = Kernel.PLAIN,
    process: str | None = None,
    called: Iterable[Openable] = (),
    tell: Tell | None = None,
    **facts: Unpack[Facts],
) -> Simulation:
    """Return how long cases take where people are busy with others, and how busy these are.

    This is the third of three times, beside the norm and the time of a dossier that waits for
    nobody. Nothing is made up: facts come from the files or are stated here; what lacks is named.

    Args:
        source: A file or a procedure that was read already; several share their people.
        after: The same after a change: both have the same luck, so that they differ by the change.
        moves: By the id of a step, the role that is to do it: the result compares with that.
        late_share: Asks for the fewest people with whom at most this share is late; after the
            change, where there is one.
        cases: How many cases come; 20,000 where neither this nor a horizon is given.
        horizon: Where *cases* is not given: for how many years cases come.
        seed: The luck: the same seed gives the same result.
        warm_up: The share of cases that only fill the empty office and are left out.
        batches: In how many batches the others are cut for the intervals of a single run.
        replications: How many independent runs, each of so many cases and with a luck of its own;
            of two and more the intervals are by runs, and loads have one too.
        kernel: ``plain``, or ``fast`` where numba is installed: the same cases, sooner.
        process: The process that is meant where a file has several; else the one with most steps.
        called: Drawings of the processes that it calls, as for ``resolve``.
        tell: Called now and then with the number of cases that have come.
        facts: What is stated beside the files: see
            :class:`~tthc_flow.verbs.simulate_reading.Facts`.

    Returns:
        Means with intervals at 95 % (by batches, or by runs) of worked time, of waiting by its
        kinds, of lateness; loads by role; visits and waits by step.

    Raises:
        BadQuantity: TF1xx for numbers that cannot be, TF151 for a run too short, TF153 for a role
            that nobody has, TF154 where lateness is asked for without a limit, TF156 for more
            numbers of dossiers than procedures.
        NotRunnable: TF431 and TF432 for what is not covered or not known, by name; TF433 where
            cases never end; TF434 where numba is not installed.
        UnreadableInput: TF2xx where a file cannot be read.
        UnsoundFlow: TF330 where a case can get stuck.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
        ... xmlns:t="https://tthc-flow.org/schema/1"><process id="P"><laneSet>
        ... <lane id="L" name="Chuyen vien"><flowNodeRef>A</flowNodeRef></lane></laneSet>
        ... <task id="A" name="Ky"/></process></definitions>'''
        >>> found = simulate(text, cases=600, people={"Chuyen vien": 1}, arrivals=1000,
        ...                  times={"A": "1 giờ làm việc"})
        >>> round(found.before.pools[0].load, 1)
        0.5

    Source: see :mod:`tthc_flow.simulation`.
    """
    stated, moves, kernel = stated_of(facts), moves or {}, kernel_of(kernel)
    _refuse_wrong(late_share=late_share, warm_up=warm_up, horizon=horizon)
    length = _length(CASES if cases is None else cases, warm_up, batches)
    settings = Settings(length=length, seed=seed, kernel=kernel, replications=replications)
    pick = Picking(process=process, called=tuple(called))
    procedures, changed = pick.read(source), pick.read(() if after is None else after)
    refuse_wrong(procedures, changed, stated, moves)
    scenario = known(procedures, without_others(stated, procedures, changed))
    if cases is None and horizon is not None:
        settings = _within(settings, scenario, (horizon, stated), warm_up)
    other = _other(scenario, (procedures, changed), stated, moves)
    return Simulation(
        procedures=procedures,
        stated=stated,
        settings=settings,
        before=run(scenario, settings, tell),
        after=None if other is None else run(other, settings, tell),
        after_procedures=changed,
        moves=moves,
        capacity=_capacity(other or scenario, settings, late_share),
        late_share=late_share,
    )


def _refuse_wrong(*, late_share: float | None, warm_up: float, horizon: float | None) -> None:
    """Refuse numbers that cannot be before any file is read."""
    if late_share is not None and not 0 <= late_share <= 1:
        raise BadQuantity.no_share("late_share", late_share)
    if not 0 <= warm_up <= 1:
        raise BadQuantity.no_share("warm_up", warm_up)
    if horizon is not None and not horizon > 0:
        fact = fact_words("simulate-fact-years", years=horizon)
        raise BadQuantity("TF152", **fact, hint="give more than 0")


def _length(cases: int, warm_up: float, batches: int) -> Length:
    return Length(cases=cases, warm=int(cases * warm_up), batches=batches)


def _capacity(scenario: Scenario, settings: Settings, late: float | None) -> Capacity | None:
    return None if late is None else fewest_people(scenario, settings, late)


def _within(
    settings: Settings, scenario: Scenario, asked: tuple[float, Stated], warm_up: float
) -> Settings:
    """Return *settings* for as many cases as come within the years that are *asked* for."""
    horizon, stated = asked
    cases = cases_within(scenario, settings.seed, horizon, len(stated.calendar.years))
    return evolve(settings, length=_length(cases, warm_up, settings.length.batches))


def _other(
    scenario: Scenario,
    sides: tuple[tuple[Procedure, ...], tuple[Procedure, ...]],
    stated: Stated,
    moves: Mapping[str, str],
) -> Scenario | None:
    """Return the scenario that the first is compared with: changed files, steps moved, or none."""
    procedures, changed = sides
    if not changed and not moves:
        return None
    moved = evolve(stated, moves=moves)
    return compared(scenario, changed or procedures, without_others(moved, changed, procedures))


def compared(scenario: Scenario, changed: Sequence[Procedure], stated: Stated) -> Scenario:
    """Return the scenario of *changed* procedures, to which the dossiers of *scenario* come.

    Args:
        scenario: What it is compared with.
        changed: As many procedures as that has, in the same order.
        stated: What is stated of both.

    Raises:
        NotRunnable: TF432, which names all that is not known.

    Source: common random numbers: the same dossiers at the same moments.
    """
    found = known(changed, stated)
    streams = tuple(
        evolve(stream, rate=was.rate, trace=was.trace)
        for stream, was in zip(found.streams, scenario.streams, strict=True)
    )
    return evolve(found, streams=streams)
