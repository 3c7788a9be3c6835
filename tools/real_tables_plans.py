"""Real step tables with the plans made of them: as printed, and as if questions were answered."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.errors import TthcFlowError
from tthc_flow.levers import ALL
from tthc_flow.measures.comparison import Comparison, comparison, time_cut
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.law import Answer, Authority, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import ANY_AUTHORITY, Targets, Wishes
from tthc_flow.model.source import Source
from tthc_flow.plan.make import plan
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.soundness import soundness
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.convert import convert

if TYPE_CHECKING:
    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Plan
    from tthc_flow.model.procedure import Procedure

TARGET: Final = Fraction(3, 10)
NAMES_THE_STEP: Final = "rule-names-the-step"
"""The question that settles who may amend where no legal basis was typed in."""

_AS_IF: Final = Source(document="(as if answered in favour of the change)")
_PROVINCE: Final = frozenset({Authority.WITHIN})


class Known(StrEnum):
    """What is known when a plan is made: what is printed, or that and answers in favour."""

    PRINTED = "as printed"
    BUT_THE_LAW = "if answered, but not who may amend"
    ANSWERED = "if answered"


@frozen(kw_only=True)
class Reach:
    """How far the best plan comes: how many changes, and the cut (``None``: not known)."""

    applied: tuple[Candidate, ...]
    cut: Fraction | None


@frozen(kw_only=True)
class Planned:
    """One table with the plan made of it as printed, and how far it would come otherwise.

    *province* are the reaches with the changes that the province is known to have power over,
    *everybody* those with all changes.
    """

    name: str
    plan: Plan
    figures: Comparison
    province: dict[Known, Reach]
    everybody: dict[Known, Reach]

    @property
    def if_answered(self) -> Fraction | None:
        """Return the cut if every open question were answered in favour; ``None``: not known."""
        return self.everybody[Known.ANSWERED].cut


def planned(path: Path) -> Planned | str:
    """Return the plans of the table at *path*, or the code that says why there is none."""
    try:
        before = convert(path).procedures[0]
        if soundness(before.flow).verdict is not Verdict.PASS:
            return "TF310"
        made = plan(before, ALL, targets=Targets(time=TARGET))
        given = {known: as_known(before, known) for known in Known}
        province = {known: _reach(each, _PROVINCE) for known, each in given.items()}
        everybody = {known: _reach(given[known], ANY_AUTHORITY) for known in list(Known)[1:]}
    except TthcFlowError as error:
        return error.code
    figures = comparison(before, made.after)
    printed = Reach(applied=made.applied, cut=figures.time_cut)
    return Planned(
        name=name_of(path),
        plan=made,
        figures=figures,
        province=province,
        everybody={Known.PRINTED: printed, **everybody},
    )


def name_of(path: Path) -> str:
    """Return the name of the table at *path*: of a shipped one its folder, of others the file."""
    if path.stem == "steps":
        return path.parent.relative_to(path.parents[2]).as_posix()
    return path.stem


def as_known(before: Procedure, known: Known) -> Procedure:
    """Return *before* with the answers of *known*.

    What its own file answers stays, and bars where it bars.
    """
    if known is Known.PRINTED:
        return before
    left_out = {NAMES_THE_STEP} if known is Known.BUT_THE_LAW else set()
    said = tuple(each for each in before.answers if each.reply is not Reply.UNKNOWN)
    favour = tuple(
        Answer(question=each.id, reply=each.passes_on, source=_AS_IF)
        for each in questions().values()
        if each.id not in left_out
    )
    return evolve(before, answers=(*said, *favour))


def _reach(before: Procedure, authority: frozenset[Authority]) -> Reach:
    made = plan(before, ALL, targets=Targets(time=TARGET), wishes=Wishes(authority=authority))
    old, new = (norm_time(each.flow, DEFAULT_CONVENTION) for each in (before, made.after))
    return Reach(applied=made.applied, cut=time_cut(old, new))


def standing(candidate: Candidate) -> str:
    """Return where *candidate* stands: pass, open, waits or barred."""
    match candidate.verdict:
        case Verdict.PASS:
            return "pass"
        case Verdict.UNKNOWN:
            return "open"
        case Verdict.FAIL:
            return "barred" if candidate.barred else "waits"
