"""Every lever: what it finds passes, what must be barred never passes, drawings say the same."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from levers.office import found, not_passed
from tthc_flow.bpmn.read import read
from tthc_flow.graph.same import same
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Verdict
from tthc_flow.plan.make import plan
from tthc_flow.plan.offers import offers
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*/*.bpmn"))
LEVERS = {lever.id: lever for lever in ALL}
CASES = {name: importlib.import_module(f"levers.{name}.test_{name}") for name in LEVERS}


def params(table):
    return [
        pytest.param(LEVERS[name], each, id=f"{name}-{title}")
        for name, cases in CASES.items()
        for title, each in getattr(cases, table).items()
    ]


@pytest.mark.parametrize("name", LEVERS)
def test_every_lever_has_enough_cases_of_both_sorts(name):
    assert len(CASES[name].FINDS) >= 2
    assert len(CASES[name].BARRED) + len(CASES[name].ALONE) >= 3


@pytest.mark.parametrize(("lever", "given"), params("FINDS"))
def test_what_is_found_passes_and_breaks_no_law(lever, given):
    passing = [each for each in found(lever, given) if each.verdict is Verdict.PASS]
    assert passing
    for candidate in passing:
        after = lever.apply(given, candidate)
        assert all(proof.verdict is not Verdict.FAIL for proof in prove(given, after))


@pytest.mark.parametrize(("lever", "trap"), params("BARRED"))
def test_a_trap_is_named_and_never_applied(lever, trap):
    given, condition, verdict = trap
    candidates = found(lever, given)
    assert candidates
    assert condition in {name for each in candidates for name in not_passed(each)}
    named = [not_passed(each)[condition] for each in candidates if condition in not_passed(each)]
    assert named == [verdict] * len(named)
    assert all(each.verdict is not Verdict.PASS for each in candidates)
    assert lever.id not in {each.lever for each in plan(given, (lever,)).applied}


@pytest.mark.parametrize(("lever", "trap"), params("BARRED"))
def test_a_barred_offer_keeps_the_reason(lever, trap):
    given, condition, verdict = trap
    held = [each.candidate for each in offers(given, (lever,), DEFAULT_CONVENTION)]
    assert any(not_passed(each).get(condition) is verdict for each in held)


@pytest.mark.parametrize(("lever", "given"), params("ALONE"))
def test_what_is_no_case_of_a_lever_is_left_alone(lever, given):
    assert found(lever, given) == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_a_drawing_is_found_or_left_alone_as_its_folder_says(file):
    name, sort = file.parts[-3:-1]
    (given,) = read(file).procedures
    passing = [each for each in found(LEVERS[name], given) if each.verdict is Verdict.PASS]
    assert bool(passing) == (sort == "finds")


@pytest.mark.parametrize("name", LEVERS)
def test_the_drawings_are_the_cases(name):
    cases = CASES[name]
    barred = {title: each[0] for title, each in cases.BARRED.items()}
    for sort, table in (("finds", cases.FINDS), ("leaves-alone", barred | cases.ALONE)):
        files = {file.stem: file for file in (HERE / name / sort).glob("*.bpmn")}
        assert sorted(files) == sorted(table)
        for title, given in table.items():
            (drawn,) = read(files[title]).procedures
            assert {each.id for each in drawn.flow.nodes} == {each.id for each in given.flow.nodes}
            assert same(drawn.flow, given.flow) or drawn.flow.steps == given.flow.steps
