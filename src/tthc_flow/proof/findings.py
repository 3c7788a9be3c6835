"""What a net can be found to be: the properties that make it sound, and what breaks one."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Property(StrEnum):
    """What a sound flow has; the value names the violation."""

    SAFE = "unsafe"
    PROPER = "improper-completion"
    OPTION = "cannot-complete"
    ALIVE = "dead-element"
    READ = "unread-message"


@frozen(kw_only=True)
class Violation:
    """A broken property, the element where it shows, and the elements fired on the way there."""

    broken: Property
    element: str
    trace: tuple[str, ...] = ()


@frozen(kw_only=True)
class Exploration:
    """What was found, and whether the whole space was seen (a cap decides nothing).

    *regular* tells whether some case ends otherwise than by a throw that leaves the scope; *reason*
    why the space was not seen; *unleft* the open activities that are never left regularly.
    """

    violation: Violation | None
    complete: bool
    regular: bool = True
    reason: str = ""
    unleft: frozenset[str] = frozenset()
