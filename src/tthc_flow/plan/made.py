"""What a lever makes of a procedure: made once where a search asks for it again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.remembered import remembered_with

if TYPE_CHECKING:
    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.procedure import Procedure


@remembered_with
def made(lever: Lever, before: Procedure, candidate: Candidate) -> Procedure:
    """Return *before* with *candidate* of *lever* applied.

    Asked again it is the same value, so that all that is known of it (its size, its laws) is too.

    Raises:
        TthcFlowError: Where the lever refuses.

    Example:
        >>> from tthc_flow.levers import ALL
        >>> from tthc_flow.model.lever import Candidate
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> lever = next(each for each in ALL if each.id == "drop_relay")
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> made(lever, one, Candidate(lever="drop_relay", targets=("a",))).flow.nodes
        ()

    Source: a lever is a pure function of frozen values; see :mod:`tthc_flow.graph.remembered`.
    """
    return lever.apply(before, candidate)
