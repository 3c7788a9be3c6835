"""A project as plain JSON: all that a page shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.measures.gating import gates
from tthc_flow.measures.measure import measure
from tthc_flow.model.lever import Verdict
from tthc_flow.model.ruling import Stand
from tthc_flow.projects.actions import ruled_id
from tthc_flow.projects.heat import heats_of
from tthc_flow.projects.notes import notes_of, page_hint
from tthc_flow.projects.outlook import Outlook, outlook
from tthc_flow.projects.procedure_facts import procedure_facts
from tthc_flow.projects.questions import questions_of
from tthc_flow.projects.step_facts import facts_of
from tthc_flow.proof.soundness import soundness
from tthc_flow.report.gating import of_gates
from tthc_flow.report.proposal import of_plan
from tthc_flow.report.record import (
    SCHEMA_VERSION,
    figure,
    of_findings,
    of_measures,
    of_others,
    of_procedure,
)
from tthc_flow.report.sentences import change, labels_of, law_reasons, names_of
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.check import check
from tthc_flow.verbs.opening import left_out, spoken
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.errors import TthcFlowError
    from tthc_flow.model.finding import Finding
    from tthc_flow.projects.project import Project, State
    from tthc_flow.verbs.propose import Proposal

_RULED = {Stand.ACCEPT: "accepted", Stand.REJECT: "rejected", Stand.EDIT: "edited"}


def view(project: Project, lang: str = "vi") -> dict[str, Any]:
    """Return all that a page shows of *project*, as plain JSON.

    Where nothing can be proposed, ``after_xml`` is null, ``unsound`` says why, and ``record`` has
    what ``check`` and ``measure`` say.

    Raises:
        UnreadableInput: TF2xx where its file cannot be read or has no such process.
        BadQuantity: TF108 for a language without words.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.projects.project import new_project
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> shown = view(new_project(read(text), "a.bpmn", text))
        >>> shown["name"], shown["unsound"], shown["record"]["plan"]["applied"]
        ('', None, [])

    Source: contract of the studio.
    """
    lang, state = spoken(lang), project.now
    found = outlook(state)
    proposal, procedure = found.proposal, found.procedure
    findings = () if proposal is None else proposal.replay.findings
    findings = (*findings, *check(found.reading))
    return {
        "file": project.file,
        "name": " ".join((procedure.name or procedure.flow.name).split()),
        "can_undo": bool(project.past),
        "can_redo": bool(project.future),
        "xml": found.reading.document.source.text,
        "after_xml": None if proposal is None else proposal.written.document.source.text,
        "record": _record(state, found, findings, lang),
        "notes": notes_of(procedure, project.notes, findings, lang),
        "questions": questions_of(state, found, lang),
        "rulings": _rulings(state, found),
        "heat": heats_of(procedure, findings, lang),
        "heat_after": None
        if proposal is None
        else heats_of(proposal.plan.after, check(proposal.written), lang),
        "facts": {step.id: facts_of(procedure, step) for step in procedure.flow.steps},
        "procedure": procedure_facts(procedure),
        "targets": {"time": figure(state.targets.time), "cost": figure(state.targets.cost)},
        "changes": [] if proposal is None else _changes(proposal, lang),
        "unsound": None if found.refusal is None else _refusal(found, found.refusal, lang),
    }


def _record(state: State, found: Outlook, findings: Sequence[Finding], lang: str) -> dict[str, Any]:
    """Return what ``propose --json`` prints, else what ``check`` and ``measure`` do."""
    proposal, procedure = found.proposal, found.procedure
    told = {
        "schema_version": SCHEMA_VERSION,
        "command": "measure" if proposal is None else "propose",
        "procedure": of_procedure(procedure),
        "other_processes": of_others(left_out(found.reading, procedure)),
        "findings": of_findings(findings, lang),
    }
    if proposal is None:
        names, labels = names_of(procedure), labels_of(procedure, lang=lang)
        numbers = {step.id: step.number for step in procedure.flow.steps if step.number}
        measures = of_measures(measure(procedure, DEFAULT_CONVENTION), procedure, lang)
        return {**told, "names": names, "labels": labels, "numbers": numbers, **measures}
    planned = of_plan(proposal.plan, proposal.comparison, proposal.executed, lang)
    wanted = state.targets
    judged = gates(
        proposal.comparison,
        wanted.time,
        wanted.cost,
        hand_offs=wanted.hand_offs,
        method=wanted.cost_method,
    )
    required = of_gates(judged, planned["labels"], lang)
    return {**told, **planned, "files": {}, "gates": required}


def _rulings(state: State, found: Outlook) -> dict[str, dict[str, Any]]:
    rows = {}
    for each in state.rulings:
        candidate = ruled_id(each, found.procedure)
        if candidate is not None:
            rows[candidate] = {
                "ruling": _RULED[each.stand],
                "reason": each.reason,
                "by": each.by,
                "on": each.on,
            }
    return rows


def _changes(proposal: Proposal, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "sentence": change(each, lang),
            "element": each.element,
            "kind": each.kind.value,
            "before": list(each.was),
            "after": list(each.now),
        }
        for each in proposal.comparison.changes
    ]


def _refusal(found: Outlook, error: TthcFlowError, lang: str) -> dict[str, Any]:
    """Return why nothing can be proposed, with the way that leads to the broken place."""
    said = message(f"error-{error.code}", {"choices": ", ".join(error.choices)}, lang)
    hint = page_hint(f"error-{error.code}", said.hint, lang)
    told = {"code": error.code, "message": said.text, "hint": hint, "trace": []}
    proof = soundness(found.procedure.flow)
    if proof.verdict is Verdict.PASS:
        return told
    labels = labels_of(found.procedure, lang=lang)
    why = law_reasons(proof.because, labels, lang)
    return {**told, "message": ". ".join((said.text, *why)), "trace": list(proof.trace)}
