"""Propose for a folder: what becomes of its procedures together, and of each by itself.

In this order: what nobody uses is abolished; each other procedure is made lighter, with the people
who serve several counted over the whole folder as it is by then; what is left of procedures for the
same work becomes one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.errors import NotRunnable, TthcFlowError, UnsoundFlow
from tthc_flow.levers import abolish_unused, merge_procedures
from tthc_flow.measures.comparison import Comparison, comparison
from tthc_flow.measures.pools import PoolLoad, Pools
from tthc_flow.model.folder import Folder, Member
from tthc_flow.model.lever import Candidate, Precondition, Verdict
from tthc_flow.model.plan import Targets
from tthc_flow.proof.gates.capacity import QUESTION
from tthc_flow.proof.gates.together import answered_together
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.decide import folder_rulings, rulings_of
from tthc_flow.verbs.folder import OpenedFolder, opened_folder, unsound
from tthc_flow.verbs.folder_merging import MergedFile, merged_file
from tthc_flow.verbs.folder_replay import replayed_together
from tthc_flow.verbs.opening import chosen
from tthc_flow.verbs.propose import propose

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.replay import Replay
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Summary:
    """What :func:`propose` comes to for one member.

    *verdicts* are those of all candidates by their ids, *applied* the ids that the plan applies,
    *after* is the procedure with the plan applied, *compared* the member before and after; both
    are ``None`` where it is abolished. *refused* is why nothing could be proposed, where the
    drawing is not sound or cannot be run; *gone* is the id of the candidate about several
    procedures that takes the member out of the folder. *crowded* are the candidates for which it
    is open whether the people who serve several procedures can take the work.
    """

    member: Member
    verdicts: tuple[tuple[str, Verdict], ...] = ()
    applied: tuple[str, ...] = ()
    after: Procedure | None = None
    compared: Comparison | None = None
    refused: TthcFlowError | None = None
    gone: str | None = None
    crowded: tuple[str, ...] = ()

    @property
    def cut(self) -> Fraction | None:
        """Return the share of the norm time that goes; ``None`` where it is unknown."""
        return None if self.compared is None or self.refused else self.compared.time_cut


@frozen(kw_only=True)
class FolderProposal:
    """The folder before and *after*, the candidates about several, and what each comes to.

    *applied* are the candidates about several procedures that were carried out, *merged* the files
    that they made, *rejected* the ids of those that people rejected. *loads* are the people who
    serve procedures of the folder, before and after. *findings* are what is doubtful in the
    folder's answers, and rulings that could not be carried out.
    """

    folder: Folder
    after: Folder
    readings: tuple[Reading, ...]
    candidates: tuple[Candidate, ...]
    applied: tuple[Candidate, ...]
    merged: tuple[MergedFile, ...]
    rejected: tuple[str, ...]
    summaries: tuple[Summary, ...]
    loads: tuple[tuple[PoolLoad, ...], tuple[PoolLoad, ...]]
    findings: tuple[Finding, ...]


def propose_folder(
    folder: str | os.PathLike[str],
    *,
    targets: Targets = Targets(),  # noqa: B008 - a frozen value
    convention: Convention | str = DEFAULT_CONVENTION,
    years: int = abolish_unused.FEWEST,
    answers: str | os.PathLike[str] | bytes | None = None,
    decisions: str | os.PathLike[str] | None = None,
) -> FolderProposal:
    """Return what becomes of the procedures of *folder* together, and of each by itself.

    A candidate about several procedures is carried out where every precondition passes, nobody
    rejected it, and what comes of it is proven and runs; the files of the folder stay as they are.
    :func:`tthc_flow.verbs.folder_papers.folder_papers` writes the folder as it is after.

    Args:
        folder: A folder with BPMN files, its sub-folders included; answers and decisions are taken
            from the files beside each, those about several from ``folder.answers.yaml`` and
            ``folder.decisions.yaml``.
        targets: The cuts asked of each procedure.
        convention: The rule that turns printed units into working minutes.
        years: How many years in a row without a dossier make a procedure unused, two or more.
        answers: Another file of answers about several procedures.
        decisions: Another file of decisions about several procedures.

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
    convention, abolishing = chosen(convention), abolish_unused.asking_for(years)
    read = opened_folder(folder, answers)
    whole = read.folder
    unused, alike = tuple(abolishing.find(whole)), tuple(merge_procedures.LEVER.find(whole))
    rulings, doubts = folder_rulings(folder, decisions)
    abolished = _abolished(whole, unused, replayed_together(rulings, whole, unused))
    pools = Pools(whole, convention, unsound(whole))
    loads = pools.loads()
    summaries = tuple(_summaries(read, abolished, pools, targets))
    left = _left(whole, summaries)
    now = {each.id: each for each in (*alike, *merge_procedures.LEVER.find(left))}
    replay = replayed_together(rulings, whole, (*unused, *now.values()))
    merging = _merged(left, alike, replay.forbidden)
    return FolderProposal(
        folder=whole,
        after=_after(left, merging.files),
        readings=read.readings,
        candidates=(*unused, *merging.candidates),
        applied=(*abolished.values(), *(each.candidate for each in merging.files)),
        merged=merging.files,
        rejected=replay.forbidden,
        summaries=tuple(_with_fate(each, merging.files) for each in summaries),
        loads=(loads, pools.loads()),
        findings=(*read.findings, *doubts, *replay.findings),
    )


