"""A lever (a move that makes a procedure lighter), its candidates and what speaks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from attrs import frozen

from tthc_flow.model.actor import Performer
from tthc_flow.model.folder import Folder
from tthc_flow.model.law import Authority, HandingForm, Instrument, LegalBasis
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import Source
from tthc_flow.model.step import StepKind


class Verdict(StrEnum):
    """Of a precondition: ``FAIL`` bars the candidate, ``UNKNOWN`` asks for data; never silent."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    FAIL = "fail"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How far the evidence of a candidate carries."""

    STATED = "stated"
    READ = "read"
    ASSUMED = "assumed"


class Necessity(StrEnum):
    """Whether a change may be left out: what is unlawful now is ``OBLIGED`` to go."""

    CHOICE = "choice"
    OBLIGED = "obliged"


@frozen(kw_only=True)
class Precondition:
    """One condition of a candidate, its verdict, why, and by which text or attribute.

    *question* is the id of the gate question whose answer would decide an ``UNKNOWN``; *rule* the
    text that supports or forbids. *curable* says of a ``FAIL`` that it is about the shape of the
    flow, which another lawful change may take away; law, duties, data and capacity bar for ever.
    *about* are the ids of the steps that the question is about: an answer for one of them is
    enough.
    """

    name: str
    verdict: Verdict
    because: tuple[tuple[str, str], ...] = ()
    source: Source | None = None
    question: str | None = None
    rule: LegalBasis | None = None
    curable: bool = False
    about: tuple[str, ...] = ()


@frozen(kw_only=True)
class Evidence:
    """One observed fact behind a candidate: its name, the value, where it was read."""

    name: str
    value: str
    element: str | None = None
    source: Source | None = None


@frozen(kw_only=True)
class Handing:
    """A decision handed to a lower level: from whom, to whom, how, and what goes with it.

    *period* is ``None`` where it is still to be fixed (a delegation must have one); *conditions*
    and *republish* are codes of texts: what the instrument has to say, and what has to be
    published anew.
    """

    giver: Performer
    receiver: Performer
    form: HandingForm
    period: str | None = None
    conditions: tuple[str, ...] = ()
    republish: tuple[str, ...] = ()


@frozen(kw_only=True)
class Expected:
    """What a change saves in the mean of all dossiers, which no norm shows.

    *work* is minutes of people's work a dossier, ``None`` where it cannot be known; *by_norm* says
    that the norm times of the steps stand for work that nobody stated. *levels* are further levels
    of government at which an applicant is served.
    """

    work: Fraction | None = Fraction(0)
    by_norm: bool = False
    levels: int = 0


@frozen(kw_only=True)
class Candidate:
    """A possible rewrite: lever, target elements, evidence, preconditions, who may decide it.

    *anchors* are elements that the rewrite rests on and leaves as they are (the first examination,
    the step a report goes after). *amends* are the texts to issue or amend before. *needs* are ids
    of candidates that must be applied before it. *terms* is what staff may set, by names that the
    lever fixes (``share``, ``period``). *risk* is in points, ``None`` where it is unknown: see
    :mod:`tthc_flow.proof.gates.risk`. *expected* is what no norm shows; ``None``: nothing is.
    """

    lever: str
    targets: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    amends: tuple[Instrument, ...] = ()
    needs: tuple[str, ...] = ()
    handing: Handing | None = None
    terms: tuple[tuple[str, str], ...] = ()
    risk: Fraction | None = Fraction(0)
    expected: Expected | None = None
    confidence: Confidence = Confidence.READ
    necessity: Necessity = Necessity.CHOICE

    @property
    def id(self) -> str:
        """Return a stable name: the lever and its targets."""
        return f"{self.lever}:{'+'.join(self.targets)}"

    @cached_property
    def verdict(self) -> Verdict:
        """Return the worst verdict of the preconditions: any fail, then any unknown, else pass."""
        worst = Verdict.PASS
        for condition in self.preconditions:
            if condition.verdict is Verdict.FAIL:
                return Verdict.FAIL
            if condition.verdict is Verdict.UNKNOWN:
                worst = Verdict.UNKNOWN
        return worst

    @property
    def barred(self) -> bool:
        """Return whether it may never be applied, whatever else is: a failure nothing cures."""
        return any(
            condition.verdict is Verdict.FAIL and not condition.curable
            for condition in self.preconditions
        )

    @property
    def authority(self) -> Authority:
        """Return who may make it: outside the province where one text is, else the least known."""
        found = {instrument.authority for instrument in self.amends}
        for widest in (Authority.OUTSIDE, Authority.UNKNOWN):
            if widest in found:
                return widest
        return Authority.WITHIN if found else Authority.UNKNOWN

    @property
    def instrument(self) -> str | None:
        """Return the titles of the texts to issue or amend, if they are known."""
        return "; ".join(dict.fromkeys(each.title for each in self.amends)) or None


@frozen(kw_only=True)
class Effect:
    """What one candidate changes, before minus after; ``None`` where it cannot be known.

    *minutes* are of the norm time (the longest way); *cost* is đồng a year by the method that the
    targets name; *eased* counts checks that people still do, but only where a database is silent.
    """

    minutes: Fraction | None = None
    cost: Fraction | None = None
    steps: int = 0
    hand_offs: int = 0
    performers: int = 0
    levels: int = 0
    documents: int = 0
    visits: int = 0
    eased: int = 0


Find: TypeAlias = Callable[[Procedure], Iterator[Candidate]]
Apply: TypeAlias = Callable[[Procedure, Candidate], Procedure]


@frozen(kw_only=True)
class Lever:
    """A registered move: id, the Vietnamese title staff read, its source, and its two functions.

    *kinds* is the work it looks at, for whoever asks why a step was left alone.
    """

    id: str
    title: str
    source: str
    kinds: frozenset[StepKind]
    find: Find
    apply: Apply


@frozen(kw_only=True)
class FolderLever:
    """A move over several procedures at once; the targets of its candidates are member keys."""

    id: str
    title: str
    source: str
    find: Callable[[Folder], Iterator[Candidate]]
    apply: Callable[[Folder, Candidate], Folder]
