"""Conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

Value: TypeAlias = object


@frozen
class Expression:
    """A condition."""

    text: str

    def holds(self, data: Mapping[str, Value]) -> bool:
        """Return whether it holds."""
        return bool(data.get(self.text))


def compile_expression(text: str, place: str = "") -> Expression:
    """Compile."""
    return Expression(text)
