"""Every proposal over planted procedures: sound, lawful, run, and told exactly as applied."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import pytest
from attrs import evolve

from planting.explaining import unexplained, unseen
from planting.grow import Case, planted
from tthc_flow.bpmn.build import build
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers import ALL
from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.differences import differences
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.soundness import soundness
from tthc_flow.verbs.propose import Proposal, propose

LAWS = (
    "soundness",
    "read-after-write",
    "duties",
    "signature",
    "outcomes",
    "mandatory",
    "examined",
    "capacity",
)
EVERY_RUN = range(60)
EVERY_NIGHT, AT_ONCE = 5_000, 250
MAY_BE = {*((Verdict.PASS, law) for law in LAWS), (Verdict.UNKNOWN, "mandatory")}
IDS = tuple(lever.id for lever in ALL)


def case_of(seed: int) -> Case:
    rng = random.Random(seed)
    return planted(rng, rng.randint(2, 10), IDS)


@cache
def proposed(seed: int) -> tuple[Case, Proposal]:
    """Return the case of *seed* and the proposal for its BPMN file."""
    case = case_of(seed)
    return case, propose(build(case.procedure, lay_out(case.procedure)).data)


def told(proposal: Proposal) -> tuple[Change, ...]:
    """Return the differences of the file that came and the one that was written."""
    (before,), (after,) = proposal.reading.procedures, proposal.written.procedures
    return differences(before, after)


def faults(seed: int) -> Iterator[str]:
    """Yield everything that is wrong with the proposal of *seed*."""
    case, proposal = proposed(seed)
    yield from _misread(case, proposal)
    yield from _unlawful(case, proposal)
    yield from _untold(proposal)


def _misread(case: Case, proposal: Proposal) -> Iterator[str]:
    """Yield what was written and reads back otherwise, and what does not run."""
    (before,), (after,) = proposal.reading.procedures, proposal.written.procedures
    meant = proposal.plan.after
    if not same(before.flow, case.procedure.flow):
        yield "what was planted is not what was read"
    if not same(after.flow, meant.flow):
        yield "what was written reads back otherwise"
    if (after.answers, after.documents) != (meant.answers, meant.documents):
        yield "what was written about the procedure reads back otherwise"
    for side, run in zip(("before", "after"), proposal.executed, strict=True):
        if not run.completed:
            yield f"a branch of {side} does not run to its end"


def _unlawful(case: Case, proposal: Proposal) -> Iterator[str]:
    """Yield what is unsound or not proven, and every trap that was walked into."""
    if soundness(proposal.written.procedures[0].flow).verdict is not Verdict.PASS:
        yield "after is not sound"
    for proof in proposal.plan.proofs:
        # A signature that nobody named a law for may still be demanded: that is told as unknown.
        if (proof.verdict, proof.name) not in MAY_BE:
            yield f"{proof.name} {proof.verdict.value} {proof.because}"
    for candidate in proposal.plan.applied:
        if any((candidate.lever, target) in case.forbidden for target in candidate.targets):
            yield f"forbidden: {candidate.id}"


def _untold(proposal: Proposal) -> Iterator[str]:
    """Yield the differences that nothing applied explains, and what was applied and is not told."""
    changes, applied = told(proposal), proposal.plan.applied
    for change in unexplained(changes, applied, proposal.reading.procedures[0]):
        yield f"nothing applied explains {change.code} {change.was} {change.now}"
    for id_, target in unseen(changes, applied):
        yield f"no difference tells of {target} of {id_}"


def all_faults(seeds: range) -> list[str]:
    return [f"seed {seed}: {fault}" for seed in seeds for fault in faults(seed)]


@pytest.mark.timeout(600)  # 10 s on an idle core
def test_every_after_is_sound_lawful_read_back_equal_run_and_told_exactly() -> None:
    assert all_faults(EVERY_RUN) == []


def test_these_proposals_apply_something_of_most_levers() -> None:
    applied = {c.lever for seed in EVERY_RUN for c in proposed(seed)[1].plan.applied}
    assert len(applied) > len(IDS) * 0.8, sorted(set(IDS) - applied)


def test_a_change_that_nothing_applied_accounts_for_is_noticed() -> None:
    noticed = 0
    for seed in EVERY_RUN[:20]:
        _, proposal = proposed(seed)
        (before,) = proposal.reading.procedures
        stray = Change(kind=ChangeKind.REMOVED, code="change-removed-step", name="", was=("Core",))
        every = (*told(proposal), stray)
        noticed += stray in tuple(unexplained(every, proposal.plan.applied, before))
    assert noticed == 20


def test_a_change_left_out_of_the_differences_is_noticed() -> None:
    for seed in EVERY_RUN[:20]:
        _, proposal = proposed(seed)
        for candidate in proposal.plan.applied:
            its_own = {*candidate.targets, *candidate.anchors}
            kept = [
                change
                for change in told(proposal)
                if not any(each in id_ for id_ in (*change.was, *change.now) for each in its_own)
            ]
            kept = [change for change in kept if change.name not in its_own]
            noticed = {id_ for id_, _ in unseen(kept, proposal.plan.applied)}
            assert candidate.id in noticed


def test_a_plan_that_applies_nothing_changes_nothing() -> None:
    for seed in EVERY_RUN[:10]:
        case = case_of(seed)
        closed = evolve(case.procedure, answers=())
        proposal = propose(build(closed, lay_out(closed)).data, levers=())
        assert told(proposal) == ()


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(10_000, 10_000 + EVERY_NIGHT, AT_ONCE))
def test_five_thousand_proposals_more(first: int) -> None:
    assert all_faults(range(first, first + AT_ONCE)) == []
    proposed.cache_clear()
