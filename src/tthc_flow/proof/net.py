"""A net of plain node kinds, the form that soundness is decided on.

A place is an arrow: a token lies on it or not. Most nodes act by their kind alone. What BPMN does
over and above (a sub-process that is dropped, a message that is waited for) stands in rules of
nodes that are *held*.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from attrs import frozen


class Kind(IntEnum):
    """What a net node does with tokens."""

    EITHER = 0  # takes one token, gives one: exclusive and event-based gateways
    ALL = 1  # takes a token of every way in, gives one to every way out
    ANY_IN = 2  # inclusive join
    ANY_OUT = 3  # inclusive split
    SOURCE = 4
    SINK = 5
    STOP = 6  # takes one token and drops all others: terminate and error ends
    HELD = 7  # acts by its rules alone


SOURCE: Final = 0
SINK: Final = 1
EVERYWHERE: Final = 0
"""The region that all others lie in."""


@frozen(kw_only=True)
class Rule:
    """One way a held node fires: it takes the token of any way in and gives one to each of *give*.

    *quiet* is a region where nothing may go on; *clear* one that loses all its tokens, and *drop*
    more places that do. *reads* takes a message of a channel, *sends* puts one on each.
    """

    node: int
    give: tuple[int, ...] = ()
    quiet: int | None = None
    clear: int | None = None
    drop: tuple[int, ...] = ()
    reads: int | None = None
    sends: tuple[int, ...] = ()


class Net:
    """Nodes with their kind and the element they stand for; arrow 0 is the only one marked.

    *homes* tells the region of each arrow, *around* the region each region lies in. *ways* are
    paths that no arrow shows. *armed* places wait for something from outside and keep nobody from
    ending; *idle* ones may stay for ever; a token of an *irregular* one tells of an end by a throw;
    *extra* arrows are given besides the token that passes, and so lie on no path of it. *exits*
    are the regular ways out of open activities. Nodes that are *void* are never come to: their
    arrows are drawn, and nothing takes them. *channels* are the messages by the first message flow
    of each, *births* the channels that begin a process.
    """

    def __init__(self) -> None:
        """Start with a source and a sink."""
        self.kinds = [Kind.SOURCE, Kind.SINK]
        self.elements = ["", ""]
        self.arrows: list[tuple[int, int]] = []
        self.homes: list[int] = []
        self.around: list[int] = [EVERYWHERE]
        self.rules: list[Rule] = []
        self.ways: list[tuple[int, int]] = []
        self.armed: set[int] = set()
        self.idle: set[int] = set()
        self.irregular: set[int] = set()
        self.extra: set[int] = set()
        self.void: set[int] = set()
        self.exits: dict[int, str] = {}
        self.channels: tuple[str, ...] = ()
        self.births: frozenset[int] = frozenset()

    def node(self, kind: Kind, element: str) -> int:
        """Add a node and return its number."""
        self.kinds.append(kind)
        self.elements.append(element)
        return len(self.kinds) - 1

    def arrow(self, source: int, target: int, home: int = EVERYWHERE) -> int:
        """Add an arrow in the region *home* and return its number."""
        self.arrows.append((source, target))
        self.homes.append(home)
        return len(self.arrows) - 1

    def region(self, around: int) -> int:
        """Add a region inside another and return its number."""
        self.around.append(around)
        return len(self.around) - 1
