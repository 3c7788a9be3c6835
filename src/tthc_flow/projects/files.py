"""The files that a project gives away: the papers of its proposal, answers, rulings, all in one."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from tthc_flow.graph.remembered import remembered_with
from tthc_flow.projects.outlook import outlook
from tthc_flow.projects.saved import ENDING, zipped
from tthc_flow.report.word.decision import decidable
from tthc_flow.report.word.reviewed import Reviewed
from tthc_flow.report.word.words import LANG
from tthc_flow.tables.answers_out import answers_text
from tthc_flow.tables.rulings import rulings_text
from tthc_flow.verbs.opening import spoken
from tthc_flow.verbs.papers import NAMES, papers, proposal_record
from tthc_flow.words.messages import message, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.projects.project import Project, State
    from tthc_flow.verbs.propose import Proposal

EVERYTHING: Final = "everything.zip"
_WHOLE: Final = "everything"
_OWN: Final = {"before": "before.bpmn", "answers": "answers.yaml", "rulings": "rulings.yaml"}
_GROUPS: Final = {
    "papers": ("word_plan", "word_results", "word_workflow", "word_decision", "excel"),
    "reading": ("report", "svg_both", "svg_before", "svg_after", "markdown"),
    "programs": ("bpmn", "before", "record", "answers", "rulings", _WHOLE),
}
"""What is listed together, in its order: what an office hands in, reads, and keeps for programs."""

_ORDER: Final = tuple(kind for kinds in _GROUPS.values() for kind in kinds)


@frozen(kw_only=True)
class GivenAway:
    """A file to take home: its name, what kind of paper it is, and its bytes."""

    name: str
    kind: str
    data: bytes


def files_of(project: Project, lang: str = "vi") -> list[dict[str, Any]]:
    """Return what *project* gives away, as plain JSON: name, kind, what it is in words.

    Nothing is made for it. What an office hands in comes first, then what is read and drawn, then
    what programs read, the zip with all of them last. Where nothing can be proposed there are
    only the drawing, the answers and the rulings.

    Raises:
        UnreadableInput: TF2xx where its file cannot be read.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.projects.project import new_project
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> given = files_of(new_project(read(text), "a.bpmn", text))
        >>> given[0]
        {'name': 'phuong-an-don-gian-hoa.docx', 'kind': 'word_plan', 'group': 'papers',
         'title': 'Phương án đơn giản hóa (Word)'}

    Source: names of the papers of a group review.
    """
    lang = spoken(lang)
    return [
        {"name": name, "kind": kind, "group": _group(kind), "title": _title(kind, name, lang)}
        for kind, name in _names(project.now).items()
    ]


def file_of(project: Project, name: str, lang: str = "vi") -> GivenAway | None:
    """Return one file that *project* gives away, made now; ``None`` where none is called *name*.

    What is made from the proposal is made together, once for a state and a language.

    Raises:
        UnreadableInput: TF2xx where its file cannot be read.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.projects.project import new_project
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> project = new_project(read(text), "a.bpmn", text)
        >>> file_of(project, "before.bpmn").data == project.now.bpmn, file_of(project, "b")
        (True, None)

    Source: names of the papers of a group review.
    """
    state, lang = project.now, intern(spoken(lang))
    known = {file: kind for kind, file in _names(state).items()}
    kind = known.get(name)
    if kind is None:
        return None
    if kind == _WHOLE:
        made = {each: _data(state, known[each], lang) for each in known if known[each] != _WHOLE}
        return GivenAway(name=name, kind=kind, data=zipped(made))
    return GivenAway(name=name, kind=kind, data=_data(state, kind, lang))


def name_to_save(project: Project) -> str:
    """Return the name under which *project* is saved.

    Example:
        >>> from tthc_flow.projects.project import Project, State
        >>> now = State(bpmn=b"", process="P")
        >>> name_to_save(Project(file="cap-phep.bpmn", original=b"", now=now))
        'cap-phep.tthc'
    """
    stem, dot, _ = project.file.rpartition(".")
    return (stem if dot and stem else project.file) + ENDING


def _names(state: State) -> dict[str, str]:
    """Return the names of the files by their kind, in the order in which they are listed."""
    found = outlook(state)
    made = {} if found.proposal is None else _of_proposal(found.proposal)
    given = {**made, **_OWN}
    order = {kind: place for place, kind in enumerate(_ORDER)}
    kinds = sorted(given, key=lambda kind: order.get(kind, len(order)))
    return {**{kind: given[kind] for kind in kinds}, _WHOLE: EVERYTHING}


def _of_proposal(proposal: Proposal) -> dict[str, str]:
    """Return the names of the papers that there are of *proposal*; none is made."""
    names = dict(NAMES)
    if not proposal.plan.applied:
        names.pop("word_workflow", None)
    if not proposal.plan.applied or not decidable(
        [Reviewed(record=proposal_record(proposal, LANG))]
    ):
        names.pop("word_decision", None)
    return names


def _data(state: State, kind: str, lang: str) -> bytes:
    if kind == "before":
        return state.bpmn
    if kind == "answers":
        return answers_text(state.answers, lang).encode()
    if kind == "rulings":
        return rulings_text(state.rulings).encode()
    return _papers(state, lang)[kind]


@remembered_with
def _papers(state: State, lang: str) -> Mapping[str, bytes]:
    proposal = outlook(state).proposal
    return {} if proposal is None else papers(proposal, lang)


def _group(kind: str) -> str:
    return next((name for name, kinds in _GROUPS.items() if kind in kinds), "programs")


def _title(kind: str, name: str, lang: str) -> str:
    code = f"studio-file-{kind}"
    return message(code, {}, lang).text if code in texts("studio") else name
