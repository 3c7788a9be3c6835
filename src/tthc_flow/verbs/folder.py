"""Gather the procedures of a folder: every drawing in it, and what was said of them together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.graph.fingerprint import procedure_fingerprint
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.folder import Folder, Member, Together
from tthc_flow.model.lever import Verdict
from tthc_flow.plan.replay import now_of
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.folder_answers import FolderSheet, read_folder_answers
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.opening import picked
from tthc_flow.verbs.resolve import SUFFIXES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.tables.folder_answers import KeptTogether

ANSWERS: Final = "folder.answers.yaml"
"""The file in a folder that holds what was answered of several of its procedures."""


def gathered(folder: str | os.PathLike[str]) -> Folder:
    """Return the procedures of every BPMN file under *folder*, sub-folders included.

    A key is the path of the file inside the folder; of a file with several processes, each one
    with steps is a member, and the largest has the path alone as its key. Answers are taken from
    the file beside each drawing, those about several from ``folder.answers.yaml``.

    Args:
        folder: A folder with BPMN files.

    Raises:
        UnreadableInput: TF233 where it is no folder or holds no BPMN file; TF2xx where one of its
            files cannot be read, with the file named.

    Example:
        >>> import tempfile
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as where:
        ...     _ = Path(where, "a.bpmn").write_bytes(text)
        ...     [each.key for each in gathered(where).members]
        ['a.bpmn']

    Source: plan 949/KH-UBND III.1.1: an inventory of procedures comes first.
    """
    return opened_folder(folder).folder


@frozen(kw_only=True)
class OpenedFolder:
    """A folder that was read: its procedures, the file of each, its own answers, the doubts."""

    folder: Folder
    readings: tuple[Reading, ...]
    sheet: FolderSheet
    findings: tuple[Finding, ...]


def opened_folder(
    folder: str | os.PathLike[str], answers: str | os.PathLike[str] | bytes | None = None
) -> OpenedFolder:
    """Return the procedures of *folder* with their files, and what was answered of them together.

    Args:
        folder: A folder with BPMN files.
        answers: The answers about several of them; else ``folder.answers.yaml`` in the folder,
            where there is one.

    Raises:
        UnreadableInput: as :func:`gathered`; TF22x where the answers cannot be read.
    """
    read = [
        (member, reading)
        for key, path, reading in readings(folder)
        for member in members_of(key, path, reading)
    ]
    read.sort(key=lambda each: each[0].key)
    members = tuple(member for member, _ in read)
    sheet, doubts = folder_sheet(folder, answers)
    said = tuple(_standing(sheet, members))
    return OpenedFolder(
        folder=Folder(
            members=members,
            answers=tuple(each for each in said if isinstance(each, Together)),
            crews=sheet.crews,
        ),
        readings=tuple(reading for _, reading in read),
        sheet=sheet,
        findings=(*doubts, *(each for each in said if isinstance(each, Finding))),
    )


def folder_sheet(
    folder: str | os.PathLike[str], answers: str | os.PathLike[str] | bytes | None = None
) -> tuple[FolderSheet, tuple[Finding, ...]]:
    """Return the answers about several procedures of *folder*, and what is doubtful in the file.

    Raises:
        UnreadableInput: TF22x where the file cannot be read.

    Example:
        >>> folder_sheet("no-such-folder")[0].answers
        ()
    """
    beside = Path(folder, ANSWERS)
    if answers is None and not beside.is_file():
        return FolderSheet(), ()
    sheet, found = read_folder_answers(beside if answers is None else answers)
    return sheet, tuple(evolve(each, line=None, name=f"{ANSWERS}:{each.line}") for each in found)


def unsound(folder: Folder) -> frozenset[str]:
    """Return the members whose flow is not proven sound: nobody can say what is done there.

    Example:
        >>> unsound(Folder())
        frozenset()
    """
    return frozenset(
        each.key
        for each in folder.members
        if soundness(each.procedure.flow).verdict is not Verdict.PASS
    )


def _standing(sheet: FolderSheet, members: tuple[Member, ...]) -> Iterator[Together | Finding]:
    """Yield each answer about procedures that are still what they were; else why it is none."""
    marks = {each.key: procedure_fingerprint(each.procedure) for each in members}
    for kept in sheet.answers:
        place = {"question": kept.answer.question}
        if kept.answer.question not in questions():
            yield _doubt("ask-question-unknown", kept, **place)
            continue
        keys = []
        for seen in kept.procedures:
            key = now_of(seen, marks)
            if key is None:
                lost = "stale" if seen.id in marks else "lost"
                yield _doubt(f"ask-procedure-{lost}", kept, **place, procedure=seen.name or seen.id)
            else:
                keys.append(key)
        if len(keys) == len(kept.procedures):
            yield Together(answer=kept.answer, members=tuple(keys))


def _doubt(code: str, kept: KeptTogether, **values: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        name=f"{ANSWERS}:{kept.line}",
        values=tuple(values.items()),
    )


def readings(folder: str | os.PathLike[str]) -> Iterator[tuple[str, Path, Reading]]:
    """Yield every BPMN file under *folder* with its answers: its path there, its place, the file.

    Raises:
        UnreadableInput: as :func:`gathered`.
    """
    for key, path in drawings_under(folder).items():
        yield key, path, answered(path)


def drawings_under(folder: str | os.PathLike[str]) -> dict[str, Path]:
    """Return the BPMN files under *folder*, sub-folders included, by their paths in it.

    Raises:
        UnreadableInput: TF233 where it is no folder or holds no BPMN file.
    """
    root = Path(folder)
    inside = {
        each.relative_to(root).as_posix(): each
        for each in sorted(root.rglob("*"))
        if each.name.endswith(SUFFIXES) and each.is_file()
    }
    if not inside:
        raise UnreadableInput(
            "TF233",
            "the folder holds no BPMN file",
            place=str(folder),
            hint=f"name a folder with files that end in {', '.join(SUFFIXES)}",
            choices=SUFFIXES,
        )
    return inside


def members_of(key: str, path: Path, reading: Reading) -> Iterator[Member]:
    """Yield the largest process of a file under *key*, then its others that have steps.

    Raises:
        UnreadableInput: TF231 where the file has no process.
    """
    largest = picked(reading)
    yield Member(key=key, place=str(path), procedure=largest)
    for each in reading.procedures:
        if each is not largest and each.flow.steps:
            yield Member(key=f"{key}#{each.flow.id}", place=str(path), procedure=each)
