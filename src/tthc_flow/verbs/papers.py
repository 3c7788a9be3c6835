"""The papers of a proposal: the after-BPMN, pictures, page, text, record, Word and Excel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.heat import HeatKind, heat
from tthc_flow.picture.before_after import Side, before_after
from tthc_flow.picture.svg import document, pane
from tthc_flow.report.excel.workbook import workbook
from tthc_flow.report.markdown import markdown
from tthc_flow.report.marks import marks
from tthc_flow.report.page import page
from tthc_flow.report.proposal import of_plan
from tthc_flow.report.record import SCHEMA_VERSION, of_findings, of_others, of_procedure
from tthc_flow.report.story import story
from tthc_flow.report.texts import text
from tthc_flow.report.word.papers import (
    annex_document,
    decision_document,
    results_document,
    workflow_document,
)
from tthc_flow.report.word.reviewed import Reviewed
from tthc_flow.report.word.words import LANG
from tthc_flow.verbs.check import check
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import drawing_of, left_out, picked, spoken
from tthc_flow.verbs.sheets import shows

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from fractions import Fraction

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.plan import Plan
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.trial import Trial
    from tthc_flow.units import Convention
    from tthc_flow.verbs.propose import Proposal

NAMES: Final = {
    "bpmn": "after.bpmn",
    "svg_before": "before.svg",
    "svg_after": "after.svg",
    "svg_both": "before-after.svg",
    "report": "report.html",
    "markdown": "report.md",
    "record": "proposal.json",
    "word_plan": "phuong-an-don-gian-hoa.docx",
    "word_results": "bao-cao-ket-qua.docx",
    "word_workflow": "quy-trinh-noi-bo.docx",
    "word_decision": "du-thao-quyet-dinh.docx",
    "excel": "so-lieu.xlsx",
}
PLOTS: Final = {
    "plot_times": "mo-phong-thoi-gian.svg",
    "plot_waits": "mo-phong-cho-doi.svg",
    "plot_late": "mo-phong-qua-han.svg",
    "plot_loads": "mo-phong-muc-ban.svg",
}
"""The plots of a simulation, where one was asked for."""
_ALL: Final = {**NAMES, **PLOTS}


def proposal_record(
    proposal: Proposal, lang: str = "vi", trial: Trial | None = None
) -> dict[str, Any]:
    """Return the record of *proposal*: procedure, findings, candidates, plan.

    With a *trial* (see :mod:`tthc_flow.verbs.within_capacity`) its simulation is told besides.
    """
    made, lang = proposal.plan, spoken(lang)
    return {
        "procedure": of_procedure(made.before),
        "other_processes": of_others(left_out(proposal.reading, made.before)),
        "findings": of_findings(
            (*proposal.replay.findings, *check(proposal.reading, proposal.convention)), lang
        ),
        **of_plan(made, proposal.comparison, proposal.executed, lang),
        **_simulated(trial, made, lang),
    }


def _simulated(trial: Trial | None, made: Plan, lang: str) -> dict[str, Any]:
    """Return what a simulation says, where one was asked for: else its rooms are not opened."""
    if trial is None:
        return {}
    from tthc_flow.report.simulation.trial import of_trial

    return {"simulation": of_trial(trial, made, lang)}


def _plots(record: dict[str, Any], lang: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the plots of a simulation, and the same for a telephone."""
    if "simulation" not in record:
        return {}, {}
    from tthc_flow.report.simulation.trial import narrow_trial_plots, trial_plots

    return trial_plots(record, lang), narrow_trial_plots(record, lang)


