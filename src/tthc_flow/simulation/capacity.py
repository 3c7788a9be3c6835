"""How many people it takes: the fewest, or the cheapest, for a share of late cases.

All runs have the same luck, so that people are the only thing that differs. A number of people
keeps the share where the whole interval of the share late does: what is likely is not shown yet,
and is told apart. That no cheaper number does is proven as far as one person more never makes more
cases late. So it is where cases of one kind pass people in the order of coming; in a network it
need not be. Therefore whoever has one person less in a role, or one moved from a role to another,
is simulated too.
"""

from __future__ import annotations

from itertools import permutations
from math import ceil, log, log1p
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.model.lever import Verdict
from tthc_flow.simulation.staffing import Staffings, hourly
from tthc_flow.simulation.workload import workload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.simulation.run import Settings
    from tthc_flow.simulation.scenario import Scenario
    from tthc_flow.simulation.staffing import Staffing
    from tthc_flow.simulation.workload import Workload

_POSSIBLE: Final = frozenset({Verdict.PASS, Verdict.UNKNOWN})
_SURE: Final = frozenset({Verdict.PASS})
_ROUNDING: Final = 1e-9


@frozen(kw_only=True)
class Capacity:
    """How many people of each of *roles* keep a share late, beside those that are there *now*.

    *best* is the cheapest number that keeps it for sure, the fewest people where no price is known
    (*priced* is false), and *others* are all that are as cheap. *open* is cheaper than *best*, or
    all there is, and nobody can tell yet whether it suffices. *fewer* are those with one person
    less in a role than *best*, or than *open* without a best.
    *least* is what the work alone needs, *exact* where it can be reckoned, else one person each;
    *many* as many as can help. *monotone* says that no more people were judged worse than fewer,
    and *proven* that besides the search came to its end. *runs* is how many simulations it took.
    """

    roles: tuple[str, ...]
    now: tuple[int, ...]
    least: tuple[int, ...]
    exact: bool
    best: Staffing | None
    others: tuple[Staffing, ...]
    open: Staffing | None
    fewer: tuple[Staffing, ...]
    many: Staffing
    limit: float
    priced: bool
    monotone: bool
    proven: bool
    runs: int

    @property
    def verdict(self) -> Verdict:
        """Return whether it is known how many people it takes.

        ``PASS`` where no cheaper number may suffice, ``FAIL`` where even as many as can help do
        not, else ``UNKNOWN``: more cases, or more runs, would tell.
        """
        if self.best is None and self.open is None:
            return Verdict.FAIL
        return Verdict.UNKNOWN if self.open else Verdict.PASS

    @property
    def more(self) -> int | None:
        """Return how many times as many cases would tell about *open*; ``None``: no number would.

        The interval of so many cases just leaves the share out, if the mean stays where it is. As
        the root of the cases it shrinks, but where none is late, or all are: there the exact
        interval of n cases ends at 1 - x, or x, which to the power of n is the same of any n.
        """
        if self.open is None or self.limit == 0:
            return None
        late = self.open.late
        away = self.limit - late.mean
        if late.mean == 0 and late.most < 1:
            return ceil(log1p(-late.most) / log1p(-self.limit))
        if late.mean == 1 and late.least > 0:
            return ceil(log(late.least) / log(self.limit))
        half = late.most - late.mean if away > 0 else late.mean - late.least
        return ceil((half / away) ** 2) if abs(away) > _ROUNDING else None


def fewest_people(scenario: Scenario, settings: Settings, late: float) -> Capacity:
    """Return the fewest people with whom at most the share *late* of cases is late.

    Where every role has a price an hour it is the cheapest number instead.

    Args:
        scenario: Whose people are counted anew; their hours and other work stay as they are.
        settings: How each simulation is run.
        late: 0 to 1.

    Raises:
        BadQuantity: TF109 for no share, TF154 where no procedure has a limit.

    Source: the module; common random numbers: Law, Simulation Modeling and Analysis (2015), 11.2.
    """
    if not 0 <= late <= 1:
        raise BadQuantity.no_share("late", late)
    if all(stream.limit is None for stream in scenario.streams):
        hint = "give a limit, or state the total time in the file"
        raise BadQuantity("TF154", "no procedure has a time limit", hint=hint, fact_vi="")
    tried = Staffings(scenario, settings, late)
    now = tuple(crowd.people for crowd in scenario.crowds)
    need = workload(scenario)
    ended = _searched(tried, need)
    best = tried.cheapest_known(_SURE)
    likely = tried.cheapest_known(_POSSIBLE)
    prices = [tried.price(each.people) for each in (*likely[:1], *best[:1])]
    shown = (best or likely)[:1]
    return Capacity(
        roles=tuple(crowd.name for crowd in scenario.crowds),
        now=now,
        least=need.people,
        exact=need.exact,
        best=best[0] if best else None,
        others=tuple(best[1:]),
        open=likely[0] if prices and (not best or prices[0] < prices[1]) else None,
        fewer=tuple(each for one in shown for each in _one_fewer(tried, need.people, one)),
        many=tried.many(need.people),
        limit=late,
        priced=hourly(scenario) is not None,
        monotone=tried.monotone,
        proven=ended and tried.monotone,
        runs=len(tried.known),
    )


def _searched(tried: Staffings, need: Workload) -> bool:
    """Simulate what may be the cheapest, then all that is next to it; return whether all was.

    Where the work alone does not tell how many each role needs, each is looked at alone before.

    The neighbours of the cheapest have one person less in a role, or one moved: the search took
    them to be too few because more were.
    """
    least = need.people
    many = tried.many(least)
    ended = True
    for good in (_POSSIBLE, _SURE):
        if many.verdict in good:
            some = least if need.exact else _alone(tried, least, many.people, good)
            ended = tried.searched(some, many.people, good) and ended
    seen: list[Staffing] = []
    while seen != (found := tried.cheapest_known(_SURE)[:1]):
        seen = found
        for one in found:
            ended = all(_neighbours(tried, least, one)) and ended
    return ended


def _alone(
    tried: Staffings, least: tuple[int, ...], many: tuple[int, ...], good: frozenset[Verdict]
) -> tuple[int, ...]:
    return tuple(tried.alone(role, few, many, good) for role, few in enumerate(least))


def _neighbours(tried: Staffings, least: tuple[int, ...], one: Staffing) -> Iterator[bool]:
    """Simulate those with one person less, then those with one moved, if no dearer.

    Yields whether there was still one to be simulated.
    """
    price = tried.price(one.people)
    yield from (True for _ in _one_fewer(tried, least, one))
    for gives, takes in permutations(range(len(one.people)), 2):
        moved = tuple(n - (r == gives) + (r == takes) for r, n in enumerate(one.people))
        if moved[gives] >= least[gives] and tried.price(moved) <= price:
            yield not tried.spent
            tried.tried(moved)


def _one_fewer(tried: Staffings, least: tuple[int, ...], one: Staffing) -> Iterator[Staffing]:
    """Yield those with one person less in a role than *one*, but for roles that cannot keep up."""
    for role, count in enumerate(one.people):
        if count > least[role]:
            yield tried.tried((*one.people[:role], count - 1, *one.people[role + 1 :]))
