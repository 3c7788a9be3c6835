"""A road map: what the province can do now, what somebody else must do first, by text to amend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.law import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.law import Instrument
    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Plan

_ORDER: Final = (Authority.WITHIN, Authority.OUTSIDE, Authority.UNKNOWN)


@frozen(kw_only=True)
class Stage:
    """The changes that wait for one text: what it is, who may issue it, and which changes.

    *instrument* is ``None`` where nobody has said which text it is. A change that needs several
    texts stands at each of them.
    """

    authority: Authority
    instrument: Instrument | None
    candidates: tuple[str, ...]


def roadmap(plan: Plan) -> tuple[Stage, ...]:
    """Return the applied changes by the texts they need: the province's own first.

    It holds no dates: no instrument says one, and none is made up.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.plan import Plan, Targets
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Procedure(flow=Flow(id="p"))
        >>> empty = Plan(before=one, after=one, offers=(), applied=(), proofs=(),
        ...              targets=Targets(), reached=None)
        >>> roadmap(empty)
        ()

    Source: 949/KH-UBND, which asks for what is in the province's power and what is proposed.
    """
    stages: dict[tuple[Authority, Instrument | None], list[str]] = {}
    for candidate in plan.applied:
        for key in _texts(candidate):
            stages.setdefault(key, []).append(candidate.id)
    told = [
        Stage(authority=authority, instrument=instrument, candidates=tuple(ids))
        for (authority, instrument), ids in stages.items()
    ]
    return tuple(sorted(told, key=lambda stage: _ORDER.index(stage.authority)))


def _texts(candidate: Candidate) -> Iterator[tuple[Authority, Instrument | None]]:
    """Yield each text to amend, under whoever decides the whole change."""
    if not candidate.amends:
        yield candidate.authority, None
    for instrument in dict.fromkeys(candidate.amends):
        yield candidate.authority, instrument
