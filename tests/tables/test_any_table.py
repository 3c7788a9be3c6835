"""Laws of every table that can be written: sound, executable, the same after a round trip."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind, StepTime
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.step_table import BranchKind, StepTable, TableBranch, TableRow
from tthc_flow.units import Duration

TARGETS = st.none() | st.sampled_from(("1", "2", "3", "5", "7", "end", "99"))
TEXTS = st.sampled_from(("", "hồ sơ chưa đầy đủ", "không đủ điều kiện", "trả lại", "nếu đăng ký"))
BRANCHES = st.builds(TableBranch, kind=st.sampled_from(BranchKind), text=TEXTS, target=TARGETS)
PERFORMERS = st.builds(
    Performer, name=st.sampled_from(("A", "B", "C")), role=st.sampled_from([None, *Role])
)
TIMES = st.sampled_from(
    (StepTime(), StepTime(counted=False), StepTime(duration=Duration(amount="1/4", unit="day")))
)


@st.composite
def step_tables(draw: st.DrawFn) -> StepTable:
    """Return a table of up to seven rows with any branches."""
    rows = [
        TableRow(
            number=str(number),
            content=f"Việc {number}",
            performer=draw(PERFORMERS),
            kinds=draw(st.lists(st.sampled_from(StepKind), max_size=2, unique=True).map(tuple)),
            time=draw(TIMES),
            branches=draw(st.lists(BRANCHES, max_size=3).map(tuple)),
            pauses=draw(st.booleans()),
            resumes=draw(st.booleans()),
            automatic=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 7)) + 1)
    ]
    return StepTable(id="any", rows=tuple(rows))


@settings(max_examples=100)  # each example is drawn, built, read and executed: 20 ms
@given(table=step_tables())
def test_any_table_becomes_a_sound_flow_that_runs_and_reads_back(table):
    procedure, _ = to_procedure(table)
    assert [step.number for step in procedure.flow.steps] == [row.number for row in table.rows]
    assert soundness(procedure.flow).verdict is Verdict.PASS
    run = run_every_branch(procedure)
    assert (run.missed, run.stopped) == ((), ())
    assert read(build(procedure, lay_out(procedure)).data).procedures == (procedure,)


@given(table=step_tables())
def test_no_branch_is_drawn_that_the_table_does_not_have(table):
    said = {branch.kind for row in table.rows for branch in row.branches}
    either = BranchKind.REJECT_OR_RETURN in said
    drawn = {edge.outcome for edge in to_procedure(table)[0].flow.edges}
    assert Outcome.SUPPLEMENT not in drawn or BranchKind.SUPPLEMENT in said or either
    assert Outcome.REFUSE not in drawn or BranchKind.REFUSE in said or either
    assert Outcome.REWORK not in drawn or BranchKind.REWORK in said
    assert Outcome.WITHDRAW not in drawn or BranchKind.WITHDRAW in said
