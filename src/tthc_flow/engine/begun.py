"""Whether what begins a case by its own message or event is the one beginning of its process."""

from __future__ import annotations

from tthc_flow.graph.scopes import starts
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, Node
from tthc_flow.model.step import Step, TaskType


def wrongly_begun(flow: Flow) -> tuple[Node, ...]:
    """Return what is drawn to begin a case (``instantiate``), but not alone. Linear.

    A flow enters it, a sub-process holds it, or something else begins the process as well: each
    would begin a case of its own, and a case that is started here would begin with all or one.

    Example:
        >>> a, b = (Step(id=i, name=i, task=TaskType.RECEIVE, instantiates=True) for i in "ab")
        >>> [len(wrongly_begun(Flow(id="p", nodes=nodes))) for nodes in ((a,), (a, b))]
        [0, 2]

    Source: BPMN 2.0.2, 10.3.3 (receive task) and 10.6.6 (event-based gateway).
    """
    begun = tuple(node for node in flow.nodes if _instantiates(node))
    if not begun:
        return ()
    first = starts(flow, (node for node in flow.nodes if node.scope is None))
    alone = first[0] if len(first) == 1 else None
    return tuple(each for each in begun if each.id != alone)


def _instantiates(node: Node) -> bool:
    match node:
        case Gateway(kind=GatewayKind.EVENT_BASED):
            return node.instantiates
        case Step(task=TaskType.RECEIVE):
            return node.instantiates
        case _:
            return False
