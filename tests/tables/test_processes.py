"""The shipped procedures: enough of them, each cited, each drawing equal to its table."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from lxml import etree

from real_tables import schema_of_bpmn
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.model.actor import Level
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table
from tthc_flow.verbs.convert import convert

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path.parent for path in ROOT.glob("processes/*/*/steps.yaml"))
every_procedure = pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}"
)


@pytest.fixture(scope="module")
def page():
    """Return what makes the page of a procedure: ``page`` of tools/proposals.py."""
    spec = importlib.util.spec_from_file_location("proposals", ROOT / "tools" / "proposals.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.page


def tables():
    return [read_table(folder / "steps.yaml").table for folder in FOLDERS]


def test_the_shipped_procedures_cover_the_field():
    read_tables = tables()
    procedures = [to_procedure(table)[0] for table in read_tables]
    assert len(procedures) >= 40
    assert len({procedure.field for procedure in procedures}) >= 10
    assert len({procedure.locality for procedure in procedures}) >= 8
    assert {procedure.kind for procedure in procedures} == set(ProcedureKind)
    assert {Level.PROVINCE, Level.COMMUNE} <= {procedure.level for procedure in procedures}
    kinds = {kind for each in procedures for step in each.flow.steps for kind in step.kinds}
    assert {StepKind.COUNCIL, StepKind.CONSULT, StepKind.OPINION, StepKind.REEXAMINE} <= kinds
    assert any(step.pauses_clock for each in procedures for step in each.flow.steps)


def test_the_press_certificate_of_five_provinces_is_shipped():
    localities = {table.locality for table in tables() if table.code == "1.014464"}
    assert localities == {"Cao Bằng", "Cà Mau", "Đồng Nai", "Hà Tĩnh", "Sơn La"}


@every_procedure
def test_a_shipped_table_is_understood_cites_its_decision_and_invents_nothing(folder):
    reading = read_table(folder / "steps.yaml")
    codes = {finding.code for finding in reading.findings}
    assert not codes & {
        "table-unknown-field", "table-unknown-label", "table-not-understood", "table-by-words",
        "table-field-missing", "table-answer-without-source", "table-field-twice",
    }  # fmt: skip
    table = reading.table
    assert table.source is not None
    assert table.source.date is not None
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert table.source.document in readme
    assert "Chưa rõ" in readme
    assert "Unknown" in readme


@every_procedure
def test_the_names_of_a_shipped_procedure_are_short_and_its_own(folder):
    for row in read_table(folder / "steps.yaml").table.rows:
        assert row.name is not None
        assert len(row.name) <= 60
        assert not row.content


@every_procedure
def test_answers_of_a_shipped_procedure_ask_known_questions_about_known_steps(folder):
    table = read_table(folder / "steps.yaml").table
    numbers = {row.number for row in table.rows} | {None}
    assert {answer.question for answer in table.answers} <= set(questions())
    assert {answer.step for answer in table.answers} <= numbers


@every_procedure
def test_the_bpmn_of_a_shipped_procedure_says_what_its_table_says_and_draws_all_of_it(folder):
    """If this fails, run ``.venv/bin/python processes/make.py``."""
    reading = read((folder / "flow.bpmn").read_bytes())
    assert reading.procedures == convert(folder / "steps.yaml").procedures
    (procedure,) = reading.procedures
    (drawing,) = reading.document.drawings
    flow = procedure.flow
    assert {*flow.by_id, *flow.lane_by_id, *(pool.id for pool in procedure.pools)} == set(
        drawing.shapes
    )
    assert {each.id for each in (*flow.edges, *procedure.messages)} == set(drawing.lines)


@every_procedure
def test_a_shipped_procedure_is_valid_sound_and_runs_on_every_branch(folder):
    data = (folder / "flow.bpmn").read_bytes()
    schema_of_bpmn().assertValid(etree.fromstring(data))
    (procedure,) = read(data).procedures
    assert soundness(procedure.flow).verdict is Verdict.PASS
    run = run_every_branch(procedure)
    assert (run.missed, run.stopped) == ((), ())


@every_procedure
def test_the_proposal_of_a_shipped_procedure_is_the_one_that_was_read(folder, page):
    """If this fails, run ``make proposals`` and read every line that changed: would you sign it?"""
    assert page(folder / "flow.bpmn") == (folder / "proposal.md").read_text(encoding="utf-8")


def test_every_step_table_has_its_drawing_and_its_story():
    assert all((folder / "flow.bpmn").is_file() for folder in FOLDERS)
    assert all((folder / "README.md").is_file() for folder in FOLDERS)


@every_procedure
def test_the_list_of_shipped_procedures_names_each_with_its_decision(folder):
    listed = (ROOT / "processes" / "README.md").read_text(encoding="utf-8")
    name = folder.relative_to(ROOT / "processes").as_posix()
    source = read_table(folder / "steps.yaml").table.source
    assert source is not None
    (line,) = (line for line in listed.splitlines() if f"[{name}]" in line)
    assert source.document in line
