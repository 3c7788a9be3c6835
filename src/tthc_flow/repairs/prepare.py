"""Preparing a procedure: every repair in its order, then everything that still bars a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from attrs import evolve, frozen

from tthc_flow.engine.refusals import refusals
from tthc_flow.errors import NotRunnable
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.procedure import Procedure
from tthc_flow.repairs import activities, arrows, events, readings, scopes, splits
from tthc_flow.repairs.repair import Kind, Repair
from tthc_flow.repairs.sheet import Sheet

CHOSEN: Final = "repair-process-chosen"

ALL: Final = (
    arrows.CONDITION_UNREAD,
    arrows.FLOW_DROPPED,
    arrows.FLOW_LIFTED,
    events.UNDOING_DROPPED,
    events.BOUNDARY_DROPPED,
    events.BOUNDARY_REPORTED,
    events.TRIGGERS_REPORTED,
    events.CANCEL_AS_ERROR,
    events.ERROR_INTERRUPTS,
    events.LINK_LABELLED,
    events.LINK_GUESSED,
    arrows.START_FED,
    arrows.END_LEFT,
    activities.AD_HOC_ONCE,
    activities.COMPLEX_INCLUSIVE,
    activities.EVENTS_CHOSEN,
    activities.BEGINNING_PLAIN,
    activities.TOKENS_SINGLE,
    activities.INNER_STARTS,
    activities.INNER_TRIGGER,
    scopes.UNREACHED_DROPPED,
    scopes.ISOLATED_DROPPED,
    splits.JOIN_PARALLEL,
    splits.JOIN_EXCLUSIVE,
    arrows.DEFAULT_DROPPED,
    arrows.DEFAULT_ASSUMED,
    events.LINK_JOINED,
    scopes.START_ADDED,
    scopes.END_ADDED,
    splits.CONDITIONS_SPLIT,
    splits.SPLIT_DRAWN,
    splits.MERGE_DRAWN,
    readings.POOL_OUTSIDE,
    readings.STARTS_SEVERAL,
    readings.START_BY_HAND,
    readings.QUESTION,
    readings.TIMER_BY_HAND,
    readings.TIMER_UNREAD,
    readings.EVENT_BY_HAND,
    readings.MESSAGE_BY_HAND,
    readings.CALL_BY_HAND,
    readings.MACHINE_BY_HAND,
    readings.ROUNDS_ASKED,
    readings.LOOP_ASKED,
    readings.TRANSACTION_PLAIN,
    readings.UNDRAWN_AS_WORK,
    readings.DATA_NOTED,
)
"""Every kind of repair, in the order of carrying out: guesses, what the standard says, readings."""

CODES: Final = (*(kind.code for kind in ALL), CHOSEN)
GUESSED: Final = tuple(kind.code for kind in ALL if not kind.certain)


@frozen(kw_only=True)
class Question:
    """A decision that people make: its text, and a label for each flow that may be chosen."""

    gateway: str
    text: str
    answers: tuple[tuple[str, str], ...]
    several: bool = False


@frozen(kw_only=True)
class Prepared:
    """A procedure before and after its repairs, and everything that still bars a faithful run."""

    before: Procedure
    procedure: Procedure
    repairs: tuple[Repair, ...]
    refusals: tuple[Finding, ...]

    @property
    def runnable(self) -> bool:
        """Return whether it can be run faithfully."""
        return not self.refusals

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the decisions that somebody has to make, in file order."""
        sheet = Sheet.of(self.procedure)
        return tuple(
            Question(
                gateway=node.id,
                text=node.name,
                answers=tuple((e.id, readings.answer(sheet, e.id)) for e in sheet.out(node.id)),
                several=isinstance(node, Gateway) and node.kind is GatewayKind.INCLUSIVE,
            )
            for node in sheet.nodes.values()
            if readings.is_asked(sheet, node)
        )


