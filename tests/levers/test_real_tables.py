"""With every question answered so that a change may pass, the published tables stay lawful."""

from __future__ import annotations

from attrs import evolve

from real_tables import real_tables
from roster import ANSWERED
from tthc_flow.engine.run import run_every_branch
from tthc_flow.levers import ALL
from tthc_flow.model.law import Answer
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.plan.make import plan
from tthc_flow.proof.gates.questions import questions
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table

WILLING = tuple(
    Answer(question=q.id, reply=q.passes_on, source=ANSWERED) for q in questions().values()
)
STAYS = frozenset({StepKind.RECEIVE, StepKind.RETURN, StepKind.COUNCIL, StepKind.EXAMINE})


def procedures():
    """Every real table as a procedure."""
    tables = [(path, read_table(path).table) for path in real_tables()]
    return [(path.stem, to_procedure(table)[0]) for path, table in tables if table is not None]


def test_even_with_every_answer_in_favour_the_plan_keeps_every_law_and_runs(shared):
    assert shared
    applied = set[str]()
    for name, given in procedures():
        made = plan(evolve(given, answers=WILLING), ALL)
        assert all(proof.verdict is not Verdict.FAIL for proof in made.proofs), name
        assert run_every_branch(made.after).completed, name
        applied |= {candidate.lever for candidate in made.applied}
    assert len(applied) >= 8


def test_no_single_change_loses_the_last_receipt_return_council_or_appraisal(shared):
    assert shared
    for name, given in procedures():
        willing = evolve(given, answers=WILLING)
        had = {kind for step in given.flow.steps for kind in step.kinds} & STAYS
        for candidate in plan(willing, ALL).applied:
            assert candidate.verdict is Verdict.PASS, name
        after = plan(willing, ALL).after.flow
        left = {kind for node in after.nodes if isinstance(node, Step) for kind in node.kinds}
        assert had <= left, (name, had - left)


def test_without_answers_nothing_is_decided_that_only_a_person_can_know(shared):
    assert shared
    asking = {
        "inspect_afterwards",
        "hand_down_decision",
        "skip_district",
        "consult_in_parallel",
        "drop_relay",
    }
    for name, given in procedures():
        silent = evolve(given, answers=())
        applied = {candidate.lever for candidate in plan(silent, ALL).applied}
        assert not applied & asking, name
