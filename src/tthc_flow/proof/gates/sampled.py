"""What a sample after the grant costs against checking every case, as evidence in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.measures.post_check import weighed
from tthc_flow.measures.sampling import Pays
from tthc_flow.model.lever import Evidence
from tthc_flow.words.numbers import dong, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

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


def sampled(procedure: Procedure, step: Step, share: Fraction | None) -> Iterator[Evidence]:
    """Yield at which shares a sample costs less than *step*, or what is missing to tell."""
    found = weighed(procedure, step, share)
    if found.even is not None:
        name = _EVEN[found.even.pays]
        yield Evidence(name=name, value=percent(found.even.share), element=step.id)
    for each in found.missing:
        yield Evidence(name=_LACKS[each], value="unknown", element=step.id)
    if found.borne is not None:
        yield Evidence(name="harm-borne", value=dong(found.borne), element=step.id)
