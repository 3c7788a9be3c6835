"""Examined by people: a grant that somebody surely looked at the dossier for still is one.

A machine's look-up stands for an examination only where people examine when it gets no answer,
and only while no other examination of the same grant is gone: of two checks one may become a
look-up, or one may be put off, but not both, or nobody would look any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.grants import granting_ends
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.supply import supply
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.graph.supply import Supply
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

NAME: Final = "examined"
EXAMINING: Final = frozenset({StepKind.EXAMINE, StepKind.REEXAMINE})
"""Kinds in which somebody examines the dossier; a visit to the site is none of it."""

_PEOPLE: Final = 1
_UNCLEAR: Final = 2
_MACHINE: Final = 4
_LOST: Final = 8


def examined(before: Procedure, after: Procedure) -> Proof:
    """Return whether every grant that people surely examined the dossier for still is one.

    Compared with *before*: a grant that nobody examined there needs nobody after. A step of
    unknown kind may examine; where only such a step is lost, the verdict is unknown.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> examined(empty, empty).verdict
        <Verdict.PASS: 'pass'>

    Source: domain rule of this project: a proposal never leaves a grant unexamined.
    """
    had, has = _looked_at(before.flow), _looked_at(after.flow)
    ends = granting_ends(before.flow)
    known = [had.surely[end] for end in ends if end in had.surely]
    usual = _common(known)
    lost: Supply | None = None
    doubt = None
    for end in sorted(granting_ends(after.flow)):
        if end not in has.surely:
            continue  # out of reach: soundness tells
        was, now = had.surely[end] if end in ends and end in had.surely else usual, has.surely[end]
        less = was & ~now
        if less & _PEOPLE:
            lost = lost or _losses(before.flow, after.flow)
            gone = _LOST & lost.maybe.get(end, _LOST)
            if gone or not now & _MACHINE:
                because = (("unexamined", end),)
                return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=(end,))
        if less & _UNCLEAR and not now & _PEOPLE:
            doubt = doubt or end
    if doubt is not None:
        return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=(("unexamined", doubt),))
    return Proof(name=NAME, verdict=Verdict.PASS)


def _common(marks: list[int]) -> int:
    """Return the marks that all of *marks* hold; none of no marks."""
    common = marks[0] if marks else 0
    for each in marks:
        common &= each
    return common


@remembered
def _looked_at(flow: Flow) -> Supply:
    """Return what examinations each element surely and possibly comes after."""
    late = scopes_outside_clock(flow)
    marks: dict[str, int] = {}
    for step in flow.steps:
        if step.scope in late:
            continue
        if not step.kinds and not step.automatic:
            marks[step.id] = _UNCLEAR
        elif looks(step):
            marks[step.id] = _PEOPLE
    for look_up, fall_back in _look_ups(flow):
        if marks.get(fall_back.id, 0) & _PEOPLE:
            marks[look_up.id] = marks.get(look_up.id, 0) | _MACHINE
    return supply(flow, marks)


def looks(step: Step) -> bool:
    """Return whether people examine the dossier in *step*.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> looks(Step(id="a", name="A", kinds=(StepKind.EXAMINE,)))
        True

    Source: domain rule of this project; see :func:`examined`.
    """
    return not step.automatic and not EXAMINING.isdisjoint(step.kinds)


def _look_ups(flow: Flow) -> Iterator[tuple[Step, Step]]:
    """Yield each look-up of a machine with a step that is done where it gets no answer."""
    for step in flow.steps:
        if not step.automatic or StepKind.LOOK_UP not in step.kinds:
            continue
        for edge in flow.outgoing[step.id]:
            split = flow.by_id.get(edge.target)
            if not isinstance(split, Gateway) or split.kind is not GatewayKind.EXCLUSIVE:
                continue
            for way in flow.outgoing[split.id]:
                fall_back = flow.by_id.get(way.target)
                if isinstance(fall_back, Step):
                    yield step, fall_back


def _losses(before: Flow, after: Flow) -> Supply:
    """Return where *before* comes past people who examine, and in *after* do so no more in time."""
    late = scopes_outside_clock(after)
    left = {step.id for step in after.steps if looks(step) and step.scope not in late}
    gone = (step for step in before.steps if looks(step) and step.id not in left)
    return supply(before, {step.id: _LOST for step in gone})
