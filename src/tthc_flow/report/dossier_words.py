"""What an officer reads of a dossier on the command line: dates, its state, what it has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.engine.waiting import For
from tthc_flow.moments import in_vietnam, moment_of
from tthc_flow.report.plain_text import legal
from tthc_flow.words.messages import message, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tthc_flow.dossiers.kept import Dossier, UserTask
    from tthc_flow.model.flow import Flow, SequenceFlow
    from tthc_flow.model.procedure import Procedure

_UNTOLD: Final = frozenset({"suspend", "resume", "cancel", "withdraw"})
"""Kinds whose own words say the status that they lead to."""


def say(code: str, lang: str, /, **values: object) -> str:
    """Return the words of ``engine-<code>``, its places filled, on one line.

    Example:
        >>> say("status-running", "vi")
        'đang giải quyết'
    """
    shown = {name: " ".join(legal(str(value)).split()) for name, value in values.items()}
    return message(f"engine-{code}", shown, lang).text


def moment_words(moment: datetime, lang: str) -> str:
    """Return *moment* as officers read it: the time, the day of the week, the date.

    Example:
        >>> from datetime import datetime
        >>> moment_words(datetime(2026, 3, 2, 17), "vi")
        '17:00 thứ Hai 02/03/2026'
    """
    here = in_vietnam(moment)
    day = say(f"weekday-{here.weekday()}", lang)
    return f"{here:%H:%M} {day} {here:%d/%m/%Y}"


def due_words(due_at: datetime | None, now: datetime, lang: str) -> str:
    """Return when something is due, and that it is over; words too where that is not known.

    Example:
        >>> from datetime import datetime
        >>> due_words(datetime(2026, 3, 2, 17), datetime(2026, 3, 3, 8), "vi")
        '17:00 thứ Hai 02/03/2026 (quá hạn)'
    """
    if due_at is None:
        return say("no-due", lang)
    over = f" ({say('over', lang)})" if in_vietnam(due_at) <= in_vietnam(now) else ""
    return moment_words(due_at, lang) + over


def node_name(flow: Flow, node: str | None) -> str:
    """Return the name of a node as it is read, or its id where it has none."""
    found = flow.by_id.get(node or "")
    name = "" if found is None else " ".join(found.name.split())
    return name or (node or "")


def ways_of(flow: Flow, task: UserTask) -> tuple[tuple[SequenceFlow, str], ...]:
    """Return the flows that the decision *task* may take, each with the words to know it by."""
    if task.what is not For.CHOICE:
        return ()
    return tuple((edge, way_name(flow, edge)) for edge in flow.outgoing[task.node])


def way_name(flow: Flow, edge: SequenceFlow) -> str:
    """Return the words to know a flow by: its own, else those of where it leads."""
    return " ".join((edge.name or "").split()) or node_name(flow, edge.target)


def short_id(task: UserTask) -> str:
    """Return how *task* is named on the command line: the code of its dossier and its number."""
    return f"{task.business_key}:{task.id.rpartition(':')[2]}"


def who_words(task: UserTask, lang: str) -> str:
    """Return who has *task*, or who may take it.

    Its office where the diagram names one, else its role; then who has taken it.
    """
    role = "" if task.role is None else say(f"role-{task.role}", lang)
    who = task.office or role
    return " – ".join(filter(None, (who, task.assignee))) or say("anybody", lang)


def dossier_lines(
    dossier: Dossier, procedure: Procedure, now: datetime, lang: str
) -> Iterator[str]:
    """Yield the lines that tell of *dossier*: its state, its due date, what it waits for."""
    name = procedure.name or procedure.flow.name or dossier.key
    yield say("dossier", lang, code=dossier.business_key, name=name)
    facts = [("status", say(f"status-{dossier.status}", lang))]
    facts.append(("begun", moment_words(dossier.started_at, lang)))
    if dossier.ended_at is not None:
        facts.append(("ended", moment_words(dossier.ended_at, lang)))
    elif dossier.answered_at is not None:
        facts.append(("answered", moment_words(dossier.answered_at, lang)))
    elif dossier.stands is None:
        facts.append(("due", due_words(dossier.due_at, now, lang)))
    else:
        facts.append(("due", say("stands", lang, reason=dossier.stands)))
    width = max(len(say(f"fact-{each}", lang)) for each, _ in facts)
    for each, words in facts:
        yield f"  {say(f'fact-{each}', lang):<{width}}  {words}"
    if dossier.tasks:
        yield say("waits-for", lang)
    for task in dossier.tasks:
        yield from _task_lines(task, procedure.flow, now, lang)


def _task_lines(task: UserTask, flow: Flow, now: datetime, lang: str) -> Iterator[str]:
    parts = [f"{short_id(task)}  {task.name or task.node}", who_words(task, lang)]
    if task.due_at is not None:
        parts.append(say("until", lang, due=due_words(task.due_at, now, lang)))
    yield "  " + "; ".join(parts)
    for edge, words in ways_of(flow, task):
        yield f"    --flow {edge.id}: {words}"
    if task.what is For.ROUNDS:
        yield f"    --times: {say('rounds', lang)}"


def history_lines(events: tuple[Mapping[str, Any], ...], flow: Flow, lang: str) -> Iterator[str]:
    """Yield a line for each event: when, who, what."""
    rows = [_event(each, flow, lang) for each in events]
    day, name = (max((len(row[part]) for row in rows), default=0) for part in (0, 1))
    for at, who, what in rows:
        yield f"  {at:<{day}}  {who:<{name}}  {what}"


def _event(event: Mapping[str, Any], flow: Flow, lang: str) -> tuple[str, str, str]:
    at = moment_words(moment_of(event["at"]), lang)
    who = event["actor"] or say("system", lang)
    if event["on_behalf_of"] not in {None, event["actor"]}:
        who = say("on-behalf", lang, actor=who, owner=event["on_behalf_of"])
    return at, who, event_words(event, flow, lang)


def event_words(event: Mapping[str, Any], flow: Flow, lang: str) -> str:
    """Return what *event* of a dossier's history says, in words."""
    payload = event["payload"]
    known = f"engine-kind-{event['kind']}" in texts("engine")
    values = {"node": node_name(flow, event["node"]), "reason": payload.get("reason", "")}
    values |= {"kind": event["kind"], "ways": ", ".join(_ways(event, flow))}
    values |= _extended(payload, lang)
    values |= {"error": payload.get("incident", {}).get("error", "")}
    values |= {"told": "; ".join(_told(payload, lang))}
    words = say(f"kind-{event['kind']}" if known else "kind", lang, **values)
    if payload.get("extended", {}).get("apology"):
        words = say("apology", lang, words=words, number=payload["extended"]["apology"])
    if payload["status"] not in {"running", "suspended"} and event["kind"] not in _UNTOLD:
        words += " → " + say(f"status-{payload['status']}", lang)
    return words


def _ways(event: Mapping[str, Any], flow: Flow) -> Iterator[str]:
    for edge in flow.outgoing.get(event["node"] or "", ()):
        if edge.id in event["payload"]["taken"]:
            yield way_name(flow, edge)


def _extended(payload: Mapping[str, Any], lang: str) -> dict[str, str]:
    said = payload.get("extended", {})
    found = {name: said.get(name) for name in ("due_before", "due_after")}
    words = {
        name: say("no-due", lang) if at is None else moment_words(moment_of(at), lang)
        for name, at in found.items()
    }
    return words | ({"reason": said["reason"]} if said else {})


def _told(payload: Mapping[str, Any], lang: str) -> Iterator[str]:
    for each in payload.get("told", ()):
        what = f"“{each['name']}”" if "name" in each else say("whole", lang)
        due = moment_words(moment_of(each["due_at"]), lang)
        yield say(f"told-{each['topic']}", lang, what=what, due=due)
