"""One fact from several: where they differ it is unknown, never an average.

Source: law of this project: never invent a number, never hide an unknown.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import NOTHING, evolve, fields

from tthc_flow.model.flow import Event
from tthc_flow.model.step import Step, StepTime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.flow import Node

Value = TypeVar("Value")
Unknown = TypeVar("Unknown")

_PLACED: Final = frozenset({"id", "scope", "lane", "performer", "default"})
"""What says where a node stands; the first one's holds."""


def agreed(values: Sequence[Value], unknown: Unknown) -> Value | Unknown:
    """Return what all of *values* are, or *unknown* where two of them differ.

    Example:
        >>> agreed([2, 2], None), agreed([2, 3], None)
        (2, None)
    """
    return values[0] if all(each == values[0] for each in values) else unknown


def one_text(texts: Sequence[str | None]) -> str:
    """Return *texts* as one: each that says something other than those before, in their order.

    Example:
        >>> one_text(["Ký", "Ký", None, "Duyệt"])
        'Ký / Duyệt'
    """
    return " / ".join(dict.fromkeys(each for each in texts if each))


def one_node(nodes: Sequence[Node]) -> Node:
    """Return one node for *nodes* that do the same work, the first's place and id kept.

    Names are told side by side. What one of them demands (a legal basis, another person) is kept;
    every other fact that differs is unknown.

    Example:
        >>> one, two = Step(id="a", name="Ký", checked=3), Step(id="a", name="Ký", checked=4)
        >>> one_node((one, two)).checked is None
        True
    """
    first = nodes[0]
    if len(nodes) == 1:
        return first
    name = one_text([each.name for each in nodes])
    steps = [each for each in nodes if isinstance(each, Step)]
    events = [each for each in nodes if isinstance(each, Event)]
    if isinstance(first, Step):
        return _one_step(first, steps, name)
    if isinstance(first, Event):
        time = agreed([each.time for each in events], StepTime(counted=first.time.counted))
        return evolve(first, name=name, time=time)
    return evolve(first, name=name)


def _one_step(first: Step, steps: Sequence[Step], name: str) -> Step:
    facts: dict[str, Any] = {}
    for each in fields(Step):
        if each.name in _PLACED or each.default is NOTHING:
            continue
        values = [getattr(step, each.name) for step in steps]
        facts[each.name] = agreed(values, each.default)
    bases = dict.fromkeys(basis for step in steps for basis in step.legal_basis)
    facts |= {
        "name": name,
        "kinds": first.kinds,
        "time": agreed([step.time for step in steps], StepTime(counted=first.time.counted)),
        "legal_basis": tuple(bases),
        "separate_from": reduce(or_, (step.separate_from for step in steps)),
        "documentation": one_text([step.documentation for step in steps]) or None,
    }
    return evolve(first, **facts)
