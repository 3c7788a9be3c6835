"""The branches that a step's text tells: "chưa đầy đủ thì …", "từ chối", "chuyển lại bước 2"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.tables.office.blocks import CAPITALS, flat
from tthc_flow.tables.office.step_numbers import step_number
from tthc_flow.tables.step_table import BranchKind
from tthc_flow.words.lexicon import hits, text

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS: Final = re.compile(rf"\n+|;\s*|\.\s+(?=[{CAPITALS}+\-•(])|\s[+•]\s+|\s-\s+(?=[{CAPITALS}])")
_IF: Final = re.compile(
    r",\s*(?=(?:còn\s+)?(?:nếu|trường hợp|trong trường hợp|ngược lại)\b)", re.IGNORECASE
)
_TARGET: Final = re.compile(
    r"(?:sang|về|lại|đến|tới|ở|tại|từ|thực hiện|chuyển|tiếp|theo)?\s*\bbước\s*(?:thứ\s+|số\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*[a-zđ]?|[IVX]+\.\d{1,2}|[A-ZĐ]\d{1,2})(?![\w/])",
    re.IGNORECASE,
)
_GOES: Final = re.compile(
    r"\b(?:chuyển|quay|trả|trở|sang|làm lại|thực hiện lại|tiếp tục)\b"
    r"(?:\s+(?:hồ sơ|lại|về|sang|đến|tới|trực tiếp|tiếp|thực hiện|từ|cho))*\s+bước\b",
    re.IGNORECASE,
)
_STATE: Final = re.compile(
    r"^(?:[-+•]\s*)?(?:hồ sơ|kết quả|dự thảo|nội dung)?\s*"
    r"(?:không|chưa|đã|đủ|đầy đủ|hợp lệ|đạt|đồng ý|từ chối)[^:.;]{0,80}(?::|\bthì\b)",
    re.IGNORECASE,
)
"""A condition without a word for it: "Không đạt: trả lại bước 2"."""

_BRACKETED: Final = re.compile(
    r"\(\s*(?P<said>(?:trong\s+)?(?:trường hợp|nếu)\b[^()]{12,})\)", re.IGNORECASE
)
_LED: Final = frozenset({"đối với trường hợp", "trong trường hợp", "đối với hồ sơ"})
"""Conditions that are one wherever they stand."""

_TELLING: Final = frozenset(
    {BranchKind.SUPPLEMENT, BranchKind.REFUSE, BranchKind.REWORK, BranchKind.REJECT_OR_RETURN}
)
"""What a remark in brackets may be: "(trường hợp từ chối phải nêu rõ lý do)"."""

_DEEDS: Final = frozenset({"refusing", "returning", "completing"})
"""What is only done in some case, wherever the condition stands."""

LONGEST: Final = 400
READ: Final = 20_000
MOST: Final = 20
"""Characters of a content that are looked through, and branches that one step may have."""


@frozen(kw_only=True)
class SaidBranch:
    """A branch as the text tells it: its kind, its words, and the number that it names."""

    kind: BranchKind
    text: str
    target: str | None = None


def branches_said(content: str) -> tuple[SaidBranch, ...]:
    """Return the branches that *content* tells, in its order.

    Only what stands under a condition, or names a step to go to, is a branch; whether the kind is
    right is for the reader to check.

    Example:
        >>> said = "Kiểm tra hồ sơ. Nếu chưa đầy đủ thì hướng dẫn bổ sung; từ chối thì nêu lý do."
        >>> [each.kind.value for each in branches_said(said)]
        ['supplement', 'refuse']
        >>> [(each.kind.value, each.target) for each in branches_said("Không đạt: trả lại bước 2")]
        [('rework', '2')]

    Source: branch words in 40 of 123 published tables.
    """
    content, found = content[:READ], list[SaidBranch]()
    bracketed = [match["said"] for match in _BRACKETED.finditer(content)]
    for piece in (*_conditions(_BRACKETED.sub(" ", content)), *bracketed):
        kind = _kind(piece)
        if kind is not None and (piece not in bracketed or kind in _TELLING):
            named = _TARGET.search(piece)
            target = step_number(named["number"]) if named else None
            found.append(SaidBranch(kind=kind, text=flat(piece)[:LONGEST], target=target))
    return tuple(found[:MOST])


def _conditions(content: str) -> Iterator[str]:
    """Yield the parts of *content* that stand under a condition of their own."""
    open_ = ""
    for piece in _pieces(content):
        if _is_condition(piece):
            if open_:
                yield open_
            open_ = piece
        elif open_.rstrip().endswith(":"):
            open_ = f"{open_} {piece}"
        else:
            if open_:
                yield open_
            open_ = ""
    if open_:
        yield open_


def _pieces(content: str) -> Iterator[str]:
    for sentence in _ENDS.split(content):
        for piece in _IF.split(sentence or ""):
            if piece.strip(" .,;-+•"):
                yield piece.strip(" .,;-+•")


def _is_condition(piece: str) -> bool:
    read = text(piece)
    found = hits("branches", read)
    for hit in found:
        gap = read.words[hit.first].gap
        led = hit.first <= 1 or set(gap) & set(",:;-–") or hit.words.casefold() in _LED
        told_first = found[0].first <= 1 and found[0]["says"] in _DEEDS  # "Từ chối nếu …"
        if hit["says"] == "condition" and (led or told_first) and "(" not in gap:
            return True
    return bool(_STATE.match(piece) or _GOES.search(piece))


def _kind(piece: str) -> BranchKind | None:
    """Return what happens in the case that *piece* tells; ``None`` where nothing parts ways."""
    said = {hit["says"] for hit in hits("branches", text(piece)) if hit["says"]}
    target = _TARGET.search(piece) is not None
    if "withdrawing" in said:
        return BranchKind.WITHDRAW
    lacks = bool(said & {"lacking", "unfit"})
    if "completing" in said and said & {"refusing", "unfit"}:
        return _refused_or_completed(piece)
    if "completing" in said and (lacks or "condition" in said or target):
        return BranchKind.SUPPLEMENT
    if "refusing" in said:
        return BranchKind.REWORK if "returning" in said and target else BranchKind.REFUSE
    if "returning" in said and (lacks or target):
        return BranchKind.REWORK if target else BranchKind.REJECT_OR_RETURN
    if lacks:
        return BranchKind.REWORK if target else BranchKind.REJECT_OR_RETURN
    if "fulfilled" in said or (target and "condition" not in said):
        return BranchKind.PASS
    if target:
        return BranchKind.PASS
    return BranchKind.OTHER if "condition" in said else None


def _refused_or_completed(piece: str) -> BranchKind:
    """Return what a case is that speaks of both; "không bổ sung … thì từ chối" refuses."""
    read = text(piece)
    words = [hit for hit in hits("branches", read) if hit["says"] not in {"", "condition"}]
    says = [hit["says"] for hit in words]
    if says[0] == "refusing" and says[-1] == "refusing":
        return BranchKind.REFUSE
    not_yet = words[0].words.casefold().startswith("chưa") or says[0] == "lacking"
    return BranchKind.SUPPLEMENT if not_yet else BranchKind.REJECT_OR_RETURN
