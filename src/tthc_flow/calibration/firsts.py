"""Which event may come next, seen from a place of a net."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.calibration.net import done

if TYPE_CHECKING:
    from tthc_flow.calibration.net import Net

END: Final = ""
"""The label of a way by which a case ends without another event."""


def firsts(net: Net, place: str, unlogged: frozenset[str]) -> frozenset[str]:
    """Return what may be the next event of a token at *place*; ``END`` where none has to come.

    Example:
        >>> from tthc_flow.calibration.net import net_of
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> sorted(firsts(net_of(flow), "@a", frozenset()))
        ['a']

    Source: reachability over unseen moves; linear.
    """
    found, queue, seen = set[str](), [place], {place}
    while queue:
        here = queue.pop()
        if here == done(None):
            found.add(END)
        for move in net.out_of.get(here, ()):
            if move.label is not None:
                found.add(move.label)
            if move.wanted and move.label not in unlogged:
                continue
            new = [each for each in move.puts if each not in seen]
            seen.update(new)
            queue += new
    return frozenset(found)
