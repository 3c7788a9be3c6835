"""From a step table to a procedure: a flow in lanes, with the documented branches and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, fields_dict

from tthc_flow.model.actor import Role
from tthc_flow.model.finding import Finding
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure, ProcedureKind
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.tables.branches import ways_of
from tthc_flow.tables.connect import connect, waiting_rows
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.short_name import own_name, short_name
from tthc_flow.tables.sketch import Sketch, token
from tthc_flow.tables.step_table import StepFacts
from tthc_flow.tables.totals import compare_total
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.law import Answer
    from tthc_flow.tables.step_table import StepTable, TableRow

ASSUMPTIONS: Final = frozenset(
    {
        "table-alternatives",
        "table-kind-assumed",
        "table-nested-tasks",
        "table-parallel-row",
        "table-pass-backwards",
        "table-pass-reads-negative",
        "table-refusal-moved",
        "table-refusal-unsigned",
        "table-reject-or-return",
        "table-remark-branch",
        "table-rework-target",
        "table-supplement-target",
    }
)
"""Findings that say how the drawing was made where the table left it open; they stay with it."""

APPLICANT: Final = "Tổ chức, cá nhân"
REQUESTING_BODY: Final = "Cơ quan, đơn vị đề nghị"


def to_procedure(table: StepTable) -> tuple[Procedure, tuple[Finding, ...]]:
    r"""Return *table* as a procedure, and the findings about what had to be assumed.

    Steps follow each other in row order, each in the lane of its office and role. After a row
    with documented branches stands an exclusive gateway: supplements wait for the applicant's
    message and go back, refusals end, rework goes back to the named step. The clock stops where
    the table says so. The flow is sound by construction: every row can be reached and can end.

    Args:
        table: At least one row.

    Returns:
        The procedure (without a drawing) and its findings. Linear in the rows.

    Example:
        >>> from tthc_flow.tables.read import read_table
        >>> table = read_table("steps:\n- content: Nhận\n- content: Trả kết quả\n").table
        >>> [edge.id for edge in to_procedure(table)[0].flow.edges]
        ['Flow_Start_1', 'Flow_1_2', 'Flow_2_End']

    Source: columns and branch words of published quy trình nội bộ; TT 03/2025/TT-VPCP for the
        supplement and refusal slips.
    """
    notes = Notes()
    process = f"Process_{token(table.id)}"
    kind = _kind(table, notes)
    applicant = APPLICANT if kind is ProcedureKind.PUBLIC else REQUESTING_BODY
    sketch = Sketch(process, applicant, table.agency or table.name)
    steps = _steps(table, sketch, notes)
    connect(table, steps, ways_of(table, notes), sketch)
    _messages(steps, sketch)
    compare_total(table, notes)
    by_number = {row.number: step.id for row, step in zip(table.rows, steps, strict=True)}
    flow = Flow(
        id=process,
        name=table.name,
        nodes=tuple(sketch.nodes),
        edges=tuple(sketch.edges),
        lanes=sketch.lanes,
    )
    procedure = Procedure(
        flow=flow,
        name=table.name,
        code=table.code,
        kind=kind,
        field=table.field,
        locality=table.locality,
        agency=table.agency,
        level=table.level,
        source=table.source,
        total_time=table.total_time,
        volume=table.volume,
        crews=table.crews,
        work=table.work,
        documents=table.documents,
        answers=_answers(table, by_number, notes),
        pools=sketch.pools,
        messages=tuple(sketch.messages),
        baseline=table.baseline,
    )
    findings = tuple(_placed(finding, by_number) for finding in notes.found)
    return evolve(procedure, assumptions=_assumed(findings)), findings


def _assumed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what the drawing rests on, without the lines of the table, which it outlives."""
    return tuple(evolve(each, line=None) for each in findings if each.code in ASSUMPTIONS)


def _placed(finding: Finding, ids: Mapping[str, str]) -> Finding:
    """Return *finding* with the id of the step that it names by its number."""
    number = dict(finding.values).get("step", "")
    return finding if finding.element else evolve(finding, element=ids.get(number))


