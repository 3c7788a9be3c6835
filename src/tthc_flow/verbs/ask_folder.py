"""Ask what a proposal for a folder needs to know of several procedures at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.fingerprint import procedure_fingerprint
from tthc_flow.levers import ALL, abolish_unused, merge_procedures
from tthc_flow.measures.load import elsewhere_of
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.plan.replay import now_of
from tthc_flow.proof.gates.capacity import QUESTION
from tthc_flow.proof.gates.questions import is_sourced, questions
from tthc_flow.tables.folder_answers import FolderSheet, KeptTogether
from tthc_flow.verbs.folder import opened_folder
from tthc_flow.verbs.folder_replay import seen_together
from tthc_flow.verbs.propose_folder import propose_folder

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from tthc_flow.model.actor import Role
    from tthc_flow.model.folder import Folder
    from tthc_flow.model.lever import Candidate
    from tthc_flow.verbs.propose_folder import FolderProposal


def ask_folder(
    folder: str | os.PathLike[str],
    answers: str | os.PathLike[str] | bytes | None = None,
    *,
    years: int = abolish_unused.FEWEST,
) -> FolderSheet:
    """Return a folder's answers file with every question about several procedures that is open.

    Answers that were given already stay; one about a procedure that changed stays beside the
    question, which is open again. Whether people who serve several procedures can take more work
    for one of them is asked here where only the others leave it open; people who were counted for
    one procedure are to be counted for all. Under whom to ask the questions stand together.

    Args:
        folder: A folder with BPMN files.
        answers: The answers so far; else ``folder.answers.yaml`` in the folder.
        years: How many years in a row without a dossier make a procedure unused.

    Returns:
        The file as a value; :func:`tthc_flow.tables.folder_answers.folder_answers_text` writes it.

    Raises:
        UnreadableInput: TF233 where the folder holds no BPMN file; TF2xx where one of the files
            cannot be read.
        BadQuantity: TF114 for fewer than two *years*.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as where:
        ...     _ = Path(where, "a.bpmn").write_bytes(text)
        ...     ask_folder(where).answers
        ()

    Source: docs/how-to/folders.md.
    """
    abolishing = abolish_unused.asking_for(years)
    read = opened_folder(folder, answers)
    marks = {each.key: procedure_fingerprint(each.procedure) for each in read.folder.members}
    kept = tuple(each for each in read.sheet.answers if _says_something(each.answer))
    known = {
        (each.answer.question, tuple(now_of(seen, marks) for seen in each.procedures))
        for each in kept
    }
    found = (*abolishing.find(read.folder), *merge_procedures.LEVER.find(read.folder))
    opens = dict.fromkeys(
        (question, each.targets) for each in found for question in _questions(each)
    )
    together = propose_folder(folder, years=years, answers=answers)
    opens |= dict.fromkeys((QUESTION, (key,)) for key in _crowded(together))
    rows = (*kept, *(_row(read.folder, *pair) for pair in opens if pair not in known))
    asked = {whom: at for at, whom in enumerate(dict.fromkeys(_whom(row) for row in rows))}
    return FolderSheet(
        answers=tuple(sorted(rows, key=lambda row: asked[_whom(row)])),
        crews=read.sheet.crews,
        uncounted=tuple(_uncounted(together)),
    )


def _says_something(answer: Answer) -> bool:
    return answer.reply is not Reply.UNKNOWN or is_sourced(answer)


def _questions(candidate: Candidate) -> Iterator[str]:
    """Yield the questions that *candidate* leaves open; none where it is barred."""
    if candidate.verdict is not Verdict.FAIL:
        for condition in candidate.preconditions:
            if condition.verdict is Verdict.UNKNOWN and condition.question is not None:
                yield condition.question


def _crowded(found: FolderProposal) -> Iterator[str]:
    """Yield the members in which only the other procedures of the people leave capacity open.

    What is open in a member by itself is asked beside its own file.
    """
    for each in found.summaries:
        alone = {
            candidate.id
            for lever in (ALL if each.crowded else ())
            for candidate in lever.find(each.member.procedure)
            if QUESTION in _questions(candidate)
        }
        if not alone.issuperset(each.crowded):
            yield each.member.key


def _row(folder: Folder, question: str, keys: tuple[str, ...]) -> KeptTogether:
    answer = Answer(question=question, reply=Reply.UNKNOWN)
    return KeptTogether(answer=answer, procedures=seen_together(folder, keys))


def _whom(row: KeptTogether) -> str:
    asked = questions().get(row.answer.question)
    return "" if asked is None else asked.ask


def _uncounted(found: FolderProposal) -> Iterator[tuple[str, Role]]:
    """Yield the people who serve several procedures and were not counted for all of them."""
    counted = {(crew.office, crew.role) for crew in found.folder.crews}
    for each in found.loads[0]:
        crew = each.load.crew
        if elsewhere_of(crew) and (crew.office, crew.role) not in counted:
            yield crew.office, crew.role
