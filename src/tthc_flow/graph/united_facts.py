"""Several procedures as one: what is known of all of them, with the case named where they differ.

Source: law of this project: a fact that differs is unknown, never an average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, fields

from tthc_flow.graph.agreed import agreed, one_text
from tthc_flow.graph.united import Variant, free_id, united
from tthc_flow.graph.united_pools import one_collaboration
from tthc_flow.model.procedure import Document, Procedure, TotalTime, Volume
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.model.artifact import Artifact, Association
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.law import Answer
    from tthc_flow.model.procedure import Crew

_AGREED: Final = ("code", "kind", "field", "locality", "level", "source", "post_check")


def one_procedure(
    procedures: Sequence[Procedure], cases: Sequence[str], same: Sequence[Mapping[str, str]]
) -> Procedure:
    """Return one procedure for *procedures*, whose cases are called *cases*.

    Args:
        procedures: The first one gives the ids.
        cases: What staff call each, in the same order.
        same: For each the ids of its nodes that are nodes of the first.

    Returns:
        One flow with the choice by case where the flows differ; documents and total times of all
        with their case; every other fact where all agree, else unknown.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> given = [Procedure(flow=Flow(id="p"), name=name) for name in ("Cấp", "Đổi")]
        >>> one_procedure(given, ("Cấp", "Đổi"), ({}, {})).name
        'Cấp / Đổi'

    Source: see the module.
    """
    variants = [
        Variant(case=case, flow=each.flow, same=pairs)
        for case, each, pairs in zip(cases, procedures, same, strict=True)
    ]
    whole = united(variants)
    first = procedures[0]
    known = {
        name: agreed(
            [getattr(each, name) for each in procedures], getattr(fields(Procedure), name).default
        )
        for name in _AGREED
    }
    taken = {id_ for each in whole.ids for id_ in each.values()} | _own(whole.flow)
    pools, messages = one_collaboration(procedures, whole.ids, taken)
    artifacts, associations = _drawn(procedures, whole.ids, taken)
    return evolve(
        first,
        flow=whole.flow,
        name=one_text([each.name for each in procedures]),
        total_time=_total_time(procedures, cases),
        volume=agreed([each.volume for each in procedures], Volume()),
        crews=_crews(procedures),
        work=agreed([each.work for each in procedures], ()),
        documents=_documents(procedures, cases),
        answers=_answers(procedures, whole.ids),
        pools=pools,
        messages=messages,
        artifacts=artifacts,
        associations=associations,
        baseline=any(each.baseline for each in procedures),
        assumptions=tuple(doubt for each in procedures for doubt in each.assumptions),
        **known,
    )


def _total_time(procedures: Sequence[Procedure], cases: Sequence[str]) -> TotalTime:
    """Return the declared times by case; unknown where that of one procedure is."""
    times = [each.total_time for each in procedures]
    if all(
        (each.duration, each.alternatives) == (times[0].duration, times[0].alternatives)
        for each in times
    ):
        return agreed(times, evolve(times[0], printed=None, none_prescribed=False))
    found = []
    for case, time in zip(cases, times, strict=True):
        if time.alternatives:
            found += [(f"{case}: {name}", each) for name, each in time.alternatives]
        elif time.duration is not None:
            found.append((case, time.duration))
        else:
            return TotalTime()
    return TotalTime(alternatives=tuple(found))


def _documents(
    procedures: Sequence[Procedure], cases: Sequence[str]
) -> tuple[Document, ...] | None:
    """Return the components of all dossiers, those not in every one with the case named."""
    named: dict[str, list[tuple[str, Document]]] = {}
    for case, each in zip(cases, procedures, strict=True):
        if each.documents is None:
            return None
        for document in each.documents:
            named.setdefault(key(document.name), []).append((case, document))
    made = []
    for found in named.values():
        within = tuple(dict.fromkeys(case for case, _ in found))
        papers = [document for _, document in found]
        name = (
            papers[0].name
            if len(within) == len(cases)
            else f"{papers[0].name} ({', '.join(within)})"
        )
        made.append(
            Document(
                name=name,
                copies=agreed([each.copies for each in papers], None),
                original=agreed([each.original for each in papers], None),
                known_in=agreed([each.known_in for each in papers], None),
            )
        )
    return tuple(made)


def _crews(procedures: Sequence[Procedure]) -> tuple[Crew, ...]:
    """Return the crews of which every procedure that names them says the same."""
    named: dict[tuple[str, str], list[Crew]] = {}
    for crew in (crew for each in procedures for crew in each.crews):
        named.setdefault((key(crew.office), crew.role.value), []).append(crew)
    return tuple(found[0] for found in named.values() if all(each == found[0] for each in found))


def _answers(
    procedures: Sequence[Procedure], ids: Sequence[Mapping[str, str]]
) -> tuple[Answer, ...]:
    """Return the answers that still say what they did: about a step of one, or given in all.

    One for only some of the procedures behind a step says nothing about the others.
    """
    behind: dict[str | None, int] = {None: len(procedures)}
    for taken in ids:
        for goal in set(taken.values()):
            behind[goal] = behind.get(goal, 0) + 1
    given: dict[tuple[str, str | None, str], dict[int, Answer]] = {}
    for number, (each, taken) in enumerate(zip(procedures, ids, strict=True)):
        for answer in each.answers:
            step = None if answer.step is None else taken.get(answer.step, answer.step)
            place = (answer.question, step, answer.reply.value)
            given.setdefault(place, {})[number] = evolve(answer, step=step)
    return tuple(
        answer
        for (_, step, _), found in given.items()
        if len(found) >= behind.get(step, 1)
        for answer in dict.fromkeys(found.values())
    )


def _drawn(
    procedures: Sequence[Procedure], ids: Sequence[Mapping[str, str]], taken: set[str]
) -> tuple[tuple[Artifact, ...], tuple[Association, ...]]:
    """Return what is drawn besides in any of them, under ids of its own."""
    artifacts: list[Artifact] = []
    ties: list[Association] = []
    for each, moved in zip(procedures, ids, strict=True):
        here = dict(moved)
        here |= {drawn.id: free_id(drawn.id, taken) for drawn in each.artifacts}
        here |= {drawn.id: free_id(drawn.id, taken) for drawn in each.associations}
        for artifact in each.artifacts:
            scope, refers = (_there(here, id_) for id_ in (artifact.scope, artifact.refers))
            artifacts.append(evolve(artifact, id=here[artifact.id], scope=scope, refers=refers))
        for tie in each.associations:
            ends = here.get(tie.source, tie.source), here.get(tie.target, tie.target)
            scope = _there(here, tie.scope)
            ties.append(evolve(tie, id=here[tie.id], source=ends[0], target=ends[1], scope=scope))
    return tuple(artifacts), tuple(ties)


def _own(flow: Flow) -> set[str]:
    return {flow.id, *flow.by_id, *flow.lane_by_id, *(edge.id for edge in flow.edges)}


def _there(moved: Mapping[str, str], id_: str | None) -> str | None:
    return None if id_ is None else moved.get(id_, id_)
