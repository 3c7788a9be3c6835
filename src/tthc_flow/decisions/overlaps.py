"""Rules of a table that hit together, where its hit policy makes that matter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_, or_
from typing import Final

from attrs import frozen

from tthc_flow.decisions.cells import differ
from tthc_flow.decisions.grid import Side, bits, rules_at, rules_by_pieces, sides
from tthc_flow.decisions.program import Given, Program, compile_table
from tthc_flow.decisions.saying import about, example, related
from tthc_flow.expressions.expression import Value
from tthc_flow.model.decision import DecisionTable, HitPolicy
from tthc_flow.model.finding import Finding, Severity

MOST_OVERLAPS: Final = 100
MOST_STEPS: Final = 5_000_000

_MATTERS: Final = {
    HitPolicy.UNIQUE: ("decision-overlap-unique", Severity.ERROR),
    HitPolicy.ANY: ("decision-overlap-any", Severity.ERROR),
    HitPolicy.FIRST: ("decision-overlap-first", Severity.INFO),
    HitPolicy.PRIORITY: ("decision-overlap-priority", Severity.INFO),
}


@frozen
class Overlap:
    """Two rules (from 0) and an input that both hit, one value a side of the grid."""

    one: int
    other: int
    input: tuple[Value | None, ...]


def overlaps(table: DecisionTable) -> tuple[Finding, ...]:
    """Return the pairs of rules of *table* that hit together, each with an input that shows it.

    ``UNIQUE``: every pair, an error. ``ANY``: pairs whose outputs differ, an error. ``FIRST`` and
    ``PRIORITY``: pairs whose outputs differ, for information: the policy says which one counts. The
    policies that give a list mean overlaps: nothing is said. An output that is the name of a value
    counts as differing from every other text. Exact for the language of cells, up to
    :data:`MOST_OVERLAPS` pairs and :data:`MOST_STEPS` steps; a finding says when it ended there.

    Returns:
        ``decision-overlap-unique``, ``-any``, ``-first``, ``-priority``,
        ``decision-overlaps-beyond``, ``decision-inputs-related``.

    Raises:
        BadExpression: as :func:`~tthc_flow.decisions.program.compile_table`.

    Example:
        >>> from tthc_flow.model.decision import InputColumn, OutputColumn, Rule
        >>> table = DecisionTable(
        ...     id="fee",
        ...     inputs=(InputColumn(expression="số trang"),),
        ...     outputs=(OutputColumn(name="phí"),),
        ...     rules=(
        ...         Rule(inputs=("<= 10",), outputs=("0",)),
        ...         Rule(inputs=(">= 10",), outputs=("5000",)),
        ...     ),
        ... )
        >>> [dict(finding.values)["example"] for finding in overlaps(table)]
        ['số trang = 10']

    Source: Calvanese et al. (BPM 2016), overlapping rules of DMN tables.
    """
    program = compile_table(table)
    if table.hit_policy not in _MATTERS:
        return ()
    code, severity = _MATTERS[table.hit_policy]
    every = table.hit_policy is HitPolicy.UNIQUE
    grid = sides(program)
    search = _Pairs(grid, len(table.rules))
    findings: list[Finding] = []
    for each in search.found():
        if not every and not _differ(program, each.one, each.other):
            continue
        if len(findings) == MOST_OVERLAPS:
            search.whole = False
            break
        rules = f"{each.one + 1}, {each.other + 1}"
        shown = example(grid, each.input)
        findings.append(about(table, code, severity, each.other, rules=rules, example=shown))
    if findings:
        findings += related(table, grid)
    if not search.whole:
        findings.append(about(table, "decision-overlaps-beyond", Severity.INFO))
    return tuple(findings)


class _Pairs:
    """The pairs that share a piece on every side, found by sets of rules."""

    def __init__(self, grid: tuple[Side, ...], rules: int) -> None:
        self.grid = grid
        self.rules = rules
        self.whole = True
        self.steps = 0
        self.touching: list[dict[int, int]] = [{} for _ in grid]
        self.same = [rules_by_pieces(side) for side in grid]
        self.at = [rules_at(side) for side in grid]

    def touched(self, index: int, admitted: int) -> int:
        """Return the rules that share a piece with *admitted* on one side."""
        known = self.touching[index].get(admitted)
        if known is not None:
            return known
        few = admitted.bit_count() < len(self.same[index])
        meeting = (
            (self.at[index][piece] for piece in bits(admitted))
            if few
            else (rules for other, rules in self.same[index].items() if other & admitted)
        )
        self.steps += min(admitted.bit_count(), len(self.same[index]))
        self.touching[index][admitted] = reduce(or_, meeting, 0)
        return self.touching[index][admitted]

    def found(self) -> Iterator[Overlap]:
        """Yield the pairs in the order of the rules, until the steps are used up."""
        if not all(side.possible for side in self.grid):
            return
        for one in range(self.rules):
            if self.steps > MOST_STEPS:
                self.whole = False
                return
            later = (1 << self.rules) - (1 << (one + 1))
            touched = (self.touched(n, side.of_rule[one]) for n, side in enumerate(self.grid))
            for other in bits(reduce(and_, touched, later)):
                yield Overlap(one, other, self.common(one, other))

    def common(self, one: int, other: int) -> tuple[Value | None, ...]:
        return tuple(
            side.value(next(bits(side.of_rule[one] & side.of_rule[other]))) for side in self.grid
        )


def _differ(program: Program, one: int, other: int) -> bool:
    return any(_unlike(column, one, other) for column in program.given)


def _unlike(column: Given, one: int, other: int) -> bool:
    first, second = column.entry(one + 1), column.entry(other + 1)
    if first.names or second.names:
        return first.names != second.names
    return differ(first.value({}), second.value({}))
