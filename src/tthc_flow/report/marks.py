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
        if change.kind is ChangeKind.LAYOUT:
            continue
        mark = _MARKS.get(change.kind, "changed")
        for marked, elements in ((before, change.was), (after, change.now)):
            for element in elements:
                marked.setdefault(element, mark)
    return before, after
