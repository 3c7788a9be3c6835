"""Procedures of one name or process id, told apart where several are reported together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def told_apart(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return *records* with a name and a process id that no other of them has.

    Example:
        >>> one = {"procedure": {"process": "P", "name": "A", "code": "1.2", "locality": None}}
        >>> [each["procedure"]["name"] for each in told_apart((one, one))]
        ['A (1.2)', 'A (1.2) (2)']
        >>> [each["procedure"]["process"] for each in told_apart((one, one))]
        ['P', 'P#2']
    """
    names = Counter(_name(each["procedure"]) for each in records)
    seen: Counter[str] = Counter()
    made = []
    for each in records:
        procedure = dict(each["procedure"])
        name, process = _name(procedure), procedure["process"]
        marks = ", ".join(filter(None, (procedure["code"], procedure["locality"])))
        if names[name] > 1 and marks:
            name = f"{name} ({marks})"
        seen.update((f"name {name}", f"process {process}"))
        for key, value, mark in (("name", name, " ({})"), ("process", process, "#{}")):
            count = seen[f"{key} {value}"]
            procedure[key] = value if count == 1 else value + mark.format(count)
        made.append({**each, "procedure": procedure})
    return made


def _name(procedure: Mapping[str, Any]) -> str:
    return str(procedure["name"] or procedure["process"])
