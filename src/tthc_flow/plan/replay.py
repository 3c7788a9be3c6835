"""Rulings replayed on the procedure as it is now: what still holds, and what has to be asked anew.

A ruling is about work as it was. Where that work is still there, under whatever id, it holds; where
it has changed, nobody has ruled on it. A gate always goes before an acceptance.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import Factory, define, frozen

from tthc_flow.graph.fingerprint import fingerprint
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.lever import Verdict
from tthc_flow.model.ruling import Ruling, Seen, Stand
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Plan
    from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Replay:
    """What the rulings come to: candidate ids that are pinned and forbidden, terms, conflicts.

    *reasons* are those that were given, *terms* those of edited candidates, by candidate id.
    """

    pinned: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    findings: tuple[Finding, ...] = ()


def replayed(
    rulings: Iterable[Ruling], procedure: Procedure, candidates: Iterable[Candidate]
) -> Replay:
    """Return what *rulings* mean for *candidates*, which were found on *procedure* now.

    A finding is each ruling that cannot be carried out: ``ruling-lost`` (a step is gone),
    ``ruling-stale`` (a step does other work now), ``ruling-no-candidate`` (the lever finds nothing
    there any more), ``ruling-barred`` and ``ruling-open`` (accepted, but a gate fails or is
    unanswered: it is not applied), ``ruling-twice`` (two rulings on one candidate that differ:
    neither counts), ``ruling-unknown-term``.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Ruling(lever="drop_relay", targets=("a",), stand=Stand.ACCEPT)
        >>> [each.code for each in replayed([one], Procedure(flow=Flow(id="p")), ()).findings]
        ['ruling-lost']

    Source: contract of this project: decisions are data, and a conflict is a finding.
    """
    work = _Replaying(procedure, {each.id: each for each in candidates})
    found = [(each, work.candidate(each)) for each in rulings]
    there = [(ruling, candidate) for ruling, candidate in found if candidate is not None]
    stands: dict[str, set[tuple[Stand, tuple[tuple[str, str], ...]]]] = {}
    for ruling, candidate in there:
        stands.setdefault(candidate.id, set()).add((ruling.stand, ruling.terms))
    for ruling, candidate in {
        candidate.id: (ruling, candidate) for ruling, candidate in there
    }.values():
        if len(stands[candidate.id]) > 1:
            work.tell("ruling-twice", ruling)
        else:
            work.carry_out(ruling, candidate)
    return Replay(
        pinned=tuple(work.pinned),
        forbidden=tuple(work.forbidden),
        reasons=tuple(work.reasons.items()),
        terms=tuple(work.terms.items()),
        findings=tuple(work.findings),
    )


def known_candidates(plan: Plan) -> dict[str, Candidate]:
    """Return every candidate that *plan* tells of, by id: at first, and those opened later."""
    offered = (each.candidate for each in plan.offers)
    opened = (each.offer.candidate for each in plan.binding)
    return {each.id: each for each in (*opened, *plan.applied, *offered)}


def seen_in(procedure: Procedure, candidate: Candidate) -> tuple[Seen, ...]:
    """Return the targets and anchors of *candidate* as they are now, for a ruling on it."""
    flow = procedure.flow
    steps = (flow.by_id.get(each) for each in (*candidate.targets, *candidate.anchors))
    return tuple(
        Seen(id=each.id, name=" ".join(each.name.split()), fingerprint=fingerprint(flow, each))
        for each in steps
        if isinstance(each, Step)
    )


@define
class _Replaying:
    procedure: Procedure
    candidates: Mapping[str, Candidate]
    pinned: list[str] = Factory(list)
    forbidden: list[str] = Factory(list)
    reasons: dict[str, str] = Factory(dict)
    terms: dict[str, tuple[tuple[str, str], ...]] = Factory(dict)
    findings: list[Finding] = Factory(list)
    _marks: dict[str, str] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        flow = self.procedure.flow
        self._marks = {step.id: fingerprint(flow, step) for step in flow.steps}

    def tell(self, code: str, ruling: Ruling, **values: str) -> None:
        """Add a finding about *ruling*."""
        names = {each.id: each.name for each in ruling.seen}
        steps = ", ".join(names.get(each) or each for each in ruling.targets)
        told = {"lever": ruling.lever, "steps": steps, **values}
        self.findings.append(
            Finding(
                code=code,
                severity=Severity.WARNING,
                element=ruling.targets[0],
                values=tuple(told.items()),
            )
        )

    def candidate(self, ruling: Ruling) -> Candidate | None:
        """Return the candidate that *ruling* is about, or say why there is none."""
        marks = {each.id: each for each in ruling.seen}
        now = []
        for step in (*ruling.targets, *(each.id for each in ruling.seen)):
            seen = marks.get(step, Seen(id=step, name="", fingerprint=""))
            found = self._now(seen)
            if found is None:
                code = "ruling-stale" if step in self._marks else "ruling-lost"
                self.tell(code, ruling, step=seen.name or step)
                return None
            now.append(found)
        targets = tuple(now[: len(ruling.targets)])
        found_there = self.candidates.get(f"{ruling.lever}:{'+'.join(targets)}")
        if found_there is None:
            self.tell("ruling-no-candidate", ruling)
        return found_there

    def _now(self, seen: Seen) -> str | None:
        """Return the id under which the work of *seen* is there now; by the id alone unmarked."""
        if self._marks.get(seen.id) == seen.fingerprint or not seen.fingerprint:
            return seen.id if seen.id in self._marks else None
        alike = [step for step, mark in self._marks.items() if mark == seen.fingerprint]
        return alike[0] if len(alike) == 1 else None

    def carry_out(self, ruling: Ruling, candidate: Candidate) -> None:
        """Pin or forbid *candidate*; a gate that fails or is open goes before an acceptance."""
        if ruling.reason:
            self.reasons[candidate.id] = ruling.reason
        if ruling.stand is Stand.REJECT:
            self.forbidden.append(candidate.id)
            return
        if candidate.verdict is Verdict.FAIL:
            self.tell("ruling-barred", ruling)
        elif candidate.verdict is Verdict.UNKNOWN:
            self.tell("ruling-open", ruling)
        else:
            self.pinned.append(candidate.id)
        if ruling.stand is Stand.EDIT:
            self._edit(ruling, candidate)

    def _edit(self, ruling: Ruling, candidate: Candidate) -> None:
        may = {name for name, _ in candidate.terms}
        for name, count in Counter(name for name, _ in ruling.terms).items():
            if name not in may or count > 1:
                self.tell("ruling-unknown-term", ruling, term=name)
        kept = tuple((name, value) for name, value in ruling.terms if name in may)
        if kept:
            self.terms[candidate.id] = kept
