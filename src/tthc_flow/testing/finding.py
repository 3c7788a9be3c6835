"""Which open task or event of a dossier somebody means who works at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event
from tthc_flow.testing.naming import closest, is_called, known_nodes
from tthc_flow.testing.telling import A_KIND, KINDS, VERBS, incident_words, waiting_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.dossiers.kept import Dossier, Incident, UserTask
    from tthc_flow.engine.instance import For
    from tthc_flow.model.flow import Flow


class OnDesk(Protocol):
    """What has to be known about a desk to find something on it."""

    @property
    def dossier(self) -> Dossier:
        """Return the dossier at hand."""

    @property
    def family(self) -> tuple[Dossier, ...]:
        """Return it and what it called."""

    @property
    def waiting(self) -> tuple[UserTask, ...]:
        """Return what they wait for."""

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Return what could not be done by itself."""

    def flow_of(self, dossier: Dossier) -> Flow:
        """Return the flow of a dossier."""


def open_task(desk: OnDesk, name: str, what: For) -> UserTask:
    """Return the task that waits for *what* and is called *name*; of several rounds the oldest.

    Raises:
        NotRunnable: TF421 where none is, with what waits instead; TF422 where several nodes are.
    """
    waiting = desk.waiting
    by_id = [task for task in waiting if task.node == name]
    called = by_id or [task for task in waiting if is_called(task, name)]
    found = [task for task in called if task.what is what]
    nodes = sorted({task.node for task in found})
    if len(nodes) > 1:
        listed = ", ".join(nodes)
        fact = f"{len(nodes)} things wait that are called {name!r}"
        raise NotRunnable("TF422", fact, place=_code(desk), hint=f"give the id of one: {listed}")
    if not found:
        raise nothing_waits(desk, name, what)
    return found[0]


def nothing_waits(desk: OnDesk, name: str, what: For) -> NotRunnable:
    """Return the error TF421: nothing called *name* waits for *what*, but other things may."""
    waiting = desk.waiting
    called = [task for task in waiting if is_called(task, name)]
    fact = f"no {KINDS[what]} {name!r} waits; the dossier waits for {waiting_words(waiting)}"
    troubles = incident_words(desk.incidents)
    if troubles:
        fact += f"; not done by itself: {troubles}"
    hint = _hint(name, called, waiting)
    return NotRunnable("TF421", fact, place=_code(desk), hint=hint)


def _code(desk: OnDesk) -> str:
    return f"{desk.dossier.business_key} ({desk.dossier.status})"


def _hint(name: str, called: Iterable[UserTask], waiting: Iterable[UserTask]) -> str:
    for task in called:
        return f"that is {A_KIND[task.what]}: use desk.{VERBS[task.what]}(...)"
    return closest(name, (each for task in waiting for each in (task.name, task.node)))


def events_meant(desk: OnDesk, name: str) -> tuple[tuple[Dossier, str], ...]:
    """Return the events that *name* means, each with the dossier that it may happen to.

    Raises:
        NotRunnable: TF423 where the procedure has nothing of that name.
    """
    family = [(each, desk.flow_of(each)) for each in desk.family]
    meant = known_nodes([flow for _, flow in family], name)
    return tuple(
        (dossier, node.id)
        for dossier, flow in family
        for node in flow.nodes
        if node.id in meant and isinstance(node, Event)
    )