def _answers(table: StepTable, ids: Mapping[str, str], notes: Notes) -> tuple[Answer, ...]:
    """Return the answers, each pointing to its step by id."""
    pointed = []
    for answer in table.answers:
        if answer.step is not None and answer.step not in ids:
            notes.warn("table-no-such-step", step=answer.question, target=answer.step)
        pointed.append(evolve(answer, step=ids.get(answer.step or "", answer.step)))
    return tuple(pointed)


def _kind(table: StepTable, notes: Notes) -> ProcedureKind:
    if table.kind is not None:
        return table.kind
    if not table.internal:
        return ProcedureKind.PUBLIC
    offices = {key(row.performer.office or row.performer.name) for row in table.rows}
    kind = ProcedureKind.WITHIN_AGENCY if len(offices) == 1 else ProcedureKind.BETWEEN_AGENCIES
    notes.tell("table-kind-assumed", kind=kind.value, offices=str(len(offices)))
    return kind


def _steps(table: StepTable, sketch: Sketch, notes: Notes) -> tuple[Step, ...]:
    ids: dict[str, str] = {}
    own = []
    for row in table.rows:
        own.append(sketch.free_id(f"Step_{token(row.number)}"))
        if row.number in ids:
            notes.warn("table-number-twice", line=row.line, step=row.number, element=own[-1])
        ids.setdefault(row.number, own[-1])
    waiting = waiting_rows(table)
    return tuple(
        _step(row, own[index], ids, sketch.lane_of(row.performer), notes, pauses=index in waiting)
        for index, row in enumerate(table.rows)
    )


def _step(
    row: TableRow, id_: str, ids: Mapping[str, str], lane: str | None, notes: Notes, *, pauses: bool
) -> Step:
    facts = {name: getattr(row.facts, name) for name in fields_dict(StepFacts)}
    facts["separate_from"] = frozenset(
        ids[number] for number in row.facts.separate_from if number in ids
    )
    for number in sorted(each for each in row.facts.separate_from if each not in ids):
        notes.warn("table-no-such-step", line=row.line, step=row.number, target=number)
    if row.parallel:
        notes.tell("table-parallel-row", line=row.line, element=id_, step=row.number)
    if row.tasks:
        tasks = "; ".join(f"{task.name} ({task.time or '?'})" for task in row.tasks)
        notes.tell("table-nested-tasks", line=row.line, element=id_, step=row.number, tasks=tasks)
    fix = row.by_applicant and StepKind.SUPPLEMENT in row.kinds
    return Step(
        id=id_,
        name=own_name(row.name) if row.name else short_name(row.content),
        task=TaskType.SERVICE if row.automatic else TaskType.USER,
        lane=lane,
        number=row.number,
        kinds=row.kinds,
        performer=row.performer if row.performer.name else None,
        time=row.time,
        pauses_clock=pauses or fix,
        result=row.result,
        documentation=_documentation(row),
        **facts,
    )


def _documentation(row: TableRow) -> str | None:
    lines = [row.content] if row.content and row.content != row.name else []
    if row.stage:
        lines.append(f"Giai đoạn: {row.stage}")
    lines += [
        f"Nhánh ({branch.kind.value}): {branch.text}" for branch in row.branches if branch.text
    ]
    lines += [f"Việc nhỏ: {task.name} ({task.time or 'không rõ'})" for task in row.tasks]
    return "\n".join(lines) or None


def _messages(steps: tuple[Step, ...], sketch: Sketch) -> None:
    """Send the dossier in to the first step of the agency, the result out from the last return."""
    applicant_lanes = {step.id for step in steps if _by_applicant(step)}
    agency = [step for step in steps if step.id not in applicant_lanes] or list(steps)
    returns = [step for step in agency if StepKind.RETURN in step.kinds] or agency
    sketch.message("dossier", "Pool_applicant", agency[0].id, "Hồ sơ")
    sketch.message("result", returns[-1].id, "Pool_applicant", "Kết quả")


def _by_applicant(step: Step) -> bool:
    return step.performer is not None and step.performer.role is Role.APPLICANT
