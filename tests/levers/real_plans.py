"""Every real table with its plans: as printed, and with every open question answered in favour."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from attrs import evolve, frozen

from real_tables import real_tables
from roster import ANSWERED
from tthc_flow.engine.run import run_every_branch
from tthc_flow.levers import ALL
from tthc_flow.model.flow import Event, EventPosition, Flow
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.plan import Plan
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind
from tthc_flow.plan.make import plan
from tthc_flow.proof.gates.questions import questions
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table

SHIPPED = Path(__file__).resolve().parents[2] / "processes"
WILLING = tuple(
    Answer(question=q.id, reply=q.passes_on, source=ANSWERED) for q in questions().values()
)
Runs = tuple[tuple[str, ...], ...]


@frozen(kw_only=True)
class Case:
    """One table, the plan of it (*answered*: with answers in favour), and every branch executed."""

    name: str
    answered: bool
    before: Procedure
    plan: Plan
    old: Runs
    new: Runs
    completed: bool


def willing(given: Procedure) -> Procedure:
    """Return *given* with each question answered in favour that its table does not answer."""
    said = tuple(each for each in given.answers if each.reply is not Reply.UNKNOWN)
    return evolve(given, answers=(*said, *WILLING))


@cache
def procedures() -> tuple[tuple[str, Procedure], ...]:
    """Every shipped table and every table of the material as a procedure."""
    paths = (*sorted(SHIPPED.glob("*/*/steps.yaml")), *real_tables())
    tables = [(path, read_table(path).table) for path in paths]
    return tuple(
        (f"{path.parent.name}/{path.stem}", to_procedure(table)[0])
        for path, table in tables
        if table is not None
    )


@cache
def cases() -> tuple[Case, ...]:
    """Every table twice: as printed, and with every open question answered in favour."""
    return tuple(
        _case(name, given, answered=answered)
        for name, given in procedures()
        for answered in (False, True)
    )


def _case(name: str, given: Procedure, *, answered: bool) -> Case:
    before = willing(given) if answered else given
    made = plan(before, ALL)
    run = run_every_branch(made.after)
    return Case(
        name=f"{name}, {'answered' if answered else 'printed'}",
        answered=answered,
        before=before,
        plan=made,
        old=run_every_branch(before).runs if made.applied else run.runs,
        new=run.runs,
        completed=run.completed,
    )


def kinds_on(flow: Flow, run: tuple[str, ...]) -> set[StepKind]:
    """Return the kinds of all work on *run*."""
    return {kind for id_ in run if isinstance(n := flow.by_id.get(id_), Step) for kind in n.kinds}


def ends_of(flow: Flow, run: tuple[str, ...]) -> set[str]:
    """Return the ends of the process itself that *run* came to."""
    return {
        id_
        for id_ in run
        if isinstance(node := flow.by_id.get(id_), Event)
        and node.position is EventPosition.END
        and node.scope is None
    }
