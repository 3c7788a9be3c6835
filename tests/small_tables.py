"""Small step tables for tests, and what their flow looks like in a few words."""

from __future__ import annotations

from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table


def converted(*rows: str, head: str = "") -> tuple[Procedure, list[str]]:
    """Return the procedure and the finding codes of a table with one flow mapping a row."""
    listed = "".join(f"- {{{row}}}\n" for row in rows)
    reading = read_table(f"id: t\nname: a\nsource: b\n{head}steps:\n{listed}")
    procedure, doubts = to_procedure(reading.table)
    assert soundness(procedure.flow).verdict is Verdict.PASS
    return procedure, [finding.code for finding in doubts]


def a(no: str, kinds: str, more: str = "", performer: str = "Chuyên viên Sở Y tế") -> str:
    return (
        f"no: '{no}', content: Việc {no}, performer: {performer}, level: province, "
        f"kinds: [{kinds}], time: {{value: 1, unit: day}}{more}"
    )


def arrows(procedure: Procedure) -> list[str]:
    return [edge.id.removeprefix("Flow_") for edge in procedure.flow.edges]


def outcomes(procedure: Procedure) -> dict[str, Outcome]:
    return {e.id.removeprefix("Flow_"): e.outcome for e in procedure.flow.edges if e.outcome}
