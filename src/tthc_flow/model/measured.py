"""What was seen of real cases: how long a step is worked on, how many went which way."""

from __future__ import annotations

from attrs import frozen

from tthc_flow.model.chance import Chance
from tthc_flow.model.source import EvidenceKind, Source


@frozen(kw_only=True)
class Handling:
    """How long a step is worked on each time it is done, waiting left out.

    It is no norm: a norm says how long a dossier may lie. *cases* says how many times it was seen
    (``None``: not counted, as where people estimate it).
    """

    chance: Chance
    cases: int | None = None
    evidence: EvidenceKind = EvidenceKind.MEASURED
    source: Source | None = None


@frozen(kw_only=True)
class Taken:
    """How many cases took a sequence flow, *taken*, *of* those that came to where it leaves."""

    taken: int
    of: int
    source: Source | None = None
