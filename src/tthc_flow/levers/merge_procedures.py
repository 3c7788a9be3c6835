"""Merge procedures for the same work (gộp thủ tục cùng một công việc).

Finds: procedures of one agency in one field, called alike, done by the same offices, of whose
    nodes at least 80 % do the same work on either side.
Matters: each has to be published, learnt and kept up to date on its own; people ask which of them
    is theirs, although the work is one.
Not when: different result documents are required, or it is not the same person, work and moment;
    and left alone where other pools have a process of their own, or no sound flow comes of it.
Source: 949/KH-UBND III.1.3(i).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve, frozen

from tthc_flow.graph.merged import Merged, merged
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.shared_nodes import shared
from tthc_flow.graph.united import CASE
from tthc_flow.graph.united_pools import talks_to_itself_only, told_by_node
from tthc_flow.measures.matching import match_nodes
from tthc_flow.model.flow import Event
from tthc_flow.model.folder import Folder
from tthc_flow.model.lever import Candidate, Evidence, FolderLever, Precondition, Verdict
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.together import answered_together
from tthc_flow.proof.gates.whole import asked_of_all
from tthc_flow.proof.soundness import soundness
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.folder import Member
    from tthc_flow.model.law import Instrument
    from tthc_flow.model.procedure import Procedure

NEAR: Final = 0.8
"""How much of either flow has to be the same work as in the other."""

Group: TypeAlias = "tuple[_Alike, ...]"


@frozen(kw_only=True)
class _Alike:
    """A member near-identical to the first of its group: which of its nodes is which there."""

    member: Member
    same: Mapping[str, str]
    cover: tuple[int, int, int]


def find(folder: Folder) -> Iterator[Candidate]:
    """Yield each group of near-identical procedures of one agency, in the folder's order."""
    for group in _groups(folder):
        keys = tuple(each.member.key for each in group)
        procedures = answered_together(folder, keys)
        yield Candidate(
            lever=LEVER.id,
            targets=keys,
            evidence=(
                Evidence(name="one-agency", value=procedures[0].agency or ""),
                Evidence(name="called-alike", value="; ".join(_cases(group))),
                *(_near(each) for each in group[1:]),
                *_differing_times(group),
            ),
            preconditions=(
                _same_offices(procedures),
                asked_of_all("same-person-work-moment", *procedures),
                asked_of_all("results-differ", *procedures),
            ),
            amends=_to_amend(procedures),
        )


def _near(each: _Alike) -> Evidence:
    """Return how many nodes are the same, of how many there and here."""
    same, first, other = each.cover
    return Evidence(
        name="near-identical", value=f"{each.member.key}: {same}/{first}, {same}/{other}"
    )


def _differing_times(group: Group) -> Iterator[Evidence]:
    """Yield the steps done once whose time is unknown after, for it differs by case."""
    first = group[0].member.procedure.flow
    differing: dict[str, str] = {}
    for each in group[1:]:
        for theirs, mine in each.same.items():
            step, other = first.by_id[mine], each.member.procedure.flow.by_id[theirs]
            if isinstance(step, Step) and isinstance(other, Step) and step.time != other.time:
                differing[mine] = step.name
    if differing:
        yield Evidence(name="times-differ-by-case", value="; ".join(differing.values()))


def _same_offices(procedures: Sequence[Procedure]) -> Precondition:
    """Return whether the same offices do the work: known of every step, else it is asked."""
    name = "same-offices"
    answered = asked_of_all(name, *procedures)
    offices = {
        who and (who.office or who.name)
        for each in procedures
        for who in (performer_of(each.flow, step) for step in each.flow.steps)
    }
    known = sorted(each for each in offices if each)
    if answered.verdict is not Verdict.UNKNOWN or len(known) < len(offices):
        return answered
    because = (("offices", ", ".join(known)),)
    return Precondition(name=name, verdict=Verdict.PASS, because=because)


def _to_amend(procedures: Sequence[Procedure]) -> tuple[Instrument, ...]:
    texts = (text for each in procedures for text in who_may_amend(each, *each.flow.steps))
    return tuple(dict.fromkeys(texts))


@remembered
def _groups(folder: Folder) -> tuple[Group, ...]:
    """Return the groups that can be one sound procedure: each member near the first of its group.

    Only what one agency does with the same offices is laid side by side, and each only with the
    first of every group so far.
    """
    rooms: dict[Hashable, list[list[_Alike]]] = {}
    for member in folder.members:
        place = _place(member.procedure)
        if place is None:
            continue
        groups = rooms.setdefault(place, [])
        for group in groups:
            near = _alike(group[0].member, member)
            if near is not None and _is_sound((*group, near)):
                group.append(near)
                break
        else:
            groups.append([_Alike(member=member, same={}, cover=(0, 0, 0))])
    order = {member.key: place for place, member in enumerate(folder.members)}
    found = [tuple(group) for groups in rooms.values() for group in groups if len(group) > 1]
    return tuple(sorted(found, key=lambda group: order[group[0].member.key]))


