"""Whether an answer that was kept beside a drawing still speaks of what the drawing says now.

An answer names its step by id, number and name, and the work of it by a fingerprint. A step that a
tool numbered anew is found again by its fingerprint; one that does other work now is not taken
for the old one: its answer decides nothing until somebody gives it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from tthc_flow.graph.fingerprint import fingerprints, procedure_fingerprint
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Kept:
    """An answer as a file keeps it: *number* and *name* of its step beside what it says.

    The step's id and fingerprint, where the file names them, are in *answer*; *line* is where it
    stands in the file.
    """

    answer: Answer
    number: str | None = None
    name: str | None = None
    line: int | None = field(default=None, eq=False)


def standing(kept: Iterable[Kept], procedure: Procedure) -> tuple[Answer, ...]:
    """Return the answers *kept* as answers about *procedure*, in their order, none left out.

    One whose step is found again under another id gets that id. One whose step does other work
    now keeps its old fingerprint, by which it does not count; so does one whose step is gone. One
    about the whole procedure as it was before says that it does not know.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> before = Flow(id="p", nodes=(Step(id="a", name="Ký duyệt"),))
        >>> from tthc_flow.graph.fingerprint import fingerprint
        >>> about = fingerprint(before, before.steps[0])
        >>> given = Answer(question="q", reply=Reply.NO, step="a", about=about)
        >>> renumbered = Procedure(flow=Flow(id="p", nodes=(Step(id="x9", name="Ký duyệt"),)))
        >>> standing((Kept(answer=given, name="Ký duyệt"),), renumbered)[0].step
        'x9'

    Source: contract of the answers file of this project (``tthc-flow-answers/1``).
    """
    given = tuple(kept)
    if not given:
        return ()
    prints: dict[str, list[Step]] = {}
    for step, mark in zip(procedure.flow.steps, fingerprints(procedure.flow), strict=True):
        prints.setdefault(mark, []).append(step)
    whole = procedure_fingerprint(procedure)
    return tuple(_standing(each, procedure, prints, whole) for each in given)


def _standing(
    kept: Kept, procedure: Procedure, prints: dict[str, list[Step]], whole: str
) -> Answer:
    answer = kept.answer
    if answer.step is None and kept.number is None and kept.name is None:
        changed = answer.about not in {None, whole}
        return evolve(answer, reply=Reply.UNKNOWN) if changed else answer
    known = prints.get(answer.about or "", [])
    if answer.about is not None and not any(step.id == answer.step for step in known):
        same = _alone(known, kept)
        if same is not None:
            return evolve(answer, step=same.id)
    if answer.step in procedure.flow.by_id:
        return answer
    alike = [step for step in procedure.flow.steps if _looks_like(step, kept)]
    found = _alone(alike, kept)
    step = answer.step or kept.number or kept.name
    return evolve(answer, step=step if found is None else found.id)


def _looks_like(step: Step, kept: Kept) -> bool:
    """Return whether *step* has the name that was kept; without one, whether it has the number."""
    if kept.name is not None:
        return key(step.name) == key(kept.name)
    return kept.number is not None and step.number == kept.number


def _alone(steps: list[Step], kept: Kept) -> Step | None:
    """Return the only one of *steps*, or the only one of them that has the number kept."""
    if len(steps) != 1:
        steps = [step for step in steps if kept.number is not None and step.number == kept.number]
    return steps[0] if len(steps) == 1 else None
