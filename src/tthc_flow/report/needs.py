"""Which text tells that a fact lacks: by its kind, of a start in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.expected.known import What

if TYPE_CHECKING:
    from tthc_flow.expected.known import Need
    from tthc_flow.model.procedure import Procedure


def need_code(need: Need, *procedures: Procedure) -> str:
    """Return the code of the text for *need*: a share is of an arrow, or of one of several starts.

    Args:
        need: What lacks.
        procedures: Of which it lacks.

    Example:
        >>> from tthc_flow.expected.known import Need, What
        >>> need_code(Need("f", What.SHARE))
        'expect-need-share'

    Source: BPMN 2.0.2, 10.5.2: each start event is an independent way to begin a process.
    """
    starts = any(need.element in each.flow.by_id for each in procedures)
    return f"expect-need-{'start' if need.what is What.SHARE and starts else need.what}"
