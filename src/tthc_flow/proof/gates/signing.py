"""Who may sign in another's place: how often the superior overrules, who prepared the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.lever import Evidence, Precondition, Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.proof.gates.losses import IDLE_REJECTION_RATE
from tthc_flow.proof.gates.rates import upper_rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

_PREPARING: Final = frozenset(
    {StepKind.EXAMINE, StepKind.REEXAMINE, StepKind.DRAFT, StepKind.INSPECT}
)


def _changed(signing: Step) -> int | None:
    """Return how many dossiers the signer refused or amended; ``None`` where it is unknown."""
    if not signing.checked or (signing.rejected is None and signing.amended is None):
        return None
    return (signing.rejected or 0) + (signing.amended or 0)


def overruled(signing: Step) -> Evidence:
    """Return how often the higher signer refused or amended, of how many; or that it is unknown."""
    changed = _changed(signing)
    value = "unknown" if changed is None else f"{changed}/{signing.checked}"
    return Evidence(name="overruled", value=value, element=signing.id)


def rarely_overrules(procedure: Procedure, signing: Step) -> Precondition:
    """Return whether the higher signer seldom changed the outcome; without counts, ask."""
    name = "superior-rarely-overrules"
    changed = _changed(signing)
    if changed is None or not signing.checked:
        return _asked_anyway(procedure, signing, ("overruled", "unknown"))
    bound = upper_rate(changed, signing.checked)
    because = (
        ("overruled", f"{changed}/{signing.checked}"),
        ("upper-bound", f"{bound:.4f}"),
    )
    if bound > IDLE_REJECTION_RATE and not changed:
        return _asked_anyway(procedure, signing, *because)  # too few to tell
    verdict = Verdict.PASS if bound <= IDLE_REJECTION_RATE else Verdict.FAIL
    counted = Precondition(name=name, verdict=verdict, because=because)
    return barred_by_answer(procedure, name, signing) or counted


def _asked_anyway(procedure: Procedure, signing: Step, *counted: tuple[str, str]) -> Precondition:
    """Return what was answered about how often *signing* overrules, beside what was counted."""
    answered = asked(procedure, "superior-rarely-overrules", signing)
    return evolve(answered, because=(*counted, *answered.because))


def preparer_is_not_signer(procedure: Procedure, lower: Step) -> Precondition:
    """Return whether somebody other than the new signer examined or drafted the dossier."""
    name = "preparer-is-not-signer"
    signer = performer_of(procedure.flow, lower)
    if signer is None:
        return Precondition(name=name, verdict=Verdict.UNKNOWN)
    found = _preparers(procedure.flow)
    own = found.known.get(identity(signer))
    if own is not None:
        return Precondition(name=name, verdict=Verdict.FAIL, because=(("preparer", own),))
    if found.unknown is not None:
        because = (("performer-unknown", found.unknown),)
        return Precondition(name=name, verdict=Verdict.UNKNOWN, because=because)
    return Precondition(name=name, verdict=Verdict.PASS, because=(("signer", signer.name),))


@frozen(kw_only=True)
class _Preparers:
    """The first step that each performer prepares, and the first of which nobody says who does."""

    known: Mapping[tuple[str, str], str]
    unknown: str | None


@remembered
def _preparers(flow: Flow) -> _Preparers:
    """Return who examines or drafts in *flow*; every candidate asks."""
    known: dict[tuple[str, str], str] = {}
    unknown: str | None = None
    for step in flow.steps:
        if not _PREPARING.intersection(step.kinds):
            continue
        who = performer_of(flow, step)
        if who is None:
            unknown = unknown or step.id
        else:
            known.setdefault(identity(who), step.id)
    return _Preparers(known=known, unknown=unknown)
