"""What a desk is set up with: files, bytes or values, opened as procedures with their bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Iterator

Source: TypeAlias = str | os.PathLike[str] | bytes | Reading | Procedure | Flow
"""A path, the bytes of a BPMN file, a file that was read already, a procedure or its flow."""


@frozen(kw_only=True)
class Opened:
    """One process of a file: the bytes that are deployed, and what they say."""

    content: bytes
    procedure: Procedure


def opened(source: Source, process: str | None = None) -> tuple[Opened, ...]:
    """Return *process* of *source* (by default that with most steps), then what it calls.

    Procedures that it calls are followed as far as the same file holds them.

    Raises:
        UnreadableInput: TF2xx where it cannot be read, TF230 where it has no process of that id,
            TF231 where it has none at all.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> (only,) = opened(Flow(id="P", nodes=(Step(id="a", name="Ký"),)))
        >>> only.procedure.flow.id
        'P'
    """
    reading = _read(source)
    by_id = {each.flow.id: each for each in reading.procedures}
    place = reading.document.source.place
    if not by_id:
        hint = "draw at least one process with a step"
        raise UnreadableInput("TF231", "the file has no process", place=place, hint=hint)
    if process is not None and process not in by_id:
        known = tuple(by_id)
        hint = f"choose one of {', '.join(known)}"
        fact = f"no process {process!r}"
        raise UnreadableInput("TF230", fact, place=place, hint=hint, choices=known)
    first = by_id[process or max(by_id, key=lambda each: len(by_id[each].flow.steps))]
    return tuple(
        Opened(content=reading.document.data, procedure=each) for each in _called(first, by_id)
    )


def _read(source: Source) -> Reading:
    match source:
        case Reading():
            return source
        case Procedure():
            return read(build(source).data)
        case Flow():
            return read(build(Procedure(flow=source)).data)
        case _:
            return read(source)


def _called(first: Procedure, by_id: dict[str, Procedure]) -> Iterator[Procedure]:
    """Yield *first* and, once each, what it calls as far as *by_id* holds it."""
    found = {first.flow.id: first}
    todo = [first]
    for procedure in todo:
        yield procedure
        for step in procedure.flow.steps:
            if step.calls in by_id and step.calls not in found:
                found[step.calls] = by_id[step.calls]
                todo.append(by_id[step.calls])
