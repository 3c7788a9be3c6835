"""Which elements the pictures mark, and how: before shows what goes, after what came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.measures.change import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.measures.change import Change

_MARKS: Final = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.MOVED: "moved",
}


def marks(changes: Iterable[Change]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the mark of each changed element, for the before and for the after picture.

    What only stands elsewhere has none: it is the same.

    Example:
        >>> from tthc_flow.measures.change import Change
        >>> gone = Change(kind=ChangeKind.REMOVED, code="x", name="A", was=("a",))
        >>> marks((gone,))
        ({'a': 'removed'}, {})
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for change in changes:
        mark = mark_of(change)
        for marked, elements in ((before, change.was), (after, change.now)):
            marked.update({each: mark for each in elements if mark and each not in marked})
    return before, after


def mark_of(change: Change) -> str:
    """Return the mark of *change*; none for what stands elsewhere or is not in the pictures.

    Example:
        >>> from tthc_flow.measures.change import Change
        >>> mark_of(Change(kind=ChangeKind.ADDED, code="x", name="A", now=("a",)))
        'added'
    """
    shown = change.element is not None
    return _MARKS.get(change.kind, "changed") if shown else ""
