"""The files whose coverage is asked for, what was taken of them, and the pages that tell it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.store.audit import definition_hash
from tthc_flow.testing.coverage import Coverage, coverage_of
from tthc_flow.testing.naming import node_words, way_words
from tthc_flow.testing.page import coverage_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.testing.tally import Tally


@frozen(kw_only=True)
class Wanted:
    """One process whose coverage is asked for: its file, and the hash it is deployed under."""

    place: Path
    definition: str
    reading: Reading
    procedure: Procedure

    def coverage(self, tallies: Iterable[Tally]) -> Coverage:
        """Return how much of it the dossiers of *tallies* have taken."""
        own = (each for each in tallies if each.definition == self.definition)
        return coverage_of(self.procedure.flow, own)


def wanted(paths: Iterable[Path]) -> tuple[Wanted, ...]:
    """Return each process that has a sequence flow of the BPMN files at or below *paths*.

    Raises:
        UnreadableInput: TF201 where there is no such path, TF251 for a folder without such a
            file, TF2xx where a file cannot be read.
    """
    files = dict.fromkeys(file for path in paths for file in _files(path))
    return tuple(each for file in files for each in _processes(file))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    found = sorted(each for each in path.rglob("*.bpmn") if each.is_file())
    if not found:
        hint = "give a folder that holds .bpmn files"
        raise UnreadableInput("TF251", "no .bpmn file in the folder", place=str(path), hint=hint)
    yield from found


def _processes(file: Path) -> Iterator[Wanted]:
    reading = read(file)
    for procedure in reading.procedures:
        if procedure.flow.edges:
            definition = definition_hash(procedure.flow.id, reading.document.data)
            yield Wanted(place=file, definition=definition, reading=reading, procedure=procedure)


def missed_words(flow: Flow, coverage: Coverage) -> tuple[str, ...]:
    """Return each way that was never taken in words: ``'Đủ?' (full) -> 'Không' (no) to …``."""
    edges = {edge.id: edge for edge in flow.edges}
    found = []
    for each in coverage.missed:
        edge = edges.get(each)
        if edge is None:
            found.append(f"event {node_words(flow.by_id[each])}")
        else:
            found.append(f"{node_words(flow.by_id[edge.source])}: {way_words(flow, edge)}")
    return tuple(found)


def write_pages(
    folder: Path, every: Iterable[tuple[Wanted, Coverage]], lang: str
) -> tuple[Path, ...]:
    """Write a page for each process into *folder*; return their paths.

    Raises:
        CannotWrite: TF601 where they cannot be written.
    """
    written: list[Path] = []
    for each, coverage in every:
        text = coverage_page(each.reading, each.procedure, coverage, lang)
        goal = _goal(folder, each, written)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            goal.write_text(text, encoding="utf-8")
        except OSError as error:
            hint = "choose a folder that can be written and has room"
            fact = f"cannot write: {error.strerror or error}"
            raise CannotWrite("TF601", fact, place=str(goal), hint=hint) from error
        written.append(goal)
    return tuple(written)


def _goal(folder: Path, each: Wanted, taken: list[Path]) -> Path:
    """Return a path of its own: the file's name and the process, and a number where that is not."""
    stem = re.sub(r"[^\w.-]+", "-", f"{each.place.stem}-{each.procedure.flow.id}")
    goal, number = folder / f"{stem}.html", 2
    while goal in taken:
        goal, number = folder / f"{stem}-{number}.html", number + 1
    return goal
