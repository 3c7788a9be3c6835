"""The random procedures are worth testing with: sound, varied, and full of what levers look for."""

from __future__ import annotations

import random
from collections import Counter

from growing import grow_procedure
from mutating import mutated
from tthc_flow.model.flow import Event, Outcome, SubProcess
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.proof.soundness import soundness

SAMPLE = [grow_procedure(random.Random(seed), seed % 14 + 1) for seed in range(300)]


def test_every_kind_that_a_lever_looks_for_occurs_often():
    kinds = Counter(kind for procedure in SAMPLE for s in procedure.flow.steps for kind in s.kinds)
    wanted = {
        StepKind.REEXAMINE,
        StepKind.NUMBER_AND_STAMP,
        StepKind.CONSULT,
        StepKind.OPINION,
        StepKind.ASSIGN,
        StepKind.SIGN,
        StepKind.INSPECT,
        StepKind.ASK_SUPERIOR,
        StepKind.TRANSFER,
    }
    assert {kind for kind in wanted if kinds[kind] < 30} == set()


def test_every_attribute_is_sometimes_known_and_sometimes_not():
    steps = [step for procedure in SAMPLE for step in procedure.flow.steps]
    for name in ("performer", "reads", "writes", "paper", "checked", "harm", "mandatory"):
        known = sum(getattr(step, name) is not None for step in steps)
        assert 0 < known < len(steps), name
    assert any(step.time.duration is None for step in steps)
    assert any(step.legal_basis for step in steps)
    assert any(procedure.answers for procedure in SAMPLE)
    assert any(d.known_in for procedure in SAMPLE for d in procedure.documents or ())


def test_refusal_supplement_rework_and_sub_processes_occur():
    outcomes = {edge.outcome for procedure in SAMPLE for edge in procedure.flow.edges}
    assert {Outcome.GRANT, Outcome.REFUSE, Outcome.SUPPLEMENT, Outcome.REWORK} <= outcomes
    nodes = [node for procedure in SAMPLE for node in procedure.flow.nodes]
    assert any(isinstance(node, SubProcess) for node in nodes)
    assert any(isinstance(node, Event) and node.outcome is Outcome.REFUSE for node in nodes)


def test_ids_are_unique_and_every_arrow_has_two_ends():
    for procedure in SAMPLE:
        flow = procedure.flow
        ids = [node.id for node in flow.nodes] + [edge.id for edge in flow.edges]
        assert len(ids) == len(set(ids))
        assert all(e.source in flow.by_id and e.target in flow.by_id for e in flow.edges)


def test_mutations_give_sound_and_unsound_flows():
    verdicts = Counter(
        soundness(mutated(random.Random(seed), procedure.flow, 2)).verdict
        for seed, procedure in enumerate(SAMPLE)
    )
    assert verdicts[Verdict.PASS] > 20
    assert verdicts[Verdict.FAIL] > 50
