"""Rule on candidates about several procedures of a folder; kept in a file in the folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.tables.rulings import PROCEDURES, read_folder_rulings, rulings_text
from tthc_flow.verbs.decide import in_place_of, ruled
from tthc_flow.verbs.files import place
from tthc_flow.verbs.folder_replay import seen_together

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from tthc_flow.model.ruling import Ruling
    from tthc_flow.verbs.decide import Given
    from tthc_flow.verbs.propose_folder import FolderProposal


def decide_folder(
    found: FolderProposal,
    given: Iterable[Given],
    file: str | os.PathLike[str],
    *,
    by: str | None = None,
    on: str | None = None,
) -> tuple[Ruling, ...]:
    """Keep what is *given* about candidates of *found* in *file*; return all that it holds then.

    As :func:`tthc_flow.verbs.decide.decide`, for candidates about several procedures. What is
    ruled on one procedure by itself is kept beside its own file.

    Args:
        found: What ``propose_folder`` returned.
        given: The rulings.
        file: The file of decisions, made where it is missing.
        by: Who rules.
        on: On which day (``2026-11-29``); the library asks no clock.

    Raises:
        BadQuantity: TF131, TF132 and TF133, as ``decide``.
        UnreadableInput: TF22x, TF238 where the file cannot be read.
        CannotWrite: TF601 where it cannot be written; it is as it was then.

    Example:
        >>> import tempfile
        >>> from tthc_flow.verbs.propose_folder import propose_folder
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as where:
        ...     _ = Path(where, "a.bpmn").write_bytes(text)
        ...     decide_folder(propose_folder(where), (), f"{where}/folder.decisions.yaml")
        ()

    Source: contract of this project: decisions are data.
    """
    goal = Path(file)
    kept = read_folder_rulings(goal)[0] if goal.exists() else ()
    candidates = {each.id: each for each in found.candidates}
    new = [
        evolve(ruling, seen=seen_together(found.folder, candidate.targets))
        for ruling, candidate in (ruled(candidates, each, by, on) for each in given)
    ]
    whole = in_place_of(kept, new)
    place(goal.parent, {goal.name: rulings_text(whole, PROCEDURES).encode()})
    return whole
