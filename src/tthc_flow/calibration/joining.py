"""When an inclusive join may go on: no token is on its way to an arm of it that is still empty.

Source: BPMN 2.0.2, 13.4.3: the activation of the inclusive gateway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import Factory, define

if TYPE_CHECKING:
    from tthc_flow.calibration.marking import Marking
    from tthc_flow.calibration.net import Move, Net


@define
class Joining:
    """The joins of *net*, with the places from which each of their arms can be reached."""

    net: Net
    _behind: dict[tuple[str, str], frozenset[str]] = Factory(dict)

    def is_due(self, move: Move, marking: Marking) -> bool:
        """Return whether the join *move* has all the tokens that can come to it.

        A token that can reach an arm that is taken as well is not waited for.

        Example:
            >>> from tthc_flow.calibration.marking import Marking
            >>> from tthc_flow.calibration.net import Move, Net
            >>> move = Move(takes=("> a",), puts=("@j",), clears=frozenset({"> b"}), gathers=True)
            >>> step = Move(takes=("@b",), puts=("> b",))
            >>> net = Net(into={"> b": (step,)}, out_of={}, of={}, begin=(), begin_maybe=(),
            ...           optional={}, owner={}, inner_ends=frozenset())
            >>> joining = Joining(net)
            >>> [joining.is_due(move, Marking({"> a": 1, place: 1})) for place in ("@b", "> b")]
            [False, True]
        """
        arms = {*move.takes, *move.clears}
        taken = {arm for arm in arms if arm in marking.sure}
        join = move.puts[0]
        for place in marking.sure.keys() - arms:
            if any(place in self._before(arm, join) for arm in arms - taken) and not any(
                place in self._before(arm, join) for arm in taken
            ):
                return False
        return True

    def settle(self, move: Move, marking: Marking) -> None:
        """Take the maybes away that could still come to the join *move*, which has gone on."""
        arms = {*move.takes, *move.clears}
        for place in tuple(marking.maybe):
            if any(place in self._before(arm, move.puts[0]) for arm in arms):
                del marking.maybe[place]

    def _before(self, arm: str, join: str) -> frozenset[str]:
        """Return the places from which a token can come to *arm* without passing *join*."""
        if (arm, join) not in self._behind:
            found, queue = set[str](), [arm]
            while queue:
                for move in self.net.into.get(queue.pop(), ()):
                    new = [each for each in move.takes if each not in found and each != join]
                    found.update(new)
                    queue += new
            self._behind[arm, join] = frozenset(found)
        return self._behind[arm, join]
