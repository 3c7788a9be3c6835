"""Small programs by hand: the shortest way to say a queue with a known answer."""

from __future__ import annotations

from math import factorial

from tthc_flow.model.chance import Chance, Spread
from tthc_flow.simulation.clock import Rate
from tthc_flow.simulation.confidence import Interval, interval
from tthc_flow.simulation.program import Crowd, Entry, Instruction, Kind, Program, Scope
from tthc_flow.simulation.tally import Metric, Tally


def exponential(mean: float) -> Chance:
    return Chance(spread=Spread.EXPONENTIAL, mean=mean)


def each(gap: float) -> Rate:
    return Rate(times=(0.0,), gaps=(float(gap),), counts=(0.0,), period=float(gap), total=1.0)


def task(pool: int, chance: Chance, *targets: int, **more: object) -> Instruction:
    return Instruction(
        kind=Kind.TASK, node=f"t{pool}", key=f"t{pool}", pool=pool, chance=chance,
        targets=targets, **more,
    )  # fmt: skip


def network(gap: float, people: tuple[int, ...], *steps: Instruction) -> Program:
    """Return steps, an end behind them, and their pools; a case comes each *gap* minutes."""
    end = Instruction(kind=Kind.END, node="e")
    return Program(
        instructions=(*steps, end),
        scopes=(Scope(),),
        crowds=tuple(Crowd(name=str(n), people=count) for n, count in enumerate(people)),
        entries=(Entry(name="p", first=0, last=len(steps) + 1, start=0, root=0, rate=each(gap)),),
    )


def queue(people: int, gap: float, mean: float) -> Program:
    return network(gap, (people,), task(0, exponential(mean), 1))


def stay_in_queue(people: int, gap: float, mean: float) -> float:
    """Return the mean time in M/M/c: Erlang's C formula."""
    load = mean / gap
    busy = load / people
    last = load**people / factorial(people) / (1 - busy)
    waits = last / (sum(load**n / factorial(n) for n in range(people)) + last)
    return mean + waits * mean / (people * (1 - busy))


def of(tally: Tally, metric: Metric, entry: int = 0) -> Interval:
    return interval([batch[metric] for batch in tally.sums[entry]], tally.counts[entry])
