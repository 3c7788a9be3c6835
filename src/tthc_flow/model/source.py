"""Where a fact comes from, and what kind of evidence it is."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from tthc_flow.units import exact


class EvidenceKind(StrEnum):
    """How a number came to be known; a comparison compares like with like."""

    LEGAL_LIMIT = "legal_limit"
    MEASURED = "measured"
    ESTIMATE = "estimate"
    ASSUMED = "assumed"


@frozen(kw_only=True)
class Source:
    """A document and the place in it: ``QĐ 2031/QĐ-UBND``, ``Bước 7``."""

    document: str
    place: str | None = None
    date: str | None = None
    url: str | None = None


@frozen(kw_only=True)
class Quantity:
    """A number that is not a time: dossiers a year, đồng, hours; with its evidence."""

    value: Fraction = field(converter=exact)
    evidence: EvidenceKind = EvidenceKind.ASSUMED
    source: Source | None = None
