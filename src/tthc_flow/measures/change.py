"""One change between two procedures, as data; its sentence is words by code.

Source: domain rule of this project: a report has a Vietnamese sentence for every change.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class ChangeKind(StrEnum):
    """What happened; ``MOVED`` to a lower level is phân cấp, ``LAYOUT`` is the drawing alone."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RETIMED = "retimed"
    RECOSTED = "recosted"
    RENAMED = "renamed"
    RETYPED = "retyped"
    RESTATED = "restated"
    REROUTED = "rerouted"
    MERGED = "merged"
    SPLIT = "split"
    LAYOUT = "layout"


@frozen(kw_only=True)
class Change:
    """One change: of which elements, from what to what, and the code and values of its sentence.

    *was* are its ids in "before" and *now* those in "after", the one it is about first: none in
    "before" of what was added, none in "after" of what was removed, neither of what no element
    carries. A sub-process that comes or goes takes its gateways and events along. *name* is what
    staff know the element by. *before* and *after* are as printed, ``None`` where there is nothing.
    """

    kind: ChangeKind
    code: str
    name: str
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def element(self) -> str | None:
        """Return the id of the one element it is about: in "after", of what is gone in "before"."""
        if self.kind is ChangeKind.LAYOUT:
            return None
        return next(iter((*self.now, *self.was)), None)
