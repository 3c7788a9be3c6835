"""Write a BPMN file: as it was read or made, or with changed procedures edited into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write as edited
from tthc_flow.errors import CannotWrite
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import drawing_of, picked

if TYPE_CHECKING:
    import os

    from tthc_flow.model.procedure import Procedure


def write(
    reading: Reading, path: str | os.PathLike[str], *, changed: Procedure | None = None
) -> Path:
    """Write *reading* to *path*, whole or not at all; what was not changed stays byte for byte.

    Args:
        reading: A file that was read, converted or proposed.
        path: Where to; its folder is made where it is missing.
        changed: A procedure of *reading* with other facts or another flow: it is edited into the
            file in place, the drawing kept where it can be.

    Returns:
        The path written.

    Raises:
        CannotWrite: TF601 where the place cannot be written; TF603 where the written file would
            not say what *changed* says.

    Example:
        >>> import tempfile
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> reading = read(text)
        >>> with tempfile.TemporaryDirectory() as where:
        ...     write(reading, f"{where}/a.bpmn").read_bytes() == text
        True

    Source: the BPMN file is the document; a saved file has a minimal textual difference.
    """
    written = reading if changed is None else rewritten(reading, changed)
    goal = Path(path)
    (done,) = place(goal.parent, {goal.name: written.document.data})
    return done


def rewritten(reading: Reading, changed: Procedure) -> Reading:
    """Return *reading* with *changed* edited into it, read back; both must say the same."""
    before = picked(reading, changed.flow.id)
    drawing = drawing_of(reading, before)
    versions = tuple(changed if each is before else each for each in reading.procedures)
    drawn = lay_out(*versions) if drawing is None else keep(drawing, before, changed)
    written = read(edited(reading.document, versions, drawn))
    if not same(picked(written, changed.flow.id).flow, changed.flow):
        raise CannotWrite(
            "TF603",
            "the written file does not read back to the planned flow",
            place=changed.flow.id,
            hint="report this file: it is a defect of tthc_flow",
        )
    return written
