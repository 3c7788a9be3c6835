"""What a sample after the grant costs against checking every case, as evidence in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.measures.post_check import Weighed, weighed
from tthc_flow.measures.sampling import Pays
from tthc_flow.model.lever import Evidence
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Step
from tthc_flow.words.numbers import dong, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_EVEN: Final = {
    Pays.BELOW: "break-even-below",
    Pays.ABOVE: "break-even-above",
    Pays.ALWAYS: "break-even-always",
    Pays.NEVER: "break-even-never",
}
_LACKS: Final = {
    "cost": "break-even-needs-cost",
    "rejected": "break-even-needs-rejected",
    "harm": "break-even-needs-harm",
}


_HARM: Final = {
    EvidenceKind.ESTIMATE: "harm-amount-estimate",
    EvidenceKind.ASSUMED: "harm-amount-assumed",
}


def sampled(procedure: Procedure, step: Step, share: Fraction | None) -> Iterator[Evidence]:
    """Yield at which shares a sample costs less than *step*, and by which figures.

    Where one is missing, which it is and whom to ask.
    """
    found = weighed(procedure, step, share)
    if found.even is not None:
        name = _EVEN[found.even.pays]
        yield Evidence(name=name, value=percent(found.even.share), element=step.id)
        yield Evidence(name="break-even-formula", value=_worked_out(step, found), element=step.id)
    for each in found.missing:
        yield Evidence(name=_LACKS[each], value="unknown", element=step.id)
    if found.harm is not None:
        yield Evidence(
            name=_HARM.get(found.harm.evidence, "harm-amount"),
            value=dong(found.harm.value),
            element=step.id,
            source=found.harm.source,
        )
    if found.borne is not None:
        yield Evidence(name="harm-borne", value=dong(found.borne), element=step.id)


def _worked_out(step: Step, found: Weighed) -> str:
    """Return the formula of the break-even share with its figures; no harm where none is stopped.

    Example:
        >>> from tthc_flow.model.source import Quantity
        >>> visit = Step(id="a", name="A", checked=100, rejected=10)
        >>> some = Weighed(even=None, before=Fraction(800), after=Fraction(1000),
        ...                rejected=Fraction(1, 10), harm=Quantity(value=2000))
        >>> _worked_out(visit, some)
        '(800 − 10/100 × 2.000) : (1.000 − 10/100 × 2.000)'
    """
    before, after = number(found.before or 0), number(found.after or 0)
    if not found.rejected or found.harm is None:
        return f"{before} : {after}"
    risk = f"{step.rejected}/{step.checked} × {number(found.harm.value)}"
    return f"({before} − {risk}) : ({after} − {risk})"
