"""A step table as read: frozen rows with their line, before anything is drawn."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.finding import Finding
from tthc_flow.model.law import Answer, LegalBasis
from tthc_flow.model.procedure import (
    ApplicantWork,
    Crew,
    Document,
    ProcedureKind,
    TotalTime,
    Volume,
)
from tthc_flow.model.source import Source
from tthc_flow.model.step import Database, Harm, StepKind, StepTime
from tthc_flow.units import Duration


class BranchKind(StrEnum):
    """What a branch of a row is called in the table.

    ``OTHER`` is a remark that splits nothing; ``REJECT_OR_RETURN`` leaves open whether the
    dossier is refused or goes back.
    """

    PASS = "pass"  # noqa: S105 - the table's word for going on
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    REWORK = "rework"
    WITHDRAW = "withdraw"
    REJECT_OR_RETURN = "reject_or_return"
    OTHER = "other"


@frozen(kw_only=True)
class TableBranch:
    """A documented branch of a row: its kind, its words, and the number of the row it leads to."""

    kind: BranchKind
    text: str = ""
    target: str | None = None
    line: int | None = None


@frozen(kw_only=True)
class TableTask:
    """A finer task that a row names inside itself (a software configuration's task list)."""

    name: str
    kind: StepKind | None = None
    time: str | None = None
    pauses: bool = False
    resumes: bool = False


@frozen(kw_only=True)
class StepFacts:
    """The facts of a row beyond the usual columns; the fields are those of ``model.step.Step``.

    *separate_from* names rows by their number here, steps by their id there.
    """

    work: Duration | None = None
    reads: frozenset[str] | None = None
    writes: frozenset[str] | None = None
    criteria: frozenset[str] | None = None
    decides: bool | None = None
    checked: int | None = None
    rejected: int | None = None
    amended: int | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    mandatory: bool | None = None
    discretion: bool | None = None
    harm: Harm | None = None
    paper: bool | None = None
    databases: tuple[Database, ...] = ()
    separate_from: frozenset[str] = frozenset()
    applicant_visit: bool | None = None
    inspects: str | None = None


@frozen(kw_only=True)
class TableRow:
    """One row: what, who, how long, with what result.

    *pauses* means the clock stops after the row until a row that *resumes* it; *parallel* that
    the bodies the row names work at the same time.
    """

    number: str
    content: str
    performer: Performer
    name: str | None = None
    kinds: tuple[StepKind, ...] = ()
    time: StepTime = StepTime()
    result: str | None = None
    branches: tuple[TableBranch, ...] = ()
    stage: str | None = None
    anchor: str | None = None
    pauses: bool = False
    resumes: bool = False
    automatic: bool = False
    parallel: bool = False
    tasks: tuple[TableTask, ...] = ()
    facts: StepFacts = StepFacts()
    line: int | None = None

    @property
    def by_applicant(self) -> bool:
        """Return whether the table gives the row to the applicant."""
        return self.performer.role is Role.APPLICANT


@frozen(kw_only=True)
class StepTable:
    """A whole table with what its head says about the procedure.

    *internal* is a head that says "nội bộ" without saying which of the two kinds it is; *kind*
    is ``None`` then, and where nothing is said.
    """

    id: str
    rows: tuple[TableRow, ...]
    name: str = ""
    code: str | None = None
    kind: ProcedureKind | None = None
    internal: bool = False
    field: str | None = None
    locality: str | None = None
    level: Level | None = None
    agency: str | None = None
    source: Source | None = None
    total_time: TotalTime = TotalTime()
    documents: tuple[Document, ...] | None = None
    work: tuple[ApplicantWork, ...] = ()
    volume: Volume = Volume()
    crews: tuple[Crew, ...] = ()
    answers: tuple[Answer, ...] = ()
    baseline: bool = False


@frozen(kw_only=True)
class TableReading:
    """What came out of a file: the table, and everything that is doubtful in it.

    *part* is the table of a Word file or the sheet of a workbook that the lines count in.
    """

    table: StepTable
    findings: tuple[Finding, ...] = ()
    part: str | None = None
