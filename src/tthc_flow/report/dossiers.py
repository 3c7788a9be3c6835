"""Dossiers, their tasks and what happened to them as plain JSON values, for scripts.

Moments are ISO 8601 in Vietnamese time; unknown is ``null``. The shapes stand in
``report/schema/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.engine.values import encode
from tthc_flow.report.dossier_words import ways_of
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tthc_flow.dossiers.kept import Definition, Dossier, Incident, UserTask
    from tthc_flow.dossiers.migrations import MigrationReport
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.report.record import Json
    from tthc_flow.store.audit import Break
    from tthc_flow.store.rows import JobRow


def of_moment(moment: datetime | None) -> str | None:
    """Return a moment in ISO 8601."""
    return None if moment is None else moment.isoformat()


def of_definition(definition: Definition) -> Json:
    """Return a deployed procedure."""
    return {
        "key": definition.key,
        "version": definition.version,
        "hash": definition.hash,
        "name": definition.name,
        "keep_days": definition.keep_days,
    }


def of_task(task: UserTask, procedure: Procedure | None = None) -> Json:
    """Return an open task; with *procedure* also the flows that a decision may take."""
    ways = () if procedure is None else ways_of(procedure.flow, task)
    return {
        "id": task.id,
        "dossier": task.dossier,
        "business_key": task.business_key,
        "node": task.node,
        "what": task.what.value,
        "name": task.name,
        "office": task.office,
        "role": task.role,
        "candidates": list(task.candidates),
        "assignee": task.assignee,
        "owner": task.owner,
        "member": None if task.member is None else encode(task.member),
        "created_at": of_moment(task.created_at),
        "due_at": of_moment(task.due_at),
        "ways": [{"flow": edge.id, "label": words} for edge, words in ways],
    }


def of_dossier(dossier: Dossier, procedure: Procedure | None = None) -> Json:
    """Return a dossier with what it waits for."""
    return {
        "id": dossier.id,
        "key": dossier.key,
        "business_key": dossier.business_key,
        "definition": dossier.definition,
        "status": dossier.status,
        "step_no": dossier.step_no,
        "started_at": of_moment(dossier.started_at),
        "due_at": of_moment(dossier.due_at),
        "stands": dossier.stands,
        "answered_at": of_moment(dossier.answered_at),
        "ended_at": of_moment(dossier.ended_at),
        "parent": dossier.parent,
        "tasks": [of_task(each, procedure) for each in dossier.tasks],
    }


def of_event(event: Mapping[str, Any]) -> Json:
    """Return an event of a dossier's history."""
    names = ("step_no", "at", "actor", "on_behalf_of", "kind", "node", "payload", "hash")
    return {name: event[name] for name in names}


def of_incident(incident: Incident) -> Json:
    """Return an incident."""
    return {
        "id": incident.id,
        "dossier": incident.dossier,
        "business_key": incident.business_key,
        "node": incident.node,
        "kind": incident.kind,
        "tries": incident.tries,
        "error": incident.error,
    }


def of_job(job: JobRow) -> Json:
    """Return what the engine itself waits for."""
    names = ("node", "kind", "status", "due_at", "tries", "error")
    return {name: getattr(job, name) for name in names}


def of_break(found: Break, business_key: str) -> Json:
    """Return the link of a chain that does not hold."""
    return {
        "dossier": found.instance,
        "business_key": business_key,
        "step_no": found.step_no,
        "why": found.why,
    }


def of_migration(report: MigrationReport, names: Mapping[str, str], lang: str) -> Json:
    """Return which dossiers moved and which stay, with everything that bars them in words.

    *names* are the names of the nodes of the version that they are on.
    """
    return {
        "id": report.id,
        "source": report.source,
        "target": report.target,
        "moves": list(report.moves),
        "stays": [
            {
                "dossier": each.dossier,
                "business_key": each.business_key,
                "why": [
                    {"code": code, "node": node, "text": _why(code, names.get(node, node), lang)}
                    for code, node in each.why
                ],
            }
            for each in report.stays
        ],
    }


def _why(code: str, node: str, lang: str) -> str:
    return message(code, {"node": node}, lang).text
