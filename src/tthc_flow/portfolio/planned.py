"""The plan of one procedure, without what only its papers tell, and whether both sides run.

The same candidates, choice and proofs as a single proposal; what is left out is the frontier, the
shares of single changes, what keeps it from more, and the file: :mod:`tthc_flow.verbs.propose`
tells these of any row. What a candidate that does not pass would save is worked out on request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.engine.run import runs_to_the_end
from tthc_flow.errors import TthcFlowError
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Wishes
from tthc_flow.plan.offers import offers
from tthc_flow.plan.problem import Problem
from tthc_flow.plan.reached import reached
from tthc_flow.plan.search import searched
from tthc_flow.proof.prove import prove
from tthc_flow.proof.soundness import soundness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Offer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.portfolio.rows import Row
    from tthc_flow.portfolio.settings import Settings

UNSOUND = "TF310"


@frozen(kw_only=True)
class Planned:
    """What the plan found and chose, the procedure *after*, and the columns that tell of it.

    *after* is ``None`` where there is no plan, *row* says why.
    """

    row: Row
    offers: Sequence[Offer] = ()
    applied: tuple[Candidate, ...] = ()
    after: Procedure | None = None


def planned(procedure: Procedure, settings: Settings) -> Planned:
    """Return the plan of *procedure*, proven and executed.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.portfolio.settings import Settings
        >>> found = planned(Procedure(flow=Flow(id="p")), Settings())
        >>> found.row["sound"], found.row["applied"]
        (True, [])

    Source: as :func:`tthc_flow.plan.make.plan`.
    """
    sound = soundness(procedure.flow).verdict
    row = {"sound": _truth(sound), **_run(procedure)}
    if sound is not Verdict.PASS:
        return Planned(row={**row, "plan_error": UNSOUND})
    try:
        return _chosen(procedure, settings, row)
    except TthcFlowError as error:
        return Planned(row={**row, "plan_error": error.code})


def _chosen(procedure: Procedure, settings: Settings, row: Row) -> Planned:
    problem = Problem(
        before=procedure,
        levers={lever.id: lever for lever in ALL},
        convention=settings.convention,
        targets=settings.targets,
        wishes=Wishes(),
    )
    first = offers(procedure, ALL, settings.convention, method=settings.targets.cost_method)
    search = searched(problem, first)
    offered, best = search.offered, search.best
    applied = tuple(each.candidate for each in best.chosen)
    verdicts = [each.candidate.verdict for each in first]
    runs = row if best.after is procedure else _run(best.after)
    told = {
        "candidates": len(first),
        "candidates_pass": verdicts.count(Verdict.PASS),
        "candidates_unknown": verdicts.count(Verdict.UNKNOWN),
        "candidates_fail": verdicts.count(Verdict.FAIL),
        "applied": [each.lever for each in applied],
        "reached": reached(problem, best.after),
        "optimal": best.optimal,
        "proven": _proven([each.verdict for each in prove(procedure, best.after)]),
        "after_runnable": runs["runnable"],
    }
    taken = {each.id for each in applied}
    known = {each.candidate.id for each in first}
    more = [o for o in offered if o.candidate.id in taken and o.candidate.id not in known]
    return Planned(row={**row, **told}, offers=(*first, *more), applied=applied, after=best.after)


def offered_rows(procedure: Procedure, made: Planned, settings: Settings) -> list[Row]:
    """Return a row for each candidate, what several applied ones made possible among them."""
    applied = {each.id for each in made.applied}
    nodes = procedure.flow.by_id
    return [
        {
            "candidate": offer.candidate.id,
            "lever": offer.candidate.lever,
            "targets": list(offer.candidate.targets),
            "target_names": [nodes[each].name for each in offer.candidate.targets if each in nodes],
            "verdict": offer.candidate.verdict.value,
            "applied": offer.candidate.id in applied,
            **_saved(offer, settings),
            "barred_by": _conditions(offer.candidate, Verdict.FAIL),
            "open": _conditions(offer.candidate, Verdict.UNKNOWN),
            "authority": offer.candidate.authority.value,
        }
        for offer in made.offers
    ]


def _proven(verdicts: list[Verdict]) -> bool | None:
    """Return whether all laws are kept; ``None`` where one is undecided and none is broken."""
    if Verdict.FAIL in verdicts:
        return False
    return None if Verdict.UNKNOWN in verdicts else True


def _saved(offer: Offer, settings: Settings) -> Row:
    """Return what *offer* saves; of one that does not pass only where that is asked for."""
    if offer.candidate.verdict is not Verdict.PASS and not settings.potential:
        return {}
    found = offer.effect
    return {
        "minutes": None if found.minutes is None else float(found.minutes),
        "cost": None if found.cost is None else float(found.cost),
        "steps": found.steps,
        "hand_offs": found.hand_offs,
    }


def _conditions(candidate: Candidate, verdict: Verdict) -> list[str]:
    return [each.name for each in candidate.preconditions if each.verdict is verdict]


def _truth(verdict: Verdict) -> bool | None:
    return None if verdict is Verdict.UNKNOWN else verdict is Verdict.PASS


def _run(procedure: Procedure) -> Row:
    """Return whether every branch of *procedure* runs to its end, and the code of why not."""
    try:
        return {"runnable": runs_to_the_end(procedure.flow), "run_error": None}
    except TthcFlowError as error:
        return {"runnable": False, "run_error": error.code}