def papers(proposal: Proposal, lang: str = "vi", trial: Trial | None = None) -> dict[str, bytes]:
    """Return every paper of *proposal* by its name in ``NAMES`` or ``PLOTS``, ready to be written.

    The page, the text, the Word papers and the workbook are made from the same record that scripts
    read. The Word papers are Vietnamese whatever *lang* says. Where nothing is proposed there is
    no new workflow, and where nothing may be approved yet no draft decision.
    With a *trial* the page and the text tell its simulation, with plots; the Word papers have a
    sheet about it.

    Example:
        >>> from tthc_flow.verbs.propose import propose
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> sorted(papers(propose(text)))
        ['bpmn', 'excel', 'markdown', 'record', 'report', 'svg_after', 'svg_before', 'svg_both',
         'word_plan', 'word_results']
    """
    record = proposal_record(proposal, lang, trial)
    told = story(record, lang)
    plots, narrow = _plots(record, spoken(lang))
    drawn = {**pictures(proposal, lang), **plots}
    ready = _reviewed(record, drawn) if spoken(lang) == LANG else reviewed(proposal, trial)
    word = word_papers((ready,))
    given = {"bpmn", "report", "markdown", "record", "excel", *drawn, *word}
    names = {name: file for name, file in _ALL.items() if name in given}
    whole = {"schema_version": SCHEMA_VERSION, "command": "propose", **record, "files": names}
    return {
        "bpmn": proposal.written.document.data,
        **{name: picture.encode() for name, picture in drawn.items()},
        "report": page(told, {**drawn, **narrow}).encode(),
        "markdown": markdown(told, _ALL).encode(),
        "record": json.dumps(whole, ensure_ascii=False, indent=2).encode(),
        **word,
        "excel": workbook((record,), lang),
    }


def reviewed(proposal: Proposal, trial: Trial | None = None) -> Reviewed:
    """Return *proposal* as the Word papers need it: in Vietnamese, with its two diagrams."""
    return _reviewed(proposal_record(proposal, LANG, trial), pictures(proposal, LANG))


def _reviewed(record: dict[str, Any], drawn: dict[str, str]) -> Reviewed:
    return Reviewed(record=record, before=drawn["svg_before"], after=drawn["svg_after"])


def word_papers(every: Sequence[Reviewed]) -> dict[str, bytes]:
    """Return the Word papers of one or several reviewed procedures, by their name in ``NAMES``.

    Args:
        every: What :func:`reviewed` returned, at least one.

    Source: QĐ 2816/QĐ-UBND Đồng Nai; Nghị định 30/2020/NĐ-CP.
    """
    made = {"word_plan": annex_document(every), "word_results": results_document(every)}
    changed = [each for each in every if each.changed]
    if changed:
        made["word_workflow"] = workflow_document(changed)
        draft = decision_document(changed)
        made |= {} if draft is None else {"word_decision": draft}
    return made


def pictures(proposal: Proposal, lang: str = "vi") -> dict[str, str]:
    """Return before, after, and both on one sheet; one heat scale, of the longest step."""
    made, convention = proposal.plan, proposal.convention
    marked = marks(proposal.comparison.changes)
    before = _side(proposal.reading, made.before, text("before", lang), convention, marked[0])
    after = _side(proposal.written, made.after, text("after", lang), convention, marked[1])
    hottest = max(side.heat.highest for side in (before, after) if side.heat is not None)
    title = made.before.name or made.before.flow.id
    return {
        "svg_before": _alone(before, title, hottest, lang),
        "svg_after": _alone(after, title, hottest, lang),
        "svg_both": before_after(before, after, title=title, lang=lang),
    }


def _side(
    reading: Reading,
    procedure: Procedure,
    title: str,
    convention: Convention,
    marked: dict[str, str],
) -> Side:
    drawn = picked(reading, procedure.flow.id)
    drawing = drawing_of(reading, drawn) or lay_out(drawn)
    others = (each for each in reading.procedures if each is not drawn and shows(drawing, each))
    return Side(
        procedure=drawn,
        drawing=drawing,
        others=tuple(others),
        notation=reading.document.notation,
        title=title,
        heat=heat(drawn.flow, HeatKind.TIME, convention),
        marks=marked,
    )


def _alone(side: Side, title: str, hottest: Fraction | None, lang: str) -> str:
    """Return one side as a picture of its own; both sides share the heat scale."""
    picture = pane(
        side.procedure,
        side.drawing,
        others=side.others,
        title=title,
        heat=side.heat,
        marks=side.marks,
        notation=side.notation,
        highest=hottest,
        lang=lang,
    )
    return document(picture, title)


def save(made: dict[str, bytes], folder: str | os.PathLike[str]) -> dict[str, str]:
    """Write papers into *folder*, whole or not at all, each by its proper name.

    Args:
        made: What :func:`papers` returned, or a part of it.
        folder: Made where it is missing.

    Returns:
        The path of each paper by its name.

    Raises:
        CannotWrite: TF601 where the place cannot be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as where:
        ...     save({"markdown": b"# A"}, where)["markdown"].endswith("report.md")
        True

    Source: names of the papers of a group review.
    """
    paths = place(folder, {_ALL[name]: data for name, data in made.items()})
    return {name: str(path) for name, path in zip(made, paths, strict=True)}
