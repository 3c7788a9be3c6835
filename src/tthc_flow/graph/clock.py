"""What lies outside the applicant's time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.remembered import remembered
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.flow import Flow, Node


@remembered
def scopes_outside_clock(flow: Flow) -> frozenset[str]:
    """Return the sub-processes whose content lies outside the applicant's time, nested ones too.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> late = SubProcess(id="hau_kiem", outside_clock=True)
        >>> inner = SubProcess(id="doan", scope="hau_kiem")
        >>> sorted(scopes_outside_clock(Flow(id="p", nodes=(late, inner))))
        ['doan', 'hau_kiem']

    Source: domain rule of this project: post-inspection comes after the result was given.
    """
    return outside_clock(flow.nodes)


def outside_clock(nodes: Iterable[Node]) -> frozenset[str]:
    """Return the same of some *nodes* alone.

    Example:
        >>> sorted(outside_clock([SubProcess(id="hau_kiem", outside_clock=True)]))
        ['hau_kiem']

    Source: as :func:`scopes_outside_clock`; linear.
    """
    inner: dict[str | None, list[str]] = {}
    todo: list[str] = []
    for node in nodes:
        if isinstance(node, SubProcess):
            inner.setdefault(node.scope, []).append(node.id)
            if node.outside_clock:
                todo.append(node.id)
    outside: set[str] = set()
    while todo:
        here = todo.pop()
        if here not in outside:
            outside.add(here)
            todo += inner.get(here, ())
    return frozenset(outside)
