"""What the cells of the workbook say in words, in both languages, and what those words mean.

Labels come from ``words/messages/sheet.csv``. On the way back both languages are understood, and
the labels of the YAML form too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from tthc_flow.model.actor import Level, Role
from tthc_flow.model.law import LegalRank, Reply
from tthc_flow.model.procedure import CostItem, ProcedureKind
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Severity, StepKind
from tthc_flow.tables.labels import CITIZEN, UNKNOWN
from tthc_flow.tables.step_table import BranchKind
from tthc_flow.tables.whole_table import INTERNAL
from tthc_flow.units import TimeUnit
from tthc_flow.words.messages import LANGUAGES, message, texts
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tthc_flow.tables.step_table import TableBranch

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "role": (*Role, UNKNOWN),
    "level": (*Level, CITIZEN, UNKNOWN),
    "kind": (*StepKind, UNKNOWN),
    "unit": tuple(TimeUnit),
    "evidence": tuple(EvidenceKind),
    "truth": ("true", "false"),
    "branch": tuple(BranchKind),
    "procedure": (*ProcedureKind, INTERNAL),
    "rank": tuple(LegalRank),
    "severity": tuple(Severity),
    "reply": tuple(Reply),
    "item": tuple(CostItem),
}
"""The values that the cells of a family may name."""

NONE: Final = "none"
END: Final = "end"
_BULLET: Final = "• "
_ITEMS: Final = re.compile(r"(?:^|\n)•[ \t]*")
_TARGET: Final = re.compile(r"\s*→\s*([^→]*)$")
_NO_TARGET: Final = "–"


def said(code: str, lang: str, **values: object) -> str:
    """Return the words of *code* of the workbook, with *values* in their places.

    Example:
        >>> said("role-officer", "vi"), said("word-unknown", "en")
        ('chuyên viên', 'unknown')
    """
    told = {name: str(value) for name, value in values.items()}
    return message(f"sheet-{code}", told, lang).text


def label(family: str, value: str, lang: str) -> str:
    """Return the words of one value of a family."""
    return said("word-unknown" if value == UNKNOWN else f"{family}-{value}", lang)


@cache
def _meanings(family: str) -> Mapping[str, str]:
    found = {}
    for value in FAMILIES[family]:
        for words in (str(value), *(label(family, value, lang) for lang in LANGUAGES)):
            found[key(words)] = str(value)
    return found


def meant(family: str, words: str) -> str:
    """Return the value of a family that *words* name; other words as they are.

    Example:
        >>> meant("unit", "Ngày làm việc"), meant("unit", "tuần")
        ('working_day', 'tuần')
    """
    return _meanings(family).get(key(words), words)


def is_word(name: str, words: str) -> bool:
    """Return whether *words* are the word *name* ("unknown", "none") in one of the languages."""
    return key(words) in {key(said(f"word-{name}", lang)) for lang in LANGUAGES}


def header(path: str, lang: str) -> str:
    """Return the header of the column at *path*.

    Example:
        >>> header("content", "vi"), header("harm.amount.evidence", "en")
        ('Nội dung công việc', 'Harm – amount – evidence')
    """
    if f"sheet-head-{path}" in texts("sheet"):
        return said(f"head-{path}", lang)
    parts = " – ".join(said(f"part-{part}", lang) for part in path.split(".") if part != "value")
    return parts[:1].upper() + parts[1:]


def choices(family: str, values: Sequence[str], lang: str) -> str:
    """Return several values of a family in one cell."""
    return "; ".join(label(family, value, lang) for value in values)


def chosen(family: str, text: str) -> list[str]:
    """Return the values that a cell names, parted by semicolons, bars or line breaks."""
    return [meant(family, each) for each in re.split(r"\s*[;|\n]\s*", text.strip()) if each]


def bulleted(items: Iterable[str]) -> str:
    r"""Return *items* in one cell, a bullet each; one plain item stands alone.

    Example:
        >>> bulleted(["Đơn"]), bulleted(["Đơn", "Bản vẽ"])
        ('Đơn', '• Đơn\n• Bản vẽ')
    """
    listed = list(items)
    if len(listed) == 1 and not re.search(r"[\n|•]", listed[0]) and not is_word(NONE, listed[0]):
        return listed[0]
    return "\n".join(f"{_BULLET}{each}" for each in listed)


def unbulleted(text: str) -> list[str]:
    """Return the items of a cell: by its bullets, or a line each where it has none."""
    if not text.lstrip().startswith("•"):
        return [each.strip() for each in re.split(r"[\n|]", text) if each.strip()]
    return [each.strip() for each in _ITEMS.split(text.strip())[1:]]


def branch_words(branches: Iterable[TableBranch], lang: str) -> str:
    """Return the branches of a row: what each is called, its text, and where it leads.

    Example:
        >>> from tthc_flow.tables.step_table import TableBranch
        >>> branch_words([TableBranch(kind=BranchKind.REWORK, text="sai", target="2")], "vi")
        '• làm lại: sai → bước 2'
    """
    return "\n".join(f"{_BULLET}{_branch(each, lang)}" for each in branches)


def _branch(branch: TableBranch, lang: str) -> str:
    words = f"{label('branch', branch.kind, lang)}: {branch.text}"
    if branch.target == END:
        return f"{words} → {said('word-end', lang)}"
    if branch.target is not None:
        return f"{words} → {said('word-step', lang)} {branch.target}"
    return f"{words} → {_NO_TARGET}" if _TARGET.search(branch.text) else words


def branch_parts(words: str) -> dict[str, str]:
    """Return kind, text and target of one branch in words; without a known kind, the text alone.

    Example:
        >>> branch_parts("bổ sung: hồ sơ thiếu → bước 1")
        {'kind': 'supplement', 'text': 'hồ sơ thiếu', 'target': '1'}
        >>> branch_parts("Nếu hồ sơ đủ: làm tiếp")
        {'text': 'Nếu hồ sơ đủ: làm tiếp'}
    """
    parts: dict[str, str] = {}
    kind, colon, rest = words.partition(":")
    if colon and meant("branch", kind) in FAMILIES["branch"]:
        parts["kind"], words = meant("branch", kind), rest
    arrow = _TARGET.search(words)
    parts["text"] = words[: arrow.start()].strip() if arrow else words.strip()
    if arrow and arrow[1].strip() != _NO_TARGET:
        parts["target"] = _target(arrow[1].strip())
    return parts


def _target(words: str) -> str:
    if is_word(END, words):
        return END
    for lang in LANGUAGES:
        step = said("word-step", lang)
        if words.casefold().startswith(f"{step} "):
            return words[len(step) :].strip()
    return words
