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
    from collections.abc import Iterable, Mapping, Sequence

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
    rulings: Sequence[Ruling], procedure: Procedure, candidates: Iterable[Candidate]
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
    flow = procedure.flow
    marks = {step.id: fingerprint(flow, step) for step in flow.steps} if rulings else {}
    return carried_out(rulings, candidates, marks)


def carried_out(
    rulings: Sequence[Ruling],
    candidates: Iterable[Candidate],
    marks: Mapping[str, str],
    *,
    about: str = "step",
) -> Replay:
    """Return what *rulings* come to where what they are about has the fingerprints *marks* now.

    Args:
        rulings: What was ruled, the first first.
        candidates: What is found now.
        marks: The fingerprint of each step, or of each procedure of a folder, by its id.
        about: ``step`` or ``procedure``: what the rulings are about. Procedures have no order.

    Example:
        >>> one = Ruling(lever="drop_relay", targets=("a",), stand=Stand.REJECT)
        >>> [each.code for each in carried_out([one], (), {}).findings]
        ['ruling-lost']

    Source: contract of this project: decisions are data, and a conflict is a finding.
    """
    work = _Replaying({each.id: each for each in candidates}, marks, about)
    there: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        found = work.candidate(ruling)
        if found is not None:
            there.setdefault(found.id, []).append(ruling)
    for id_, given in there.items():
        if len({(each.stand, each.terms) for each in given}) > 1:
            work.tell("ruling-twice", given[-1])
        else:
            work.carry_out(given[-1], work.candidates[id_])
    return Replay(
        pinned=tuple(work.pinned),
        forbidden=tuple(work.forbidden),
        reasons=tuple(work.reasons.items()),
        terms=tuple(work.terms.items()),
        findings=tuple(work.findings),
    )


def now_of(seen: Seen, marks: Mapping[str, str]) -> str | None:
    """Return the id under which what was *seen* is there now; by the id alone unmarked.

    Example:
        >>> was = Seen(id="a", name="A", fingerprint="77")
        >>> now_of(was, {"b": "77"}), now_of(was, {"a": "78"})
        ('b', None)

    Source: see :func:`carried_out`.
    """
    if marks.get(seen.id) == seen.fingerprint or not seen.fingerprint:
        return seen.id if seen.id in marks else None
    alike = [id_ for id_, mark in marks.items() if mark == seen.fingerprint]
    return alike[0] if len(alike) == 1 else None


def known_candidates(plan: Plan) -> dict[str, Candidate]:
    """Return every candidate that *plan* tells of, by id: at first, and those opened later."""
    offered = (each.candidate for each in plan.offers)
    opened = (each.offer.candidate for each in plan.explanation.binding)
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
    candidates: Mapping[str, Candidate]
    marks: Mapping[str, str]
    about: str
    pinned: list[str] = Factory(list)
    forbidden: list[str] = Factory(list)
    reasons: dict[str, str] = Factory(dict)
    terms: dict[str, tuple[tuple[str, str], ...]] = Factory(dict)
    findings: list[Finding] = Factory(list)

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
        known = {each.id: each for each in ruling.seen}
        now = []
        for id_ in (*ruling.targets, *known):
            seen = known.get(id_, Seen(id=id_, name="", fingerprint=""))
            found = now_of(seen, self.marks)
            if found is None:
                self._lost(ruling, seen)
                return None
            now.append(found)
        targets = now[: len(ruling.targets)]
        there = sorted(targets) if self.about == "procedure" else targets
        candidate = self.candidates.get(f"{ruling.lever}:{'+'.join(there)}")
        if candidate is None:
            self.tell("ruling-no-candidate", ruling)
        return candidate

    def _lost(self, ruling: Ruling, seen: Seen) -> None:
        begin = "ruling" if self.about == "step" else f"ruling-{self.about}"
        lost = "stale" if seen.id in self.marks else "lost"
        self.tell(f"{begin}-{lost}", ruling, **{self.about: seen.name or seen.id})

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
