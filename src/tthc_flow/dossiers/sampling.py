"""Which dossiers are inspected after the grant: drawn by risk, and the same whoever draws again."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.units import exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.expressions.expression import Value

_RANGE: Final = 2**256


def _shares(given: Mapping[str, object]) -> Mapping[str, Fraction]:
    shares = {name: exact(value) for name, value in given.items()}  # type: ignore[arg-type]
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise BadQuantity.no_share(name, share)
    return MappingProxyType(shares)


@frozen(kw_only=True)
class Draw:
    """Whether a dossier was drawn, from which class, and by which share."""

    inspected: bool
    risk: str | None
    share: Fraction


@frozen(kw_only=True)
class Sampling:
    """The share that is inspected of each risk class; *by* names the data that say the class.

    A dossier whose class is not known or not listed is inspected. *seed* is what the draw hangs
    on besides the dossier's code: published before the period it keeps anybody from choosing.

    Example:
        >>> sampling = Sampling(shares={"cao": 1, "thấp": "1/10"}, by="mức rủi ro", seed="2026-Q1")
        >>> sampling.draw("H01-1", "hau_kiem", {"mức rủi ro": "cao"}).inspected
        True
        >>> low = {"mức rủi ro": "thấp"}
        >>> drawn = [sampling.draw(f"H01-{n}", "hau_kiem", low).inspected for n in range(1000)]
        >>> 70 < sum(drawn) < 130
        True

    Source: Lemeshow & Levy, Sampling of Populations (2008): stratified sampling; the draw by a
    hash makes it repeatable by whoever knows the seed.
    """

    shares: Mapping[str, Fraction] = field(converter=_shares)
    by: str
    seed: str

    def draw(self, business_key: str, node: str, data: Mapping[str, Value]) -> Draw:
        """Return whether the dossier is inspected at *node*."""
        said = data.get(self.by)
        risk = said if isinstance(said, str) and said in self.shares else None
        share = Fraction(1) if risk is None else self.shares[risk]
        text = f"{self.seed}\0{business_key}\0{node}"
        number = int.from_bytes(hashlib.sha256(text.encode()).digest())
        return Draw(inspected=Fraction(number, _RANGE) < share, risk=risk, share=share)
