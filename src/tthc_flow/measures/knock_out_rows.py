"""Rows of checks that can each end a case, of which none surely needs another.

What each takes people and what share of the cases it ends decide in which order they cost least.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.knock_outs import KnockOut, knock_outs
from tthc_flow.graph.regions import content
from tthc_flow.graph.remembered import remembered
from tthc_flow.measures.expected import minutes_of
from tthc_flow.measures.knock_out_order import expected_effort, least_effort
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.graph.regions import Region
    from tthc_flow.model.flow import Flow, Node

CHECKING: Final = frozenset(
    {
        StepKind.EXAMINE,
        StepKind.REEXAMINE,
        StepKind.INSPECT,
        StepKind.LOOK_UP,
        StepKind.CONSULT,
        StepKind.OPINION,
        StepKind.COUNCIL,
    }
)
"""Work that can end a case."""

_WITH_IT: Final = CHECKING | {StepKind.REVIEW}
_BROUGHT: Final = _WITH_IT | {StepKind.ASSIGN, StepKind.TRANSFER, StepKind.RECEIVE}


@frozen(kw_only=True)
class Check:
    """A knock-out: its steps, what it reads and writes, and the share of cases that it ends.

    *plain* says that all its steps are done in every case, so that their efforts add up.
    """

    block: KnockOut
    steps: tuple[Step, ...]
    reads: frozenset[str]
    writes: frozenset[str]
    rate: Fraction | None
    plain: bool

    def effort(self, *, by_work: bool) -> Fraction | None:
        """Return the minutes it takes people: by their work, else by the norm times."""
        spent = [minutes_of(step.work if by_work else step.time.duration) for step in self.steps]
        known = [each for each in spent if each is not None]
        return sum(known, Fraction(0)) if self.plain and len(known) == len(spent) else None


@frozen(kw_only=True)
class Row:
    """Checks of which none surely needs another, and what each takes: by work, or by norm time."""

    checks: tuple[Check, ...]
    by_work: bool
    efforts: tuple[Fraction | None, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of all checks, in order."""
        return tuple(step for check in self.checks for step in check.steps)

    @property
    def order(self) -> tuple[int, ...] | None:
        """Return the places of the checks in the best order, where it can be known."""
        return least_effort(self.efforts, [check.rate for check in self.checks])

    def mean(self, order: Sequence[int]) -> Fraction:
        """Return what a dossier takes in *order*, in the mean; every effort and rate is known."""
        efforts = [each for each in self.efforts if each is not None]
        rates = [check.rate for check in self.checks if check.rate is not None]
        return expected_effort(efforts, rates, order)


@remembered
def knock_out_rows(flow: Flow) -> tuple[Row, ...]:
    """Return the longest rows of at least two checks in which none surely needs another.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> knock_out_rows(Flow(id="p"))
        ()

    Source: van der Aalst, Decision Support Systems 30 (2001), 451-468.
    """
    return tuple(row for each in knock_outs(flow) for row in _apart(flow, each))


def _apart(flow: Flow, row: tuple[KnockOut, ...]) -> Iterator[Row]:
    """Yield the parts of *row* in which no check needs another."""
    checks: list[Check] = []
    read, written = set[str](), set[str]()
    for block in row:
        check = _whole(flow, block) if checks else None
        fits = check is not None and not (
            written & (check.reads | check.writes) or read & check.writes
        )
        if check is None or not fits:
            yield from _row(checks)
            checks, read, written = [], set(), set()
            check = check or _trimmed(flow, block)
        if check is not None:
            checks.append(check)
            read |= check.reads
            written |= check.writes
    yield from _row(checks)


def _row(checks: list[Check]) -> Iterator[Row]:
    if len(checks) < 2:  # noqa: PLR2004 - a row
        return
    by_work = all(check.effort(by_work=True) is not None for check in checks)
    efforts = tuple(check.effort(by_work=by_work) for check in checks)
    yield Row(checks=tuple(checks), by_work=by_work, efforts=efforts)


def _whole(flow: Flow, block: KnockOut) -> Check | None:
    """Return *block* with all that comes before its gateway, where that may move with it."""
    done = [step for region in block.regions for step in _steps(flow, region)]
    checks = any(CHECKING & {*step.kinds} for step in done)
    return _check(flow, block) if checks and all(_only(step, _BROUGHT) for step in done) else None


def _trimmed(flow: Flow, block: KnockOut) -> Check | None:
    """Return *block* with no more than the checks right before its gateway."""
    kept: list[Region] = []
    for region in reversed(block.regions):
        done = _steps(flow, region)
        if not done or not all(_only(step, _WITH_IT) for step in done):
            break
        kept.insert(0, region)
    return _whole(flow, evolve(block, regions=tuple(kept))) if kept else None


def _only(step: Step, kinds: frozenset[StepKind]) -> bool:
    return bool(step.kinds) and kinds.issuperset(step.kinds)


def _steps(flow: Flow, region: Region) -> tuple[Step, ...]:
    inside = {region.entry} if region.entry == region.exit else content(flow, region)
    return tuple(node for id_ in sorted(inside) if isinstance(node := flow.by_id[id_], Step))


def _check(flow: Flow, block: KnockOut) -> Check:
    steps = tuple(step for region in block.regions for step in _steps(flow, region))
    inside = {id_ for region in block.regions for id_ in content(flow, region)}
    between = [flow.by_id[id_] for id_ in inside - {step.id for step in steps}]
    return Check(
        block=block,
        steps=steps,
        reads=frozenset().union(_asked_for(flow, block), *(step.reads or () for step in steps)),
        writes=frozenset().union(_filled_in(steps), *(step.writes or () for step in steps)),
        rate=_rate(flow, block, steps),
        plain=all(step.loop is None for step in steps)
        and all(_surely_passed(flow, node) for node in between),
    )


def _surely_passed(flow: Flow, node: Node) -> bool:
    """Return whether all that leads on from *node* is done: no choice is made at it."""
    alone = len(flow.outgoing[node.id]) <= 1
    return isinstance(node, Gateway) and (alone or node.kind is GatewayKind.PARALLEL)


def _asked_for(flow: Flow, block: KnockOut) -> set[str]:
    """Return the data that the gateway of *block* looks at."""
    said = (edge.condition or "" for edge in flow.outgoing[block.gateway])
    return {name for condition in said for name in re.findall(r"\w+", condition)}


def _filled_in(steps: tuple[Step, ...]) -> set[str]:
    return {field.name for step in steps for field in step.fields or ()}


def _rate(flow: Flow, block: KnockOut, steps: tuple[Step, ...]) -> Fraction | None:
    """Return the share of cases that *block* ends: as counted, else as its ways out say."""
    counts = [
        Fraction(step.rejected, step.checked)
        for step in steps
        if step.checked and step.rejected is not None
    ]
    if len(counts) == 1:
        return counts[0]
    ways = {edge.id: edge.share for edge in flow.outgoing[block.gateway]}
    shares = [share for id_ in block.refusing if (share := ways[id_]) is not None]
    return sum(shares, Fraction(0)) if len(shares) == len(block.refusing) and not counts else None
