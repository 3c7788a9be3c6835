"""A procedure in the making as the same tree that YAML and CSV give."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from tthc_flow.tables import csv_text
from tthc_flow.tables.office.branch_words import branches_said
from tthc_flow.tables.office.drafts import LONGEST_TIME
from tthc_flow.tables.office.step_numbers import first_part
from tthc_flow.tables.step_table import BranchKind
from tthc_flow.tables.tree import Node
from tthc_flow.words.durations import NoLength, read_duration
from tthc_flow.words.syllables import ascii_key, key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.tables.notes import Notes
    from tthc_flow.tables.office.drafts import Draft, DraftStep
    from tthc_flow.units import TimeUnit

ID_WORDS: Final = 10
_SYSTEM: Final = re.compile(r"\s*hệ thống\b.*", re.IGNORECASE | re.DOTALL)
_ON_SYSTEM: Final = re.compile(
    r"\s*\((?:tự động|(?:tự động )?(?:thực hiện )?trên hệ thống)\)\s*\Z", re.IGNORECASE
)
"""A machine that does a step, and the remark that it does it in somebody's stead."""

_DOUBTFUL: Final = frozenset({NoLength.CONTRADICTION, NoLength.SEVERAL, NoLength.AMBIGUOUS_NUMBER})


def tree_of(draft: Draft) -> Node:
    """Return *draft* as a tree: head and steps; what was guessed is told to its notes."""
    draft.settle_total()
    _tell(draft)
    numbers = _numbers(draft)
    shared = _shared(draft)
    rows = tuple(
        _row(step, number, numbers, shared.get(step.time_cell, ""), draft)
        for step, number in zip(draft.steps, numbers, strict=True)
    )
    line = draft.line
    head = {
        "id": _id(draft),
        "name": draft.name,
        "tthc_code": draft.code,
        "field": draft.field,
        "province": draft.locality,
        "authority_level": draft.level.value if draft.level is not None else None,
        "agency": draft.agency,
        "kind": "tthc_noi_bo" if draft.internal else None,
    }
    fields = [(name, Node(line, text=text)) for name, text in head.items() if text]
    if draft.total:
        fields.append(("total_time", _length(draft.total, draft.total_unit, line)))
    if draft.document is not None:
        told = {"document": draft.document, "date": draft.date}
        source = tuple((name, Node(line, text=text)) for name, text in told.items() if text)
        fields.append(("source", Node(line, fields=source)))
    return Node(line, fields=(*fields, ("steps", Node(line, items=rows))))


def _tell(draft: Draft) -> None:
    where = draft.where(draft.line)
    if not draft.name:
        draft.notes.warn("office-name-missing", line=draft.line, where=where)
    elif draft.guessed:
        draft.notes.warn("office-name-guessed", line=draft.line, where=where, name=draft.name)


def _id(draft: Draft) -> str:
    if draft.code:
        return draft.code
    return "_".join(ascii_key(draft.name).split()[:ID_WORDS]) or "procedure"


def _numbers(draft: Draft) -> list[str]:
    """Return the number of each step; rows without one are counted, stages told apart."""
    steps = draft.steps
    if not any(step.number for step in steps):
        draft.notes.tell("office-numbers-counted", line=draft.line, where=draft.where(draft.line))
        return [str(at) for at in range(1, len(steps) + 1)]
    counted, last = [], 0
    for step in steps:
        number = step.number or str(last + 1)
        last = first_part(number) or last
        counted.append(number)
    twice = any(times > 1 for times in Counter(counted).values())
    if not twice or len({step.mark for step in steps if step.mark}) < 2:  # noqa: PLR2004
        return counted
    return [f"{s.mark}.{n}" if s.mark else n for s, n in zip(steps, counted, strict=True)]


def _shared(draft: Draft) -> dict[tuple[str, int, int] | None, str]:
    """Return the words of each time cell that several steps share, with the steps' numbers."""
    by_cell: dict[tuple[str, int, int], list[DraftStep]] = {}
    for step in draft.steps:
        if step.time_cell is not None and step.time:
            by_cell.setdefault(step.time_cell, []).append(step)
    shared: dict[tuple[str, int, int] | None, str] = {}
    for cell, steps in by_cell.items():
        if len(steps) > 1:
            numbers = ", ".join(step.number or "?" for step in steps)
            shared[cell] = f"gộp chung {steps[0].time} cho các bước {numbers}"
            draft.notes.warn(
                "office-time-shared", line=steps[0].line, where=draft.where(steps[0].line),
                time=steps[0].time, steps=numbers,
            )  # fmt: skip
    return shared


