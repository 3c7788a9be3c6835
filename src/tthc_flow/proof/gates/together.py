"""Answers about several procedures at once: they count for those, and for no other company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.folder import Folder
    from tthc_flow.model.procedure import Procedure


def answered_together(folder: Folder, keys: Iterable[str]) -> tuple[Procedure, ...]:
    """Return the members *keys* with what was answered of all of them together.

    An answer about more members than these counts as well; one about fewer says nothing of them
    all. Of answers that contradict each other the barring one counts, as everywhere.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.folder import Folder, Member, Together
        >>> from tthc_flow.model.law import Answer, Reply
        >>> from tthc_flow.model.procedure import Procedure
        >>> both = tuple(
        ...     Member(key=key, place=key, procedure=Procedure(flow=Flow(id=key))) for key in "ab"
        ... )
        >>> said = Together(answer=Answer(question="q", reply=Reply.NO), members=("a", "b"))
        >>> given = Folder(members=both, answers=(said,))
        >>> [len(each.answers) for each in answered_together(given, ("b", "a"))]
        [1, 1]

    Source: the gate questions of this project: an answer says nothing of what it is not about.
    """
    wanted = tuple(keys)
    said = tuple(each.answer for each in folder.answers if frozenset(wanted).issubset(each.members))
    members = {each.key: each.procedure for each in folder.members}
    return tuple(evolve(members[key], answers=(*said, *members[key].answers)) for key in wanted)
