"""Whatever shape a lever finds: what it makes is sound, reads back equal, and runs to its end."""

from __future__ import annotations

import importlib

import pytest

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.levers import ALL
from tthc_flow.measures.differences import differences
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.prove import prove

CASES = [
    pytest.param(lever, given, id=f"{lever.id}-{title}")
    for lever in ALL
    for title, given in importlib.import_module(f"levers.{lever.id}.test_{lever.id}").FINDS.items()
]


@pytest.mark.parametrize(("lever", "given"), CASES)
def test_every_found_shape_is_written_read_and_run(lever, given):
    reading = read(build(given, lay_out(given)).data)
    (before,) = reading.procedures
    passing = [each for each in lever.find(before) if each.verdict is Verdict.PASS]
    assert passing
    for candidate in passing:
        after = lever.apply(before, candidate)
        assert [p.name for p in prove(before, after) if p.verdict is Verdict.FAIL] == []
        drawing = keep(reading.document.drawings[0], before, after)
        again = read(write(reading.document, (after,), drawing)).procedures[0]
        assert same(again.flow, after.flow)
        ran = run_every_branch(again)
        assert ran.completed
        assert candidate.id not in {each.id for each in lever.find(after)}


@pytest.mark.parametrize(("lever", "given"), CASES)
def test_what_goes_was_named_as_a_target_and_is_told_as_a_difference(lever, given):
    for candidate in lever.find(given):
        if candidate.verdict is not Verdict.PASS:
            continue
        after = lever.apply(given, candidate)
        gone = {step.id for step in given.flow.steps} - set(after.flow.by_id)
        told = {element for change in differences(given, after) for element in change.was}
        assert gone <= set(candidate.targets)
        assert gone <= told
