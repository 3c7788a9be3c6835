"""All laws that a rewrite must keep, in report order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.proof.capacity import capacity
from tthc_flow.proof.duties import duties
from tthc_flow.proof.examined import examined
from tthc_flow.proof.mandatory import mandatory
from tthc_flow.proof.outcomes import outcomes
from tthc_flow.proof.read_after_write import read_after_write
from tthc_flow.proof.signature import signature
from tthc_flow.proof.soundness import soundness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from tthc_flow.model.procedure import Procedure

_LAWS: Final[Mapping[str, Callable[[Procedure, Procedure], Proof]]] = {
    law.__name__.replace("_", "-"): law
    for law in (read_after_write, duties, signature, outcomes, mandatory, examined, capacity)
}
"""The laws that compare, by name, in report order."""


def prove(before: Procedure, after: Procedure, kept: Collection[str] = ()) -> tuple[Proof, ...]:
    """Return the proof of every law: what *before* had and *after* must keep.

    Soundness is of *after* alone; the other laws compare, so that a flaw the procedure had
    already is not blamed on the rewrite: what is not changed at all keeps them. Laws named in
    *kept* are left out: it is known already that they are not broken.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> print(*(proof.name for proof in prove(one, one)))
        soundness read-after-write duties signature outcomes mandatory examined capacity

    Source: domain rule of this project: preserved by every rewrite.
    """
    asked = {name: law for name, law in _LAWS.items() if name not in kept}
    sound = () if "soundness" in kept else (soundness(after.flow),)
    if before is after:
        return (*sound, *(Proof(name=name, verdict=Verdict.PASS) for name in asked))
    return (*sound, *(law(before, after) for law in asked.values()))
