"""Inputs for which a table has no rule, and rules that no input can hit."""

from __future__ import annotations

from typing import Final

from attrs import define, field, frozen

from tthc_flow.decisions.grid import Side, bits, rules_at, rules_by_pieces, sides
from tthc_flow.decisions.program import compile_table
from tthc_flow.decisions.saying import about, example, related
from tthc_flow.expressions.expression import Value
from tthc_flow.model.decision import DecisionTable
from tthc_flow.model.finding import Finding, Severity

MOST_GAPS: Final = 20
MOST_STEPS: Final = 300_000


@frozen(kw_only=True)
class Gaps:
    """Inputs that no rule covers, one value a side of the grid; *whole*: there are no others."""

    inputs: tuple[tuple[Value | None, ...], ...]
    whole: bool


def completeness(table: DecisionTable) -> tuple[Finding, ...]:
    """Return where *table* has no rule, each with an input that shows it.

    Exact for the language of cells: no finding means that some rule hits whatever comes. At most
    :data:`MOST_GAPS` inputs are named, and the search ends after :data:`MOST_STEPS` steps; a
    finding says when it did.

    Returns:
        ``decision-gap`` (a warning; ``decision-gap-default`` where a default output answers),
        ``decision-rule-never``, ``decision-gaps-beyond``, ``decision-inputs-related``.

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
        ...         Rule(inputs=("> 20",), outputs=("5000",)),
        ...     ),
        ... )
        >>> [dict(finding.values)["example"] for finding in completeness(table)]
        ['số trang = 11']

    Source: Calvanese et al. (BPM 2016), missing rules of DMN tables.
    """
    program = compile_table(table)
    grid = sides(program)
    found = find_gaps(grid, len(table.rules))
    default = program.given[0].default is not None
    code = "decision-gap-default" if default else "decision-gap"
    severity = Severity.INFO if default else Severity.WARNING
    findings = [
        about(table, code, severity, example=example(grid, values)) for values in found.inputs
    ]
    findings += [
        about(table, "decision-rule-never", Severity.WARNING, rule, rule=str(rule + 1))
        for rule in range(len(table.rules))
        if not all(side.of_rule[rule] for side in grid)
    ]
    if not found.whole:
        findings.append(about(table, "decision-gaps-beyond", Severity.INFO))
    if found.inputs:
        findings += related(table, grid)
    return tuple(findings)


def find_gaps(grid: tuple[Side, ...], rules: int) -> Gaps:
    """Return inputs that no rule covers, as many as there are kinds of them up to the caps."""
    if not all(side.possible for side in grid):
        return Gaps(inputs=(), whole=True)
    search = _Search(grid, [_covers(side) for side in grid], _open_behind(grid, rules))
    search.down(0, (1 << rules) - 1, ())
    return Gaps(inputs=tuple(search.found), whole=search.whole)


def _covers(side: Side) -> dict[int, int]:
    """Return each set of rules that covers a piece of *side*, with the first such piece."""
    covers: dict[int, int] = {}
    for at, rules in enumerate(rules_at(side)):
        if side.possible >> at & 1:
            covers.setdefault(rules, at)
    return covers


def _open_behind(grid: tuple[Side, ...], rules: int) -> list[int]:
    """Return, for each side, the rules that admit everything from there on."""
    behind = [(1 << rules) - 1]
    for side in reversed(grid):
        behind.append(behind[-1] & rules_by_pieces(side).get(side.possible, 0))
    return behind[::-1]


@define
class _Search:
    """Goes through the sides one after the other, keeping the rules that still cover."""

    grid: tuple[Side, ...]
    covers: list[dict[int, int]]
    behind: list[int]
    found: list[tuple[Value | None, ...]] = field(factory=list)
    closed: set[tuple[int, int]] = field(factory=set)
    steps: int = 0
    whole: bool = True

    def down(self, depth: int, alive: int, chosen: tuple[int, ...]) -> bool:
        """Return whether all inputs that begin with *chosen* are covered by rules *alive*."""
        if alive & self.behind[depth] or (depth, alive) in self.closed:
            return True
        if not alive:
            self.gap(chosen)
            return False
        first: dict[int, int] = {}
        for rules, at in self.covers[depth].items():
            first.setdefault(rules & alive, at)
        self.steps += len(self.covers[depth])
        self.whole = self.whole and self.steps <= MOST_STEPS
        covered = True
        for rules, at in first.items():
            if not self.whole:
                return False
            covered &= self.down(depth + 1, rules, (*chosen, at))
        if covered and self.whole:
            self.closed.add((depth, alive))
        return covered

    def gap(self, chosen: tuple[int, ...]) -> None:
        if len(self.found) == MOST_GAPS:
            self.whole = False
            return
        rest = self.grid[len(chosen) :]
        at = (*chosen, *(next(bits(side.possible)) for side in rest))
        self.found.append(tuple(side.value(n) for side, n in zip(self.grid, at, strict=True)))
