"""Does a record say what the published schema says: the first place where it does not.

It knows the words that our own schema is written in, and no more; a schema that uses another word
is a defect that a test finds.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SCHEMA: Final = "schema/tthc-flow-1.schema.json"
_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}
_NOTHING: Final = {"type": "null"}


@frozen(kw_only=True)
class Misfit:
    """Where a record leaves the schema (``plan.before.steps``), and how."""

    place: str
    what: str


@cache
def published() -> Mapping[str, Any]:
    """Return the schema of everything that is printed with ``--json``."""
    text = files("tthc_flow.report").joinpath(_SCHEMA).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def misfit(record: object, shape: str) -> Misfit | None:
    """Return the first place where *record* is not the *shape* of the schema, or ``None``.

    Args:
        record: What was read from a JSON file.
        shape: A name of the schema's ``$defs``, as ``propose``.

    Example:
        >>> misfit({"document": "QĐ 1", "place": None, "date": 3}, "source").place
        'date'
        >>> misfit({"document": "QĐ 1", "place": None, "date": None}, "source") is None
        True

    Source: JSON Schema 2020-12, the part that our schema uses.
    """
    return next(_misfits(record, published()["$defs"][shape], ""), None)


def _misfits(value: object, schema: Mapping[str, Any], at: str) -> Iterator[Misfit]:
    if reference := schema.get("$ref"):
        name = str(reference).rpartition("/")[2]
        yield from _misfits(value, published()["$defs"][name], at)
    yield from (Misfit(place=at, what=what) for what in _of_itself(value, schema))
    for shapes in (schema.get("anyOf"), schema.get("oneOf")):
        if shapes is not None:
            yield from _of_choices(value, shapes, at)
    if isinstance(value, dict):
        yield from _of_object(value, schema, at)
    if isinstance(value, list) and "items" in schema:
        for place, each in enumerate(value):
            yield from _misfits(each, schema["items"], f"{at}[{place}]")


def _of_itself(value: object, schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with *value* apart from what is inside it."""
    if "type" in schema:
        asked = schema["type"]
        names = [asked] if isinstance(asked, str) else asked
        if not any(_is(value, name) for name in names):
            yield f"not {' or '.join(names)}"
    if "const" in schema and not _same(value, schema["const"]):
        yield f"not {schema['const']!r}"
    if "enum" in schema and not any(_same(value, each) for each in schema["enum"]):
        yield f"{str(value)[:40]!r} is none of the words there are"
    figure = value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if "minimum" in schema and figure is not None and figure < schema["minimum"]:
        yield f"below {schema['minimum']}"
    if "minItems" in schema and isinstance(value, list) and len(value) < schema["minItems"]:
        yield "too few"


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _same(value: object, other: object) -> bool:
    """Return whether two JSON values are one; ``true`` is not 1."""
    return value == other and isinstance(value, bool) is isinstance(other, bool)


def _of_choices(value: object, shapes: list[Mapping[str, Any]], at: str) -> Iterator[Misfit]:
    """Yield where the nearest of *shapes* is left: the one that is no "or nothing"."""
    found = [next(_misfits(value, shape, at), None) for shape in shapes]
    if None not in found:
        whole = [each for each, shape in zip(found, shapes, strict=True) if shape != _NOTHING]
        yield from (each for each in whole[:1] if each is not None)


def _of_object(value: dict[str, Any], schema: Mapping[str, Any], at: str) -> Iterator[Misfit]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield Misfit(place=at, what=f"{name!r} is missing")
    others = schema.get("additionalProperties", True)
    for name, each in value.items():
        place = f"{at}.{name}" if at else name
        if name in known:
            yield from _misfits(each, known[name], place)
        elif others is False:
            yield Misfit(place=at, what=f"{name[:40]!r} is not known")
        elif isinstance(others, dict):
            yield from _misfits(each, others, place)
