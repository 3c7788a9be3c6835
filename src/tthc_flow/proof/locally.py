"""Laws that a rewrite surely does not break, judged by what it touches; others are proven in full.

Nothing is guessed: what is not sure here is no failure, but a law to be proven.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.grants import granting_ends
from tthc_flow.graph.laned import lanes_kept
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.supply import supply
from tthc_flow.model.flow import Event, EventPosition, Flow, Gateway, GatewayKind
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.documents_kept import documents_there
from tthc_flow.proof.examined import looks
from tthc_flow.proof.gates.conditions import barred_by_answer
from tthc_flow.proof.gates.uses import uses
from tthc_flow.proof.inlays import inlays
from tthc_flow.proof.mandatory import LEGAL_QUESTIONS, demanded
from tthc_flow.proof.soundness import soundness
from tthc_flow.proof.touched import Case, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tthc_flow.graph.patch import Patch
    from tthc_flow.model.procedure import Procedure

Hand: TypeAlias = tuple[str, str]

PREPARING: Final = frozenset(
    {StepKind.EXAMINE, StepKind.REEXAMINE, StepKind.INSPECT, StepKind.DRAFT}
)
"""Work that another one than who signs has to do, as ``duties`` tells it."""

GIVING: Final = frozenset({StepKind.RETURN, StepKind.ISSUE, StepKind.NUMBER_AND_STAMP})
"""Work that gives a result, as ``signature`` tells it."""


def surely_kept(before: Procedure, after: Procedure, patch: Patch) -> frozenset[str]:
    """Return the names of the laws that *after*, which is *patch* away, surely does not break.

    Example:
        >>> from tthc_flow.graph.patch import patch
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> "soundness" in surely_kept(one, one, patch(one.flow, one.flow))
        True

    Source: each law of ``prove`` compares element by element; what reaches an element that is not
        touched is what reached it before (see ``patch`` and ``inlays``).
    """
    pieces = inlays(patch)
    if pieces is None or not _sound(before.flow):
        return frozenset()
    flow = before.flow
    case = Case(
        before=before,
        after=after,
        patch=patch,
        pieces=pieces,
        was=steps_of(patch.old),
        now=steps_of(patch.now),
        lost=steps_of({each: flow.by_id[each] for each in patch.touched}),
    )
    return frozenset(name for name, keeps in _LAWS.items() if keeps(case))


@remembered
def _sound(flow: Flow) -> bool:
    return soundness(flow).verdict is Verdict.PASS


def _stays_sound(_case: Case) -> bool:
    """Return that pieces let in and rows taken out leave what was sound sound (see ``inlays``)."""
    return True


def _stay_two(case: Case) -> bool:
    """Return whether who must be two stays two, and nobody newly prepares or signs."""
    if not lanes_kept(case.patch):
        return False
    flow, after = case.before.flow, case.after.flow
    other: set[str] = set()
    for each, step in case.was.items():
        now = case.now.get(each)
        if now is None or _who(flow, step) != _who(after, now):
            other.add(each)
    if uses(flow).kept_apart(other) is not None or not all(
        step.separate_from == (case.was[each].separate_from if each in case.was else frozenset())
        for each, step in case.now.items()
    ):
        return False
    newly = [step for each, step in case.now.items() if not _calm(case, step, moved=each in other)]
    preparing, signing = _hands(after, newly)
    prepared, signed = _hands_of(flow)
    return preparing.isdisjoint(signed | signing) and signing.isdisjoint(prepared)


def _calm(case: Case, now: Step, *, moved: bool) -> bool:
    """Return whether a new or changed step does nothing that it, or its performer, did not do."""
    was = case.was.get(now.id)
    if now.automatic or was is None or moved or was.automatic:
        return now.automatic
    return set(now.kinds) <= set(was.kinds)


@remembered
def _hands_of(flow: Flow) -> tuple[frozenset[Hand], frozenset[Hand]]:
    return _hands(flow, flow.steps)


def _hands(flow: Flow, steps: Iterable[Step]) -> tuple[frozenset[Hand], frozenset[Hand]]:
    """Return who prepares and who signs in *steps*, machines left out."""
    doing = [(step, _who(flow, step)) for step in steps if not step.automatic]
    known = [(step, who) for step, who in doing if who is not None]
    return (
        frozenset(who for step, who in known if not PREPARING.isdisjoint(step.kinds)),
        frozenset(who for step, who in known if StepKind.SIGN in step.kinds),
    )


def _who(flow: Flow, step: Step) -> Hand | None:
    performer = performer_of(flow, step)
    return None if performer is None else identity(performer)


def _stays_signed(case: Case) -> bool:
    """Return whether each signature that is lost came after one, and so does what gives a result.

    Then the others mark all that it marked.
    """
    signed = _signed(case.before.flow)
    for each, step in case.lost_or_changed.items():
        there = each not in case.lost and each in case.now
        signs = there and StepKind.SIGN in case.now[each].kinds
        if StepKind.SIGN in step.kinds and not signs and not signed.get(each, 0):
            return False
    return all(
        all(_gives_none(node) for node in piece.nodes) or _signed_at(case.before.flow, piece.target)
        for piece in case.pieces
    )


def _gives_none(node: object) -> bool:
    """Return whether *node* gives no result."""
    if isinstance(node, Event):
        return node.position is not EventPosition.END
    return not isinstance(node, Step) or GIVING.isdisjoint(node.kinds)


def _signed_at(flow: Flow, target: str) -> bool:
    """Return whether every way into *target* surely comes past a signature."""
    joins = flow.by_id[target]
    together = isinstance(joins, Gateway) and joins.kind is GatewayKind.PARALLEL
    return not together and bool(_signed(flow).get(target, 0))


@remembered
def _signed(flow: Flow) -> Mapping[str, int]:
    return supply(flow, {s.id: 1 for s in flow.steps if StepKind.SIGN in s.kinds}).surely


def _outcomes_stay(case: Case) -> bool:
    """Return whether every outcome that an arrow said is said by one in its stead."""
    had = {edge.outcome for edge in case.patch.lost_edges}
    return had <= {None, *(edge.outcome for edge in case.patch.new_edges)}


def _nothing_demanded(case: Case) -> bool:
    """Return whether nobody has said of a step that is gone that a text demands it."""
    return not any(
        demanded(step)
        or any(barred_by_answer(case.before, each, step) is not None for each in LEGAL_QUESTIONS)
        for id_, step in case.was.items()
        if id_ not in case.now
    )


def _still_examined(case: Case) -> bool:
    """Return whether every grant still comes past an examination by people, if one is lost."""
    lost = {
        each
        for each, step in case.lost_or_changed.items()
        if looks(step)
        and not (each in case.now and each not in case.lost and looks(case.now[each]))
    }
    return not lost or all(examining - lost for examining in _examining(case.before.flow))


@remembered
def _examining(flow: Flow) -> tuple[frozenset[str], ...]:
    """Return, for each granting end, the examinations by people that every way to it passes."""
    late = scopes_outside_clock(flow)
    looking = {step.id for step in flow.steps if looks(step) and step.scope not in late}
    over = dominators(flow)
    return tuple(frozenset(looking.intersection(over.above(end))) for end in granting_ends(flow))


def _nobody_counted(case: Case) -> bool:
    """Return whether no crew is counted: then no load is known that could grow too much."""
    return not case.before.crews


_LAWS: Final[Mapping[str, Callable[[Case], bool]]] = MappingProxyType(
    {
        "soundness": _stays_sound,
        "read-after-write": documents_there,
        "duties": _stay_two,
        "signature": _stays_signed,
        "outcomes": _outcomes_stay,
        "mandatory": _nothing_demanded,
        "examined": _still_examined,
        "capacity": _nobody_counted,
    }
)
