"""Which ways lead on from each row: the documented branches, settled.

A way is drawn at one row and leads to another (or to an end). What a table leaves open is decided
here, by rule, and every decision comes back as a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.flow import Outcome
from tthc_flow.model.step import StepKind
from tthc_flow.tables.step_table import BranchKind, TableBranch
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.tables.notes import Notes
    from tthc_flow.tables.step_table import StepTable, TableRow

SIGNED_LATER: Final = frozenset(
    {StepKind.EXAMINE, StepKind.REEXAMINE, StepKind.DRAFT, StepKind.REVIEW, StepKind.CONSULT}
    | {StepKind.COUNCIL, StepKind.INSPECT, StepKind.OPINION}
)
"""Kinds of step whose refusal is a draft that somebody signs later."""

END: Final = "end"
"""The target of a branch that ends the procedure with its result."""

ASKS_TO_COMPLETE: Final = (
    "yêu cầu bổ sung", "hướng dẫn bổ sung", "đề nghị bổ sung", "hoàn thiện hồ sơ",
    "trả lại", "hoàn chỉnh",
)  # fmt: skip
NEEDS_MORE: Final = ("bổ sung", "chưa đầy đủ", "chưa hợp lệ")
REFUSES: Final = ("không đủ điều kiện", "từ chối", "không đồng ý", "không đạt")
NEGATIVE: Final = ("không đồng ý", "chưa đủ", "không đủ", "từ chối", "chưa đầy đủ")


@frozen(kw_only=True)
class Way:
    """A way from the decision after the row at index *at*; *target* is a row's index or an end."""

    at: int
    outcome: Outcome
    target: int | None
    text: str = ""


@frozen(kw_only=True)
class _Known:
    """The rows, the first index of each number, and the signature that ends each row's result.

    That is the last one at or after the row before a result is returned.
    """

    rows: tuple[TableRow, ...]
    numbers: Mapping[str, int]
    signatures: tuple[int | None, ...]


def ways_of(table: StepTable, notes: Notes) -> tuple[Way, ...]:
    r"""Return the settled ways of *table*, each once, in row order.

    A refusal of an examination is drawn after the last signature before the result, because it
    is a document that the same head signs (or after the row that it names as its target);
    everything else right after its row. A branch that goes on to ``end`` is done with the result
    in hand.

    Example:
        >>> from tthc_flow.tables.notes import Notes
        >>> from tthc_flow.tables.read import read_table
        >>> rows = "- content: Thẩm định\n  branches: [{kind: refuse}]\n- content: Ký duyệt\n"
        >>> table = read_table("steps:\n" + rows).table
        >>> [(way.at, way.outcome.value) for way in ways_of(table, Notes())]
        [(1, 'refuse')]
    """
    known = _known(table.rows)
    ways: list[Way] = []
    for index, row in enumerate(table.rows):
        for branch in row.branches:
            ways.extend(_ways(known, index, branch, notes))
    once = {(way.at, way.outcome, way.target): way for way in reversed(ways)}
    return tuple(sorted(once.values(), key=lambda way: way.at))


def _known(rows: tuple[TableRow, ...]) -> _Known:
    numbers: dict[str, int] = {}
    for index, row in enumerate(rows):
        numbers.setdefault(row.number, index)
    signatures: list[int | None] = []
    signature: int | None = None
    later: int | None = None
    for index in reversed(range(len(rows))):
        if StepKind.RETURN in rows[index].kinds:
            later = _either(signature, later)
            signature = None
        if signature is None and StepKind.SIGN in rows[index].kinds:
            signature = index
        signatures.append(_either(signature, later))
    return _Known(rows=rows, numbers=numbers, signatures=tuple(reversed(signatures)))


def _either(first: int | None, second: int | None) -> int | None:
    return second if first is None else first


