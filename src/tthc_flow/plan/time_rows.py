"""The norm time as rows of a programme: the longest way by potentials on the nodes.

It can only be counted too low, never too high.

Source: longest path as linear programme (potentials on the nodes).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tthc_flow.graph.paths import acyclic, alive
from tthc_flow.graph.view import view
from tthc_flow.plan.programme import CONSTANT, total

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from fractions import Fraction

    from tthc_flow.model.flow import Flow
    from tthc_flow.plan.problem import Choosable
    from tthc_flow.plan.programme import Programme, Sum


def longest(
    programme: Programme,
    flow: Flow,
    pool: Sequence[Choosable],
    minutes: Mapping[str, Fraction],
    unit: int,
) -> Sum:
    """Add the potentials of the flow's acyclic order; return the norm time.

    What stands in a row, one after the other, has one potential: where it begins.

    Args:
        programme: It gets the rows; its first columns are the picks, in the order of *pool*.
        flow: The flow as it came.
        pool: What may be chosen.
        minutes: What each element of the flow takes.
        unit: The parts of a minute that are counted.
    """
    seen = view(flow)
    way, there = acyclic(seen), alive(flow)
    less: dict[str, dict[int, int]] = defaultdict(dict)
    for number, each in enumerate(pool):
        for element, amount in each.touched.minutes.items():
            less[element][number] = -int(amount * unit)
    after = {each: way.after[each] for each in way.order if each in there}
    ends = frozenset(seen.ends)
    entered = Counter(target for targets in after.values() for target in targets)
    rows = {vertex: row for row in _in_rows(after, entered, ends) for vertex in row[:1]}
    begun = {vertex: {programme.amount(signed=True): 1} for vertex in rows}
    end = {programme.amount(): 1}
    for vertex, row in rows.items():
        own = {CONSTANT: sum(int(minutes.get(each, 0) * unit) for each in row)}
        left = total(
            (1, begun[vertex]), (1, own), *((1, less[each]) for each in row if each in less)
        )
        if not entered[vertex]:
            programme.at_most(total((-1, begun[vertex])))
        for target in after[row[-1]]:
            programme.at_most(total((1, left), (-1, begun[target])))
        if row[-1] in ends:
            programme.at_most(total((1, left), (-1, end)))
    return end


def _in_rows(
    after: Mapping[str, Collection[str]], entered: Mapping[str, int], ends: Collection[str]
) -> Iterator[tuple[str, ...]]:
    """Yield all vertices in rows: within one, each leads to the next alone, and is its only way."""
    joined = {
        vertex: target
        for vertex, targets in after.items()
        if len(targets) == 1 and vertex not in ends
        for target in targets
        if entered[target] == 1
    }
    behind = frozenset(joined.values())
    for first in after:
        if first not in behind:
            row = [first]
            while row[-1] in joined:
                row.append(joined[row[-1]])
            yield tuple(row)
