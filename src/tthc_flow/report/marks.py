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

    Example:
        >>> from tthc_flow.measures.change import Change
        >>> gone = Change(kind=ChangeKind.REMOVED, code="x", element="a", name="A")
        >>> marks((gone,))
        ({'a': 'removed'}, {})
    """
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for change in changes:
        if change.element is None:
            continue
        mark = _MARKS.get(change.kind, "changed")
        if mark != "added":
            before.setdefault(change.element, mark)
        if mark != "removed":
            after.setdefault(change.element, mark)
    return before, after
