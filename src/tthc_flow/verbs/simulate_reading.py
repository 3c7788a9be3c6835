"""What a simulation is asked with, read: durations, people, arrivals, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict, TypeVar

from attrs import evolve, frozen

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.errors import BadQuantity
from tthc_flow.expected.known import USUAL, Basis, Given
from tthc_flow.model.chance import Chance
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.soundness import soundness
from tthc_flow.simulation.facts import scenario_of
from tthc_flow.simulation.program import Batch
from tthc_flow.simulation.run import Kernel
from tthc_flow.simulation.stated import Arrivals, Staff, Stated, Trace, Yearly
from tthc_flow.simulation.teams import teams_of
from tthc_flow.units import DEFAULT_CONVENTION, Convention, Duration, Exact
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.opening import chosen, picked
from tthc_flow.verbs.refusing import unsound
from tthc_flow.verbs.resolve import resolve
from tthc_flow.verbs.stated_times import basis, duration, times
from tthc_flow.words.fact_words import fact_words
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from tthc_flow.simulation.scenario import Scenario
    from tthc_flow.verbs.opening import Openable

    Source = Openable | Procedure

Value = TypeVar("Value")


class Facts(TypedDict, total=False):
    """What may be stated of a simulation beside the files; it goes before what these say.

    *people* by role, as the drawing names it: how many, or :class:`Staff`; ``None`` is as many as
    are needed. *arrivals* are dossiers a year, :class:`Yearly` or :class:`Trace`, of several
    procedures in their order. *shares*, *times* and *basis* as in
    :func:`~tthc_flow.verbs.expect.expect`; a share of 0 leaves a border event or an event
    sub-process out. *limit* is the time not to be passed, else the declared total. *calendar* is
    the office's, else the shipped one; *calendars* and *hourly* (đồng an hour) are by role.
    *gathered* (:class:`Batch`) and *ranks* (0 first) are by the id of a step. *convention* turns
    printed units into minutes.
    """

    people: Mapping[str, Staff | int | None]
    arrivals: Arrivals | Exact | Sequence[Arrivals | Exact | None] | None
    shares: Mapping[str, Exact | float]
    times: Mapping[str, Duration | str | Chance]
    basis: Iterable[Basis | str]
    limit: Duration | str | None
    calendar: Calendar
    calendars: Mapping[str, Calendar]
    hourly: Mapping[str, Exact]
    gathered: Mapping[str, Batch]
    ranks: Mapping[str, int]
    convention: Convention | str


def stated_of(facts: Facts) -> Stated:
    """Return *facts*, each read.

    Raises:
        BadQuantity: TF1xx for what cannot be.

    Example:
        >>> stated_of({"people": {"Chuyên viên": 2}}).people["Chuyên viên"].people
        2
    """
    rule = chosen(facts.get("convention", DEFAULT_CONVENTION))
    limit = facts.get("limit")
    return Stated(
        given=Given(shares=facts.get("shares", {}), times=times(facts.get("times", {}), rule)),
        basis=tuple(map(basis, facts.get("basis", USUAL))),
        people={name: staff(each) for name, each in facts.get("people", {}).items()},
        arrivals=arrivals(facts.get("arrivals")),
        calendar=facts.get("calendar") or Calendar.load(),
        calendars=facts.get("calendars", {}),
        hourly=facts.get("hourly", {}),
        batches=facts.get("gathered", {}),
        ranks=facts.get("ranks", {}),
        limit=None if limit is None else duration("limit", limit, rule),
        convention=rule,
    )


@frozen(kw_only=True)
class Picking:
    """How procedures are picked out of files: the *process* meant, what it *called*."""

    process: str | None
    called: tuple[Openable, ...]

    def read(self, source: Source | Sequence[Source]) -> tuple[Procedure, ...]:
        """Return the procedures of one source or of several, with the answers beside each file.

        Raises:
            UnreadableInput: TF2xx where a file cannot be read.
        """
        several = source if isinstance(source, list | tuple) else (source,)
        return tuple(
            each
            if isinstance(each, Procedure)
            else picked(resolve(answered(each), self.called), self.process)
            for each in several
        )


def refuse_wrong(
    procedures: Sequence[Procedure],
    changed: Sequence[Procedure],
    stated: Stated,
    moves: Mapping[str, str],
) -> None:
    """Refuse what is asked of procedures that do not have it, whatever else is not known of them.

    Args:
        procedures: What is simulated.
        changed: What it is compared with, if any.
        stated: What is stated of both.
        moves: By the id of a step, the role that is to do it.

    Raises:
        BadQuantity: TF117 for an id that nothing has, TF152 for not as many after as before,
            TF153 for a role that nobody has, TF156 for more numbers of dossiers than procedures.
        UnsoundFlow: TF330 where a case can get stuck.

    Example:
        >>> refuse_wrong((), (), Stated(), {})
    """
    if changed and len(changed) != len(procedures):
        count = {"before": len(procedures), "after": len(changed)}
        fact = fact_words("simulate-fact-sides", **count)
        hint = "give as many after as before, in the same order"
        raise BadQuantity("TF152", **fact, hint=hint)
    if len(stated.arrivals) > len(procedures) > 0:
        count = {"given": len(stated.arrivals), "procedures": len(procedures)}
        fact = fact_words("simulate-fact-arrivals", **count)
        raise BadQuantity("TF156", **fact, hint="give one number a procedure, in their order")
    for procedure in (*procedures, *changed):
        proof = soundness(procedure.flow)
        if proof.verdict is Verdict.FAIL:
            raise unsound(procedure, proof, "TF330", procedure.flow.id)
    if moves:
        moved = without_others(evolve(stated, moves=moves), changed or procedures, procedures)
        scenario_of(changed or procedures, moved)


def known(procedures: Sequence[Procedure], stated: Stated) -> Scenario:
    """Return the scenario of *procedures*, which :func:`refuse_wrong` has let through.

    Raises:
        NotRunnable: TF432, which names all that is not known.
    """
    scenario, lack = scenario_of(procedures, stated)
    if not lack.nothing:
        raise lack.error()
    return scenario


def without_others(
    stated: Stated, procedures: Sequence[Procedure], others: Sequence[Procedure]
) -> Stated:
    """Return what is *stated* of *procedures*, without what is about *others* alone.

    A step or a role that only one side of a comparison has can be stated like any other.

    Args:
        stated: What is stated of both sides.
        procedures: This side; without any, nothing is left out.
        others: The other side.

    Example:
        >>> without_others(Stated(), (), ()).people
        mappingproxy({})
    """
    if not procedures:
        return stated
    gone = _elements(others) - _elements(procedures)
    absent = _roles(others) - _roles(procedures)

    def kept(given: Mapping[str, Value]) -> dict[str, Value]:
        return {name: each for name, each in given.items() if name not in gone}

    def there(given: Mapping[str, Value]) -> dict[str, Value]:
        return {name: each for name, each in given.items() if key(name) not in absent}

    given = stated.given
    return evolve(
        stated,
        given=Given(shares=kept(given.shares), times=kept(given.times)),
        batches=kept(stated.batches),
        ranks=kept(stated.ranks),
        moves=kept(stated.moves),
        people=there(stated.people),
        calendars=there(stated.calendars),
        hourly=there(stated.hourly),
    )


def _elements(procedures: Sequence[Procedure]) -> frozenset[str]:
    flows = [each.flow for each in procedures]
    return frozenset(each.id for flow in flows for each in (*flow.nodes, *flow.edges))


def _roles(procedures: Sequence[Procedure]) -> frozenset[str]:
    """Return all that the roles of *procedures* may be called."""
    steps = [[step.id for step in each.flow.steps] for each in procedures]
    teams = teams_of(procedures, steps).values()
    return frozenset(
        name
        for each in teams
        for name in (key(each.name), key(each.performer.name), each.performer.role)
        if name is not None
    )


def staff(given: Staff | int | None) -> Staff:
    """Return how many people a role has; ``None`` is as many as are needed.

    Example:
        >>> staff(2).people
        2
    """
    return given if isinstance(given, Staff) else Staff(people=given)


def arrivals(
    given: Arrivals | Exact | Sequence[Arrivals | Exact | None] | None,
) -> tuple[Arrivals | None, ...]:
    """Return the arrivals of each procedure; a number is dossiers a year.

    Example:
        >>> arrivals(1200)[0].dossiers
        Fraction(1200, 1)
    """
    several = given if isinstance(given, list | tuple) else (given,)
    return tuple(
        each if each is None or isinstance(each, Yearly | Trace) else Yearly(dossiers=each)
        for each in several
    )


def kernel_of(name: Kernel | str) -> Kernel:
    """Return the kernel of that name.

    Raises:
        BadQuantity: TF155 for any other.

    Example:
        >>> kernel_of("fast").value
        'fast'
    """
    choices = tuple(each.value for each in Kernel)
    if name not in choices:
        hint = f"choose one of {', '.join(choices)}"
        fact = f"no kernel {name!r}"
        raise BadQuantity("TF155", fact, hint=hint, choices=choices, fact_vi=repr(name))
    return Kernel(name)
