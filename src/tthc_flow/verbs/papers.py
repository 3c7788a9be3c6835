"""The papers of a proposal: the after-BPMN, the pictures, the page, the text, the record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.norm_time import step_minutes
from tthc_flow.picture.svg import document, pane
from tthc_flow.report.markdown import markdown
from tthc_flow.report.marks import marks
from tthc_flow.report.page import page
from tthc_flow.report.proposal import of_plan
from tthc_flow.report.record import SCHEMA_VERSION, of_findings, of_procedure
from tthc_flow.report.story import story
from tthc_flow.verbs.check import check
from tthc_flow.verbs.opening import drawing_of, picked
from tthc_flow.verbs.write import write

if TYPE_CHECKING:
    import os
    from fractions import Fraction

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention
    from tthc_flow.verbs.propose import Proposal

NAMES: Final = {
    "bpmn": "after.bpmn",
    "svg_before": "before.svg",
    "svg_after": "after.svg",
    "report": "report.html",
    "markdown": "report.md",
    "record": "proposal.json",
}


def proposal_record(proposal: Proposal, lang: str = "vi") -> dict[str, Any]:
    """Return the record of *proposal*: procedure, findings, candidates, plan."""
    made = proposal.plan
    return {
        "procedure": of_procedure(made.before),
        "findings": of_findings(check(proposal.reading, proposal.convention), lang),
        **of_plan(made, proposal.comparison, proposal.executed, lang),
    }


def papers(proposal: Proposal, lang: str = "vi") -> dict[str, bytes]:
    """Return every paper of *proposal* by its name in ``NAMES``, ready to be written.

    The page and the text are made from the same record that scripts read.

    Example:
        >>> from tthc_flow.verbs.propose import propose
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> sorted(papers(propose(text)))
        ['bpmn', 'markdown', 'record', 'report', 'svg_after', 'svg_before']
    """
    record = proposal_record(proposal, lang)
    told = story(record, lang)
    pictures = _pictures(proposal)
    whole = {"schema_version": SCHEMA_VERSION, "command": "propose", **record, "files": NAMES}
    return {
        "bpmn": proposal.written.document.data,
        **{name: picture.encode() for name, picture in pictures.items()},
        "report": page(told, pictures).encode(),
        "markdown": markdown(told, NAMES).encode(),
        "record": json.dumps(whole, ensure_ascii=False, indent=2).encode(),
    }


def _pictures(proposal: Proposal) -> dict[str, str]:
    """Return both pictures; one heat scale, of the longest step on either side."""
    made, convention = proposal.plan, proposal.convention
    sides = marks(proposal.comparison.changes)
    times = [
        *step_minutes(made.before.flow, convention).known.values(),
        *step_minutes(made.after.flow, convention).known.values(),
    ]
    hottest = max(times, default=None)
    return {
        "svg_before": _picture(proposal.reading, made.before, convention, sides[0], hottest),
        "svg_after": _picture(proposal.written, made.after, convention, sides[1], hottest),
    }


def _picture(
    reading: Reading,
    procedure: Procedure,
    convention: Convention,
    marked: dict[str, str],
    hottest: Fraction | None,
) -> str:
    """Return one side as SVG; both sides share the heat scale of the longest step before."""
    drawn = picked(reading, procedure.flow.id)
    drawing = drawing_of(reading, drawn) or lay_out(drawn)
    heat = step_minutes(drawn.flow, convention).known
    picture = pane(drawn, drawing, title=drawn.name, heat=heat, marks=marked, highest=hottest)
    return document(picture, drawn.name)


def save(made: dict[str, bytes], folder: str | os.PathLike[str]) -> dict[str, str]:
    """Write every paper into *folder*, whole or not at all; return its path by its name."""
    paths = write(folder, {NAMES[name]: data for name, data in made.items()})
    return {name: str(path) for name, path in zip(made, paths, strict=True)}
