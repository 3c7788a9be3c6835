"""Several procedures looked at together: those of an agency, a field, a province."""

from __future__ import annotations

from attrs import frozen

from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Member:
    """One procedure of a folder: its key there (unique), the file it came from, what it is."""

    key: str
    place: str
    procedure: Procedure


@frozen(kw_only=True)
class Folder:
    """Procedures in the order of their keys."""

    members: tuple[Member, ...] = ()