def _row(step: DraftStep, number: str, numbers: Sequence[str], shared: str, draft: Draft) -> Node:
    line = step.line
    names, texts = [name for name, _ in step.more], [text for _, text in step.more]
    more = csv_text.row(names, texts, line).fields or ()
    own = dict(more)
    texts_of = {
        "no": number,
        "content": step.content,
        "name": step.name[:200],
        "performer": _ON_SYSTEM.sub("", step.performer) or step.performer,
        "result": step.result,
        "stage": step.stage,
    }
    fields = [(name, Node(line, text=text)) for name, text in texts_of.items() if text]
    if by_system := _SYSTEM.match(step.performer) or _ON_SYSTEM.search(step.performer):
        said = by_system.group().strip(" ()")
        draft.notes.tell("office-automatic-by-words", line=line, step=number, text=said)
        fields.append(("automatic", Node(line, text="true")))
    time = _time(step, shared, draft)
    if time is not None and "time" not in own:
        fields.append(("time", time))
    if "branches" not in own:
        branches = _branches(step, number, numbers, draft.notes)
        fields += [("branches", Node(line, items=branches))] if branches else []
    if step.note:
        draft.notes.tell("office-remark", line=line, text=step.note[:200])
    return Node(line, fields=(*fields, *more))


def _time(step: DraftStep, shared: str, draft: Draft) -> Node | None:
    """Return the time of a step; a bare number has the unit of its column, if that names one."""
    where = draft.where(step.line)
    if shared:
        return Node(step.line, text=shared)
    if step.other_time:
        draft.notes.warn(
            "office-two-times", line=step.line, where=where, taken=step.time or "–",
            other=step.other_time,
        )  # fmt: skip
    if len(step.time) > LONGEST_TIME:
        draft.notes.warn(
            "office-time-doubtful", line=step.line, where=where, text=f"{step.time[:100]}…"
        )
    if not 0 < len(step.time) <= LONGEST_TIME:
        return None
    plain = read_duration(step.time)
    if plain.reason in _DOUBTFUL:
        draft.notes.warn("office-time-doubtful", line=step.line, where=where, text=step.time)
    return _length(step.time, step.unit, step.line)


def _length(printed: str, unit: TimeUnit | None, line: int) -> Node:
    """Return *printed* as it stands; a bare number gets the *unit* of its column."""
    if unit is None or read_duration(printed).reason is not NoLength.NO_UNIT:
        return Node(line, text=printed)
    by_column = read_duration(printed, unit=unit).duration
    if by_column is None:
        return Node(line, text=printed)
    said = {"value": str(by_column.amount), "unit": by_column.unit.value, "text": printed}
    if by_column.at_least is not None:
        said["at_least"] = str(by_column.at_least)
    return Node(line, fields=tuple((name, Node(line, text=told)) for name, told in said.items()))


def _branches(
    step: DraftStep, number: str, numbers: Sequence[str], notes: Notes
) -> tuple[Node, ...]:
    """Return the branches that the texts of a step tell, with a finding for each kind read."""
    made = []
    line = step.line
    for said in branches_said("\n".join(filter(None, (step.content, step.note)))):
        kind, target = said.kind, said.target
        if target is not None and target not in numbers:
            target = _written_otherwise(target, number, numbers)
        if kind is BranchKind.PASS and target in {None, number}:
            target = None
        if kind is BranchKind.PASS and target is not None and _is_before(target, number, numbers):
            kind = BranchKind.REWORK
        told = {"kind": kind.value, "text": said.text, "target": target or said.target}
        told = told if kind is not BranchKind.PASS or target else {**told, "target": None}
        made.append(
            Node(line, fields=tuple((name, Node(line, text=t)) for name, t in told.items() if t))
        )
        if kind is not BranchKind.OTHER:
            notes.tell(
                "office-branch-by-words", line=line, step=number, kind=kind.value,
                text=said.text[:160],
            )  # fmt: skip
    return tuple(made)


def _written_otherwise(target: str, number: str, numbers: Sequence[str]) -> str | None:
    """Return the number of the table that *target* means: in its own stage, or the only one."""
    own = f"{number.partition('.')[0]}.{target}"
    if own in numbers:
        return own
    meant = [each for each in numbers if re.fullmatch(rf"[A-ZIVX]+\.?{re.escape(target)}", each)]
    meant = meant or [each for each in numbers if key(each) == key(target)]
    return meant[0] if len(meant) == 1 else None


def _is_before(target: str, number: str, numbers: Sequence[str]) -> bool:
    return target in numbers and number in numbers and numbers.index(target) < numbers.index(number)
