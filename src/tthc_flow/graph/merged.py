"""Several procedures as one, and what each of them is in it: its way, its steps, its dossier.

Source: configurable process models (La Rosa, Dumas, Uba, Dijkman, Business Process Model Merging,
ACM TOSEM 22, 2013): each variant can be taken out of the one model again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.expressions.expression import compile_expression
from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.united import CASE, Variant, united
from tthc_flow.graph.united_facts import one_procedure
from tthc_flow.graph.view import view
from tthc_flow.model.flow import Event, Gateway
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.flow import Flow, Node, SequenceFlow
    from tthc_flow.model.procedure import Document, Procedure


@frozen(kw_only=True)
class Merged:
    """The one procedure, the procedures it was made of, and what became of each.

    *cases* are what staff call each source; *ids* lead from the ids of its nodes and arrows to
    those of the one.
    """

    procedure: Procedure
    sources: tuple[Procedure, ...]
    cases: tuple[str, ...]
    ids: tuple[Mapping[str, str], ...]


@frozen(kw_only=True)
class Origin:
    """A step of the one procedure: the number of each source that does it, and its step there."""

    step: Step
    sources: tuple[tuple[int, Step], ...]


def merged(
    sources: Sequence[Procedure], cases: Sequence[str], same: Sequence[Mapping[str, str]]
) -> Merged:
    """Return *sources* as one procedure.

    Args:
        sources: The first one gives the ids.
        cases: What staff call each, in the same order.
        same: For each the ids of its nodes that are nodes of the first.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> given = [Procedure(flow=Flow(id="p"), name=name) for name in ("Cấp", "Đổi")]
        >>> merged(given, ("Cấp", "Đổi"), ({}, {})).procedure.name
        'Cấp / Đổi'

    Source: see the module; linear in the flows.
    """
    variants = [
        Variant(case=case, flow=each.flow, same=pairs)
        for case, each, pairs in zip(cases, sources, same, strict=True)
    ]
    whole = one_procedure(sources, cases, same)
    flow = evolve(whole.flow, name=whole.name or whole.flow.name)
    return Merged(
        procedure=evolve(whole, flow=flow),
        sources=tuple(sources),
        cases=tuple(cases),
        ids=united(variants).ids,
    )


def origins(whole: Merged) -> tuple[Origin, ...]:
    """Return of each step of the one procedure which steps it was, in the order of the work.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> given = [Procedure(flow=Flow(id=id_, nodes=(Step(id="a", name="Ký"),))) for id_ in "pq"]
        >>> [len(each.sources) for each in origins(merged(given, ("1", "2"), ({}, {"a": "a"})))]
        [2]
    """
    behind: dict[str, list[tuple[int, Step]]] = {}
    for number, (source, ids) in enumerate(zip(whole.sources, whole.ids, strict=True)):
        for step in source.flow.steps:
            behind.setdefault(ids[step.id], []).append((number, step))
    flow = whole.procedure.flow
    place = {vertex: at for at, vertex in enumerate(acyclic(view(flow)).order)}
    steps = sorted(flow.steps, key=lambda step: place.get(step.id, len(place)))
    return tuple(Origin(step=step, sources=tuple(behind[step.id])) for step in steps)


def choices(whole: Merged) -> tuple[Gateway, ...]:
    """Return the gateways that ask for the case, in the order of the flow."""
    own = {goal for ids in whole.ids for goal in ids.values()}
    flow = whole.procedure.flow
    return tuple(
        node
        for node in flow.nodes
        if isinstance(node, Gateway) and node.id not in own and len(flow.outgoing[node.id]) > 1
    )


def case_of(whole: Merged, number: int) -> Procedure:
    """Return the one procedure as the dossiers of source *number* go through it.

    The gateways that were put in stay, with the one way that is open; the components of the
    dossier are told as that source tells them.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> given = [Procedure(flow=Flow(id=id_, nodes=(Step(id="a", name="Ký"),))) for id_ in "pq"]
        >>> [each.id for each in case_of(merged(given, ("1", "2"), ({}, {})), 1).flow.steps]
        ['a_2']

    Source: see the module.
    """
    flow, case = whole.procedure.flow, whole.cases[number]
    mine = set(whole.ids[number].values())
    every = {goal for ids in whole.ids for goal in ids.values()}
    there = {node.id for node in flow.nodes if node.id in mine or node.id not in every}
    edges = [each for each in flow.edges if _open(each, case, every, there)]
    while True:
        entered = {each.target for each in edges}
        stray = {id_ for id_ in there if id_ not in every and id_ not in entered}
        if not stray:
            break
        there -= stray
        edges = [each for each in edges if each.source in there]
    nodes = tuple(node for node in flow.nodes if node.id in there)
    return evolve(
        whole.procedure,
        flow=evolve(flow, nodes=nodes, edges=tuple(edges)),
        documents=_dossier(whole, number),
    )


def _open(edge: SequenceFlow, case: str, every: set[str], there: set[str]) -> bool:
    """Return whether dossiers of *case* may take *edge*, which was theirs or was put in."""
    if edge.source not in there or edge.target not in there:
        return False
    if edge.id in every or edge.condition is None:
        return True
    return compile_expression(edge.condition).holds({CASE: case})


def _dossier(whole: Merged, number: int) -> tuple[Document, ...] | None:
    """Return the components of the one that are those of source *number*, told as there."""
    wanted, held = whole.sources[number].documents, whole.procedure.documents
    if wanted is None or held is None:
        return None
    told = {key(each.name): each for each in held}
    case = whole.cases[number]
    found = []
    for each in wanted:
        name = key(each.name)
        one = told.get(name) or next(
            (
                other
                for key_, other in told.items()
                if key_.startswith(f"{name} ") and case in other.name
            ),
            None,
        )
        if one is not None:
            found.append(evolve(one, name=each.name))
    return tuple(found)


def told_in(whole: Merged, number: int) -> Procedure:
    """Return source *number* as it is, its nodes and arrows under the ids of the one.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> given = [Procedure(flow=Flow(id=id_, nodes=(Step(id="a", name="Ký"),))) for id_ in "pq"]
        >>> [each.id for each in told_in(merged(given, ("1", "2"), ({}, {})), 1).flow.steps]
        ['a_2']
    """
    source, ids = whole.sources[number], whole.ids[number]
    return evolve(
        source,
        flow=evolve(
            source.flow,
            nodes=tuple(_node(node, ids) for node in source.flow.nodes),
            edges=tuple(_edges(source.flow, ids)),
        ),
        answers=tuple(
            evolve(each, step=None if each.step is None else ids.get(each.step, each.step))
            for each in source.answers
        ),
    )


def _node(node: Node, ids: Mapping[str, str]) -> Node:
    def there(id_: str | None) -> str | None:
        return None if id_ is None else ids.get(id_, id_)

    placed = evolve(node, id=ids[node.id], scope=there(node.scope))
    match placed:
        case Step():
            apart = frozenset(ids.get(each, each) for each in placed.separate_from)
            return evolve(placed, separate_from=apart, default=there(placed.default))
        case Event():
            return evolve(
                placed, attached_to=there(placed.attached_to), handler=there(placed.handler)
            )
        case _:
            return evolve(placed, default=there(placed.default))


def _edges(flow: Flow, ids: Mapping[str, str]) -> Iterator[SequenceFlow]:
    for edge in flow.edges:
        scope = None if edge.scope is None else ids.get(edge.scope, edge.scope)
        yield evolve(
            edge,
            id=ids[edge.id],
            source=ids[edge.source],
            target=ids[edge.target],
            scope=scope,
        )