def _ways(known: _Known, index: int, branch: TableBranch, notes: Notes) -> tuple[Way, ...]:
    row = known.rows[index]
    if branch.target is not None and branch.target not in known.numbers and branch.target != END:
        notes.warn("table-no-such-step", line=branch.line, step=row.number, target=branch.target)
    target = known.numbers.get(branch.target or "")
    match branch.kind:
        case BranchKind.PASS:
            return _pass(index, row, branch, target, notes)
        case BranchKind.SUPPLEMENT:
            return (_supplement(index, row, branch, target, notes),)
        case BranchKind.REFUSE:
            return (_refuse(known, index, branch, target, notes),)
        case BranchKind.WITHDRAW:
            return (Way(at=index, outcome=Outcome.WITHDRAW, target=None, text=branch.text),)
        case BranchKind.REWORK:
            return _rework(index, row, branch, target, notes)
        case BranchKind.REJECT_OR_RETURN:
            return _reject_or_return(known, index, branch, target, notes)
        case BranchKind.OTHER:
            notes.tell("table-remark-branch", line=branch.line, step=row.number, text=branch.text)
            return ()


def _pass(
    index: int, row: TableRow, branch: TableBranch, target: int | None, notes: Notes
) -> tuple[Way, ...]:
    if _says(branch.text, NEGATIVE):
        notes.warn("table-pass-reads-negative", line=branch.line, step=row.number, text=branch.text)
    if branch.target == END:
        return (Way(at=index, outcome=Outcome.GRANT, target=None, text=branch.text),)
    if target is None or target == index + 1:
        return ()
    if target <= index:
        notes.warn(
            "table-pass-backwards", line=branch.line, step=row.number, target=branch.target or ""
        )
        return ()
    return (Way(at=index, outcome=Outcome.OTHER, target=target, text=branch.text),)


def _supplement(
    index: int, row: TableRow, branch: TableBranch, target: int | None, notes: Notes
) -> Way:
    if target is None or target > index:
        notes.tell("table-supplement-target", line=branch.line, step=row.number)
        target = index
    return Way(at=index, outcome=Outcome.SUPPLEMENT, target=target, text=branch.text)


def _refuse(
    known: _Known, index: int, branch: TableBranch, target: int | None, notes: Notes
) -> Way:
    row, at = known.rows[index], index
    if target is not None and target >= index:
        at = target
    elif StepKind.SIGN not in row.kinds and SIGNED_LATER & set(row.kinds):
        signature = known.signatures[index]
        if signature is None:
            notes.warn("table-refusal-unsigned", line=branch.line, step=row.number)
        else:
            at, signer = signature, known.rows[signature].number
            notes.tell("table-refusal-moved", line=branch.line, step=row.number, target=signer)
    return Way(at=at, outcome=Outcome.REFUSE, target=None, text=branch.text)


def _rework(
    index: int, row: TableRow, branch: TableBranch, target: int | None, notes: Notes
) -> tuple[Way, ...]:
    if target is None or target > index:
        notes.warn("table-rework-target", line=branch.line, step=row.number, text=branch.text)
        return ()
    return (Way(at=index, outcome=Outcome.REWORK, target=target, text=branch.text),)


def _reject_or_return(
    known: _Known, index: int, branch: TableBranch, target: int | None, notes: Notes
) -> tuple[Way, ...]:
    row = known.rows[index]
    ways: tuple[Way, ...] = ()
    refuses = _says(branch.text, REFUSES)
    if target is not None or _says(branch.text, ASKS_TO_COMPLETE):
        ways, assumed = (_supplement(index, row, branch, target, notes),), "supplement"
    elif _says(branch.text, NEEDS_MORE) and refuses:
        first = _supplement(index, row, branch, target, notes)
        second = _refuse(known, index, branch, None, notes)
        ways, assumed = (first, second), "supplement, refuse"
    elif _says(branch.text, NEEDS_MORE):
        ways, assumed = (_supplement(index, row, branch, target, notes),), "supplement"
    elif refuses:
        ways, assumed = (_refuse(known, index, branch, None, notes),), "refuse"
    else:
        assumed = "pass"
    notes.warn(
        "table-reject-or-return",
        line=branch.line,
        step=row.number,
        text=branch.text,
        assumed=assumed,
    )
    return ways


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    said = f" {key(text)} "
    return any(f" {key(phrase)} " in said for phrase in phrases)
