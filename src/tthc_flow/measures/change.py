"""One change between two procedures, as data; its sentence is words by code.

Source: domain rule of this project: a report has a Vietnamese sentence for every change.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class ChangeKind(StrEnum):
    """What happened to an element; ``MOVED`` to a lower level is phân cấp."""

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


@frozen(kw_only=True)
class Change:
    """One change: of which element, from what to what, and the code and values of its sentence.

    *element* is the id in "after", of something removed that in "before"; *name* is what staff
    know it by. *others* are the further elements of a merge ("before") or a split ("after"), or
    the gateways and events that came or went with their sub-process.
    *before* and *after* are as printed, ``None`` where there is nothing.
    """

    kind: ChangeKind
    code: str
    element: str | None
    name: str
    before: str | None = None
    after: str | None = None
    others: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
