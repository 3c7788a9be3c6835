"""Hand-overs from one run of steps to another, also past runs of which every step goes.

Where all of a run goes and something of it stays in the flow, done by machine, whoever had the
dossier before it hands over to whoever has it after it. A run of which nothing stays may go with
the arm it is: no row counts on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.plan.fates import UNTOUCHED
from tthc_flow.plan.programme import CONSTANT, total
from tthc_flow.plan.runs import Nobody

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tthc_flow.plan.fates import Fate
    from tthc_flow.plan.programme import Programme, Sum
    from tthc_flow.plan.runs import Runs, State


def between_runs(
    programme: Programme,
    runs: Runs,
    fates: Mapping[str, Fate],
    firsts: Sequence[Mapping[State, Sum]],
    lasts: Sequence[Mapping[State, Sum]],
) -> dict[tuple[int, int], Sum]:
    """Return how often the dossier changes hands from one run to another, by their places.

    Args:
        programme: It gets the rows.
        runs: The runs.
        fates: What may happen to their steps.
        firsts: Who is the first of each run to have the dossier.
        lasts: Who is the last of each; nobody where all of it goes.
    """
    shut: dict[int, Sum] = {}
    some: dict[tuple[int, int], list[Sum]] = {}
    for way in (*runs.joints, *past_emptied(runs, fates)):
        for run in way[1:-1]:
            if run not in shut:
                steps = [fates[step] for step in runs.runs[run]]
                shut[run] = _shut(programme, steps, lasts[run].get(Nobody.YET, {}))
        off = total(*((1, shut[run]) for run in way[1:-1]))
        some.setdefault((way[0], way[-1]), []).append(off)
    return {
        (one, other): _joint(programme, lasts[one], firsts[other], offs)
        for (one, other), offs in some.items()
    }


def past_emptied(runs: Runs, fates: Mapping[str, Fate]) -> tuple[tuple[int, ...], ...]:
    """Return the ways from one run to another by runs that may become empty, the short ones first.

    At most so many as there are runs that follow one another: what is left out is found later.
    """
    after: dict[int, list[int]] = {}
    for one, other in runs.joints:
        after.setdefault(one, []).append(other)
    empty = {place for place, run in enumerate(runs.runs) if _may_be_empty(run, fates)}
    found: list[tuple[int, ...]] = []
    ways: list[tuple[int, ...]] = list(runs.joints)
    while ways and len(found) < len(runs.joints):
        ways = [
            (*way, other) for way in ways if way[-1] in empty for other in after.get(way[-1], ())
        ]
        found += ways
    return tuple(found[: len(runs.joints)])


def _may_be_empty(run: Sequence[str], fates: Mapping[str, Fate]) -> bool:
    """Return whether every step of *run* may go, and a machine may do one of them."""
    some = [fates.get(step, UNTOUCHED) for step in run]
    return all(fate.gone for fate in some) and any(fate.machine for fate in some)


def lets_pass(run: Iterable[str], fates: Mapping[str, Fate], chosen: frozenset[int]) -> bool:
    """Return whether rows count on it that *run*, all of which goes, leads from before it to after.

    Example:
        >>> from tthc_flow.plan.fates import Fate
        >>> lets_pass(("a",), {"a": Fate(gone=(0,), machine=(0,))}, frozenset({0}))
        True
    """
    some = [fates.get(step, UNTOUCHED) for step in run]
    stays = any(not chosen.isdisjoint(fate.machine) for fate in some)
    return stays and all(chosen.isdisjoint(fate.bent) for fate in some)


def _shut(programme: Programme, some: Sequence[Fate], empty: Sum) -> Sum:
    """Return a sum that is 0 where a run is *empty* and surely leads on, else at least 1."""
    lost = programme.share()
    for fate in some:
        if fate.machine:
            programme.at_most({lost: 1, **dict.fromkeys(fate.machine, 1)}, 1)
    bent = {pick: 1 for fate in some for pick in fate.bent}
    return total((1, {CONSTANT: 1, lost: 1}), (1, bent), (-1, empty))


def _joint(
    programme: Programme,
    last: Mapping[State, Sum],
    first: Mapping[State, Sum],
    offs: Iterable[Sum],
) -> Sum:
    """Return whether the dossier changes hands from the end of one run to the start of another.

    It does where both runs have someone whose name is known, not the same one, and one of *offs*
    is 0. What the two have in common is told for each who may have the dossier at both: so much of
    it is the same as is there on either side.
    """
    both = [state for state in last if isinstance(state, tuple) and state in first]
    same = {state: programme.share() for state in both}
    for state, column in same.items():
        programme.at_most(total((1, {column: 1}), (-1, last[state])))
        programme.at_most(total((1, {column: 1}), (-1, first[state])))
    known = [
        (1, there)
        for side in (last, first)
        for end, there in side.items()
        if isinstance(end, tuple)
    ]
    over = programme.amount()
    apart = total(*known, (-1, dict.fromkeys(same.values(), 1)), (-1, {over: 1}))
    for off in offs:
        programme.at_most(total((1, apart), (-1, off)), 1)
    return {over: 1}
