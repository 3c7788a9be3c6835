"""What people fill in, held against the fields that the task declares: all that is wrong."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from tthc_flow.errors import NotRunnable
from tthc_flow.model.step import FieldKind, FormField, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.expressions.expression import Value
    from tthc_flow.model.flow import Node


def form_of(node: Node) -> tuple[FormField, ...] | None:
    """Return the fields of *node*'s form; ``None`` where none is declared."""
    return node.fields if isinstance(node, Step) else None


def check_form(node: Node, data: Mapping[str, Value]) -> None:
    """Hold *data* against the form of *node*; where none is declared anything may be given.

    Raises:
        NotRunnable: TF411 with every field that is missing, unknown or of another kind.

    Example:
        >>> fee = FormField(name="phí", kind=FieldKind.NUMBER, required=True)
        >>> step = Step(id="a", name="Thu phí", fields=(fee,))
        >>> check_form(step, {"phí": 50_000})
        >>> check_form(step, {"lệ phí": 1})
        Traceback (most recent call last):
        tthc_flow.errors.NotRunnable: TF411 a: 'phí' is missing; 'lệ phí' is no field of the form
          → the form has: phí (number)
    """
    fields = form_of(node)
    if fields is None:
        return
    wrong = list(_wrong(fields, data))
    if wrong:
        listed = ", ".join(f"{each.name} ({each.kind})" for each in fields) or "no field"
        raise NotRunnable("TF411", "; ".join(wrong), place=node.id, hint=f"the form has: {listed}")


def _wrong(fields: tuple[FormField, ...], data: Mapping[str, Value]) -> Iterator[str]:
    for field in fields:
        if field.name in data:
            if not _fits(field, data[field.name]):
                wanted = "/".join(field.choices) or field.kind.value
                yield f"{field.name!r} is {data[field.name]!r}, not {wanted}"
        elif field.required:
            yield f"{field.name!r} is missing"
    known = {field.name for field in fields}
    yield from (f"{name!r} is no field of the form" for name in data if name not in known)


def _fits(field: FormField, value: Value) -> bool:
    match field.kind:
        case FieldKind.TEXT:
            return isinstance(value, str) and (bool(value.strip()) or not field.required)
        case FieldKind.NUMBER:
            return isinstance(value, int | float | Fraction) and not isinstance(value, bool)
        case FieldKind.DATE:
            return isinstance(value, date)
        case FieldKind.TRUTH:
            return isinstance(value, bool)
        case FieldKind.CHOICE:
            return value in field.choices
