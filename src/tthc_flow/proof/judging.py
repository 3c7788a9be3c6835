"""Deciding nets: cheap reach first, then reduction, then the states of what is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.proof.findings import Exploration, Property, Violation
from tthc_flow.proof.net import Kind, Net
from tthc_flow.proof.nets import net_of
from tthc_flow.proof.reach import unreachable
from tthc_flow.proof.reduction import reduced
from tthc_flow.proof.setting import is_aside, rescued
from tthc_flow.proof.states import explored
from tthc_flow.proof.throws import starts_of

if TYPE_CHECKING:
    from tthc_flow.proof.scopes import Scope
    from tthc_flow.proof.setting import Setting

NAME = "soundness"
Build: TypeAlias = Callable[[frozenset[str]], Net]


@frozen(kw_only=True)
class Inside:
    """What the closed sub-processes of a flow say: the first that fails or is undecided.

    *never_left* are those that no case leaves regularly; *reopen* one that gets stuck, and those
    around it, where something around it may still end it: it must be judged as an open one.
    """

    failed: Proof | None
    undecided: Proof | None
    never_left: frozenset[str]
    reopen: frozenset[str] = frozenset()


def unknown(reason: str, element: str) -> Proof:
    """Return the verdict that is open, for a *reason* at an *element*.

    Example:
        >>> unknown("undecided", "p").verdict
        <Verdict.UNKNOWN: 'unknown'>

    Source: three-valued verdicts of the house.
    """
    because = (("reason", reason), ("element", element))
    return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=because)


def failed(violation: Violation, place: str, *inside: str) -> Proof:
    """Return the proof that *violation* breaks the scope *place*, reached through *inside*.

    Example:
        >>> failed(Violation(broken=Property.SAFE, element="a"), "p").because
        (('violation', 'unsafe'), ('element', 'a'))

    Source: see ``soundness``.
    """
    because = (("violation", violation.broken.value), ("element", violation.element or place))
    trace = (*inside, *violation.trace)
    return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=trace)


def decided(build: Build, never: frozenset[str], most: int, *, ended: bool = False) -> Exploration:
    """Return what a net shows; *ended* if something from outside can always end it.

    Args:
        build: Makes the net, given the activities that are never left regularly.
        never: Those known so far.
        most: How many markings to look at.
        ended: Then no state is without a way out.

    Example:
        >>> def build(_):
        ...     net = Net()
        ...     _ = net.arrow(0, 1)
        ...     return net
        >>> decided(build, frozenset(), 1).complete
        True

    Source: see ``reduction`` and ``states``.
    """
    while True:
        found = _shown(build(never), most, ended=ended)
        if not found.unleft:
            return found
        never |= found.unleft


def _shown(net: Net, most: int, *, ended: bool) -> Exploration:
    cheap = unreachable(net)
    if cheap is not None and cheap.broken is Property.ALIVE:
        return Exploration(violation=cheap, complete=True)
    if cheap is not None:  # what never ends by itself may still be stopped
        if ended or Kind.STOP in net.kinds or Kind.HELD in net.kinds:
            return explored(net, most, rescued=ended)
        return Exploration(violation=cheap, complete=True)
    left, sound = reduced(net)
    if sound:
        return Exploration(violation=None, complete=True)
    found = explored(left, most, rescued=ended)
    if found.violation is None:
        return found
    # The rest is enough for the verdict; the whole net tells the way there step by step.
    whole = explored(net, most, rescued=ended)
    return whole if whole.violation is not None else found


def judged_inside(setting: Setting, most: int) -> Inside:
    """Return what the closed sub-processes of a flow say, the innermost first.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.proof.setting import setting_of
        >>> judged_inside(setting_of(Flow(id="p")), 1).never_left
        frozenset()

    Source: BPMN 2.0.2, 10.3.5: a sub-process is one activity of what is around it.
    """
    bad: Proof | None = None
    undecided: Proof | None = None
    never: set[str] = set()
    for scope in setting.closed():
        if scope.id is None:
            continue
        build = partial(net_of, setting, scope)
        found = decided(build, frozenset(never), most, ended=rescued(setting, scope.id))
        if found.violation is not None and found.violation.broken is Property.OPTION:
            around = setting.around(scope.id)
            broken_off = setting.broken_off(around)
            if broken_off and any(is_aside(setting.flow.by_id[each]) for each in around):
                undecided = undecided or unknown("ends-only-by-interruption", scope.id)
                continue
            if broken_off:
                return Inside(failed=None, undecided=None, never_left=frozenset(), reopen=around)
        if found.violation is not None:
            bad = bad or failed(found.violation, scope.id, scope.id)
        elif not found.complete:
            undecided = undecided or unknown(found.reason, scope.id)
        elif not found.regular and not _ended_by_own(setting, scope, never):
            never.add(scope.id)
    return Inside(failed=bad, undecided=undecided, never_left=frozenset(never))


def opened_where_needed(setting: Setting, most: int) -> tuple[Setting, Inside]:
    """Return *setting* with what must be judged as open opened, and what the closed ones say.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.proof.setting import setting_of
        >>> opened_where_needed(setting_of(Flow(id="p")), 1)[0].opened
        frozenset()

    Source: see :class:`Inside`.
    """
    while True:
        inside = judged_inside(setting, most)
        if not inside.reopen:
            return setting, inside
        setting = evolve(setting, opened=setting.opened | inside.reopen)


def _ended_by_own(setting: Setting, scope: Scope, never: set[str]) -> bool:
    """Return whether an event sub-process can take *scope* to a regular end."""
    return any(
        start.interrupting and setting.outside(start)
        for aside in scope.asides
        if aside.id not in never
        for start in starts_of(setting.scopes, aside)
    )
