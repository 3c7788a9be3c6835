"""Finding what somebody means by a name or an id, and what comes closest where there is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, Flow, SequenceFlow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.dossiers.kept import UserTask
    from tthc_flow.model.flow import Node

MOST_LISTED: Final = 12
_LIKE_ENOUGH: Final = 0.6


def plain(name: str) -> str:
    """Return *name* composed, with single blanks, in small letters: how names are compared.

    Example:
        >>> plain("Thẩm  định HỒ SƠ")
        'thẩm định hồ sơ'
    """
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def is_called(task: UserTask, name: str) -> bool:
    """Return whether *name* is the name of *task* or the id of its node; nothing is no name."""
    return task.node == name or bool(plain(name) and plain(task.name) == plain(name))


def nodes_named(flow: Flow, name: str) -> tuple[str, ...]:
    """Return the nodes of *flow* with that id, else of that name, else events that bear it.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> nodes_named(Flow(id="p", nodes=(Step(id="a", name="Ký  duyệt"),)), "ký duyệt")
        ('a',)
    """
    if name in flow.by_id:
        return (name,)
    wanted = plain(name)
    if not wanted:
        return ()
    named = tuple(node.id for node in flow.nodes if plain(node.name) == wanted)
    return named or tuple(
        node.id
        for node in flow.nodes
        if isinstance(node, Event) and node.reference and plain(node.reference) == wanted
    )


def known_nodes(flows: Iterable[Flow], name: str) -> frozenset[str]:
    """Return the nodes of *flows* that *name* means.

    Raises:
        NotRunnable: TF423 where none of them has such a node: what cannot be there cannot be
            asked for either.
    """
    flows = tuple(flows)
    found = frozenset(node for flow in flows for node in nodes_named(flow, name))
    if not found:
        nodes = (node for flow in flows for node in flow.nodes)
        hint = closest(name, (each for node in nodes for each in (node.name, node.id)))
        fact = f"the procedure has nothing that is called {name!r}"
        raise NotRunnable("TF423", fact, place=flows[0].id, hint=hint)
    return found


def ways_named(flow: Flow, node: str, way: str) -> str:
    """Return the sequence flow out of *node* that *way* means.

    *way* is its id, its name, what taking it means (``refuse``), or where it leads.

    Raises:
        NotRunnable: TF423 where none is meant, TF422 where several are; both list them.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> nodes = (Step(id="g", name="Đủ?"), Step(id="a", name="Ký"))
        >>> yes = SequenceFlow(id="f", source="g", target="a", name="Đủ")
        >>> ways_named(Flow(id="p", nodes=nodes, edges=(yes,)), "g", "đủ")
        'f'
    """
    edges, wanted = flow.outgoing[node], plain(way)
    options = ", ".join(way_words(flow, edge) for edge in edges)
    for named_by in _BY:
        found = [edge.id for edge in edges if wanted and named_by(flow, edge, way, wanted)]
        if len(found) > 1:
            fact = f"{len(found)} ways out are meant by {way!r}"
            raise NotRunnable("TF422", fact, place=node, hint=f"give the id of one: {options}")
        if found:
            return found[0]
    raise NotRunnable("TF423", f"no way out is {way!r}", place=node, hint=f"choose from {options}")


_BY: Final[tuple[Callable[[Flow, SequenceFlow, str, str], bool], ...]] = (
    lambda _flow, edge, way, _wanted: edge.id == way,
    lambda _flow, edge, _way, wanted: plain(edge.name) == wanted,
    lambda _flow, edge, _way, wanted: edge.outcome is not None and edge.outcome.value == wanted,
    lambda _flow, edge, way, _wanted: edge.target == way,
    lambda flow, edge, _way, wanted: plain(flow.by_id[edge.target].name) == wanted,
)
"""By what a way may be meant, the first that fits: how it is named, what it means, its target."""


def node_words(node: Node) -> str:
    """Return *node* by its name and id: ``'Ký duyệt' (sign)``; one without a name by its id."""
    name = " ".join(node.name.split())
    return f"{name!r} ({node.id})" if name else node.id


def way_words(flow: Flow, edge: SequenceFlow) -> str:
    """Return *edge* by its name, id and where it leads."""
    name = f"{' '.join(edge.name.split())!r} " if edge.name.strip() else ""
    return f"{name}({edge.id}) to {node_words(flow.by_id[edge.target])}"


def closest(name: str, known: Iterable[str]) -> str:
    """Return which of *known* somebody may have meant by *name*, as a hint.

    Example:
        >>> closest("Tham dinh", ("Thẩm định", "Ký duyệt", "Trả kết quả"))
        "did you mean 'Thẩm định'?"
        >>> closest("x", ("Ký", "Trả"))
        "there is 'Ký', 'Trả'"
    """
    by_plain = {_bare(each): " ".join(each.split()) for each in known if each.strip()}
    like = get_close_matches(_bare(name), by_plain, n=3, cutoff=_LIKE_ENOUGH)
    if like:
        return f"did you mean {' or '.join(repr(by_plain[each]) for each in like)}?"
    listed = [repr(each) for each in by_plain.values()]
    more = f" and {len(listed) - MOST_LISTED} more" if len(listed) > MOST_LISTED else ""
    return f"there is {', '.join(listed[:MOST_LISTED]) or 'nothing'}{more}"


def _bare(name: str) -> str:
    """Return *name* without the signs above and below its letters: typed without them, it fits."""
    apart = unicodedata.normalize("NFD", plain(name).replace("đ", "d"))
    return "".join(each for each in apart if not unicodedata.combining(each))
