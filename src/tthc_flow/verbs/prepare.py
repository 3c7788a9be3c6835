"""Prepare a file for running: what people drew becomes what can be executed, repair by repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.layout.keep import keep
from tthc_flow.model.drawing import Drawing
from tthc_flow.repairs.prepare import prepare_procedure
from tthc_flow.verbs.opening import drawing_of, opened

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.bpmn.document import Document
    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.repairs.prepare import Prepared
    from tthc_flow.repairs.repair import Repair
    from tthc_flow.verbs.opening import Openable


@frozen(kw_only=True)
class Preparation:
    """Every process of a file, prepared; *document* is the file with the repairs drawn in."""

    prepared: tuple[Prepared, ...]
    document: Document

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """Return the procedures as prepared, those that are refused included."""
        return tuple(each.procedure for each in self.prepared)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Return every repair, carried out or offered, process by process."""
        return tuple(repair for each in self.prepared for repair in each.repairs)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Return everything that bars a faithful run, process by process."""
        return tuple(finding for each in self.prepared for finding in each.refusals)

    @property
    def runnable(self) -> bool:
        """Return whether the file has a process and each of its processes can be run."""
        return bool(self.prepared) and not self.refusals


def prepare(
    source: Openable,
    *,
    guesses: bool | Collection[str] = False,
    without: Collection[str] = (),
) -> Preparation:
    """Return every process of a file ready to run, each repair with its reason and its line.

    Args:
        source: A BPMN file, or one that was read.
        guesses: ``True`` to carry out all repairs whose meaning is guessed, or their codes
            (``repair-isolated-dropped``) or ids (``repair-isolated-dropped:Task_1``).
        without: Codes or ids of repairs to leave out.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read at all.
        NotRunnable: TF405 for a code that no repair has.
        CannotWrite: TF61x where the repairs cannot be written into the file.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> done = prepare(text)
        >>> [(each.code, each.element, each.line) for each in done.repairs][:2]
        [('repair-start-added', 'P', 2), ('repair-end-added', 'A', 2)]
        >>> done.runnable, b'isExecutable="true"' in done.document.data
        (True, True)

    Source: BPMN 2.0.2, chapters 10 and 13.
    """
    reading = opened(source)
    document = reading.document
    taken = document.index.elements.keys()
    prepared = tuple(
        _lined(prepare_procedure(each, guesses=guesses, without=without, taken=taken), document)
        for each in reading.procedures
    )
    data = write(document, [each.procedure for each in prepared], _redrawn(reading, prepared))
    return Preparation(prepared=prepared, document=read(data).document)


def _lined(prepared: Prepared, document: Document) -> Prepared:
    """Add every line of the file."""
    line = document.line
    return evolve(
        prepared,
        repairs=tuple(evolve(each, line=line(each.element)) for each in prepared.repairs),
        refusals=tuple(evolve(each, line=line(each.element or "")) for each in prepared.refusals),
    )


def _redrawn(reading: Reading, prepared: tuple[Prepared, ...]) -> Drawing | None:
    """Return the diagrams with the repairs drawn in; ``None`` where nothing was drawn or changed.

    Processes drawn on one sheet are redrawn one after the other, so that each sees the others.
    """
    sheets: dict[int, Drawing] = {}
    for each in prepared:
        drawing = drawing_of(reading, each.before)
        if drawing is not None and each.procedure.flow != each.before.flow:
            now = sheets.get(id(drawing), drawing)
            sheets[id(drawing)] = keep(now, each.before, each.procedure)
    if not sheets:
        return None
    shapes = {name: shape for each in sheets.values() for name, shape in each.shapes.items()}
    lines = {name: line for each in sheets.values() for name, line in each.lines.items()}
    return Drawing(shapes=shapes, lines=lines)
