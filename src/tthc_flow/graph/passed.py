"""What every case has been through before an element: also what a parallel join waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.chains import places
from tthc_flow.graph.supply import supply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class Passed:
    """Of some marked elements: those that every case passes before an element is reached.

    *marks* holds a bit for each marked element, a higher one for what comes later; *surely* those
    that every case has passed before an element, by its id.
    """

    marked: tuple[str, ...]
    marks: Mapping[str, int]
    surely: Mapping[str, int]

    def before(self, element: str) -> Iterator[str]:
        """Yield the marked elements that every case has passed before *element*, nearest first."""
        left = self.surely.get(element, 0)
        while left:
            last = left.bit_length() - 1
            yield self.marked[last]
            left -= 1 << last

    def nearest(self, element: str, among: int) -> str | None:
        """Return the nearest that every case has passed before *element*, of the bits *among*."""
        found = self.surely.get(element, 0) & among
        return self.marked[found.bit_length() - 1] if found else None

    def always(self, first: str, then: str) -> bool:
        """Return whether every case passes the marked element *first* before *then*."""
        return bool(self.surely.get(then, 0) & self.marks.get(first, 0))


def passed(flow: Flow, elements: Iterable[str]) -> Passed:
    """Return which of *elements* every case passes before each element of *flow*.

    More than dominators say: after a parallel join all of its arms have been passed.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abc"),
        ...     edges=tuple(SequenceFlow(id=a + b, source=a, target=b) for a, b in ("ab", "bc")),
        ... )
        >>> list(passed(flow, "abc").before("c"))
        ['b', 'a']

    Source: available definitions, see :func:`tthc_flow.graph.supply.supply`; one pass.
    """
    wanted = set(elements)
    marked = tuple(node for node in places(flow) if node in wanted)
    marks = {node: 1 << number for number, node in enumerate(marked)}
    return Passed(marked=marked, marks=marks, surely=supply(flow, marks).surely)
