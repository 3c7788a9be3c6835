"""Repeated activities in the token game: how many rounds there are, and when they are enough.

Only what the random flows say is understood here: a number, the name of a number or of a list, and
a condition ``name = true`` or ``name = 2``. What is not understood is asked.

Source: BPMN 2.0.2, 13.3.6 (loop), 13.3.7 (multi-instance), and its counts of instances.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .rooms import Room

if TYPE_CHECKING:
    from tthc_flow.model.step import Loop

    from .board import Board

SIMPLE = re.compile(r"(\w+) = (true|[0-9]+)")
MOST = 1000
Facts = Mapping[str, object]


def truth(condition: str | None, facts: Facts) -> bool | None:
    """Return whether a simple *condition* holds, or ``None`` where nobody can say."""
    found = SIMPLE.fullmatch(condition or "")
    if found is None or found[1] not in facts:
        return None
    fact = facts[found[1]]
    if found[2] == "true":
        return fact if isinstance(fact, bool) else None
    known = isinstance(fact, int) and not isinstance(fact, bool)
    return fact == int(found[2]) if known else None


def number(said: str | None, facts: Facts) -> int | None:
    """Return the number that is *said*, in digits or as the name of a fact."""
    fact = int(said) if said is not None and said.isdecimal() else facts.get(str(said))
    known = isinstance(fact, int) and not isinstance(fact, bool)
    return fact if known and 0 <= fact <= MOST else None


def begin(board: Board, around: Room, node_id: str, loop: Loop) -> None:
    """Begin a repeated activity in the room *around*."""
    holder = Room(node_id, around, holds_rounds=True)
    around.rooms.append(holder)
    facts = board.seen_from(around)
    if not loop.multi_instance:
        holder.left, holder.begun = 0 if loop.test_before else 1, loop.test_before
    elif loop.each is not None:
        listed = facts.get(loop.each)
        fits = isinstance(listed, tuple | list) and len(listed) <= MOST
        holder.members = list(listed) if fits else []
        holder.left, holder.asking = len(holder.members), not fits
    else:
        times = number(loop.times, facts)
        holder.left, holder.asking = times or 0, times is None


def is_asked(loop: Loop) -> bool:
    """Return whether a person has to say if the rounds of *loop* are enough."""
    return loop.foreign is not None and loop.until is None


def answered(board: Board, holder: Room, times: int) -> None:
    """Note that whoever was asked wants *times* rounds more."""
    loop = board.flow.by_id[str(holder.node)].loop
    holder.asking = False
    if not (loop.multi_instance and is_asked(loop) and holder.over):
        holder.left, holder.begun = times, bool(times)
    elif times:
        holder.granted = times  # those that are left, or under way, go on
    else:
        holder.clear()
        holder.left = 0


def next_rounds(board: Board, holder: Room) -> None:
    """Begin the rounds that are left: all at once, or the first of them."""
    node = board.flow.by_id[str(holder.node)]
    if node.loop.multi_instance and node.loop.sequential and is_asked(node.loop):
        if not holder.granted:
            holder.asking = True
            return
        holder.granted -= 1
    now = holder.left if node.loop.multi_instance and not node.loop.sequential else 1
    holder.left -= now
    holder.begun = True
    for _ in range(now):
        inner = Room(holder.node, holder)
        if holder.members:
            inner.member = holder.members.pop(0)
        holder.rooms.append(inner)
        inner.piece = not any(each.scope == node.id for each in board.flow.nodes)
        if inner.piece:
            inner.working.append(node.id)
        else:
            board.born(inner)


def round_done(board: Board, holder: Room, ended: Room) -> None:
    """Count the round that *ended*; where its end is enough, take the others away."""
    loop = board.flow.by_id[str(holder.node)].loop
    holder.over += 1
    holder.asking = bool(loop.multi_instance and holder.rooms and is_asked(loop))
    facts = {
        **board.seen_from(ended),
        "loopCounter": holder.over,
        "numberOfCompletedInstances": holder.over,
        "numberOfActiveInstances": len(holder.rooms),
        "numberOfInstances": holder.over + len(holder.rooms) + holder.left,
    }
    if truth(loop.until, facts):
        holder.clear()
        holder.left, holder.enough = 0, True


def goes_on(board: Board, holder: Room) -> bool:
    """Return whether a loop without a round goes on, or asks; what was asked and is 0 ends it."""
    loop = board.flow.by_id[str(holder.node)].loop
    again, holder.begun = holder.begun, False
    if loop.multi_instance or holder.enough or not again:
        return False
    facts = board.seen_from(holder.parent)
    most = number(loop.times, facts)
    if most is not None and holder.over >= most:
        return False
    counted = {**facts, "loopCounter": holder.over, "numberOfCompletedInstances": holder.over}
    ends = truth(loop.until, counted)
    unclear = loop.times is not None and most is None
    if ends and not unclear:
        return False
    told = most is not None if loop.until is None else ends is not None
    if told and not unclear and not is_asked(loop):
        holder.left = 1
    else:
        holder.asking = True
    return True
