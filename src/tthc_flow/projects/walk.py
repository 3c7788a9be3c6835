"""Walk through a procedure by hand: where the case is, who has to act, what can be chosen.

Nothing is kept between two calls: what was taken is replayed in the engine each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define

from tthc_flow.engine.compile import Program, compile_flow
from tthc_flow.engine.run import For, Run
from tthc_flow.errors import BadQuantity, NotRunnable
from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.wording import node_words
from tthc_flow.model.flow import Event, Gateway, GatewayKind, Trigger
from tthc_flow.projects.fields import Fields
from tthc_flow.projects.outlook import outlook
from tthc_flow.report.english import english
from tthc_flow.report.sentences import labels_of
from tthc_flow.verbs.opening import spoken
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.engine.waiting import Waiting
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.projects.project import Project

MOST_TAKEN: Final = 500
"""How many choices a walk may have: a drawing without loops has no such way."""

SIDES: Final = ("before", "after")
DONE: Final = "done"
START: Final = "start"
_ROUNDS: Final = ("1", "2", "0")
_SEVERAL: Final = frozenset((GatewayKind.INCLUSIVE, GatewayKind.COMPLEX))
_CAUSES: Final = {Trigger.TIMER: "timer", Trigger.MESSAGE: "message"}


def walk(project: Project, side: object, taken: object, lang: str = "vi") -> dict[str, Any]:
    """Return where a case stands after the choices *taken*, as plain JSON.

    No condition decides by itself, as a walk has no data: whoever walks chooses every way.

    Args:
        project: The project.
        side: ``before`` or ``after`` (the proposal).
        taken: Each with ``element`` and ``choice``, as ``waiting`` offered them (of a gateway that
            leaves over several ways a list of choices), and ``token`` where one element waits
            several times.
        lang: ``vi`` or ``en``.

    Returns:
        ``tokens`` (where tokens wait), ``done`` (the elements passed, in order), ``flows`` (the
        arrows taken), ``waiting`` (each ``element``, ``token``, ``label``, ``performer``,
        ``several``, ``choices``), ``ended``, ``stuck``.

    Raises:
        BadQuantity: TF141 for what is no walk, TF148 for too long a one.
        NotRunnable: TF401 where the flow cannot be run, TF403 and TF404 for what cannot be taken.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.projects.project import new_project
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> project = new_project(read(text), "a.bpmn", text)
        >>> walk(project, "before", [])["tokens"]
        ['A']
        >>> walk(project, "before", [{"element": "A", "choice": "done"}])["ended"]
        True

    Source: BPMN 2.0.2, chapter 13 (execution semantics).
    """
    procedure = _side(project, side)
    steps = [_taken(each) for each in _bounded(taken)]
    program = compile_flow(procedure.flow)
    words = _Words(procedure, spoken(lang))
    starts = program.net.starts
    if program.net.alternative_starts and len(starts) > 1:
        if not steps:
            return _told((), [words.start(each) for each in starts])
        first, steps = steps[0], steps[1:]
        if first.element not in starts:
            raise _cannot(first.element, starts)
        return _walked(program, steps, words, start=first.element)
    return _walked(program, steps, words)


@define
class _Taken:
    element: str
    choices: list[str]
    token: int | None


def _bounded(taken: object) -> Sequence[object]:
    if not isinstance(taken, list | tuple):
        raise BadQuantity("TF141", "taken is no list", place="taken", hint="send a list of choices")
    if len(taken) > MOST_TAKEN:
        raise BadQuantity(
            "TF148", f"{len(taken)} choices, more than {MOST_TAKEN}", hint="begin the walk anew"
        )
    return taken


def _taken(told: object) -> _Taken:
    given = Fields(told)
    several = isinstance(told, dict) and isinstance(told.get("choice"), list)
    choices = given.listed("choice") if several else [given.text("choice")]
    token = given.whole_number("token")
    element = given.text("element")
    given.refuse_others()
    return _Taken(element, choices, token)


def _side(project: Project, side: object) -> Procedure:
    found = outlook(project.now)
    if side not in SIDES:
        raise BadQuantity("TF141", f"no side {side!r}", place="side", hint="before or after")
    if side == "before":
        return found.procedure
    if found.proposal is None:
        if found.refusal is not None:
            raise found.refusal
        raise AssertionError("a proposal or why there is none")
    return found.proposal.plan.after


def _walked(
    program: Program, steps: Sequence[_Taken], words: _Words, start: str | None = None
) -> dict[str, Any]:
    run = Run(program, start=start)
    for each in steps:
        _take(run, each)
    offered = [words.waiting(each) for each in run.waiting]
    shown = {row["element"] for row in offered}
    shown |= {choice["id"] for row in offered for choice in row["choices"]}
    heard = dict.fromkeys(each for each in run.listening if each not in shown)
    offered += [words.event(each) for each in heard]
    return _told(run.history, offered, run)


def _told(
    history: tuple[str, ...], offered: list[dict[str, Any]], run: Run | None = None
) -> dict[str, Any]:
    ended = run is not None and run.finished
    tokens = [] if run is None else [each.node for each in run.waiting]
    return {
        "tokens": list(dict.fromkeys(tokens)),
        "done": list(history),
        "flows": [] if run is None else list(run.taken),
        "waiting": offered,
        "ended": ended,
        "stuck": not ended and not offered,
    }


def _take(run: Run, taken: _Taken) -> None:
    """Do what was chosen at an element: an event, a way, rounds, or the work itself."""
    node, (choice, *_) = taken.element, taken.choices
    here = [each for each in run.waiting if each.node == node and taken.token in {None, each.token}]
    if choice in run.listening or (not here and node in run.listening):
        run.deliver(choice if choice in run.listening else node)
        return
    if not here:
        raise _cannot(node, [each.node for each in run.waiting])
    waits = here[0]
    match waits.what:
        case For.CHOICE:
            run.choose(node, *taken.choices, token=waits.token)
        case For.EVENT:
            run.deliver(node, token=waits.token)
        case For.ROUNDS if choice in _ROUNDS:
            run.repeat(node, int(choice), token=waits.token)
        case For.WORK if choice == DONE:
            run.complete(node, token=waits.token)
        case _:
            raise NotRunnable(
                "TF404", f"{choice!r} cannot be chosen", place=node, hint="choose what is offered"
            )


def _cannot(node: str, known: Sequence[str]) -> NotRunnable:
    due = f"it waits at: {', '.join(known)}" if known else "it has ended"
    return NotRunnable("TF403", "the case does not wait here", place=node, hint=due)


class _Words:
    """What whoever walks reads at the places of one procedure."""

    def __init__(self, procedure: Procedure, lang: str) -> None:
        self._flow = procedure.flow
        self._lang = lang
        self._labels = labels_of(procedure, lang=lang)
        self._edges = {edge.id: edge for edge in procedure.flow.edges}

    def start(self, node: str) -> dict[str, Any]:
        return self._row(node, [self._choice(START, "start")])

    def event(self, node: str) -> dict[str, Any]:
        return self._row(node, [self._event(node)])

    def waiting(self, waits: Waiting) -> dict[str, Any]:
        """Return what *waits*, with everything that can be chosen there."""
        several = False
        match waits.what:
            case For.CHOICE:
                choices = [self._way(each) for each in waits.options]
                several = self._leaves_over_several(waits.node)
            case For.EVENT:
                choices = [self._event(waits.node)]
            case For.ROUNDS:
                choices = [self._rounds(each) for each in _ROUNDS]
            case For.WORK:
                choices = [self._choice(DONE, "work")]
        choices += [self._event(each) for each in waits.events]
        return {**self._row(waits.node, choices, waits.token), "several": several}

    def _leaves_over_several(self, node: str) -> bool:
        found = self._flow.by_id[node]
        return not isinstance(found, Gateway) or found.kind in _SEVERAL

    def _row(
        self, node: str, choices: list[dict[str, str]], token: int | None = None
    ) -> dict[str, Any]:
        who = performer_of(self._flow, self._flow.by_id[node])
        return {
            "element": node,
            "token": token,
            "label": self._label(node),
            "performer": "" if who is None else " ".join(who.name.split()),
            "several": False,
            "choices": choices,
        }

    def _label(self, node: str) -> str:
        if node in self._labels:
            return self._labels[node]
        found = self._flow.by_id[node]
        if isinstance(found, Event) and found.attached_to in self._labels:
            return self._labels[found.attached_to]
        words = node_words(self._flow, found)
        return english(words) if self._lang == "en" else words

    def _way(self, edge: str) -> dict[str, str]:
        arrow = self._edges[edge]
        name = " ".join(arrow.name.split())
        if not name:
            return self._choice(edge, "to", name=self._label(arrow.target))
        return self._choice(edge, "way", name=name)

    def _event(self, node: str) -> dict[str, str]:
        found = self._flow.by_id[node]
        cause = _CAUSES.get(found.trigger, "") if isinstance(found, Event) else ""
        return self._choice(node, cause or "happens", name=self._label(node))

    def _rounds(self, times: str) -> dict[str, str]:
        return self._choice(times, "rounds" if int(times) else "enough", times=times)

    def _choice(self, choice: str, code: str, **values: str) -> dict[str, str]:
        return {"id": choice, "text": message(f"studio-walk-{code}", values, self._lang).text}
