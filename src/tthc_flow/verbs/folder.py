"""Gather the procedures of a folder: every drawing in it, under its path there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.folder import Folder, Member
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.opening import picked
from tthc_flow.verbs.resolve import SUFFIXES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from tthc_flow.bpmn.read import Reading


def gathered(folder: str | os.PathLike[str]) -> Folder:
    """Return the procedures of every BPMN file under *folder*, sub-folders included.

    A key is the path of the file inside the folder; of a file with several processes, each one
    with steps is a member, and the largest has the path alone as its key. Answers are taken from
    the file beside each drawing.

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
    members = [
        member
        for key, path, reading in readings(folder)
        for member in members_of(key, path, reading)
    ]
    return Folder(members=tuple(sorted(members, key=lambda each: each.key)))


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
