"""Every difference of two procedures, each with a sentence that staff can read.

Source: match by id, then by name, type, lane and neighbours, so that renumbered ids survive; a
move to a lower level of government is phân cấp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.drawing_changes import Drawings, drawing_changes
from tthc_flow.measures.matching import Matching, match_nodes
from tthc_flow.measures.node_changes import node_changes
from tthc_flow.measures.procedure_changes import procedure_changes
from tthc_flow.measures.regrouped import Group, merged
from tthc_flow.measures.step_changes import sides, step_changes
from tthc_flow.measures.way_changes import way_changes
from tthc_flow.measures.wording import node_words, performer_words, step_time_words
from tthc_flow.model.flow import Flow, Node, SubProcess
from tthc_flow.model.step import Step
from tthc_flow.words.messages import message
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure


def differences(
    before: Procedure, after: Procedure, drawings: Drawings = ((), ())
) -> tuple[Change, ...]:
    """Return what changed from *before* to *after*, in the order of the flow.

    First steps merged and split, then removed, then every change of what stayed, then added,
    then the ways between, then limit, dossier and cost sheet, and at last what is only drawn
    otherwise. Equal procedures have none. Linear in nodes and flows for flows drawn by people.

    Args:
        before: The procedure as it was.
        after: The procedure as it is proposed; ids may be numbered anew.
        drawings: The diagrams of both; without them the drawing is not looked at.

    Example:
        >>> from attrs import evolve
        >>> from tthc_flow.model.procedure import Procedure
        >>> step = Step(id="a", name="Thẩm tra hồ sơ")
        >>> one = Procedure(flow=Flow(id="p", nodes=(step,)))
        >>> for change in differences(one, evolve(one, flow=Flow(id="p"))):
        ...     print(change.kind.value, sentence(change))
        removed Bỏ bước “Thẩm tra hồ sơ” (người thực hiện chưa rõ, chưa rõ thời gian).

    Source: see the module.
    """
    if before == after and drawings[0] == drawings[1]:
        return ()
    old, new = before.flow, after.flow
    matching = match_nodes(old, new)
    merges = merged(old, new, matching.to_after)
    splits = merged(new, old, matching.to_before)
    found = (
        *(_grouped(new, group, ChangeKind.MERGED) for group in merges),
        *(_grouped(old, group, ChangeKind.SPLIT) for group in splits),
        *_removed(old, matching, merges, splits),
        *_kept(old, new, matching, merges, splits),
        *_added(new, matching, merges, splits),
        *_lanes(old, new),
        *way_changes(old, new, matching),
        *procedure_changes(before, after),
    )
    return (*found, *drawing_changes((before, after), matching, drawings, found))


def sentence(change: Change, lang: str = "vi") -> str:
    """Return *change* as a sentence for staff; facts stay in the words of the procedure.

    Example:
        >>> sentence(Change(kind=ChangeKind.RENAMED, code="change-renamed", name="Ký",
        ...     values=(("before", "Ký duyệt"), ("after", "Ký"))))
        'Đổi tên bước “Ký duyệt” thành “Ký”.'

    Source: texts in ``words/messages/change.csv``.
    """
    return message(change.code, {"number": "", **dict(change.values)}, lang).text


def _facts(flow: Flow, step: Step) -> tuple[tuple[str, str], ...]:
    return (
        ("number", f"{step.number} " if step.number else ""),
        ("name", step.name or step.id),
        ("performer", performer_words(performer_of(flow, step))),
        ("time", step_time_words(step.time)),
    )


def _grouped(flow: Flow, group: Group, kind: ChangeKind) -> Change:
    """Return one merge or split; of a split, *flow* is the side before."""
    names = ", ".join(f"“{step.name}”" for step in group.many)
    one, many = (group.one.id,), tuple(step.id for step in group.many)
    merge = kind is ChangeKind.MERGED
    return Change(
        kind=kind,
        code=f"change-{kind.value}",
        name=group.one.name,
        was=many if merge else one,
        now=one if merge else many,
        before=names if merge else group.one.name,
        after=group.one.name if merge else names,
        values=(*_facts(flow, group.one), ("names", names), ("count", str(len(group.many)))),
    )


def _removed(
    old: Flow, matching: Matching, merges: tuple[Group, ...], splits: tuple[Group, ...]
) -> Iterator[Change]:
    told = {step.id for group in merges for step in group.many} | {each.one.id for each in splits}
    gone = [node for node in old.nodes if node.id not in matching.to_after]
    yield from _alone(old, [node for node in gone if node.id not in told], ChangeKind.REMOVED)


def _added(
    new: Flow, matching: Matching, merges: tuple[Group, ...], splits: tuple[Group, ...]
) -> Iterator[Change]:
    told = {step.id for group in splits for step in group.many} | {each.one.id for each in merges}
    come = [node for node in new.nodes if node.id not in matching.to_before]
    yield from _alone(new, [node for node in come if node.id not in told], ChangeKind.ADDED)


def _alone(flow: Flow, nodes: list[Node], kind: ChangeKind) -> Iterator[Change]:
    """Yield each node by itself; a sub-process takes its gateways and events along."""
    content: dict[str, list[str]] = {node.id: [] for node in nodes if isinstance(node, SubProcess)}
    for node in nodes:
        if node.scope in content and not isinstance(node, Step | SubProcess):
            content[node.scope].append(node.id)
    inside = {each for group in content.values() for each in group}
    for node in nodes:
        if node.id in inside:
            continue
        is_step = isinstance(node, Step)
        label = node.name if is_step else node_words(flow, node)
        values = _facts(flow, node) if isinstance(node, Step) else (("name", label),)
        whole = (node.id, *content.get(node.id, ()))
        gone = kind is ChangeKind.REMOVED
        yield Change(
            kind=kind,
            code=f"change-{kind.value}-{'step' if is_step else 'node'}",
            name=node.name,
            was=whole if gone else (),
            now=() if gone else whole,
            before=label if gone else None,
            after=None if gone else label,
            values=values,
        )


def _kept(
    old: Flow, new: Flow, matching: Matching, merges: tuple[Group, ...], splits: tuple[Group, ...]
) -> Iterator[Change]:
    """Yield what changed about nodes that both sides have; of a merge only who is new to it."""
    regrouped = {group.one.id for group in merges}
    regrouped |= {step.id for group in splits for step in group.many}
    doers = {group.one.id: {_who(old, step) for step in group.many} for group in merges}
    was, now = sides(old), sides(new)
    for node in new.nodes:
        earlier = old.by_id.get(matching.to_before.get(node.id, ""))
        if earlier is None:
            continue
        if not isinstance(node, Step) or not isinstance(earlier, Step):
            yield from node_changes(old, new, matching, (earlier, node))
            continue
        for change in step_changes(was(earlier), now(node)):
            newcomer = _who(new, node) not in doers.get(node.id, ())
            if node.id not in regrouped or (change.kind is ChangeKind.MOVED and newcomer):
                yield change


def _who(flow: Flow, step: Step) -> object:
    performer = performer_of(flow, step)
    return None if performer is None else (identity(performer), performer.levels)


def _at_work(flow: Flow) -> frozenset[tuple[str, str]]:
    performers = (performer_of(flow, step) for step in flow.steps)
    return frozenset(identity(performer) for performer in performers if performer is not None)


def _lanes(old: Flow, new: Flow) -> Iterator[Change]:
    """Yield who no longer takes part, and who is new: lanes by their names.

    A lane alone says nothing where its performer does a step of the other side all the same.
    """
    busy = {ChangeKind.REMOVED: _at_work(new), ChangeKind.ADDED: _at_work(old)}
    was = {key(lane.name): lane for lane in old.lanes if lane.name}
    now = {key(lane.name): lane for lane in new.lanes if lane.name}
    for kind, here, there in ((ChangeKind.REMOVED, was, now), (ChangeKind.ADDED, now, was)):
        for mark, lane in here.items():
            who = lane.performer
            if mark not in there and (who is None or identity(who) not in busy[kind]):
                gone = kind is ChangeKind.REMOVED
                yield Change(
                    kind=kind,
                    code=f"change-{kind.value}-lane",
                    name=lane.name,
                    was=(lane.id,) if gone else (),
                    now=() if gone else (lane.id,),
                    before=lane.name if gone else None,
                    after=None if gone else lane.name,
                    values=(("name", lane.name),),
                )
