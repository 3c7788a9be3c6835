"""What a check is: a name, how bad its findings are, and a pure function that finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import frozen

from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.flow import Node
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.units import Convention

Find: TypeAlias = Callable[[Procedure, Convention], Iterator[Finding]]


@frozen(kw_only=True)
class Check:
    """A registered check; *find* keeps no state, so that a second run says the same."""

    id: str
    severity: Severity
    find: Find

    @property
    def code(self) -> str:
        """Return the code of its findings; a finding may add a part (``check-…-everywhere``)."""
        return f"check-{self.id.replace('_', '-')}"


def about(code: str, severity: Severity, node: Node | None = None, **values: str) -> Finding:
    """Return a finding about *node* (``None``: the whole procedure) with the values of its text."""
    named = {} if node is None else {"number": _number(node), "name": node.name or node.id}
    return Finding(
        code=code,
        severity=severity,
        element=None if node is None else node.id,
        name=None if node is None else node.name or None,
        values=tuple({**named, **values}.items()),
    )


def _number(node: Node) -> str:
    """Return the number of a step, ready to stand before its name; empty where there is none."""
    return f"{node.number} " if isinstance(node, Step) and node.number else ""
