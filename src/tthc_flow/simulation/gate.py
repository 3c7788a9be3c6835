"""The gate of capacity, by simulation: who is too busy after a change, and whether more is late.

Only what a change *raises* is held against it: a role that was overloaded before, and is less so
now, bars nothing. An interval that lies above the limit as a whole is a failure; one that holds the
limit is open, as nobody can tell yet.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.proof.gates.capacity import LIMIT
from tthc_flow.simulation import change
from tthc_flow.simulation.confidence import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.simulation.results import Outcome, PoolFigures
    from tthc_flow.simulation.run import Settings

NAME: Final = "capacity-simulated"
"""The condition of a candidate."""


@frozen(kw_only=True)
class Excess:
    """What a change raises above a *limit*: the load of a *role*, or without one the late share.

    *verdict* is ``FAIL`` where *after* lies above the limit as a whole, ``UNKNOWN`` where the limit
    lies inside it. *before* is ``None`` for a role that did nothing before.
    """

    role: str | None
    before: Interval | None
    after: Interval
    limit: float
    verdict: Verdict


def excesses(before: Outcome, after: Outcome, late_share: float | None) -> tuple[Excess, ...]:
    """Return what *after* raises above its limit: loads first, as lines behind them grow.

    Args:
        before: One procedure as it is, of two runs or more.
        after: The same after the change, with the same luck.
        late_share: The share late that is not to be passed, 0 to 1; ``None``: any.

    Source: domain rule of this project: a load above 0.85 is refused, whatever raises it.
    """
    return (*_loads(before, after), *_late(before, after, late_share))


def _loads(before: Outcome, after: Outcome) -> Iterator[Excess]:
    was = {each.name: each for each in before.pools}
    for now in after.pools:
        old, sure = was.get(now.name), now.sure
        if sure is not None and _rises(old, now):
            limit = float(LIMIT)
            verdict = judged(sure, limit)
            if verdict is not Verdict.PASS:
                yield Excess(
                    role=now.name,
                    before=None if old is None else old.sure,
                    after=sure,
                    limit=limit,
                    verdict=verdict,
                )


def _rises(was: PoolFigures | None, now: PoolFigures) -> bool:
    found = None if was is None else change.load_difference(was, now)
    return found is None or change.verdict(found) is change.Verdict.MORE


def _late(before: Outcome, after: Outcome, limit: float | None) -> Iterator[Excess]:
    was, now = before.cases[0].late, after.cases[0].late
    if limit is None or was is None or now is None:
        return
    found = change.late_difference(before, after, 0)
    verdict = judged(now, limit)
    if change.verdict(found) is change.Verdict.MORE and verdict is not Verdict.PASS:
        yield Excess(role=None, before=was, after=now, limit=limit, verdict=verdict)


def judged(found: Interval, limit: float) -> Verdict:
    """Return whether *found* keeps *limit*: ``UNKNOWN`` where the limit lies inside it.

    Example:
        >>> none_late = Interval(mean=0.0, half=0.01, ends=(0.0, 0.01))
        >>> [judged(none_late, limit).value for limit in (0.0, 0.02)]
        ['unknown', 'pass']

    Source: the whole interval on one side of the limit, else nobody can tell yet.
    """
    if found.least > limit:
        return Verdict.FAIL
    return Verdict.UNKNOWN if found.most > limit else Verdict.PASS


def figure_of(found: Outcome, excess: Excess) -> float:
    """Return the figure of *excess* in another outcome: a role's load (0 if idle), or lateness."""
    if excess.role is None:
        late = found.cases[0].late
        return 0.0 if late is None else late.mean
    return next((each.load for each in found.pools if each.name == excess.role), 0.0)


def condition(excess: Excess, settings: Settings) -> Precondition:
    """Return *excess* as the condition of the candidate that brings it, with its figures.

    Example:
        >>> from tthc_flow.simulation.run import Settings
        >>> from tthc_flow.simulation.tally import Length
        >>> found = Excess(role="A", before=Interval(mean=0.5, half=0.01), limit=0.85,
        ...                after=Interval(mean=0.9, half=0.02), verdict=Verdict.FAIL)
        >>> dict(condition(found, Settings(length=Length(cases=2000), replications=10)).because)
        {'load-simulated': 'A: 50.0 % → 90.0 % (± 2.0 %)', 'simulated-limit': '85.0 %',
         'simulated-cases': '10 × 2000'}

    Source: shape of every other gate.
    """
    was = "" if excess.before is None else f"{_percent(excess.before.mean)} → "
    figures = f"{was}{_percent(excess.after.mean)} ({_sure(excess.after)})"
    told = figures if excess.role is None else f"{excess.role}: {figures}"
    return Precondition(
        name=NAME,
        verdict=excess.verdict,
        because=(
            ("late-simulated" if excess.role is None else "load-simulated", told),
            ("simulated-limit", _percent(excess.limit)),
            ("simulated-cases", f"{settings.replications} × {settings.length.cases}"),
        ),
    )


def _sure(found: Interval) -> str:
    if found.ends is None:
        return f"± {_percent(found.half)}"
    least, most = floor(found.least * 1000) / 1000, ceil(found.most * 1000) / 1000  # outwards
    return f"{_percent(least)} – {_percent(most)}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
