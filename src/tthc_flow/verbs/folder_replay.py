"""Rulings on candidates about several procedures, replayed on the folder as it is now.

A ruling is about procedures as they were. Where one was moved to another file, it still holds;
where one does other work, nobody has ruled on it. A gate always goes before an acceptance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import Factory, define

from tthc_flow.graph.fingerprint import procedure_fingerprint
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.lever import Verdict
from tthc_flow.model.ruling import Ruling, Seen, Stand
from tthc_flow.plan.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.folder import Folder
    from tthc_flow.model.lever import Candidate


def replayed_together(
    rulings: Iterable[Ruling], folder: Folder, candidates: Iterable[Candidate]
) -> Replay:
    """Return what *rulings* mean for *candidates*, which were found on *folder* now.

    A finding is each ruling that cannot be carried out: ``ruling-procedure-lost`` (it is gone),
    ``ruling-procedure-stale`` (it does other work now), ``ruling-no-candidate``,
    ``ruling-barred``, ``ruling-open``, ``ruling-twice``, ``ruling-unknown-term``.

    Example:
        >>> from tthc_flow.model.folder import Folder
        >>> one = Ruling(lever="abolish_unused", targets=("a.bpmn",), stand=Stand.ACCEPT)
        >>> [each.code for each in replayed_together([one], Folder(), ()).findings]
        ['ruling-procedure-lost']

    Source: contract of this project: decisions are data, and a conflict is a finding.
    """
    work = _Replaying(
        candidates={each.id: each for each in candidates},
        marks={each.key: procedure_fingerprint(each.procedure) for each in folder.members},
    )
    stands: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        found = work.candidate(ruling)
        if found is not None:
            stands.setdefault(found.id, []).append(ruling)
    for id_, given in stands.items():
        if len({(each.stand, each.terms) for each in given}) > 1:
            work.tell("ruling-twice", given[-1])
        else:
            work.carry_out(given[-1], work.candidates[id_])
    return Replay(
        pinned=tuple(work.pinned),
        forbidden=tuple(work.forbidden),
        terms=tuple(work.terms.items()),
        findings=tuple(work.findings),
    )


def seen_together(folder: Folder, keys: Iterable[str]) -> tuple[Seen, ...]:
    """Return the members *keys* as they are now, for a ruling on them or an answer about them.

    Example:
        >>> from tthc_flow.model.folder import Folder
        >>> seen_together(Folder(), ())
        ()
    """
    members = {each.key: each.procedure for each in folder.members}
    return tuple(
        Seen(
            id=key,
            name=" ".join(members[key].name.split()),
            fingerprint=procedure_fingerprint(members[key]),
        )
        for key in keys
    )


def now_of(seen: Seen, marks: Mapping[str, str]) -> str | None:
    """Return the key under which the procedure *seen* is there now; by the key alone unmarked.

    Example:
        >>> was = Seen(id="a.bpmn", name="A", fingerprint="77")
        >>> now_of(was, {"b.bpmn": "77"}), now_of(was, {"a.bpmn": "78"})
        ('b.bpmn', None)
    """
    if marks.get(seen.id) == seen.fingerprint or not seen.fingerprint:
        return seen.id if seen.id in marks else None
    alike = [key for key, mark in marks.items() if mark == seen.fingerprint]
    return alike[0] if len(alike) == 1 else None


@define(kw_only=True)
class _Replaying:
    candidates: Mapping[str, Candidate]
    marks: Mapping[str, str]
    pinned: list[str] = Factory(list)
    forbidden: list[str] = Factory(list)
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
        keys = []
        for target in ruling.targets:
            seen = known.get(target, Seen(id=target, name="", fingerprint=""))
            now = now_of(seen, self.marks)
            if now is None:
                lost = "stale" if target in self.marks else "lost"
                self.tell(f"ruling-procedure-{lost}", ruling, procedure=seen.name or target)
                return None
            keys.append(now)
        found = self.candidates.get(f"{ruling.lever}:{'+'.join(sorted(keys))}")
        if found is None:
            self.tell("ruling-no-candidate", ruling)
        return found

    def carry_out(self, ruling: Ruling, candidate: Candidate) -> None:
        """Pin or forbid *candidate*; a gate that fails or is open goes before an acceptance."""
        if ruling.stand is Stand.REJECT:
            self.forbidden.append(candidate.id)
            return
        if candidate.verdict is Verdict.FAIL:
            self.tell("ruling-barred", ruling)
        elif candidate.verdict is Verdict.UNKNOWN:
            self.tell("ruling-open", ruling)
        else:
            self.pinned.append(candidate.id)
        may = {name for name, _ in candidate.terms}
        for name, _ in ruling.terms:
            if name not in may:
                self.tell("ruling-unknown-term", ruling, term=name)
        kept = tuple((name, value) for name, value in ruling.terms if name in may)
        if kept:
            self.terms[candidate.id] = kept