def prepare_procedure(
    procedure: Procedure,
    *,
    guesses: bool | Collection[str] = False,
    without: Collection[str] = (),
    taken: Iterable[str] = (),
) -> Prepared:
    """Return *procedure* ready to run, every repair on the way, and what still bars it.

    What the standard says is repaired; where the meaning would be guessed the repair is only
    offered. A repair or a reading can be left out: a process with a declined reading is refused.
    Pure and deterministic; about linear in nodes and flows.

    Args:
        procedure: As it was drawn.
        guesses: ``True`` for all, or the codes (or ids ``code:element``) of guesses to carry out.
        without: Codes or ids of repairs to leave out.
        taken: Ids that no new element may have, besides those of the procedure.

    Raises:
        NotRunnable: TF405 for a code that no repair has.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> lone = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký"),)))
        >>> done = prepare_procedure(lone)
        >>> [(each.code, each.element) for each in done.repairs]
        [('repair-start-added', 'p'), ('repair-end-added', 'a'), ('repair-process-chosen', 'p')]
        >>> [edge.target for edge in done.procedure.flow.edges], done.runnable
        (['a', 'a_end'], True)

    Source: BPMN 2.0.2, 10.5 and 13.2; what tools export (BPMN MIWG test cases).
    """
    chosen = frozenset(GUESSED if guesses is True else guesses or ())
    left_out = frozenset(without)
    _refuse_unknown(chosen | left_out)
    sheet = Sheet.of(procedure, taken)
    repairs: list[Repair] = []
    declined: list[Repair] = []
    for kind in ALL:
        for repair in _of_kind(sheet, kind, chosen, left_out):
            repairs.append(repair)
            if not repair.changes and not repair.applied:
                declined.append(repair)
    # The engine looks at ids taken twice; the sheet holds the first of each only.
    found = (*_twice(procedure), *refusals(sheet.done().flow), *_own_refusals(sheet, declined))
    if not found and not procedure.flow.executable:
        repair = Repair(code=CHOSEN, element=procedure.flow.id, name=sheet.name(procedure.flow.id))
        sheet.executable = not {repair.code, repair.id} & left_out
        repairs.append(evolve(repair, applied=sheet.executable))
    return Prepared(
        before=procedure,
        procedure=sheet.done(),
        repairs=tuple(repairs),
        refusals=tuple(found),
    )


def _of_kind(
    sheet: Sheet, kind: Kind, chosen: frozenset[str], left_out: frozenset[str]
) -> Iterator[Repair]:
    """Carry out one kind of repair wherever it is due and wanted; yield each."""
    for spot in list(kind.find(sheet)):
        if not _still_there(sheet, spot.element):
            continue  # it went with something that was left out just now
        element = sheet.origins.get(spot.element, spot.element)
        repair = Repair(
            code=kind.code,
            element=element,
            name=sheet.name(element),
            values=spot.values,
            certain=kind.certain,
            changes=kind.mend is not None,
        )
        names = {repair.code, repair.id}
        applied = (kind.certain or bool(names & chosen)) and not names & left_out
        if applied and kind.mend is not None:
            kind.mend(sheet, spot)
        yield evolve(repair, applied=applied)


def _still_there(sheet: Sheet, element: str) -> bool:
    if any(element in each for each in (sheet.nodes, sheet.edges, sheet.links)):
        return True
    beside = (pool.id for pool in sheet.procedure.pools)
    return element in (sheet.procedure.flow.id, *beside)


def _refuse_unknown(codes: frozenset[str]) -> None:
    unknown = sorted(code for code in codes if code.partition(":")[0] not in CODES)
    if unknown:
        raise NotRunnable(
            "TF405",
            f"no repair is called {', '.join(unknown)}",
            hint=f"choose from {', '.join(CODES)}",
            choices=tuple(CODES),
        )


def _twice(procedure: Procedure) -> tuple[Finding, ...]:
    """Return the ids that several elements of the drawing have."""
    return tuple(each for each in refusals(procedure.flow) if each.code == "run-id-twice")


def _own_refusals(sheet: Sheet, declined: list[Repair]) -> Iterator[Finding]:
    """Yield what bars a run beyond the engine's reasons: lost flows, parts no start leads to."""
    for spot in arrows.dangling(sheet):
        yield _refusal(sheet, "repair-flow-lost", spot.element)
    for spot in activities.triggered_starts(sheet):
        yield _refusal(sheet, "repair-start-waits", spot.element)
    for spot in scopes.unreachable(sheet):
        if spot.element not in sheet.origins:
            yield _refusal(sheet, "repair-unreached", spot.element)
    for repair in declined:
        yield _refusal(sheet, "repair-declined", repair.element, repair.code)


def _refusal(sheet: Sheet, code: str, element: str, why: str = "") -> Finding:
    name = sheet.name(element)
    values = (("element", name), ("why", why))
    return Finding(code=code, severity=Severity.ERROR, element=element, name=name, values=values)
