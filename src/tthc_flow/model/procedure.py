"""A procedure (thủ tục hành chính): its flow and what is known about it as a whole."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from tthc_flow.model.actor import Level, Role
from tthc_flow.model.artifact import Artifact, Association
from tthc_flow.model.finding import Finding
from tthc_flow.model.flow import Flow, SequenceFlow
from tthc_flow.model.law import Answer
from tthc_flow.model.source import Quantity, Source
from tthc_flow.units import Duration


class ProcedureKind(StrEnum):
    """The three kinds; legal grounds, target, approver and paper differ."""

    PUBLIC = "public"
    BETWEEN_AGENCIES = "between_agencies"
    WITHIN_AGENCY = "within_agency"


class CostMethod(StrEnum):
    """The two methods; every figure is printed with the one that it was made by."""

    TT02_2017 = "tt02_2017"
    PROCESSING_TIME = "processing_time"


class CostItem(StrEnum):
    """Rows of the compliance cost sheet, TT 02/2017/TT-VPCP."""

    PREPARE = "prepare"
    SUBMIT = "submit"
    FEE = "fee"
    INSPECTION = "inspection"
    OTHER = "other"
    RECEIVE = "receive"


@frozen(kw_only=True)
class ApplicantWork:
    """One row of the cost sheet: the applicant's hours, hired service and other cost a time.

    *document* names the dossier component a ``prepare`` row is about.
    """

    item: CostItem
    name: str
    hours: Quantity | None = None
    service: Quantity | None = None
    other: Quantity | None = None
    document: str | None = None


@frozen(kw_only=True)
class PostCheck:
    """The sampled check after the grant, whose cost must be counted in "after"."""

    share: Quantity
    hours: Quantity
    service: Quantity | None = None


@frozen(kw_only=True)
class YearCount:
    """How many dossiers came in one year."""

    year: int
    dossiers: int
    source: Source | None = None


@frozen(kw_only=True)
class Crew:
    """The people of one role in one office: how many, their hours a year, and what else they do.

    *other_load* is the share of these hours (0 to 1) that other work takes.
    """

    office: str
    role: Role
    people: Quantity
    hours: Quantity
    other_load: Quantity | None = None


@frozen(kw_only=True)
class Volume:
    """How often: complying subjects a year, times each, dossiers a year; and the hourly income.

    *by_year* is what was counted, year by year.
    """

    subjects: Quantity | None = None
    times: Quantity | None = None
    dossiers: Quantity | None = None
    hourly_income: Quantity | None = None
    by_year: tuple[YearCount, ...] = ()


@frozen(kw_only=True)
class TotalTime:
    """The declared total: the duration, or alternatives by case ("10 ngày; xác minh: 30 ngày")."""

    duration: Duration | None = None
    printed: str | None = None
    alternatives: tuple[tuple[str, Duration], ...] = ()
    none_prescribed: bool = False


@frozen(kw_only=True)
class Document:
    """A dossier component (thành phần hồ sơ); *known_in* names a database that already holds it."""

    name: str
    copies: int | None = None
    original: bool | None = None
    known_in: str | None = None


@frozen(kw_only=True)
class Pool:
    """A participant of the collaboration; a black box has no process."""

    id: str
    name: str = ""
    process: str | None = None


@frozen(kw_only=True)
class MessageFlow:
    """A message between two pools; source and target are ids of pools or nodes."""

    id: str
    source: str
    target: str
    name: str = ""


@frozen(kw_only=True)
class Procedure:
    """A procedure and its internal workflow; unknown facts are ``None`` or empty.

    *pools* and *messages* are the collaboration the flow is drawn in. *links* are sequence
    flows of the file that cross pools or dangle: kept, reported, never followed. *artifacts* and
    *associations* are what is drawn besides: data, notes, groups. *assumptions* are what had to
    be assumed when the procedure was drawn from a table.
    """

    flow: Flow
    name: str = ""
    code: str | None = None
    kind: ProcedureKind = ProcedureKind.PUBLIC
    field: str | None = None
    locality: str | None = None
    agency: str | None = None
    level: Level | None = None
    source: Source | None = None
    total_time: TotalTime = TotalTime()
    volume: Volume = Volume()
    crews: tuple[Crew, ...] = ()
    work: tuple[ApplicantWork, ...] = ()
    post_check: PostCheck | None = None
    documents: tuple[Document, ...] | None = None
    answers: tuple[Answer, ...] = ()
    pools: tuple[Pool, ...] = ()
    messages: tuple[MessageFlow, ...] = ()
    links: tuple[SequenceFlow, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    associations: tuple[Association, ...] = ()
    baseline: bool = False
    assumptions: tuple[Finding, ...] = ()
