"""How often a repeated activity is done each time a dossier comes to it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tthc_flow.model.flow import SubProcess
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.expected.known import Given
    from tthc_flow.model.flow import Node


def always(node: Node) -> int | None:
    """Return how often *node* is done whenever it is come to; ``None`` where that differs.

    Example:
        >>> from tthc_flow.model.step import Loop
        >>> always(Step(id="a", name="A", loop=Loop(multi_instance=True, times="3")))
        3
        >>> always(Step(id="a", name="A", loop=Loop(multi_instance=False, times="n"))) is None
        True

    Source: BPMN 2.0.2, 10.3.8 (loop characteristics).
    """
    loop = node.loop if isinstance(node, Step | SubProcess) else None
    if loop is None:
        return 1
    ended_early = loop.until or loop.foreign or loop.printed
    if loop.each or ended_early or loop.times is None or not loop.times.strip().isdecimal():
        return None
    return int(loop.times)


def rounds(node: Node, given: Given, as_one: Collection[str] = ()) -> Fraction | None:
    """Return how often *node* is done in the mean each time it is come to, ``None`` if unknown.

    Args:
        node: An element of a flow.
        given: What the user states, which goes before what the file says.
        as_one: The steps whose rounds count as one.

    Example:
        >>> from tthc_flow.expected.known import Given
        >>> rounds(Step(id="a", name="A"), Given(rounds={"a": 1.5}))
        Fraction(3, 2)
    """
    if node.id in as_one:
        return Fraction(1)
    if node.id in given.rounds:
        return given.rounds[node.id]
    known = always(node)
    return None if known is None else Fraction(known)
