"""One step of a procedure: who, what, how long, on what legal basis."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from tthc_flow.model.actor import Performer
from tthc_flow.model.law import LegalBasis
from tthc_flow.model.measured import Handling
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.units import Duration


class StepKind(StrEnum):
    """What is done in a step; a printed row may do several, its main kind comes first."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    ASSIGN = "assign"
    EXAMINE = "examine"
    REEXAMINE = "reexamine"
    INSPECT = "inspect"
    DRAFT = "draft"
    REVIEW = "review"
    CONSULT = "consult"
    OPINION = "opinion"
    COUNCIL = "council"
    ASK_SUPERIOR = "ask_superior"
    SIGN = "sign"
    NUMBER_AND_STAMP = "number_and_stamp"
    ISSUE = "issue"
    TRANSFER = "transfer"
    PAYMENT = "payment"
    SUPPLEMENT = "supplement"
    LOOK_UP = "look_up"
    REPORT = "report"
    POST_INSPECT = "post_inspect"
    RETURN = "return"
    OTHER = "other"


HANDLING_KINDS = frozenset(
    {
        StepKind.RECEIVE,
        StepKind.ASSIGN,
        StepKind.REVIEW,
        StepKind.SIGN,
        StepKind.NUMBER_AND_STAMP,
        StepKind.ISSUE,
        StepKind.TRANSFER,
        StepKind.RETURN,
    }
)
"""Kinds that move a dossier without examining it (receive, assign, review, sign, stamp, return)."""


class TaskType(StrEnum):
    """The BPMN element that draws the step."""

    TASK = "task"
    USER = "userTask"
    MANUAL = "manualTask"
    SERVICE = "serviceTask"
    SEND = "sendTask"
    RECEIVE = "receiveTask"
    SCRIPT = "scriptTask"
    BUSINESS_RULE = "businessRuleTask"
    CALL = "callActivity"


_BY_MACHINE: Final = frozenset({TaskType.SERVICE, TaskType.SCRIPT, TaskType.BUSINESS_RULE})


@frozen(kw_only=True)
class StepTime:
    """A step's time: the duration, the text as printed, and whether it counts.

    ``duration=None`` is unknown (never zero). ``counted=False`` is a time that the source says
    lies outside the procedure's limit ("Không tính thời gian", waiting for the applicant).
    """

    duration: Duration | None = None
    printed: str | None = None
    counted: bool = True
    evidence: EvidenceKind = EvidenceKind.LEGAL_LIMIT
    source: Source | None = None


class Severity(StrEnum):
    """How bad the harm is if the step's check were missing."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@frozen(kw_only=True)
class Harm:
    """The harm a check prevents, whether it can be undone afterwards, and what it costs.

    *amount* is what one wrong grant costs, in đồng.
    """

    severity: Severity | None = None
    reversible: bool | None = None
    amount: Quantity | None = None


@frozen(kw_only=True)
class Database:
    """A database that holds what a step checks or asks for."""

    name: str
    connected: bool | None = None
    authoritative: bool | None = None


class Behavior(StrEnum):
    """When the rounds of a multi-instance activity throw an event; with ``ALL`` none of them."""

    ALL = "All"
    NONE = "None"
    ONE = "One"
    COMPLEX = "Complex"


@frozen(kw_only=True)
class Loop:
    """A repeated activity: standard loop or multi-instance.

    *times* says how often, as a number or a name of the case's data; *each* names the data that
    hold a list: once for each of its members, which the round sees as *member*; *printed* is what
    says one of these in a foreign language. *until* is the condition (of our own language) that
    ends it early, *foreign* one that is not. *test_before* only says something of a standard loop:
    it is asked before the first round, too; *behavior* only of a multi-instance one.
    """

    multi_instance: bool
    sequential: bool = False
    times: str | None = None
    each: str | None = None
    member: str | None = None
    until: str | None = None
    printed: str | None = None
    foreign: str | None = None
    test_before: bool = False
    behavior: Behavior = Behavior.ALL


class FieldKind(StrEnum):
    """What may be written into a field of a task's form."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    CHOICE = "choice"


@frozen(kw_only=True)
class FormField:
    """A field of the form that whoever completes a task fills in.

    *choices* are the values that a ``CHOICE`` may have, in their order.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    label: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@frozen(kw_only=True)
class Step:
    """One activity of the flow. Every attribute but id and name may be unknown.

    *reads* and *writes* name documents; *criteria* the legal criteria it checks against;
    *separate_from* the ids of steps that another person must do (segregation of duties);
    *documentation* holds the full printed text (BPMN ``documentation``), *name* a short title;
    *checked* and *rejected* count dossiers of the step, *amended* those a signer changed;
    *inspects* names what is inspected (the site, the goods), so that two inspections of one thing
    are known;
    *handling* is how long it is worked on as cases show, where *work* is what somebody states;
    *pauses_clock* marks waiting that stops the legal clock; *scope* is the id of the
    sub-process the step lies in (``None``: the process itself); *default* is the id of the flow
    taken where no condition of the step's own flows holds.

    For running: *fields* is the form of a task (``None``: none is declared, so any data may be
    given); *function* names the registered function that does an automatic step, never code;
    *calls* is the process that a call activity starts; *candidates* are further groups that may
    do it, beside its performer. *instantiates* only says something of a receive task: its message
    begins the case. *start_quantity* tokens have to come before it begins, *completion_quantity*
    leave it.
    """

    id: str
    name: str
    task: TaskType = TaskType.USER
    scope: str | None = None
    lane: str | None = None
    number: str | None = None
    kinds: tuple[StepKind, ...] = ()
    performer: Performer | None = None
    time: StepTime = StepTime()
    work: Duration | None = None
    handling: Handling | None = None
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
    pauses_clock: bool = False
    result: str | None = None
    loop: Loop | None = None
    documentation: str | None = None
    default: str | None = None
    fields: tuple[FormField, ...] | None = None
    function: str | None = None
    calls: str | None = None
    candidates: tuple[str, ...] = ()
    instantiates: bool = False
    start_quantity: int = 1
    completion_quantity: int = 1

    @property
    def kind(self) -> StepKind | None:
        """Return the main kind, or ``None`` where it is unknown."""
        return self.kinds[0] if self.kinds else None

    @property
    def automatic(self) -> bool:
        """Return whether a machine does it: a service, script or business-rule task."""
        return self.task in _BY_MACHINE
