"""Folders of small procedures, for the tests of the levers that look at several at once."""

from __future__ import annotations

from tthc_flow.model.folder import Folder, Member
from tthc_flow.model.lever import Candidate, FolderLever
from tthc_flow.model.procedure import Procedure


def folder(**members: Procedure) -> Folder:
    """Return the folder of *members* by their keys."""
    return Folder(
        members=tuple(
            Member(key=key, place=f"{key}.bpmn", procedure=each) for key, each in members.items()
        )
    )


def found(lever: FolderLever, given: Folder) -> tuple[Candidate, ...]:
    """Return what *lever* finds."""
    return tuple(lever.find(given))


def the_one(lever: FolderLever, given: Folder) -> Candidate:
    """Return the only candidate."""
    (candidate,) = found(lever, given)
    return candidate


def keys(given: Folder) -> list[str]:
    """Return the keys of the members."""
    return [each.key for each in given.members]
