"""Merging for good: what comes of it is written, or it is said what keeps it from being one."""

from __future__ import annotations

import random

import pytest
from attrs import evolve
from hypothesis import given, settings

from levers.folders import folder, found
from levers.merge_procedures.test_merge_procedures import EXAMINE, ROW, SIGN, of_the_agency
from levers.office import papers
from levers.test_laws_of_folders import twins
from strategies import SEEDS, flows
from tthc_flow.errors import NotRunnable
from tthc_flow.levers.merge_procedures import LEVER as MERGE
from tthc_flow.model.lever import Candidate, Precondition, Verdict
from tthc_flow.model.procedure import Document
from tthc_flow.verbs import folder_merging
from tthc_flow.verbs.folder_merging import MergedFile, key_of, merged_file


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        (("cap.bpmn", "gia-han.bpmn"), "cap+gia-han.bpmn"),
        (("so/cap.bpmn", "so/gia-han.bpmn", "so/doi.bpmn"), "so/cap+gia-han+doi.bpmn"),
        (("dat/1.01/flow.bpmn", "dat/1.02/flow.bpmn"), "dat/1.01+1.02/flow.bpmn"),
        (("dat/1.01/flow.bpmn", "nha/1.02/flow.bpmn"), "dat+nha/1.01+1.02/flow.bpmn"),
        (("cap.bpmn", "so/cap.bpmn"), "cap.bpmn"),
        (("cap.bpmn2", "doi.bpmn20.xml"), "cap+doi.bpmn2"),
        (("a.bpmn", "a.bpmn#Q"), "a+a-Q.bpmn"),
        (("a#1.bpmn", "b#2.bpmn#Q"), "a#1+b#2-Q.bpmn"),
        (tuple(f"{letter * 30}.bpmn" for letter in "abcd"), f"{'a' * 30}+3.bpmn"),
    ],
)
def test_what_becomes_one_is_named_as_the_folder_names_its_files(keys, key):
    assert key_of(keys) == key


def test_a_name_that_is_taken_gets_a_number():
    assert key_of(("cap.bpmn", "so/cap.bpmn"), ("cap.bpmn", "cap-2.bpmn")) == "cap-3.bpmn"


def test_a_document_that_one_case_would_lose_keeps_them_apart_with_the_reason():
    """What the examination writes differs, so it is unknown of the one; one case needs it."""
    sign = evolve(SIGN, reads=papers("Biên bản"))
    wrote = [evolve(EXAMINE, writes=papers("Biên bản")), evolve(EXAMINE, writes=papers("Dự thảo"))]
    rows = [tuple({EXAMINE: each, SIGN: sign}.get(one, one) for one in ROW) for each in wrote]
    given_ = folder(
        a=of_the_agency("Cấp giấy phép", *rows[0], documents=()),
        b=of_the_agency("Gia hạn giấy phép", *rows[1], documents=(Document(name="Biên bản"),)),
    )
    (candidate,) = found(MERGE, given_)
    assert candidate.verdict is Verdict.PASS
    why = merged_file(given_, candidate)
    assert isinstance(why, Precondition)
    assert (why.name, why.verdict) == ("keeps-read-after-write", Verdict.UNKNOWN)
    assert dict(why.because) == {"document": "Biên bản", "step": "“Ký duyệt”"}


def alike():
    given_ = folder(a=of_the_agency("Cấp giấy phép"), b=of_the_agency("Gia hạn giấy phép"))
    (candidate,) = found(MERGE, given_)
    return given_, candidate


def test_what_is_not_found_any_more_is_said():
    given_, _ = alike()
    why = merged_file(given_, Candidate(lever=MERGE.id, targets=("a", "x")))
    assert isinstance(why, Precondition)
    assert why.name == "still-alike"


def test_what_cannot_be_run_is_said(monkeypatch):
    def refuse(procedure):
        raise NotRunnable("TF401", "no", place=procedure.flow.id, hint="no")

    monkeypatch.setattr(folder_merging, "run_every_branch", refuse)
    why = merged_file(*alike())
    assert isinstance(why, Precondition)
    assert (why.name, why.because) == ("can-be-rewritten", (("error", "TF401"),))


def test_what_reads_back_otherwise_than_it_was_is_said(monkeypatch):
    given_, candidate = alike()
    build = folder_merging.build

    def forget(procedure, drawing):
        return build(evolve(procedure, agency="Sở khác"), drawing)

    monkeypatch.setattr(folder_merging, "build", forget)
    why = merged_file(given_, candidate)
    assert isinstance(why, Precondition)
    assert why.name == "runs-as-one"


@given(flows(10), SEEDS)
@settings(max_examples=40)
def test_whatever_is_found_is_written_whole_or_it_is_said_why_not(flow, seed):
    given_ = twins(flow, random.Random(seed).randint(0, 999), 3)
    for candidate in found(MERGE, given_):
        made = merged_file(given_, candidate)
        if isinstance(made, Precondition):
            assert made.verdict is Verdict.UNKNOWN
            continue
        assert isinstance(made, MergedFile)
        assert made.executed.completed
        assert len(made.proofs) == len(candidate.targets) + 1
        assert made.written.procedures[0].flow.by_id.keys() == (
            made.whole.procedure.flow.by_id.keys()
        )
