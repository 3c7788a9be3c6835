"""Rule on candidates: accept, reject with a reason, or accept with other terms; kept in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.model.ruling import Ruling, Stand
from tthc_flow.plan.replay import known_candidates, seen_in
from tthc_flow.tables.rulings import read_folder_rulings, read_rulings, rulings_text
from tthc_flow.verbs.files import place

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.lever import Candidate
    from tthc_flow.verbs.propose import Proposal

SUFFIX: Final = ".decisions.yaml"
OF_FOLDER: Final = "folder.decisions.yaml"
"""The file in a folder that holds the decisions on candidates about several procedures."""


@frozen(kw_only=True)
class Given:
    """One ruling as somebody gives it: on which candidate, what, why, with which terms."""

    candidate: str
    stand: Stand
    reason: str = ""
    terms: tuple[tuple[str, str], ...] = ()


def decisions_beside(source: str | os.PathLike[str]) -> Path:
    """Return where the decisions on the BPMN file *source* are kept: beside it.

    Example:
        >>> decisions_beside("thu-tuc/cap-phep.bpmn").as_posix()
        'thu-tuc/cap-phep.decisions.yaml'

    Source: contract of this project: decisions are reviewed with the file they are about.
    """
    path = Path(source)
    stem = path.name.removesuffix(".xml").removesuffix(".bpmn20").removesuffix(".bpmn")
    return path.with_name(stem + SUFFIX)


def rulings_of(
    source: str | os.PathLike[str], file: str | os.PathLike[str] | None = None
) -> tuple[Ruling, ...]:
    """Return the rulings in *file*, else in the file beside *source*, where there is one.

    Raises:
        UnreadableInput: TF22x, TF238 where the file cannot be read.

    Example:
        >>> rulings_of("no-such.bpmn")
        ()

    Source: contract of this project: decisions are reviewed with the file they are about.
    """
    goal = decisions_beside(source) if file is None else Path(file)
    return read_rulings(goal)[0] if file is not None or goal.exists() else ()


def folder_rulings(
    folder: str | os.PathLike[str], file: str | os.PathLike[str] | None = None
) -> tuple[tuple[Ruling, ...], tuple[Finding, ...]]:
    """Return the rulings about several procedures of *folder*, and what is doubtful in the file.

    Raises:
        UnreadableInput: TF22x, TF238 where the file cannot be read.

    Example:
        >>> folder_rulings("no-such-folder")
        ((), ())

    Source: contract of this project: decisions are reviewed with the files they are about.
    """
    beside = Path(folder, OF_FOLDER)
    if file is None and not beside.exists():
        return (), ()
    rulings, found = read_folder_rulings(beside if file is None else file)
    return rulings, tuple(
        evolve(each, line=None, name=f"{OF_FOLDER}:{each.line}") for each in found
    )


def decide(
    found: Proposal,
    given: Iterable[Given],
    file: str | os.PathLike[str],
    *,
    by: str | None = None,
    on: str | None = None,
) -> tuple[Ruling, ...]:
    """Keep what is *given* about candidates of *found* in *file*; return all that it holds then.

    A ruling on the same candidate takes the place of the one before.

    Args:
        found: What ``propose`` returned, whose candidates are ruled on.
        given: The rulings.
        file: The file of decisions, made where it is missing.
        by: Who rules.
        on: On which day (``2026-11-29``); the library asks no clock.

    Raises:
        BadQuantity: TF131 for a candidate that the proposal does not have, TF132 for a rejection
            without a reason, TF133 for a term that the candidate does not let one set.
        UnreadableInput: TF22x, TF238 where the file cannot be read.
        CannotWrite: TF601 where it cannot be written; it is as it was then.

    Example:
        >>> import tempfile
        >>> from tthc_flow.verbs.propose import propose
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Phan cong"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     decide(propose(text), (), f"{folder}/P.decisions.yaml")
        ()

    Source: contract of this project: decisions are data.
    """
    goal = Path(file)
    kept = rulings_of(goal, goal) if goal.exists() else ()
    candidates = known_candidates(found.plan)
    new = [
        evolve(ruling, seen=seen_in(found.plan.before, candidate))
        for ruling, candidate in (ruled(candidates, each, by, on) for each in given)
    ]
    whole = in_place_of(kept, new)
    place(goal.parent, {goal.name: rulings_text(whole).encode()})
    return whole


def in_place_of(kept: Sequence[Ruling], new: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Return *kept* without those on candidates that *new* rules on, then *new*."""
    on = {(each.lever, each.targets) for each in new}
    return (*(each for each in kept if (each.lever, each.targets) not in on), *new)


def ruled(
    candidates: Mapping[str, Candidate], given: Given, by: str | None, on: str | None
) -> tuple[Ruling, Candidate]:
    """Return what is *given* as a ruling, and the candidate that it is on.

    Raises:
        BadQuantity: TF131, TF132, TF133, as :func:`decide`.
    """
    candidate = candidates.get(given.candidate)
    if candidate is None:
        raise BadQuantity(
            "TF131",
            f"the proposal has no candidate {given.candidate!r}",
            hint=f"choose one of {', '.join(candidates) or 'none: it has none'}",
            choices=tuple(candidates),
        )
    if given.stand is Stand.REJECT and not given.reason.strip():
        hint = "say why, as whoever reviews it will ask"
        raise BadQuantity("TF132", "a rejection without a reason", place=candidate.id, hint=hint)
    may = tuple(name for name, _ in candidate.terms)
    for name, _ in given.terms:
        if name not in may:
            raise BadQuantity(
                "TF133",
                f"{name!r} cannot be set",
                place=candidate.id,
                hint=f"what can be set: {', '.join(may) or 'nothing'}",
                choices=may,
            )
    ruling = Ruling(
        lever=candidate.lever,
        targets=candidate.targets,
        stand=given.stand,
        reason=" ".join(given.reason.split()),
        by=by,
        on=on,
        terms=given.terms,
    )
    return ruling, candidate