def _abolished(whole: Folder, unused: Sequence[Candidate], replay: Replay) -> dict[str, Candidate]:
    """Return by member what is abolished: what passes, is not rejected, and has the years asked."""
    terms, found = dict(replay.terms), dict[str, Candidate]()
    for each in unused:
        asked = evolve(each, terms=terms.get(each.id, each.terms))
        if each.verdict is not Verdict.PASS or each.id in replay.forbidden:
            continue
        left = {member.key for member in abolish_unused.LEVER.apply(whole, asked).members}
        found |= {key: asked for key in each.targets if key not in left}
    return found


def _summaries(
    read: OpenedFolder, abolished: Mapping[str, Candidate], pools: Pools, targets: Targets
) -> Iterator[Summary]:
    """Yield what is proposed for each member, given what was proposed for those before it."""
    for key in abolished:
        pools.now(key, None)
    for member, reading in zip(read.folder.members, read.readings, strict=True):
        if member.key in abolished:
            yield Summary(member=member, gone=abolished[member.key].id)
            continue
        found = _summary(member, _as_together(reading, member, pools), pools, targets)
        if found.after is not None:
            pools.now(member.key, found.after)
        yield found


def _as_together(reading: Reading, member: Member, pools: Pools) -> Reading:
    """Return *reading* with the people of *member* as they are busy all over the folder."""
    (answered,) = answered_together(pools.folder, (member.key,))
    given = evolve(answered, crews=pools.at(member.key))
    procedures = tuple(
        given if each.flow.id == given.flow.id else each for each in reading.procedures
    )
    document = evolve(reading.document, procedures=procedures)
    return evolve(reading, procedures=procedures, document=document)


def _summary(member: Member, reading: Reading, pools: Pools, targets: Targets) -> Summary:
    """Return what is proposed for *member* alone; one that cannot be proven stops no other."""
    procedure = member.procedure
    try:
        found = propose(
            reading,
            targets=targets,
            convention=pools.convention,
            process=procedure.flow.id,
            rulings=rulings_of(member.place),
        )
    except (UnsoundFlow, NotRunnable) as refused:
        same = comparison(procedure, procedure, pools.convention)
        return Summary(member=member, after=procedure, compared=same, refused=refused)
    offered = {each.candidate.id: each.candidate for each in found.plan.offers}
    opened = {each.id: each for each in found.plan.applied}
    return Summary(
        member=member,
        verdicts=tuple((id_, each.verdict) for id_, each in {**opened, **offered}.items()),
        applied=tuple(opened),
        after=evolve(found.plan.after, crews=procedure.crews, answers=procedure.answers),
        compared=found.comparison,
        crowded=tuple(each.id for each in offered.values() if _is_crowded(each)),
    )


def _is_crowded(candidate: Candidate) -> bool:
    return candidate.verdict is not Verdict.FAIL and any(
        each.question == QUESTION and each.verdict is Verdict.UNKNOWN
        for each in candidate.preconditions
    )


def _left(whole: Folder, summaries: Sequence[Summary]) -> Folder:
    """Return the members that are not abolished, each with its own plan applied."""
    members = tuple(
        evolve(each.member, procedure=each.after) for each in summaries if each.after is not None
    )
    return evolve(whole, members=members)


@frozen(kw_only=True)
class _Merging:
    """What became of the candidates to merge, and the files made."""

    candidates: tuple[Candidate, ...]
    files: tuple[MergedFile, ...]


def _merged(left: Folder, alike: Sequence[Candidate], forbidden: Sequence[str]) -> _Merging:
    """Merge what is left of procedures for the same work; say of the others what holds them."""
    now = {each.id: each for each in merge_procedures.LEVER.find(left)}
    shown = {each.id: _still(each, now.get(each.id)) for each in alike}
    rejected = [frozenset(each.targets) for each in (*alike, *now.values()) if each.id in forbidden]
    taken = {each.key for each in left.members}
    files: list[MergedFile] = []
    for each in now.values():
        shown.setdefault(each.id, each)
        # What was rejected for more of them is rejected for some of them.
        if each.verdict is not Verdict.PASS or any(map(frozenset(each.targets).issubset, rejected)):
            continue
        made = merged_file(left, each, taken)
        if isinstance(made, Precondition):
            shown[each.id] = _held(each, made)
        else:
            files.append(made)
            taken.add(made.key)
    return _Merging(candidates=tuple(shown.values()), files=tuple(files))


def _still(before: Candidate, now: Candidate | None) -> Candidate:
    """Return a candidate as it stands once every procedure has its own plan applied."""
    if now is not None:
        return before if before.verdict is now.verdict else now
    if before.verdict is not Verdict.PASS:
        return before
    return _held(before, Precondition(name="still-alike", verdict=Verdict.UNKNOWN))


def _held(candidate: Candidate, why: Precondition) -> Candidate:
    return evolve(candidate, preconditions=(*candidate.preconditions, why))


def _after(left: Folder, merged: Sequence[MergedFile]) -> Folder:
    """Return the folder with each merged file in the place of its sources."""
    gone = {key for each in merged for key in each.candidate.targets}
    made = (Member(key=each.key, place=each.key, procedure=each.whole.procedure) for each in merged)
    members = (*(each for each in left.members if each.key not in gone), *made)
    return evolve(left, members=tuple(sorted(members, key=lambda each: each.key)))


def _with_fate(summary: Summary, merged: Sequence[MergedFile]) -> Summary:
    """Return *summary* with what takes its member out of the folder."""
    for each in merged:
        if summary.member.key in each.candidate.targets:
            return evolve(summary, gone=each.candidate.id)
    return summary
