"""Laws of the levers over several procedures, on random ones and their near twins."""

from __future__ import annotations

import importlib
import random

import pytest
from attrs import evolve
from hypothesis import given, settings

from levers.folders import folder, found, keys
from near_twins import as_procedure, twin
from real_tables import real_tables
from strategies import SEEDS, flows
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers import OF_FOLDERS
from tthc_flow.levers.merge_procedures import LEVER as MERGE
from tthc_flow.model.flow import Event, Flow, Outcome
from tthc_flow.model.folder import Folder
from tthc_flow.model.lever import Candidate, Verdict
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table
from tthc_flow.words.messages import LANGUAGES, message

CASES = {
    lever.id: importlib.import_module(f"levers.{lever.id}.test_{lever.id}") for lever in OF_FOLDERS
}
FOUND = [
    pytest.param(lever, each, id=f"{lever.id}-{name}")
    for lever in OF_FOLDERS
    for table in (
        CASES[lever.id].FINDS,
        {name: trap[0] for name, trap in CASES[lever.id].BARRED.items()},
    )
    for name, each in table.items()
]


def twins(flow: Flow, seed: int, many: int = 2) -> Folder:
    """Return a folder of *flow* and twins of it that differ in a few steps."""
    rng = random.Random(seed)
    others = {
        f"m{number}": as_procedure(twin(rng, flow, rng.randint(0, 2)), f"Trường hợp {number}")
        for number in range(1, many)
    }
    return folder(m0=as_procedure(flow, "Trường hợp 0"), **others)


def outcomes(flow: Flow) -> set[Outcome | None]:
    return {each.outcome for each in flow.nodes if isinstance(each, Event)}


@given(flows(12), SEEDS)
def test_what_is_merged_is_sound_and_every_branch_and_outcome_is_reached(flow, seed):
    given_ = twins(flow, seed, 3)
    for candidate in found(MERGE, given_):
        after = MERGE.apply(given_, candidate)
        (one,) = [each for each in after.members if each not in given_.members]
        assert soundness(one.procedure.flow).verdict is Verdict.PASS
        run = run_every_branch(one.procedure)
        assert run.completed
        passed = {id_ for each in run.runs for id_ in each}
        reached = {one.procedure.flow.by_id[id_] for id_ in passed}
        ends = {each.outcome for each in reached if isinstance(each, Event)}
        merged = [each for each in given_.members if each.key in candidate.targets]
        assert ends == set().union(*(outcomes(each.procedure.flow) for each in merged))
        assert keys(after) == [
            key for key in keys(given_) if key == one.key or key not in candidate.targets
        ]


@given(flows(8), SEEDS)
@settings(max_examples=40)
def test_what_is_merged_reads_back_equal_from_the_file_it_is_written_to(flow, seed):
    given_ = twins(flow, seed)
    for candidate in found(MERGE, given_):
        one = MERGE.apply(given_, candidate).members[0].procedure
        (again,) = read(build(one, lay_out(one)).data).procedures
        assert same(again.flow, one.flow)


@given(flows(10), SEEDS)
def test_finding_twice_finds_the_same_and_applying_takes_the_candidate_away(flow, seed):
    given_ = twins(flow, seed, 3)
    for lever in OF_FOLDERS:
        candidates = found(lever, given_)
        assert found(lever, evolve(given_)) == candidates
        for candidate in candidates:
            after = lever.apply(given_, candidate)
            assert candidate.id not in {each.id for each in found(lever, after)}


@given(flows(14), SEEDS)
@settings(max_examples=60)
def test_twins_that_hardly_differ_are_found(flow, seed):
    sound = soundness(flow).verdict is Verdict.PASS
    again = folder(
        m0=as_procedure(flow, "Cấp"),
        m1=as_procedure(twin(random.Random(seed), flow, 0), "Cấp lại"),
    )
    assert len(found(MERGE, again)) == (sound and bool(flow.steps))


def test_what_is_merged_of_the_real_tables_is_sound_runs_and_reads_back(shared):
    assert shared
    tables = {path.stem: read_table(path).table for path in real_tables()}
    given_ = folder(**{key: to_procedure(table)[0] for key, table in tables.items() if table})
    candidates = found(MERGE, given_)
    assert len(candidates) > 10
    assert {each.verdict for each in candidates} == {Verdict.UNKNOWN}
    for candidate in candidates:
        after = {each.key: each.procedure for each in MERGE.apply(given_, candidate).members}
        one = after[candidate.targets[0]]
        assert run_every_branch(one).completed
        (again,) = read(build(one, lay_out(one)).data).procedures
        assert same(again.flow, one.flow)
        assert len(again.messages) == len(one.messages)


def test_every_lever_has_enough_cases_of_both_sorts():
    for cases in CASES.values():
        assert len(cases.FINDS) >= 3
        assert len(cases.BARRED) + len(cases.ALONE) >= 5


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("lever", "given_"), FOUND)
def test_whatever_is_said_has_its_text(lever, given_, lang):
    for candidate in found(lever, given_):
        for text in said(candidate, lang):
            assert text.strip()
            assert "{" not in text


def said(candidate: Candidate, lang: str) -> list[str]:
    """Return every text of a candidate; a missing row raises."""
    told = [
        message(f"evidence-{each.name}", {"name": each.element or "", "value": each.value}, lang)
        for each in candidate.evidence
    ]
    for asked in candidate.preconditions:
        told.append(message(f"gate-{asked.name}", dict(asked.because), lang))
        told += [message(f"because-{key}", {"value": value}, lang) for key, value in asked.because]
        if asked.question is not None:
            assert getattr(questions()[asked.question], lang)
    return [each.text for each in told]