def _place(procedure: Procedure) -> Hashable | None:
    """Return what procedures must have in common to be laid side by side; ``None`` for no place."""
    flow = procedure.flow
    if not procedure.agency or not flow.steps or procedure.links:
        return None
    if not talks_to_itself_only(procedure):
        return None
    if any(CASE in (edge.condition or "") for edge in flow.edges):
        return None  # it is one of several already
    offices = frozenset(_office(flow, step) for step in flow.steps)
    where = key(procedure.agency), procedure.level, key(procedure.locality or "")
    return where, procedure.kind, key(procedure.field or ""), offices


def _office(flow: Flow, step: Step) -> str | None:
    who = performer_of(flow, step)
    return None if who is None else key(who.office or who.name)


def _alike(first: Member, other: Member) -> _Alike | None:
    """Return which nodes the two share, where that is nearly all of either."""
    one, two = first.procedure.flow, other.procedure.flow
    if not _called_alike(first.procedure, other.procedure):
        return None
    if min(len(one.nodes), len(two.nodes)) < NEAR * max(len(one.nodes), len(two.nodes)):
        return None
    pairs = {
        mine: theirs
        for mine, theirs in match_nodes(one, two).to_after.items()
        if _same_work(one, two, mine, theirs)
    }
    least = NEAR * max(len(one.nodes), len(two.nodes))
    if len(pairs) < least:
        return None
    said, heard = told_by_node(first.procedure), told_by_node(other.procedure)
    alike = {mine: theirs for mine, theirs in pairs.items() if said.get(mine) == heard.get(theirs)}
    same = {theirs: mine for mine, theirs in shared(one, two, alike).items()}
    if not any(isinstance(two.by_id[theirs], Step) for theirs in same):
        return None
    return _Alike(member=other, same=same, cover=(len(pairs), len(one.nodes), len(two.nodes)))


def _called_alike(first: Procedure, other: Procedure) -> bool:
    """Return whether the names have two thirds of the shorter one's words in common.

    The same work is called by the same words ("cấp …", "cấp lại …"); offices do many things by
    one and the same flow.
    """
    mine, theirs = _words(first.name), _words(other.name)
    return 3 * len(mine & theirs) >= 2 * min(len(mine), len(theirs))


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    return frozenset(key(name).split())


def _same_work(one: Flow, two: Flow, mine: str, theirs: str) -> bool:
    """Return whether two nodes that stand in the same place do the same: office, kinds or name."""
    step, other = one.by_id[mine], two.by_id[theirs]
    if not isinstance(step, Step) or not isinstance(other, Step):
        return True
    alike = bool(step.kinds) and set(step.kinds) == set(other.kinds)
    named = key(step.name) == key(other.name)
    return (alike or named) and _office(one, step) == _office(two, other)


def _is_sound(group: Group) -> bool:
    """Return whether the one flow is proven sound; the ends of all stay what they were."""
    whole = _merged(group).procedure
    ends = {each.outcome for each in whole.flow.nodes if isinstance(each, Event)}
    were = {
        node.outcome
        for each in group
        for node in each.member.procedure.flow.nodes
        if isinstance(node, Event)
    }
    return ends == were and soundness(whole.flow).verdict is Verdict.PASS


def _merged(group: Group) -> Merged:
    procedures = [each.member.procedure for each in group]
    return merged(procedures, _cases(group), [each.same for each in group])


def _cases(group: Group) -> tuple[str, ...]:
    """Return what to call each: its name, with its code or key where two have the same."""
    names = [_spoken(each.member.procedure) or each.member.key for each in group]
    told = [
        name
        if names.count(name) == 1
        else f"{name} ({each.member.procedure.code or each.member.key})"
        for name, each in zip(names, group, strict=True)
    ]
    return tuple(
        name if told.count(name) == 1 else f"{name} [{each.member.key}]"
        for name, each in zip(told, group, strict=True)
    )


def _spoken(procedure: Procedure) -> str:
    """Return the name as a text of a condition: on one line, without quotes."""
    return " ".join(procedure.name.translate(dict.fromkeys(map(ord, '"“”\\'))).split())


def one_of(folder: Folder, candidate: Candidate) -> Merged | None:
    """Return the one procedure of *candidate* and what became of each; ``None``: not found now.

    Example:
        >>> one_of(Folder(), Candidate(lever="merge_procedures", targets=("a", "b"))) is None
        True
    """
    for group in _groups(folder):
        if tuple(each.member.key for each in group) == candidate.targets:
            return _merged(group)
    return None


def apply(folder: Folder, candidate: Candidate) -> Folder:
    """Return *folder* with one procedure in the place of the first, and without the others."""
    whole = one_of(folder, candidate)
    if whole is None:
        return folder
    first, *others = candidate.targets
    members = (
        evolve(each, procedure=whole.procedure) if each.key == first else each
        for each in folder.members
        if each.key not in others
    )
    return evolve(folder, members=tuple(members))


LEVER = FolderLever(
    id="merge_procedures",
    title="Gộp thủ tục cùng một công việc",
    source="949/KH-UBND III.1.3(i)",
    find=find,
    apply=apply,
)
