"""The papers of a folder: every procedure as it is after, and the record of what was proposed."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.errors import CannotWrite
from tthc_flow.report.folder_after import of_crews, of_figures, of_merged
from tthc_flow.report.folders import of_folder_candidate, of_member
from tthc_flow.report.record import SCHEMA_VERSION, of_findings
from tthc_flow.verbs.files import place
from tthc_flow.verbs.folder_merging import file_of
from tthc_flow.verbs.opening import picked, spoken
from tthc_flow.verbs.resolve import SUFFIXES
from tthc_flow.verbs.write import rewritten

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.verbs.propose_folder import FolderProposal

RECORD: Final = "folder.json"


def folder_record(found: FolderProposal, lang: str = "vi") -> dict[str, Any]:
    """Return the record of *found*: candidates, what was merged, figures, people, each member.

    Example:
        >>> import tempfile
        >>> from tthc_flow.verbs.propose_folder import propose_folder
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as where:
        ...     _ = Path(where, "a.bpmn").write_bytes(text)
        ...     folder_record(propose_folder(where))["figures"]["procedures"]["after"]
        1

    Source: shape of ``propose_folder`` in the published schema.
    """
    lang = spoken(lang)
    applied = {each.id for each in found.applied}
    kept = [each for each in found.summaries if each.compared is not None]
    abolished = [each.member.key for each in found.summaries if each.compared is None]
    return {
        "candidates": [
            of_folder_candidate(each, found.folder, lang, applied=each.id in applied)
            for each in found.candidates
        ],
        "rejected": list(found.rejected),
        "merged": [
            of_merged(
                each.key, each.candidate.targets, each.whole, each.proofs, each.executed, lang
            )
            for each in found.merged
        ],
        "figures": of_figures(
            {each.member.key: each.compared for each in kept if each.compared is not None},
            (len(found.folder.members), len(found.after.members)),
            abolished,
        ),
        "crews": of_crews(*found.loads, lang),
        "findings": of_findings(found.findings, lang),
        "members": [
            of_member(
                each.member,
                each.verdicts,
                each.applied,
                each.cut,
                each.refused,
                lang,
                gone=each.gone,
            )
            for each in found.summaries
        ],
    }


def folder_papers(found: FolderProposal, lang: str = "vi") -> dict[str, bytes]:
    """Return the folder as it is after, by path: its BPMN files, and ``folder.json``.

    A file keeps its path; what was merged has a new one, what was abolished has none. A file with
    several processes stays as long as one of them does.

    Source: contract of this project: the files of the folder stay as they are.
    """
    files = {each.key: each.written.document.data for each in found.merged}
    files |= dict(_kept(found))
    record = {"schema_version": SCHEMA_VERSION, "command": "propose_folder"}
    record |= {**folder_record(found, lang), "files": {key: key for key in files}}
    return {**files, RECORD: json.dumps(record, ensure_ascii=False, indent=2).encode()}


def _kept(found: FolderProposal) -> Mapping[str, bytes]:
    """Return the files of the members that are still there, each with their plans in it."""
    written: dict[str, Reading] = {}
    for reading, each in zip(found.readings, found.summaries, strict=True):
        if each.gone is not None or each.after is None:
            continue
        file = file_of(each.member.key)
        now = written.get(file, reading)
        written[file] = now if not each.applied else rewritten(now, _as_in(now, each.after))
    return {file: reading.document.data for file, reading in written.items()}


def _as_in(reading: Reading, after: Procedure) -> Procedure:
    """Return *after* with the answers and people that the file itself holds."""
    there = picked(reading, after.flow.id)
    return evolve(after, answers=there.answers, crews=there.crews)


def save_folder(
    made: Mapping[str, bytes],
    folder: str | os.PathLike[str],
    source: str | os.PathLike[str] | None = None,
) -> dict[str, str]:
    """Write papers into *folder*, sub-folders made where missing; return the path of each.

    Args:
        made: What :func:`folder_papers` returned.
        folder: Where to.
        source: The folder that was read.

    Raises:
        CannotWrite: TF601 where a place cannot be written; each sub-folder is written whole or not
            at all. TF606 where *folder* lies in *source*, or holds drawings that are none of these
            (of an earlier run): the next reading would take them for procedures.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as where:
        ...     paths = save_folder({"so/a.bpmn": b"<a/>"}, f"{where}/sau")
        ...     Path(paths["so/a.bpmn"]).read_bytes()
        b'<a/>'

    Source: rename is atomic on one file system (POSIX).
    """
    goal, paths = Path(folder), dict[str, str]()
    _refuse_strangers(goal, made, source)
    for parent in dict.fromkeys(PurePosixPath(each).parent for each in made):
        inside = {each: PurePosixPath(each) for each in made}
        here = {path.name: made[key] for key, path in inside.items() if path.parent == parent}
        for path in place(goal / parent, here):
            paths[path.relative_to(goal).as_posix()] = str(path)
    return paths


def _refuse_strangers(
    goal: Path, made: Mapping[str, bytes], source: str | os.PathLike[str] | None
) -> None:
    inside = source is not None and goal.resolve().is_relative_to(Path(source).resolve())
    others = sorted(
        each.relative_to(goal).as_posix()
        for each in (goal.rglob("*") if goal.is_dir() and not inside else ())
        if each.name.endswith(SUFFIXES)
    )
    strangers = [each for each in others if each not in made]
    if inside or strangers:
        raise CannotWrite(
            "TF606",
            f"there are other drawings ({', '.join(strangers)})" if strangers else "it is read",
            place=str(goal),
            hint="give an empty folder elsewhere",
        )
