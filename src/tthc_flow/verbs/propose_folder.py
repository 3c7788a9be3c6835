"""Propose for a folder: what to do with its procedures together, and with each by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import NotRunnable, TthcFlowError, UnsoundFlow
from tthc_flow.levers import OF_FOLDERS, abolish_unused
from tthc_flow.model.folder import Folder
from tthc_flow.model.lever import Candidate, Verdict
from tthc_flow.model.plan import Targets
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.decide import rulings_of
from tthc_flow.verbs.folder import members_of, readings
from tthc_flow.verbs.propose import propose

if TYPE_CHECKING:
    import os
    from fractions import Fraction

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.folder import Member
    from tthc_flow.model.lever import FolderLever
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Summary:
    """What :func:`propose` comes to for one member.

    *verdicts* are those of all candidates by their ids, *applied* the ids that the plan applies,
    *cut* the share of the norm time that goes (``None``: unknown). *refused* is why nothing could
    be proposed, where the drawing is not sound or cannot be run.
    """

    member: Member
    verdicts: tuple[tuple[str, Verdict], ...] = ()
    applied: tuple[str, ...] = ()
    cut: Fraction | None = None
    refused: TthcFlowError | None = None


@frozen(kw_only=True)
class FolderProposal:
    """The procedures, the candidates that are about several of them, and what each comes to."""

    folder: Folder
    candidates: tuple[Candidate, ...]
    summaries: tuple[Summary, ...]


def propose_folder(
    folder: str | os.PathLike[str],
    *,
    targets: Targets = Targets(),  # noqa: B008 - a frozen value
    convention: Convention | str = DEFAULT_CONVENTION,
    years: int = abolish_unused.FEWEST,
) -> FolderProposal:
    """Return what to do with the procedures of *folder* together, and with each by itself.

    No file is written, and no candidate about several procedures is applied: whether to abolish or
    to merge is for people to decide.

    Args:
        folder: A folder with BPMN files, its sub-folders included; answers and decisions are taken
            from the files beside each.
        targets: The cuts asked of each procedure.
        convention: The rule that turns printed units into working minutes.
        years: How many years in a row without a dossier make a procedure unused, two or more.

    Raises:
        UnreadableInput: TF233 where the folder holds no BPMN file; TF2xx where one of its files
            cannot be read.
        BadQuantity: TF114 for fewer than two *years*.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as where:
        ...     _ = Path(where, "a.bpmn").write_bytes(text)
        ...     found = propose_folder(where)
        >>> len(found.candidates), found.summaries[0].applied
        (0, ())

    Source: plan 949/KH-UBND III.1.1 and III.1.3(i).
    """
    moves = _moves(years)
    read = [
        (member, reading)
        for key, path, reading in readings(folder)
        for member in members_of(key, path, reading)
    ]
    read.sort(key=lambda each: each[0].key)
    whole = Folder(members=tuple(member for member, _ in read))
    return FolderProposal(
        folder=whole,
        candidates=tuple(candidate for move in moves for candidate in move.find(whole)),
        summaries=tuple(_summary(*each, targets, convention) for each in read),
    )


def _moves(years: int) -> tuple[FolderLever, ...]:
    asking = abolish_unused.asking_for(years)
    return tuple(asking if each.id == asking.id else each for each in OF_FOLDERS)


def _summary(
    member: Member, reading: Reading, targets: Targets, convention: Convention | str
) -> Summary:
    """Return what is proposed for *member* alone; one that cannot be proven stops no other."""
    try:
        found = propose(
            reading,
            targets=targets,
            convention=convention,
            process=member.procedure.flow.id,
            rulings=rulings_of(member.place),
        )
    except (UnsoundFlow, NotRunnable) as refused:
        return Summary(member=member, refused=refused)
    offered = {each.candidate.id: each.candidate for each in found.plan.offers}
    opened = {each.id: each for each in found.plan.applied}
    return Summary(
        member=member,
        verdicts=tuple((id_, each.verdict) for id_, each in {**opened, **offered}.items()),
        applied=tuple(opened),
        cut=found.comparison.time_cut,
    )
