"""Knock out first (loại sớm hồ sơ không đạt).

Finds: independent checks in a row, each of which can end the case, that do not stand in the order
    of their effort for each dossier they reject.
Matters: a dossier that fails must not first go through the dear checks; with independent checks
    ascending effort by rejection rate is the least effort there is.
Not when: a rule orders the checks, or one needs what another found. Where a rate or an effort is
    not known, the order is not guessed.
Source: 949/KH-UBND III.2; van der Aalst, Decision Support Systems 30 (2001), 451-468.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.knock_outs import KnockOut, knock_outs, reordered
from tthc_flow.graph.regions import content
from tthc_flow.measures.knock_out_order import expected_effort, least_effort
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.lever import Candidate, Confidence, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import rejections, time_of
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.graph.regions import Region
    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Duration

_CHECKING: Final = frozenset(
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
_WITH_IT: Final = _CHECKING | {StepKind.REVIEW}
_BROUGHT: Final = _WITH_IT | {StepKind.ASSIGN, StepKind.TRANSFER, StepKind.RECEIVE}


@frozen(kw_only=True)
class _Check:
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
        spent = [_minutes(step.work if by_work else step.time.duration) for step in self.steps]
        known = [each for each in spent if each is not None]
        return sum(known, Fraction(0)) if self.plain and len(known) == len(spent) else None


@frozen(kw_only=True)
class _Row:
    """Checks of which none surely needs another, and what each takes: by work, or by norm time."""

    checks: tuple[_Check, ...]
    by_work: bool
    efforts: tuple[Fraction | None, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for check in self.checks for step in check.steps)

    @property
    def order(self) -> tuple[int, ...] | None:
        """Return the places of the checks in the best order, where it can be known."""
        return least_effort(self.efforts, [check.rate for check in self.checks])


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each row of independent checks that another order would make lighter, or may."""
    for row in _rows(procedure.flow):
        order = row.order
        if order == tuple(range(len(row.checks))):
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in row.steps),
            anchors=tuple(check.block.gateway for check in row.checks),
            evidence=(*_counted(row), *_better(row, order)),
            preconditions=(
                _efforts_known(row, order),
                _independent(procedure, row.steps),
                asked(procedure, "checks-legally-ordered", *row.steps),
            ),
            amends=who_may_amend(procedure, *row.steps),
            confidence=_confidence(procedure, row),
        )


def _confidence(procedure: Procedure, row: _Row) -> Confidence:
    """Return how far the figures carry: that people work as long as the norm is an assumption."""
    return confidence_of(procedure, *row.steps) if row.by_work else Confidence.ASSUMED


def _rows(flow: Flow) -> Iterator[_Row]:
    """Yield the longest rows of at least two checks in which none surely needs another."""
    for row in knock_outs(flow):
        checks: list[_Check] = []
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


def _row(checks: list[_Check]) -> Iterator[_Row]:
    if len(checks) < 2:  # noqa: PLR2004 - a row
        return
    by_work = all(check.effort(by_work=True) is not None for check in checks)
    efforts = tuple(check.effort(by_work=by_work) for check in checks)
    yield _Row(checks=tuple(checks), by_work=by_work, efforts=efforts)


def _whole(flow: Flow, block: KnockOut) -> _Check | None:
    """Return *block* with all that comes before its gateway, where that may move with it."""
    done = [step for region in block.regions for step in _steps(flow, region)]
    checks = any(_CHECKING & {*step.kinds} for step in done)
    return _check(flow, block) if checks and all(_only(step, _BROUGHT) for step in done) else None


def _trimmed(flow: Flow, block: KnockOut) -> _Check | None:
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


def _check(flow: Flow, block: KnockOut) -> _Check:
    steps = tuple(step for region in block.regions for step in _steps(flow, region))
    inside = {id_ for region in block.regions for id_ in content(flow, region)}
    between = [flow.by_id[id_] for id_ in inside - {step.id for step in steps}]
    return _Check(
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


def _minutes(duration: Duration | None) -> Fraction | None:
    return None if duration is None else DEFAULT_CONVENTION.minutes(duration)


def _counted(row: _Row) -> Iterator[Evidence]:
    """Yield what is known of each check: its rejections, and what it takes."""
    for check in row.checks:
        last = check.steps[-1]
        if check.rate is not None and last.checked is None:
            share = f"{float(100 * check.rate):g} %"
            yield Evidence(name="share-ended", value=share, element=last.id)
        else:
            yield rejections(last)
        for step in check.steps:
            yield _work_of(step) if row.by_work else time_of(step)


def _work_of(step: Step) -> Evidence:
    value = "" if step.work is None else f"{step.work.amount} {step.work.unit.value}"
    return Evidence(name="work", value=value, element=step.id)


def _better(row: _Row, order: tuple[int, ...] | None) -> Iterator[Evidence]:
    """Yield the better order, and the mean effort before and after, where they are known."""
    efforts = [each for each in row.efforts if each is not None]
    rates = [check.rate for check in row.checks if check.rate is not None]
    if order is None:
        return
    names = " → ".join(row.checks[place].steps[-1].name for place in order)
    now, then = (expected_effort(efforts, rates, o) for o in (range(len(order)), order))
    yield Evidence(name="better-order", value=names)
    yield Evidence(name="mean-effort", value=f"{float(now):.0f} → {float(then):.0f}")


def _efforts_known(row: _Row, order: tuple[int, ...] | None) -> Precondition:
    """Return whether every rate and effort is known; by norm times it is said so."""
    name = "efforts-and-rejections-known"
    if order is not None:
        because = (("effort-by", "work" if row.by_work else "norm-time"),)
        return Precondition(name=name, verdict=Verdict.PASS, because=because)
    missing = [
        check.steps[-1].name
        for check, effort in zip(row.checks, row.efforts, strict=True)
        if effort is None or check.rate is None
    ]
    because = (("not-counted-at", "; ".join(missing)),)
    return Precondition(name=name, verdict=Verdict.UNKNOWN, because=because)


def _independent(procedure: Procedure, steps: tuple[Step, ...]) -> Precondition:
    """Return whether what the checks read and write is known to be apart; else ask."""
    name = "one-check-needs-the-other"
    if any(step.reads is None or step.writes is None for step in steps):
        return asked(procedure, name, *steps)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=(("reads", "none"),))
    return barred_by_answer(procedure, name, *steps) or passed


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the checks in ascending effort for each rejected dossier."""
    for row in _rows(procedure.flow):
        if candidate.targets == tuple(step.id for step in row.steps) and row.order is not None:
            blocks = tuple(check.block for check in row.checks)
            return evolve(procedure, flow=reordered(procedure.flow, blocks, row.order))
    return procedure


LEVER = Lever(
    id="knock_out_first",
    title="Loại sớm hồ sơ không đạt",
    source="949/KH-UBND III.2",
    kinds=_CHECKING,
    find=find,
    apply=apply,
)
