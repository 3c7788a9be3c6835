"""Whatever a lever says has its text in both languages: condition, reason, evidence, question."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

import tthc_flow
from real_tables import real_tables
from strategies import procedures
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Candidate
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.gates.questions import questions
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table
from tthc_flow.words.messages import LANGUAGES, message, texts

SRC = Path(tthc_flow.__file__).parent
CASES = {lever.id: importlib.import_module(f"levers.{lever.id}.test_{lever.id}") for lever in ALL}


def said(candidate: Candidate, lang: str) -> Iterator[str]:
    """Yield every text of a candidate; a missing row raises."""
    for asked in candidate.preconditions:
        yield message(f"gate-{asked.name}", dict(asked.because), lang).text
        for key, value in asked.because:
            yield message(f"because-{key}", {"value": value}, lang).text
        if asked.question is not None:
            assert getattr(questions()[asked.question], lang)
    for shown in candidate.evidence:
        values = {"name": shown.element or "", "value": shown.value}
        yield message(f"evidence-{shown.name}", values, lang).text


def whole(procedure: Procedure) -> None:
    """Fail where a candidate of *procedure* has no text, or one with an open place."""
    for lever in ALL:
        for candidate in lever.find(procedure):
            for lang in LANGUAGES:
                for text in said(candidate, lang):
                    assert text.strip(), candidate
                    assert "{" not in text, (candidate, text)


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_told_in_both_languages(name):
    barred = [each[0] for each in CASES[name].BARRED.values()]
    for procedure in (*CASES[name].FINDS.values(), *barred):
        whole(procedure)


@given(procedures())
@settings(max_examples=60)  # each renders dozens of candidates, twice
def test_every_random_candidate_is_told_in_both_languages(procedure):
    whole(procedure)


def test_every_candidate_of_the_real_tables_is_told_in_both_languages(shared):
    assert shared
    for path in real_tables():
        table = read_table(path).table
        if table is not None:
            whole(to_procedure(table)[0])


def strings(folder: str) -> set[str]:
    """Return every string written in the Python files of a folder of the package."""
    return {
        node.value
        for path in (SRC / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("folder", ["levers", "proof/gates"])
def test_every_reason_written_in_the_code_has_its_row(folder):
    known = {code.removeprefix("because-") for code in texts("because")}
    written = {
        str(first.value)
        for node in ast.walk(ast.Module(body=list(_bodies(folder)), type_ignores=[]))
        if (first := _reason(node)) is not None
    }
    assert written
    assert written - known == set()


def _bodies(folder: str) -> Iterator[ast.stmt]:
    for path in (SRC / folder).rglob("*.py"):
        yield from ast.parse(path.read_text("utf-8")).body


def _reason(node: ast.AST) -> ast.Constant | None:
    """Return the first key of a ``because`` that is written out, assigned or handed over."""
    if isinstance(node, ast.keyword):
        name, value = node.arg, node.value
    elif isinstance(node, ast.Assign):
        name, value = getattr(node.targets[0], "id", None), node.value
    else:
        return None
    if name != "because":
        return None
    if isinstance(value, ast.Tuple) and value.elts and isinstance(value.elts[0], ast.Tuple):
        first = value.elts[0].elts[0]
        return first if isinstance(first, ast.Constant) else None
    return None


def test_every_question_has_a_row_and_is_asked_by_a_lever():
    asked_for = strings("levers") | strings("proof/gates")
    for name, each in questions().items():
        assert f"gate-{name}" in texts("gate"), name
        assert name in asked_for, name
        assert each.vi.endswith("?")
        assert each.en.endswith("?")


def test_no_row_is_left_that_no_lever_says():
    rooms = ("levers", "proof", "plan", "simulation", "verbs")
    written = set[str]().union(*map(strings, rooms))
    for prefix in ("gate", "because", "evidence"):
        names = {code.removeprefix(f"{prefix}-") for code in texts(prefix)}
        assert names - written == set(), prefix
