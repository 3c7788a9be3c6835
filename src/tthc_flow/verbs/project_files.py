"""The files that a project gives away: the papers of its proposal, answers, rulings, all in one."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from tthc_flow.graph.remembered import remembered_with
from tthc_flow.tables.answers_out import answers_text
from tthc_flow.tables.rulings import rulings_text
from tthc_flow.verbs.opening import spoken
from tthc_flow.verbs.papers import NAMES, papers
from tthc_flow.verbs.project_outlook import outlook
from tthc_flow.verbs.project_zip import ENDING, zipped
from tthc_flow.words.messages import message, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.verbs.project import Project, State

EVERYTHING: Final = "everything.zip"
_OWN: Final = {"before": "before.bpmn", "answers": "answers.yaml", "rulings": "rulings.yaml"}


@frozen(kw_only=True)
class GivenAway:
    """A file to take home: its name, what kind of paper it is, and its bytes."""

    name: str
    kind: str
    data: bytes


def files_of(project: Project, lang: str = "vi") -> Mapping[str, GivenAway]:
    """Return every file that *project* gives away, by its name, the zip with all of them last.

    Where nothing can be proposed there are only the drawing, the answers and the rulings.

    Raises:
        UnreadableInput: TF2xx where its file cannot be read.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.verbs.project import new_project
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> given = files_of(new_project(read(text), "a.bpmn", text))
        >>> "report.html" in given, [*given][-1]
        (True, 'everything.zip')

    Source: names of the papers of a group review.
    """
    return _files(project.now, intern(spoken(lang)))


def of_files(files: Mapping[str, GivenAway], lang: str = "vi") -> list[dict[str, Any]]:
    """Return *files* as plain JSON: name, kind, what it is in words, how many bytes.

    Example:
        >>> of_files({"answers.yaml": GivenAway(name="answers.yaml", kind="answers", data=b"")})
        [{'name': 'answers.yaml', 'kind': 'answers', 'title': 'Câu trả lời cho các câu hỏi',
          'size': 0}]
    """
    return [
        {
            "name": each.name,
            "kind": each.kind,
            "title": _title(each, lang),
            "size": len(each.data),
        }
        for each in files.values()
    ]


def name_to_save(project: Project) -> str:
    """Return the name under which *project* is saved.

    Example:
        >>> from tthc_flow.verbs.project import Project, State
        >>> now = State(bpmn=b"", process="P")
        >>> name_to_save(Project(file="cap-phep.bpmn", original=b"", now=now))
        'cap-phep.tthc'
    """
    stem, dot, _ = project.file.rpartition(".")
    return (stem if dot and stem else project.file) + ENDING


@remembered_with
def _files(state: State, lang: str) -> Mapping[str, GivenAway]:
    found = outlook(state)
    made = {_OWN["before"]: GivenAway(name=_OWN["before"], kind="before", data=state.bpmn)}
    if found.proposal is not None:
        for kind, data in papers(found.proposal, lang).items():
            made[NAMES[kind]] = GivenAway(name=NAMES[kind], kind=kind, data=data)
    answers = answers_text(state.answers, lang).encode()
    rulings = rulings_text(state.rulings).encode()
    for kind, data in (("answers", answers), ("rulings", rulings)):
        made[_OWN[kind]] = GivenAway(name=_OWN[kind], kind=kind, data=data)
    whole = zipped({each.name: each.data for each in made.values()})
    made[EVERYTHING] = GivenAway(name=EVERYTHING, kind="everything", data=whole)
    return made


def _title(file: GivenAway, lang: str) -> str:
    code = f"studio-file-{file.kind}"
    return message(code, {}, lang).text if code in texts("studio") else file.name
