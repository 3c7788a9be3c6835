"""What a diagram shows besides the flow: data, stores, notes, groups, and what they belong to."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class ArtifactKind(StrEnum):
    """BPMN's things beside the flow; a reference is what is drawn of a data object or store."""

    DATA_OBJECT = "dataObject"
    DATA_REFERENCE = "dataObjectReference"
    DATA_STORE = "dataStoreReference"
    DATA_INPUT = "dataInput"
    DATA_OUTPUT = "dataOutput"
    NOTE = "textAnnotation"
    GROUP = "group"


@frozen(kw_only=True)
class Artifact:
    """One of them; *text* is its name, of a note what is written on it.

    *scope* is the sub-process it stands in; *shared* says that it stands in the collaboration,
    beside the pools. *refers* is the data object or store that a reference stands for, *state*
    the state it is in ("đã ký").
    """

    id: str
    kind: ArtifactKind
    text: str = ""
    scope: str | None = None
    shared: bool = False
    refers: str | None = None
    state: str | None = None
    collection: bool = False


class AssociationKind(StrEnum):
    """BPMN's dotted lines: a plain one, and data that goes into or comes out of an activity."""

    PLAIN = "association"
    INPUT = "dataInputAssociation"
    OUTPUT = "dataOutputAssociation"


class Direction(StrEnum):
    """Where a plain association has arrow heads."""

    NONE = "None"
    ONE = "One"
    BOTH = "Both"


@frozen(kw_only=True)
class Association:
    """A dotted line from *source* to *target*; one of its ends may be a flow or a pool.

    *scope* and *shared* say, for a plain one, where it stands, as for an artifact; data
    associations stand in their activity.
    """

    id: str
    source: str
    target: str
    kind: AssociationKind = AssociationKind.PLAIN
    direction: Direction = Direction.NONE
    scope: str | None = None
    shared: bool = False
