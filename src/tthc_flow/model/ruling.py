"""What a person ruled on a candidate: kept beside the BPMN file, replayed on its next version."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Stand(StrEnum):
    """What was ruled: it goes in, it stays out, or it goes in with other terms."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


@frozen(kw_only=True)
class Seen:
    """An element as it was when the ruling was made: id, name, fingerprint of its facts."""

    id: str
    name: str
    fingerprint: str


@frozen(kw_only=True)
class Ruling:
    """A ruling on the candidate of *lever* at *targets*; a rejection says its *reason*.

    *terms* are those of an edit, by the names that the lever fixes; *seen* are the targets and
    anchors as they were.
    """

    lever: str
    targets: tuple[str, ...]
    stand: Stand
    reason: str = ""
    by: str | None = None
    on: str | None = None
    terms: tuple[tuple[str, str], ...] = ()
    seen: tuple[Seen, ...] = ()
